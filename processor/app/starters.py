"""The file that opens a page by a double click: one for each system, made for the one at hand. It lies in each desk, and in
a folder of desks whose page was opened once.

It uses the Python in which this program is installed, and says so where that is gone. Python looks for modules in no
folder of the desk (-P): what somebody else put there is never run.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

from processor import disk

ONE: Final = "--home"
"""The option of `page` for the folder of one desk."""
ALL: Final = "--every"
"""That for a folder of desks."""

_NAMES: Final = {ONE: "시작", ALL: "모든가게"}
_PAGE: Final = "-P -m processor page"


def lay_starter(folder: Path, of: str, system: str, python: str) -> Path | None:
    """Writes the starter of a desk (`of` is ONE) or of a folder of desks (ALL). Returns its path.

    None if something of its name is there already. `system`: as `sys.platform` says. `python`: the path of Python.
    Raises OSError.
    """
    path = folder / name(of, system)
    if disk.taken(path):
        return None
    disk.write_new(path, text(of, system, python, folder.absolute()).encode())
    path.chmod(0o700)
    return path


def name(of: str, system: str) -> str:
    return _NAMES[of] + {"win32": ".cmd", "darwin": ".command"}.get(system, ".desktop")


def text(of: str, system: str, python: str, folder: Path) -> str:
    """The whole starter. Those of Windows and macOS find the folder beside themselves; that of Linux has to name it."""
    match system:
        case "win32":
            return _windows(of, python)
        case "darwin":
            return _macos(of, python)
        case _:
            return _linux(of, python, folder)


def _gone(of: str) -> tuple[str, str]:
    return (
        "프로그램이 있던 곳에 없습니다. 다시 설치하고 이 파일을 다시 두 번 누르세요. 다른 곳에 설치했으면 "
        f"python -m processor page {of} 뒤에 이 폴더의 경로를 적어 실행하세요.",
        "The program is no longer where it was. Install it again and double-click this file again. If it is in another place "
        f"now, run python -m processor page {of} with the path of this folder.",
    )


def _windows(of: str, python: str) -> str:
    quoted = f'"{python.replace("%", "%%")}"'
    lines = [
        "@echo off",
        "chcp 65001 >nul",  # this file is in UTF-8
        f"if not exist {quoted} goto gone",
        f'{quoted} {_PAGE} {of} "%~dp0."',
        "if errorlevel 1 pause",  # so that the sentence can be read
        "exit /b",
        ":gone",
        *(f"echo {said}" for said in _gone(of)),
        "pause",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _script(of: str) -> str:
    """$1: Python. $2: the folder. After a failure the window stays until Enter is pressed, so that the sentence can be read."""
    said = "; ".join(f'echo "{each}"' for each in _gone(of))
    return f'[ -x "$1" ] || {{ {said}; read -r _; exit 1; }}; "$1" {_PAGE} {of} "$2" || {{ read -r _; exit 1; }}'


def _macos(of: str, python: str) -> str:
    return f'#!/bin/sh\nset -- {shlex.quote(python)} "$(dirname "$0")"\n{_script(of)}\n'


def _linux(of: str, python: str, folder: Path) -> str:
    """A desktop entry: Exec takes words in double quotes, and is a text whose backslashes are doubled once more."""
    words = ["/bin/sh", "-c", _script(of), "sh", python, str(folder)]
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=스마트스토어 취소·반품 처리\nName[en]=Smart Store claim desk\n"
        f"Exec={' '.join(map(_exec_word, words))}\nTerminal=true\n"
    )


def _exec_word(word: str) -> str:
    inside = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word.replace("%", "%%"))
    return f'"{inside}"'.replace("\\", "\\\\")
