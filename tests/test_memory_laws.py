"""The laws over several mornings, for any rows: memory loses no order, adds none, and undoes no dispatch."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opened import opening
from test_laws import ANSWERS, CANCEL, DISPATCH, assert_every_verdict_names_its_rule, book, calendar, rows
from trials import examples

from processor import intake, ledger, outbox
from processor.app.morning import remembered
from processor.app.think import think
from processor.model import Action, Col, Report, fates
from processor.recall.remembered import MEMORY

pytestmark = pytest.mark.slow

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
SCREENS = {"전체주문발주": DISPATCH, "취소": CANCEL, "답변": ANSWERS}
FEW = {
    "상품주문번호": st.sampled_from(["2026112000000001", "2026112000000002"]),
    "주문번호": st.just("2026112000000099"),
}
PLAIN = {  # two orders about which everything can be read: what changes between mornings is all that matters
    "전체주문발주": FEW
    | {name: st.just("") for name in DISPATCH if name not in FEW}
    | {
        "배송방법": st.just("택배,등기,소포"),
        "주문상태": st.sampled_from(["발송대기", "발송대기", "배송중"]),
        "발송처리일": st.sampled_from(["", "", "2026-11-21 10:00"]),
        "발송기한": st.just("2026-11-26 23:59"),
    },
    "취소": FEW
    | {name: st.just("") for name in CANCEL if name not in FEW}
    | {
        "주문상태": st.just("결제완료"),
        "취소 처리상태": st.sampled_from(["취소요청", "취소요청", "취소철회"]),
        "취소사유": st.just("구매의사취소"),
        "취소요청일": st.just("2026-11-22 10:00"),
    },
    "답변": ANSWERS | FEW,
}


def one_row_each(columns) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries(columns), max_size=2, unique_by=lambda row: row["상품주문번호"])


def week(sheets) -> st.SearchStrategy[list[dict[str, list[dict[str, str]] | None]]]:
    morning = st.fixed_dictionaries({name: st.none() | sheet for name, sheet in sheets.items()})
    return st.lists(morning, min_size=2, max_size=4)


WEEK = week({name: rows(columns) for name, columns in SCREENS.items()})
PLAIN_WEEK = week({name: one_row_each({key: columns[key] for key in SCREENS[name]}) for name, columns in PLAIN.items()})


def week_of(mornings) -> Iterator[Report]:
    """Each morning with what the ledger remembers of those before it; None = that export was not downloaded."""
    with TemporaryDirectory() as folder, ledger.opened(Path(folder) / "ledger.sqlite3", writing=True) as memory:
        for day, sheets in enumerate(mornings):
            as_of = MONDAY + timedelta(days=day)
            files = [
                written(Path(folder) / f"{name}_{as_of:%Y%m%d}_0800.csv", SCREENS[name], told)
                for name, told in sheets.items()
                if told is not None
            ]
            found = intake.gather(files, book().exports, book().reasons, opening(), memory.handled("rules"))
            batch, past = remembered(found, memory, as_of)
            report = think(batch, book(), as_of, calendar(), past)
            memory.record(ledger.entry(report, "rules", f"{as_of:%Y%m%d_%H%M%S}", "tests"))
            yield report


def written(path, columns, told):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    writer.writerows(told)
    path.write_text(text.getvalue(), encoding="utf-8")
    return intake.input_file(path)


def line(columns, **cells) -> dict[str, str]:
    one = {"상품주문번호": "2026112000000001", "주문번호": "2026112000000099"}
    return {**dict.fromkeys(columns, ""), **one, **cells}


ON_ITS_WAY = line(DISPATCH, 배송방법="택배,등기,소포", 주문상태="배송중", 발송기한="2026-11-26 23:59")
WAITING = {**ON_ITS_WAY, "주문상태": "발송대기"}
ASKED = line(CANCEL, **{"취소 처리상태": "취소요청", "취소사유": "구매의사취소", "취소요청일": "2026-11-22 10:00"})


@examples(4)
@example(  # it was on its way on Monday, and Tuesday's files show it waiting, with a cancel request
    [
        {"전체주문발주": [ON_ITS_WAY], "취소": None, "답변": None},
        {"전체주문발주": [WAITING], "취소": [ASKED], "답변": None},
    ]
)
@given(st.one_of(PLAIN_WEEK, PLAIN_WEEK, WEEK))
def test_whatever_comes_in_over_several_mornings_the_laws_hold(mornings) -> None:
    gone: set[str] = set()
    agreed: set[str] = set()
    for morning, report in zip(mornings, week_of(mornings), strict=True):
        agreed |= {row["상품주문번호"] for row in morning["답변"] or [] if row["구매자동의"] == "예"}
        assert_no_row_is_lost_or_made(report)
        assert_every_verdict_names_its_rule(report)
        assert_nothing_gone_is_cancelled(report, gone)
        assert_no_seller_cancels_without_consent(report, agreed)
        sent = report.rows[Col.DISPATCH_SEEN] | report.rows[Col.DISPATCHED_AT].notna()
        gone |= set(report.rows.loc[sent, Col.PRODUCT_ORDER_NO])


def assert_no_row_is_lost_or_made(report) -> None:
    total = outbox.summary(report)
    assert total["rows_read"] == total["decisions"] + total["merged"] + total["lists"] + total["problems"]
    assert total["decisions"] == len(report.rows) == sum(total["by_action"].values())
    assert report.rows[Col.PRODUCT_ORDER_NO].is_unique
    for sheet in report.account:
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems, sheet
    rows = Counter(place for place, _ in fates(report.batch, report.rows[Col.SOURCE]) if place.file != MEMORY)
    assert max(rows.values(), default=0) <= 1, rows  # one fate each


def assert_nothing_gone_is_cancelled(report, gone) -> None:
    for order, action in actions(report):
        assert not (order in gone and action.irreversible), order


def assert_no_seller_cancels_without_consent(report, agreed) -> None:
    for order, action in actions(report):
        assert action is not Action.SELLER_CANCEL or order in agreed, order


def actions(report) -> Iterator[tuple[str, Action]]:
    for order, situation in zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows["situation"], strict=True):
        yield order, report.verdicts[situation].action


@examples(1)
@given(WEEK)
def test_the_same_mornings_give_the_same_reports(mornings) -> None:
    for one, other in zip(week_of(mornings), week_of(mornings), strict=True):
        assert list(outbox.lines(one, "ko")) == list(outbox.lines(other, "ko"))
        assert (one.answers, one.gone, one.warnings) == (other.answers, other.gone, other.warnings)
