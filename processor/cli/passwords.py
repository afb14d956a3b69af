"""Passwords of encrypted workbooks: where they are looked for, and the command that keeps them. Never a plain flag."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TextIO

import click

from processor.cli.errors import stop
from processor.cli.language import LANG, said
from processor.cli.options import forgetting, lang
from processor.cli.speech import ask as ask_a_person
from processor.cli.speech import remark, tell
from processor.model import Text
from processor.opener.passwords import Passwords

if TYPE_CHECKING:  # a heavy room; the commands import it when they run
    from processor.intake import PasswordNeeded

_KEPT: Final = ("smartstore-claim-desk", "workbook passwords")
_NO_KEYRING: Final = Text(
    "이 컴퓨터에는 비밀번호 보관함이 없습니다. --password-file이나 PROCESSOR_PASSWORDS를 쓰세요.",
    "This computer has no keyring. Use --password-file or PROCESSOR_PASSWORDS.",
)

_SHOWN: Final = 10  # names of files in one sentence; JSON has all of them
_YES: Final = frozenset({"y", "yes", "ㅛ", "예", "네"})  # ㅛ: the key of y while the keyboard writes Korean
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
    "비밀번호를 알려 주고 다시 실행하세요: 터미널에서 `python -m processor run`이 물어볼 때 치거나, `python -m processor password`로 적어 두거나, "
    "PROCESSOR_PASSWORDS나 --password-file로 알려 주면 됩니다. 비밀번호를 모르면 판매자센터에서 새로 내려받아 바꾸어 넣으세요.",
    "Tell the password and run again: type it when `python -m processor run` asks in a terminal, keep it with `python -m processor password`, or use "
    "PROCESSOR_PASSWORDS or --password-file. If you don't know it, download the file from the Seller Center anew.",
)
_UNPACK: Final = Text(
    "압축을 직접 풀어 안의 엑셀 파일을 넣고, 압축 파일은 빼 주세요.",
    "Unpack the zip yourself, put in the spreadsheets and take the zip out.",
)


@forgetting
@lang
def password(forget: bool) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        if forget:
            keyring.set_password(*_KEPT, "")
            tell([said("적어 둔 비밀번호를 모두 지웠습니다.", "All kept passwords are forgotten.")])
        elif typed := _ask(said("엑셀 파일", "your exports")):
            _keep([typed])
            tell([said("적어 두었습니다. 이제 묻지 않고 엽니다.", "Kept. Your exports will open without asking.")])
    except KeyringError:
        stop(3, "no_keyring", _NO_KEYRING)


def every_password(file: Path | None, *, ask: bool) -> Passwords:
    """PROCESSOR_PASSWORDS first, then the file, the keyring, a person at the terminal."""
    known = os.environ.get("PROCESSOR_PASSWORDS", "").splitlines()
    if file is not None:
        try:
            known += file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            unreadable = Text(f"비밀번호 파일을 읽을 수 없습니다: {file}", f"Can't read the password file: {file}")
            stop(2, "usage", unreadable)
    somebody = ask and _is_console(sys.stdin) and _is_console(sys.stderr)
    return Passwords([line.strip() for line in known], _kept, _ask if somebody else None)


@contextmanager
def offering_to_keep(passwords: Passwords) -> Iterator[None]:
    """After the work, whatever came of it: may what was typed and opened a file stay in the keyring?

    Not after Ctrl-C or a full disk.
    """
    try:
        yield
    except click.exceptions.Exit:
        _offer_to_keep(passwords.learned)
        raise
    _offer_to_keep(passwords.learned)


def needed(locked: PasswordNeeded, left: Text) -> NoReturn:
    """Ends the command for files that nobody could open. `left` says what was not done about it."""
    from processor import outbox

    files: dict[str, list[str]] = {}
    for problem in locked.problems:
        files.setdefault(problem.code, []).append(problem.place.file)
    sentences = [_named(_CAUSES.get(code, _ZIP), names) for code, names in files.items()]
    remedies = [_TELL] if files.keys() & _CAUSES.keys() else []
    remedies += [_UNPACK] if files.keys() - _CAUSES.keys() else []
    whole = [*sentences, left, *remedies]
    message = Text(" ".join(each.ko for each in whole), " ".join(each.en for each in whole))
    stop(3, "password_needed", message, problem_list=[outbox.of_problem(each, LANG) for each in locked.problems])


def _named(cause: Text, names: Sequence[str]) -> Text:
    shown, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
    ko, en = (f" 외 {more}개", f" and {more} more") if more > 0 else ("", "")
    return Text(f"{cause.ko}: {shown}{ko}.", f"{cause.en}: {shown}{en}.")


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


def _offer_to_keep(typed: Sequence[str]) -> None:
    from keyring.errors import KeyringError

    if not typed or _in_keyring() is None:
        return
    question = said(
        "다음부터 묻지 않게 방금 치신 비밀번호를 이 컴퓨터의 비밀번호 보관함에 적어 둘까요? (y/N)",
        "Keep the password you typed in this computer's keyring, so that you are not asked again? (y/N)",
    )
    if ask_a_person(question).casefold() not in _YES:
        return
    try:
        _keep(typed)
        remark(said("적어 두었습니다. 이제 묻지 않고 엽니다.", "Kept. Your exports will open without asking."))
    except KeyringError:
        remark(
            said("보관함에 적지 못했습니다. 다음에도 물어보겠습니다.", "It could not be kept. You will be asked again.")
        )


def _is_console(stream: TextIO | None) -> bool:
    """Does a person sit there? Windows calls NUL a terminal as well, so there the stream must have a console's mode."""
    if stream is None or not stream.isatty():
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        return bool(ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(ctypes.c_ulong())))
    return True


def _ask(file: str, again: bool = False) -> str | None:
    import getpass

    if again:
        remark(said("비밀번호가 틀립니다. 다시 치세요.", "That password is wrong. Try again."))
    prompt = said(
        f"{file}의 비밀번호 (치는 글자는 화면에 보이지 않습니다. 모르면 그냥 Enter): ",
        f"Password of {file} (what you type is not shown; Enter to skip): ",
    )
    try:
        return getpass.getpass(prompt) or None
    except EOFError:  # Ctrl-D skips as well
        remark("")  # the line of the prompt ends
        return None
