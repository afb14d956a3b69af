"""Each message is true in every situation in which a row chooses it, proved over all situations.

A draft names under `쓸때` the conditions under which its words are true. `check` proves that no row chooses it elsewhere.
These tests say which words need which condition, and that the proof finds a draft that is chosen where it is not true.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from processor.model import UNKNOWN, Leg, Payer
from processor.rulebook.drafts import COSTS, Segment, Slot, Template
from processor.rulebook.proof import Proof
from processor.rulebook.types import Cell, Decision, FeeRow, Rulebook

pytestmark = pytest.mark.slow

NOT_SENT = {"없음", "출력", UNKNOWN}
WORDS: dict[str, dict[str, set[str]]] = {
    # what a message says → the facts without which it is not true
    "취소 요청을 확인했습니다": {"요청": {"구매자취소"}},
    "취소 신청과 반품 또는 교환 신청": {"요청": {"구매자취소"}, "다른클레임": {"반품", "교환"}},
    "반품 또는 교환 신청이 들어와": {"다른클레임": {"반품", "교환"}},
    "취소를 철회해": {"요청": {"취소철회"}, "송장": NOT_SENT},
    "재고가 없어": {"요청": {"판매자취소"}, "사유": {"상품품절"}},
    "취소를 원하지 않으신다는": {"동의": {"아니오"}},
    "동의해 주셔서": {"동의": {"예"}, "송장": {"없음", UNKNOWN}},
    "동의해 주신 대로 주문하신": {"동의": {"예"}, "송장": NOT_SENT},
    "요청하신 대로": {"귀책": {"구매자"}, "동의": {"예"}},
    "이미 발송되": {"송장": {"입력"}},
    "이미 출발해": {"송장": {"입력"}, "배송": {"직접전달"}},
    "배송 차량에 실렸습니다": {"출고": {"집화"}, "배송": {"직접전달"}},
    "저희 잘못이므로": {"귀책": {"판매자"}},
    "저희 사정이니": {"귀책": {"판매자"}},
    "저희 사정으로": {"귀책": {"판매자"}},
    "먼저 도착하면": {"주문상태": {"결제대기", "신규", "발송대기", "배송중", "구매확정", "종료", UNKNOWN}},
    "받으신 {상품}": {"주문상태": {"배송완료"}},
    "포장은 끝났지만 아직 나가기 전": {"출고": {"포장"}, "송장": NOT_SENT},
    "포장이 끝났고 아직 나가기 전": {"출고": {"포장"}, "송장": NOT_SENT},
    "송장을 출력하고": {"송장": {"출력"}},
    "고객님 규격에 맞춰": {"상품": {"주문제작"}, "제작동의": {"예"}},
    "해외에서 들여오는": {"상품": {"해외"}},
    "함께 주문하신 추가상품이 있습니다": {"추가상품": {"빠짐"}},
    "무료배송 기준": {"귀책": {"구매자"}, "무료기준": {"미만"}},
    "이미 구매확정되어": {"주문상태": {"구매확정"}},
    "발송이 늦어져": {"요청": {"없음"}, "송장": NOT_SENT},
    "보내 주신 {상품}": {"요청": {"반품진행"}, "수거": {"완료"}, "보류": {"아니오", UNKNOWN}},
    "발송일을 정해 먼저": {"세부상태": {"보통", "수락대기", UNKNOWN}},  # not promised before
}


def text(template: Template) -> str:
    return "".join(_piece(piece) for segment in template for piece in segment.pieces)


def _piece(piece: str | Slot) -> str:
    return piece if isinstance(piece, str) else f"{{{piece.variable}}}"


def choosing(book: Rulebook) -> list[tuple[Decision | FeeRow, str]]:
    rows: list[Decision | FeeRow] = [*book.decisions.rows, *book.fees.rows]
    return [(row, row.message) for row in rows if row.message]


def test_every_draft_says_where_its_words_hold(book: Rulebook) -> None:
    assert set(book.messages.premises) == set(book.messages.drafts)
    assert all(book.messages.premises.values())


@pytest.mark.parametrize("phrase", WORDS)
def test_the_words_of_a_draft_ask_for_what_makes_them_true(phrase: str, book: Rulebook) -> None:
    saying = [name for name, draft in book.messages.drafts.items() if phrase in text(draft.ko)]
    assert saying
    for name in saying:
        premise = book.messages.premises[name]
        for word, admitted in WORDS[phrase].items():
            assert word in premise, (name, phrase)
            assert premise[word].values <= admitted, (name, phrase)


def test_a_message_about_a_delay_is_sent_only_after_the_deadline(book: Rulebook) -> None:
    premise = book.messages.premises["발송지연"]["발송기한"]
    assert premise.fits(-1)
    assert not premise.fits(0)
    assert not premise.fits(UNKNOWN)


def test_no_row_chooses_a_draft_where_its_words_do_not_hold(book: Rulebook) -> None:
    premises, pairs = book.messages.premises, 0
    for table in (book.decisions, book.fees):
        proof = Proof(table.on(date(2026, 11, 29)), book.impossible, book.words, [*premises.values()])
        for row in proof.rows:
            if row.message:
                assert proof.beyond(row, premises[row.message]) is None, (row.id, row.message)
                pairs += len(premises[row.message])
    assert pairs == sum(len(premises[message]) for _, message in choosing(book)) > 100


@pytest.mark.parametrize("word", ["요청", "송장", "귀책", "사유", "동의", "출고", "주문상태"])
def test_a_draft_that_were_chosen_elsewhere_is_seen(word: str, book: Rulebook) -> None:
    """Each row that chooses a draft with a condition on that word, freed of it in its own conditions."""
    premises = book.messages.premises
    asked = [premises[message] for _, message in choosing(book)]
    seen = 0
    for index, row in enumerate(book.decisions.rows):
        if row.message and word in premises[row.message] and word in row.when:
            freed = replace(row, when={name: cell for name, cell in row.when.items() if name != word})
            rows = (freed, *book.decisions.rows[index + 1 :])  # nothing above it keeps anything out
            proof = Proof(replace(book.decisions, rows=rows, examples=()), book.impossible, book.words, asked)
            seen += proof.beyond(freed, {word: premises[row.message][word]}) is not None
    assert seen


# ── what a draft says of costs is what the fee says ──────────────────────────────────────────────


def test_only_the_costs_promise_that_nothing_is_owed(book: Rulebook) -> None:
    for name, draft in book.messages.drafts.items():
        said = text(draft.ko)
        assert not [
            word for word in ("비용은 없", "부담 없이", "배송비 포함", "배송비를 포함", "배송비 부담") if word in said
        ], name


def test_the_sentence_on_costs_is_true_of_the_fee_that_chooses_it(book: Rulebook) -> None:
    said = {row.id: row.says for row in book.fees.rows if row.says}
    for row in book.fees.rows:
        match row.says:
            case "비용없음":
                assert row.payer in (Payer.NONE, Payer.SELLER), row.id
            case "공제":
                assert (row.payer, row.legs) == (Payer.BUYER, (Leg.OUTBOUND,)), row.id
                assert row.when["무료기준"].values == {"미만"}, row.id
            case "공제모름":
                assert (row.payer, row.legs) == (Payer.UNDECIDED, (Leg.OUTBOUND,)), row.id
            case None:
                assert row.payer is not Payer.SELLER or "수량" in row.when or "요청" in row.when, row.id
            case other:
                pytest.fail(f"{row.id}: {other}")
    assert set(said.values()) == set(book.messages.costs)


def test_shipping_goes_back_only_by_its_own_variable(book: Rulebook) -> None:
    """처음배송비 is known only where the whole bundle goes (test_fees); it stands in segments that go without it."""
    for name, draft in book.messages.drafts.items():
        for segment in draft.ko:
            if "처음배송비" in segment.variables:
                assert segment.optional, name
        if "처음배송비" in text(draft.ko):
            assert book.messages.premises[name].keys() & {"귀책", "사유"}, name  # by the seller's fault alone


def test_a_draft_takes_the_sentence_of_its_fee_or_none(book: Rulebook) -> None:
    told = book.messages.draft("포장됨", "비용없음", "ko")
    assert text(told).endswith("취소해 드리겠습니다. 고객님이 내실 비용은 없습니다.")
    assert text(book.messages.draft("포장됨", None, "ko")).endswith("취소해 드리겠습니다.")
    assert COSTS not in {variable for segment in told for variable in segment.variables}
    assert all(isinstance(segment, Segment) for segment in told)


def test_a_premise_is_made_of_words_and_values_that_rules_know(book: Rulebook) -> None:
    for premise in book.messages.premises.values():
        assert all(isinstance(cell, Cell) for cell in premise.values())
        assert premise.keys() <= book.words.keys()
