"""The errors of `app`: each has a stable code, a sentence in both languages, and details for programs.

The terminal, the page and other programs show the same sentence. When one is raised, nothing was moved or written.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from processor.disk import NotPlain
from processor.model import YEARS_WITH_HOLIDAYS, Text, josa

if TYPE_CHECKING:  # heavy rooms; the code that raises these errors has imported them already
    from datetime import datetime

    from processor.ledger import Owner
    from processor.model import Problem
    from processor.rulebook import Complaint

_SHOWN: Final = 10  # names of files in one sentence; programs get all of them


class Refused(Exception):
    """`code` is stable; `lines` are for a person; `details(lang)` are plain values for programs.

    `message`: all lines as one text. `wrong_use`: True if the same call can never succeed, False if it may succeed later.
    """

    code: str
    wrong_use = False

    def __init__(self, *lines: Text) -> None:
        self.lines = lines
        self.message = Text.joined("\n", lines)
        super().__init__(self.message.en)

    def details(self, _lang: str) -> Mapping[str, Any]:
        return {}


class WrongUse(Refused):
    """The call itself is wrong, such as an option with an unreadable value."""

    code = "usage"
    wrong_use = True


class UnknownAnswer(Refused):
    """There is no answer cell of that name."""

    code = "unknown_answer"
    wrong_use = True

    def __init__(self, headers: Sequence[str]) -> None:
        names = ", ".join(f"'{header}'" for header in headers)
        super().__init__(
            Text(f"{names}: 답을 적는 칸에 이런 이름은 없습니다.", f"No cell for answers has this name: {names}.")
        )


class NotTold(Refused):
    """What is to be taken back was not told today about these orders, or is taken back already."""

    code = "not_told"
    wrong_use = True

    def __init__(self) -> None:
        super().__init__(
            Text(
                "오늘 적으신 답이 아니거나 이미 되돌린 답이라 되돌릴 것이 없습니다. 답을 바꾸려면 다른 답을 골라 주세요.",
                "That was not told today, or is taken back already. To change an answer, choose another one.",
            )
        )


class NotOfToday(Refused):
    """The files of this day do not tell of that order."""

    code = "not_of_today"
    wrong_use = True

    def __init__(self, number: str) -> None:
        super().__init__(
            Text(
                f"{josa(number, '은/는')} 오늘 파일에 없는 주문입니다. 번호를 확인하거나, 새로 받은 파일을 넣어 주세요.",
                f"{number} is in none of today's files. Check the number, or drop in newer files.",
            )
        )


class NoDesk(Refused):
    """The folder has no rules.yaml, so it is no desk."""

    code = "no_desk"
    wrong_use = True

    def __init__(self, home: Path) -> None:
        super().__init__(
            Text(
                f"{home}에 rules.yaml이 없어 작업 폴더로 쓸 수 없습니다. 작업 폴더를 --home으로 알려 주세요.",
                f"{home} has no rules.yaml, so it is no desk. Name the folder with --home.",
            )
        )


class NoDesks(Refused):
    """There is no desk below that folder."""

    code = "no_desks"
    wrong_use = True

    def __init__(self, root: Path) -> None:
        super().__init__(
            Text(
                f"{root} 아래에 작업 폴더(rules.yaml이 있는 폴더)가 없습니다.",
                f"There is no desk (a folder with rules.yaml) below {root}.",
            )
        )


class WorkerLost(Refused):
    """The processes that were to run one of many desks died, again and again."""

    code = "worker_lost"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "이 가게를 처리하던 프로그램이 거듭 갑자기 끝났습니다. 메모리가 모자라면 그럴 수 있습니다. 잃어버린 파일은 없으니 이 가게만 따로 실행해 보세요.",
                "The program that worked on this desk ended suddenly, again and again; too little memory may be why. No file was lost: "
                "run this desk alone.",
            )
        )


class WorkersGone(Refused):
    """The cluster, or whoever else ran many desks, is gone."""

    code = "workers_gone"

    def __init__(self, done: int, of: int) -> None:
        super().__init__(
            Text(
                f"클러스터와 연결이 끊겨 가게 {of:,}곳 가운데 {done:,}곳만 끝난 것을 확인했습니다. 잃어버린 파일은 없고, 다시 실행하면 나머지를 이어서 처리합니다.",
                f"The cluster is gone: {done:,} of {of:,} desks are known to be done. No file was lost: run again, and the others follow.",
            )
        )
        self.done, self.of = done, of

    def details(self, _lang: str) -> Mapping[str, Any]:
        return {"done": self.done, "desks": self.of}


class ClusterUnfit(Refused):
    """The cluster can't run the desks: nothing was decided. `code`: why."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(message)
        self.code = code


