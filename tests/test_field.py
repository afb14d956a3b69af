"""Mornings that go wrong on sellers' desks, each in several variants: the action that every order must get.

Each morning is played on a desk in a folder, run by run. `field_desk` builds the files; today is Monday, 2026-11-23.
Of combined circumstances the suite takes some, spread evenly; with THOROUGH (see `trials`) it takes all.
"""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from field_desk import (
    ANSWERS,
    CANCEL,
    DISPATCH,
    EXCHANGE,
    HEADERS,
    LAST_RUN,
    PRINTED,
    RETURN,
    SEARCH,
    SENT,
    SHIPPING,
    SOLD_OUT,
    TODAY,
    TOGETHER,
    File,
    answer,
    asked,
    coming_back,
    considered,
    corrected,
    cuts,
    day,
    drop,
    exchanged,
    export,
    export_name,
    found,
    no,
    on_its_way,
    order,
    returned,
    standing,
    verdict,
    workbooks,
)
from test_drops import listed
from trials import across, some

from processor import judge, outbox, rulebook
from processor.app.desk import Desk
from processor.model import Report
from processor.outbox.sheet import Table

pytestmark = pytest.mark.slow

FRIDAY = datetime(2026, 11, 20)
THIS_MORNING = {"발송처리일": "2026-11-23 09:05", "송장번호": "551234567890", "택배사": "한진택배"}
SCARF = {"상품번호": "7700000099"}

orders_of = partial(export, DISPATCH, at="0910")
requests_of = partial(export, CANCEL, at="0901")


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    return empty_desk


@pytest.fixture
def where(desk, book) -> Callable[..., dict[str, str]]:
    """The day in these drops, and where its orders stand after the last."""

    def stand(*drops, **more):
        return standing(day(desk, book, *drops, **more))

    return stand


def on(report: Report, book, sheet: str) -> str:
    """All that a workbook of this report says on that sheet."""
    return "\n".join(str(each) for each in outbox.grid(report, book, "ko") if each.name.split(" (")[0] == sheet)


# ── A. the files of one day, in whatever drops ───────────────────────────────────────────────────

_OF_TWO = asked(20, 주문번호=TOGETHER["주문번호"])
RICH_DAY = {
    "a request": ("취소승인", {"D": order(1), "C": asked(1), "later": asked(1)}),
    "sent this morning, by the list": ("반품", {"D": order(2, **THIS_MORNING), "C": asked(2), "later": asked(2)}),
    "its label is printed": ("고객협의", {"D": order(3, **PRINTED), "C": asked(3), "later": asked(3)}),
    "a part of it": (
        "확인필요",
        {"D": order(4), "C": asked(4, **{"수량클레임 여부": "Y"}), "later": asked(4)},
    ),
    "no claim, time left": ("조치없음", {"D": order(5)}),
    "due today": ("발송", {"D": order(6, 발송기한="2026-11-23 23:59")}),
    "a request alone": ("확인필요", {"C": asked(7), "later": asked(7)}),
    "a return that is back": ("반품", {"R": coming_back(8)}),
    "a return and a cancel": ("고객협의", {"R": coming_back(9), "C": asked(9), "later": asked(9)}),
    "an exchange that is back": ("발송", {"X": exchanged(10)}),
    "on its way by a later search": (
        "반품",
        {"D": order(11), "C": asked(11), "S": found(11, "배송중", "취소요청"), "later": asked(11)},
    ),
    "on its way by 배송현황": ("반품", {"D": order(12), "C": asked(12), "H": on_its_way(12), "later": asked(12)}),
    "picked up, says the seller": (
        "고객협의",
        {"D": order(13), "C": asked(13), "A": answer(13, 출고상태="집화"), "later": asked(13)},
    ),
    "not packed, says the seller": (
        "취소승인",
        {"C": asked(14), "A": answer(14, 출고상태="미포장"), "later": asked(14)},
    ),
    "sold out": ("고객협의", {"D": order(15, **SCARF)}),
    "sold out, the buyer agrees": ("판매자취소", {"D": order(16, **SCARF), "A": answer(16, 구매자동의="예")}),
    "sold out, but sent": ("조치없음", {"D": order(17, **SCARF), "H": on_its_way(17, **SCARF)}),
    "blank in an older list": (
        "반품",
        {"old": order(18), "D": order(18, **THIS_MORNING), "C": asked(18), "later": asked(18)},
    ),
    "sent in an older list": (
        "반품",
        {"old": order(19, **SENT), "D": order(19), "C": asked(19), "later": asked(19)},
    ),
    "a main good without its add-on": (
        "고객협의",
        {"D": order(20, **TOGETHER), "C": _OF_TWO, "later": _OF_TWO},
    ),
    "that add-on": ("조치없음", {"D": order(21, **TOGETHER, 상품종류="추가구성상품")}),
    "withdrawn in the newer list": (
        "발송",
        {"D": order(22), "C": asked(22), "later": asked(22, **{"취소 처리상태": "취소철회"})},
    ),
    "gone from the newer list": ("발송", {"D": order(23), "C": asked(23)}),
    "over": ("조치없음", {"D": order(24), "C": asked(24, **{"취소 처리상태": "취소완료"})}),
    "a row that cannot be read": ("확인필요", {"D": order(25), "C": asked(25, 취소요청일="어제")}),
    "two answers": (
        "확인필요",
        {"D": order(26), "C": asked(26), "A": answer(26, 출고상태="미포장"), "A2": answer(26, 출고상태="집화"), "later": asked(26)},
    ),
    "filed after the list of orders": (
        "확인필요",
        {"D": order(27), "later": asked(27, 취소요청일="2026-11-23 09:30")},
    ),
    "shown by the search alone, after the list": ("확인필요", {"D": order(28), "S": found(28, "발송대기", "취소요청")}),
    "a return while the exchange is sent again": (
        "반품",
        {"X": exchanged(29, **{"교환 처리상태": "교환재배송중", "교환요청일": "2026-11-10 10:00", "수거완료일": "2026-11-12 10:00"}), "R": coming_back(29)},
    ),
    "another request": ("취소승인", {"D": order(30), "C": asked(30), "later": asked(30)}),
}  # fmt: skip
"""What is shown of an order, by the file that shows it, and the list on which it must stand."""
_SCREENS = {
    "old": (DISPATCH, "0855"),
    "D": (DISPATCH, "0910"),
    "C": (CANCEL, "0901"),
    "later": (CANCEL, "1105"),
    "R": (RETURN, "0903"),
    "X": (EXCHANGE, "0904"),
    "S": (SEARCH, "1000"),
    "H": (SHIPPING, "0950"),
    "A": (ANSWERS, ""),
    "O": (SOLD_OUT, ""),
}


