"""Changes that a seller may plant in rules.yaml, and the stories of `pasts.of_stories` that each flips.

Which ones flip is worked out by hand, from the facts that a story's name tells and the rows of rules.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from pasts import AGREED, FRIDAY, MONDAY, ON_FRIDAY

from processor import samples

Edit = Callable[[str], str]
"""From the text of rules.yaml to the changed text."""


class Planted(NamedTuple):
    edit: Edit
    flips: frozenset[str]  # as in `names`


@cache
def names() -> dict[str, str]:
    """상품주문번호 → its story, with the day if it is Friday's, and the number of a further line."""
    found = {}
    for when, day, told in (("금요일 ", FRIDAY, ON_FRIDAY), ("", MONDAY, None)):
        lines: dict[str, int] = {}
        for name, order in samples.stories(day):
            if told is None or name in told:
                lines[name] = line = lines.get(name, 0) + 1
                found[order.product_order_no] = f"{when}{name}" if line == 1 else f"{when}{name} · {line}째"
    return found


def row(text: str, rule: str) -> str:
    """The lines of one row of rules.yaml."""
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.lstrip().startswith(f"- {{id: {rule},"))
    end = at + 1
    while not lines[end - 1].rstrip().endswith("}"):
        end += 1
    return "\n".join(lines[at:end])


def changed(*pairs: tuple[str, str]) -> Edit:
    """Replaces texts, each of which must stand there exactly once."""

    def edit(text: str) -> str:
        for before, after in pairs:
            assert text.count(before) == 1, f"{text.count(before)} × {before!r}"
            text = text.replace(before, after)
        return text

    return edit


def in_row(rule: str, before: str, after: str, *others: tuple[str, str]) -> Edit:
    """Changes one text of one row, and other texts of the file."""

    def edit(text: str) -> str:
        its = row(text, rule)
        return changed((its, changed((before, after))(its)), *others)(text)

    return edit


def without_row(rule: str) -> Edit:
    """Removes a row and its examples."""

    def edit(text: str) -> str:
        kept = text.replace(f"{row(text, rule)}\n", "")
        return "\n".join(line for line in kept.split("\n") if f"expect: {rule}}}" not in line)

    return edit


def renamed(rule: str, new: str) -> Edit:
    return lambda text: text.replace(f"id: {rule},", f"id: {new},").replace(f"expect: {rule}}}", f"expect: {new}}}")


def swapped(upper: str, lower: str, *others: tuple[str, str]) -> Edit:
    """The rows change places."""

    def edit(text: str) -> str:
        one, other = row(text, upper), row(text, lower)
        above, rest = text.split(one)
        between, below = rest.split(other)
        return changed(*others)(f"{above}{other}{between}{one}{below}")

    return edit


def with_row_above(rule: str, added: str, example: str) -> Edit:
    def edit(text: str) -> str:
        its = row(text, rule)
        examples = next(line for line in text.split("\n") if f"expect: {rule}}}" in line)
        return changed((its, f"{added}\n{its}"), (examples, f"{example}\n{examples}"))(text)

    return edit


_UNPACKED_BY_THE_INVOICE = (
    "8 취소요청 · 송장 없음 · 미포장",
    "8 취소요청 · 발주확인 전",
    "8 취소요청 · 상품품절 사유",
    "8 취소요청 · 누구 잘못인지 모르는 배송지연",
    "8 취소요청 · 직접전달 · 미포장",
    "8 묶음 가운데 하나만 취소요청",
    "8 묶음 모두 취소요청",
    "8 묶음 모두 취소요청 · 2째",
    "15 취소요청 · 주문제작",
    "15 취소요청 · 해외",
    "23 본상품과 추가상품 함께 취소요청",
    "23 본상품과 추가상품 함께 취소요청 · 2째",
    "27 앞서 승인한 취소요청",
)
"""Requests of Monday that are approved since no invoice means that nothing is packed."""
_CANCELLED_BY_THE_SELLER = (
    "18 품절 · 동의 예",
    "18 품절 · 동의 예 · 정기구독",
    "18 품절 · 동의 예 · 선물",
    "18 품절 · 동의 예 · 오늘출발",
    "19 구매자 변심 대리 · 동의 예",
    "26 품절상품 · 동의 예",
)
_PACKED = ("10 취소요청 · 판매자 사유 · 포장", AGREED)
_PAYS_THE_RETURN = (  # F-23: the buyer has paid the first fee
    "6 취소요청 · 배송중",
    "16 취소요청 · 구매확정",
    "22 반품요청 · 구매자 사유",
    "22 반품 수거완료 · 어제",
)
_BOTH_WAYS_OF_A_PAID_FEE = (  # F-19 and F-03, of goods that are not shipped for free; 주문조회 alone tells no fee
    "6 취소요청 · 배송완료 · 판매자 사유",
    "22 반품 수거중 · 판매자 사유",
    "22b 교환 수거완료",
)

