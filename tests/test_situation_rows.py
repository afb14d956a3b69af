"""Every row of the table of situations (policy §11.3), from files as a seller drops them to the action on the workbook.

The stories are invented orders named after the row they tell; what must become of them is written here by hand.
"""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from counted import counted
from made import product
from opened import opening

from processor import intake, judge, samples
from processor.app.think import think
from processor.model import Action, Report
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

AS_OF = datetime(2026, 11, 23, 9, 0)  # a Monday
DOWNLOADED = datetime(2026, 11, 23, 8, 55)

APPROVE, SELLER, RETURN = Action.APPROVE, Action.SELLER_CANCEL, Action.RETURN
TALK, SHIP, REVIEW, NONE = Action.NEGOTIATE, Action.SHIP, Action.REVIEW, Action.NONE

# story → the action of each of its lines, with all files and answers there
EXPECTED = {
    "1 취소완료": [NONE],
    "1 반품완료": [NONE],
    "2 수량 일부 취소요청": [REVIEW],
    "3 반품 진행 중 판매자취소": [TALK],
    "4 품절을 변심으로 취소": [REVIEW],
    "5 품절 · 동의 모름": [TALK],
    "5 품절 · 동의 아니오": [TALK],
    "6 취소요청 · 배송중": [RETURN],
    "6 취소요청 · 배송중 · 무료배송": [RETURN],
    "6 취소요청 · 배송완료 · 판매자 사유": [RETURN],
    "7 결제대기 · 취소요청": [NONE],
    "8 취소요청 · 송장 없음 · 미포장": [APPROVE],
    "8 취소요청 · 발주확인 전": [APPROVE],
    "8 취소요청 · 상품품절 사유": [APPROVE],
    "8 취소요청 · 누구 잘못인지 모르는 배송지연": [APPROVE],
    "8 취소요청 · 직접전달 · 미포장": [APPROVE],
    "8 묶음 가운데 하나만 취소요청": [APPROVE, NONE],
    "8 묶음 모두 취소요청": [APPROVE, APPROVE],
    "9 취소요청 · 구매자 사유 · 포장": [TALK],
    "10 취소요청 · 판매자 사유 · 포장": [APPROVE],
    "11 취소요청 · 송장 출력": [TALK],
    "12 취소요청 · 집화 · 택배 · 구매자 사유": [TALK],
    "12 취소요청 · 집화 · 택배 · 판매자 사유": [TALK],
    "13 취소요청 · 집화 · 직접전달": [TALK],
    "14 취소요청 · 출고 모름": [REVIEW],
    "15 취소요청 · 주문제작": [TALK],
    "15 취소요청 · 해외": [TALK],
    "16 취소요청 · 구매확정": [TALK],
    "17 취소철회 · 미발송": [SHIP],
    "17 취소철회 · 이미 발송": [NONE],
    "18 품절 · 동의 예": [SELLER],
    "18 품절 · 동의 예 · 정기구독": [SELLER],
    "18 품절 · 동의 예 · 선물": [SELLER],
    "18 품절 · 동의 예 · 오늘출발": [SELLER],
    "19 구매자 변심 대리 · 동의 예": [SELLER],
    "20 일곱 사유에 없음": [REVIEW],
    "21 품절인데 집화": [REVIEW],
    "21 품절인데 배송중": [RETURN],
    "22 반품요청 · 구매자 사유": [RETURN],
    "22 반품 수거중 · 판매자 사유": [RETURN],
    "22 반품 수거완료 · 어제": [RETURN],
    "22 반품 수거완료 · 기한 지남": [RETURN],
    "22b 교환 수거중": [NONE],
    "22b 교환 수거완료": [SHIP],
    "23 본상품만 취소요청 · 추가상품 빠짐": [TALK, NONE],
    "23 본상품과 추가상품 함께 취소요청": [APPROVE, APPROVE],
    "24 발송기한 오늘": [SHIP],
    "24 발송기한 다음 영업일": [SHIP],
    "24 발송기한 하루 지남": [SHIP],
    "24 발송기한 닷새 지남": [SHIP],
    "25 여유 있는 주문": [NONE],
    "25 새 주문": [NONE],
    "25 품절상품의 다른 옵션": [NONE],
    "26 품절상품 · 동의 모름": [TALK],
    "26 품절상품 · 동의 예": [SELLER],
    "27 앞서 승인한 취소요청": [APPROVE],
}

