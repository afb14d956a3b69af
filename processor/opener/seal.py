"""Locks a workbook with a password. The module `encryption` unlocks."""

from __future__ import annotations

from io import BytesIO


def sealed(workbook: bytes, password: str) -> bytes:
    """A workbook (.xlsx) locked as the Seller Center locks its downloads: agile encryption, all in memory."""
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - loaded only if something is locked

    locked = BytesIO()
    OOXMLFile(BytesIO(workbook)).encrypt(password, locked)
    return locked.getvalue()
