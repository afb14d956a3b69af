"""The workbook and the form in English: only names that must be are Korean, and filled-in answers are read again."""

from __future__ import annotations

import ast
import os
import re
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from opened import decide, opening, run

from processor import judge, outbox, samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords, find, read
from processor.intake.layout import layout
from processor.model import ANSWER_COLUMNS, CELL_OF, Action, Col, Out, Report, Text
from processor.outbox.action_columns import answer_column, columns_of, with_choices
from processor.outbox.grid import sheets as sheets_of
from processor.outbox.part import whole
from processor.outbox.rendering import rendered
from processor.outbox.sheet import Charts, Column, Later, Line, Look, Sheet, Table, Tally, Term
from processor.outbox.template import form

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")  # a Monday
HANGUL = re.compile("[가-힣]+")
QUESTION, SOLD_OUT = "14 취소요청 · 출고 모름", "5 품절 · 동의 모름"

AS_THEY_CAME = {
    "File", "Sheet", "Product", "Option", "Options", "Product to mark sold out", "Memo", "File name", "Column", "Value",
    "Message to paste", "The message in English", "Message", "Meaning",
}  # fmt: skip  # columns whose cells come from files; and the message, which a Korean buyer reads, and which names products
QUOTING = {"What is wrong", "How to mend it"}  # in '' what the file says
SELLER_CENTER = {
    "발주발송관리", "취소관리", "반품관리", "교환관리", "주문조회", "발주확인", "발송처리일", "송장출력일", "송장번호", "발송기한", "결제일",
    "배송중", "취소완료", "구매확정", "후", "취소", "항목", "설정", "제작동의",
}  # fmt: skip  # what stands on its Korean screens and in rules.yaml, to be found there


@pytest.fixture(scope="module")
def report(tmp_path_factory, book) -> Report:
    """A morning with every story."""
    inbox = tmp_path_factory.mktemp("inbox")
    samples.demo_desk(inbox, as_of=MORNING, count=0)
    return decide(sorted(inbox.iterdir()), book, options("en"))


@pytest.fixture(scope="module")
def sheets(report, book) -> tuple[Sheet, ...]:
    """That morning in English."""
    return outbox.grid(report, book, "en")