class OtherProgram(Refused):
    """A worker has another version of this program than whoever asks it."""

    code = "other_program"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "이 가게를 맡은 컴퓨터에 다른 버전의 프로그램이 있어 처리하지 않았습니다. 모든 컴퓨터에 같은 버전을 설치하고 다시 실행하세요.",
                "The computer that was to run this desk has another version of this program. Install the same one everywhere and run again.",
            )
        )


class DeskExists(Refused):
    """A new desk was to be made where there is one already."""

    code = "desk_exists"
    wrong_use = True

    def __init__(self, rules: Path) -> None:
        super().__init__(
            Text(
                f"{josa(str(rules), '이/가')} 이미 있어 그대로 두었습니다.",
                f"{rules} exists already and was left alone.",
            )
        )


class FileMissing(Refused):
    """Named files do not exist."""

    code = "file_missing"
    wrong_use = True

    def __init__(self, files: Sequence[Path]) -> None:
        names = ", ".join(str(file) for file in files)
        super().__init__(Text(f"파일이 없습니다: {names}", f"No such file: {names}"))


class RulesBroken(Refused):
    """rules.yaml is not sound; holds every complaint. Nothing was read from the inbox."""

    code = "rules_broken"
    wrong_use = True

    def __init__(self, file: str, complaints: Sequence[Complaint]) -> None:
        placed = [(f"{file}:{each.line}:{each.column}: ", each.message) for each in complaints]
        super().__init__(*(Text(f"{place}{message.ko}", f"{place}{message.en}") for place, message in placed))
        self.file = file
        self.complaints = complaints

    def details(self, lang: str) -> Mapping[str, Any]:
        complaints = [
            {"line": each.line, "column": each.column, "message": each.message.said(lang)} for each in self.complaints
        ]
        return {"file": self.file, "complaints": complaints}


class WrongValues(Refused):
    """What was said for some settings or messages can't stand there. `wrong`: name → the sentence that says why."""

    code = "wrong_values"
    wrong_use = True

    def __init__(self, wrong: Mapping[str, Text]) -> None:
        super().__init__(*wrong.values())
        self.wrong = wrong

    def details(self, lang: str) -> Mapping[str, Any]:
        return {"wrong": {name: text.said(lang) for name, text in self.wrong.items()}}


class NotCarried(RulesBroken):
    """What the seller has changed in rules.yaml can't be carried to the newest default. Nothing was swapped."""

    code = "not_carried"

    def __init__(self, file: str, complaints: Sequence[Complaint]) -> None:
        super().__init__(file, complaints)
        Refused.__init__(self, _NOT_SWAPPED, *self.lines)


class Busy(Refused):
    """Another run is working on this desk."""

    code = "busy"

    def __init__(self, owner: Owner | None) -> None:
        super().__init__(_at_work(owner))


