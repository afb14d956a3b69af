"""Finds the passwords of encrypted workbooks, and keeps them in the keyring. No password is ever an option."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TextIO

import click

from processor.app.errors import Refused, WrongUse
from processor.cli.terminal import Terminal
from processor.model import Text
from processor.opener.passwords import Passwords

_KEPT: Final = ("smartstore-claim-desk", "workbook passwords")
_NO_KEYRING: Final = Text(
    "이 컴퓨터에는 비밀번호 보관함이 없습니다. --password-file이나 PROCESSOR_PASSWORDS를 쓰세요.",
    "This computer has no keyring. Use --password-file or PROCESSOR_PASSWORDS.",
)
_KEPT_NOW: Final = Text("적어 두었습니다. 이제 묻지 않고 엽니다.", "Kept. Your exports will open without asking.")
_YES: Final = frozenset({"y", "yes", "ㅛ", "예", "네"})  # ㅛ: the key of y while the keyboard writes Korean


def password(terminal: Terminal, forget: bool) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        if forget:
            keyring.set_password(*_KEPT, "")
            terminal.tell([Text("적어 둔 비밀번호를 모두 지웠습니다.", "All kept passwords are forgotten.")])
        elif typed := _ask(terminal, terminal.said("엑셀 파일", "your exports")):
            _keep([typed])
            terminal.tell([_KEPT_NOW])
    except KeyringError:
        terminal.stop(3, "no_keyring", _NO_KEYRING)


def every_password(terminal: Terminal, file: Path | None, *, ask: bool) -> Passwords:
    """The passwords in the order in which they are tried: PROCESSOR_PASSWORDS, the file, the keyring, a person.

    Raises WrongUse if the file cannot be read. ask: a person at the terminal may be asked.
    """
    known = os.environ.get("PROCESSOR_PASSWORDS", "").splitlines()
    if file is not None:
        try:
            known += file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            raise WrongUse(
                Text(f"비밀번호 파일을 읽을 수 없습니다: {file}", f"Can't read the password file: {file}")
            ) from None
    somebody = ask and _is_console(sys.stdin) and _is_console(sys.stderr)
    return Passwords([line.strip() for line in known], _kept, partial(_ask, terminal) if somebody else None)


@contextmanager
def offering_to_keep(terminal: Terminal, passwords: Passwords) -> Iterator[None]:
    """After the work, also after a failure, offers to keep the typed passwords that opened a file in the keyring.

    Makes no offer after Ctrl-C or a full disk.
    """
    try:
        yield
    except (click.exceptions.Exit, Refused) as end:
        if isinstance(end, Refused):  # the refusal is printed before the question
            end = click.exceptions.Exit(terminal.refused(end))
        _offer_to_keep(terminal, passwords.learned)
        raise end from None
    _offer_to_keep(terminal, passwords.learned)


def _kept() -> list[str]:
    """The passwords in the keyring; none where the computer has no keyring."""
    return _in_keyring() or []


def _in_keyring() -> list[str] | None:
    """None: the computer has no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return (keyring.get_password(*_KEPT) or "").splitlines()
    except KeyringError:
        return None


def _keep(passwords: Sequence[str]) -> None:
    """Raises KeyringError."""
    import keyring

    keyring.set_password(*_KEPT, "\n".join(dict.fromkeys([*passwords, *_kept()])))


def _offer_to_keep(terminal: Terminal, typed: Sequence[str]) -> None:
    from keyring.errors import KeyringError

    if not typed or _in_keyring() is None:
        return
    question = Text(
        "다음부터 묻지 않게 방금 치신 비밀번호를 이 컴퓨터의 비밀번호 보관함에 적어 둘까요? (y/N)",
        "Keep the password you typed in this computer's keyring, so that you are not asked again? (y/N)",
    )
    if terminal.ask(question).casefold() not in _YES:
        return
    try:
        _keep(typed)
        terminal.remark(_KEPT_NOW)
    except KeyringError:
        terminal.remark(
            Text("보관함에 적지 못했습니다. 다음에도 물어보겠습니다.", "It could not be kept. You will be asked again.")
        )


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
    import getpass

    if again:
        terminal.remark(Text("비밀번호가 틀립니다. 다시 치세요.", "That password is wrong. Try again."))
    prompt = terminal.said(
        f"{file}의 비밀번호 (치는 글자는 화면에 보이지 않습니다. 모르면 그냥 Enter): ",
        f"Password of {file} (what you type is not shown; Enter to skip): ",
    )
    try:
        return getpass.getpass(prompt) or None
    except EOFError:  # Ctrl-D counts as no answer
        terminal.remark("")  # ends the line of the prompt
        return None
