"""The functions that the terminal, the page and other programs call: values in, an outcome or a typed error out.

Nothing here prints, reads the clock or the command line, keeps anything between two calls (but in a `Kept`) or handles signals. Each
function may be called from any thread, also several times at once, in either language. Times are Korean wall time.
Errors are those of `app.errors`, each with a stable code and a sentence in both languages, and OSError (`could_not_finish`
makes a sentence of it). After an error nothing was moved or written.

Heavy rooms are imported inside the functions, while the process that opens files starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from processor.app import errors
from processor.app.desk import Desk
from processor.app.errors import NoDesk, Refused, could_not_finish
from processor.app.kept import Kept
from processor.app.progress import UNHEARD, OnProgress, Progress, Stage
from processor.opener.passwords import Passwords
from processor.opener.process import Opening, ReadingProcess

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from datetime import date, datetime

    from processor.app.checking import Checked
    from processor.app.day_list import OrderOfToday, Told
    from processor.app.desks import DemoDesk
    from processor.app.drafting import Messages, Tried
    from processor.app.every_desk import EveryDesk, OnDesk
    from processor.app.explaining import Impossible, NotFound, Unexplained
    from processor.app.finding import Found
    from processor.app.forgetting import Old
    from processor.app.outcomes import Done, NothingNew
    from processor.app.past_days import PastDays
    from processor.app.recognising import Recognised
    from processor.app.replaying import Replayed
    from processor.app.setting import Ordered, Settings, SettingsChanged, SettingsTried
    from processor.app.teaching import Taught, Teachable
    from processor.app.telling_changes import DeskChanges
    from processor.app.telling_rules import InForce
    from processor.app.trying import Compared
    from processor.app.upgrading import Upgrade
    from processor.app.waiting import Status
    from processor.app.waiting_at_desks import Waits
    from processor.model import Report, Text
    from processor.outbox import Listing, Story
    from processor.rulebook import Rulebook
    from processor.rulebook.types import Situation

__all__ = [
    "Desk",
    "Kept",
    "OnProgress",
    "Passwords",
    "Progress",
    "Refused",
    "Stage",
    "all_waiting",
    "answer",
    "change_messages",
    "change_settings",
    "check",
    "correct",
    "could_not_finish",
    "decide",
    "demo_desk",
    "desk_changes",
    "errors",
    "explain",
    "file_of",
    "find_desks",
    "forget",
    "history",
    "impact",
    "in_force",
    "list_anew",
    "messages",
    "new_desk",
    "old",
    "opens",
    "order",
    "ordered",
    "recognise",
    "reminders",
    "replay",
    "rules",
    "run",
    "run_every",
    "set_aside",
    "settings",
    "status",
    "suppose",
    "take_back",
    "teach",
    "teachable",
    "template",
    "today",
    "try_message",
    "try_settings",
    "upgrade",
    "write_impact",
]


def run(
    desk: Desk,
    as_of: datetime,
    passwords: Passwords,
    lang: str = "ko",
    *,
    dry_run: bool = False,
    catch_up: bool = False,
    clock_is_right: bool = False,
    marks: Path | None = None,
    on_progress: OnProgress = UNHEARD,
) -> Done | NothingNew:
    """Handle the new files of the desk's inbox: write a workbook and an entry in the ledger, and file the inputs away.

    `lang`: that of the workbook. `dry_run`: write and move nothing. `catch_up`: only record what lies in the inbox.
    `clock_is_right`: `as_of` is right, even if it is long after the last run or before it; else ClockInDoubt is raised.
    `marks`: a folder of the user's own, outside every desk, where it is kept which rules were proved; None = they are
    proved each time. Raises RulesBroken, Busy, LedgerUnusable, PasswordNeeded, ClockBehind, ClockInDoubt, NoPassword and
    OSError.
    """
    desk.check_folders()
    with ReadingProcess(desk.lying_in_inbox, passwords) as process:
        from processor.app import checking, morning, proofs

        proved = proofs.proved(marks)
        book = checking.read(desk.rules, proved)
        if book.sha256 not in proved and not dry_run:
            proofs.remember(marks, book.sha256)
        on_progress(Progress(Stage.FILES_READ, 0, 0))
        options = morning.RunOptions(as_of, passwords, lang, dry_run, catch_up, clock_is_right, on_progress)
        return morning.run(desk, book, options, process)


def find_desks(root: Path) -> Found:
    """The desks below a folder, or the folder itself if it is one. Raises NoDesks."""
    from processor.app import finding

    return finding.find_desks(root)


def run_every(
    root: Path,
    as_of: datetime,
    executor: Executor,
    passwords: Callable[[Desk], Sequence[str]],
    lang: str = "ko",
    *,
    dry_run: bool = False,
    catch_up: bool = False,
    clock_is_right: bool = False,
    marks: Path | None = None,
    on_desk: OnDesk = lambda _ended, _done, _of: None,
) -> EveryDesk:
    """Run every desk below a folder, as `run` does each, and write the workbook 모든가게_YYYYMMDD_HHMMSS.xlsx there.

    `executor`: of workers that import this program and see the folder at the same path: `processes.pool.Pool`, or a
    cluster's (`app.cluster`). `passwords`: those of a desk, beside its own passwords.txt. What goes wrong with one desk
    is told of that desk alone. Raises NoDesks, WorkersGone, and OSError if the workbook about all can't be written;
    whatever ends it, each desk is left whole.
    """
    from processor.app import every_desk

    options = {"dry_run": dry_run, "catch_up": catch_up, "clock_is_right": clock_is_right}
    return every_desk.run_every(root, as_of, executor, passwords, lang, marks, on_desk, **options)


def list_anew(
    desk: Desk,
    as_of: datetime,
    passwords: Passwords,
    lang: str = "ko",
    marks: Path | None = None,
    on_progress: OnProgress = UNHEARD,
) -> Done | NothingNew:
    """Write the list of the day as a workbook, with what was answered since the newest one, by the rules as they are now.

    The inbox is left alone. If the newest workbook holds all answers and is by these rules, nothing is written; `newest` of the outcome is the workbook to work by.
    `lang`, `marks`: as for `run`. Raises NoDesk, RulesBroken, Busy, LedgerUnusable, ClockInDoubt, NoPassword and OSError.
    """
    with ReadingProcess((), passwords) as process:
        from processor.app import checking, morning, proofs

        book = checking.read(_furnished(desk).rules, proofs.proved(marks))
        options = morning.RunOptions(as_of, passwords, lang, on_progress=on_progress)
        return morning.list_anew(desk, book, options, process)


def today(desk: Desk, as_of: datetime, kept: Kept | None = None) -> Listing:
    """The list of the day as of now: by all that was read on this day, all answers and what is still open. Changes nothing.

    `kept`: what this face keeps between two calls. Raises RulesBroken, Busy and LedgerUnusable.
    """
    desk.check_folders()
    from processor.app import day_list

    with nullcontext(kept) if kept else Kept() as kept:
        return day_list.today(desk, as_of, kept)


def order(desk: Desk, number: str, as_of: datetime, kept: Kept | None = None) -> OrderOfToday:
    """One order of the day, done or not, with what it rests on and what was told of it. Changes nothing.

    If `kept` has seen the list a moment ago, it is told by that list. Raises NotOfToday, and what `today` raises.
    """
    desk.check_folders()
    from processor.app import day_list

    with nullcontext(kept) if kept else Kept() as kept:
        return day_list.order(desk, number, as_of, kept)


def answer(
    desk: Desk, orders: Sequence[str], cells: Mapping[str, str], as_of: datetime, kept: Kept | None = None
) -> Told:
    """Tell the same answers about some orders, as a returned workbook would, and run on them alone, without a workbook.

    `cells`: header of an answer cell → answer. What else lies in the inbox waits for `run`. `kept`: as for `today`.
    Raises UnknownAnswer, RulesBroken, Busy, LedgerUnusable, ClockInDoubt and OSError; then nothing was told.
    """
    desk.check_folders()
    from processor.app import day_list

    with nullcontext(kept) if kept else Kept() as kept:
        return day_list.answer(desk, orders, cells, as_of, kept)


def take_back(desk: Desk, orders: Sequence[str], told: str, as_of: datetime, kept: Kept | None = None) -> Told:
    """Take back what was told about some orders today: all is then as if it had never been told.

    `told`: the name of the file that told it, such as `Told.name`. Raises NotTold, and what `answer` raises.
    """
    desk.check_folders()
    from processor.app import day_list

    with nullcontext(kept) if kept else Kept() as kept:
        return day_list.take_back(desk, orders, told, as_of, kept)


def recognise(
    desk: Desk, as_of: datetime, passwords: Passwords, marks: Path | None = None, on_progress: OnProgress = UNHEARD
) -> Recognised:
    """What lies in the inbox, as a run would read it now, and which exports and rows the day lacks. Changes nothing.

    A locked file that no password opens is told as locked. Raises NoDesk, RulesBroken, LedgerUnusable and OSError.
    """
    with ReadingProcess(_furnished(desk).lying_in_inbox, passwords) as process:
        from processor.app import checking, proofs, recognising

        book = checking.read(desk.rules, proofs.proved(marks))
        return recognising.recognise(desk, book, as_of, Opening(process, passwords), on_progress)


def opens(desk: Desk, name: str, password: str, marks: Path | None = None) -> bool:
    """Does the password open that file of the inbox? `name`: as `recognise` tells it. Raises NoDesk and RulesBroken."""
    with ReadingProcess() as process:
        from processor.app import checking, proofs, recognising

        book = checking.read(_furnished(desk).rules, proofs.proved(marks))
        return recognising.opens(desk, book, name, password, process)


def correct(
    desk: Desk,
    file: str,
    cells: Mapping[tuple[str, int], Mapping[str, str]],
    as_of: datetime,
    passwords: Passwords,
    lang: str = "ko",
    marks: Path | None = None,
) -> Path:
    """Lay a correction copy with these rows into the inbox, as if the seller had corrected the one that a run writes.

    `file`, `cells`: as `recognise` tells the rows to correct: sheet and row → header → the right value. Returns the path
    of the copy. Raises NoDesk, NotCorrected, FileMissing, PasswordNeeded, RulesBroken, Busy and OSError.
    """
    with ReadingProcess((), passwords) as process:
        from processor.app import checking, correcting, proofs

        book = checking.read(_furnished(desk).rules, proofs.proved(marks))
        return correcting.correct(desk, book, file, cells, as_of, Opening(process, passwords), lang)


def set_aside(desk: Desk, name: str, moment: datetime) -> Path:
    """Move a file that is not wanted out of the inbox into failed/, with a letter beside it; returns its new path.

    `name`: as `recognise` tells it. Raises NoDesk, FileMissing, Busy and OSError.
    """
    from processor.app import setting_aside

    return setting_aside.set_aside(_furnished(desk), name, moment)


def decide(
    files: Sequence[Path], rules: Path, as_of: datetime, passwords: Passwords, on_progress: OnProgress = UNHEARD
) -> Report:
    """Decide what to do about the orders in these files. Nothing is written, moved or remembered.

    Raises RulesBroken, FileMissing, PasswordNeeded and ClockBehind.
    """
    with ReadingProcess(files, passwords) as process:
        from processor.app import checking, morning

        book = checking.read(rules)
        return morning.decide(files, book, as_of, Opening(process, passwords), on_progress)


def explain(
    number: str,
    desk: Desk,
    as_of: datetime,
    passwords: Passwords,
    *,
    then: bool = True,
    of_run: str | None = None,
    on_progress: OnProgress = UNHEARD,
) -> Story | NotFound | Unexplained:
    """The story of one order: by the files of the inbox, else of the newest run that decided it. Changes nothing.

    `then`: a past run is told by the rules and the moment of then, else by today's rules as of `as_of`. `of_run`: the
    story of that run. Raises RulesBroken, PasswordNeeded, BriefMissing, RulesGone, HistoryDamaged and LedgerUnusable.
    """
    desk.check_folders()
    with ReadingProcess((), passwords) as process:
        from processor.app import checking, explaining

        book = checking.read(desk.rules)
        on_progress(Progress(Stage.FILES_READ, 0, 0))
        opening = Opening(process, passwords)
        return explaining.explain(number, desk, book, as_of, opening, then=then, run=of_run)


def replay(desk: Desk, what: str, marks: Path | None = None) -> Replayed:
    """Decide a past run once more, by the rules and memory of then. `what`: its name, or an order that it decided.

    Changes nothing. `marks`: as for `run`. Raises NoDesk, NoSuchRun, BriefMissing, RulesGone and HistoryDamaged.
    """
    from processor.app import proofs, replaying
    from processor.app.past_runs import PastRuns

    return replaying.replay(PastRuns(_furnished(desk), proofs.proved(marks)), what)


def history(desk: Desk, before: date | None = None) -> PastDays:
    """The newest days on which the desk was worked, or the newest of those before a day. Changes nothing.

    Raises NoDesk and OSError; a run that cannot be told any more is told as that.
    """
    from processor.app import past_days
    from processor.app.past_runs import PastRuns

    return past_days.past_days(PastRuns(_furnished(desk)), before)


def impact(
    desk: Desk,
    today: date,
    passwords: Passwords,
    new: Path | None = None,
    against: Path | None = None,
    since: date | None = None,
    marks: Path | None = None,
) -> Compared:
    """What other rules would have decided on the past runs, and which situations they answer otherwise. Changes nothing.

    `new`: the rules to try; None = those of the desk. `against`: what to compare with; None = the rules of each run.
    `since`: the first day of which runs are tried. `today`: the day on which situations are compared. `passwords`: for
    files in done/, if the rules read files otherwise. `marks`: as for `run`.
    Raises NoDesk, RulesBroken and OSError; what can't be tried is listed in the outcome.
    """
    with ReadingProcess((), passwords) as process:
        from processor.app import checking, proofs, rereading, trying
        from processor.app.past_runs import PastRuns

        desk = _furnished(desk)
        proved = proofs.proved(marks)
        book = checking.read(new or desk.rules, proved)
        other = None if against is None else checking.read(against, proved)
        runs = PastRuns(desk, proved, {known.sha256: known for known in (book, other) if known})
        reread = rereading.Rereading(runs, Opening(process, passwords))
        return trying.impact(runs, reread, book, today, other, since)


def write_impact(desk: Desk, compared: Compared, moment: datetime, lang: str = "ko") -> Path:
    """Write the workbook 영향_YYYYMMDD_HHMMSS.xlsx about it into the outbox; returns its path. Raises OSError."""
    from processor.app import desks
    from processor.outbox import impact as sheets

    path = desks.unused(desk.outbox / f"영향_{moment:%Y%m%d_%H%M%S}.xlsx")
    sheets.write_impact(
        path, compared.impact, compared.new, compared.against, compared.differences, compared.changes, moment, lang
    )
    return path


def upgrade(
    desk: Desk, moment: datetime, passwords: Passwords, marks: Path | None = None, *, yes: bool = False
) -> Upgrade:
    """What the newest default rules would change for a desk; with `yes` its rules.yaml is put on them.

    A complete rules.yaml becomes settings and changes. The old file is kept beside the new one. `passwords`, `marks`: as
    for `impact`. Raises NoDesk, RulesBroken, NotCarried, Busy, LedgerUnusable and OSError; then nothing was changed.
    """
    with ReadingProcess((), passwords) as process:
        from processor.app import upgrading

        return upgrading.upgrade(_furnished(desk), moment, Opening(process, passwords), marks, yes=yes)


def suppose(facts: Situation, book: Rulebook, as_of: datetime) -> Story | Impossible:
    """The story of a supposed situation: word → value. A word that is not given is unknown or has its usual value."""
    from processor.app import explaining

    return explaining.suppose(facts, book, as_of)


def rules(path: Path, marks: Path | None = None) -> Rulebook:
    """The checked rules of that file. `marks`: as for `run`. Raises RulesBroken with every complaint."""
    from processor.app import checking, proofs

    return checking.read(path, proofs.proved(marks))


def in_force(path: Path, day: date, only: tuple[str, ...] = (), marks: Path | None = None) -> InForce:
    """The rules of that file on a day as sentences, and whose each row is: the default's, changed, or the desk's own.

    `only`: the ids of rows and names of sections that are wanted; none = all. `marks`: as for `run`.
    Raises RulesBroken and WrongUse.
    """
    from processor.app import proofs, telling_rules

    return telling_rules.in_force(path, day, only, proofs.proved(marks))


def desk_changes(path: Path, day: date, marks: Path | None = None) -> DeskChanges:
    """What the rules of that file have otherwise than the default on which they build, and what they answer otherwise.

    A file that is complete by itself is compared with the newest default. `marks`: as for `run`. Raises RulesBroken.
    """
    from processor.app import proofs, telling_changes

    return telling_changes.desk_changes(path, day, proofs.proved(marks))


def check(path: Path, day: date) -> Checked:
    """Check the rules for a day: what is proved, what no example shows, what needs review. Raises RulesBroken."""
    from processor.app import checking

    return checking.check(path, day)


def settings(desk: Desk) -> Settings:
    """The shop's settings that are in force, and what may be written for each. Raises NoDesk and RulesBroken."""
    from processor.app import setting

    return setting.settings(_furnished(desk))


