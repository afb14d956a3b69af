"""Who pays which leg of shipping (by situation, from the table `fees`), and how much (row by row; policy §5.2, §11.1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from processor.judge.facts import Claims, Flags, among, any_alike, count_alike, initial_fee, surely
from processor.judge.situations import Codes, spread
from processor.model import UNKNOWN, Action, Col, FeeRuling, Goes, Leg, Out, Payer
from processor.model.matching import Texts, named
from processor.rulebook.types import FeeRow

_GOING = tuple(action.ko for action in Action if action.entry.goes in (Goes.CANCELLED, Goes.SENT_BACK))
_CANCELLED = tuple(action.ko for action in Action if action.cancels)
_OPEN = tuple(action.ko for action in Action if action.entry.goes is Goes.OPEN)
_KEPT = ("없음", "취소철회", "교환진행")


def ruling(row: FeeRow) -> FeeRuling:
    return FeeRuling(row.id, row.payer, row.legs, row.why, row.sources, row.says)


def bundle_goes(claims: Claims, action: Texts) -> Texts:
    """묶음: whether all lines of the bundle that the files show go (leave the order) if this one goes.

    모름 while it is open whether another line goes.
    """
    bundle, (going, unsettled) = claims.bundle(), _lines(claims, action)
    part = any_alike(~going & ~unsettled, bundle)
    return claims.choose((bundle == "", UNKNOWN), (part, "일부"), (~_others(unsettled, bundle), "전부"))


def still_free(claims: Claims, action: Texts) -> Texts:
    """무료기준: whether the bundle still reaches the free-shipping minimum without all lines that go by the buyer's fault.

    Lines that go by the seller's fault count as staying: the buyer never pays for the seller's 품절. 모름 where it is open
    whether another line goes or by whose fault, and where a sum or the minimum is not known.
    """
    bundle, amount = claims.bundle(), claims.table[Col.TOTAL_AMOUNT]
    going, unsettled = _lines(claims, action)
    by_buyer, by_seller = _at_fault(claims)
    taken, kept = going & by_buyer, by_seller | ~(going | unsettled)
    unknown_sum = any_alike(kept & surely(amount.isna()), bundle)
    open_ = _others(~(taken | kept), bundle) | unknown_sum
    remainder = amount.where(kept, 0).fillna(0).groupby(bundle, sort=False).transform("sum")
    all_taken = ~any_alike(kept, bundle) & ~open_
    least = free_over(claims)
    known = ~open_ & surely(least.notna())
    return claims.choose(
        (bundle == "", UNKNOWN),
        (all_taken, "미만"),
        (known & surely(remainder.ge(least)), "이상"),
        (known, "미만"),
    )


def _others(lines: Flags, bundle: Texts) -> Flags:
    """For each line: whether another line of its bundle is one of `lines`."""
    return count_alike(lines, bundle) > lines


def _at_fault(claims: Claims) -> tuple[Flags, Flags]:
    """Two columns: the line goes, or would go, certainly by the buyer's fault; certainly by the seller's fault.

    The true cause (an answer, the sold-out list) counts before the stated reason. Where the two differ, only the seller's
    fault can be certain. Where the order has another claim or an unreadable row, the stated reason may belong to that
    other claim, so neither is certain.
    """
    stated = claims.facts["귀책"]
    real = named(claims.facts["실제사유"], {reason.cause: reason.fault_if_seller for reason in claims.book.reasons})
    one_claim = (claims.facts["다른클레임"] == "없음") | among(claims.facts["요청"], ["반품진행", "교환진행"])
    sure = (claims.facts["자료"] == "온전") & one_claim
    by_seller = (real == "판매자") | ((stated == "판매자") & (real != "구매자"))
    by_buyer = (stated == "구매자") & (real != "판매자")
    return sure & by_buyer, sure & by_seller


def free_over(claims: Claims) -> pd.Series[int]:
    """The sum from which each line's bundle ships free, in won; missing where it is not set or products disagree."""
    own, bundle = _of_store(claims, "free_shipping_over"), claims.bundle()
    shared = own.groupby(bundle, sort=False)
    agreed = (bundle != "") & ~any_alike(surely(own.isna()), bundle)
    return own.where(agreed & surely(shared.transform("min").eq(shared.transform("max"))))


def _lines(claims: Claims, action: Texts) -> tuple[Flags, Flags]:
    """Two columns: the lines that go, and those of which it is still open; all others stay."""
    request = claims.facts["요청"]
    refunded = (claims.state(Col.CANCEL_STATUS) == "완료") | (claims.state(Col.RETURN_STATUS) == "완료")
    closed = (claims.facts["주문상태"] == "종료") | (request == "완료")
    unclear = closed & ~refunded & (claims.state(Col.EXCHANGE_STATUS) != "완료")
    unsettled = (among(action, _OPEN) & ~among(request, _KEPT)) | unclear
    going = ~unsettled & (among(action, _GOING) | refunded | among(request, ["구매자취소", "취소처리중"]))
    return going, unsettled


