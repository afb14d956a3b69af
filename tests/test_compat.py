"""The changes inside openpyxl and msoffcrypto, and the plain way that is taken with a version that was not tried."""

from __future__ import annotations

import io
import zipfile

import msoffcrypto
import openpyxl
import pytest
from build import PASSWORD, locked, xlsx
from lxml import etree
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font

from processor.compat import msoffcrypto_keys, openpyxl_saving
from processor.compat.msoffcrypto_keys import load_key
from processor.compat.openpyxl_saving import saved
from processor.compat.versions import Tried

pytestmark = pytest.mark.slow

# ── versions ──


@pytest.mark.parametrize(
    ("version", "tried"),
    [
        ("3.1.99", False), ("3.2", True), ("3.2.0", True), ("3.3.10", True), ("3.10", False), ("3.4", False), ("3.4.0", False),
        ("3.3rc1", False), ("3.3.1rc1", True), ("3.4.dev1", False), ("unknown", False),
    ],
)  # fmt: skip
def test_a_version_is_among_those_tried_by_its_numbers(version, tried):
    assert Tried("XlsxWriter", (3, 2), (3, 4)).holds(version) is tried


@pytest.mark.parametrize("module", [msoffcrypto_keys, openpyxl_saving])
def test_the_installed_versions_were_tried(module):
    assert module.TRIED.holds()


# ── msoffcrypto: a password worked out once ──

NOT_TRIED = "99.0"


def opened(content: bytes, password: str, version: str | None) -> bytes:
    office, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    load_key(office, password, version)
    office.decrypt(plain)
    return plain.getvalue()


def test_both_ways_unlock_to_equal_bytes():
    plain = xlsx()
    content = locked(plain)
    assert opened(content, PASSWORD, None) == opened(content, PASSWORD, NOT_TRIED) == plain


@pytest.mark.parametrize("version", [None, NOT_TRIED])
def test_both_ways_refuse_a_password_that_does_not_fit(version):
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(locked(xlsx()), "다른것", version)


@pytest.mark.parametrize(("version", "times"), [(None, 1), (NOT_TRIED, 4)])
def test_a_file_that_is_opened_twice_costs_one_derivation_and_not_four(version, times, monkeypatch):
    derived = []
    real = ECMA376Agile._derive_iterated_hash_from_password

    def counted(*arguments):
        derived.append(arguments)
        return real(*arguments)

    content = locked(xlsx())
    monkeypatch.setattr(ECMA376Agile, "_derive_iterated_hash_from_password", staticmethod(counted))
    for _ in range(2):
        opened(content, PASSWORD, version)
    assert len(derived) == times


def test_msoffcrypto_itself_stays_as_it_is():
    """Whoever uses it beside this program, in the same process, finds it unchanged."""
    assert ECMA376Agile._derive_iterated_hash_from_password.__module__ == "msoffcrypto.method.ecma376_agile"
    assert not hasattr(ECMA376Agile._derive_iterated_hash_from_password, "cache_info")


# ── openpyxl: saved in memory, fonts in order ──


def a_workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["상품주문번호", "금액", "언제"])
    sheet.append(["2026112010000001", 12_000, "=1+1"])
    sheet["A1"].font = Font(name="맑은 고딕", size=10, bold=True, color="FFFFFF", underline="single")
    sheet["B2"].number_format = '#,##0"원"'
    sheet["A2"].hyperlink = "https://example.com/1"
    sheet["A2"].comment = Comment("고쳐 주세요", "", width=360, height=60)
    sheet.merge_cells("A4:C4")
    sheet.conditional_formatting.add("A1:A9", FormulaRule(formula=["TRUE"], font=Font(bold=True, size=12, name="굴림")))
    book.create_sheet("문제목록", 0).append(["하나"])
    return book


def seen(content: bytes) -> list[object]:
    return [
        (
            sheet.title,
            [
                (cell.coordinate, cell.value, cell.number_format, repr(cell.font), cell.comment and cell.comment.text, cell.hyperlink and cell.hyperlink.target)
                for cells in sheet.iter_rows()
                for cell in cells
            ],
            sorted(map(str, sheet.merged_cells.ranges)),
            [repr(rule.dxf.font) for area in sheet.conditional_formatting for rule in area.rules],
        )
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
    ]  # fmt: skip


def library_saves(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_both_ways_save_what_openpyxl_saves():
    ours, plain = saved(a_workbook()), saved(a_workbook(), NOT_TRIED)
    assert seen(ours) == seen(plain) == seen(library_saves(a_workbook()))


def test_no_worksheet_lies_on_the_disk_meanwhile(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert len(seen(saved(a_workbook()))) == 2
    with pytest.raises(FileNotFoundError):
        saved(a_workbook(), NOT_TRIED)  # this is what the plain way costs


ORDER = [
    "b",
    "i",
    "strike",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
]


@pytest.mark.parametrize("version", [None, NOT_TRIED])
def test_fonts_are_written_in_the_order_of_the_schema(version):
    """Those of conditions too."""
    with zipfile.ZipFile(io.BytesIO(saved(a_workbook(), version))) as book:
        styles = etree.fromstring(book.read("xl/styles.xml"))
    fonts = [[etree.QName(part).localname for part in font] for font in styles.iter("{*}font")]
    assert len(fonts) == 3
    assert fonts == [sorted(font, key=ORDER.index) for font in fonts]


def test_openpyxl_itself_stays_as_it_is():
    assert Font.__elements__[0] == "name"
