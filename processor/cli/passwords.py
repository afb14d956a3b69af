"""Passwords of encrypted workbooks: where they are looked for, and the command that keeps them. Never a plain flag."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from processor.cli.errors import stop
from processor.cli.language import said
from processor.cli.options import forgetting, lang
from processor.cli.speech import tell
from processor.model import Text
from processor.opener.passwords import Passwords

_KEPT: Final = ("smartstore-claim-desk", "workbook passwords")
_NO_KEYRING: Final = Text(
    "이 컴퓨터에는 비밀번호 보관함이 없습니다. --password-file이나 PROCESSOR_PASSWORDS를 쓰세요.",
    "This computer has no keyring. Use --password-file or PROCESSOR_PASSWORDS.",
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
            keyring.set_password(*_KEPT, "\n".join(dict.fromkeys([typed, *_kept()])))
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
    at_terminal = ask and sys.stdin is not None and sys.stdin.isatty()
    return Passwords([line.strip() for line in known], _kept, _ask if at_terminal else None)


def _kept() -> list[str]:
    """The passwords in the keyring; none where the computer has no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return (keyring.get_password(*_KEPT) or "").splitlines()
    except KeyringError:
        return []


def _ask(file: str) -> str | None:
    import getpass

    prompt = said(f"{file}의 비밀번호 (모르면 Enter): ", f"Password of {file} (Enter to skip): ")
    try:
        return getpass.getpass(prompt) or None
    except EOFError:  # Ctrl-D skips as well
        return None
