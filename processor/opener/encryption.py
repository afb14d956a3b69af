"""Unlocks Office files in memory, never on disk."""

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
"""Errors that msoffcrypto and olefile raise if the container or its key data are damaged."""

_ROUNDS = 100_000
"""The number of hashing rounds that Excel uses.

A file with more gets no head start, because other files would wait for it.
"""


def spin(path: Path, password: str) -> None:
    """Computes the key of a file that will be unlocked soon.

    Errors are ignored here; unlocking the file will report them.
    """
    with suppress(InvalidKeyError, *_DAMAGE), path.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        if office.info.get("spinValue", 0) <= _ROUNDS:
            load_key(office, password)


class Lock:
    """An Office file that needs a password."""

    def __init__(self, office: Any) -> None:  # noqa: ANN401 - an untyped library
        self._office = office

    def opened_with(self, password: str) -> bytes | Refusal | None:
        """The workbook inside; None if the password is wrong.

        The file sets the number of rounds, at most 10,000,000.
        """
        plain = io.BytesIO()
        try:
            load_key(self._office, password)
        except InvalidKeyError:
            return None
        except _DAMAGE:
            return Refusal("file_unreadable")
        try:
            self._office.decrypt(plain)
        except _DAMAGE:  # the password is right, but the content is damaged
            return Refusal("file_unreadable.half")
        return plain.getvalue()


def lock_of(data: bytes) -> Lock | Refusal | None:
    """The lock of an OLE container with an OOXML file (agile or standard) or an old .xls. None: it is not locked."""
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
        return None  # not a known Office encryption; the reader of workbooks will report what is wrong
    except _DAMAGE:
        return Refusal("file_unreadable")
