"""The text of a file that a person wrote, in whatever encoding his editor has saved it."""

from __future__ import annotations

import codecs
from typing import Final

BOM: Final = "\ufeff"


def decoded(content: bytes) -> tuple[str, str]:
    """The text, with its byte order mark if it has one, and its encoding.

    Notepad saves UTF-8 (with or without BOM), UTF-16 with BOM, or cp949, which it calls ANSI; `>` of Windows PowerShell
    writes UTF-16. Raises UnicodeDecodeError if the bytes are no text in any of them.
    """
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(bom):
            return content.decode(encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp949"), "cp949"