def change_settings(desk: Desk, said: Iterable[tuple[str, str]], marks: Path | None = None) -> SettingsChanged:
    """Give settings other values in rules.yaml, if it is sound with them. `said`: names, and values as a seller says them.

    A name is that of rules.yaml or the label: ("return_fee", "3,000원"), ("오늘출발 마감", "오후 2시"). All else in the file
    stays as it is. `marks`: as for `run`. Raises NoDesk, WrongUse, RulesBroken, Busy and OSError; then nothing was written.
    """
    from processor.app import setting

    return setting.change(_furnished(desk), said, marks)


def ordered(desk: Desk, as_of: datetime, marks: Path | None = None) -> list[Ordered]:
    """The products of the list of the day, most ordered first. Changes nothing. Raises what `today` raises."""
    listing = today(desk, as_of, Kept(marks))
    from processor.app import setting

    return setting.ordered(listing)


def messages(desk: Desk, marks: Path | None = None) -> Messages:
    """The messages to buyers, each with the default's text and a filled sample. Raises NoDesk and RulesBroken."""
    from processor.app import drafting

    return drafting.messages(_furnished(desk), marks)


def try_message(desk: Desk, name: str, text: str, marks: Path | None = None) -> Tried:
    """What another text of a message would be, filled or with what is wrong. Changes nothing.

    Raises NoDesk, RulesBroken, and WrongValues if there is no such message.
    """
    from processor.app import drafting

    return drafting.try_message(_furnished(desk), name, text, marks)