@pytest.fixture(scope="module")
def rich_day() -> dict[str, File]:
    rows: dict[str, list] = {"O": [SCARF]}
    for _, told in RICH_DAY.values():
        for file, row in told.items():
            rows.setdefault(file[0] if file == "A2" else file, []).append(row)
    return {file: export(_SCREENS[file][0], *told, at=_SCREENS[file][1]) for file, told in rows.items()}


CUTS = [
    ["old D C later R X S H A O"],
    ["old D R X S H A O", "C later"],
    ["C later", "old D R X S H A O"],
    ["D", "later", "C old", "X R", "O A", "H S"],
    ["S H", "O", "A", "R X", "old D", "later", "C"],
    ["A O later", "D S", "C R X H old"],
    ["D C R", "later X S D", "H A O old C"],
]


@pytest.mark.parametrize("cut", some(CUTS, 3), ids=" | ".join)
def test_a_day_of_all_screens_says_the_same_in_whatever_drops(desk, book, rich_day, cut):
    report = considered(desk, book, *([rich_day[file] for file in files.split()] for files in cut))

    assert {name: standing(report).get(no(n)) for n, name in enumerate(RICH_DAY, start=1)} == {
        name: sheet for name, (sheet, _) in RICH_DAY.items()
    }


AGAIN = {
    "in the same minute": {"at": "0910", "notice": False},
    "four minutes later": {"at": "0914"},
    "four minutes before": {"at": "0906"},
    "under the name of a second download": {"name": export_name(DISPATCH, "0910").replace(".xlsx", " (1).xlsx")},
    "renamed": {"name": "오늘 주문.xlsx", "changed": TODAY + timedelta(hours=9, minutes=10)},
}


@pytest.mark.parametrize("how", AGAIN.values(), ids=list(AGAIN))
def test_a_list_of_orders_saved_again_swallows_no_request(where, how):
    both = [orders_of(order(1), order(2)), requests_of(asked(1), asked(2, **{"수량클레임 여부": "Y"}))]

    assert where(both, [export(DISPATCH, order(1), order(2), **how)]) == {no(1): "취소승인", no(2): "확인필요"}


@pytest.mark.parametrize("how", [{"at": "0901"}, {"at": "0907"}, {"name": "취소관리 (1).xlsx", "changed": LAST_RUN}])
def test_a_list_of_requests_saved_again_says_what_it_said(where, how):
    both = [orders_of(order(1), order(2, **THIS_MORNING)), requests_of(asked(1), asked(2))]
    again = export(CANCEL, asked(1), asked(2), headers=[*HEADERS[CANCEL], "메모"], **how)

    assert where(both, [again]) == {no(1): "취소승인", no(2): "반품"}


def test_the_same_file_twice_is_nothing_new(desk, book):
    files = [orders_of(order(1)), requests_of(asked(1))]
    drop(desk, book, files, LAST_RUN)

    assert drop(desk, book, files, LAST_RUN + timedelta(minutes=5)) is None
    assert len(workbooks(desk)) == 1


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_blank_of_an_older_list_unsends_nothing(where, newest_first):
    older, newer = orders_of(order(1), at="0850"), orders_of(order(1, **THIS_MORNING), at="0930")
    lists = [[newer], [older]] if newest_first else [[older], [newer]]

    assert where([requests_of(asked(1))], *lists) == {no(1): "반품"}


