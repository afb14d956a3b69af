"""Who pays which leg: the table `fees` rules per situation, the won follow row by row (design §7, policy §5.2)."""

from __future__ import annotations

import pandas as pd

from processor.judge.claims import Claims
from processor.judge.goods_facts import initial_fee
from processor.model import UNKNOWN, Col, FeeRuling, Leg, Out, Payer
from processor.rulebook.types import FeeRow, Rulebook, Situation

_GOING = ("취소승인", "판매자취소", "반품")
_OPEN = ("고객협의", "확인필요")
_KEPT = ("없음", "취소철회", "교환진행")


def ruling(book: Rulebook, situation: Situation) -> FeeRuling:
    row = book.fees.first(situation)
    return FeeRuling(row.id, row.payer, row.legs, row.why, row.sources)


def bundle_goes(claims: Claims, action: pd.Series[str]) -> pd.Series[str]:
    """묶음: do all lines of the bundle that the files show go? 모름 while one of them is still to be settled."""
    bundle, request = claims.text(Col.BUNDLE_NO), claims.facts["요청"]
    refunded = claims.state(Col.CANCEL_STATUS).eq("완료") | claims.state(Col.RETURN_STATUS).eq("완료")
    closed = claims.facts["주문상태"].eq("종료") | request.eq("완료")
    unclear = closed & ~refunded & claims.state(Col.EXCHANGE_STATUS).ne("완료")
    unsettled = (action.isin(_OPEN) & ~request.isin(_KEPT)) | unclear
    going = ~unsettled & (action.isin(_GOING) | refunded | request.isin(["구매자취소", "취소처리중"]))
    whole = going.groupby(bundle, sort=False).transform("all")
    part = (~going & ~unsettled).groupby(bundle, sort=False).transform("any")
    return claims.choose((bundle.eq(""), UNKNOWN), (whole, "전부"), (part, "일부"))


def amounts(claims: Claims, rows: list[FeeRow], codes: pd.Series[int], facts: pd.DataFrame) -> pd.DataFrame:
    """The columns of `Out` that speak of money, one line per product order; missing = unknown, never 0.

    A leg is charged once per bundle: the first line bears it, the others say so.
    """
    table = claims.table
    remote = table[Col.REMOTE_FEE].fillna(0)
    initial = initial_fee(table)
    leg_won = {
        Leg.OUTBOUND: initial.where(initial.gt(0).fillna(value=False), _of_store(claims, "outbound_fee") + remote),
        Leg.RETURN: _of_store(claims, "return_fee") + remote,
    }
    bundle = claims.text(Col.BUNDLE_NO)
    undecided = _per_row(codes, [row.payer is Payer.UNDECIDED or row.open_amount for row in rows])
    charged = {leg: _per_row(codes, [leg in row.legs for row in rows]) for leg in Leg}
    any_leg = charged[Leg.OUTBOUND] | charged[Leg.RETURN]
    share = pd.DataFrame({"bundle": bundle, "rule": codes.map(dict(enumerate(row.id for row in rows)))})
    shared = any_leg & bundle.ne("") & share[any_leg].duplicated().reindex(table.index, fill_value=False)
    parts = {
        leg: won.where(charged[leg] & ~shared, 0).mask(undecided, pd.NA).astype("Int64") for leg, won in leg_won.items()
    }
    refunded = facts["처음배송비"].eq("받음") & facts["조치"].isin(["취소승인", "판매자취소"])
    first_refund = refunded & ~share[refunded].bundle.duplicated().reindex(table.index, fill_value=False)
    return pd.DataFrame(
        {
            Out.FEE_OUTBOUND: parts[Leg.OUTBOUND],
            Out.FEE_RETURN: parts[Leg.RETURN],
            Out.FEE_AMOUNT: parts[Leg.OUTBOUND] + parts[Leg.RETURN],
            **_notes(claims, shared, first_refund, refunded, facts["묶음"]),
        }
    )


def _notes(
    claims: Claims, shared: pd.Series[bool], first: pd.Series[bool], refunded: pd.Series[bool], bundle: pd.Series[str]
) -> dict[str, pd.Series[str]]:
    fee = initial_fee(claims.table)
    won = pd.Series(["" if pd.isna(one) else f"{one:,}" for one in fee], index=fee.index, dtype="str")
    whole, part = first & bundle.eq("전부"), refunded & bundle.eq("일부")
    return {
        Out.FEE_NOTE_KO: claims.choose(
            (shared, "같은 묶음배송의 다른 줄에 한 번만 계산했습니다."),
            (whole, "처음 배송비 " + won + "원도 함께 환불됩니다."),
            (part, "묶음배송에 남는 주문이 있어 처음 배송비는 그대로 둡니다."),
            otherwise="",
        ),
        Out.FEE_NOTE_EN: claims.choose(
            (shared, "Counted once, on another line of the same bundle."),
            (whole, "The initial shipping fee of ₩" + won + " is refunded too."),
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
