"""What other rules would have decided on the orders of the past runs. Changes nothing.

Each run is judged with the memory that it really had: what the other rules would have changed in it is not played on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from processor import judge, ledger
from processor.app.errors import BriefMissing, Refused
from processor.app.past_runs import PastRuns
from processor.app.program import program
from processor.app.rereading import Rereading
from processor.app.think import sides
from processor.ledger import Brief, Decided, Decision
from processor.model import NOTHING, Action, Col, Leg, Payer, Text, several
from processor.model.impact import Flip, Impact, NotSeen, Side
from processor.outbox.impact import condition
from processor.rulebook import Rulebook
from processor.rulebook.changes import Change, changes
from processor.rulebook.compared import Difference, Differences, different

_SHOWN: Final = 10
"""Flips that are told on the screen; the workbook and programs get all of them."""
_FILES_GONE: Final = Text(
    "그때의 파일이 done에 없거나 열리지 않아 새 규칙으로 읽어 볼 수 없었습니다.",
    "The files of then are not in done any more, or can't be opened, so they could not be read by the other rules.",
)
_NONE: Final[Mapping[str, str | None]] = {"action": None, "rule": None}


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """The impact of other rules on the past runs, and what the two rulebooks answer differently at all."""

    impact: Impact
    new: Rulebook
    against: Rulebook | None  # None: each run is compared with the rules that it was made with
    differences: (
        Differences | None
    )  # from `against`, or from the rules of the last run; None = there are none to compare
    changes: tuple[Change, ...]  # entries beside the tables that stand otherwise

    def values(self, lang: str) -> list[dict[str, Any]]:
        """A value for each flip and last the summary. The keys are a contract."""
        found = self.differences.found if self.differences else ()
        return [
            *(_of_flip(flip, lang) for flip in self.impact.flips),
            *(of_situation(each, lang) for each in found),
            *({"type": "change", **of_change(each, lang)} for each in self.changes),
            {**_summary(self.impact, lang), "unfinished": [*self.differences.unfinished] if self.differences else []},
        ]

    def told(self, lang: str) -> list[dict[str, Any]]:
        """The orders that come out otherwise, for a face: each with what it is and what it becomes, irreversible first."""
        return [
            {
                "number": flip.product_order_no,
                "product": flip.product,
                "option": flip.option,
                "before": _named(flip.before).said(lang),
                "after": _named(flip.after).said(lang),
                "irreversible": flip.irreversible,
            }
            for flip in self.impact.flips
        ]

    def lines(self) -> Iterator[Text]:
        """The same for a person: how many orders come out otherwise, and the first of them."""
        found = self.impact
        yield self.how_many
        for flip in found.flips[:_SHOWN]:
            grave = Text(" · 되돌릴 수 없음", " · can't be undone") if flip.irreversible else NOTHING
            before, after = _named(flip.before), _named(flip.after)
            yield Text(
                f"  {flip.product_order_no}: {before.ko} → {after.ko}{grave.ko}",
                f"  {flip.product_order_no}: {before.en} → {after.en}{grave.en}",
            )
        if (more := len(found.flips) - _SHOWN) > 0:
            yield Text(f"  … 그 밖에 {more:,}건", f"  … and {more:,} more")
        yield from self.not_tried

    @property
    def how_many(self) -> Text:
        """The sentence that counts the orders that come out otherwise."""
        runs, orders, flips = len(self.impact.runs), self.impact.orders, len(self.impact.flips)
        if not flips:
            return Text(
                f"지난 처리 {runs:,}번의 주문 {orders:,}건이 이 규칙으로도 모두 똑같습니다.",
                f"All {several(orders, 'order')} of {several(runs, 'past run')} come out the same by these rules.",
            )
        return Text(
            f"지난 처리 {runs:,}번의 주문 {orders:,}건 가운데 {flips:,}건이 이 규칙으로는 달라집니다.",
            f"Of {several(orders, 'order')} of {several(runs, 'past run')}, {flips:,} come out otherwise by these rules.",
        )

    @property
    def not_tried(self) -> Iterator[Text]:
        """The sentence about what could not be tried, if there is anything."""
        found = self.impact
        if found.not_seen:
            yield Text(
                f"해 보지 못한 것이 {len(found.not_seen):,}건 있습니다: {found.not_seen[0].why.ko}",
                f"{several(len(found.not_seen), 'entry', 'entries')} could not be tried: {found.not_seen[0].why.en}",
            )


def _named(side: Side | None) -> Text:
    if side is None:
        return Text("목록에 없음", "not on the lists")
    return Text(f"{side.action.ko}({side.rule})", f"{side.action.en} ({side.rule})")


def _of_flip(flip: Flip, lang: str) -> dict[str, Any]:
    before, after = flip.before, flip.after
    return {
        "type": "flip",
        "product_order_no": flip.product_order_no,
        "run": flip.run,
        "as_of": flip.as_of.isoformat(timespec="seconds"),
        "before": {"action": before.action.value, "rule": before.rule} if before else _NONE,
        "after": {"action": after.action.value, "rule": after.rule} if after else _NONE,
        "irreversible": flip.irreversible,
        "points_before": before.points if before else None,
        "points_after": after.points if after else None,
        "fee_before": before.amount if before else None,
        "fee_after": after.amount if after else None,
        "why": flip.why.said(lang),
    }


def of_situation(each: Difference, lang: str) -> dict[str, Any]:
    return {
        "type": "situation",
        "table": each.table,
        "before": each.before and each.before.id,
        "after": each.after and each.after.id,
        "irreversible": each.irreversible,
        "changes": [of_change(change, lang) for change in each.changes],
        "when": {word: condition(cell) for word, cell in each.conditions.items()},
        "example": dict(each.example),
    }


def of_change(change: Change, lang: str) -> dict[str, str]:
    return {"name": change.name, "before": change.before.said(lang), "after": change.after.said(lang)}


def _summary(impact: Impact, lang: str) -> dict[str, Any]:
    return {
        "type": "summary",
        "runs": len(impact.runs),
        "orders": impact.orders,
        "flips": len(impact.flips),
        "not_seen": [{**each._asdict(), "why": each.why.said(lang)} for each in impact.not_seen],
    }


def impact(
    runs: PastRuns,
    reread: Rereading,
    new: Rulebook,
    today: date,
    against: Rulebook | None = None,
    since: date | None = None,
) -> Compared:
    """Tries the rules on each run from that day on. `against`: None = compared with the rules of each run.

    Situations are compared as the tables are in force `today`.
    """
    last: dict[str, Flip] = {}  # by order, also where both sides agree
    unseen: dict[str, NotSeen] = {}  # by order
    failed = [
        NotSeen(run, None, BriefMissing(run).message) for run in runs.without_brief() if not _before_day(run, since)
    ]
    tried: list[tuple[str, datetime]] = []
    rules = None  # those of the last run that was tried
    for run in reversed(runs.names()):
        if _before_day(run, since):
            continue
        try:
            brief = runs.brief(run)
            if not brief.acting:
                continue
            before = _before(brief, runs, against, reread)
            same = new.sha256 == (against.sha256 if against else brief.rules)
            after = before if same else _tried(brief, runs, new, reread)
            rules = runs.rules(brief) or rules
        except Refused as error:
            failed.append(NotSeen(run, None, error.message))
            continue
        tried.append((run, brief.as_of))
        names = _names(brief)
        for number in {**before.sides, **after.sides, **brief.decided}:
            last.pop(number, None)
            unseen.pop(number, None)
            if number in before.unseen | after.unseen:
                unseen[number] = NotSeen(run, number, _FILES_GONE)
            elif number in before.sides or number in after.sides:
                both = before.sides.get(number), after.sides.get(number)
                last[number] = Flip(number, run, brief.as_of, *names.get(number, ("", "")), *both)
    flips = [flip for flip in last.values() if flip.before != flip.after]
    found = Impact(tuple(tried), len(last), tuple(sorted(flips, key=_turn)), (*failed, *unseen.values()))
    old = against or rules
    if old is None:
        return Compared(found, new, against, None, ())
    return Compared(found, new, against, different(old, new, today), changes(old, new))


def _before_day(run: str, since: date | None) -> bool:
    return since is not None and ledger.moment_of(run).date() < since


def _names(brief: Brief) -> dict[str, tuple[str, str]]:
    """상품명 and 옵션정보 of each order, as far as they are known."""
    claims = brief.batch.claims
    columns = (claims[name].fillna("").tolist() for name in (Col.PRODUCT_NAME, Col.OPTION))
    return dict(zip(claims[Col.PRODUCT_ORDER_NO], zip(*columns, strict=True), strict=True))


class _Outcome(NamedTuple):
    """What a rulebook decides on a run, by order, and the orders on which it could not be tried."""

    sides: Mapping[str, Side]
    unseen: frozenset[str] = frozenset()


def _before(brief: Brief, runs: PastRuns, against: Rulebook | None, reread: Rereading) -> _Outcome:
    """What the rules to compare with decide; what was recorded, if this very program has decided by these rules."""
    book = against or runs.rules(brief)
    if book is None or (brief.rules, brief.program) == (book.sha256, program()):
        return _Outcome({number: _recorded(decision) for number, decision in brief.decided.items()})
    return _tried(brief, runs, book, reread)


def _tried(brief: Brief, runs: PastRuns, book: Rulebook, reread: Rereading) -> _Outcome:
    """What these rules decide on what that run knew, at the moment of that run."""
    batch, unseen = brief.batch, frozenset[str]()
    if reread.needed(runs.rules(brief), book):
        batch, unseen = reread.batch(brief, book)
    return _Outcome(sides(batch, book, brief.as_of, judge.Workdays(book.calendar), brief.past), unseen)


def _recorded(decision: Decision) -> Side:
    return Side(
        action=Action(decision[Decided.ACTION]),
        rule=decision[Decided.RULE],
        reason=decision[Decided.REASON],
        payer=Payer(decision[Decided.PAYER]),
        legs=tuple(map(Leg, decision[Decided.LEGS])),
        amount=decision[Decided.AMOUNT],
        points=decision[Decided.POINTS],
        brought=decision[Decided.BY_ACTION],
    )


def _turn(flip: Flip) -> tuple[bool, str, str]:
    return not flip.irreversible, flip.run, flip.product_order_no
