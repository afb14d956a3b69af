"""Decides a past run once more, by the rules and the memory of then, and compares with what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from processor import ledger, outbox
from processor.app.errors import NoSuchRun
from processor.app.past_runs import PastRun, PastRuns
from processor.market.order_numbers import has_all_digits
from processor.model import Action, Text, josa, several


@dataclass(frozen=True, eq=False)
class Replayed:
    """A run as it was decided, and as this program decides it now by the same rules and memory."""

    past: PastRun
    number: str | None  # the only order that was asked for; None = all

    @property
    def equal(self) -> bool:
        return self.past.report is not None and not self._differences

    @property
    def listing(self) -> outbox.Listing | None:
        """The lists of then; None if this program cannot use the rules of then."""
        report, book = self.past.report, self.past.book
        return None if report is None or book is None else outbox.Listing(report, book)

    @property
    def _differences(self) -> dict[str, tuple[ledger.Decision, ledger.Decision]]:
        return {
            number: both
            for number, both in self.past.differences.items()
            if self.number is None or number == self.number
        }

    def values(self, lang: str) -> Iterator[dict[str, Any]]:
        """The lines of `decide` for that run, one for each difference, and last the summary. The keys are a contract."""
        brief, report = self.past.brief, self.past.report
        lines = [] if report is None else [*outbox.lines(report, lang)]
        of_order = [line for line in lines if line["type"] == "decision" and line["product_order_no"] == self.number]
        yield from lines[:-1] if self.number is None else of_order
        for number, (recorded, now) in self._differences.items():
            yield {"type": "difference", "product_order_no": number, "recorded": recorded, "replayed": now or None}
        counts = lines[-1] if lines and self.number is None else {"type": "summary"}
        yield {
            **counts,
            "run": brief.run,
            "as_of": brief.as_of.isoformat(timespec="seconds"),
            "equal": self.equal,
            "differences": len(self._differences),
            "same_program": self.past.same_program,
            "rules_usable": report is not None,
        }

    def lines(self) -> Iterator[Text]:
        """What a person wants to know of it: is it the same, and if not, which orders are decided otherwise."""
        brief = self.past.brief
        run, moment = f"처리목록_{brief.run}.xlsx", f"{brief.as_of:%Y-%m-%d %H:%M}"
        orders = len(brief.decided) if self.number is None else 1
        if self.past.report is None:
            yield Text(
                f"{josa(f'{run}({moment})', '을/를')} 만든 rules.yaml은 지금 프로그램으로는 쓸 수 없어 다시 판단하지 못했습니다. 그때의 기록은 그대로 남아 있습니다.",
                f"The rules.yaml of {run} ({moment}) can't be used by this version of the program, so nothing was decided anew. What was recorded then is still there.",
            )
        elif self.equal:
            yield Text(
                f"{run}({moment})의 주문 {orders:,}건을 그때의 규칙과 기록으로 다시 판단했더니 모두 그때와 같습니다.",
                f"By the rules and memory of {run} ({moment}), {several(orders, 'order is', 'orders are')} decided as then.",
            )
        else:
            yield Text(
                f"{run}({moment})의 주문 {len(self._differences):,}건이 그때와 다르게 나옵니다. {self._why.ko}",
                f"{several(len(self._differences), 'order')} of {run} ({moment}) {'comes' if len(self._differences) == 1 else 'come'} out otherwise now. {self._why.en}",
            )
            for number, (recorded, now) in self._differences.items():
                then, today = _said(recorded), _said(now)
                yield Text(
                    f"  {number}: 그때 {then.ko}, 지금 {today.ko}", f"  {number}: then {then.en}, now {today.en}"
                )

    @property
    def _why(self) -> Text:
        if self.past.same_program:
            return Text(
                "같은 프로그램이니 다르면 안 됩니다. 그때의 기록이 바뀌었을 수 있습니다.",
                "It is the same program, so they should not differ: what was recorded may have been changed.",
            )
        return Text(
            "그 뒤에 프로그램이 바뀌었기 때문이며, 잘못하신 것은 없습니다.",
            "The program has changed since; nothing is wrong on your side.",
        )


def _said(decision: ledger.Decision) -> Text:
    if not decision:
        return Text("판단 없음", "not decided")
    action, rule = Action(decision["action"]).text, decision["rule"]
    return Text(f"{action.ko}({rule})", f"{action.en} ({rule})")


def replay(runs: PastRuns, what: str) -> Replayed:
    """`what`: the name of a run, or an order number, of which the newest run that decided it is taken.

    Raises NoSuchRun, BriefMissing, RulesGone, HistoryDamaged, LedgerUnusable and OSError.
    """
    number = what if has_all_digits(what) else None
    run = next(runs.with_order(what), None) if number else what.removeprefix("처리목록_").removesuffix(".xlsx")
    if run is None:
        raise NoSuchRun(what)
    brief = runs.brief(run)
    return Replayed(PastRun(brief, runs.rules(brief)), number)