# with 취소관리 alone nobody says whether the parcel was packed, unless the state says that it has gone
CANCEL_ALONE = {
    "1 취소완료": NONE,
    "2 수량 일부 취소요청": REVIEW,
    "6 취소요청 · 배송중": RETURN,
    "6 취소요청 · 배송중 · 무료배송": RETURN,
    "6 취소요청 · 배송완료 · 판매자 사유": RETURN,
    "7 결제대기 · 취소요청": NONE,
    "15 취소요청 · 주문제작": TALK,
    "15 취소요청 · 해외": TALK,
    "16 취소요청 · 구매확정": TALK,
    "17 취소철회 · 미발송": SHIP,
    "17 취소철회 · 이미 발송": NONE,
}

# points that the table names: action's own, or those that late orders have by now
POINTS = {
    "18 품절 · 동의 예": 2,
    "18 품절 · 동의 예 · 정기구독": 3,
    "18 품절 · 동의 예 · 선물": 3,
    "18 품절 · 동의 예 · 오늘출발": 2,
    "26 품절상품 · 동의 예": 2,
    "19 구매자 변심 대리 · 동의 예": 0,
    "5 품절 · 동의 모름": 0,
    "8 취소요청 · 송장 없음 · 미포장": 0,
    "10 취소요청 · 판매자 사유 · 포장": 0,
    "22 반품 수거완료 · 어제": 0,
    "22 반품 수거완료 · 기한 지남": 1,
    "24 발송기한 오늘": 0,
    "24 발송기한 하루 지남": 1,
    "24 발송기한 닷새 지남": 4,  # 1 and then 3 more
}


@pytest.fixture(scope="module")
def store(book: Rulebook) -> Rulebook:
    products = {
        "8100000901": product("8100000901", "주문제작", "예"),
        "8100000902": product("8100000902", "해외"),
    }
    return replace(book, store=replace(book.store, products=products))


def lines() -> dict[str, list[str]]:
    """Story → the 상품주문번호 of its lines, in order."""
    found: dict[str, list[str]] = {}
    for name, order in samples.stories(AS_OF):
        found.setdefault(name, []).append(order.product_order_no)
    return found


def orders() -> list[samples.Order]:
    return [order for _, order in samples.stories(AS_OF)]


def judged(folder: Path, book: Rulebook, passwords: tuple[str, ...] = ()) -> dict[str, Action]:
    report = reported(folder, book, passwords)
    return {
        number: report.verdicts[situation].action
        for number, situation in zip(report.rows["product_order_no"], report.rows["situation"], strict=True)
    }


def reported(folder: Path, book: Rulebook, passwords: tuple[str, ...] = ()) -> Report:
    for file in folder.iterdir():
        os.utime(file, (DOWNLOADED.timestamp(), DOWNLOADED.timestamp()))  # long enough ago to be whole
    batch = intake.read(intake.find(folder), book.exports, book.reasons, opening(*passwords), AS_OF)
    report = think(batch, book, AS_OF, judge.Workdays(book.calendar))
    assert not batch.row_problems
    assert not batch.file_problems
    read = sum(sheet.read for sheet in counted(batch))
    accounted = sum(sheet.decided + sheet.merged + sheet.listed + sheet.problems for sheet in counted(batch))
    assert read == accounted > 0
    assert sum(sheet.decided for sheet in counted(batch)) == len(report.rows)
    return report


def everything(folder: Path) -> Path:
    samples.write_dispatch(folder / "a.xlsx", orders(), downloaded_at=DOWNLOADED)
    samples.write_cancel(folder / "b.xlsx", orders(), downloaded_at=DOWNLOADED)
    samples.write_return(folder / "c.xlsx", orders(), downloaded_at=DOWNLOADED)
    samples.write_exchange(folder / "d.xlsx", orders(), downloaded_at=DOWNLOADED)
    samples.write_search(folder / "e.xlsx", orders(), downloaded_at=DOWNLOADED)
    samples.write_answers(folder / "f.xlsx", samples.story_answers(AS_OF))
    samples.write_sold_out(folder / "g.xlsx", samples.story_sold_out())
    return folder


def test_every_story_has_its_expectation() -> None:
    assert {name: len(numbers) for name, numbers in lines().items()} == {
        name: len(actions) for name, actions in EXPECTED.items()
    }


def test_with_all_files_each_row_of_the_design_gets_its_action(tmp_path: Path, store: Rulebook) -> None:
    actions = judged(everything(tmp_path), store)
    assert {name: [actions[number] for number in numbers] for name, numbers in lines().items()} == EXPECTED


def test_points_are_those_of_the_penalty_table(tmp_path: Path, store: Rulebook) -> None:
    report = reported(everything(tmp_path), store)
    situations = dict(zip(report.rows["product_order_no"], report.rows["situation"], strict=True))
    first = {name: numbers[0] for name, numbers in lines().items()}
    assert {name: report.verdicts[situations[first[name]]].points for name in POINTS} == POINTS