def change_messages(desk: Desk, said: Mapping[str, str | None], marks: Path | None = None) -> Messages:
    """Give messages other texts in rules.yaml, if it is sound with them. `said`: name → text; None = the default's text.

    All else in the file stays as it is. Raises NoDesk, WrongValues, RulesBroken, Busy and OSError; then nothing was written.
    """
    from processor.app import drafting

    return drafting.change(_furnished(desk), said, marks)


def try_settings(
    desk: Desk, said: Iterable[tuple[str, str]], as_of: datetime, marks: Path | None = None
) -> SettingsTried:
    """What other settings would do to the list of the day, before `change_settings` writes them. Changes nothing.

    `marks`: as for `run`. Raises NoDesk, WrongUse, WrongValues (which says at which setting), RulesBroken, Busy and
    LedgerUnusable.
    """
    from processor.app import setting

    return setting.tried(_furnished(desk), said, as_of, marks)


def teachable(desk: Desk, file: Path, passwords: Passwords) -> Teachable:
    """What of a file nobody knows: columns and labels, each with what it may be, nearest first. Changes nothing.

    `file`: a path, or the name of a file in the inbox or put away. Raises NoDesk, RulesBroken, FileMissing and
    PasswordNeeded.
    """
    with ReadingProcess((), passwords) as process:
        from processor.app import teaching

        return teaching.teachable(_furnished(desk), file, Opening(process, passwords))