PLANTED: dict[str, Planted] = {
    "a setting: packed orders are approved, also without the buyer's word": Planted(
        changed(("packed: negotiate ", "packed: approve ")), frozenset({AGREED})
    ),
    "a setting: without an invoice nobody knows whether it is packed": Planted(
        changed(("no_invoice_means: 미포장 ", "no_invoice_means: 모름 ")),
        frozenset({*_UNPACKED_BY_THE_INVOICE, *_CANCELLED_BY_THE_SELLER, f"금요일 {ON_FRIDAY[0]}"}),
    ),
    "a sum of the store: what a return costs": Planted(
        changed(("return_fee: null ", "return_fee: 3500 ")), frozenset({*_PAYS_THE_RETURN, *_BOTH_WAYS_OF_A_PAID_FEE})
    ),
    "a limit: no more than five cancels a day": Planted(
        changed(("approve_limit: 300 ", "approve_limit: 5 ")),
        frozenset({*_UNPACKED_BY_THE_INVOICE, *_CANCELLED_BY_THE_SELLER, *_PACKED}),
    ),
    "a cell of a decision: only what is due today is to be sent": Planted(
        in_row(
            "C-62",
            "발송기한: 0~1",
            "발송기한: 0",
            ("송장: 없음, 발송기한: 0~1}, expect: C-62", "송장: 없음, 발송기한: 0}, expect: C-62"),
            ("송장: 출력, 발송기한: 1}, expect: C-62", "송장: 출력, 발송기한: 1}, expect: C-64"),
        ),
        frozenset({"24 발송기한 다음 영업일"}),
    ),
    "an action: unpacked requests are talked about": Planted(
        in_row("C-37", "조치: 취소승인", "조치: 고객협의"),
        frozenset({*_UNPACKED_BY_THE_INVOICE, f"금요일 {ON_FRIDAY[0]}"} - {"8 취소요청 · 상품품절 사유"}),
    ),
    "other words for a reason": Planted(in_row("C-13", "이유: 이미 발송", "이유: 벌써 발송"), frozenset()),
    "another id for a row": Planted(renamed("C-33", "C-14"), frozenset({"11 취소요청 · 송장 출력"})),
    "a row less: a packed order is talked about although the buyer agrees": Planted(
        without_row("C-68"), frozenset({AGREED})
    ),
    "a row more: what the seller delivers himself is looked at": Planted(
        with_row_above(
            "C-37",
            "  - {id: C-98, when: {요청: 구매자취소, 주문상태: [신규, 발송대기], 송장: 없음, 출고: 미포장, 배송: 직접전달, 사유: 구매의사취소},\n"
            "     조치: 확인필요, 기한: 열린것, 화면: 주문상세, 이유: 직접 나르는 상품은 먼저 봅니다, en: look at it first, 출처: [판단]}",
            "  - {name: 직접 나르는 상품, given: {요청: 구매자취소, 주문상태: 발송대기, 송장: 없음, 출고: 미포장, 배송: 직접전달,"
            " 사유: 구매의사취소, 사유선택: 가능, 귀책: 구매자}, expect: C-98}",
        ),
        frozenset({"8 취소요청 · 직접전달 · 미포장"}),
    ),
    "rows swapped: what has ended by a claim is named so": Planted(
        swapped(
            "C-02",
            "C-04",
            ("수량: 일부, 요청: 완료}, expect: C-03", "수량: 일부, 요청: 완료}, expect: C-04"),
            ("주문상태: 종료, 요청: 완료}, expect: C-02", "주문상태: 종료, 요청: 없음}, expect: C-02"),
            (
                "주문상태: 종료}, 나머지: 아무거나, expect: C-02",
                "주문상태: 종료, 요청: 없음, 수량: 전체}, expect: C-02",
            ),
        ),
        frozenset({"1 취소완료", "1 반품완료"}),
    ),
    "a payer: the seller pays for a return": Planted(
        in_row("F-23", "부담: 구매자", "부담: 판매자"), frozenset(_PAYS_THE_RETURN)
    ),
    "points: a sold-out cancel costs four from Saturday on": Planted(
        in_row("P-06", "점수: {2021-03-01: 2}", "점수: {2021-03-01: 2, 2026-11-21: 4}"),
        frozenset({"18 품절 · 동의 예", "18 품절 · 동의 예 · 오늘출발", "26 품절상품 · 동의 예"}),
    ),
    "points: a sold-out cancel costs four from Tuesday on": Planted(
        in_row("P-06", "점수: {2021-03-01: 2}", "점수: {2021-03-01: 2, 2026-11-24: 4}"), frozenset()
    ),
    "a code of a reason": Planted(
        changed(("code: DROPPED_DELIVERY, ", "code: NOT_YET_DELIVERY, ")),
        frozenset(
            {
                "6 취소요청 · 배송완료 · 판매자 사유",
                "10 취소요청 · 판매자 사유 · 포장",
                "12 취소요청 · 집화 · 택배 · 판매자 사유",
            }
        ),
    ),
    "a label more: a reason that nobody knew": Planted(
        changed(("정보불일치]", "정보불일치, 가격 오기재]")), frozenset({"20 일곱 사유에 없음"})
    ),
    "a label more, which no file has": Planted(
        changed(("labels: [구매의사취소, 구매 의사 취소]", "labels: [구매의사취소, 구매 의사 취소, 마음이바뀜]")),
        frozenset(),
    ),
}

TOGETHER = (
    (
        "a setting: packed orders are approved, also without the buyer's word",
        "a cell of a decision: only what is due today is to be sent",
        "other words for a reason",
        "another id for a row",
        "a row more: what the seller delivers himself is looked at",
        "rows swapped: what has ended by a claim is named so",
        "a payer: the seller pays for a return",
        "points: a sold-out cancel costs four from Saturday on",
        "a code of a reason",
        "a label more: a reason that nobody knew",
    ),
    (
        "a sum of the store: what a return costs",
        "an action: unpacked requests are talked about",
        "a row less: a packed order is talked about although the buyer agrees",
        "points: a sold-out cancel costs four from Tuesday on",
        "a label more, which no file has",
    ),
    ("a setting: without an invoice nobody knows whether it is packed",),
    ("a limit: no more than five cancels a day",),
)
"""Changes that can stand in one rules.yaml, since no two of them flip the same order: to prove a rulebook is dear."""


def planted(text: str, kinds: Iterable[str]) -> str:
    """The text of rules.yaml with these changes."""
    for kind in kinds:
        text = PLANTED[kind].edit(text)
    return text
