"""The commands that decide: over the inbox of a desk, or over named files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from processor.app.desk import Desk
from processor.cli.clock import moment
from processor.cli.errors import stop, trouble_with_the_ledger
from processor.cli.language import LANG, said
from processor.cli.options import as_json, as_of, catchup, dry_run, files, home, lang, password_file, quiet, rules
from processor.cli.passwords import every_password, needed, offering_to_keep
from processor.cli.rules import checked_rules
from processor.cli.speech import AS_JSON, answer, json_line, remark, tell
from processor.model import Text
from processor.opener import process

if TYPE_CHECKING:  # a heavy room; the commands import it when they run
    from processor.app.run import ClockBehind, Done, Errand, NothingNew

_NO_PASSWORD: Final = Text(
    "rules.yaml의 store.protect_outbox가 true인데 처리목록을 잠글 비밀번호가 없습니다. `python -m processor password`로 적어 두거나 "
    "PROCESSOR_PASSWORDS, --password-file로 알려 주세요. 아무것도 옮기지 않았습니다.",
    "store.protect_outbox in rules.yaml is true, but there is no password to lock the workbook with. Keep one with `python -m "
    "processor password`, or tell it by PROCESSOR_PASSWORDS or --password-file. Nothing was moved.",
)

_NOTHING_DECIDED: Final = Text(
    "그 안에 취소요청이나 이미 나간 주문이 있을 수 있어 아무것도 판단하지 않았습니다.",
    "There may be cancel requests or parcels that have left in there, so nothing was decided.",
)
_ALL_LEFT: Final = Text(
    "그 안에 취소요청이나 이미 나간 주문이 있을 수 있어 아무것도 판단하지 않았고, 파일은 모두 inbox에 그대로 있습니다.",
    "There may be cancel requests or parcels that have left in there, so nothing was decided, and every file is still in inbox.",
)

_OVERLAP: Final = Text(
    "inbox와 outbox가 같은 폴더이거나 하나가 다른 하나 안에 있습니다. 처리목록까지 받은 파일로 읽히게 되므로 시작하지 않았습니다. "
    "서로 다른 두 폴더로 나누어 주세요.",
    "inbox and outbox are the same folder, or one lies in the other, so workbooks would be read as inputs. Nothing was done. "
    "Make them two separate folders.",
)


@home
@as_of
@password_file
@dry_run
@catchup
@as_json
@quiet
@lang
def run(
    home: Path, as_of: str | None, password_file: Path | None, dry_run: bool, catchup: bool, quiet: bool
) -> NoReturn:
    desk, passwords = Desk(home), every_password(password_file, ask=not (quiet or AS_JSON))
    process.begin(desk.lying_in_inbox, passwords)  # it makes itself ready while this program loads pandas
    from processor.app.run import Errand

    if dry_run and catchup:
        both = Text("--dry-run과 --catchup은 함께 쓸 수 없습니다.", "--dry-run and --catchup can't go together.")
        stop(2, "usage", both)
    with offering_to_keep(passwords):
        run_desk(desk, Errand(moment(as_of), passwords, LANG, dry_run, catchup), quiet)


@files
@rules
@as_of
@password_file
@as_json
@lang
def decide(files: tuple[Path, ...], rules: Path, as_of: str | None, password_file: Path | None) -> NoReturn:
    passwords = every_password(password_file, ask=False)
    process.begin(files, passwords)
    from processor import outbox
    from processor.app.run import ClockBehind, Errand
    from processor.app.run import decide as decide_files
    from processor.intake import PasswordNeeded

    book = checked_rules(rules)
    missing = [file for file in files if not file.is_file()]
    if missing:
        names = ", ".join(str(file) for file in missing)
        stop(2, "file_missing", Text(f"파일이 없습니다: {names}", f"No such file: {names}"))
    try:
        report = decide_files(files, book, Errand(moment(as_of), passwords, LANG))
    except PasswordNeeded as locked:
        needed(locked, _NOTHING_DECIDED)
    except ClockBehind as behind:
        stop(3, "clock_behind", _clock_behind(behind))
    answer(json_line(line) for line in outbox.lines(report, LANG))
    raise click.exceptions.Exit(1 if outbox.needs_you(report) else 0)


def run_desk(desk: Desk, errand: Errand, quiet: bool) -> NoReturn:
    """A run by the ordinary path, and what it says about itself."""
    from processor import ledger, outbox
    from processor.app.program import program
    from processor.app.run import ClockBehind, NoPassword, NothingNew
    from processor.app.run import run as run_inbox
    from processor.intake import PasswordNeeded

    with trouble_with_the_ledger(), ledger.opened(desk.ledger, writing=False) as memory:
        sound = memory.rules_of(program())
    book = checked_rules(desk.rules, sound)
    if desk.folders_overlap:
        stop(2, "folders_overlap", _OVERLAP)
    if not AS_JSON and not quiet:
        remark(said("읽고 판단하는 중입니다…", "Reading and deciding…"))
    try:
        with trouble_with_the_ledger():
            done = run_inbox(desk, book, errand)
    except PasswordNeeded as locked:
        needed(locked, _ALL_LEFT)
    except ClockBehind as behind:
        stop(3, "clock_behind", _clock_behind(behind))
    except NoPassword:
        stop(3, "no_password_to_lock_with", _NO_PASSWORD)
    if done.resumed is not None and not AS_JSON:
        tell([_finished(done.resumed)])
    if isinstance(done, NothingNew):
        _say_nothing_new(desk, done, quiet)
        raise click.exceptions.Exit(0)
    needs_you = outbox.needs_you(done.report)
    if AS_JSON:
        tell([_as_json(done)])
    elif needs_you or not quiet:
        copies = [outbox.correct([*map(str, done.corrections)]).said(LANG)] if done.corrections else []
        tell([*outbox.spoken(done.report, LANG), *copies, _opened(done.workbook, errand)])
    raise click.exceptions.Exit(1 if needs_you else 0)


def _clock_behind(behind: ClockBehind) -> Text:
    now, made = f"{behind.as_of:%Y-%m-%d %H:%M}", f"{behind.made:%Y-%m-%d %H:%M}"
    return Text(
        f"오늘을 {now}로 보고 있는데 {behind.file} 파일은 이름대로면 {made}에 받은 것입니다. 기한과 벌점이 모두 틀리게 되므로 아무것도 판단하거나 "
        "옮기지 않았습니다. 컴퓨터의 날짜와 시계를 맞추고 다시 실행하세요. 파일 이름의 날짜가 틀렸으면 이름을 고치세요.",
        f"Today is taken to be {now}, but by its name {behind.file} was downloaded at {made}. Deadlines and points would all be wrong, so "
        "nothing was decided or moved. Set this computer's date and clock and run again; if the name is wrong, rename the file.",
    )


def _say_nothing_new(desk: Desk, done: NothingNew, quiet: bool) -> None:
    from processor import outbox

    nothing = said(f"{desk.inbox}에 새 파일이 없습니다.", f"Nothing new in {desk.inbox}.")
    if AS_JSON:
        repeats = [outbox.of_repeat(repeat) for repeat in done.repeats]
        told = {"type": "nothing_new", "message": nothing, "repeats": repeats, "resumed": _name(done.resumed)}
        tell([json_line(told)])
    elif not quiet:
        tell([nothing, *outbox.spoken_repeats(done.repeats, LANG)])


def _as_json(done: Done) -> str:
    from processor import outbox

    problems = [line for line in outbox.lines(done.report, LANG) if line["type"] == "problem"]
    repeats = [outbox.of_repeat(repeat) for repeat in done.report.batch.repeats]
    return json_line(
        {
            "type": "run",
            "workbook": _name(done.workbook),
            "corrections": [str(copy) for copy in done.corrections],
            **outbox.summary(done.report),
            "problem_list": problems,
            "repeats": repeats,
            "resumed": _name(done.resumed),
        }
    )


def _name(workbook: Path | None) -> str | None:
    return str(workbook) if workbook else None


def _finished(workbook: Path) -> str:
    return said(
        f"지난번에 멈춘 실행을 마저 끝냈습니다. 그때의 처리목록: {workbook}",
        f"An earlier run had stopped half-way and is finished now. Its workbook: {workbook}",
    )


def _opened(workbook: Path | None, errand: Errand) -> str:
    if errand.dry:
        return said("연습 실행이라 아무것도 쓰거나 옮기지 않았습니다.", "Dry run: nothing was written or moved.")
    if workbook is None and not errand.catch_up:
        return said(
            "새로 할 일이 없어 처리목록을 만들지 않았습니다. 적어 주신 것은 적어 두었습니다.",
            "There is nothing new to do, so there is no new workbook. What you wrote is remembered.",
        )
    if workbook is None:
        return said(
            "알아 두기만 했습니다. 처리목록은 만들지 않았고, 다음부터 바뀐 것을 이것과 견줍니다.",
            "Taken note of only: there is no workbook, and what changes from now on is compared with this.",
        )
    return said(f"이 파일을 여세요: {workbook}", f"Open this workbook: {workbook}")