def file_of(desk: Desk, name: str) -> Path:
    """The file of that name in the inbox, or put away by the newest run that had one. Raises FileMissing."""
    from processor.app import teaching

    return teaching.file_of(desk, name)


def teach(
    desk: Desk,
    file: Path,
    columns: Sequence[tuple[str, str]],
    labels: Sequence[tuple[str, str]],
    as_of: datetime,
    passwords: Passwords,
    *,
    write: bool,
) -> Taught:
    """Read a file as it would be read with other names of columns or labels; `write`: and add them to rules.yaml.

    Each is the unknown name with a known one that means the same: ("새 주문번호", "주문번호"), ("발송 준비", "발송대기"). If a label
    stands in several columns, its column is put in front: ("주문상태:발송 준비", "발송대기"). Nothing is written if one of them is
    refused, or if the rules would not be sound. The rules.yaml of before is kept beside it.
    Raises NoDesk, NotTaught, RulesBroken, FileMissing, PasswordNeeded, ClockBehind, Busy and OSError.
    """
    with ReadingProcess((), passwords) as process:
        from processor.app import teaching

        lessons = [*teaching.lessons(columns), *teaching.lessons(labels, of_labels=True)]
        return teaching.teach(_furnished(desk), file, lessons, as_of, Opening(process, passwords), write=write)