def amounts(claims: Claims, rows: Sequence[FeeRow], codes: Codes, action: Texts, bundle_goes: Texts) -> pd.DataFrame:
    """The money columns of `Out`, one row per product order, in won; missing = unknown, never 0.

    `rows`: the row of `fees` for each number in `codes`; `action` and `bundle_goes` (묶음): for each product order.
    A leg is charged once per bundle: its first line has the amount, the other lines refer to that.
    """
    table = claims.table
    remote = table[Col.REMOTE_FEE].fillna(0).astype("Int64")
    initial, charged_back = initial_fee(table), table[Col.RETURN_FEE_CHARGED]
    by_seller = spread(codes, rows, lambda row: row.payer is Payer.SELLER, bool)
    # the buyer has paid the surcharge of the first delivery already; only sending a replacement costs it again
    out_again = ~among(action, _CANCELLED) & (by_seller | (action == "발송"))
    surcharge = {Leg.OUTBOUND: remote.where(out_again, 0), Leg.RETURN: remote}
    own_return = _of_store(claims, "return_fee")
    leg_won = {
        Leg.OUTBOUND: initial.mask(surely(initial.eq(0)), _of_store(claims, "outbound_fee")),
        Leg.RETURN: charged_back.mask(by_seller & surely(charged_back.eq(0))).fillna(own_return),
    }
    bundle = claims.bundle()
    undecided = spread(codes, rows, lambda row: row.payer is Payer.UNDECIDED, bool)
    open_amount = spread(codes, rows, lambda row: row.open_amount, bool)
    charged: dict[Leg, Flags] = {leg: np.array([leg in row.legs for row in rows], bool)[codes] for leg in Leg}
    any_leg = charged[Leg.OUTBOUND] | charged[Leg.RETURN]
    shared = any_leg & (bundle != "") & _repeated(any_leg, bundle, spread(codes, rows, lambda row: row.id))

    unknown = undecided | (open_amount & ~shared)

    def part(leg: Leg, won: pd.Series[int]) -> pd.Series[int]:
        return won.where(charged[leg] & ~shared, 0).mask(unknown, pd.NA).astype("Int64")

    parts = {leg: part(leg, leg_won[leg] + surcharge[leg]) for leg in Leg}
    supported = spread(codes, rows, lambda row: row.supported, bool)
    paid, cancelled = claims.facts["처음배송비"] == "받음", among(action, _CANCELLED)
    first_refund, first_owed = (
        refunded & ~_repeated(refunded, bundle)
        for refunded in (paid & cancelled, paid & (cancelled | _given_back(claims, action)))
    )
    return pd.DataFrame(
        {
            Out.FEE_OUTBOUND: parts[Leg.OUTBOUND],
            Out.FEE_RETURN: parts[Leg.RETURN],
            Out.FEE_AMOUNT: parts[Leg.OUTBOUND] + parts[Leg.RETURN],
            Out.REMOTE_OUTBOUND: part(Leg.OUTBOUND, surcharge[Leg.OUTBOUND]),
            Out.REMOTE_RETURN: part(Leg.RETURN, surcharge[Leg.RETURN]),
            Out.FEE_SHARED: shared,
            Out.SUPPORT: (leg_won[Leg.RETURN] + remote).where(supported & ~shared, 0).astype("Int64"),
            Out.FREE_OVER: free_over(claims),
            Out.FEE_REFUND: initial.where(first_owed & (bundle_goes == "전부")),
            **_notes(claims, shared, first_refund, paid & cancelled, bundle_goes),
        },
        index=table.index,
    )


def _repeated(lines: Flags, *keys: Texts) -> Flags:
    """Lines with the same keys as another one above them."""
    found = np.zeros(len(lines), bool)
    found[lines] = pd.DataFrame(dict(enumerate(key[lines] for key in keys))).duplicated()
    return found


def _given_back(claims: Claims, action: Texts) -> Flags:
    """Orders whose buyer gets the initial fee back too when they end: not sent, or returned by the seller's fault."""
    here = (claims.facts["출고"] != "집화") & (claims.facts["송장"] != "입력")
    at_fault = (claims.facts["귀책"] == "판매자") & among(action, [Action.RETURN.ko, Action.NEGOTIATE.ko])
    given_back: Flags = at_fault | ((action == Action.NEGOTIATE.ko) & here)
    return given_back


def _notes(claims: Claims, shared: Flags, first: Flags, refunded: Flags, bundle: Texts) -> dict[str, pd.Series[str]]:
    fee = initial_fee(claims.table)
    sums = fee.dropna().unique().tolist()
    ko = fee.map({won: f"처음 배송비 {won:,}원도 함께 환불됩니다." for won in sums})
    en = fee.map({won: f"The initial shipping fee of ₩{won:,} is refunded too." for won in sums})
    whole, part = first & (bundle == "전부"), refunded & (bundle == "일부")
    notes = {
        Out.FEE_NOTE_KO: claims.choose(
            (shared, "같은 묶음배송의 다른 주문에 한 번만 계산했습니다."),
            (whole, ko.to_numpy(object)),
            (part, "묶음배송에 남는 주문이 있어 처음 배송비는 그대로 둡니다."),
            otherwise="",
        ),
        Out.FEE_NOTE_EN: claims.choose(
            (shared, "Counted once, on another line of the same bundle."),
            (whole, en.to_numpy(object)),
            (part, "Other lines of the bundle remain, so the initial shipping fee stays."),
            otherwise="",
        ),
    }
    return {name: pd.Series(note, index=fee.index, dtype="str") for name, note in notes.items()}


def _of_store(claims: Claims, name: str) -> pd.Series[int]:
    """The product's own fee, else the store's; missing when neither is set."""
    store = claims.book.store
    own = {number: getattr(product, name) for number, product in store.products.items()}
    general = pd.Series(getattr(store, name), index=claims.table.index, dtype="Int64")
    found = [own.get(number) for number in claims.text(Col.PRODUCT_NO)]
    return pd.Series(found, index=claims.table.index, dtype="Int64").fillna(general)
