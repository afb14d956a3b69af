"""Digits and numbers in other people's text: one grammar, and no sign of another script becomes a number."""

from __future__ import annotations

from datetime import datetime

import pytest

from processor.app.errors import WrongUse
from processor.app.typed_facts import facts_of
from processor.intake import cells
from processor.intake.cells import Bad
from processor.market import downloads, order_numbers
from processor.model import Text
from processor.model.numbers import whole_number
from processor.rulebook import cells as conditions
from processor.rulebook.types import Word

ONE = "2026112010000011"
ELSEWHERE = {
    "Arabic-Indic": "".join(chr(0x0660 + int(digit)) for digit in ONE),
    "Persian": "".join(chr(0x06F0 + int(digit)) for digit in ONE),
    "Devanagari": "".join(chr(0x0966 + int(digit)) for digit in ONE),
    "Thai": "".join(chr(0x0E50 + int(digit)) for digit in ONE),
    "bold": "".join(chr(0x1D7CE + int(digit)) for digit in ONE),
    "superscript": ONE[:-1] + "¹",
    "subscript": ONE[:-1] + "₁",
    "circled": ONE[:-1] + "①",
    "one Thai digit": ONE[:-1] + "๑",
}
FULL_WIDTH = "".join(chr(0xFF10 + int(digit)) for digit in ONE)


@pytest.mark.parametrize("written", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_an_id_in_digits_of_another_script_is_damaged_and_never_another_orders(written: str) -> None:
    assert cells.product_order_no(written) == cells.order_no(written) == Bad("order_no_damaged")
    assert not order_numbers.is_order_no(written)
    assert not order_numbers.has_all_digits(written)


def test_full_width_digits_are_the_same_digits() -> None:
    assert cells.product_order_no(FULL_WIDTH) == ONE
    assert cells.moment("２０２６－１１－１８　０９：０５") == datetime(2026, 11, 18, 9, 5)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("3000", 3000),
        ("3,000", 3000),
        ("1,234,567", 1_234_567),
        ("-3,000", -3000),
        ("+3", 3),
        ("3000.0", 3000),
        ("3,000.00", 3000),
        ("3,000원", 3000),
        ("3000 원", 3000),
        ("₩3,000", 3000),
        ("₩ 3,000", 3000),
        ("-₩3,000", -3000),
        ("₩-3,000", -3000),
        ("￦３，０００", 3000),
        ("１，０００", 1000),
        (" 12 ", 12),
        ("9999999999", 9_999_999_999),
        ("1000000000000000", None),  # 16 digits: no amount, but perhaps an id
        ("3.5", None),
        ("3.000,00", None),
        ("3.000.000", None),
        ("1,2,3", None),
        ("1,00", None),
        ("1000,000", None),
        (",000", None),
        ("3,", None),
        ("1 000", None),
        ("1\u202f000", None),
        ("1_000", None),
        ("1'000", None),
        ("1e3", None),
        ("0x10", None),
        ("(3,000)", None),
        ("--3", None),
        ("-₩-3", None),
        ("3%", None),
        ("3개", None),
        ("원", None),
        ("원3", None),
        ("", None),
        ("nan", None),
        ("Infinity", None),
        ("٣٠٠٠", None),
        ("३०००", None),
        ("๓", None),
        ("3²", None),
        ("③", None),
        ("½", None),
    ],
)
def test_a_whole_number_has_one_grammar(written: str, number: int | None) -> None:
    assert whole_number(written) == number
    if written:  # a blank amount is unknown, and no fault
        assert cells.won(written) == (Bad("number_unreadable") if number is None else number)


@pytest.mark.parametrize("written", ["٢٠٢٦-١١-١٨", "2026-11-1²", "2026-11-①", "2026-11-18 ๙:05", "٤٦٣٤٤.٥"])
def test_a_date_in_digits_of_another_script_is_unreadable(written: str) -> None:
    assert cells.moment(written) == Bad("date_unreadable")


def test_the_name_of_a_file_tells_its_time_in_plain_digits_only() -> None:
    assert downloads.taken_at("스마트스토어_취소관리_٢٠٢٦1123_0905.xlsx") is None
    assert downloads.not_later_than("배송현황 20٢٦-11-23.xlsx") is None


def test_a_fact_and_a_condition_are_counted_in_plain_digits_only() -> None:
    days = Word("남은날", None, Text.same("남은날"))
    for written in ("٣", "²", "③"):
        with pytest.raises(WrongUse):
            facts_of([f"남은날={written}"], {"남은날": days})
        assert isinstance(conditions.cell(f"{written} 이상", days), dict)
    assert facts_of(["남은날＝-３"], {"남은날": days}) == {"남은날": -3}