_LINES = {
    "D": orders_of(order(1, **TOGETHER), order(2, **TOGETHER), order(3, **TOGETHER, 상품종류="추가구성상품")),
    "C": requests_of(asked(1, 주문번호=TOGETHER["주문번호"])),
    "also": export(
        CANCEL,
        asked(3, 주문번호=TOGETHER["주문번호"]),
        name="스마트스토어_취소관리_20261123_0901 (1).xlsx",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cut", some(list(cuts(list(_LINES))), 3), ids=lambda cut: " | ".join(map(" ".join, cut)))
def test_an_add_on_whose_request_comes_in_another_drop_goes_with_its_main_good(where, cut):
    assert where(*([_LINES[file] for file in files] for files in cut)) == {
        no(1): "취소승인",
        no(2): "조치없음",
        no(3): "취소승인",
    }


@across(
    {
        "claim": [RETURN, EXCHANGE],
        "at": ["0858", "0912"],
    }
)
def test_a_return_or_an_exchange_keeps_its_deadline_before_and_after_the_orders(desk, book, claim, at):
    rows = [coming_back(2)] if claim == RETURN else [exchanged(2)]
    orders = orders_of(order(1), order(2, **{**SENT, "발송처리일": "2026-11-13 18:00"}))

    report = considered(desk, book, [orders], [export(claim, *rows, at=at)])

    assert standing(report) == {no(1): "조치없음", no(2): "반품" if claim == RETURN else "발송"}
    assert listed(report)[no(2)][3] == datetime(2026, 11, 25)  # three working days after it came back


BROKEN = File(export_name(CANCEL, "0901"), b"PK\x03\x04 half of a download")


@pytest.mark.parametrize("orders_first", [False, True])
def test_a_file_that_could_not_be_read_is_forgotten_once_its_good_copy_comes(desk, book, orders_first):
    orders = [orders_of(order(1), order(2, 발송기한="2026-11-23 23:59"))]
    good = [requests_of(asked(1))]

    report = considered(desk, book, *([orders, [BROKEN]] if orders_first else [[BROKEN], orders]))
    assert standing(report) == {no(1): "조치없음", no(2): "발송"}
    assert "취소관리" in on(report, book, "발송")  # any of these may have a request

    report = considered(desk, book, good, last=LAST_RUN + timedelta(minutes=5))
    assert standing(report) == {no(1): "취소승인", no(2): "발송"}
    assert "취소관리" not in on(report, book, "발송")


# the copy that the program writes of a file with bad rows


RIGHT = {"취소요청일": datetime(2026, 11, 20, 15)}
BAD_REQUEST = requests_of(asked(1, 취소요청일="어제"), asked(2))
ORDERS = orders_of(order(1), order(2))
MENDED = corrected(RIGHT, row=1)
COPIES = {
    "with the orders": [[BAD_REQUEST], [MENDED, ORDERS]],
    "before the orders": [[BAD_REQUEST], [MENDED], [ORDERS]],
    "after the orders": [[BAD_REQUEST], [ORDERS], [MENDED]],
    "after both, of another name": [[BAD_REQUEST, ORDERS], [corrected(RIGHT, row=1, name="수정필요_스마트스토어_취소관리_20261123_0901 (1).xlsx")]],
    "and then the bad file again, of another name": [
        [BAD_REQUEST, ORDERS],
        [MENDED],
        [export(CANCEL, asked(1, 취소요청일="어제"), asked(2), name="취소관리.xlsx", changed=TODAY + timedelta(hours=9))],
    ],
}  # fmt: skip


@pytest.mark.parametrize("drops", COPIES.values(), ids=list(COPIES))
def test_a_mended_copy_settles_what_could_not_be_read(where, drops):
    assert where(*drops) == {no(1): "취소승인", no(2): "취소승인"}


def test_a_copy_that_comes_back_as_it_was_settles_nothing(where):
    assert where([BAD_REQUEST, ORDERS], [corrected({}, row=1)]) == {no(1): "확인필요", no(2): "취소승인"}


@across(
    {
        "filled stands": [({"발송처리일": datetime(2026, 11, 23, 9)}, "반품"), ({"발송처리일": None}, "취소승인")],
        "at_once": [True, False],
    }
)
def test_a_list_of_orders_is_mended_by_what_its_copy_says(where, filled, stands, at_once):
    bad, requests = orders_of(order(1, 발송처리일="오늘 아침"), order(2)), requests_of(asked(1), asked(2))
    mended = corrected(filled, row=1)
    drops = [[bad, requests], [mended]] if at_once else [[bad], [mended, requests]]

    assert where(*drops) == {no(1): stands, no(2): "취소승인"}


# answers in a workbook that comes back


SAID = {
    1: ("미포장", {}, "취소승인"),
    2: ("집화", {}, "고객협의"),
    3: ("미포장", THIS_MORNING, "반품"),
    4: ("미포장", PRINTED, "고객협의"),
    5: ("포장", THIS_MORNING, "반품"),
}


def test_what_the_seller_says_of_a_parcel_holds_until_a_file_shows_that_it_left(where):
    asked_about, told = [requests_of(*map(asked, SAID))], [returned({n: {"출고상태": SAID[n][0]} for n in SAID})]
    orders = orders_of(*(order(n, **shown) for n, (_, shown, _) in SAID.items()))

    assert where(asked_about, told, [orders]) == {no(n): stands for n, (*_, stands) in SAID.items()}


@pytest.mark.parametrize("with_orders", [True, False])
def test_consent_and_true_reason_in_a_returned_workbook_lead_on(where, with_orders):
    goods, told = [export(SOLD_OUT, SCARF)], returned({1: {"구매자동의": "예"}})
    orders, more = orders_of(order(1, **SCARF)), orders_of(order(1, **SCARF), order(2), at="0920")
    drops = [[orders, *goods], [told, more]] if with_orders else [[orders], goods, [told]]

    assert where(*drops)[no(1)] == "판매자취소"


AFTER = datetime(2026, 11, 23, 14, 10)


@pytest.fixture(scope="module")
def done(book, tmp_path_factory) -> Path:
    """A desk on which the seller has said of one cancel that it is done; to be copied."""
    desk = Desk(tmp_path_factory.mktemp("done"))
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir()
    both, told = [orders_of(order(1)), requests_of(asked(1))], [returned({1: {"처리결과": "완료"}})]
    assert standing(day(desk, book, both, told)) == {}
    return desk.home


@pytest.fixture
def after_done(done, tmp_path, book) -> Callable[[File], Report]:
    """What a file of the afternoon makes of that order."""
    desk = Desk(Path(shutil.copytree(done, tmp_path / "done")))
    return lambda newer: considered(desk, book, [newer], last=AFTER)


def test_what_is_done_is_not_asked_again_and_comes_back_where_a_newer_export_shows_it_as_it_was(after_done):
    report = after_done(export(CANCEL, asked(1), at="1400"))

    assert standing(report) == {no(1): "취소승인"}
    assert "still_open" in verdict(report, 1).flags


@pytest.mark.parametrize(
    ("newer", "stands"),
    [
        (requests_of(asked(1, **{"취소 처리상태": "취소완료"}), at="1400"), "조치없음"),
        (requests_of(asked(1, **{"취소 처리상태": "취소철회"}), at="1400"), "발송"),
        (orders_of(order(1, **THIS_MORNING), at="1400"), "반품"),  # dispatched in place of the click
    ],
)
def test_what_is_done_is_told_by_the_newer_export(after_done, newer, stands):
    assert standing(after_done(newer))[no(1)] == stands


# what yesterday left open

THURSDAY = "2026-11-19 15:00"
TWO_DAYS = {
    "a request, still there": ("취소승인", {"D": order(1), "C": asked(1, 취소요청일=THURSDAY)}, {"D": order(1), "C": asked(1, 취소요청일=THURSDAY)}),
    "a request, gone": ("발송", {"D": order(2), "C": asked(2, 취소요청일=THURSDAY)}, {"D": order(2)}),
    "to be approved, and gone from all lists": (None, {"D": order(3), "C": asked(3, 취소요청일=THURSDAY)}, {}),
    "a question, and gone from all lists": ("확인필요", {"C": asked(4, 취소요청일=THURSDAY)}, {}),
    "sent on Friday, a blank and a request today": ("반품", {"H": on_its_way(5)}, {"D": order(5), "C": asked(5, 취소요청일="2026-11-23 08:00")}),
    "a part of it on Friday, all of it today": (
        "확인필요",
        {"D": order(6), "C": asked(6, 취소요청일=THURSDAY, **{"수량클레임 여부": "Y"})},
        {"D": order(6), "C": asked(6, 취소요청일=THURSDAY)},
    ),
    "picked up on Friday": ("고객협의", {"D": order(7), "A": answer(7, 출고상태="집화")}, {"D": order(7), "C": asked(7, 취소요청일="2026-11-23 08:00")}),
    "not packed on Friday, a new request today": (
        "확인필요",
        {"C": asked(8, 취소요청일=THURSDAY), "A": answer(8, 출고상태="미포장")},
        {"C": asked(8, 취소요청일="2026-11-23 08:00")},
    ),
    "a return, gone from all lists": ("확인필요", {"R": coming_back(9)}, {}),
    "a return, done": ("조치없음", {"R": coming_back(10)}, {"R": coming_back(10, **{"반품 처리상태": "반품완료"})}),
    "sent on Friday, a request alone today": ("반품", {"D": order(11, **SENT)}, {"C": asked(11, 취소요청일="2026-11-23 08:00")}),
    "packed on Friday, not packed today": (
        "확인필요",
        {"D": order(12), "C": asked(12, 취소요청일=THURSDAY), "A": answer(12, 출고상태="포장")},
        {"D": order(12), "C": asked(12, 취소요청일=THURSDAY), "A": answer(12, 출고상태="미포장")},
    ),
    "agreed on Friday": ("판매자취소", {"D": order(13), "A": answer(13, 판매취소사유="상품품절", 구매자동의="예")}, {"D": order(13)}),
    "agreed on Friday, sent since": ("반품", {"D": order(14), "A": answer(14, 판매취소사유="상품품절", 구매자동의="예")}, {"D": order(14, **SENT)}),
    "a search shows no claim any more": ("발송", {"D": order(15), "C": asked(15, 취소요청일=THURSDAY)}, {"D": order(15), "S": found(15, "발송대기")}),
    "withdrawn on Friday, asked again today": (
        "취소승인",
        {"D": order(16), "C": asked(16, 취소요청일=THURSDAY, **{"취소 처리상태": "취소철회"})},
        {"D": order(16), "C": asked(16, 취소요청일="2026-11-23 08:00")},
    ),
    "a question on Friday, answered today": ("취소승인", {"C": asked(17, 취소요청일=THURSDAY)}, {"C": asked(17, 취소요청일=THURSDAY), "A": answer(17, 출고상태="미포장")}),
}  # fmt: skip


def _files(part: int, of: datetime) -> dict[str, File]:
    rows: dict[str, list] = {}
    for story in TWO_DAYS.values():
        for file, row in story[part].items():
            rows.setdefault(file, []).append(row)
    named = {"A": {"name": f"답변 {of:%m-%d}.xlsx", "changed": of + timedelta(hours=9, minutes=20)}}
    return {
        file: export(_SCREENS[file][0], *told, **named.get(file, {"at": _SCREENS[file][1], "day": of}))
        for file, told in rows.items()
    }


@pytest.fixture(scope="module")
def friday(book, tmp_path_factory) -> Path:
    """A desk that remembers a Friday; to be copied."""
    desk = Desk(tmp_path_factory.mktemp("friday"))
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir()
    considered(desk, book, _files(1, FRIDAY).values(), last=FRIDAY + timedelta(hours=13, minutes=30))
    return desk.home


FRIDAY_CUTS = [["D C R S A"], ["D", "C", "A S", "R"], ["A", "S R", "C D"]]


@pytest.mark.parametrize("cut", some(FRIDAY_CUTS, 2), ids=" | ".join)
def test_what_friday_left_open_is_told_on_monday_in_whatever_drops(friday, tmp_path, book, cut):
    desk, today = Desk(Path(shutil.copytree(friday, tmp_path / "monday"))), _files(2, TODAY)

    report = considered(desk, book, *([today[file] for file in files.split()] for files in cut))

    assert {name: standing(report).get(no(n)) for n, name in enumerate(TWO_DAYS, start=1)} == {
        name: sheet for name, (sheet, *_) in TWO_DAYS.items()
    }
    assert "사라졌습니다" in on(report, book, "요약")  # of the one that was to be approved


def test_work_of_friday_of_which_no_file_of_today_speaks_is_not_forgotten(desk, book):
    on_friday = [orders_of(order(1), order(2), day=FRIDAY), requests_of(asked(1, 취소요청일=THURSDAY), day=FRIDAY)]
    considered(desk, book, on_friday, last=FRIDAY + timedelta(hours=11))

    report = considered(desk, book, [export(RETURN, coming_back(8), at="0903")])

    assert standing(report) == {no(8): "반품"}
    assert "오늘 파일에 없어 이 목록에도 없습니다" in on(report, book, "요약")
    both = [orders_of(order(1), order(2)), requests_of(asked(1, 취소요청일=THURSDAY))]
    assert standing(considered(desk, book, both, last=LAST_RUN + timedelta(minutes=1))) == {
        no(1): "취소승인",
        no(2): "조치없음",
        no(8): "반품",
    }


# ── B. a cell that the file does not hold ────────────────────────────────────────────────────────

PARCEL = ("택배사", "송장번호", "발송처리일")


@pytest.mark.parametrize("merged", [PARCEL, ("발송처리일",), ("송장번호", "송장출력일", "발송처리일")])
def test_the_second_line_of_a_parcel_under_a_merged_cell_was_sent_too(where, merged):
    orders = orders_of(order(1, **TOGETHER, **SENT), order(2, **TOGETHER), order(3), merged=merged)
    requests = requests_of(*(asked(n, 주문번호=TOGETHER["주문번호"]) for n in (1, 2)), asked(3))

    stands = where([orders], [requests])

    assert stands[no(1)] == "반품"
    assert stands[no(2)] in ("반품", "확인필요")
    assert stands[no(3)] == "취소승인"


@across(
    {
        "kept": [1, 5, 40, 60],
        "broken": [0, 1],
    }
)
def test_a_row_that_breaks_off_proves_nothing(where, kept, broken):
    columns = [header for header in HEADERS[DISPATCH] if header not in PARCEL] + [*PARCEL]
    lines = [[order(n).get(header, "") for header in columns] for n in (1, 2)]
    lines[broken] = lines[broken][:kept]
    text = io.StringIO()
    csv.writer(text).writerows([columns, *lines])
    name = export_name(DISPATCH, "0910").replace("xlsx", "csv")

    stands = where([File(name, text.getvalue().encode("utf-8-sig")), requests_of(asked(1), asked(2))])

    assert stands[no(broken + 1)] == "확인필요"
    if kept > 1:  # else even the number may have been longer, and so be any order's
        assert stands[no(2 - broken)] == "취소승인"


# ── D. answers of one moment that contradict each other ──────────────────────────────────────────

NINE_THIRTY = TODAY + timedelta(hours=9, minutes=30)
OWN = {"판매취소사유": "상품품절"}
TWO_WORDS = {
    "출고상태": (("미포장", "집화"), [requests_of(asked(1))], requests_of(asked(1), asked(8), at="1100"), {}),
    "구매자동의": (("예", "아니오"), [orders_of(order(1))], orders_of(order(1), order(8), at="1100"), OWN),
    "실제사유": (("품절", "구매의사취소"), [orders_of(order(1))], orders_of(order(1), order(8), at="1100"), OWN),
}


SHEETS = ("one sheet", "two sheets", "two drops")


@across({"cell": TWO_WORDS, "sheets": SHEETS, "swapped": (False, True)})
def test_two_answers_of_one_moment_are_asked_about_until_one_holds(desk, book, cell, sheets, swapped):
    words, files, fresh, more = TWO_WORDS[cell]
    one, other = (answer(1, **{cell: word}, **more) for word in (words[::-1] if swapped else words))
    if sheets == "one sheet":
        drops = [[*files, export(ANSWERS, one, other, changed=NINE_THIRTY)]]
    else:
        told = [export(ANSWERS, row, name=f"답변{n}.xlsx", changed=NINE_THIRTY) for n, row in enumerate((one, other))]
        drops = [[*files, *told]] if sheets == "two sheets" else [[*files, told[0]], [told[1]]]

    report = considered(desk, book, *drops, [fresh])

    assert standing(report)[no(1)] == "확인필요"
    assert cell not in prefilled(report, book, 1)

    tomorrow = TODAY + timedelta(days=1, hours=9)
    saved_again = export(*((CANCEL, asked(1)) if cell == "출고상태" else (DISPATCH, order(1))), at="0850", day=tomorrow)
    report = considered(desk, book, [saved_again], last=tomorrow)
    assert standing(report)[no(1)] == "확인필요"
    assert cell not in prefilled(report, book, 1)


def prefilled(report: Report, book, n: int) -> dict[str, object]:
    """What a workbook of this report has in the answer cells of an order."""
    cells: dict[str, object] = {}
    for table in (block for sheet in outbox.grid(report, book, "ko") for block in sheet.blocks):
        if isinstance(table, Table) and "상품주문번호" in (names := [column.name for column in table.columns]):
            rows = zip(*table.cells, strict=True)
            cells |= next((dict(zip(names, row, strict=True)) for row in rows if no(n) in row), {})
    return {cell: cells[cell] for cell in ("출고상태", "구매자동의", "실제사유") if cells.get(cell)}


def test_a_conflict_copy_of_a_workbook_with_another_answer_is_asked_about_until_one_holds(desk, book):
    copy = "처리목록_20261123_132900 (desktop의 충돌 사본 2026-11-23).xlsx"
    both = [returned({1: {"출고상태": "미포장"}}), returned({1: {"출고상태": "집화"}}, name=copy)]
    report = day(desk, book, [requests_of(asked(1))], both)
    assert prefilled(report, book, 1) == {}

    tomorrow = TODAY + timedelta(days=1, hours=9)
    report = drop(desk, book, [requests_of(asked(1), asked(8), day=tomorrow)], tomorrow + timedelta(minutes=30))
    assert standing(report)[no(1)] == "확인필요"
    assert prefilled(report, book, 1) == {}

    report = drop(desk, book, [returned({1: {"출고상태": "미포장"}})], tomorrow + timedelta(minutes=45))
    assert standing(report)[no(1)] == "취소승인"


# ── E. how old a list is ─────────────────────────────────────────────────────────────────────────

LONG_AGO = datetime(2026, 11, 13, 9)


def zipped(*files: File, changed: datetime, name: str = "받은 파일.zip") -> File:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, changed.timetuple()[:6]), file.content)
    return File(name, packed.getvalue())


