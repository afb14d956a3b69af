"""The errors by which Python's libraries tell that a zip, or a member of it, can't be unpacked."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from importlib import import_module


def _of_zstandard() -> tuple[type[Exception], ...]:
    """Python knows this way of packing from 3.14 on, if it was built with it; its error is no other's kind."""
    try:
        return (import_module("compression.zstd").ZstdError,)
    except ImportError:
        return ()


DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # includes NotImplementedError, for a compression method that Python does not know
    *_of_zstandard(),
)
"""Errors that zipfile raises for a zip that is damaged, locked, or compressed with a method that Python does not know."""