@pytest.fixture(scope="module")
def handled(tmp_path_factory, book) -> tuple[Desk, Done]:
    """A morning with two questions, handled in English."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.inbox.mkdir()
    desk.outbox.mkdir()
    orders = [order for story, order in samples.stories(MORNING) if story in (QUESTION, SOLD_OUT)]
    for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        assert write(desk.inbox / samples.file_name(screen, MORNING), orders, downloaded_at=MORNING) == 1
    wish = [row for row in samples.story_answers(MORNING) if row["상품주문번호"] == number(SOLD_OUT)]
    assert samples.write_answers(desk.inbox / "답변.xlsx", wish) == 1
    aged(desk.inbox)
    return desk, run(desk, book, options("en"))


@pytest.fixture
def desk(handled, tmp_path) -> Desk:
    """A copy of that desk, for a test to go on with."""
    shutil.copytree(handled[0].home, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def options(lang, moment=MORNING) -> RunOptions:
    return RunOptions(moment, Passwords([samples.DEMO_PASSWORD]), lang)


def aged(folder) -> None:
    """They have lain there for a while: nobody waits whether they still grow."""
    for path in folder.glob("*.xlsx"):
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def number(story) -> str:
    return next(order.product_order_no for name, order in samples.stories(MORNING) if name == story)


def actions(report) -> dict[str, Action]:
    verdicts = [report.verdicts[situation].action for situation in report.rows[Out.SITUATION]]
    return dict(zip(report.rows[Col.PRODUCT_ORDER_NO], verdicts, strict=True))


def tables(sheets):
    return [(sheet, block) for sheet in sheets for block in sheet.blocks if isinstance(block, Table)]


def dropped_back(desk, workbook, sheet, order, answers) -> None:
    """The seller writes into the yellow cells of one order and drops the workbook in."""
    path = desk.inbox / workbook.name
    if not path.exists():
        shutil.copy(desk.outbox / workbook.name, path)
    book = openpyxl.load_workbook(path)
    rows = list(book[sheet].iter_rows())
    header = next(
        {cell.value: cell.column - 1 for cell in row} for row in rows if row[0].value in ("Result", "처리결과")
    )
    row = next(row for row in rows if order in [cell.value for cell in row])
    for name, answer in answers.items():
        row[header[name]].value = answer
    book.save(path)
    aged(desk.inbox)


def shown(workbook, sheet, order) -> tuple:
    return next(row for row in openpyxl.load_workbook(workbook)[sheet].iter_rows(values_only=True) if order in row)


# ── names ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def written(report, book) -> tuple[Sheet, ...]:
    """The same morning before a language was picked."""
    return sheets_of(report, book)


def test_every_sheet_and_column_has_a_plain_english_name(written):
    headers = [column.header for _, table in tables(written) for column in table.columns]
    names = [*headers, *(sheet.name for sheet in written)]
    assert len(set(headers)) > 90
    assert [name for name in names if not isinstance(name, Text)] == []
    english = [*(name.en for name in names), *(word for one in judge.WORDS.values() for word in one.english)]
    assert [name for name in english if not name.isascii() or name != name.strip() or not name] == []
    assert [
        sheet.name for sheet in written if len(sheet.name.en) > 31 or re.search(r"[\[\]:*?/\\]", sheet.name.en)
    ] == []


def test_one_name_has_one_translation(written):
    headers = {column.header for _, table in tables(written) for column in table.columns}
    for texts in (headers, {sheet.name for sheet in written}):
        assert len({text.ko for text in texts}) == len(texts)
    assert len({sheet.name.en for sheet in written}) == len(written)


def test_every_word_of_the_rules_and_every_value_has_its_english(book):
    for word in book.words.values():
        assert len(word.english) == 1 + len(word.values or ()), f"{word.name}: in judge/words.py"
        assert len(set(word.english[1:])) == len(word.english[1:]), f"{word.name}: two values of one name"
        assert HANGUL.search(" ".join(word.english)) is None


OUTBOX = Path(outbox.__file__).parent
EDGES = {
    "grid.py",
    "publish.py",
    "workbook.py",
    "rendering.py",
    "template.py",
    "lines.py",
    "listing.py",
    "spoken.py",
    "corrections.py",
    "all_desks.py",
    "impact.py",
}
MESSAGES = {"drafts.py"}  # a message has a language of its own, whatever the seller reads


@pytest.mark.parametrize("path", sorted(OUTBOX.glob("*.py")), ids=lambda path: path.name)
def test_only_where_text_leaves_the_outbox_is_a_language_picked(path):
    """Sheets are made in both languages; whoever makes them knows none."""
    names = {
        node.arg for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.arg | ast.keyword)
    }
    asked = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
    speaks = "lang" in names or "lang" in asked or "said" in asked
    assert speaks == (path.name in EDGES | MESSAGES)


def test_no_table_has_two_columns_of_one_name(sheets):
    for sheet, table in tables(sheets):
        headers = [column.header for column in table.columns]
        assert len(set(headers)) == len(headers), (sheet.name, headers)


def test_a_header_is_given_room_for_its_longest_word(sheets):
    for _, table in tables(sheets):
        for column in table.columns:
            assert column.wide >= max(len(word) for word in column.header.split()) + 4, column.header
            if column.look is not Look.OPEN:  # in a list there is no room for the longest cause
                assert column.wide >= max((len(choice) for choice in column.choices), default=0), column.header


# ── what is left in Korean ───────────────────────────────────────────────────────────────────────


def left(text) -> set[str]:
    """Korean words that an English reader meets without having to find them on a screen: […] is a button there, (…) the
    Korean of what was just said in English, and a file has the name that it came with.
    """
    return set(HANGUL.findall(re.sub(r"\[[^\]]*\]|\([^)]*\)|\S+\.xlsx", "", text))) - SELLER_CENTER


def test_sheets_headers_choices_and_hints_are_english(sheets):
    assert [sheet.name for sheet in sheets] == [
        "Summary", "Ship", "Return", "Seller cancel", "Review", "Approve cancel", "Negotiate", "Penalties", "Costs",
        "No action", "Rules", "Inputs",
    ]  # fmt: skip
    for sheet, table in tables(sheets):
        for column in table.columns:
            said = " ".join((column.header, *column.choices, column.hint, table.total_name, table.part_total_name))
            assert HANGUL.search(said) is None, f"{sheet.name}: {said!r} is a Text where it is made"


def test_sentences_and_charts_are_english(sheets):
    lines = [block for sheet in sheets for block in sheet.blocks if isinstance(block, Line) and not block.at]
    assert [(line.text, left(line.text)) for line in lines if left(line.text)] == []
    assert {line.link for line in lines} <= {"", *(sheet.name for sheet in sheets)}
    charts = [one for sheet in sheets for block in sheet.blocks if isinstance(block, Charts) for one in block.charts]
    for chart in charts:
        assert HANGUL.search(chart.title) is None


def test_cells_are_english_but_for_what_came_from_files(sheets):
    for sheet, table in tables(sheets):
        for column, cells in zip(table.columns, table.cells, strict=True):
            texts = {text for text in cells if isinstance(text, str)} if column.header not in AS_THEY_CAME else ()
            if column.header in QUOTING:
                texts = {re.sub("'[^']*'", "", text) for text in texts}
            told = [text for text in texts if left(text)]
            assert told == [], (
                f"{sheet.name} › {column.header}: {told[:2]}. Make it a Text, or say here that the column holds what came "
                "from files"
            )


def in_english(*tables, name="반품") -> list[Table]:
    (sheet,) = rendered([Sheet(Text(name, "Any"), tables)], "en")
    return [block for block in sheet.blocks if isinstance(block, Table)]


def test_what_came_from_a_file_stays_as_it_came():
    ours = ("취소승인", "〈상품명〉", "small letters\nand more", "완료", "미포장", "품절")
    columns = (Column(Text("상품명", "Product")), Column(Text("메모", "Memo"), Look.ANSWER), Column("열", Look.WORDS))
    (table,) = in_english(Table("any", columns, (ours,) * len(columns)))
    assert table.cells == ([*ours],) * len(columns)


def test_sentences_begin_with_a_capital_letter_and_name_sheets_and_columns_in_english():
    said = Text("〈상품명〉", "see 〈상품명〉 on 〈반품〉\n1. then 〈다른 것〉")
    columns = (Column(Text("상품명", "Product"), Look.LONG), Column(Text("단위", "Unit"), names=True))
    (table,) = in_english(Table("any", columns, ((said,), (Text("원", "won"),))))
    assert table.cells == (["See 〈Product〉 on 〈Any〉\n1. Then 〈다른 것〉"], ["won"])


def test_columns_of_our_own_words_wrap_in_english_and_amounts_bear_the_sign_of_the_won():
    columns = (
        Column(Text("가", "A"), Look.WORDS, 8, 10),
        Column(Text("나", "B"), Look.WON),
        Column(Text("다", "C"), Look.WORDS),
    )
    table = Table("any", columns, ([], [], []))
    (shown,) = in_english(table)
    assert [(column.look, column.wide) for column in shown.columns] == [
        (Look.LONG, 20),
        (Look.KRW, 24),
        (Look.TEXT, 24),
    ]
    (sheet,) = rendered([Sheet(Text("반품", "Any"), (table,))], "ko")
    assert [(c.look, c.wide) for c in sheet.blocks[0].columns] == [(Look.TEXT, 10), (Look.WON, 24), (Look.TEXT, 24)]


def test_an_answer_that_is_no_word_of_ours_stays_as_it_was_given(report, book):
    told = report.rows.assign(**{Col.HANDOVER: "아마 쌌음"})
    part = whole(replace(report, rows=told), book)
    fill = {column.name: fill for column, fill in columns_of(())}["출고상태"]
    assert set(fill(part)) == {"아마 쌌음"}
    assert set(fill(replace(part, rows=told.assign(**{Col.HANDOVER: "포장"})))) == {Text("포장", "Packed")}


def test_a_message_is_korean_with_its_meaning_beside_it(sheets):
    groups, negotiate = (table for sheet, table in tables(sheets) if sheet.name == "Negotiate")
    assert [column.header for column in groups.columns][5:7] == ["Message", "Meaning"]
    headers = [column.header for column in negotiate.columns]
    drafts = negotiate.cells[headers.index("Message to paste")]
    meanings = negotiate.cells[headers.index("The message in English")]
    told = [(draft, meaning) for draft, meaning in zip(drafts, meanings, strict=True) if draft]
    assert told
    assert all(re.search("[다요][.?]$", draft) and re.search("[a-z][.?]$", meaning) for draft, meaning in told)
    assert [bool(draft) for draft in drafts] == [bool(meaning) for meaning in meanings]


def test_a_formula_looks_for_what_the_cells_say():
    late = Text("환불 지연배상", "interest of a late refund")
    term = Term("costs_ledger", "금액", (("부담", Text("구매자", "buyer")), ("금액", "=")), but=(("구간", late),))
    (said,) = in_english(
        Table("any", (Column(Text("배송비", "Shipping"), Look.WON),), ([Tally(3000, term)],), ("배송비",))
    )
    assert (said.columns[0].header, said.columns[0].name, said.totals) == ("Shipping", "배송비", ("배송비",))
    assert said.cells[0] == [3000]
    assert said.cells[0][0].terms == (
        Term("costs_ledger", "금액", (("부담", "Buyer"), ("금액", "=")), but=(("구간", "Interest of a late refund"),)),
    )


def test_finished_orders_are_counted_and_fade_by_the_english_answer(sheets):
    for sheet, table in tables(sheets):
        if table.name.startswith("claims_"):
            assert table.done == ("처리결과", "Done"), sheet.name
    to_do = next(table for _, table in tables(sheets) if table.name == "to_do")
    counted = [value for value in to_do.cells[2] if isinstance(value, Tally)]
    assert counted
    assert {term.where for value in counted for term in value.terms} == {(("처리결과", "Done"),)}


# ── coming back ──────────────────────────────────────────────────────────────────────────────────


def test_what_intake_reads_of_a_returned_workbook_has_the_english_names(written, book):
    """Each column for answers, and each of the list of products, is known by what the English workbook calls it."""
    sheets = (*written, *form(book))
    english = {column.name: column.header.en for _, table in tables(sheets) for column in table.columns}
    columns = book.exports.columns
    read_back = (Col.PRODUCT_ORDER_NO, *ANSWER_COLUMNS, Col.STATED_ACTION, Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION)
    for role in (*read_back, Col.OPTION_CODE):
        assert english[columns[role][0]] in columns[role], role


def test_what_can_be_chosen_is_understood(book):
    """Every choice of a drop-down list in English is the word that the Korean one is."""
    words = layout(book.exports, book.reasons).words
    asked = (
        (Col.HANDOVER, answer_column(CELL_OF[Col.HANDOVER])),
        (Col.CONSENT, answer_column(CELL_OF[Col.CONSENT])),
        (Col.RESULT, answer_column(CELL_OF[Col.RESULT])),
        (Col.TRUE_REASON, answer_column(CELL_OF[Col.TRUE_REASON])),
        (Col.SELLER_REASON, answer_column(CELL_OF[Col.SELLER_REASON])),
    )
    for role, bare in asked:
        column = with_choices(bare, book)
        (table,) = in_english(Table("any", (column,), ((),)))
        assert column.choices
        shown = ["".join(choice.split()) for choice in table.columns[0].choices]
        assert [words[role][choice] for choice in shown] == [choice.ko for choice in column.choices]


def test_a_filled_english_workbook_moves_its_orders(handled, desk, book):
    """14: 확인필요 until somebody says that it is not packed; 5: 고객협의 until the buyer agrees (policy §11.3)."""
    asked, sold_out, first = number(QUESTION), number(SOLD_OUT), handled[1]
    before = actions(first.report)
    assert (before[asked], before[sold_out]) == (Action.REVIEW, Action.NEGOTIATE)
    dropped_back(desk, first.workbook, "Review", asked, {"Handover": "Not packed"})
    dropped_back(desk, first.workbook, "Negotiate", sold_out, {"Buyer agrees": "Yes", "Result": "On hold"})

    second = run(desk, book, options("ko", MORNING + timedelta(hours=3)))

    assert actions(second.report) == {asked: Action.APPROVE, sold_out: Action.SELLER_CANCEL}
    told = {(given.product_order_no, given.cell): given.value for given in second.report.answers}
    assert told[asked, Col.HANDOVER] == "미포장"
    assert told[sold_out, Col.CONSENT] == "예"
    assert told[sold_out, Col.RESULT] == "보류"
    notes = {sheet.sheet: sheet.note.en for sheet in second.report.account}
    assert notes["Summary"] == notes["Costs"] == notes["Inputs"] == "Made by this program, so it was not read."
    assert "예" in shown(second.workbook, "판매자취소", sold_out), "a Korean workbook shows the answer in Korean"


def test_english_and_korean_workbooks_follow_each_other(handled, desk, book):
    """The answer given in English stands in the Korean workbook, is written over there, and shows in English again."""
    asked = number(QUESTION)
    dropped_back(desk, handled[1].workbook, "Review", asked, {"Handover": "Packed"})
    korean = run(desk, book, options("ko", MORNING + timedelta(hours=1)))
    assert actions(korean.report) == {asked: Action.NEGOTIATE, number(SOLD_OUT): Action.NEGOTIATE}
    assert "포장" in shown(korean.workbook, "고객협의", asked)
    dropped_back(desk, korean.workbook, "고객협의", asked, {"출고상태": "미포장"})

    english = run(desk, book, options("en", MORNING + timedelta(hours=2)))

    assert actions(english.report) == {asked: Action.APPROVE, number(SOLD_OUT): Action.NEGOTIATE}
    assert "Not packed" in shown(english.workbook, "Approve cancel", asked)


@pytest.mark.parametrize(
    ("later", "others", "first"),
    [
        (timedelta(hours=2), {SOLD_OUT: Action.NEGOTIATE}, "'picked up' ({name} › Review › row n)"),
        (timedelta(days=1), {}, "'picked up' told before"),  # no file of that day speaks of the other order
    ],
)
def test_answers_that_contradict_each_other_are_told_in_english(handled, desk, book, later, others, first):
    """The morning's workbook comes back once more, with another answer than the one that holds by now."""
    asked = number(QUESTION)
    dropped_back(desk, handled[1].workbook, "Review", asked, {"Handover": "Picked up"})
    run(desk, book, options("en", MORNING + timedelta(hours=1)))
    dropped_back(desk, handled[1].workbook, "Review", asked, {"Handover": "Not packed"})

    report = run(desk, book, options("en", MORNING + later)).report

    assert actions(report) == {asked: Action.REVIEW} | {number(story): action for story, action in others.items()}
    name = handled[1].workbook.name
    (note,) = report.rows.loc[report.rows[Col.PRODUCT_ORDER_NO].eq(asked), Col.NOTE_EN]
    assert re.sub(r"row \d+", "row n", note).endswith(
        f"Handover: {first.format(name=name)} ↔ 'not packed' ({name} › Review › row n)"
    )


