"""The story of one order: by the files of the inbox, else by the newest earlier run that knew it. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from processor import intake, judge, ledger, outbox
from processor.app.desk import Desk
from processor.app.errors import STORY_NOT_TOLD
from processor.app.morning import ledger_troubles, must_be_open
from processor.app.not_found import not_found
from processor.app.think import think
from processor.market.order_numbers import day_in, day_of
from processor.model import Col, InputFile, Out, Problem, Report, Text, josa, several
from processor.model.nothing import NOTHING_BEFORE
from processor.outbox import Story
from processor.rulebook import Rulebook
from processor.rulebook.types import Row, Situation

_OTHER_RULES: Final = Text(
    "그 뒤에 rules.yaml이 바뀌었으니 그때의 처리목록과 다를 수 있습니다.",
    "rules.yaml has changed since, so the workbook of then may say something else.",
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Files that were dropped together, and the moment as of which to judge them."""

    files: list[InputFile]
    as_of: datetime
    notes: tuple[Text, ...]
    run: str | None = None  # the earlier run that put them away; None = they lie in the inbox

    @property
    def last_day(self) -> str:
        """The last day of which these files can have orders, in the form in which an order number begins (YYYYMMDD)."""
        return day_in(max([self.as_of, *(file.taken_at for file in self.files)]))


@dataclass(frozen=True, slots=True)
class NotFound:
    """The order is in no file of the inbox or of an earlier run."""

    number: str
    looked: list[str]  # names of the files that were searched
    near: list[str]  # similar numbers that may be meant
    unread: list[Problem]  # rows of this order that could not be used

    code = "order_not_found"

    @property
    def lines(self) -> tuple[Text, ...]:
        return tuple(not_found(self.number, self.looked, self.near, self.unread))

    @property
    def message(self) -> Text:
        return Text.joined("\n", self.lines)


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A decision that cannot be explained any more, because some of the data on which it rested is gone."""

    number: str
    run: str
    rule: str
    notes: tuple[Text, ...]  # what is known of the reasons

    code = "order_untold"

    @property
    def message(self) -> Text:
        ko, en = " ".join(note.ko for note in self.notes), " ".join(note.en for note in self.notes)
        return Text(
            f"처리목록_{self.run}.xlsx는 {josa(self.number, '을/를')} {josa(self.rule, '으로/로')} 판단했습니다. 그때 알던 것이 지금은 다 남아 있지 않아 "
            f"왜 그랬는지는 다시 설명할 수 없습니다. 그 처리목록의 이유 칸을 보세요. {ko}".rstrip(),
            f"처리목록_{self.run}.xlsx decided {self.number} by {self.rule}. Not all that it knew is there any more, so its story can't be told "
            f"again. See the reason in that workbook. {en}".rstrip(),
        )


@dataclass(frozen=True, slots=True)
class Impossible:
    """A situation that a row of `impossible` in rules.yaml rules out."""

    row: Row
    given: Situation
    book: Rulebook

    code = "impossible"

    @property
    def message(self) -> Text:
        """The sentence that names the clashing values: the given ones, and usual ones of words that were not given."""
        row, words = self.row, self.book.words
        unsaid = [word for word in row.when if word not in self.given]
        clash = ", ".join(f"{word} {self.given.get(word, words[word].usual)}" for word in row.when)
        ko = f"있을 수 없는 상황이라 답할 수 없습니다 ({clash}): {row.why.ko} [{row.id}]."
        en = f"There can be no such order ({clash}): {row.why.en} [{row.id}]."
        if unsaid:
            names = " · ".join(unsaid)
            ko += f" {josa(names, '은/는')} 적지 않아 이렇게 보았으니 함께 적어 주세요."
            en += f" {names} was not given and counts so: add it."
        return Text(ko, en)


def explain(
    number: str, desk: Desk, book: Rulebook, as_of: datetime, opening: intake.Opening, *, then: bool
) -> Story | NotFound | Unexplained:
    """The story by the files of the inbox, else by those of the newest list.

    `then`: judged as of the moment of that list, so that it agrees with the list; else as of `as_of`.
    Raises PasswordNeeded (a locked file may hold the order), Busy and LedgerUnusable.
    """
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        return _explained(number, _occasions(desk, book, as_of, then), book, opening, memory, then)


def _of_the_last_day(number: str, book: Rulebook, memory: ledger.Memory, opening: intake.Opening) -> Story | None:
    """The story as the last run decided it, from the evidence that the ledger keeps until the next day's first run."""
    last, decided = memory.last_run(), memory.last_decision(number)
    if last is None or decided is None or decided[0] != last[0] or not decided[1]:
        return None
    run, as_of, rules = last
    nothing = intake.gather((), book.exports, book.reasons, opening)
    gathered = intake.checked(intake.recalled(nothing, memory.evidence(as_of)))
    batch = intake.joined(gathered, as_of)
    past = memory.past(batch.claims[Col.PRODUCT_ORDER_NO], as_of)
    report = think(batch, book, as_of, judge.Workdays(book.calendar), past)
    if number not in set(report.rows[Col.PRODUCT_ORDER_NO]):
        return None
    basis = Text(
        f"{as_of:%Y-%m-%d %H:%M} 처리목록이 알던 것으로 설명합니다.",
        f"Told by what the workbook of {as_of:%Y-%m-%d %H:%M} knew.",
    )
    notes = (basis,) if rules == book.sha256 else (basis, _OTHER_RULES)
    story = _story(number, Occasion([], as_of, notes, run), gathered, report, book, opening)
    return story if story.verdict.rule == decided[1] else None


