"""Who pays which leg of shipping (by situation, from the table `fees`), and how much (row by row; policy §5.2, §11.1)."""

from __future__ import annotations

import pandas as pd

from processor.judge.facts import Claims, initial_fee
from processor.model import UNKNOWN, Action, Col, FeeRuling, Goes, Leg, Out, Payer
from processor.model.matching import named
from processor.rulebook.types import FeeRow

_GOING = tuple(action.ko for action in Action if action.entry.goes in (Goes.CANCELLED, Goes.SENT_BACK))
_CANCELLED = tuple(action.ko for action in Action if action.cancels)
_OPEN = tuple(action.ko for action in Action if action.entry.goes is Goes.OPEN)
_KEPT = ("없음", "취소철회", "교환진행")


def ruling(row: FeeRow) -> FeeRuling:
    return FeeRuling(row.id, row.payer, row.legs, row.why, row.sources, row.says)


def bundle_goes(claims: Claims, action: pd.Series[str]) -> pd.Series[str]:
    """묶음: whether all lines of the bundle that the files show go (leave the order) if this one goes.

    모름 while it is open whether another line goes.
    """
    bundle, (going, unsettled) = _bundle(claims), _lines(claims, action)
    part = (~going & ~unsettled).groupby(bundle, sort=False).transform("any")
    return claims.choose((bundle.eq(""), UNKNOWN), (part, "일부"), (~_others(unsettled, bundle), "전부"))


def _bundle(claims: Claims) -> pd.Series[str]:
    """A key of the lines that are shipped for one fee: the 배송비 묶음번호, or the order where no file has that number."""
    told, order = claims.text(Col.BUNDLE_NO), claims.text(Col.ORDER_NO)
    return told.where(told.ne(""), ("주문 " + order).where(order.ne(""), ""))


def still_free(claims: Claims, action: pd.Series[str]) -> pd.Series[str]:
    """무료기준: whether the bundle still reaches the free-shipping minimum without all lines that go by the buyer's fault.

    Lines that go by the seller's fault count as staying: the buyer never pays for the seller's 품절. 모름 where it is open
    whether another line goes or by whose fault, and where a sum or the minimum is not known.
    """
    bundle, amount = _bundle(claims), claims.table[Col.TOTAL_AMOUNT]
    going, unsettled = _lines(claims, action)
    by_buyer, by_seller = _at_fault(claims)
    taken, kept = going & by_buyer, by_seller | ~(going | unsettled)
    unknown_sum = (kept & amount.isna()).groupby(bundle, sort=False).transform("any")
    open_ = _others(~(taken | kept), bundle) | unknown_sum
    remainder = amount.where(kept, 0).fillna(0).groupby(bundle, sort=False).transform("sum")
    all_taken = ~kept.groupby(bundle, sort=False).transform("any") & ~open_
    least = free_over(claims)
    known = ~open_ & least.notna()
    return claims.choose(
        (bundle.eq(""), UNKNOWN),
        (all_taken, "미만"),
        (known & remainder.ge(least).fillna(value=False), "이상"),
        (known, "미만"),
    )


def _others(lines: pd.Series[bool], bundle: pd.Series[str]) -> pd.Series[bool]:
    """For each line: whether another line of its bundle is one of `lines`."""
    among = lines.astype("int64").groupby(bundle, sort=False).transform("sum")
    return among.gt(lines.astype("int64"))


def _at_fault(claims: Claims) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Two columns: the line goes, or would go, certainly by the buyer's fault; certainly by the seller's fault.

    The true cause (an answer, the sold-out list) counts before the stated reason. Where the two differ, only the seller's
    fault can be certain. Where the order has another claim or an unreadable row, the stated reason may belong to that
    other claim, so neither is certain.
    """
    stated = claims.facts["귀책"]
    real = named(claims.facts["실제사유"], {reason.cause: reason.fault_if_seller for reason in claims.book.reasons})
    one_claim = claims.facts["다른클레임"].eq("없음") | claims.facts["요청"].isin(["반품진행", "교환진행"])
    sure = claims.facts["자료"].eq("온전") & one_claim
    by_seller = real.eq("판매자") | (stated.eq("판매자") & ~real.eq("구매자"))
    by_buyer = stated.eq("구매자") & ~real.eq("판매자")
    return sure & by_buyer, sure & by_seller


def free_over(claims: Claims) -> pd.Series[int]:
    """The sum from which each line's bundle ships free, in won; missing where it is not set or products disagree."""
    own, bundle = _of_store(claims, "free_shipping_over"), _bundle(claims)
    shared = own.groupby(bundle, sort=False)
    agreed = bundle.ne("") & own.notna().groupby(bundle, sort=False).transform("all")
    return own.where(agreed & shared.transform("min").eq(shared.transform("max")).fillna(value=False))


