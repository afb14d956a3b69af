"""Addresses in the Seller Center (exports §4.3)."""

from __future__ import annotations

from typing import Final

ORDER_PAGE: Final = "https://sell.smartstore.naver.com/o/v3/manage/order/popup/{}/productOrderDetail"
"""The page of one product order; `{}` is replaced by its number."""
