"""What a file is by its content, whatever its name says; and the sheets inside."""

from __future__ import annotations

import io
import lzma
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from processor.intake.delimited import decoded, open_text
from processor.intake.encryption import unlocked
from processor.intake.finding import taken_at
from processor.intake.passwords import Passwords
from processor.intake.problems import problem
from processor.intake.sheet import Book
from processor.intake.workbook import open_book
from processor.model import InputFile, Place, Problem
from processor.rulebook.types import Limits

_MIB = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_MEMBER = 0x1
_UTF8_NAME = 0x800


def open_file(file: InputFile, limits: Limits, passwords: Passwords) -> Iterator[Book | Problem]:
    """The workbook in a file, or those in a zip, one after the other."""
    try:
        if file.path.stat().st_size > limits.file_mib * _MIB:
            yield problem("file_too_large.file", Place(file.name), n=limits.file_mib)
            return
        data = file.path.read_bytes()
    except OSError:
        yield problem("file_unreadable.gone", Place(file.name))
        return
    yield from _opened(data, file, limits, passwords)


def _opened(data: bytes, file: InputFile, limits: Limits, passwords: Passwords) -> Iterator[Book | Problem]:
    if data.startswith(_OLE):
        plain = unlocked(data, file.name, passwords)
        if isinstance(plain, Problem):
            yield plain
            return
        data = plain
    if data.startswith(_OLE):
        yield open_book(data, file.name, file.taken_at, limits)
    elif data.startswith(_ZIP):
        yield from _unzipped(data, file, limits, passwords)
    else:
        yield _text(data, file, limits)


def _text(data: bytes, file: InputFile, limits: Limits) -> Book | Problem:
    text = decoded(data)
    beginning = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data.strip():
        return problem("file_unreadable.empty", Place(file.name))
    if beginning.startswith(b"%pdf"):
        return problem("file_unreadable.pdf", Place(file.name))
    if beginning.startswith(b"<") and (b"<html" in beginning or b"<table" in beginning):
        return problem("file_unreadable.html", Place(file.name))
    if text is None:
        return problem("file_unreadable", Place(file.name))
    return open_text(text, file.name, file.taken_at, limits)


def _unzipped(data: bytes, file: InputFile, limits: Limits, passwords: Passwords) -> Iterator[Book | Problem]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # not a zip, nonsense in its directory, or (the last) a zip of several disks: the file is named, the run goes on
        yield problem("file_unreadable", Place(file.name))
        return
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_mib * _MIB:
        yield problem("file_too_large.unpacked", Place(file.name), n=limits.unpacked_mib)
    elif unpacked > limits.ratio * len(data):
        yield problem("file_too_large.ratio", Place(file.name), n=limits.ratio)
    elif any(member.filename.startswith("xl/") for member in members):
        yield open_book(data, file.name, file.taken_at, limits)
    else:
        yield from _members(archive, file, limits, passwords)


def _members(
    archive: zipfile.ZipFile, file: InputFile, limits: Limits, passwords: Passwords
) -> Iterator[Book | Problem]:
    """Each file of a zip by its own name, `zip/file`; a zip inside a zip is not opened."""
    empty = True
    for member in archive.infolist():
        path = PurePosixPath(_member_name(member))
        if member.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts:
            continue
        empty = False
        inside = replace(file, name=f"{file.name}/{path}", taken_at=taken_at(path.name) or file.taken_at)
        content = _content(archive, member)
        if content is None or (content.startswith(_ZIP) and not _is_workbook(content)):
            yield problem("file_unreadable", Place(inside.name))
        else:
            yield from _opened(content, inside, limits, passwords)
    if empty:
        yield problem("file_unreadable.empty", Place(file.name))


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    if member.flag_bits & _ENCRYPTED_MEMBER:
        return None
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError):
        # damaged in one of four compressions, or (the last) packed with a method that Python does not know
        return None


def _is_workbook(content: bytes) -> bool:
    try:
        return any(name.startswith("xl/") for name in zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return False


def _member_name(member: zipfile.ZipInfo) -> str:
    """Korean Windows writes names in cp949 without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("cp949")
        except UnicodeError:
            name = member.filename
    return unicodedata.normalize("NFC", name)
