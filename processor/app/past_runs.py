"""The earlier runs of a desk, each as it was: what it knew, its rules, and its decisions made once more. Changes nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from processor import judge, ledger, outbox, rulebook
from processor.app.desk import Desk
from processor.app.errors import BriefMissing, HistoryDamaged, RulesGone
from processor.app.program import program
from processor.app.think import think
from processor.judge import WORDS
from processor.ledger import Brief, Decision
from processor.model import Report
from processor.rulebook import Rulebook, RulesError


@dataclass(slots=True)
class PastRuns:
    """The runs of which a brief is kept. Rules are read and proved once for all runs that were made with them."""

    desk: Desk
    proved: Container[str] = ()  # the SHA-256 of rules that need not be proved once more
    books: dict[str, Rulebook | None] = field(default_factory=dict)  # by SHA-256: those that have been read

    @property
    def history(self) -> ledger.History:
        return ledger.History(self.desk.history)

    def names(self) -> list[str]:
        """The newest run first."""
        return self.history.runs()

    def without_brief(self) -> list[str]:
        """The runs whose workbook lies in the outbox, but of which no brief is kept; the oldest first."""
        workbooks = (path for path in sorted(self.desk.outbox.glob("*.xlsx")) if outbox.is_workbook(path.name))
        kept = {*self.names()}
        return [run for run in map(outbox.run_of, workbooks) if run not in kept]

    def brief(self, run: str) -> Brief:
        """Raises BriefMissing, HistoryDamaged and OSError."""
        try:
            return self.history.brief(run)
        except ledger.NoBrief as error:
            raise BriefMissing(run) from error
        except ledger.Damaged as error:
            raise HistoryDamaged(error.path) from error

    def rules(self, brief: Brief) -> Rulebook | None:
        """The rules of that run; None if this program cannot use them, as after an update. Raises RulesGone and more."""
        if brief.rules not in self.books:
            try:
                text = self.history.rules(brief.rules)
            except ledger.NoRules as error:
                raise RulesGone(brief.run) from error
            except ledger.Damaged as error:
                raise HistoryDamaged(error.path) from error
            try:
                self.books[brief.rules] = rulebook.read_text(text, f"rules.yaml ({brief.run})", WORDS, self.proved)
            except RulesError:
                self.books[brief.rules] = None
        return self.books[brief.rules]

    def with_order(self, number: str) -> Iterator[str]:
        """The runs that decided this order, the newest first."""
        return (run for run in self.names() if self._decided(run, number))

    def _decided(self, run: str, number: str) -> bool:
        try:
            return self.history.mentions(run, number) and number in self.brief(run).decided
        except (ledger.NoBrief, ledger.Damaged, BriefMissing, HistoryDamaged):  # it costs that run only
            return False


@dataclass(frozen=True, eq=False)
class PastRun:
    """One run, as it was."""

    brief: Brief
    book: Rulebook | None  # the rules of then; None if this program cannot use them

    @cached_property
    def report(self) -> Report | None:
        """Its report, made once more of what it knew; None if this program cannot use its rules."""
        brief, book = self.brief, self.book
        return (
            None if book is None else think(brief.batch, book, brief.as_of, judge.Workdays(book.calendar), brief.past)
        )

    @property
    def same_program(self) -> bool:
        """Did exactly this program make the run?"""
        return self.brief.program == program()

    @cached_property
    def differences(self) -> dict[str, tuple[Decision, Decision]]:
        """The orders that are decided otherwise now: as recorded, and as now ({} = not decided)."""
        if self.report is None:
            return {}
        now = ledger.decisions(self.report)
        return {
            number: (self.brief.decided.get(number, {}), now.get(number, {}))
            for number in ledger.differing(self.brief.decided, now)
        }
