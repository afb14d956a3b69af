"""Facts of the claim: who asked for what, for which reason, and what the seller answered."""

from __future__ import annotations

import numpy as np

from processor.judge.facts.claims import Claims, Column, Moments
from processor.judge.facts.columns import among, any_alike, surely
from processor.model import UNKNOWN, Col
from processor.model.matching import named
from processor.rulebook import reasons
from processor.rulebook.reasons import by_label, causes
from processor.rulebook.types import OPEN_CANCEL, UNDER_WAY

CANCELLING = ("구매자취소", "판매자취소")
_PENDING = ("신규", "발송대기")


def request(c: Claims) -> Column:
    cancel, back, swap = (c.state(col) for col in (Col.CANCEL_STATUS, Col.RETURN_STATUS, Col.EXCHANGE_STATUS))
    unclear = c.state(Col.CLAIM_STATUS)
    filed_by_seller = c.hint(Col.CLAIM_CHANNEL) == "판매자"
    returning, swapping = among(back, ["진행", "수거완료"]), among(swap, ["진행", "수거완료", "재배송"])
    swapping &= ~((swap == "재배송") & (back == "완료"))  # the return was filed while the exchange was being sent again
    claim_runs = among(cancel, [*OPEN_CANCEL, "완료"]) | returning | swapping
    unsent = c.facts["송장"] != "입력"  # the order's state may lag behind its parcel
    pending = among(c.facts["주문상태"], _PENDING) & unsent
    wished = c.text(Col.SELLER_REASON) != ""
    told = ~among(c.text(Col.TRUE_REASON), ["", UNKNOWN]) & ~claim_runs
    told &= pending | ((c.facts["주문상태"] == UNKNOWN) & unsent)
    listed = c.sold_out() & pending & ~claim_runs
    agreed = (c.state(Col.CONSENT) == "예") & pending & ~claim_runs
    agreed &= (
        c.text(Col.EARLIER) != "요청불명"
    )  # it was about the buyer's request, and nobody knows whether that still runs
    c.because["요청"] = c.choose(
        (cancel == "요청", ""),
        (wished, "판매취소사유"),
        (told, "실제사유"),
        (listed, "품절목록"),
        (agreed, "구매자동의"),
        otherwise="",
    )
    strange = (cancel == UNKNOWN) | (back == UNKNOWN) | (swap == UNKNOWN)
    over = (back == "완료") | (swap == "완료") | (unclear == "완료")
    return c.choose(
        (strange, UNKNOWN),
        ((cancel == "요청") & filed_by_seller, "판매자취소"),
        (cancel == "요청", "구매자취소"),
        (among(cancel, UNDER_WAY), "취소처리중"),
        (cancel == "완료", "완료"),
        (wished | told | listed | agreed, "판매자취소"),
        (returning, "반품진행"),
        (swapping, "교환진행"),
        (unclear == UNKNOWN, UNKNOWN),
        (over, "완료"),
        (cancel == "철회", "취소철회"),
        otherwise="없음",
    )


def other_claim(c: Claims) -> Column:
    """A return of the same line, or an exchange anywhere in the order (policy §10.2 G2)."""
    returning = among(c.state(Col.RETURN_STATUS), ["진행", "수거완료"])
    swapping = among(c.state(Col.EXCHANGE_STATUS), ["진행", "수거완료", "재배송"])
    return c.choose((returning, "반품"), (any_alike(swapping, c.order()), "교환"), otherwise="없음")


def filed_by(c: Claims) -> Column:
    """Who filed the claim. 직권: cancelled after the purchase was confirmed, which the cancel screen cannot approve."""
    channel = c.hint(Col.CLAIM_CHANNEL)
    official = c.state(Col.CANCEL_STATUS) == "직권진행"
    return c.choose((official, "직권"), (among(channel, ["구매자", "판매자"]), channel))


def reason(c: Claims) -> Column:
    """The stated reason. For the seller's own cancels it is the popup's reason (of seven) with the same meaning."""
    names = {label: reason.name for label, reason in by_label(c.book.reasons).items()}
    stated = named(c.text(Col.CLAIM_REASON), names, UNKNOWN)
    wish = np.where(c.text(Col.SELLER_REASON) != "", c.label(Col.SELLER_REASON), c.label(Col.TRUE_REASON))
    choice = {reason.name: reason.seller_chooses or reason.name for reason in c.book.reasons}
    wished = named(named(wish, names), choice)
    sold_out = reasons.sold_out(c.book.reasons).name
    own = (c.facts["요청"] == "판매자취소") & (c.because["요청"] != "")
    return c.choose(
        (c.because["요청"] == "품절목록", sold_out),
        (own & (wish == ""), UNKNOWN),
        (own & (wished == ""), "목록에없음"),
        (own, wished),
        otherwise=stated,
    )


