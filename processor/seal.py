"""Locking a workbook with a password: the one door to encrypting, as `intake` is the one to decrypting."""

from __future__ import annotations

from io import BytesIO

from msoffcrypto.format.ooxml import OOXMLFile


def sealed(workbook: bytes, password: str) -> bytes:
    """A workbook (.xlsx) locked as the Seller Center locks its downloads: agile encryption, all in memory."""
    locked = BytesIO()
    OOXMLFile(BytesIO(workbook)).encrypt(password, locked)
    return locked.getvalue()
