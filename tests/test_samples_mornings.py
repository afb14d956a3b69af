"""The generated week of mornings agrees with the stories that describe it, day by day and screen by screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from opened import decide, opening

from processor import intake, samples
from processor.app.morning import RunOptions
from processor.model import ANSWER_CELLS, Col, Kind, Out

pytestmark = pytest.mark.slow

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
DAYS = "월화수목금"

# What the downloads of Monday … Friday show of each line; 발주 = 발주발송관리, · = nothing. Nobody downloads 취소관리 on Thursday.
SHOWN = {
    "1 승인하고 끝남": "발주취소 취소 · · ·",
    "2 승인했는데 그대로": "발주취소 발주취소 취소 · ·",
    "3 취소를 거둠": "발주취소 발주취소 취소 · 취소",
    "4 취소요청이 말없이 사라짐": "발주취소 발주 · · ·",
    "5 통째로 사라짐": "발주취소 · · · ·",
    "6 출고 모름에 답함": "취소 취소 취소 · ·",
    "7 품절과 동의": "발주 발주 발주 발주 ·",
    "8 답이 엇갈림": "발주 발주 발주 발주 발주",
    "9 발송지연 약속을 넘김": "발주 발주 발주 발주 발주",
    "10 늦음": "발주 발주 · · ·",
    "11 그냥 발송됨": "발주 · · · ·",
    "12 반품": "반품 반품 반품 반품 ·",
    "13 발주확인 전 구매자 취소": "발주 · · · ·",
    "14 취소관리를 빠뜨린 날": "발주 발주 발주취소 발주 발주취소",
    "15 포장했다고 답함": "발주 발주취소 발주취소 발주 발주취소",
    "16 추가상품과 함께": "발주취소 취소 · · ·",
    "17 한 주 내내 수거 중": "반품 반품 반품 반품 반품",
    "평범한 주문 1": "발주 · · · ·",
    "평범한 주문 2": "발주 발주 · · ·",
    "평범한 주문 3": "· 발주 · · ·",
    "평범한 주문 4": "· 발주 발주 · ·",
    "평범한 주문 5": "· · 발주 발주 ·",
    "평범한 주문 6": "· · · 발주 ·",
}
# How each stands on Monday … Friday: its claim if it has one, else its 주문세부상태 or 주문상태; · = in no line of that day.
STANDS = {
    "1 승인하고 끝남": "취소요청 취소완료 · · ·",
    "2 승인했는데 그대로": "취소요청 취소요청 취소완료 · ·",
    "3 취소를 거둠": "취소요청 취소철회 취소철회 취소철회 취소철회",
    "4 취소요청이 말없이 사라짐": "취소요청 발주확인 배송중 배송중 배송중",
    "5 통째로 사라짐": "취소요청 · · · ·",
    "6 출고 모름에 답함": "취소요청 취소요청 취소완료 · ·",
    "7 품절과 동의": "발주확인 발주확인 발주확인 발주확인 ·",
    "8 답이 엇갈림": "발주확인 발주확인 발주확인 발주확인 발주확인",
    "9 발송지연 약속을 넘김": "발주확인 발송지연 발송지연 발송지연 발송지연",
    "10 늦음": "발주확인 발주확인 배송중 배송중 배송중",
    "11 그냥 발송됨": "발주확인 배송중 배송중 배송중 배송중",
    "12 반품": "수거중 수거완료 수거완료 반품완료 ·",
    "13 발주확인 전 구매자 취소": "신규주문 · · · ·",
    "14 취소관리를 빠뜨린 날": "발주확인 발주확인 취소요청 취소요청 취소요청",
    "15 포장했다고 답함": "발주확인 취소요청 취소요청 취소요청 취소요청",
    "16 추가상품과 함께": "취소요청 취소완료 · · ·",
    "17 한 주 내내 수거 중": "수거중 수거중 수거중 수거중 수거중",
    "평범한 주문 1": "신규주문 배송중 배송중 배송중 배송중",
    "평범한 주문 2": "신규주문 발주확인 배송중 배송중 배송중",
    "평범한 주문 3": "· 신규주문 배송중 배송중 배송중",
    "평범한 주문 4": "· 신규주문 발주확인 배송중 배송중",
    "평범한 주문 5": "· · 신규주문 발주확인 배송중",
    "평범한 주문 6": "· · · 신규주문 배송중",
}
SCREENS = {Kind.DISPATCH: "발주", Kind.CANCEL: "취소", Kind.RETURN: "반품"}
# What an order may change in over the week; all else stays.
CHANGING = ("status", "substatus", "confirmed_at", "due_at", "dispatched_at", "courier", "tracking_no", "claim")


@pytest.fixture(scope="module")
def week():
    return samples.mornings(MONDAY)


@pytest.fixture(scope="module")
def inboxes(week, tmp_path_factory):
    """For each morning its folder and the names that it was promised to hold."""
    folder = tmp_path_factory.mktemp("week")
    return [
        (folder / day, samples.write_morning(folder / day, morning)) for day, morning in zip(DAYS, week, strict=True)
    ]


@pytest.fixture(scope="module")
def batches(inboxes, week, book):
    return [
        intake.read(
            [intake.input_file(inbox / name) for name in names],
            book.exports,
            book.reasons,
            opening(),
            morning.as_of,
        )
        for (inbox, names), morning in zip(inboxes, week, strict=True)
    ]


def line_of(morning, name):
    """The only line of a story."""
    (order,) = [order for told, order in morning.lines if told == name]
    return order


def lives(week):
    """Each line by its number: the orders of the days on which it is there."""
    found = {}
    for morning in week:
        for _, order in morning.lines:
            found.setdefault(order.product_order_no, []).append(order)
    return found


# ── the orders ──


def test_the_same_monday_gives_the_same_mornings(week):
    assert week == samples.mornings(MONDAY)
    assert week != samples.mornings(MONDAY + timedelta(days=7))
    assert [morning.as_of for morning in week] == [MONDAY + timedelta(days=count) for count in range(5)]


def test_an_order_keeps_its_number_and_all_that_does_not_happen_to_it(week):
    for morning in week:
        numbers = [order.product_order_no for _, order in morning.lines]
        assert len(numbers) == len(set(numbers))
    for first, *later in lives(week).values():
        for order in later:
            assert order == replace(first, **{field: getattr(order, field) for field in CHANGING})


def test_one_name_means_the_same_lines_all_week(week):
    numbers = {}
    for morning in week:
        for name, order in morning.lines:
            numbers.setdefault(name, set()).add(order.product_order_no)
    assert {name: len(found) for name, found in numbers.items() if len(found) > 1} == {"16 추가상품과 함께": 2}
    assert len(numbers) == len(SHOWN) == len(STANDS)


def test_no_number_is_one_of_the_other_samples(week):
    others = [order for _, order in samples.stories(MONDAY)] + samples.orders(5_000, seed=7, as_of=MONDAY)
    tails = {number[8:] for order in others for number in (order.product_order_no, order.order_no)}
    own = {number[8:] for line in lives(week).values() for number in (line[0].product_order_no, line[0].order_no)}
    assert not own & tails


def test_nothing_happens_before_its_cause_or_after_the_morning(week):
    for morning in week:
        for name, order in morning.lines:
            steps = [order.ordered_at, order.paid_at, order.confirmed_at, order.invoice_printed_at]
            steps += [order.dispatched_at, order.delivered_at, morning.as_of]
            assert all(earlier <= later for earlier, later in pairwise([step for step in steps if step])), name
            if order.claim:
                asked = [order.ordered_at, order.claim.requested_at, order.claim.collected_at, order.claim.finished_at]
                known = [step for step in [*asked, morning.as_of] if step]
                assert all(earlier <= later for earlier, later in pairwise(known)), name


def test_every_story_stands_each_morning_as_it_is_told(week):
    found = {name: [set() for _ in DAYS] for name in STANDS}  # a set: the lines of a story stand alike
    for day, morning in enumerate(week):
        for name, order in morning.lines:
            found[name][day].add(order.claim.status if order.claim else order.substatus or order.status)
    assert {name: " ".join("/".join(stands) or "·" for stands in days) for name, days in found.items()} == STANDS


def test_a_closed_or_dispatched_order_says_so_itself(week):
    for morning in week:
        for name, order in morning.lines:
            finished = order.claim.status if order.claim_finished else None
            assert {"취소완료": "취소", "반품완료": "반품"}.get(finished, order.status) == order.status, name
            assert (order.status in ("배송중", "배송완료", "반품")) == (order.dispatched_at is not None), name
    assert line_of(week[1], "3 취소를 거둠").status == "발송대기"
    assert line_of(week[2], "3 취소를 거둠").status == "배송중"


def test_deadlines_and_moments_are_those_of_the_telling(week):
    def due(name, day=0):
        return f"{line_of(week[day], name).due_at:%m-%d %H:%M}"

    assert due("9 발송지연 약속을 넘김") == "11-23 23:59"
    assert due("9 발송지연 약속을 넘김", day=1) == due("9 발송지연 약속을 넘김", day=4) == "11-25 23:59"
    assert due("10 늦음") == "11-20 23:59"  # last Friday
    assert due("7 품절과 동의") == due("8 답이 엇갈림") == "11-25 23:59"
    assert {line_of(week[0], name).paid_at.day for name in ("7 품절과 동의", "8 답이 엇갈림")} == {20}
    assert line_of(week[0], "7 품절과 동의").product_no != line_of(week[0], "8 답이 엇갈림").product_no

    assert line_of(week[2], "14 취소관리를 빠뜨린 날").claim.requested_at == datetime.fromisoformat("2026-11-25T08:00")
    assert line_of(week[1], "15 포장했다고 답함").claim.requested_at == datetime.fromisoformat("2026-11-24T07:30")
    assert line_of(week[1], "12 반품").claim.collected_at == datetime.fromisoformat("2026-11-23T15:00")
    printed = {name for name, order in week[0].lines if order.invoice_printed_at}
    assert printed == {"3 취소를 거둠", "4 취소요청이 말없이 사라짐", "5 통째로 사라짐", "14 취소관리를 빠뜨린 날"}


# ── what the seller answers ──


def test_only_orders_of_that_morning_or_the_one_before_are_answered(week):
    before = set()
    for morning in week:
        there = {order.product_order_no for _, order in morning.lines}
        answered = {*morning.answers, *(row["상품주문번호"] for row in morning.sheet)}
        assert answered <= there | before
        before = there


def test_the_answers_are_those_of_the_telling(week):
    names = {order.product_order_no: name.split()[0] for morning in week for name, order in morning.lines}
    found = {
        (day, names[number]): dict(cells)
        for day, morning in zip(DAYS, week, strict=True)
        for number, cells in morning.answers.items()
    }
    assert found == {
        ("화", "6"): {"출고상태": "미포장"},
        ("화", "7"): {"실제사유": "품절"},
        ("화", "8"): {"실제사유": "품절", "구매자동의": "예"},
        ("수", "7"): {"구매자동의": "예"},
        ("수", "15"): {"출고상태": "포장", "메모": "창고에 물어봄"},
        ("목", "8"): {"구매자동의": "아니오"},
    }
    yellow = {cell.header.ko for cell in ANSWER_CELLS if cell.listed}
    assert {header for cells in found.values() for header in cells} <= yellow
    contrary = {"상품주문번호": line_of(week[2], "8 답이 엇갈림").product_order_no, "구매자동의": "아니오"}
    assert [morning.sheet for morning in week] == [(), (), (contrary,), (), ()]


# ── the files ──


def test_the_files_are_there_under_the_promised_names(inboxes):
    monday, tuesday, wednesday, thursday, friday = (names for _, names in inboxes)
    assert monday == [
        "스마트스토어_전체주문발주발송관리_20261123_0855.xlsx",
        "스마트스토어_취소관리_20261123_0856.xlsx",
        "스마트스토어_반품관리_20261123_0857.xlsx",
    ]
    assert len(tuesday) == len(friday) == 3
    assert wednesday[3:] == ["답변.xlsx"]
    assert thursday == [
        "스마트스토어_전체주문발주발송관리_20261126_0855.xlsx",
        "스마트스토어_반품관리_20261126_0856.xlsx",
    ]
    for inbox, names in inboxes:
        assert sorted(names) == sorted(path.name for path in inbox.iterdir())


def test_the_desk_reads_every_file_without_a_problem(batches):
    for batch in batches:
        assert not batch.row_problems
        assert not batch.file_problems
        assert not batch.claims[Col.TROUBLE].any()


def test_every_story_is_shown_each_morning_by_the_screens_of_the_table(week, batches):
    found = {name: [set() for _ in DAYS] for name in SHOWN}  # a set: the lines of a story are shown alike
    for day, (morning, batch) in enumerate(zip(week, batches, strict=True)):
        names = {order.product_order_no: name for name, order in morning.lines}
        kinds = {(sheet.file, sheet.sheet): sheet.kind for sheet in batch.sheets}
        for number, source in zip(batch.claims[Col.PRODUCT_ORDER_NO], batch.claims[Col.SOURCE], strict=True):
            showing = {kinds[place[:2]] for place in source}
            found[names[number]][day].add("".join(word for kind, word in SCREENS.items() if kind in showing))
    assert {name: " ".join("/".join(shown) or "·" for shown in days) for name, days in found.items()} == SHOWN


@pytest.mark.parametrize(
    ("day", "decided"),
    [
        ("월", "1 취소승인, 2 취소승인, 3 고객협의, 4 고객협의, 5 고객협의, 6 확인필요, 16 취소승인"),
        ("화", "15 취소승인"),
        ("수", "14 고객협의"),
    ],
)
def test_without_any_memory_the_desk_decides_as_the_stories_suppose(week, inboxes, book, day, decided):
    morning, (inbox, names) = week[DAYS.index(day)], inboxes[DAYS.index(day)]
    report = decide([inbox / name for name in names], book, RunOptions(morning.as_of, intake.Passwords()))
    situations = report.rows.set_index(Col.PRODUCT_ORDER_NO)[Out.SITUATION]
    for told, action in [pair.split() for pair in decided.split(", ")]:
        lines = [order.product_order_no for name, order in morning.lines if name.split()[0] == told]
        assert {report.verdicts[situations[number]].action.ko for number in lines} == {action}, told