def each_in_its_own_folder(lists: Mapping[str, Callable[[int], File]]) -> list[File]:
    """The lists of the orders 1, 2, 3 …; some have the same name."""
    made = {n: make(n) for n, make in enumerate(lists.values(), start=1)}
    return [file._replace(name=f"{n}/{file.name}") for n, file in made.items()]


def list_of(n: int, name: str = "", changed: datetime | None = None) -> File:
    return export(DISPATCH, order(n), name=name, changed=changed)


TOO_OLD: dict[str, Callable[[int], File]] = {
    "of another name": lambda n: list_of(n, changed=LONG_AGO),
    "the second of that name": lambda n: list_of(n, "발주발송관리 (1).xlsx", LONG_AGO),
    "a selection": lambda n: list_of(n, "스마트스토어_선택주문발주발송관리_20261113_0910.xlsx"),
    "a copy": lambda n: list_of(n, "스마트스토어_전체주문발주발송관리_20261113_0910 - 복사본.xlsx"),
    "last night's": lambda n: list_of(n, changed=datetime(2026, 11, 22, 23)),
    "yesterday's": lambda n: orders_of(order(n), day=datetime(2026, 11, 22)),
    "in a zip of today": lambda n: zipped(list_of(n), changed=LONG_AGO),
    "in a zip named as of today": lambda n: zipped(
        list_of(n), changed=LONG_AGO, name="스마트스토어_전체주문발주발송관리_20261123_0910.zip"
    ),
    "named in a zip": lambda n: zipped(orders_of(order(n), day=LONG_AGO), changed=NINE_THIRTY),
    "saved again, but with its day in the name": lambda n: list_of(n, "발주발송관리 2026-11-13.xlsx"),
    "saved again, with the day in one": lambda n: list_of(n, "발주발송관리_20261113.xlsx"),
    "saved again, of a period": lambda n: list_of(n, "발주발송관리 2026.10.13~2026.11.13.xlsx"),
    "saved again, in Korean": lambda n: list_of(n, "2026년 11월 13일 발주발송관리.xlsx"),
}