def _at_work(owner: Owner | None) -> Text:
    if owner is None:
        return Text(
            "이 작업 폴더에서 프로그램이 이미 실행 중입니다. 끝난 뒤 다시 실행하세요.",
            "Another run is working on this desk. Run again when it is done.",
        )
    since = f"{owner.since:%m-%d %H:%M}"
    return Text(
        f"이 작업 폴더에서 프로그램이 이미 실행 중입니다: 컴퓨터 {owner.computer}, 프로그램 번호 {owner.process}, {since}부터. 끝난 뒤 다시 "
        "실행하세요.",
        f"Another run is working on this desk: computer {owner.computer}, process {owner.process}, since {since}. Run again "
        "when it is done.",
    )


class LedgerUnusable(Refused):
    """The ledger is damaged, or a newer version of this program wrote it."""

    code = "ledger_unusable"

    def __init__(self, path: Path, *, newer: bool) -> None:
        super().__init__(_of_a_newer_version(path) if newer else _damaged(path))


def _of_a_newer_version(path: Path) -> Text:
    return Text(
        f"기록 파일 {josa(str(path), '은/는')} 더 새로운 버전의 프로그램이 만든 것이라 읽을 수 없습니다. 프로그램을 새 버전으로 바꾼 뒤 다시 실행하세요. "
        "아무것도 옮기지 않았습니다.",
        f"{path} was written by a newer version of this program. Update the program and run again. Nothing was moved.",
    )


def _damaged(path: Path) -> Text:
    return Text(
        f"기록 파일 {josa(str(path), '이/가')} 망가져 읽을 수 없습니다. 다른 이름으로 옮겨 두고 다시 실행하면 새로 시작합니다(그때까지의 답과 "
        "처리 기록은 쓰지 않습니다). 아무것도 옮기지 않았습니다.",
        f"{path} is damaged. Move it away and run again to start afresh (earlier answers and actions are forgotten). "
        "Nothing was moved.",
    )


class ClockBehind(Refused):
    """A file's name has a later day than the run: the clock or the name is wrong."""

    code = "clock_behind"

    def __init__(self, file: str, made: datetime, as_of: datetime) -> None:
        now, then = f"{as_of:%Y-%m-%d %H:%M}", f"{made:%Y-%m-%d %H:%M}"
        super().__init__(
            Text(
                f"기준 시각은 {now}인데 {file} 파일은 이름을 보면 {then}에 받은 것입니다. 기한과 벌점이 모두 틀리게 되므로 아무것도 판단하거나 "
                "옮기지 않았습니다. 컴퓨터의 날짜와 시계를 맞추고 다시 실행하세요. 파일 이름의 날짜가 틀렸으면 이름을 고치세요.",
                f"Today is taken to be {now}, but by its name {file} was downloaded at {then}. Deadlines and points would all be wrong, so "
                "nothing was decided or moved. Set this computer's date and clock and run again; if the name is wrong, rename the file.",
            )
        )


class ClockInDoubt(Refused):
    """The run's moment is long after that of the last recorded run, or on an earlier day: one of the two is wrong.

    With a wrong clock, orders would be closed and answers forgotten for good, so the seller confirms the clock first.
    """

    code = "clock_in_doubt"

    def __init__(self, pause: Text, last: datetime, as_of: datetime) -> None:
        super().__init__(
            Text(
                f"{pause.ko} 날짜가 틀리면 아직 끝나지 않은 주문과 적어 주신 답을 잃게 되므로 아무것도 판단하거나 옮기지 않았습니다. 컴퓨터의 날짜를 "
                "확인하고, 틀렸으면 맞춘 뒤 다시 실행하세요. 날짜가 맞으면 --clock-is-right를 붙여 실행하세요.",
                f"{pause.en} With a wrong date, open orders and your answers would be forgotten, so nothing was decided or moved. Look at this "
                "computer's date: if it is wrong, set it and run again; if it is right, run with --clock-is-right.",
            )
        )
        self.last, self.as_of = last, as_of

    def details(self, _lang: str) -> Mapping[str, Any]:
        return {"last_run": f"{self.last:%Y-%m-%dT%H:%M:%S}", "as_of": f"{self.as_of:%Y-%m-%dT%H:%M:%S}"}


