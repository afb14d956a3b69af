"""Locked Office files: unlocked in memory, never on disk."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from processor.compat.msoffcrypto_keys import load_key
from processor.opener.reply import Refusal
from processor.opener.sniff import is_half, no_spreadsheet_in_ole

_DAMAGE = (
    DecryptionError,
    FileFormatError,
    ParseError,
    ExpatError,
    OSError,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
)
"""What msoffcrypto and olefile let out when the container or its key data are broken."""

_ROUNDS = 100_000
"""Those of Excel. A file that asks for more gets no head start: other files would wait for it."""


def spin(path: Path, password: str) -> None:
    """Works out the key of a file that will be unlocked soon. A fault of the file is reported then, not now."""
    with suppress(InvalidKeyError, *_DAMAGE), path.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        if office.info.get("spinValue", 0) <= _ROUNDS:
            load_key(office, password)


class Lock:
    """An Office file that wants a password."""

    def __init__(self, office: Any) -> None:  # noqa: ANN401 - an untyped library
        self._office = office

    def opened_with(self, password: str) -> bytes | Refusal | None:
        """The workbook inside; None for a wrong password, whose cost the file bounds (at most 10,000,000 rounds)."""
        plain = io.BytesIO()
        try:
            load_key(self._office, password)
        except InvalidKeyError:
            return None
        except _DAMAGE:
            return Refusal("file_unreadable")
        try:
            self._office.decrypt(plain)
        except _DAMAGE:  # the password fits, the content does not
            return Refusal("file_unreadable.half")
        return plain.getvalue()


def lock_of(data: bytes) -> Lock | Refusal | None:
    """The lock of an OLE container: OOXML (agile and standard) or an old .xls. None: it has none."""
    if is_half(data):
        return Refusal("file_unreadable.half")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = ["/".join(path) for path in container.listdir()]
    except _DAMAGE:
        return Refusal("file_unreadable")
    if (other := no_spreadsheet_in_ole(streams)) is not None:
        return Refusal(f"file_unreadable.{other}")
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        return Lock(office) if office.is_encrypted() else None
    except FileFormatError:
        return None  # no Office encryption that we know of; the workbook's reader has the last word
    except _DAMAGE:
        return Refusal("file_unreadable")