def test_a_list_of_another_day_proves_that_nothing_was_sent_in_no_drop(where):
    stands = where(each_in_its_own_folder(TOO_OLD), [requests_of(*map(asked, range(1, len(TOO_OLD) + 1)))])

    assert {how: stands[no(n)] for n, how in enumerate(TOO_OLD, start=1)} == dict.fromkeys(TOO_OLD, "확인필요")


@pytest.mark.parametrize("orders_first", [True, False])
def test_a_list_an_hour_older_than_the_request_proves_nothing(where, orders_first):
    drops = [[orders_of(order(1))], [requests_of(asked(1, 취소요청일="2026-11-23 10:05"), at="1010")]]

    assert where(*(drops if orders_first else drops[::-1])) == {no(1): "확인필요"}


FRESH: dict[str, Callable[[int], File]] = {
    "by its time": lambda n: list_of(n, changed=NINE_THIRTY),
    "by its time in a zip": lambda n: zipped(list_of(n), changed=NINE_THIRTY),
    "by the day in its name": lambda n: list_of(n, "발주발송관리 2026-11-23.xlsx"),
    "by the last day of a period": lambda n: list_of(n, "발주발송관리 2026-11-13~2026-11-23.xlsx"),
}


def test_a_list_of_this_morning_is_believed_whatever_it_is_called(where):
    stands = where(each_in_its_own_folder(FRESH), [requests_of(*map(asked, range(1, len(FRESH) + 1)))])

    assert {how: stands[no(n)] for n, how in enumerate(FRESH, start=1)} == dict.fromkeys(FRESH, "취소승인")


