"""An empty form for the seller: answers about orders, and products that are sold out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from processor import disk
from processor.model import ANSWER_CELLS, AnswerCell, Text, Weighing
from processor.outbox import captions
from processor.outbox.action_columns import answer_column, with_choices
from processor.outbox.sheet import Column, Line, Look, Sheet, Table, Tone
from processor.outbox.workbook import Title, save
from processor.rulebook.types import Rulebook

_ROWS: Final = 500
_NOTE_ROOM: Final = 30  # characters
_CREATED: Final = datetime.fromisoformat("2026-01-01T00:00")  # a fixed date, so that equal forms are equal files


def _form_column(cell: AnswerCell) -> Column:
    """The column of an answer cell in the form, where a note has more room than in a list."""
    room = _NOTE_ROOM if cell.weighing is Weighing.NOTE else cell.width
    return replace(answer_column(cell), narrow=room, wide=room)


_ANSWERS: Final = (
    Column(captions.PRODUCT_ORDER_NO, Look.ANSWER, 20, 20),
    *(_form_column(cell) for cell in ANSWER_CELLS if cell.in_form),
)
_PRODUCTS: Final = tuple(
    Column(header, Look.ANSWER, 22, 22)
    for header in (
        captions.PRODUCT_NO,
        Text("판매자 상품코드", "Seller's product code"),
        Text("옵션관리코드", "Option code"),
        captions.OPTION,
    )
)
_ANSWERS_HOW: Final = Text(
    "상품주문번호와 아는 것만 적고, 모르는 칸은 비워 두세요. 저장해서 inbox 폴더에 넣으면 됩니다.",
    "Write the product order number and what you know; leave the rest blank. Save, and drop the file into the inbox folder.",
)
_ANSWERS_WHEN: Final = Text(
    "판매취소사유는 판매자가 먼저 취소하려는 주문에만 적습니다. 구매자가 동의했는지도 함께 적어 주세요.",
    "〈판매취소사유〉 is for orders that you want to cancel yourself; say as well whether the buyer agreed.",
)
_PRODUCTS_HOW: Final = Text(
    "품절된 상품을 한 줄에 하나씩 적으세요. 상품번호, 판매자 상품코드, 옵션관리코드 가운데 하나는 꼭 있어야 합니다.",
    "One sold-out product a row. 〈상품번호〉, 〈판매자 상품코드〉 or 〈옵션관리코드〉 is needed.",
)
_PRODUCTS_OPTION: Final = Text(
    "한 가지 옵션만 품절이면 옵션정보도 적어 주세요. 옵션정보를 비우면 그 상품의 모든 옵션이 품절이라는 뜻입니다.",
    "If one option only is sold out, fill 〈옵션정보〉 too; left blank it means all options of the product.",
)


def form(book: Rulebook) -> tuple[Sheet, ...]:
    """The sheets of the form. The reasons of the rulebook can be chosen from a list."""
    answers = tuple(with_choices(column, book) for column in _ANSWERS)
    return (
        _form(Text("답변", "Answers"), "answers", answers, (_ANSWERS_HOW, _ANSWERS_WHEN)),
        _form(Text("품절상품", "Sold-out products"), "sold_out_products", _PRODUCTS, (_PRODUCTS_HOW, _PRODUCTS_OPTION)),
    )


def write_template(path: Path, book: Rulebook, lang: str) -> None:
    """Writes the form. Raises FileExistsError if the path exists."""
    if disk.taken(path):
        raise FileExistsError(path)
    said = Text("답변과 품절상품을 적는 양식", "Form for answers and sold-out products")
    save(path, form(book), Title(said, said, _CREATED), lang)


def _form(name: Text, table: str, columns: tuple[Column, ...], how: tuple[Text, Text]) -> Sheet:
    lines = (Line(how[0], Tone.TITLE), Line(how[1]))
    return Sheet(name, (*lines, Table(table, columns, tuple([None] * _ROWS for _ in columns))), 1)
