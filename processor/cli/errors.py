"""Why a command could not do its work: JSON on stdout for programs, a sentence on stderr for people, and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

import click

from processor.cli.language import LANG, TYPED, said
from processor.cli.speech import AS_JSON, json_line, remark, tell
from processor.cli.start import missing
from processor.model import Text

if TYPE_CHECKING:  # heavy rooms; the commands import them when they run
    from processor.ledger import Owner, Unusable
    from processor.rulebook import RulesError

_REPEATED: Final = 3
_CAUSES: Final = {
    errno.ENOSPC: Text("디스크에 남은 자리가 없습니다", "no space is left on the disk"),
    errno.EACCES: Text(
        "권한이 없거나 다른 프로그램이 열어 두었습니다", "no permission, or another program has it open"
    ),
    errno.EPERM: Text("권한이 없습니다", "no permission"),
    errno.EROFS: Text("읽기만 할 수 있는 곳입니다", "the place is read-only"),
    errno.EEXIST: Text("같은 이름의 파일이 이미 있습니다", "a file of that name exists already"),
    errno.EBUSY: Text("다른 프로그램이 쓰고 있습니다", "another program is using it"),
    errno.EIO: Text("디스크가 말을 듣지 않습니다", "the disk failed"),
    errno.EFBIG: Text("파일이 너무 커져 쓸 수 없습니다", "the file grew too large"),
    errno.ENOTDIR: Text("폴더여야 할 자리에 파일이 있습니다", "a file stands where a folder should be"),
}
STOPPED: Final = Text(
    "누르신 대로 멈추었습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요.",
    "Stopped, as you asked. No file was lost: run again whenever you like.",
)

NO_KOREAN_NAMES: Final = Text(
    "이 컴퓨터의 언어 설정(LC_ALL 등)에서는 한글 이름의 파일을 만들 수 없어 끝내지 못했습니다. 환경 변수 PYTHONUTF8=1을 켜고 다시 "
    "실행하세요. 잃어버린 파일은 없습니다.",
    "Could not finish: with this computer's locale (LC_ALL and the like) no file can have a Korean name. Set the environment "
    "variable PYTHONUTF8=1 and run again. No file was lost.",
)


def stop(code: int, name: str, message: Text, **more: object) -> NoReturn:
    raise click.exceptions.Exit(complain(code, name, message, **more))


def complain(code: int, name: str, message: Text, **more: object) -> int:
    """Says why it ends here, and hands the exit code back. `more` is for programs."""
    if AS_JSON:
        tell([json_line({"type": "error", "code": name, "message": message.said(LANG), **more})])
    else:
        remark(message.said(LANG))
    return code


def refuse(error: RulesError) -> NoReturn:
    """Every complaint about rules.yaml at once; nothing was read from the inbox."""
    found = [(complaint.line, complaint.column, complaint.message.said(LANG)) for complaint in error.complaints]
    if AS_JSON:
        complaints = [{"line": line, "column": column, "message": message} for line, column, message in found]
        tell([json_line({"type": "error", "code": "rules_broken", "file": error.file, "complaints": complaints})])
    else:
        for line in _grouped(error.file, found):
            remark(line)
    raise click.exceptions.Exit(2)


def _grouped(file: str, found: list[tuple[int, int, str]]) -> Iterator[str]:
    """Line by line; what is said of many places is said a few times, and then where else."""
    places: dict[str, list[str]] = {}
    for line, column, message in found:
        places.setdefault(message, []).append(f"{line}:{column}")
    for line, column, message in found:
        nth = places[message].index(f"{line}:{column}")
        if nth < _REPEATED:
            yield f"{file}:{line}:{column}: {message}"
        elif nth == _REPEATED:
            rest = places[message][_REPEATED:]
            yield said(
                f"  같은 말이 {len(rest)}곳에 더 있습니다: {', '.join(rest)}",
                f"  The same holds for {len(rest)} more: {', '.join(rest)}",
            )


@contextmanager
def trouble_with_the_ledger() -> Iterator[None]:
    """Somebody else at work, or a memory that cannot be read: a sentence, and nothing has happened."""
    from processor import ledger

    try:
        yield
    except ledger.Busy as busy:
        stop(3, "busy", _at_work(busy.owner))
    except ledger.Unusable as unusable:
        stop(3, "ledger_unusable", _forgetful(unusable))


def _at_work(owner: Owner | None) -> Text:
    if owner is None:
        return Text(
            "다른 실행이 이 작업 폴더에서 일하고 있습니다. 끝난 뒤 다시 실행하세요.",
            "Another run is working on this desk. Run again when it is done.",
        )
    since = f"{owner.since:%m-%d %H:%M}"
    return Text(
        f"다른 실행이 이 작업 폴더에서 일하고 있습니다: 컴퓨터 {owner.computer}, 프로그램 번호 {owner.process}, {since}부터. 끝난 뒤 다시 "
        "실행하세요.",
        f"Another run is working on this desk: computer {owner.computer}, process {owner.process}, since {since}. Run again "
        "when it is done.",
    )


def _forgetful(unusable: Unusable) -> Text:
    if unusable.newer:
        return Text(
            f"기억 파일 {unusable.path}은 이 프로그램보다 새 판이 만든 것이라 읽을 수 없습니다. 프로그램을 새 판으로 바꾼 뒤 다시 실행하세요. "
            "아무것도 옮기지 않았습니다.",
            f"{unusable.path} was written by a newer version of this program. Update the program and run again. Nothing was "
            "moved.",
        )
    return Text(
        f"기억 파일 {unusable.path}이 망가져 읽을 수 없습니다. 다른 이름으로 옮겨 두고 다시 실행하면 새로 시작합니다(그때까지 적어 주신 답과 "
        "지난 처리는 잊습니다). 아무것도 옮기지 않았습니다.",
        f"{unusable.path} is damaged. Move it away and run again to start afresh (earlier answers and actions are "
        "forgotten). Nothing was moved.",
    )


def usage(wrong: str) -> Text:
    """Nothing typed at all: the help itself; else what was typed, and where to look."""
    typed = " ".join(TYPED)
    if not typed:
        return Text(wrong, wrong)
    return Text(
        f"이대로는 실행할 수 없습니다: {typed}\n쓸 수 있는 명령과 옵션은 `python -m processor --help`로 보세요.",
        f"{wrong}\nSee `python -m processor --help`.",
    )


def not_installed(error: ImportError) -> Text:
    return Text(*missing(error))


def disk(error: OSError) -> Text:
    where = error.filename or said("디스크", "the disk")
    reason = error.strerror or str(error)
    cause = _CAUSES.get(error.errno or 0, Text(reason, reason))
    return Text(
        f"끝내지 못했습니다. 쓰거나 옮길 수 없는 곳: {where} ({cause.ko}). 엑셀에서 열려 있으면 닫고, 디스크 공간과 폴더 권한을 "
        "확인한 뒤 다시 실행하세요. 잃어버린 파일은 없습니다.",
        f"Could not finish: {where} can't be written or moved ({cause.en}). Close it in Excel, check disk space and "
        "folder permissions, and run again. No file was lost.",
    )