@across(
    {
        "at stands": [("0910", "확인필요"), ("0959", "확인필요"), ("1000", "취소승인"), ("1010", "취소승인")],
        "at_once": [True, False],
    }
)
def test_a_request_that_does_not_say_when_it_was_filed_may_be_as_young_as_its_list(where, at, stands, at_once):
    orders, search = orders_of(order(1), at=at), export(SEARCH, found(1, "발송대기", "취소요청"), at="1000")

    assert where(*([[orders, search]] if at_once else [[search], [orders]])) == {no(1): stands}


def test_a_request_without_a_day_that_a_newer_list_of_requests_lacks_is_looked_up(where):
    search = export(SEARCH, found(1, "발송대기", "취소요청"), at="1000")

    assert where([orders_of(order(1), at="1010"), search], [requests_of(asked(8), at="1105")])[no(1)] == "확인필요"


def test_answers_in_a_file_that_is_named_after_an_earlier_day_are_as_young_as_its_last_change(where):
    told = export(ANSWERS, answer(1, 출고상태="미포장"), name="답변 2026-11-19.xlsx", changed=NINE_THIRTY)

    assert where([requests_of(asked(1)), told]) == {no(1): "취소승인"}


# ── F. over is over, on whatever day ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("due", "now"),
    [
        ("2026-11-20 23:59", "2026-11-21T10:00"),  # Saturday
        ("2026-11-20 23:59", "2026-11-22T10:00"),  # Sunday
        ("2026-11-20 23:59", "2026-11-21T00:30"),  # half an hour after
        ("2026-12-24 23:59", "2026-12-25T10:00"),  # a holiday
        ("2026-12-24 23:59", "2026-12-26T10:00"),  # and the Saturday after it
        ("2026-11-20 23:59", "2026-11-23T10:00"),
    ],
)
def test_a_deadline_that_has_passed_is_called_late_on_days_off_too(desk, book, due, now):
    moment = datetime.fromisoformat(now)
    orders = orders_of(order(1, 발송기한=due), order(2, 발송기한="2027-01-08 23:59"), at="0010", day=moment)

    report = considered(desk, book, [orders], last=moment)

    assert standing(report) == {no(1): "발송", no(2): "조치없음"}
    assert "late" in verdict(report, 1).flags
    assert "지났습니다" in on(report, book, "발송")


