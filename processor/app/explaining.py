"""The story of one order: by the files of the inbox, else as the newest run that decided it knew it. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from processor import intake, judge, ledger, outbox
from processor.app.desk import Desk
from processor.app.errors import STORY_NOT_TOLD
from processor.app.morning import ledger_troubles, must_be_open
from processor.app.not_found import not_found
from processor.app.past_runs import PastRun, PastRuns
from processor.app.think import think
from processor.model import Action, Col, InputFile, Origin, Out, Place, Problem, Report, Text, josa, several
from processor.outbox import Story
from processor.rulebook import Rulebook
from processor.rulebook.types import Row, Situation


@dataclass(frozen=True, slots=True)
class NotFound:
    """The order is in no file of the inbox, and no run is known to have decided it."""

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
    """A decision that cannot be explained any more, because what its run knew was not kept, or is gone."""

    number: str
    run: str
    rule: str

    code = "order_untold"

    @property
    def message(self) -> Text:
        return Text(
            f"처리목록_{self.run}.xlsx는 {josa(self.number, '을/를')} {josa(self.rule, '으로/로')} 판단했습니다. 그때 알던 것의 기록이 없어 "
            "왜 그랬는지는 다시 설명할 수 없습니다. 그 처리목록의 이유 칸을 보세요.",
            f"처리목록_{self.run}.xlsx decided {self.number} by {self.rule}. What it knew was not kept, so its story can't be told "
            "again. See the reason in that workbook.",
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
            ko += f" {josa(names, '은/는')} 적지 않으셔서 이렇게 보았습니다. 함께 적어 주세요."
            en += f" {names} was not given and counts so: add it."
        return Text(ko, en)


def explain(
    number: str,
    desk: Desk,
    book: Rulebook,
    as_of: datetime,
    opening: intake.Opening,
    *,
    then: bool,
    run: str | None = None,
) -> Story | NotFound | Unexplained:
    """The story by the files of the inbox, else of the newest run that decided the order.

    `run`: the story of that run, whatever lies in the inbox. `then`: a past run is told by the rules and the moment of
    then; else what it knew is judged by `book` as of `as_of`. Raises PasswordNeeded (a locked file may hold the order),
    BriefMissing, RulesGone, HistoryDamaged, Busy and LedgerUnusable.
    """
    runs = PastRuns(desk)
    if run is not None:
        return _of_run(number, run, runs, book, as_of, opening, then) or NotFound(number, [], [], [])
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        now = _of_inbox(number, desk, book, as_of, opening, memory)
        if isinstance(now, Story):
            return now
        decided = memory.last_decision(number)
    last = [decided[0]] if decided and decided[0] in runs.names() else []
    for known in chain(last, runs.with_order(number)):
        if story := _of_run(number, known, runs, book, as_of, opening, then):
            return story
    if decided is not None and decided[1]:
        return Unexplained(number, *decided)
    return _with_the_last_run(now, runs)


def _with_the_last_run(missing: NotFound, runs: PastRuns) -> NotFound:
    """The same, having looked through the orders of the last run too."""
    if not (names := runs.names()):
        return missing
    batch = runs.brief(names[0]).batch
    known = set(batch.claims[Col.PRODUCT_ORDER_NO])
    return replace(
        missing,
        looked=[*missing.looked, *(file.name for file in batch.files)],
        near=missing.near or intake.lookalikes(missing.number, known),
    )


def _of_inbox(
    number: str, desk: Desk, book: Rulebook, as_of: datetime, opening: intake.Opening, memory: ledger.Memory
) -> Story | NotFound:
    files = intake.find(desk.inbox)
    if not files:
        return NotFound(number, [], [], [])
    gathered = intake.gather(files, book.exports, book.reasons, opening, memory.handled(book.sha256))
    must_be_open(gathered.problems, book.exports, STORY_NOT_TOLD)  # a locked file may hold this order
    here = set(gathered.numbers)
    gathered = intake.checked(intake.recalled(gathered, memory.evidence(as_of)))
    batch = intake.joined(gathered, as_of)
    known = set(batch.claims[Col.PRODUCT_ORDER_NO])
    unread = intake.unread(gathered, number)
    if number in here & known:
        # the whole batch is judged, because bundles, add-ons and the limit of approvals concern several orders
        past = memory.past(batch.claims[Col.PRODUCT_ORDER_NO], as_of)
        report = think(batch, book, as_of, judge.Workdays(book.calendar), past)
        if number in set(report.rows[Col.PRODUCT_ORDER_NO]):
            note = Text(
                f"지금 inbox에 있는 파일 {len(files)}개를 읽었습니다.",
                f"Told from the {several(len(files), 'file')} in the inbox.",
            )
            origins = intake.origins(intake.timed(gathered, as_of), report.batch, number, book.exports.limits, opening)
            return _story(number, report, book, (note,), origins, unread)
        unread += [problem for problem in report.batch.row_problems if problem.value == number]
    return NotFound(number, [file.name for file in files], intake.lookalikes(number, known), unread)


def _of_run(
    number: str, run: str, runs: PastRuns, book: Rulebook, as_of: datetime, opening: intake.Opening, then: bool
) -> Story | None:
    """The story of a past run; None if it has not decided this order, or if its rules cannot be used any more."""
    brief = runs.brief(run)
    recorded = brief.decided.get(number)
    rules = runs.rules(brief) if then else book
    if rules is None:
        return None
    past = PastRun(brief if then else replace(brief, as_of=as_of), rules)
    report = past.report
    if report is None or number not in set(report.rows[Col.PRODUCT_ORDER_NO]):
        return None
    notes = [_basis(brief, then)]
    story = _story(number, report, rules, (), _origins(number, brief, runs.desk, rules, report, opening), [])
    if then and recorded is not None and recorded["rule"] != story.verdict.rule:
        notes.append(_decided_otherwise(recorded))
    missing = _without_files(report, number, story)
    return replace(story, notes=(*notes, *missing, *story.notes))


def _basis(brief: ledger.Brief, then: bool) -> Text:
    moment = f"{brief.as_of:%Y-%m-%d %H:%M}"
    if then:
        return Text(
            f"{moment} 처리목록을 만들 때 알던 것과 그때의 rules.yaml로 설명합니다.",
            f"Told by what the workbook of {moment} knew, and by its rules.yaml.",
        )
    return Text(
        f"{moment} 처리목록을 만들 때 알던 것을 지금의 rules.yaml로 판단합니다.",
        f"What the workbook of {moment} knew, judged by today's rules.yaml.",
    )


def _decided_otherwise(recorded: ledger.Decision) -> Text:
    action, rule = Action(recorded["action"]).text, recorded["rule"]
    return Text(
        f"그때의 처리목록은 {josa(f'{action.ko}({rule})', '으로/로')} 판단했습니다. 그 뒤에 프로그램이 바뀌어 지금은 아래처럼 나옵니다.",
        f"The workbook of then decided {action.en} ({rule}). The program has changed since, and now it comes out as below.",
    )


def _origins(
    number: str, brief: ledger.Brief, desk: Desk, book: Rulebook, report: Report, opening: intake.Opening
) -> Mapping[str, Origin]:
    """The cells that gave the values, as far as the files of that day still lie in done/ and can be opened."""
    known = {file.sha256: (file.name, file.taken_at) for file in brief.batch.files}
    files: list[InputFile] = [
        file
        for run, moment in intake.earlier_runs(desk.inbox)
        if moment.date() == brief.as_of.date() and moment <= brief.as_of
        for file in intake.inputs_of(desk.inbox, run, known)
    ]
    gathered = intake.checked(intake.gather(files, book.exports, book.reasons, opening))
    there = number in set(gathered.numbers)
    timed = intake.timed(gathered, brief.as_of)
    return intake.origins(timed, report.batch, number, book.exports.limits, opening) if there else {}


def _without_files(report: Report, number: str, story: Story) -> list[Text]:
    """The sentence that cells cannot be shown, if the files of then are gone or locked."""
    places: tuple[Place, ...] = story.case.row.iloc[0][Col.SOURCE] if story.case else ()
    if not places or (story.case and story.case.origins):
        return []
    return [
        Text(
            "그때의 파일이 done에 없거나 열리지 않아, 어느 칸에 적혀 있었는지는 보여 드리지 못합니다.",
            "The files of then are not in done any more, or can't be opened, so the cells can't be shown.",
        )
    ]


def suppose(facts: Situation, book: Rulebook, as_of: datetime) -> Story | Impossible:
    """The story of a supposed situation, or the reason why it is impossible."""
    book = book.on(as_of.date())
    situation = judge.supposed(facts, book)
    if (ruled_out := judge.cannot_be(situation, book)) is not None:
        return Impossible(ruled_out, facts, book)
    verdict = judge.suppose(situation, book, as_of.date())
    unsaid = Text(
        "적지 않은 것은 모르는 것으로 보거나 가게 설정과 평소 값으로 보았습니다.",
        "What is not given counts as unknown, or as the store's settings and the usual case say.",
    )
    return Story(verdict, judge.trail(verdict, book), book, as_of, notes=(unsaid,))


def _story(
    number: str,
    report: Report,
    book: Rulebook,
    notes: tuple[Text, ...],
    origins: Mapping[str, Origin],
    unread: list[Problem],
) -> Story:
    at = report.rows[Col.PRODUCT_ORDER_NO].tolist().index(number)
    verdict = report.verdicts[report.rows[Out.SITUATION].tolist()[at]]
    today = book.on(report.as_of.date())
    case = outbox.Case(
        row=report.rows.loc[[at]], granted=report.granted.iloc[at], origins=origins, unread=tuple(unread)
    )
    note = Text(*(report.rows[role].tolist()[at] for role in (Col.NOTE_KO, Col.NOTE_EN)))
    return Story(verdict, judge.trail(verdict, today), today, report.as_of, case, (*notes, note) if note.ko else notes)