def _explained(
    number: str,
    days: Iterator[Iterator[Occasion]],
    book: Rulebook,
    opening: intake.Opening,
    memory: ledger.Memory,
    then: bool,
) -> Story | NotFound | Unexplained:
    looked: list[str] = []
    known: set[str] = set()
    unread: list[Problem] = []
    decided = memory.last_decision(number)
    by_memory = cache(lambda: _of_the_last_day(number, book, memory, opening) if then else None)
    for occasions in days:
        for occasion in occasions:
            if occasion.run is not None and (story := by_memory()) is not None:
                return story
            if looked and day_of(number) > occasion.last_day:
                break
            handled = memory.handled(book.sha256) if occasion.run is None else {}
            gathered = intake.gather(occasion.files, book.exports, book.reasons, opening, handled)
            must_be_open(gathered.problems, book.exports, STORY_NOT_TOLD)  # a locked file may hold this order
            numbers = set(gathered.numbers)
            if occasion.run is None:
                gathered = intake.recalled(gathered, memory.evidence(occasion.as_of))
            gathered = intake.checked(gathered)
            batch = intake.joined(gathered, occasion.as_of)
            if number in numbers & set(batch.claims[Col.PRODUCT_ORDER_NO]):
                # the whole batch is judged, because bundles, add-ons and the limit of approvals concern several orders
                past = (
                    memory.past(batch.claims[Col.PRODUCT_ORDER_NO], occasion.as_of)
                    if occasion.run is None
                    else NOTHING_BEFORE
                )
                report = think(batch, book, occasion.as_of, judge.Workdays(book.calendar), past)
                if number in set(report.rows[Col.PRODUCT_ORDER_NO]):
                    story = _story(number, occasion, gathered, report, book, opening)
                    if occasion.run is None or not then or decided is None or decided[1] in ("", story.verdict.rule):
                        return story
                    return Unexplained(number, *decided, occasion.notes[1:])
                unread += [problem for problem in report.batch.row_problems if problem.value == number]
            looked += [file.name for file in occasion.files]
            known |= set(batch.claims[Col.PRODUCT_ORDER_NO])
            unread += intake.unread(gathered, number)
            if number not in numbers:
                break  # the earlier runs of this day had only some of these files
    if (story := by_memory()) is not None:
        return story
    if then and decided is not None and decided[1]:
        return Unexplained(number, *decided, ())
    return NotFound(number, looked, intake.lookalikes(number, known), unread)


