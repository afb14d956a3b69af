"""What other rules would have decided on the orders of the past runs. Changes nothing.

Each run is judged with the memory that it really had: what the other rules would have changed in it is not played on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from processor import ledger
from processor.app.errors import Refused
from processor.app.past_runs import PastRun, PastRuns, judged
from processor.ledger import Brief, Decided, Decision
from processor.model import Action, Col, Out, Report, Text
from processor.rulebook import Rulebook

_COMPARED: Final = (
    Decided.ACTION,
    Decided.RULE,
    Decided.REASON,
    Decided.PAYER,
    Decided.LEGS,
    Decided.AMOUNT,
    Decided.POINTS,
    Decided.BY_ACTION,
)
"""What a flip is told by: a decision that is the same in all of these is no flip."""


@dataclass(frozen=True, slots=True)
class Flip:
    """An order that the other rules decide otherwise. A side is None if it did not decide the order at all."""

    product_order_no: str
    run: str  # the last run that decided it
    as_of: datetime
    product: str
    before: Decision | None
    after: Decision | None
    why: Text  # the reason of the other rules; "" if they do not decide it

    @property
    def irreversible(self) -> bool:
        """Does an action that cannot be undone come or go?"""
        sides = [_action(side) for side in (self.before, self.after)]
        return sides[0] != sides[1] and any(action is not None and action.irreversible for action in sides)


def _action(decision: Decision | None) -> Action | None:
    return None if decision is None else Action(decision[Decided.ACTION])


class NotSeen(NamedTuple):
    """An order, or a whole run, on which the other rules could not be tried."""

    run: str
    product_order_no: str | None  # None = the whole run
    why: Text


@dataclass(frozen=True, eq=False, slots=True)
class Impact:
    """The flips, those that cannot be undone first, and what was not seen."""

    new: Rulebook
    against: Rulebook | None  # None: each run is compared with the rules that it was made with
    runs: tuple[str, ...]  # the runs that were tried, the oldest first
    orders: int
    flips: tuple[Flip, ...]
    not_seen: tuple[NotSeen, ...]

    def values(self, lang: str) -> Iterator[dict[str, Any]]:
        """A value for each flip and last the summary. The keys are a contract."""
        for flip in self.flips:
            yield {
                "type": "flip",
                "product_order_no": flip.product_order_no,
                "run": flip.run,
                "as_of": flip.as_of.isoformat(timespec="seconds"),
                "before": _said(flip.before),
                "after": _said(flip.after),
                "irreversible": flip.irreversible,
                "points_before": (flip.before or {}).get(Decided.POINTS),
                "points_after": (flip.after or {}).get(Decided.POINTS),
                "fee_before": (flip.before or {}).get(Decided.AMOUNT),
                "fee_after": (flip.after or {}).get(Decided.AMOUNT),
                "why": flip.why.said(lang),
            }
        yield {
            "type": "summary",
            "runs": len(self.runs),
            "orders": self.orders,
            "flips": len(self.flips),
            "not_seen": [
                {"run": each.run, "product_order_no": each.product_order_no, "why": each.why.said(lang)}
                for each in self.not_seen
            ],
        }


def _said(decision: Decision | None) -> dict[str, str | None]:
    found = decision or {}
    return {"action": found.get(Decided.ACTION), "rule": found.get(Decided.RULE)}


class _Last(NamedTuple):
    """How the last run that knew an order decided it, by both rules."""

    brief: Brief
    before: Decision | None
    after: Decision | None
    why: Text


def impact(runs: PastRuns, new: Rulebook, against: Rulebook | None = None, since: date | None = None) -> Impact:
    """Tries the rules on each run from that day on. `against`: None = compared with the rules of each run."""
    last: dict[str, _Last] = {}
    tried: list[str] = []
    not_seen: list[NotSeen] = []
    for run in reversed(runs.names()):
        if since is not None and ledger.moment_of(run).date() < since:
            continue
        try:
            brief = runs.brief(run)
            if not brief.acting:
                continue
            before = _before(brief, runs, against)
        except Refused as error:
            not_seen.append(NotSeen(run, None, error.message))
            continue
        tried.append(run)
        report = judged(brief, new)
        after, whys = ledger.decisions(report), _whys(report)
        last |= {
            number: _Last(brief, before.get(number), after.get(number), whys.get(number, Text("", "")))
            for number in {**before, **after}
        }
    flips = [_flip(number, each) for number, each in last.items() if _differ(each.before, each.after)]
    return Impact(new, against, tuple(tried), len(last), tuple(sorted(flips, key=_turn)), tuple(not_seen))


def _before(brief: Brief, runs: PastRuns, against: Rulebook | None) -> Mapping[str, Decision]:
    """What the rules to compare with decide; what was recorded, if this very program has decided by the rules of then."""
    if against is not None:
        return ledger.decisions(judged(brief, against))
    past = PastRun(brief, runs.rules(brief))
    if past.same_program or past.report is None:
        return brief.decided
    return ledger.decisions(past.report)


def _whys(report: Report) -> dict[str, Text]:
    numbers, situations = report.rows[Col.PRODUCT_ORDER_NO].tolist(), report.rows[Out.SITUATION].tolist()
    return {number: report.verdicts[at].why for number, at in zip(numbers, situations, strict=True)}


def _differ(before: Decision | None, after: Decision | None) -> bool:
    if before is None or after is None:
        return before is not after
    return any(before[name] != after[name] for name in _COMPARED)


def _flip(number: str, each: _Last) -> Flip:
    claims = each.brief.batch.claims
    named = claims.loc[claims[Col.PRODUCT_ORDER_NO].eq(number), Col.PRODUCT_NAME].fillna("").tolist()
    return Flip(number, each.brief.run, each.brief.as_of, (named or [""])[0], each.before, each.after, each.why)


def _turn(flip: Flip) -> tuple[bool, str, str]:
    return not flip.irreversible, flip.run, flip.product_order_no
