"""The file in a new desk that opens its page by a double click: one for each system, made for the one at hand.

It uses the Python in which this program is installed, and says so where that is gone. Python looks for modules in no
folder of the desk (-P): what somebody else put there is never run.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

from processor import disk
from processor.app.desk import Desk

_GONE: Final = "프로그램이 있던 곳에 없습니다. 다시 설치하고 이 파일을 다시 두 번 누르세요. 다른 곳에 설치했으면 python -m processor page --home 뒤에 이 폴더의 경로를 적어 실행하세요."
_GONE_EN: Final = "The program is no longer where it was. Install it again and double-click this file again. If it is in another place now, run python -m processor page --home with the path of this folder."
_PAGE: Final = "-P -m processor page --home"


def lay_starter(desk: Desk, system: str, python: str) -> Path:
    """Writes the starter unless something of its name is there; returns its path.

    `system`: as `sys.platform` says. `python`: the path of Python. Raises OSError.
    """
    path = desk.home / name(system)
    if not disk.taken(path):
        disk.write_new(path, text(system, python, desk.home.absolute()).encode())
        path.chmod(0o700)
    return path


def name(system: str) -> str:
    return {"win32": "시작.cmd", "darwin": "시작.command"}.get(system, "시작.desktop")


def text(system: str, python: str, home: Path) -> str:
    """The whole starter. Those of Windows and macOS find the desk beside themselves; that of Linux has to name it."""
    match system:
        case "win32":
            return _windows(python)
        case "darwin":
            return _macos(python)
        case _:
            return _linux(python, home)


def _windows(python: str) -> str:
    quoted = f'"{python.replace("%", "%%")}"'
    lines = [
        "@echo off",
        "chcp 65001 >nul",  # this file is in UTF-8
        f"if not exist {quoted} goto gone",
        f'{quoted} {_PAGE} "%~dp0."',
        "if errorlevel 1 pause",  # so that the sentence can be read
        "exit /b",
        ":gone",
        f"echo {_GONE}",
        f"echo {_GONE_EN}",
        "pause",
    ]
    return "".join(f"{line}\r\n" for line in lines)


_SCRIPT: Final = (
    f'[ -x "$1" ] || {{ echo "{_GONE}"; echo "{_GONE_EN}"; read -r _; exit 1; }}; '
    f'"$1" {_PAGE} "$2" || {{ read -r _; exit 1; }}'
)
"""$1: Python. $2: the desk. After a failure the window stays until Enter is pressed, so that the sentence can be read."""


def _macos(python: str) -> str:
    return f'#!/bin/sh\nset -- {shlex.quote(python)} "$(dirname "$0")"\n{_SCRIPT}\n'


def _linux(python: str, home: Path) -> str:
    """A desktop entry: Exec takes words in double quotes, and is a text whose backslashes are doubled once more."""
    words = ["/bin/sh", "-c", _SCRIPT, "sh", python, str(home)]
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=스마트스토어 취소·반품 처리\nName[en]=Smart Store claim desk\n"
        f"Exec={' '.join(map(_exec_word, words))}\nTerminal=true\n"
    )


def _exec_word(word: str) -> str:
    inside = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word.replace("%", "%%"))
    return f'"{inside}"'.replace("\\", "\\\\")