@pytest.mark.parametrize("now", ["2026-11-20T23:30", "2026-11-20T10:00"])
def test_a_deadline_that_ends_tonight_is_not_late(desk, book, now):
    moment = datetime.fromisoformat(now)

    report = considered(
        desk, book, [orders_of(order(1, 발송기한="2026-11-20 23:59"), at="0910", day=moment)], last=moment
    )

    assert standing(report) == {no(1): "발송"}
    assert "late" not in verdict(report, 1).flags


# ── G. who broke the free-shipping minimum ───────────────────────────────────────────────────────

MINIMUM = {"return_fee": 3000, "outbound_fee": 3000, "free_shipping_over": 50000}
FREE = {**TOGETHER, "배송비 유형": "조건부무료", "배송비 형태": "무료", "배송비 합계": 0}
"""One parcel, free from 50,000 won on."""


@pytest.fixture(scope="module")
def with_a_minimum(rules_path, tmp_path_factory):
    text = rules_path.read_text("utf-8")
    for setting, won in MINIMUM.items():
        assert text.count(f"  {setting}: null") == 1
        text = text.replace(f"  {setting}: null", f"  {setting}: {won}")
    path = tmp_path_factory.mktemp("minimum") / "rules.yaml"
    path.write_text(text, "utf-8")
    return rulebook.read(path, judge.WORDS)


