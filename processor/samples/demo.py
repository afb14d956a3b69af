"""Fills an inbox for the demo: with every story, a usual day around them, and a few flawed rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from processor.market.downloads import ALL_ORDERS, file_name
from processor.model import Kind
from processor.samples.day import orders
from processor.samples.exports import (
    write_answers,
    write_cancel,
    write_dispatch,
    write_exchange,
    write_return,
    write_search,
    write_sold_out,
)
from processor.samples.order import Order
from processor.samples.stories import stories, story_answers, story_sold_out

DEMO_PASSWORD: Final = "1234"
"""The password of the two encrypted files of the demo, as the seller types it for a download."""
DEMO_SEED: Final = 20260101

_Writer = Callable[[Path, list[Order], datetime], int]
_DOWNLOADS: Final[tuple[tuple[str, _Writer], ...]] = (
    (
        f"{ALL_ORDERS}{Kind.DISPATCH.screen}",
        lambda path, all_, at: write_dispatch(path, all_, downloaded_at=at, password=DEMO_PASSWORD),
    ),
    (
        Kind.CANCEL.screen,
        lambda path, all_, at: write_cancel(path, _with_flaws(all_), downloaded_at=at, password=DEMO_PASSWORD),
    ),
    (Kind.RETURN.screen, lambda path, all_, at: write_return(path, all_, downloaded_at=at)),
    (Kind.EXCHANGE.screen, lambda path, all_, at: write_exchange(path, all_, downloaded_at=at)),
    (Kind.SEARCH.screen, lambda path, all_, at: write_search(path, all_, downloaded_at=at)),
)


def demo_desk(inbox: Path, *, as_of: datetime, seed: int = DEMO_SEED, count: int = 300) -> list[str]:
    """Fills an inbox as a seller does in the minutes before a moment. Gives the names of the files, in that order."""
    inbox.mkdir(parents=True, exist_ok=True)
    everything = [order for _, order in stories(as_of)] + orders(count, seed=seed, as_of=as_of)
    names = []
    for place, (screen, write) in enumerate(_DOWNLOADS):
        downloaded_at = as_of - timedelta(minutes=len(_DOWNLOADS) - place)
        names.append(file_name(screen, downloaded_at))
        write(inbox / names[-1], everything, downloaded_at)
    write_answers(inbox / "답변.xlsx", story_answers(as_of))
    write_sold_out(inbox / "품절상품.xlsx", story_sold_out())
    return [*names, "답변.xlsx", "품절상품.xlsx"]


def _with_flaws(everything: list[Order]) -> list[Order]:
    """The orders with one more cancel, whose numbers a spreadsheet has shortened.

    The stories have a partial claim already.
    """
    asked = next(order for order in everything if order.claim is not None and order.claim.status == "취소요청")
    return [*everything, replace(asked, product_order_no="2.02611E+15", order_no="2.02611E+15")]
