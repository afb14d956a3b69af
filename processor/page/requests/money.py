"""What the day costs: the penalty points and the shipping fees, as the sheets 패널티 and 비용부담 of the workbook say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor import app
from processor.page.requests.asking import Entry, Request, Values, Work


def _points(request: Request, work: Work) -> Values:
    return app.today(work.desk, request.as_of, work.kept).points(request.lang)


def _fees(request: Request, work: Work) -> Values:
    return app.today(work.desk, request.as_of, work.kept).fees(request.lang)


ENTRIES: Final[Mapping[str, Entry]] = {"points": Entry(_points), "fees": Entry(_fees)}