def suppose(facts: Situation, book: Rulebook, as_of: datetime) -> Story | Impossible:
    """The story of a supposed situation, or the reason why it is impossible."""
    book = book.on(as_of.date())
    situation = judge.supposed(facts, book)
    if (ruled_out := judge.cannot_be(situation, book)) is not None:
        return Impossible(ruled_out, facts, book)
    verdict = judge.suppose(situation, book, as_of.date())
    unsaid = Text(
        "적지 않은 것은 모른다고 보거나, 가게 설정과 보통의 값으로 보았습니다.",
        "What is not given counts as unknown, or as the store's settings and the usual case say.",
    )
    return Story(verdict, judge.trail(verdict, book), book, as_of, notes=(unsaid,))


def _story(
    number: str, occasion: Occasion, gathered: intake.Gathered, report: Report, book: Rulebook, opening: intake.Opening
) -> Story:
    at = report.rows[Col.PRODUCT_ORDER_NO].tolist().index(number)
    verdict = report.verdicts[report.rows[Out.SITUATION].tolist()[at]]
    today = book.on(occasion.as_of.date())
    case = outbox.Case(
        row=report.rows.loc[[at]],
        granted=report.granted.iloc[at],
        origins=intake.origins(
            intake.timed(gathered, occasion.as_of), report.batch, number, book.exports.limits, opening
        ),
        unread=tuple(intake.unread(gathered, number)),
    )
    note = Text(*(report.rows[role].tolist()[at] for role in (Col.NOTE_KO, Col.NOTE_EN)))
    notes = (*occasion.notes, note) if note.ko else occasion.notes
    return Story(verdict, judge.trail(verdict, today), today, occasion.as_of, case, notes)


def _occasions(desk: Desk, book: Rulebook, as_of: datetime, then: bool) -> Iterator[Iterator[Occasion]]:
    """The files of the inbox, then those of each earlier day, the newest day first."""
    if files := intake.find(desk.inbox):
        now = Text(
            f"지금 inbox에 있는 파일 {len(files)}개를 읽었습니다.",
            f"Told from the {several(len(files), 'file')} in the inbox.",
        )
        yield iter([Occasion(files, as_of, (now,))])
    for _, runs in groupby(intake.earlier_runs(desk.inbox), key=lambda run: run[1].date()):
        yield _of_a_day([*runs], desk, book, as_of, then)


def _of_a_day(
    runs: Sequence[tuple[str, datetime]], desk: Desk, book: Rulebook, as_of: datetime, then: bool
) -> Iterator[Occasion]:
    """What each run of a day knew, the newest run first: its own files and those of the runs before it."""
    inputs = [_inputs_of(desk, run) for run, _ in runs]
    for at, (run, moment) in enumerate(runs):
        record = outbox.recorded(outbox.workbook_of(run, desk.outbox))
        files = [file for some in inputs[at:] for file in some]
        handled_at = record.as_of if record else moment
        basis = Text(
            f"{handled_at:%Y-%m-%d %H:%M}에 처리한 파일 {len(files)}개를 다시 읽었습니다.",
            f"Told from the {several(len(files), 'file')} that were handled at {handled_at:%Y-%m-%d %H:%M}.",
        )
        doubts = _doubts(desk, run, record, files, book) if record and then else []
        yield Occasion(files, handled_at if then else as_of, (basis, *doubts), run)


def _inputs_of(desk: Desk, run: str) -> list[InputFile]:
    record = outbox.recorded(outbox.workbook_of(run, desk.outbox))
    return intake.inputs_of(desk.inbox, run, record.inputs if record else {})


def _doubts(desk: Desk, run: str, record: outbox.Record, files: list[InputFile], book: Rulebook) -> Iterator[Text]:
    """Sentences on why the story may differ from the workbook of that run."""
    if record.rules_sha256 != book.sha256:
        yield _OTHER_RULES
    there = {file.sha256 for file in files}
    failed = desk.inbox / "failed" / run
    lost = [
        name
        for sha256, (name, _) in record.inputs.items()
        if sha256 not in there and not (failed / Path(name).name).exists()
    ]
    if lost:
        yield Text(
            f"그때 쓴 파일이 없어졌으니 그때의 처리목록과 다를 수 있습니다: {', '.join(lost)}",
            f"Files of then are gone, so the workbook of then may say something else: {', '.join(lost)}",
        )
