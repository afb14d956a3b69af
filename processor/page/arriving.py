"""Files that arrive from the browser: each comes into the inbox under a hidden unfinished name, then whole."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Final

from anyio import to_thread

from processor import disk
from processor.model import Text, one_line
from processor.opener.litter import is_litter
from processor.page.errors import NotTaken

_UNFINISHED: Final = re.compile(r"\.arriving-[0-9a-f]{16}\.tmp")  # `intake` passes over such names
_AT_ONCE: Final = 1 << 20  # bytes that are gathered before they are written
_MIB: Final = 1 << 20
_LONGEST: Final = 180  # bytes of a name; most disks take 255, and copies of the file get longer names
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*]')  # of Windows, which is the strictest
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """The name that a dropped file gets in the inbox: NFC, without what is not seen, and possible on every system.

    Raises NotTaken if it is the name of a file that nobody means, or nothing is left of it.
    """
    clean = one_line(unicodedata.normalize("NFC", name)).strip()
    clean = _NOT_IN_NAMES.sub("_", clean).rstrip(". ")
    if not clean.strip("_"):
        raise NotTaken(Text("이름이 없는 파일은 넣을 수 없습니다.", "A file without a name can't be taken."))
    if is_litter(clean):
        raise NotTaken(
            Text(
                f"숨은 파일이나 임시 파일, 바로가기라서 넣지 않았습니다: {clean}",
                f"Not taken, for it is a hidden or temporary file or a shortcut: {clean}",
            )
        )
    return _shortened(_DEVICES.sub(r"_\1", clean, count=1) if _DEVICES.match(clean) else clean)


def too_large(name: str, file_mib: int) -> NotTaken:
    return NotTaken(
        Text(
            f"{file_mib} MiB가 넘어 넣지 않았습니다: {name}. 기간을 나누어 다시 내려받으세요.",
            f"Not taken, for it is larger than {file_mib} MiB: {name}. Download it again in shorter periods.",
        )
    )


async def arrive(inbox: Path, name: str, pieces: AsyncIterator[bytes], file_mib: int) -> str:
    """Puts a file into the inbox and returns the name that it got; one of that name is never overwritten.

    Raises NotTaken, disk.NotPlain and OSError, such as on a full disk; then nothing is left of it. What is too large is
    still read to its end, since browsers show an answer only to what they could send.
    """
    clean = clean_name(name)
    unfinished = inbox / f".arriving-{secrets.token_hex(8)}.tmp"
    try:
        descriptor = await to_thread.run_sync(_made, unfinished)
        with os.fdopen(descriptor, "wb") as file:
            size, gathered = 0, bytearray()
            async for piece in pieces:
                size += len(piece)
                if size > file_mib * _MIB:
                    continue
                gathered += piece
                if len(gathered) >= _AT_ONCE:
                    await to_thread.run_sync(file.write, bytes(gathered))
                    gathered.clear()
            if size > file_mib * _MIB:
                raise too_large(clean, file_mib)
            await to_thread.run_sync(file.write, bytes(gathered))
        return (await to_thread.run_sync(disk.publish_beside, unfinished, inbox / clean)).name
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def clear(inbox: Path) -> None:
    """Removes what a killed page had not received whole."""
    for path in inbox.iterdir() if disk.is_folder(inbox) else ():
        if _UNFINISHED.fullmatch(path.name) and disk.is_file(path):
            path.unlink(missing_ok=True)


def _made(path: Path) -> int:
    disk.folder(path.parent)
    return disk.opened(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)


def _shortened(name: str) -> str:
    """The name in at most _LONGEST bytes of UTF-8, with its ending."""
    path = PurePath(name)
    ending = path.suffix if len(path.suffix) <= 8 else ""
    stem = name.removesuffix(ending).encode()[: _LONGEST - len(ending.encode())].decode(errors="ignore")
    return name if len(name.encode()) <= _LONGEST else f"{stem.rstrip('. ')}{ending}"