class NoSuchRun(Refused):
    """No run of that name, or none that decided that order, is kept in the history."""

    code = "run_not_found"
    wrong_use = True

    def __init__(self, what: str) -> None:
        super().__init__(
            Text(
                f"지난 처리 기록에 '{what}'에 대한 것이 없습니다. 처리목록_20261123_090000.xlsx의 20261123_090000 같은 이름이나 상품주문번호를 적어 주세요. "
                "이 기능이 생기기 전의 처리와 forget으로 지운 기록은 볼 수 없습니다.",
                f"The history has nothing on '{what}'. Give a name like 20261123_090000 of 처리목록_20261123_090000.xlsx, or a product order number. "
                "Runs from before the history was kept, and what forget has removed, can't be told.",
            )
        )


class BriefMissing(Refused):
    """That run left no brief: it was made before briefs were kept, or its brief was removed."""

    code = "brief_missing"

    def __init__(self, run: str) -> None:
        super().__init__(
            Text(
                f"처리목록_{run}.xlsx를 만들 때 알던 것의 기록이 없습니다. 기록을 남기기 전의 처리이거나 forget으로 지운 것이라, 그때 그대로 다시 설명할 수 "
                "없습니다. 그 처리목록의 이유 칸을 보세요.",
                f"There is no record of what 처리목록_{run}.xlsx knew: it was made before records were kept, or forget has removed it, so it can't be "
                "told again as it was. See the reasons in that workbook.",
            )
        )


class RulesGone(Refused):
    """The rules of that run are not in the history."""

    code = "rules_gone"

    def __init__(self, run: str) -> None:
        super().__init__(
            Text(
                f"처리목록_{run}.xlsx를 만든 rules.yaml이 기록에 없어 그때 그대로 다시 설명할 수 없습니다.",
                f"The rules.yaml of 처리목록_{run}.xlsx is not in the history, so it can't be told again as it was.",
            )
        )


class HistoryDamaged(Refused):
    """A file of the history is damaged, or was not made by this program."""

    code = "history_damaged"

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"지난 처리 기록 {josa(str(path), '이/가')} 망가져 읽을 수 없습니다. 다른 처리의 기록과 처리목록에는 영향이 없습니다.",
                f"{path} of the history is damaged and can't be read. Other runs and their workbooks are not touched by it.",
            )
        )


class NotTaught(Refused):
    """What was to be taught is not clear, or the values of the file contradict it. `lines`: why, for each lesson."""

    code = "not_taught"
    wrong_use = True


class NotCorrected(Refused):
    """Corrected rows still can't be used. `lines`: why, for each cell."""

    code = "not_corrected"
    wrong_use = True


class NoPassword(Refused):
    """store.protect_outbox demands a locked workbook, and there is no password for it."""

    code = "no_password_to_lock_with"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "rules.yaml의 store.protect_outbox가 true인데 처리목록을 잠글 비밀번호가 없습니다. `python -m processor password`로 저장해 두거나 "
                "PROCESSOR_PASSWORDS, --password-file로 알려 주세요. 아무것도 옮기지 않았습니다.",
                "store.protect_outbox in rules.yaml is true, but there is no password to lock the workbook with. Keep one with `python -m "
                "processor password`, or tell it by PROCESSOR_PASSWORDS or --password-file. Nothing was moved.",
            )
        )


class PasswordNeeded(Refused):
    """Locked files that may hold claims, dispatches or answers have no known password. `undone`: what was not done."""

    code = "password_needed"

    def __init__(self, problems: Sequence[Problem], undone: Text) -> None:
        super().__init__(_locked(problems, undone))
        self.problems = problems

    def details(self, lang: str) -> Mapping[str, Any]:
        from processor import outbox  # noqa: PLC0415 - a heavy room; whoever raises this has loaded it

        return {"problem_list": [outbox.of_problem(each, lang) for each in self.problems]}


