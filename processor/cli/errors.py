"""Why a command could not do its work: JSON on stdout for programs, a sentence on stderr for people, and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from processor.cli.language import LANG, TYPED, said
from processor.cli.speech import AS_JSON, json_line, remark, tell
from processor.model import Text

if TYPE_CHECKING:  # a heavy room; the commands import it when they run
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
    errno.ENOTDIR: Text("폴더여야 할 자리에 파일이 있습니다", "a file stands where a folder should be"),
}


def stop(code: int, name: str, message: Text) -> NoReturn:
    raise typer.Exit(complain(code, name, message))


def complain(code: int, name: str, message: Text) -> int:
    """Says why it ends here, and hands the exit code back."""
    if AS_JSON:
        tell([json_line({"type": "error", "code": name, "message": message.said(LANG)})])
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
    raise typer.Exit(2)


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


def usage(wrong: str) -> Text:
    """Nothing typed at all: the help itself; else what was typed, and where to look."""
    typed = " ".join(TYPED)
    if not typed:
        return Text(wrong, wrong)
    return Text(
        f"이대로는 실행할 수 없습니다: {typed}\n쓸 수 있는 명령과 옵션은 `python -m processor --help`로 보세요.",
        f"{wrong}\nSee `python -m processor --help`.",
    )


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