def test_the_cancel_export_alone_leads_to_questions_never_to_approvals(tmp_path: Path, store: Rulebook) -> None:
    samples.write_cancel(tmp_path / "취소관리.xlsx", orders(), downloaded_at=DOWNLOADED)
    actions = judged(tmp_path, store)
    by_name = {name: actions[number] for name, numbers in lines().items() for number in numbers if number in actions}
    assert len(by_name) > 25
    assert by_name == {name: CANCEL_ALONE.get(name, REVIEW) for name in by_name}


def test_the_dispatch_export_alone_only_watches_deadlines(tmp_path: Path, store: Rulebook) -> None:
    samples.write_dispatch(tmp_path / "발주발송관리.xlsx", orders(), downloaded_at=DOWNLOADED)
    actions = judged(tmp_path, store)
    assert {number for number, action in actions.items() if action not in (SHIP, NONE)} == set(
        lines()["2 수량 일부 취소요청"]  # 수량클레임 여부 stands in this export too
    )
    for name, numbers in lines().items():
        if name.startswith(("24", "25")):
            assert [actions[number] for number in numbers] == EXPECTED[name], name


CLAIM_AND_DISPATCH = [name for name in EXPECTED if name[0] in "678" or name.startswith(("11", "14", "15", "16", "17"))]


@pytest.mark.parametrize("passwords", [(), ("1234", "20261")], ids=["plain", "two passwords"])
def test_cancel_and_dispatch_together(tmp_path: Path, store: Rulebook, passwords: tuple[str, ...]) -> None:
    first, second = passwords or (None, None)
    samples.write_dispatch(tmp_path / "발주발송관리.xlsx", orders(), downloaded_at=DOWNLOADED, password=first)
    samples.write_cancel(tmp_path / "취소관리.xlsx", orders(), downloaded_at=DOWNLOADED, password=second)
    actions = judged(tmp_path, store, passwords)
    numbers = lines()
    assert {name: [actions[number] for number in numbers[name]] for name in CLAIM_AND_DISPATCH} == {
        name: EXPECTED[name] for name in CLAIM_AND_DISPATCH
    }


@pytest.mark.parametrize("vintage", ["2021", "2022", "2023", "2026"])
def test_every_vintage_of_the_dispatch_export_approves_what_was_not_packed(
    tmp_path: Path, store: Rulebook, vintage: str
) -> None:
    samples.write_dispatch(tmp_path / "a.xlsx", orders(), downloaded_at=DOWNLOADED, vintage=vintage)
    samples.write_cancel(tmp_path / "b.xlsx", orders(), downloaded_at=DOWNLOADED)
    actions = judged(tmp_path, store)
    assert actions[lines()["8 취소요청 · 송장 없음 · 미포장"][0]] is APPROVE
    assert actions[lines()["11 취소요청 · 송장 출력"][0]] is TALK


def test_the_trimmed_export_lacks_the_proof_so_it_asks(tmp_path: Path, store: Rulebook) -> None:
    """Its 27 columns have no 발송처리일 and no 송장출력일: a blank 송장번호 alone does not prove that nothing left."""
    samples.write_dispatch(tmp_path / "a.xlsx", orders(), downloaded_at=DOWNLOADED, vintage="trimmed")
    samples.write_cancel(tmp_path / "b.xlsx", orders(), downloaded_at=DOWNLOADED)
    actions = judged(tmp_path, store)
    assert actions[lines()["8 취소요청 · 송장 없음 · 미포장"][0]] is REVIEW


def test_the_trimmed_export_says_which_columns_to_switch_on(tmp_path: Path, store: Rulebook) -> None:
    samples.write_dispatch(tmp_path / "a.xlsx", orders(), downloaded_at=DOWNLOADED, vintage="trimmed")
    samples.write_dispatch(tmp_path / "b.xlsx", orders(), downloaded_at=DOWNLOADED)
    notes = {sheet.file: sheet.note.ko for sheet in reported(tmp_path, store).batch.sheets}
    assert notes["a.xlsx"].startswith("꺼진 항목: 발송처리일 · 송장출력일. ")
    assert notes["b.xlsx"] == ""


