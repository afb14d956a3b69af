"""What a file is by its content, whatever its name says; and the sheets inside."""

from __future__ import annotations

import hashlib
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

Content = tuple[InputFile, bytes]
"""One spreadsheet as it came, locked or not: a file of its own, or a member of a zip with its own name and hash."""


def contents(file: InputFile, limits: Limits) -> Iterator[Content | Problem]:
    """The file itself, or what a zip holds, one after the other. Nothing is unlocked or read yet."""
    try:
        if file.path.stat().st_size > limits.file_mib * _MIB:
            yield problem("file_too_large.file", Place(file.name), n=limits.file_mib)
            return
        data = file.path.read_bytes()
    except OSError:
        yield problem("file_unreadable.gone", Place(file.name))
        return
    if data.startswith(_ZIP):
        yield from _unzipped(data, file, limits)
    else:
        yield file, data


def original(file: InputFile, limits: Limits, passwords: Passwords) -> bytes | None:
    """What a file that was read before holds, unlocked; None once it is not there any more as it was."""
    source = replace(file, name=file.path.name)
    found = (each for each in contents(source, limits) if not isinstance(each, Problem))
    data = next((data for same, data in found if same.sha256 == file.sha256), None)
    if data is not None and data.startswith(_OLE):
        plain = unlocked(data, file.name, passwords)
        return None if isinstance(plain, Problem) else plain
    return data


def opened(content: Content, limits: Limits, passwords: Passwords) -> Book | Problem:
    """The workbook in it."""
    file, data = content
    if data.startswith(_OLE):
        plain = unlocked(data, file.name, passwords)
        if isinstance(plain, Problem):
            return plain
        data = plain
    if data.startswith(_ZIP):
        archive = _archive(data, file, limits)
        return archive if isinstance(archive, Problem) else open_book(data, file.name, file.taken_at, limits)
    if data.startswith(_OLE):
        return open_book(data, file.name, file.taken_at, limits)
    return _text(data, file, limits)


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


def _archive(data: bytes, file: InputFile, limits: Limits) -> zipfile.ZipFile | Problem:
    """A zip whose bounds are kept by what it says of itself."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # not a zip, nonsense in its directory, or (the last) a zip of several disks: the file is named, the run goes on
        return problem("file_unreadable", Place(file.name))
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > limits.unpacked_mib * _MIB:
        return problem("file_too_large.unpacked", Place(file.name), n=limits.unpacked_mib)
    if unpacked > limits.ratio * len(data):
        return problem("file_too_large.ratio", Place(file.name), n=limits.ratio)
    return archive


def _unzipped(data: bytes, file: InputFile, limits: Limits) -> Iterator[Content | Problem]:
    archive = _archive(data, file, limits)
    if isinstance(archive, Problem):
        yield archive
    elif _is_workbook(archive):
        yield file, data
    else:
        yield from _members(archive, file)


def _members(archive: zipfile.ZipFile, file: InputFile) -> Iterator[Content | Problem]:
    """Each file of a zip by its own name, `zip/file`; a zip inside a zip is not opened."""
    empty = True
    for member in archive.infolist():
        path = PurePosixPath(_member_name(member))
        if member.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts:
            continue
        empty = False
        name = f"{file.name}/{path}"
        data = _data(archive, member)
        if data is None or (data.startswith(_ZIP) and not _holds_workbook(data)):
            yield problem("file_unreadable", Place(name))
        else:
            digest = hashlib.sha256(data).hexdigest()
            yield replace(file, name=name, sha256=digest, taken_at=taken_at(path.name) or file.taken_at), data
    if empty:
        yield problem("file_unreadable.empty", Place(file.name))


def _data(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    if member.flag_bits & _ENCRYPTED_MEMBER:
        return None
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError):
        # damaged in one of four compressions, or (the last) packed with a method that Python does not know
        return None


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    return any(name.startswith("xl/") for name in archive.namelist())


def _holds_workbook(data: bytes) -> bool:
    try:
        return _is_workbook(zipfile.ZipFile(io.BytesIO(data)))
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
