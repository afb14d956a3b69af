"""Facts of the goods: kind, way of selling, add-ons, shipping fee."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from processor.judge.facts.claim import CANCELLING
from processor.judge.facts.claims import Claims, Column
from processor.judge.facts.columns import Flags, among, any_alike, surely
from processor.model import UNKNOWN, Col
from processor.model.matching import named
from processor.rulebook.types import Product


def is_addon(c: Claims) -> Flags:
    addon: Flags = c.hint(Col.PRODUCT_KIND) == "추가상품"
    return addon


def addons(c: Claims) -> Column:
    """For a main good that is to be cancelled: whether the live add-ons of its order are cancelled with it."""
    addon, cancelling = is_addon(c), among(c.facts["요청"], CANCELLING)
    live = addon & (c.facts["주문상태"] != "종료") & ~among(c.facts["요청"], ["완료", "취소처리중"])
    left_out = any_alike(live & ~cancelling, c.order())
    together = any_alike(live & cancelling, c.order())
    main = cancelling & ~addon
    return c.choose((main & left_out, "빠짐"), (main & together, "함께"), otherwise="없음")


def held_by_addons(c: Claims, going: Flags) -> Flags:
    """Main goods that were to be cancelled with their add-ons, of which at least one is not cancelled after all."""
    staying = is_addon(c) & among(c.facts["요청"], CANCELLING) & ~going
    held: Flags = (c.facts["추가상품"] == "함께") & any_alike(staying, c.order())
    return held


def goods(c: Claims) -> Column:
    attribute, selling = c.hint(Col.SHIP_ATTRIBUTE), c.facts["판매방식"]
    declared = named(c.text(Col.PRODUCT_NO), _of_products(c, lambda product: product.goods))
    special = among(selling, ["정기구독", "선물"])
    usual = c.understood(Col.SHIP_ATTRIBUTE) | (c.understood(Col.CHANNEL) & ~c.seen(Col.SHIP_ATTRIBUTE))
    return c.choose(
        (declared != "", declared),
        (special, selling),
        (among(attribute, ["예약", "오늘출발"]), attribute),
        (usual, "일반"),
    )


def made_to_order_agreed(c: Claims) -> Column:
    return named(c.text(Col.PRODUCT_NO), _of_products(c, lambda product: product.agreed), UNKNOWN)


def selling(c: Claims) -> Column:
    channel = c.hint(Col.CHANNEL)
    return c.choose(
        ((c.text(Col.SUBSCRIPTION) != "") | (channel == "정기구독"), "정기구독"),
        (channel == "선물", "선물"),
        (c.hint(Col.SHIP_ATTRIBUTE) == "N판매자", "N판매자"),
        (c.understood(Col.CHANNEL), "일반"),
    )


def fee_policy(c: Claims) -> Column:
    """The fee policy of the shipping. Either column may hold words of either vocabulary (exports §3.5)."""
    first, second = c.hint(Col.FEE_KIND), c.hint(Col.FEE_POLICY, Col.FEE_KIND)
    words = ("착불", "조건부무료", "수량별", "유료", "무료")
    stated = c.choose(*(((first == word) | (second == word), word) for word in words))
    paid = (stated == UNKNOWN) & (c.facts["처음배송비"] == "받음")
    c.because["배송비"] = c.choose((paid, "배송비합계"), otherwise="")
    return c.choose((paid, "유료"), otherwise=stated)


def initial_fee_paid(c: Claims) -> Column:
    fee = initial_fee(c.table)
    return c.choose((surely(fee.gt(0)), "받음"), (surely(fee.eq(0)), "무료"))


def return_support(c: Claims) -> Column:
    """Whether Naver's 반품안심케어 or the membership pays the return leg; 없음 only where both columns deny it."""
    care, member = c.hint(Col.RETURN_CARE), c.hint(Col.MEMBERSHIP_DELIVERY)
    neither = c.understood(Col.RETURN_CARE) & c.understood(Col.MEMBERSHIP_DELIVERY)
    return c.choose((care == "예", "안심케어"), (member == "예", "멤버십"), (neither, "없음"))


def initial_fee(table: pd.DataFrame) -> pd.Series[int]:
    """F0: what the buyer paid for shipping the bundle, in won; missing when no file says."""
    return (table[Col.SHIPPING_FEE] - table[Col.SHIPPING_DISCOUNT].fillna(0)).astype("Int64")


def _of_products(c: Claims, field_of: Callable[[Product], str | None]) -> dict[str, str | None]:
    return {number: field_of(product) for number, product in c.book.store.products.items()}
