"""Changes of a desk's own rules.yaml by a face: tried on the list of the day, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from processor import disk, ledger
from processor.app import proofs
from processor.app.checking import read, read_text
from processor.app.day_list import listed
from processor.app.desk import Desk
from processor.app.errors import RulesBroken
from processor.app.foreseeing import Foreseen, foreseen
from processor.app.morning import ledger_troubles
from processor.rulebook import Rulebook
from processor.rulebook.editing import NotEdited
from processor.rulebook.load import Complaint, encoded, encoded_text_of

Edit = Callable[[str], str]
"""Makes the text of another rules.yaml of its text, or raises NotEdited."""


class Edited(NamedTuple):
    """The text of a desk's rules.yaml before and after a change, as it stands in the file, and its encoding."""

    before: str
    after: str
    encoding: str

    @property
    def changed(self) -> bool:
        return self.after != self.before


def edited(desk: Desk, edit: Edit) -> Edited:
    """The change of the desk's rules.yaml, which is not written. Raises RulesBroken."""
    complaints: list[Complaint] = []
    found = encoded_text_of(desk.rules, complaints)
    if found is None:
        raise RulesBroken(desk.rules.name, complaints)
    text, encoding = found
    try:
        return Edited(text, edit(text), encoding)
    except NotEdited as error:
        raise RulesBroken(desk.rules.name, error.complaints) from error


def proved(desk: Desk, new: Edited, marks: Path | None) -> Rulebook:
    """The rules that would be in force; they are marked as proved. Raises RulesBroken."""
    sound = proofs.proved(marks)
    book = read_text(new.after.removeprefix(disk.BOM), desk.rules.name, sound)
    if book.sha256 not in sound:
        proofs.remember(marks, book.sha256)
    return book


def foresee(desk: Desk, book: Rulebook, as_of: datetime, marks: Path | None) -> Foreseen:
    """What these rules would do to the list of the day. Raises RulesBroken, Busy and LedgerUnusable."""
    now = read(desk.rules, proofs.proved(marks))
    return foreseen(listed(desk, now, as_of), listed(desk, book, as_of))


def change(desk: Desk, edit: Edit, marks: Path | None) -> Edited:
    """Writes the change if the rules are sound with it, else changes nothing. Raises RulesBroken, Busy and OSError."""
    with ledger_troubles(), ledger.alone(desk.outbox):
        new = edited(desk, edit)
        proved(desk, new, marks)
        if new.changed:
            disk.write_whole(desk.rules, encoded(new.after, new.encoding))
    return new