def reason_fits(c: Claims) -> Column:
    """Is the seller's reason one of the popup's seven? Nothing but the seven can be sent (policy §4.1)."""
    seven = {reason.name for reason in c.book.reasons if reason.seller_chooses == reason.name}
    stated = c.facts["사유"]
    return c.choose((among(stated, seven), "가능"), (stated != UNKNOWN, "불가"))


def fault(c: Claims) -> Column:
    by_seller = (c.facts["접수"] == "판매자") | (c.facts["요청"] == "판매자취소")
    reason = c.facts["사유"]
    if_seller = named(reason, {r.name: r.fault_if_seller for r in c.book.reasons}, UNKNOWN)
    if_buyer = named(reason, {r.name: r.fault_if_buyer for r in c.book.reasons}, UNKNOWN)
    return c.choose((by_seller, if_seller), otherwise=if_buyer)


def true_cause(c: Claims) -> Column:
    """The true cause. An answer that no reason knows, or that contradicts another, makes it 모름 whatever else is known."""
    answer = named(c.label(Col.TRUE_REASON), causes(c.book.reasons))
    listed = c.sold_out()
    own = (c.facts["요청"] == "판매자취소") & (c.because["요청"] != "")
    implied = named(c.facts["사유"], {reason.name: reason.cause for reason in c.book.reasons})
    asked = (c.text(Col.TRUE_REASON) != "") & (answer == "")
    c.because["실제사유"] = c.choose(
        (asked, ""), (answer != "", "답변"), (listed, "품절목록"), (own & (implied != ""), "판매취소사유"), otherwise=""
    )
    carries_points = reasons.sold_out(c.book.reasons).cause
    return c.choose(
        (asked, UNKNOWN), (answer != "", answer), (listed, carries_points), (own & (implied != ""), implied)
    )


def reason_is_true(c: Claims) -> Column:
    """아니오 where the seller's answer or the sold-out list contradicts the stated reason, which stops it (law 4).

    A stated text that is no reason at all says the same as the answer that none of the seven fits.
    """
    meant = {reason.name: reason.cause for reason in c.book.reasons}
    stated = named(c.facts["사유"], meant | {"목록에없음": reasons.none_fits(c.book.reasons)})
    carries_points = reasons.sold_out(c.book.reasons).cause
    contradicted = (stated != c.facts["실제사유"]) | (c.sold_out() & (stated != carries_points))
    known = (c.facts["요청"] == "판매자취소") & (stated != "") & (c.facts["실제사유"] != UNKNOWN)
    return c.choose((known & contradicted, "아니오"), (known, "예"))


def quantity(c: Claims) -> Column:
    state = c.state(Col.QUANTITY_CLAIM)
    known = c.seen(Col.QUANTITY_CLAIM) & (state != UNKNOWN)
    return c.choose((state == "일부", "일부"), (known, "전체"))


def agreement_of_rows(c: Claims) -> Column:
    return named(c.text(Col.TROUBLE), {"conflict": "모순", "problem": "일부문제"}, "온전")


def earlier_runs(c: Claims) -> Column:
    found = c.text(Col.EARLIER)
    return np.where(found != "", found, "없음")


def collected(c: Claims) -> Column:
    """Whether the goods of the running claim were collected.

    While an exchange is being sent again a further return may be filed, which has a collection of its own.
    """
    returning, swapping = (c.facts["요청"] == running for running in ("반품진행", "교환진행"))
    status = np.where(returning, c.state(Col.RETURN_STATUS), c.state(Col.EXCHANGE_STATUS))
    done = (status == "수거완료") | (c.hint(Col.COLLECT_STATUS) == "완료") | surely(_collected_on(c).notna())
    runs, again = returning | swapping, swapping & (status == "재배송")
    return c.choose((again, "재배송"), (runs & done, "완료"), (runs, "진행"), otherwise="없음")


def _collected_on(c: Claims) -> Moments:
    """The day of collection; missing where it lies before the claim was filed, because it is an older claim's."""
    collected, filed = c.table[Col.COLLECT_DONE], c.table[Col.CLAIM_REQUESTED]
    return collected.mask(collected.dt.normalize().lt(filed.dt.normalize()))


def days_since_collected(c: Claims) -> Column:
    done_on = c.dates[Col.COLLECT_DONE] = _collected_on(c)
    return c.calendar.since(done_on, c.today()).where(c.facts["수거"] == "완료")


def days_since_cancelled(c: Claims) -> Column:
    finished = c.state(Col.CANCEL_STATUS) == "완료"
    return c.calendar.since(c.table[Col.CANCELLED_AT], c.today()).where(finished)


def on_hold(c: Claims) -> Column:
    hint = c.hint(Col.HOLDBACK)
    return c.choose((hint != "", hint))


def mistaken_invoice(c: Claims) -> Column:
    hint = c.hint(Col.MISTAKEN_INVOICE)
    return c.choose((hint != "", hint))


def return_charged(c: Claims) -> Column:
    charged = c.table[Col.RETURN_FEE_CHARGED]
    return c.choose((surely(charged.gt(0)), "예"), (surely(charged.notna()), "아니오"))