def _lines(claims: Claims, action: pd.Series[str]) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Two columns: the lines that go, and those of which it is still open; all others stay."""
    request = claims.facts["요청"]
    refunded = claims.state(Col.CANCEL_STATUS).eq("완료") | claims.state(Col.RETURN_STATUS).eq("완료")
    closed = claims.facts["주문상태"].eq("종료") | request.eq("완료")
    unclear = closed & ~refunded & claims.state(Col.EXCHANGE_STATUS).ne("완료")
    unsettled = (action.isin(_OPEN) & ~request.isin(_KEPT)) | unclear
    going = ~unsettled & (action.isin(_GOING) | refunded | request.isin(["구매자취소", "취소처리중"]))
    return going, unsettled


def amounts(
    claims: Claims, rows: list[FeeRow], codes: pd.Series[int], action: pd.Series[str], bundle_goes: pd.Series[str]
) -> pd.DataFrame:
    """The money columns of `Out`, one row per product order, in won; missing = unknown, never 0.

    `rows`: the row of `fees` for each number in `codes`; `action` and `bundle_goes` (묶음): for each product order.
    A leg is charged once per bundle: its first line has the amount, the other lines refer to that.
    """
    table = claims.table
    remote = table[Col.REMOTE_FEE].fillna(0).astype("Int64")
    initial, charged_back = initial_fee(table), table[Col.RETURN_FEE_CHARGED]
    by_seller = _per_row(codes, [row.payer is Payer.SELLER for row in rows])
    # the buyer has paid the surcharge of the first delivery already; only sending a replacement costs it again
    out_again = ~action.isin(_CANCELLED) & (by_seller | action.eq("발송"))
    surcharge = {Leg.OUTBOUND: remote.where(out_again, 0), Leg.RETURN: remote}
    own_return = _of_store(claims, "return_fee")
    leg_won = {
        Leg.OUTBOUND: initial.mask(initial.eq(0).fillna(value=False), _of_store(claims, "outbound_fee")),
        Leg.RETURN: charged_back.mask(by_seller & charged_back.eq(0).fillna(value=False)).fillna(own_return),
    }
    bundle = _bundle(claims)
    undecided = _per_row(codes, [row.payer is Payer.UNDECIDED for row in rows])
    open_amount = _per_row(codes, [row.open_amount for row in rows])
    charged = {leg: _per_row(codes, [leg in row.legs for row in rows]) for leg in Leg}
    any_leg = charged[Leg.OUTBOUND] | charged[Leg.RETURN]
    rule: pd.Series[str] = codes.map(dict(enumerate(str(row.id) for row in rows)))
    shared = any_leg & bundle.ne("") & _repeated(any_leg, bundle, rule)

    unknown = undecided | (open_amount & ~shared)

    def part(leg: Leg, won: pd.Series[int]) -> pd.Series[int]:
        return won.where(charged[leg] & ~shared, 0).mask(unknown, pd.NA).astype("Int64")

    parts = {leg: part(leg, leg_won[leg] + surcharge[leg]) for leg in Leg}
    supported = _per_row(codes, [row.supported for row in rows])
    paid, cancelled = claims.facts["처음배송비"].eq("받음"), action.isin(_CANCELLED)
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
            Out.FEE_REFUND: initial.where(first_owed & bundle_goes.eq("전부")),
            **_notes(claims, shared, first_refund, paid & cancelled, bundle_goes),
        }
    )


def _repeated(lines: pd.Series[bool], *keys: pd.Series[str]) -> pd.Series[bool]:
    """Lines with the same keys as another one above them."""
    found = pd.Series(data=False, index=lines.index)
    found[lines] = pd.MultiIndex.from_arrays([key[lines] for key in keys]).duplicated()
    return found


def _given_back(claims: Claims, action: pd.Series[str]) -> pd.Series[bool]:
    """Orders whose buyer gets the initial fee back too when they end: not sent, or returned by the seller's fault."""
    here = ~claims.facts["출고"].eq("집화") & ~claims.facts["송장"].eq("입력")
    at_fault = claims.facts["귀책"].eq("판매자") & action.isin([Action.RETURN.ko, Action.NEGOTIATE.ko])
    return at_fault | (action.eq(Action.NEGOTIATE.ko) & here)


def _notes(
    claims: Claims, shared: pd.Series[bool], first: pd.Series[bool], refunded: pd.Series[bool], bundle: pd.Series[str]
) -> dict[str, pd.Series[str]]:
    fee = initial_fee(claims.table)
    sums = fee.dropna().unique().tolist()
    whole, part = first & bundle.eq("전부"), refunded & bundle.eq("일부")
    return {
        Out.FEE_NOTE_KO: claims.choose(
            (shared, "같은 묶음배송의 다른 줄에 한 번만 계산했습니다."),
            (whole, fee.map({won: f"처음 배송비 {won:,}원도 함께 환불됩니다." for won in sums})),
            (part, "묶음배송에 남는 주문이 있어 처음 배송비는 그대로 둡니다."),
            otherwise="",
        ),
        Out.FEE_NOTE_EN: claims.choose(
            (shared, "Counted once, on another line of the same bundle."),
            (whole, fee.map({won: f"The initial shipping fee of ₩{won:,} is refunded too." for won in sums})),
            (part, "Other lines of the bundle remain, so the initial shipping fee stays."),
            otherwise="",
        ),
    }


def _of_store(claims: Claims, name: str) -> pd.Series[int]:
    """The product's own fee, else the store's; missing when neither is set."""
    store = claims.book.store
    own = {number: getattr(product, name) for number, product in store.products.items()}
    general = pd.Series(getattr(store, name), index=claims.table.index, dtype="Int64")
    return claims.text(Col.PRODUCT_NO).map(own).astype("Int64").fillna(general)


def _per_row(codes: pd.Series[int], values: list[bool]) -> pd.Series[bool]:
    return codes.map(dict(enumerate(values))).astype("bool")
