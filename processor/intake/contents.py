"""Opens input files through the reading process, and turns its refusals into problems with sentences for the seller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from processor.intake.problems import problem
from processor.intake.sheet import Book
from processor.market.downloads import taken_at
from processor.model import InputFile, Place, Problem
from processor.opener.passwords import Passwords
from processor.opener.process import Opener, ReadingProcess
from processor.opener.reply import Bounds, Locked, Opened, Refusal
from processor.rulebook.types import Limits


class Content(NamedTuple):
    """One spreadsheet, locked or not: a file, or a member of a zip with a name and hash of its own."""

    file: InputFile
    opener: Opener


def contents(file: InputFile, limits: Limits, process: ReadingProcess) -> Iterator[Content | Problem]:
    """The file itself, or each member of a zip. The caller must finish reading one before it takes the next."""
    opener = Opener(file.path, file.sha256, Bounds(*astuple(limits)), process)
    for member, found in opener.contents():
        name = file.name if member is None else f"{file.name}/{member}"
        if isinstance(found, Refusal):
            yield refused(found, name)
        elif member is None:
            yield Content(file, opener)
        else:
            taken = taken_at(PurePosixPath(member).name) or min(found.changed or file.taken_at, file.taken_at)
            yield Content(replace(file, name=name, sha256=found.sha256, taken_at=taken), opener)


def again(files: Sequence[InputFile], limits: Limits, process: ReadingProcess) -> Iterator[Content]:
    """Opens a file, or these members of one zip, that were read before. What is gone or has changed is left out."""
    wanted = {file.sha256: file for file in files}
    for each in contents(replace(files[0], name=files[0].path.name), limits, process):
        if isinstance(each, Content) and each.file.sha256 in wanted:
            yield Content(wanted.pop(each.file.sha256), each.opener)
        if not wanted:
            return


def opened(content: Content, passwords: Passwords) -> Book | Problem:
    """The opened workbook, unlocked with one of the passwords if it is locked; or the problem that prevented it."""
    file, opener = content
    reply = opener.open()
    if isinstance(reply, Locked):
        reply = _unlocked(content, passwords)
    match reply:
        case Opened(names, typed):
            return Book(file.name, file.taken_at, names, opener, typed)
        case Refusal():
            return refused(reply, file.name)
        case Locked():
            return problem("password_missing", Place(file.name))


def _unlocked(content: Content, passwords: Passwords) -> Opened | Locked | Refusal:
    """Tries each password. Gives Locked if there was no password to try."""
    file, opener = content
    tried = False
    for password in passwords.candidates(file.name):
        tried = True
        reply = opener.unlock(password)
        if isinstance(reply, Opened):
            passwords.worked(file.name, password)
        if not isinstance(reply, Locked):
            return reply
    return Refusal("password_wrong") if tried else Locked()


def refused(refusal: Refusal, file: str) -> Problem:
    return problem(refusal.said, Place(file, refusal.sheet), n=refusal.n, cell=refusal.cell)
