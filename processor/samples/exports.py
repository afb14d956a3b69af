"""Writes orders into files as the Seller Center and the seller make them.

Every function takes all orders, writes those that its screen lists, and returns the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from processor.model import Kind
from processor.samples import layouts
from processor.samples.columns import Column, Form, column, serial
from processor.samples.order import ON_THE_WAY, Order
from processor.samples.workbook import new_workbook, write_headers, write_notice, write_orders

_LAGGING_STATUS: Final = Column(Form.TEXT, lambda order: "결제완료" if order.status == "발송대기" else order.status)
_HAND_MADE_ON: Final = datetime.fromisoformat("2026-01-01")  # a fixed date, so that equal sheets give equal files


def write_dispatch(
    path: Path,
    orders: Iterable[Order],
    *,
    downloaded_at: datetime,
    vintage: str = "2026",
    password: str | None = None,
    notice: bool = True,
) -> int:
    """발주발송관리: orders to be sent. Its 발송일 is the download date, even for orders that were never sent."""
    columns = _columns(layouts.DISPATCH[vintage])
    if "발송일" in columns:
        columns["발송일"] = Column(Form.MOMENT, lambda _: serial(downloaded_at))
    with new_workbook(path, downloaded_at, password) as book:
        sheet = book.add_worksheet(Kind.DISPATCH.screen)
        if notice:
            write_notice(book, sheet, layouts.NOTICE, layouts.NOTICE_ON_COLUMNS)
        listed = (order for order in orders if order.to_be_sent)
        return write_orders(book, sheet, columns, listed, header_row=1 if notice else 0)


def write_cancel(path: Path, orders: Iterable[Order], *, downloaded_at: datetime, password: str | None = None) -> int:
    """취소관리: orders with a cancel. Its 주문상태 is outdated and shows 발송대기 as 결제완료."""
    columns = _columns(layouts.CANCEL) | {"주문상태": _LAGGING_STATUS}
    return _write(path, Kind.CANCEL.screen, columns, _claimed(orders, "cancel"), downloaded_at, password)


def write_return(path: Path, orders: Iterable[Order], *, downloaded_at: datetime, password: str | None = None) -> int:
    """반품관리: orders with a return."""
    return _write(
        path, Kind.RETURN.screen, _columns(layouts.RETURN), _claimed(orders, "return"), downloaded_at, password
    )


def write_exchange(path: Path, orders: Iterable[Order], *, downloaded_at: datetime, password: str | None = None) -> int:
    """교환관리: orders with an exchange."""
    return _write(
        path, Kind.EXCHANGE.screen, _columns(layouts.EXCHANGE), _claimed(orders, "exchange"), downloaded_at, password
    )


def write_search(path: Path, orders: Iterable[Order], *, downloaded_at: datetime, password: str | None = None) -> int:
    """주문조회: every order."""
    return _write(path, Kind.SEARCH.screen, _columns(layouts.SEARCH), orders, downloaded_at, password)


def write_shipping(
    path: Path,
    orders: Iterable[Order],
    *,
    downloaded_at: datetime,
    vintage: str = "2026",
    password: str | None = None,
) -> int:
    """배송현황: orders on the way or delivered."""
    sent = (order for order in orders if order.status in ON_THE_WAY)
    return _write(
        path, f"{Kind.SHIPPING.screen}관리", _columns(layouts.SHIPPING[vintage]), sent, downloaded_at, password
    )


def write_decided(path: Path, orders: Iterable[Order], *, downloaded_at: datetime, password: str | None = None) -> int:
    """구매확정내역: orders whose purchase the buyer has confirmed."""
    decided = (order for order in orders if order.status == "구매확정")
    return _write(path, Kind.DECIDED.screen, _columns(layouts.DECIDED), decided, downloaded_at, password)


def write_answers(path: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """The seller's own 답변 sheet: answers that only the seller knows."""
    return _write_own_sheet(path, "답변", layouts.ANSWERS, rows)


def write_sold_out(path: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """The seller's own 품절상품 sheet: goods that are sold out."""
    return _write_own_sheet(path, "품절상품", layouts.SOLD_OUT, rows)


def _columns(headers: Iterable[str]) -> dict[str, Column]:
    return {header: column(header) for header in headers}


def _claimed(orders: Iterable[Order], kind: str) -> Iterator[Order]:
    return (order for order in orders if order.claim is not None and order.claim.kind == kind)


def _write(
    path: Path,
    sheet: str,
    columns: Mapping[str, Column],
    orders: Iterable[Order],
    downloaded_at: datetime,
    password: str | None,
) -> int:
    with new_workbook(path, downloaded_at, password) as book:
        return write_orders(book, book.add_worksheet(sheet), columns, orders)


def _write_own_sheet(path: Path, name: str, headers: Sequence[str], rows: Sequence[Mapping[str, str]]) -> int:
    with new_workbook(path, _HAND_MADE_ON) as book:
        sheet = book.add_worksheet(name)
        write_headers(book, sheet, headers)
        for row, cells in enumerate(rows, start=1):
            for place, header in enumerate(headers):
                if cells.get(header):
                    sheet.write_string(row, place, cells[header])
        return len(rows)
