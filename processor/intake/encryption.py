"""Locked Office files: unlocked in memory with the seller's passwords, never on disk."""

from __future__ import annotations

import io
import struct
from typing import Any
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from processor.intake.passwords import Passwords
from processor.intake.problems import problem
from processor.model import Place, Problem

_DAMAGE = (DecryptionError, FileFormatError, ParseError, ExpatError, OSError, struct.error, LookupError, ValueError)
"""What msoffcrypto lets out when the container or its key data are broken."""


def unlocked(data: bytes, file: str, passwords: Passwords) -> bytes | Problem:
    """The workbook inside an OLE container: OOXML (agile and standard) or an old .xls; unlocked data as they are."""
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked = office.is_encrypted()
    except FileFormatError:
        return data  # no Office encryption that we know of; the workbook's reader has the last word
    except _DAMAGE:
        return problem("file_unreadable", Place(file))
    return _decrypted(office, file, passwords) if locked else data


def _decrypted(office: Any, file: str, passwords: Passwords) -> bytes | Problem:  # noqa: ANN401 - an untyped library
    tried = False
    for password in passwords.candidates(file):
        tried = True
        plain = io.BytesIO()
        try:
            office.load_key(password=password, verify_password=True)
        except InvalidKeyError:
            continue
        except _DAMAGE:
            return problem("file_unreadable", Place(file))
        try:
            office.decrypt(plain)
        except _DAMAGE:
            return problem("file_unreadable", Place(file))
        passwords.worked(file, password)
        return plain.getvalue()
    return problem("password_wrong" if tried else "password_missing", Place(file))
