"""Finds the passwords of encrypted workbooks, and keeps them in the keyring. No password is ever an option."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TextIO

import click

from processor import disk
from processor.app.desk import Desk
from processor.app.errors import NoDesk, Refused, WrongUse
from processor.cli import keyring_process
from processor.cli.terminal import Terminal
from processor.model import Text
from processor.opener.passwords import Passwords

_SERVICE: Final = "smartstore-claim-desk"
_FOR_ALL: Final = "workbook passwords"
_PATIENCE: Final = 15.0  # seconds in which a keyring must answer; it may ask a person in a window of its own
_LONGEST: Final = 1 << 16  # bytes of a file of passwords, one a line
_NO_KEYRING: Final = Text(
    "이 컴퓨터에는 비밀번호 보관함이 없습니다. --password-file이나 PROCESSOR_PASSWORDS를 쓰세요.",
    "This computer has no keyring. Use --password-file or PROCESSOR_PASSWORDS.",
)
_FORGOTTEN: Final = Text("저장한 비밀번호를 모두 지웠습니다.", "All kept passwords are forgotten.")
_FORGOTTEN_OF_DESK: Final = Text(
    "이 작업 폴더에만 쓰려고 저장한 비밀번호를 모두 지웠습니다.",
    "All passwords that were kept for this desk alone are forgotten.",
)
_KEPT_NOW: Final = Text("저장했습니다. 이제 묻지 않고 엽니다.", "Kept. Your exports will open without asking.")
YES: Final = frozenset({"y", "yes", "ㅛ", "예", "네"})  # ㅛ: the key of y while the keyboard writes Korean


_SILENT: Final = Text(
    "이 컴퓨터의 비밀번호 보관함이 응답하지 않아 보관함 없이 계속합니다.",
    "This computer's keyring does not answer, so it is left aside.",
)


class Keyring:
    """The passwords that the operating system keeps, for all desks and for single ones.

    `desk`: the one at which the command works. Once the keyring fails or is silent, it is left aside.
    """

    def __init__(self, terminal: Terminal, desk: Desk | None = None) -> None:
        self._terminal = terminal
        self.desk = desk
        self._left_aside = False

    def passwords(self) -> list[str] | None:
        """The kept passwords, first those of the desk; None if there is no keyring or it does not answer."""
        found = self._kept(*([_of(self.desk)] if self.desk else []), _FOR_ALL)
        return None if found is None else [password for each in found for password in each]

    def of_desks(self, desks: Sequence[Desk]) -> list[list[str]]:
        """For each desk its own passwords, and after them those for all."""
        *own, for_all = self._kept(*map(_of, desks), _FOR_ALL) or [[] for _ in (*desks, None)]
        return [[*each, *for_all] for each in own]

    def keep(self, passwords: Sequence[str], desk: Desk | None = None) -> bool:
        """Keeps these passwords, for all desks or for one, before those that are there already. Returns whether they are kept."""
        user = _of(desk) if desk else _FOR_ALL
        kept = self._kept(user)
        return kept is not None and self._written(user, "\n".join(dict.fromkeys([*passwords, *kept[0]])))

    def forget(self, desk: Desk | None = None) -> bool:
        """Forgets the passwords for all desks, or those of one. Returns whether they are forgotten."""
        return self._written(_of(desk) if desk else _FOR_ALL, "")

    def _kept(self, *users: str) -> list[list[str]] | None:
        found = self._answer(users, None)
        return None if found is None else [(text or "").splitlines() for text in found]

    def _written(self, user: str, text: str) -> bool:
        return self._answer((user,), text) is not None

    def _answer(self, users: Sequence[str], text: str | None) -> list[str | None] | None:
        """What is kept for each of these users; None if nobody answered. A keyring that hangs is ended after `_PATIENCE`."""
        if self._left_aside:
            return None
        command = [sys.executable, "-P", keyring_process.__file__, _SERVICE]
        try:
            ended = subprocess.run(
                command,
                input=json.dumps([users, text]).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            if ended.returncode == 0:
                return [each if isinstance(each, str) else None for each in json.loads(ended.stdout)]
            none_here = ended.returncode == keyring_process.NO_KEYRING
        except (OSError, ValueError, TypeError, subprocess.SubprocessError):
            none_here = False
        self._left_aside = True
        if not (none_here or self._terminal.as_json):
            self._terminal.remark(_SILENT)
        return None


def _of(desk: Desk) -> str:
    """The name under which the passwords of one desk are kept."""
    return f"{_FOR_ALL}: {desk.home.resolve()}"


def password(terminal: Terminal, forget: bool, home: Path | None) -> None:
    keyring, desk = Keyring(terminal), None if home is None else Desk(home)
    if desk is not None and not desk.rules.exists():
        raise NoDesk(desk.home)
    if forget:
        done, said = keyring.forget(desk), _FORGOTTEN_OF_DESK if desk else _FORGOTTEN
    elif typed := _ask(terminal, terminal.said("엑셀 파일", "your exports")):
        done, said = keyring.keep([typed], desk), _KEPT_NOW
    else:
        return
    if not done:
        terminal.stop(3, "no_keyring", _NO_KEYRING)
    terminal.tell([said])


def every_password(terminal: Terminal, keyring: Keyring, file: Path | None, *, ask: bool) -> Passwords:
    """The passwords in the order in which they are tried: passwords.txt of the desk, PROCESSOR_PASSWORDS, the file, the
    keyring, a person.

    Raises WrongUse if the file cannot be read, OSError if that of the desk cannot. ask: a person at the terminal may be asked.
    """
    own = keyring.desk.own_passwords() if keyring.desk else []
    return Passwords(
        [*own, *given_passwords(file)],
        lambda: keyring.passwords() or [],
        partial(_ask, terminal) if ask and somebody_is_there() else None,
    )


def given_passwords(file: Path | None) -> list[str]:
    """Those of PROCESSOR_PASSWORDS and of the file. Raises WrongUse if it cannot be read."""
    known = os.environ.get("PROCESSOR_PASSWORDS", "").splitlines()
    if file is not None:
        try:
            known += _lines_of(file)
        except (OSError, ValueError):
            raise WrongUse(
                Text(f"비밀번호 파일을 읽을 수 없습니다: {file}", f"Can't read the password file: {file}")
            ) from None
    return [line.strip() for line in known]


def _lines_of(file: Path) -> list[str]:
    """Raises OSError or ValueError if it is no text, or longer than any list of passwords."""
    with file.open("rb") as stream:
        content = stream.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise ValueError("too long")
    return disk.decoded(content)[0].removeprefix(disk.BOM).splitlines()


@contextmanager
def offering_to_keep(terminal: Terminal, keyring: Keyring, passwords: Passwords) -> Iterator[None]:
    """After the work, also after a failure, offers to keep the typed passwords that opened a file in the keyring.

    Makes no offer after Ctrl-C or a full disk.
    """
    try:
        yield
    except (click.exceptions.Exit, Refused) as end:
        if isinstance(end, Refused):  # the refusal is printed before the question
            end = click.exceptions.Exit(terminal.refused(end))
        _offer_to_keep(terminal, keyring, passwords.learned)
        raise end from None
    _offer_to_keep(terminal, keyring, passwords.learned)


def _offer_to_keep(terminal: Terminal, keyring: Keyring, typed: Sequence[str]) -> None:
    if not typed or keyring.passwords() is None:
        return
    question = Text(
        "다음부터 묻지 않게 방금 입력하신 비밀번호를 이 컴퓨터의 비밀번호 보관함에 저장할까요? (y/N)",
        "Keep the password you typed in this computer's keyring, so that you are not asked again? (y/N)",
    )
    if terminal.ask(question).casefold() not in YES:
        return
    not_kept = Text(
        "보관함에 저장하지 못했습니다. 다음에도 물어보겠습니다.", "It could not be kept. You will be asked again."
    )
    terminal.remark(_KEPT_NOW if keyring.keep(typed) else not_kept)


def somebody_is_there() -> bool:
    """Does a person sit at the terminal, who can be asked?"""
    return _is_console(sys.stdin) and _is_console(sys.stderr)


def _is_console(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal. Windows calls NUL a terminal too; there it must also have a console's mode."""
    if stream is None or not stream.isatty():
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        return bool(ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(ctypes.c_ulong())))
    return True


def _ask(terminal: Terminal, file: str, again: bool = False) -> str | None:
    if again:
        terminal.remark(Text("비밀번호가 틀렸습니다. 다시 입력하세요.", "That password is wrong. Try again."))
    question = Text(
        f"{file}의 비밀번호 (입력하는 글자는 화면에 보이지 않습니다. 모르면 그냥 Enter):",
        f"Password of {file} (what you type is not shown; Enter to skip):",
    )
    return terminal.ask_unseen(question) or None
