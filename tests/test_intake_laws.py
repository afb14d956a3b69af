"""Laws of intake for any rows: no row is lost, none is added, and the order of files does not matter."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from counted import counted
from hypothesis import given
from hypothesis import strategies as st
from made import reason
from opened import opening
from trials import examples

from processor import intake
from processor.model import Col, Kind, Place, Text
from processor.rulebook.types import Export, Exports, Limits

pytestmark = pytest.mark.slow

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

EXPORTS = Exports(
    kinds=(
        Export(
            Kind.CANCEL, Text("취소관리", "Cancel requests"), ("취소관리",), ("상품주문번호", "취소처리상태"), (), ()
        ),
        Export(
            Kind.SEARCH,
            Text("주문조회", "Order search"),
            ("주문조회",),
            ("상품주문번호", "클레임상태"),
            (),
            ("취소처리상태",),
        ),
        Export(
            Kind.ANSWERS,
            Text("답변", "Answers"),
            ("답변",),
            ("상품주문번호",),
            ("출고상태",),
            ("취소처리상태", "클레임상태"),
        ),
        Export(
            Kind.SOLD_OUT, Text("품절상품", "Sold out"), ("품절상품",), (), ("상품번호", "옵션정보"), ("상품주문번호",)
        ),
    ),
    columns={
        Col.PRODUCT_ORDER_NO: ("상품주문번호",),
        Col.CANCEL_STATUS: ("취소처리상태",),
        Col.CLAIM_STATUS: ("클레임상태",),
        Col.HANDOVER: ("출고상태",),
        Col.PAID_AT: ("결제일",),
        Col.QUANTITY: ("수량",),
        Col.PRODUCT_NO: ("상품번호",),
        Col.OPTION: ("옵션정보",),
        Col.SELLER_SKU: (),
        Col.OPTION_CODE: (),
        **dict.fromkeys((Col.CONSENT, Col.TRUE_REASON, Col.SELLER_REASON, Col.RESULT), ()),
    },
    states={
        Col.CANCEL_STATUS: {"취소요청": "요청", "취소완료": "완료"},
        Col.RETURN_STATUS: {"반품요청": "진행", "수거중": "진행"},
        Col.EXCHANGE_STATUS: {"교환요청": "진행", "수거중": "진행"},
        Col.CLAIM_STATUS: {"수거중": "모름"},
        Col.HANDOVER: {"포장": "포장", "미포장": "미포장"},
    },
    hints={},
    personal=("구매자명",),
    limits=Limits(file_mib=50, unpacked_mib=400, ratio=200, rows=1048576, columns=500, seconds=60, memory_mib=1024),
)
REASONS = (reason("상품품절", "Sold out", "판매자", "품절", chosen="상품품절"),)

order = st.sampled_from(
    ["2026112010000001", "2026112010000002", "2026112010000010.0", "2026112010000010", "2.02E+15", "합계", "메모", ""]
)
paid = st.sampled_from(["", "-", "2026-11-20", "2026-11-21 09:00", "언젠가"])
quantity = st.sampled_from(["", "1", "2", "둘"])
anything = st.text(alphabet="가-,\"'=\n 0\t\u00a0", max_size=4).filter(lambda text: '="' not in text.replace(" ", ""))
SHEETS = {
    "취소관리": (
        ["상품주문번호", "취소처리상태", "결제일", "수량"],
        st.sampled_from(["취소요청", "취소완료", "몰라", ""]),
    ),
    "주문조회": (
        ["상품주문번호", "클레임상태", "결제일", "수량"],
        st.sampled_from(["취소요청", "반품요청", "수거중", "몰라", ""]),
    ),
    "답변": (["상품주문번호", "출고상태", "메모"], st.sampled_from(["포장", "미포장", "몰라", ""])),
}


@st.composite
def files(draw):
    """Some text files of all kinds, two downloads of one kind perhaps of the same minute."""
    drawn = {}
    for number, sheet in enumerate(draw(st.lists(st.sampled_from([*SHEETS, "품절상품"]), min_size=1, max_size=4))):
        clock = draw(st.sampled_from(["0900", "0901"]))
        name = "품절상품" if sheet == "품절상품" else f"{sheet}{number}_20261121_{clock}"
        if sheet == "품절상품":
            header, one = ["상품번호", "옵션정보"], st.tuples(anything, anything)
        else:
            header, label = SHEETS[sheet]
            one = st.tuples(order, label, paid, quantity) if len(header) == 4 else st.tuples(order, label, anything)
        drawn[f"{name}.csv"] = [header, *draw(st.lists(one, max_size=6))]
    return drawn


def read(drawn, backwards=False):
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, rows in drawn.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            path = Path(folder) / name
            path.write_bytes(text.getvalue().encode())
            os.utime(path, (1_795_000_000,) * 2)  # the time of a file whose name tells none
            found.append(intake.input_file(path))
        return intake.read(found[::-1] if backwards else found, EXPORTS, REASONS, opening(), AS_OF)


@examples(8)
@given(files())
def test_every_row_has_exactly_one_fate(drawn):
    batch = read(drawn)
    for sheet in counted(batch):
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems
        assert min(sheet.decided, sheet.merged, sheet.listed, sheet.problems) >= 0
    decided = [place for source in batch.claims[Col.SOURCE] for place in source]
    failed = [problem.place for problem in batch.row_problems]
    told = Counter(decided + failed)
    assert max(told.values(), default=0) <= 1
    assert sum(sheet.decided + sheet.merged for sheet in counted(batch)) == len(decided)
    assert sum(sheet.problems for sheet in counted(batch)) == len(failed)
    assert sum(sheet.decided for sheet in counted(batch)) == len(batch.claims)
    assert batch.claims[Col.PRODUCT_ORDER_NO].is_unique
    assert sum(sheet.listed for sheet in counted(batch) if sheet.kind is Kind.SOLD_OUT) == len(batch.sold_out)


@examples(8)
@given(files())
def test_every_row_with_content_was_read(drawn):
    batch = read(drawn)
    rows_read = {sheet.file: sheet.read for sheet in batch.sheets}
    again = {repeat.name for repeat in batch.repeats}
    assert again == _copies(drawn)
    for name, rows in drawn.items():
        needed = 2 if rows[0][-1] in ("메모", "옵션정보") else len(rows[0])
        blanks = {"", "-"}
        written = [
            cells
            for cells in rows[1:]
            if any(cell.strip().strip("\u00a0 \n\t") not in blanks for cell in cells[:needed])
        ]
        assert rows_read[name] == (0 if name in again else len(written))


def _copies(drawn) -> set[str]:
    """Files that say, to the byte, what another file of an earlier name says."""
    firsts, copies = [], set()
    for name in sorted(drawn):
        if drawn[name] in firsts:
            copies.add(name)
        firsts.append(drawn[name])
    return copies


@examples(8)
@given(files())
def test_the_order_of_files_changes_nothing(drawn):
    forward, backward = read(drawn), read(drawn, backwards=True)
    pd.testing.assert_frame_equal(forward.claims, backward.claims)
    pd.testing.assert_frame_equal(forward.sold_out, backward.sold_out)
    assert (forward.sheets, forward.row_problems) == (backward.sheets, backward.row_problems)
    assert forward.file_problems == backward.file_problems


@examples(8)
@given(files())
def test_no_order_is_free_of_trouble_while_a_row_of_it_is_a_problem(drawn):
    batch = read(drawn)
    places = {problem.place for problem in batch.row_problems}
    for name, rows in drawn.items():
        for number, cells in enumerate(rows[1:], start=2):
            if Place(name, Path(name).stem, number) in places:
                about = batch.claims[batch.claims[Col.PRODUCT_ORDER_NO] == cells[0]]
                assert (about[Col.TROUBLE] != "").all()