def test_a_main_good_waits_for_an_add_on_that_cannot_go(tmp_path: Path, store: Rulebook) -> None:
    """Both are to be cancelled, but the add-on's invoice is printed: the screen would refuse the main good."""
    pair = [order for name, order in samples.stories(AS_OF) if name == "23 본상품과 추가상품 함께 취소요청"]
    addon = next(order for order in pair if order.product_kind == "추가구성상품")
    printed = replace(addon, invoice_printed_at=DOWNLOADED, tracking_no="512345678901")
    main = next(order for order in pair if order is not addon)
    samples.write_dispatch(tmp_path / "a.xlsx", [main, printed], downloaded_at=DOWNLOADED)
    samples.write_cancel(tmp_path / "b.xlsx", [main, printed], downloaded_at=DOWNLOADED)
    actions = judged(tmp_path, store)
    assert actions == {main.product_order_no: TALK, addon.product_order_no: TALK}


def test_a_packed_order_is_approved_once_the_buyer_agreed(tmp_path: Path, store: Rulebook) -> None:
    packed = next(order for name, order in samples.stories(AS_OF) if name == "9 취소요청 · 구매자 사유 · 포장")
    samples.write_dispatch(tmp_path / "a.xlsx", [packed], downloaded_at=DOWNLOADED)
    samples.write_cancel(tmp_path / "b.xlsx", [packed], downloaded_at=DOWNLOADED)
    answer = {"상품주문번호": packed.product_order_no, "출고상태": "포장", "구매자동의": "예"}
    samples.write_answers(tmp_path / "c.xlsx", [answer])
    assert judged(tmp_path, store) == {packed.product_order_no: APPROVE}


@pytest.mark.parametrize(
    ("substatus", "points", "flags"), [("발주확인", 1, ("late",)), ("발송지연", 2, ("late", "promise_passed"))]
)
def test_a_delay_notice_is_given_only_once(
    tmp_path: Path, store: Rulebook, substatus: str, points: int, flags: tuple[str, ...]
) -> None:
    late = next(order for name, order in samples.stories(AS_OF) if name == "24 발송기한 하루 지남")
    order = replace(late, substatus=substatus)
    samples.write_dispatch(tmp_path / "a.xlsx", [order], downloaded_at=DOWNLOADED)
    report = reported(tmp_path, store)
    [verdict] = [report.verdicts[situation] for situation in report.rows["situation"]]
    assert (verdict.action, verdict.points, verdict.flags) == (SHIP, points, flags)
    assert ("전에 했으면 다시 할 수 없습니다" in verdict.why.ko) is (substatus == "발주확인")


def test_shipping_without_a_look_at_cancel_requests_is_warned_of(tmp_path: Path, store: Rulebook) -> None:
    samples.write_dispatch(tmp_path / "a.xlsx", orders(), downloaded_at=DOWNLOADED)
    assert [warning.text.ko[:11] for warning in reported(tmp_path, store).warnings] == ["취소관리 파일이 없어"]
    samples.write_cancel(tmp_path / "b.xlsx", orders(), downloaded_at=DOWNLOADED)
    assert reported(tmp_path, store).warnings == ()


def test_a_sold_out_entry_that_fits_no_order_is_named(tmp_path: Path, store: Rulebook) -> None:
    samples.write_dispatch(tmp_path / "a.xlsx", orders(), downloaded_at=DOWNLOADED)
    [known] = samples.story_sold_out()
    samples.write_sold_out(tmp_path / "b.xlsx", [known | {"옵션정보": "색상:그레이"}, {"상품번호": "9999999999"}])
    report = reported(tmp_path, store)
    assert [warning.text.ko for warning in report.warnings if "품절상품" in warning.text.ko] == [
        "품절상품 목록 가운데 해당하는 주문이 없는 줄 1개: 9999999999. 정말 주문이 없는지, 번호와 옵션이 똑같이 적혔는지 확인하세요."
    ]
    assert len(report.sold_out_products) == 1  # the space in `색상: 그레이` makes no difference


def test_a_label_that_the_seller_adds_with_spaces_is_understood(tmp_path: Path, store: Rulebook) -> None:
    states = {**store.exports.states["cancel_status"], "취소 승인 대기": "요청"}
    exports = replace(store.exports, states={**store.exports.states, "cancel_status": states})
    asked = next(order for name, order in samples.stories(AS_OF) if name == "8 취소요청 · 송장 없음 · 미포장")
    waiting = replace(asked, claim=replace(asked.claim, status="취소승인대기"))
    samples.write_dispatch(tmp_path / "a.xlsx", [waiting], downloaded_at=DOWNLOADED)
    samples.write_cancel(tmp_path / "b.xlsx", [waiting], downloaded_at=DOWNLOADED)
    assert judged(tmp_path, replace(store, exports=exports)) == {asked.product_order_no: APPROVE}