def status(desk: Desk, today: date) -> Status:
    """The open work by the last runs. Raises NoDesk and LedgerUnusable."""
    from processor.app import waiting

    return waiting.status(_furnished(desk), today)


def all_waiting(root: Path, today: date, lang: str = "ko") -> list[Waits]:
    """The open work of every desk below a folder by its last runs, the most urgent first. Raises NoDesks.

    A desk of which it can't be told says why.
    """
    from processor.app import waiting_at_desks

    return waiting_at_desks.all_waiting(root, today, lang)


def reminders(desk: Desk, now: datetime, marks: Path | None = None) -> tuple[Text, ...]:
    """What the seller may be reminded of at this time of the day: deadlines and missing files, in counts. Changes nothing.

    Raises NoDesk, RulesBroken and LedgerUnusable.
    """
    from processor.app import checking, proofs, reminding, waiting
    from processor.judge import Workdays

    calendar = checking.read(_furnished(desk).rules, proofs.proved(marks)).calendar
    found = waiting.status(desk, now.date()).waiting
    return tuple(reminding.reminders(found, now, workday=[*Workdays(calendar).days(now.date(), now.date())] != []))


def old(desk: Desk, before: date) -> Old:
    """What `forget` would remove. Raises NoDesk and LedgerUnusable."""
    from processor.app import forgetting

    return forgetting.old(_furnished(desk), before)


def forget(desk: Desk, before: date) -> Old:
    """Remove filed inputs of before that day, and records of the ledger that nothing needs any more.

    Raises NoDesk, Busy, LedgerUnusable and OSError.
    """
    from processor.app import forgetting

    return forgetting.forget(_furnished(desk), before)


def template(desk: Desk, lang: str = "ko") -> Path:
    """Write an empty form for answers and sold-out products; returns its path. Raises RulesBroken and OSError."""
    from processor.app import desks

    desk.check_folders()
    return desks.template(desk, lang)


def new_desk(folder: Path) -> Desk:
    """Make rules.yaml, inbox/, outbox/ and a starter for the page. Raises DeskExists and OSError."""
    from processor.app import desks

    return desks.new_desk(folder)


def demo_desk(folder: Path, as_of: datetime) -> DemoDesk:
    """A desk of invented orders, ready to be run. Raises OSError."""
    from processor.app import desks

    return desks.demo_desk(folder, as_of)


def _furnished(desk: Desk) -> Desk:
    """The desk, if it is one. Raises NoDesk and OSError."""
    if not desk.rules.exists():
        raise NoDesk(desk.home)
    desk.check_folders()
    return desk