SHARED_PARCELS = [
    ((40000, 10000, 45000), [1], [2], 0),  # without the seller's 품절 85,000 stay
    ((40000, 10000, 45000), [], [1, 2], 3000),  # 45,000 stay, all by the buyer
    ((10000, 45000, 45000), [], [1], 0),  # 90,000 stay
    ((40000, 10000, 5000), [1], [2], 3000),  # 45,000 would stay anyhow: the buyer's 10,000 break it
    ((40000, 10000, 5000), [2], [3], 0),  # 50,000 would stay but for the seller
]
"""Prices, which of them the seller cancels, which the buyer, and what the buyer then owes."""


@pytest.mark.parametrize("at_once", [True, False])
def test_the_buyer_owes_the_shipping_only_where_his_own_cancel_breaks_the_minimum(desk, with_a_minimum, at_once):
    rows, wanted, told, stands, owed = [], [], [], {}, {}
    for parcel, (prices, own, buyers, won) in enumerate(SHARED_PARCELS):
        free = {**FREE, "주문번호": f"20261119900000{parcel}1", "배송비 묶음번호": f"9100000{parcel}"}
        of_list = {header: value for header, value in free.items() if header in HEADERS[CANCEL]}
        for n, price in enumerate(prices, start=10 * parcel + 1):
            goods = {"상품번호": f"77000000{n:02d}"}
            rows.append(order(n, **free, **goods, **{"최종 상품별 총 주문금액": price}))
            if n - 10 * parcel in buyers:
                wanted.append(asked(n, **of_list, **goods, **{"상품별 총 주문금액": price}))
        told += [answer(10 * parcel + n, 판매취소사유="상품품절", 구매자동의="예") for n in own]
        stands |= {no(10 * parcel + n): "판매자취소" for n in own} | {no(10 * parcel + n): "취소승인" for n in buyers}
        owed[parcel] = won
    files = [orders_of(*rows), requests_of(*wanted), export(ANSWERS, *told)]

    report = considered(desk, with_a_minimum, *([files] if at_once else [[each] for each in reversed(files)]))

    assert standing(report) == {**dict.fromkeys(standing(report), "조치없음"), **stands}
    fees = listed(report)
    assert {
        parcel: sum(fees[no(10 * parcel + n)][4] or 0 for n in buyers)
        for parcel, (*_, buyers, _) in enumerate(SHARED_PARCELS)
    } == owed


# ── H. claims that nobody could read ─────────────────────────────────────────────────────────────

_ORDERS = orders_of(order(1, 발송기한="2026-11-23 23:59"), order(2))
DAMAGED = {"상품주문번호": "2.02611E+15", "주문번호": "2.02611E+15"}
UNREAD = {
    "a damaged number": requests_of(asked(9, **DAMAGED), asked(8, **{"취소 처리상태": "취소완료"})),
    "no number": requests_of(asked(9, 상품주문번호="", 주문번호=""), asked(8)),
    "a broken file": BROKEN,
    "a file of nothing but a message": File(export_name(CANCEL, "0901"), "<html>로그인이 필요합니다</html>".encode()),
    "a list without the state": export(
        CANCEL, asked(9), at="0901", headers=[header for header in HEADERS[CANCEL] if header != "취소 처리상태"]
    ),
    "a broken list of returns": File(export_name(RETURN, "0901"), BROKEN.content),
}


@across({"drops": ("at once", "claims first", "claims last"), "name": UNREAD})
def test_before_anything_is_sent_the_claims_that_nobody_could_read_are_looked_at(desk, book, drops, name):
    unread = UNREAD[name]
    cut = {"at once": [[_ORDERS, unread]], "claims first": [[unread], [_ORDERS]], "claims last": [[_ORDERS], [unread]]}

    report = considered(desk, book, *cut[drops])

    assert standing(report)[no(1)] == "발송"
    assert any(word in on(report, book, "발송") for word in ("관리를 먼저", "보내기 전에"))


# ── what a later list has lost ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("later_first", [True, False])
def test_orders_that_a_later_list_has_lost_leave_with_a_word(desk, book, later_first):
    due = {"발송기한": "2026-11-23 23:59"}
    drops = [[orders_of(order(1, **due), order(2, **due))], [export(DISPATCH, order(3), name="발주발송관리.xlsx")]]

    report = considered(desk, book, *(drops[::-1] if later_first else drops))

    assert standing(report) == {no(3): "조치없음"}
    assert f"오늘 먼저 받은 파일에 있던 주문 2건이 나중에 받은 같은 화면의 파일에는 없습니다 (첫 주문: {no(1)})" in on(
        report, book, "요약"
    )


def test_nothing_is_said_of_orders_that_are_shown_as_sent(desk, book):
    sent = [orders_of(order(1)), export(SHIPPING, on_its_way(1), at="0950")]

    report = considered(desk, book, sent, [orders_of(order(3), at="1030")])

    assert "오늘 먼저 받은" not in on(report, book, "요약")
