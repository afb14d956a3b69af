"""Makes of a desk's rules.yaml one that builds on the newest default, and says what the two defaults have otherwise.

A file that builds on an older default keeps its comments and its layout. A complete file becomes the file of a new desk
with the seller's settings and changes; that they are all of his changes is checked each time, not taken for granted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from processor.model import Text
from processor.rulebook import carrying, complete, default, editing, merging
from processor.rulebook.carrying import Lost, Meeting, Names, Told
from processor.rulebook.default import starting_rules
from processor.rulebook.english import own_english, without_english
from processor.rulebook.load import Complaint, Document, RulesError, load

_BASED_ON: Final = "based_on"


@dataclass(frozen=True, slots=True)
class Rebased:
    """A desk's rules as they are to stand on the newest default. They are not proved yet.

    text: the new file. before, after: the versions of the two defaults. told: what the newest has otherwise. meetings:
    what both the seller and the newest default have changed, with its line in his file. own: how many changes he has
    made beside settings that are his own anyway. renamed: his own rows that have got another id, old → new.
    """

    text: str
    before: str
    after: str
    told: tuple[Told, ...]
    meetings: tuple[tuple[int, Meeting], ...]
    was_complete: bool
    renamed: Mapping[str, str] = field(default_factory=dict)
    _file: Document | None = None

    def in_the_file(self, complaints: Sequence[Complaint]) -> list[Complaint]:
        """Complaints about the new file, at the places of the seller's file from which the entries come."""
        new = load(self.text, [])
        if new is None or self._file is None:
            return [*complaints]
        old = {mine: his for his, mine in self.renamed.items()}
        found = []
        for each in complaints:
            names = carrying.names_at(new, each.line, each.column)
            place = carrying.place(self._file, tuple(old.get(name, name) for name in names))
            found.append(Complaint(*place, each.message))
        return found


def rebased(document: Document, text: str, name: str, newest: dict[str, Any]) -> Rebased | None:
    """The rules of a file on the newest default; None if they build on it already.

    document: what the file says. text: without BOM. name: as complaints name the file. newest: the data of that default.
    Raises RulesError with a complaint for each change that cannot be carried over, at its place in the file.
    """
    if _BASED_ON in document.data:
        return _moved(text, name, document, newest)
    return _converted(name, document, newest)


def _moved(text: str, name: str, document: Document, newest: dict[str, Any]) -> Rebased | None:
    version = document.data[_BASED_ON]
    if version == newest["version"]:
        return None
    base = default.default(version) if isinstance(version, str) else None
    if base is None:
        raise RulesError(name, [Complaint(*document.mark((_BASED_ON,)), default.no_default())])
    complaints: list[Complaint] = []
    edited = merging.merged(document, base, complaints).data
    if complaints:
        raise RulesError(name, complaints)
    own = {key: value for key, value in document.data.items() if key != _BASED_ON}
    carried = carrying.carried(own, base, edited, newest, as_written=True)
    _refuse(name, document, carried.lost)
    after = editing.with_value(text, (_BASED_ON,), newest["version"])
    for path, beside in carrying.other_places(own, carried.own):
        after = editing.with_value(after, path, beside)
    return Rebased(
        after,
        version,
        newest["version"],
        tuple(carrying.differences(base, newest)),
        _with_lines(document, carried.meetings),
        was_complete=False,
    )


def _converted(name: str, document: Document, newest: dict[str, Any]) -> Rebased:
    edited = complete.aligned(document.data)
    version, base = complete.origin(edited, newest)
    edited, base = own_english(edited, base), without_english(base)
    edited, renamed = complete.with_own_ids(edited, base)
    changes = carrying.changes(base, edited)
    _refuse(name, document, changes.lost, renamed)
    _refuse(name, document, [Lost(names, _UNSAYABLE) for names in carrying.amiss(changes.own, base, edited)], renamed)
    new = complete.aligned(newest)
    carried = carrying.carried(changes.own, base, edited, new, as_written=False)
    _refuse(name, document, carried.lost, renamed)
    return Rebased(
        _new_file(carried.own),
        version,
        newest["version"],
        tuple(carrying.differences(base, new)),
        _with_lines(document, carried.meetings, renamed),
        was_complete=True,
        renamed=renamed,
        _file=document,
    )


def _new_file(own: Mapping[str, Any]) -> str:
    """The file of a new desk, with these settings and changes."""
    text = starting_rules()
    for key, value in own.get("store", {}).items():
        text = editing.with_value(text, ("store", key), value)
    rest = {key: value for key, value in own.items() if key != "store"}
    return f"{text}\n{editing.written(rest)}" if rest else text


def _refuse(name: str, document: Document, lost: Sequence[Lost], renamed: Mapping[str, str] | None = None) -> None:
    """Raises RulesError if a change is lost."""
    if lost:
        raise RulesError(name, [Complaint(*_place(document, each.names, renamed or {}), each.why) for each in lost])


def _with_lines(
    document: Document, meetings: Sequence[Meeting], renamed: Mapping[str, str] | None = None
) -> tuple[tuple[int, Meeting], ...]:
    return tuple((_place(document, each.names, renamed or {})[0], each) for each in meetings)


def _place(document: Document, names: Names, renamed: Mapping[str, str]) -> tuple[int, int]:
    old = {mine: his for his, mine in renamed.items()}
    return carrying.place(document, tuple(old.get(name, name) for name in names))


_UNSAYABLE: Final = Text(
    "여기서 고치신 것은 작업 폴더의 파일로 옮겨 적을 수 없습니다. 기본 규칙대로 되돌려 적어 주세요.",
    "What you have changed here can't be written into a desk's file. Please change it back.",
)