def test_an_action_changed_by_hand_is_noticed_in_english_too(handled, desk, book):
    changed = {"Action": "Approve cancel", "Handover": "Packed"}
    dropped_back(desk, handled[1].workbook, "Review", number(QUESTION), changed)

    warnings = run(desk, book, options("en", MORNING + timedelta(hours=1))).report.warnings

    assert [one.text.en.partition(" (")[0] for one in warnings if "by hand" in one.text.en] == [
        "Action was changed by hand in some rows: 1"
    ]


def test_the_english_form_comes_back(tmp_path, book):
    desk = Desk(tmp_path)
    desk.inbox.mkdir()
    path = desk.inbox / "answer_form.xlsx"
    outbox.write_template(path, book, "en")
    form = openpyxl.load_workbook(path)
    assert form.sheetnames == ["Answers", "Sold-out products"]
    answers, products = form["Answers"], form["Sold-out products"]
    assert [cell.value for cell in answers[3]] == [
        "Product order no.", "Handover", "Buyer agrees", "True reason", "Cancel reason", "Memo",
    ]  # fmt: skip
    assert [cell.value for cell in products[3]] == ["Product no.", "Seller's product code", "Option code", "Option"]
    for column, value in enumerate(("2026112011111111", "Picked up", "No", "Sold out", "Intent changed"), start=1):
        answers.cell(4, column).value = value
    products["A4"], products["D4"] = "8100000001", "색상: 빨강"
    form.save(path)
    aged(desk.inbox)

    batch = read(find(desk.inbox), book.exports, book.reasons, opening(), MORNING)

    (told,) = batch.answer_rows
    assert {role: cell for role, cell in told.cells.items() if cell} == {
        Col.HANDOVER: "집화",
        Col.CONSENT: "아니오",
        Col.TRUE_REASON: "품절",
        Col.SELLER_REASON: "구매의사취소",
    }
    assert batch.sold_out.to_dict("records") == [
        {"product_no": "8100000001", "seller_sku": "", "option_code": "", "option": "색상: 빨강"}
    ]
    assert (batch.row_problems, batch.file_problems) == ((), ())


def test_the_meaning_of_the_messages_is_worked_out_for_english_readers_only():
    asked = []
    columns = (Column(Text("안내문", "Message")), Column(Text("안내문 뜻", "Meaning"), english_only=True))
    table = Table("any", columns, (["글"], Later(lambda: asked.append("en") or ["text"])))
    (korean,), (english,) = (rendered([Sheet("시트", (table,))], lang) for lang in ("ko", "en"))
    assert [block.cells for block in (*korean.blocks, *english.blocks)] == [(["글"],), (["글"], ["text"])]
    assert asked == ["en"]