NOTHING_DECIDED: Final = Text(
    "그 안에 취소요청이나 이미 나간 주문이 있을 수 있어 아무것도 판단하지 않았습니다.",
    "There may be cancel requests or parcels that have left in there, so nothing was decided.",
)
ALL_LEFT_IN_INBOX: Final = Text(
    "그 안에 취소요청이나 이미 나간 주문이 있을 수 있어 아무것도 판단하지 않았고, 파일은 모두 inbox에 그대로 있습니다.",
    "There may be cancel requests or parcels that have left in there, so nothing was decided, and every file is still in inbox.",
)
STORY_NOT_TOLD: Final = Text(
    "그 안에 이 주문이 있을 수 있어 설명하지 않았습니다. 아무것도 옮기거나 쓰지 않았습니다.",
    "This order may be in there, so its story was not told. Nothing was moved or written.",
)
_CAUSES: Final = {
    "password_missing": Text(
        "비밀번호를 몰라 열지 못한 파일이 있습니다", "These files are locked, and no password is known"
    ),
    "password_wrong": Text(
        "알고 있는 비밀번호로는 열리지 않는 파일이 있습니다", "None of the known passwords opens these files"
    ),
}
_ZIP: Final = Text(
    "압축에 비밀번호가 걸려 풀지 못한 파일이 있습니다", "These files could not be unpacked, for their zip is locked"
)
_TELL: Final = Text(
    "비밀번호를 알려 주고 다시 실행하세요: 터미널에서 `python -m processor run`이 물어볼 때 입력하거나, `python -m processor password`로 저장해 두거나, "
    "PROCESSOR_PASSWORDS나 --password-file로 알려 주면 됩니다. 비밀번호를 모르면 판매자센터에서 새로 내려받아 바꾸어 넣으세요.",
    "Tell the password and run again: type it when `python -m processor run` asks in a terminal, keep it with `python -m processor password`, or use "
    "PROCESSOR_PASSWORDS or --password-file. If you don't know it, download the file from the Seller Center anew.",
)
_UNPACK: Final = Text(
    "압축을 직접 풀어 안의 엑셀 파일을 넣고, 압축 파일은 빼 주세요.",
    "Unpack the zip yourself, put in the spreadsheets and take the zip out.",
)


def _locked(problems: Sequence[Problem], undone: Text) -> Text:
    files: dict[str, list[str]] = {}
    for problem in problems:
        files.setdefault(problem.code, []).append(problem.place.file)
    sentences = [_named(_CAUSES.get(code, _ZIP), names) for code, names in files.items()]
    remedies = [_TELL] if files.keys() & _CAUSES.keys() else []
    remedies += [_UNPACK] if files.keys() - _CAUSES.keys() else []
    whole = [*sentences, undone, *remedies]
    return Text(" ".join(each.ko for each in whole), " ".join(each.en for each in whole))


def _named(cause: Text, names: Sequence[str]) -> Text:
    shown, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
    ko, en = (f" 외 {more}개", f" and {more} more") if more > 0 else ("", "")
    return Text(f"{cause.ko}: {shown}{ko}.", f"{cause.en}: {shown}{en}.")


# ── what the operating system refuses ──

_DISK_SAYS: Final = {
    errno.ENOSPC: Text("디스크 공간이 부족합니다", "no space is left on the disk"),
    errno.EACCES: Text(
        "권한이 없거나 다른 프로그램이 열어 두었습니다", "no permission, or another program has it open"
    ),
    errno.EPERM: Text("권한이 없습니다", "no permission"),
    errno.EROFS: Text("읽기 전용인 곳입니다", "the place is read-only"),
    errno.EEXIST: Text("같은 이름의 파일이 이미 있습니다", "a file of that name exists already"),
    errno.EBUSY: Text("다른 프로그램이 쓰고 있습니다", "another program is using it"),
    errno.EIO: Text("디스크 오류입니다", "the disk failed"),
    errno.EFBIG: Text("파일이 너무 커져 쓸 수 없습니다", "the file grew too large"),
    errno.ENOTDIR: Text("폴더가 있어야 할 곳에 파일이 있습니다", "a file stands where a folder should be"),
}


