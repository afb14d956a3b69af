"""Recognises, by their content, files that are not readable spreadsheets. File names are not used."""

from __future__ import annotations

import struct
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SECTOR = 512  # bytes; the size of a complete OLE container is a multiple of it
_LAST_RECORD = b"PK\x05\x06"  # how the last record of a zip begins, which is all that an empty one has
_RECORD, _COMMENT = 22, 65_535  # bytes of that record, and at most of the comment after it
_RIFF = b"RIFF"

_BEGINNINGS = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"7z\xbc\xaf\x27\x1c": "packed",
    b"Rar!\x1a\x07": "packed",
    b"\x1f\x8b": "packed",
    b"BZh": "packed",
    b"\xfd7zXZ": "packed",
    b"EGGA": "packed",
    b"ALZ\x01": "packed",
    b"{\\rtf": "document",
    b"HWP Document File": "document",
    b"MZ": "program",
    b"\x7fELF": "program",
}
_OLE_STREAMS = {"FileHeader": "document", "WordDocument": "document", "PowerPoint Document": "document"}
_ZIP_MEMBERS = {
    "word/document.xml": "document",
    "ppt/presentation.xml": "document",
    "Contents/content.hpf": "document",  # hwpx
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
    "AndroidManifest.xml": "program",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def no_spreadsheet(data: bytes) -> str | None:
    """The variant of the problem `file_unreadable` for this kind of file; None if it may be text or a workbook."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty" if not data else "blank"
    if data.startswith(_RIFF):
        return "picture" if data[8:12] == b"WEBP" else "other"
    return next((what for beginning, what in _BEGINNINGS.items() if _begins(data, beginning)), None)


def _begins(data: bytes, beginning: bytes) -> bool:
    """Does the data begin with this signature?

    If it has only two letters, a zero byte must follow, because a table may begin with the same letters.
    """
    return data.startswith(beginning) and (len(beginning) > 2 or b"\x00" in data[:512])


def is_zip(data: bytes) -> bool:
    return data.startswith((ZIP, _LAST_RECORD))


def no_spreadsheet_in_zip(archive: zipfile.ZipFile) -> str | None:
    """The same for a zip that is the document format of another program."""
    names = frozenset(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        first = archive.getinfo("mimetype")
        whole = archive.read(first) if first.file_size <= 200 and not first.flag_bits & 1 else b""
        return "ods" if whole.startswith(_OPEN_DOCUMENT) else "document"
    return next((what for name, what in _ZIP_MEMBERS.items() if name in names), None)


def no_spreadsheet_in_ole(streams: list[str]) -> str | None:
    return next((what for name, what in _OLE_STREAMS.items() if name in streams), None)


def is_half(data: bytes) -> bool:
    """Is the end of the file missing?

    A zip ends with its directory, and this with a record that says where it begins; the header of an OLE container
    points to its parts.
    """
    if is_zip(data):
        end = data.rfind(_LAST_RECORD, -_RECORD - _COMMENT)
        return end < 0 or len(data) - end < _RECORD
    if len(data) < SECTOR:
        return True
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
    named = [struct.unpack_from("<I", data, 48)[0], *struct.unpack_from("<109I", data, 76)]
    return any((sector + 1) * size >= len(data) for sector in named if sector < 0xFFFFFFFA)
