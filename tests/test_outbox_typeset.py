"""Text is made fit for a cell without any other change, and its room is measured as Excel measures it."""

import unicodedata
from datetime import datetime

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from processor.model import Text
from processor.outbox.sheet import Column, Look, Sheet, table_of
from processor.outbox.sizes import heights, widths
from processor.outbox.typeset import CUT, LONGEST, clean, lines, width
from processor.outbox.workbook import Title, save

pytestmark = pytest.mark.slow

TITLE = Title(Text("제목", "title"), Text("주제", "subject"), datetime.fromisoformat("2026-11-23T09:00"))
FIT: SearchStrategy[str] = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("머그컵\x00", "머그컵"),
        ("가\ud800나", "가?나"),
        ("한 줄\r\n두 줄\r세 줄", "한 줄\n두 줄\n세 줄"),
        ("_x0041_", "_x0041_"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("가" * LONGEST, "가" * LONGEST),
        ("가" * (LONGEST + 1), "가" * (LONGEST - len(CUT)) + CUT),
    ],
    ids=["control character", "half of a character", "line breaks", "looks escaped", "formula", "longest", "too long"],
)
def test_only_what_no_cell_can_hold_is_taken_away(text, expected):
    assert clean(text) == expected


def test_a_long_text_of_astral_characters_is_cut_between_them():
    cut = clean("😀" * 20_000)
    assert cut.endswith("😀" + CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("머그컵", 6), ("컵 2개", 6), ("짧은\n더 긴 줄", 8), ("", 0), ("😀", 2)],
    ids=["Latin", "Korean", "mixed", "the longer of two lines", "nothing", "emoji"],
)
def test_wide_characters_take_two_columns(text, columns):
    assert width(text) == columns


@given(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Mn", "Me")))
def test_width_agrees_with_unicode_where_sellers_write(character):
    named = unicodedata.name(character, "")
    if named.startswith(("HANGUL SYLLABLE", "CJK UNIFIED", "HIRAGANA LETTER", "FULLWIDTH", "LATIN")):
        wide = unicodedata.east_asian_width(character) in "WF"
        assert width(character) == 1 + wide


def test_a_wrapped_text_takes_as_many_lines_as_it_fills():
    assert lines("가나다", 6) == 1
    assert lines("가나다라", 6) == 2
    assert lines("a\n\nb", 6) == 3


def test_columns_are_as_wide_as_their_content_within_bounds():
    columns = ((Column("이름", narrow=8, wide=12), ["가", "가나다라마바사아"]), (Column("값", Look.WON), [1_234_567]))
    sheet = Sheet("시트", (table_of("t", columns),))
    assert widths(sheet) == [12, 13]


def test_a_row_is_as_tall_as_its_tallest_wrapped_text_but_never_absurd():
    table = table_of("t", [(Column("말", Look.LONG), ["가", "가나다라마바", "가" * 5000])])
    header, *rows = heights(table, [7])
    assert header == 18
    assert rows == [17, 32, 242]


@given(st.lists(FIT.filter(clean), min_size=1, max_size=5))  # nothing is written for what cleaning leaves empty
@example(["<r>굵게 & 그냥</r>", "<r></r>", "_x0041_", " 앞", "뒤 ", "\n", "가나", "²Ⅷ٣"])
def test_any_text_that_a_cell_can_hold_comes_back_equal(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("말") / "말.xlsx"
    table = table_of("words", [(Column("말"), texts)])
    save(path, [Sheet("시트", (table,))], TITLE, "ko")
    sheet = openpyxl.load_workbook(path)["시트"]
    assert [cell.value for cell in sheet["A"][1:]] == [clean(text) for text in texts]


def test_the_second_workbook_of_a_program_is_equal_to_the_first(tmp_path):
    sheets = [Sheet("시트", (table_of("words", [(Column("말"), ["가"])]),))]
    for name in ("첫째.xlsx", "둘째.xlsx"):
        save(tmp_path / name, sheets, TITLE, "ko")
    assert (tmp_path / "첫째.xlsx").read_bytes() == (tmp_path / "둘째.xlsx").read_bytes()