_LONGEST_PATH: Final = 260  # characters with the ending zero, as Windows comes


def could_not_finish(error: OSError) -> Text:
    """The sentence for an OSError. Every function of `app` may raise one; no file is lost then."""
    if isinstance(error, NotPlain):
        return error.message
    if error.filename and _is_too_long(error):
        return _too_long(str(error.filename))
    where_ko, where_en = (error.filename, error.filename) if error.filename else ("디스크", "the disk")
    reason = error.strerror or str(error)
    cause = _DISK_SAYS.get(error.errno or 0, Text(reason, reason))
    return Text(
        f"끝내지 못했습니다. 쓰거나 옮길 수 없는 곳: {where_ko} ({cause.ko}). 엑셀에서 열려 있으면 닫고, 디스크 공간과 폴더 권한을 "
        "확인한 뒤 다시 실행하세요. 잃어버린 파일은 없습니다.",
        f"Could not finish: {where_en} can't be written or moved ({cause.en}). Close it in Excel, check disk space and "
        "folder permissions, and run again. No file was lost.",
    )


def _is_too_long(error: OSError) -> bool:
    """Does the disk not take a name of this length? Windows then says that there is no such path."""
    windows = sys.platform == "win32" and error.errno == errno.ENOENT
    return error.errno == errno.ENAMETOOLONG or (windows and len(str(Path(error.filename).absolute())) >= _LONGEST_PATH)


def _too_long(path: str) -> Text:
    length = len(str(Path(path).absolute()))
    return Text(
        f"경로가 {length}자로 너무 깁니다: {path}. 파일 이름을 짧게 줄이거나 작업 폴더를 더 짧은 곳(예: C:\\가게)으로 옮긴 뒤 다시 "
        "실행하세요. 아무것도 옮기지 않았습니다.",
        f"This path is too long, with {length} characters: {path}. Give the file a shorter name, or move the desk to a shorter "
        "place (such as C:\\shop), and run again. Nothing was moved.",
    )


def too_far(moment: datetime, option: str | None) -> WrongUse:
    """The error for a moment by which nothing can be judged. option: None if the computer's clock gave it."""
    day = moment.date().isoformat()
    first, last = YEARS_WITH_HOLIDAYS[0], YEARS_WITH_HOLIDAYS[-1]
    if option is None:
        return WrongUse(
            Text(
                f"컴퓨터 시계의 날짜가 {day}입니다. 시계를 맞추고 다시 실행하세요.",
                f"The clock of this computer says {day}. Set it right and try again.",
            )
        )
    return WrongUse(
        Text(
            f"{option}에 적은 날({day})은 공휴일을 알 수 없는 해입니다. {first}년부터 {last}년 사이의 날을 적으세요.",
            f"The holidays of {option} ({day}) are not known. Write a day of {first} to {last}.",
        )
    )


def no_day(written: str, option: str) -> WrongUse:
    """The error for a day or moment that cannot be read."""
    subject = josa(f"'{written}'", "은/는")
    return WrongUse(
        Text(
            f"{option}에 적은 {subject} 날짜가 아닙니다. 2026-11-22처럼 적으세요.",
            f"{option} '{written}' is no date. Write it like 2026-11-22.",
        )
    )


_NOT_SWAPPED: Final = Text(
    "rules.yaml을 새 기본 규칙으로 옮길 수 없어 그대로 두었습니다. 아래를 고친 뒤 다시 실행하세요.",
    "rules.yaml can't be put on the newest default rules and was left as it is. Mend this and run again.",
)
