"""Finds out by its content whether a file is a spreadsheet or a zip, and gives the spreadsheets in it."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from processor.opener.cut import LONGEST_NAME, cut
from processor.opener.damage import DAMAGE
from processor.opener.litter import is_litter
from processor.opener.reply import Bounds, Refusal
from processor.opener.sniff import ZIP, is_half, is_zip, no_spreadsheet_in_zip

_MIB = 1024 * 1024
_ENCRYPTED_MEMBER = 0x1
_UTF8_NAME = 0x800
_MOST_MEMBERS = 10_000
_FIRST_YEAR = 2000
"""Times of members before this year are not used: a zip without times says 1980."""


class Container:
    """A file: one spreadsheet, or a zip of spreadsheets."""

    def __init__(self, data: bytes, sha256: str, archive: zipfile.ZipFile | None) -> None:
        wanted = [] if archive is None else [each for each in archive.infolist() if _is_wanted(each)]
        self._data, self._archive, self._wanted = data, archive, wanted
        self.sha256 = sha256 if archive is None else None  # None for a zip: each member has its own
        self.members = (None,) if archive is None else tuple(str(PurePosixPath(_name(each))) for each in wanted)

    def changed(self, at: int) -> datetime | None:
        """When a member of a zip was changed last, by the clock of the computer that packed it; None if the zip does
        not say.
        """
        if self._archive is None or self._wanted[at].date_time[0] < _FIRST_YEAR:
            return None
        try:
            return datetime(*self._wanted[at].date_time)  # noqa: DTZ001 - a zip knows no zone
        except ValueError:  # digits that are not a time
            return None

    def content(self, at: int) -> bytes | Refusal:
        return self._data if self._archive is None else _unpacked(self._archive, self._wanted[at])


def take(path: Path, sha256: str, bounds: Bounds) -> Container | Refusal:
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > bounds.file_mib * _MIB:
                return Refusal("file_too_large.file", n=bounds.file_mib)
            data = stream.read(size)  # what is added meanwhile is not waited for
    except OSError:
        return Refusal("file_unreadable.gone")
    if not is_zip(data):
        return Container(data, sha256, None)
    archive = archive_of(data, bounds)
    if isinstance(archive, Refusal):
        return archive
    if is_workbook(archive):
        return Container(data, sha256, None)
    try:
        other = no_spreadsheet_in_zip(archive)
    except DAMAGE:
        return Refusal("file_unreadable")
    if other is not None:
        return Refusal(f"file_unreadable.{other}")
    container = Container(data, sha256, archive)
    return container if container.members else Refusal("file_unreadable.blank")


_NO_DIRECTORY = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError)
"""Errors of Python's zipfile: not a zip, an invalid directory, or (NotImplementedError) a zip of several disks."""


def archive_of(data: bytes, bounds: Bounds) -> zipfile.ZipFile | Refusal:
    """The opened zip, if the sizes in its directory are within the bounds."""
    if is_half(data):
        return Refusal("file_unreadable.half")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _NO_DIRECTORY:
        return Refusal("file_unreadable")
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > bounds.unpacked_mib * _MIB:
        return Refusal("file_too_large.unpacked", n=bounds.unpacked_mib)
    if unpacked > bounds.ratio * len(data):
        return Refusal("file_too_large.ratio", n=bounds.ratio)
    if len(members) > _MOST_MEMBERS:
        return Refusal("file_too_large.members", n=_MOST_MEMBERS)
    return archive


def is_workbook(archive: zipfile.ZipFile) -> bool:
    return any(name.lower().startswith("xl/") for name in archive.namelist())


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | Refusal:
    """The content of a member.

    It is never longer than declared, as zipfile stops there. A zip inside a zip is refused.
    """
    if member.flag_bits & _ENCRYPTED_MEMBER:
        return Refusal("file_unreadable.locked_zip")
    try:
        data = archive.read(member)
    except DAMAGE:
        return Refusal("file_unreadable")
    return Refusal("file_unreadable.zip_in_zip") if data.startswith(ZIP) and not _holds_workbook(data) else data


def _holds_workbook(data: bytes) -> bool:
    try:
        return is_workbook(zipfile.ZipFile(io.BytesIO(data)))
    except _NO_DIRECTORY:
        return True  # damaged: reported when it is opened


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    return not (member.is_dir() or is_litter(_name(member)))


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member. Korean Windows writes names in cp949 without declaring it."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("cp949")
        except UnicodeError:
            name = member.filename
    return unicodedata.normalize("NFC", cut(name, LONGEST_NAME))
