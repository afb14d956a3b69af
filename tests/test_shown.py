"""Text of strangers is clean wherever it is spoken, and whatever is in it."""

from __future__ import annotations

import io
import json
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path

import openpyxl
from hypothesis import example, given
from hypothesis import strategies as st
from trials import examples

from processor import outbox
from processor.app.errors import FileMissing, WrongUse
from processor.app.waiting import Status
from processor.cli.terminal import Terminal
from processor.intake.filing import _letter
from processor.ledger import Item, Waiting
from processor.model import Action, InputFile, Place, Problem, Text, as_json, one_line, shown
from processor.outbox.sheet import Column, Line, Sheet, table_of
from processor.outbox.workbook import Title, save

MORNING = datetime(2026, 11, 23, 9, 0)
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}
HOSTILE = (
    "\x1b[2J\x1b]0;제목\x07",
    "컵\n  2026-11-24 오늘  취소승인  2026112012345678",
    "컵\r\n컵\x85컵\u2028컵\u2029컵\x0b컵\x0c컵\x1e컵",
    "취소\u202exslx.exe",
    "\u2066가\u2069\u200f\u061c",
    "가\u200b\u200d\ufeff\u00ad나\u3164",
    "\ud800가\udfff",
    "\ufffe\uffff\ufdd0\U0010ffff",
    "\x9b31m\x7f",
    "\U000e0041\U000e007f",
    "\x00",
)
ANY = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(categories=("Cc", "Cf", "Zl", "Zp", "Cs", "Lo", "Cn")), max_size=20)
)


def forged(text: str) -> str:
    """The characters in it that nobody sees or that move others."""
    return "".join(sign for sign in text if unicodedata.category(sign) in UNSEEN - {"Cs"} or sign in "\ufffe\uffff")


def test_what_is_not_seen_is_taken_out_and_nothing_else():
    characters = [*map(chr, range(0x110000))]
    changed = {sign for sign in characters if shown(sign) != sign}
    hidden = {sign for sign in characters if unicodedata.category(sign) in UNSEEN} - {"\n"}
    reserved = {sign for sign in characters if ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"}
    blank = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
    kept_free = {  # where Unicode says that whatever may come will not be seen, or has put format characters since
        *map(chr, (0x2065, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000), *range(0x13439, 0x13440)))
    }

    assert hidden | reserved | blank <= changed
    assert changed - hidden - reserved - blank <= kept_free
    assert {shown(sign) for sign in changed} == {"", "\n", " ", "?"}


def test_what_sellers_write_stays_as_it_is():
    for text in ("머그컵 (대) 2개 · 3,000원", "①Ⅷ㎖ ₩ ★ 😀 ❤️", "가\n나", "café\u0301", "A\u3000B", "", "한글"):
        assert shown(text) == text


def test_line_breaks_of_every_kind_are_one_and_on_one_line_they_are_blanks():
    assert shown("가\r\n나\r다\x85라\u2028마\t바") == "가\n나\n다\n라\n마 바"
    assert one_line("가\r\n나\n다") == "가 나 다"
    assert shown("취소\u202exslx.exe") == "취소xslx.exe"
    assert shown("\x1b[31m빨강\x9b0m") == "[31m빨강0m"
    assert shown("x\udcff.csv") == "x?.csv"


@given(ANY)
@examples(24)
def test_json_is_exact_and_holds_nothing_that_moves_a_terminal(text):
    for written in (
        as_json({text: [text]}),
        as_json({text: [text]}, indent=2),
        as_json({text: [text]}, ascii_only=True),
    ):
        assert json.loads(written) == {text: [text]}
        assert forged(written).replace("\n", "") == ""
    assert "\n" not in as_json([text])


def spoken(say) -> str:
    """What a terminal shows, on stdout and on stderr."""
    screen = io.StringIO(newline="")
    with redirect_stdout(screen), redirect_stderr(screen):
        say(Terminal([]))
    return screen.getvalue()


def problem(text: str) -> Problem:
    return Problem("x", Place(text, text, 7), Text.same(f"값 '{text}'"), Text.same(text), column=text, value=text)


def item(text: str) -> Item:
    return Item(
        product_order_no="2026112012345678", order_no="", product=text, action=Action.REVIEW,
        rule="C-01", since=MORNING, act_by=None, asks=(), flags=(), workbook=text, result=text,
    )  # fmt: skip


def waiting(*texts: str) -> list[Text]:
    return [*Status(Waiting([item(text) for text in texts], 0, MORNING), MORNING.date()).lines()]


@given(text=ANY)
@examples(24)
@example("\n".join(HOSTILE))
def test_no_text_makes_a_terminal_show_more_lines_or_a_control_character(text):
    meant = len(waiting("컵"))
    for say, lines in (
        (lambda terminal: terminal.tell(waiting(text)), meant),
        (lambda terminal: terminal.answer(outbox.problem_lines(problem(text), "ko")), 3),
        (lambda terminal: terminal.remark(text, Text.same(text)), 2),
        (lambda terminal: terminal.refused(FileMissing([Path(text)])), 1),
        (lambda terminal: terminal.refused(WrongUse(Text.same(f"가{text}"), Text.same(f"나{text}"))), 2),
        (lambda terminal: terminal.complain(3, "x", Text.same(f"가{text}")), 1),
    ):
        screen = spoken(say)
        assert screen.count("\n") == lines
        assert forged(screen).replace("\n", "") == ""


@given(text=ANY)
@examples(24)
@example("\n".join(HOSTILE))
def test_a_letter_has_the_lines_that_it_was_to_have(text):
    file = InputFile(Path("x"), text, "0" * 64, MORNING)

    letter = _letter(file, [problem(text)])

    assert letter.count("\n") == _letter(file, [problem("컵")]).count("\n") == 8
    assert forged(letter).replace("\n", "") == ""
    letter.encode("utf-8")


def test_a_workbook_shows_nothing_hidden_in_cells_sentences_and_hints(tmp_path):
    texts = [text for text in (*HOSTILE, *map("가{}나".format, HOSTILE)) if shown(text)]
    title = Title(Text("제목", "title"), Text("주제", "subject"), MORNING)
    table = table_of("words", [(Column("말"), texts), (Column("둘"), [Text(text, text) for text in texts])])
    for lang in ("ko", "en"):
        save(tmp_path / f"{lang}.xlsx", [Sheet("시트", (*map(Line, texts), table))], title, lang)
        cells = [
            cell for row in openpyxl.load_workbook(tmp_path / f"{lang}.xlsx")["시트"].values for cell in row if cell
        ]
        assert len(cells) == 3 * len(texts) + 2
        assert forged("".join(map(str, cells))).replace("\n", "") == ""
