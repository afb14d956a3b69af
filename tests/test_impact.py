"""What other rules would have decided on the past runs: exactly the planted orders flip, and what can't be tried is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from month import a_month

from processor import app
from processor.app.desk import Desk
from processor.app.past_runs import PastRuns
from processor.app.trying import Compared
from processor.intake import Passwords

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    return a_month(tmp_path_factory.mktemp("month") / "desk", days=6, orders=60)


def edited(desk: Desk, tmp_path: Path, *edits: tuple[str, str]) -> Path:
    text = desk.rules.read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    return path


def tried(desk: Desk, new: Path | None = None, **more) -> Compared:
    return app.impact(desk, Passwords(), new, **more)


def last_decisions(desk: Desk) -> dict[str, dict]:
    """As the last run that decided an order recorded it."""
    runs = PastRuns(desk)
    found: dict[str, dict] = {}
    for run in reversed(runs.names()):
        found |= runs.brief(run).decided
    return found


def test_the_same_rules_flip_nothing(month):
    """Each run is compared with the rules that it was made with, here those of the desk now."""
    since = max(month.done)
    day = f"{since[:4]}-{since[4:6]}-{since[6:8]}"

    compared = tried(month.desk, since=date.fromisoformat(day))

    assert compared.impact.flips == ()
    assert compared.impact.not_seen == ()
    assert [run for run, _ in compared.impact.runs] == [since]
    assert compared.impact.orders == len(month.done[since].report.rows)
