"""Turns plain data into tables of rows. Complains about unknown words, bad conditions and missing sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from processor.model import NOTHING, YEARS, Action, Leg, Payer, RuleId, Text, josa
from processor.rulebook.cells import cell
from processor.rulebook.load import Complaint, Document, Path_
from processor.rulebook.nearest import not_one_of, unknown
from processor.rulebook.types import (
    OPEN_DEADLINE,
    Cell,
    Dated,
    Decision,
    Example,
    FeeRow,
    OpenDeadline,
    PenaltyRow,
    Row,
    Table,
    When,
    Word,
)

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Notes:
    """The document that is being read, and the complaints about it.

    overruled: the default's examples that the seller's own rows answer otherwise; each as table and index.
    """

    document: Document
    complaints: list[Complaint] = field(default_factory=list)
    overruled: set[tuple[str, int]] = field(default_factory=set)

    def say(self, path: Path_, message: Text) -> None:
        self.complaints.append(Complaint(*self.document.mark(path), self.document.complaint(path, message)))

    def say_key(self, path: Path_, message: Text) -> None:
        """Adds a complaint about the name of an entry, not its value."""
        self.complaints.append(Complaint(*self.document.key(path), self.document.complaint(path, message)))

    def say_line(self, line: int, message: Text) -> None:
        """Adds a complaint about a row, by its line."""
        self.complaints.append(Complaint(line, 1, message))

    def line(self, path: Path_) -> int:
        return self.document.mark(path)[0]

    def known(self, name: str | None, known: Iterable[str], path: Path_) -> None:
        """Adds a complaint unless another part of the file defines the name."""
        names = list(known)
        if name is not None and name not in names:
            self.say(path, not_one_of(name, names))

    def known_key(self, name: str, known: Iterable[str], path: Path_) -> None:
        """The same for the name of an entry."""
        names = list(known)
        if name not in names:
            self.say_key(path, not_one_of(name, names))

    def cites(self, sources: list[str], known: Iterable[str], path: Path_) -> None:
        """Adds a complaint unless at least one source is named and the file describes each."""
        if not sources:
            self.say((*path, "출처"), _NO_SOURCE)
        for index, source in enumerate(sources):
            self.known(source, known, (*path, "출처", index))


@dataclass(frozen=True, slots=True)
class Names:
    """The names elsewhere in the file that rows may use, and the default day on which examples are tested."""

    sources: Iterable[str]
    deadlines: Iterable[str]
    drafts: Iterable[str]
    costs: Iterable[str]
    screens: Iterable[str]
    version: date


def impossible(
    section: dict[str, Any] | list[dict[str, Any]], words: Mapping[str, Word], names: Names, notes: Notes
) -> tuple[tuple[Row, ...], tuple[Example, ...]]:
    """The situations that no order can be in, and examples of them. A plain list, the older form, has no examples."""
    parts = {"rows": section, "examples": []} if isinstance(section, list) else section
    path: Path_ = ("impossible",) if isinstance(section, list) else ("impossible", "rows")
    rows = (Row(**_common(data, words, names, notes, (*path, index))) for index, data in enumerate(parts["rows"]))
    return tuple(rows), _examples("impossible", parts["examples"], words, names, notes)


def decisions(section: dict[str, Any], words: Mapping[str, Word], names: Names, notes: Notes) -> Table[Decision]:
    def row(data: dict[str, Any], path: Path_) -> Decision:
        for key, known in (
            ("기한", [*names.deadlines, OPEN_DEADLINE]),
            ("안내문", names.drafts),
            ("화면", names.screens),
        ):
            notes.known(data.get(key), known, (*path, key))
        action = _ACTIONS[data["조치"]]
        return Decision(
            **_common(data, words, names, notes, path),
            action=action,
            deadline=data.get("기한"),
            message=data.get("안내문"),
            screen=data.get("화면", action.ko),
            flags=tuple(data.get("flags", ())),
            asks=tuple(data.get("묻기", ())),
        )

    return _table("decisions", section, row, words, names, notes)


def open_deadlines(
    section: dict[str, Any], words: Mapping[str, Word], names: Names, notes: Notes
) -> tuple[OpenDeadline, ...]:
    """The deadlines by situation, for decision rows whose deadline is `OPEN_DEADLINE`."""
    found = []
    for index, data in enumerate(section.get("열린것", [])):
        path: Path_ = ("decisions", "열린것", index)
        notes.known(data["기한"], names.deadlines, (*path, "기한"))
        found.append(OpenDeadline(conditions(data["when"], words, notes, (*path, "when")), data["기한"]))
    return tuple(found)


def fees(section: dict[str, Any], words: Mapping[str, Word], names: Names, notes: Notes) -> Table[FeeRow]:
    def row(data: dict[str, Any], path: Path_) -> FeeRow:
        notes.known(data.get("안내문"), names.drafts, (*path, "안내문"))
        notes.known(data.get("비용글"), names.costs, (*path, "비용글"))
        return FeeRow(
            **_common(data, words, names, notes, path),
            payer=_PAYERS[data["부담"]],
            legs=tuple(_LEGS[leg] for leg in data.get("구간", ())),
            open_amount="금액" in data,
            supported="지원" in data,
            message=data.get("안내문"),
            says=data.get("비용글"),
        )

    return _table("fees", section, row, words, names, notes)


def penalties(section: dict[str, Any], words: Mapping[str, Word], names: Names, notes: Notes) -> Table[PenaltyRow]:
    def row(data: dict[str, Any], path: Path_) -> PenaltyRow:
        notes.known(data.get("기한"), names.deadlines, (*path, "기한"))
        return PenaltyRow(
            **_common(data, words, names, notes, path),
            event=data["event"],
            points=dated(data["점수"], (*path, "점수"), notes),
            by_action=data.get("조치때문", False),
            per_day=data.get("하루마다", False),
            due=data.get("기한"),
            grant_after=data.get("부과", 1),
            grant_after_else=data.get("다른부과"),
            avoid=Text(**data["피하기"]) if "피하기" in data else NOTHING,
            moratorium_exempt=data.get("유예제외", False),
        )

    return replace(_table("penalties", section, row, words, names, notes), adds_up=True)


def dated(steps: dict[str, int | None], path: Path_, notes: Notes) -> Dated:
    """Reads a number that changes on given days: `{2020-01-01: 1, 2027-07-01: 2}`."""
    days = ((day(text, (*path, text), notes.say_key), number) for text, number in steps.items())
    return Dated(tuple(sorted(((begins, number) for begins, number in days if begins), key=lambda step: step[0])))


def day(text: str, path: Path_, say: Callable[[Path_, Text], None]) -> date | None:
    """Reads a day such as 2026-01-31. A day that does not exist or is too far away is a complaint, and None."""
    quoted = f"'{text}'"
    try:
        found = date.fromisoformat(text)
    except ValueError:
        say(path, Text(f"{josa(quoted, '은/는')} 달력에 없는 날입니다.", f"{quoted} is not a day of the calendar."))
        return None
    if found.year not in YEARS:
        first, last = YEARS[0], YEARS[-1]
        far = Text(
            f"{josa(quoted, '은/는')} 너무 먼 날입니다. {first}년부터 {last}년 사이의 날을 적으세요.",
            f"{quoted} is too far away. Write a day of {first} to {last}.",
        )
        say(path, far)
        return None
    return found


def _table(
    name: str,
    section: dict[str, Any],
    make: Callable[[dict[str, Any], Path_], R],
    words: Mapping[str, Word],
    names: Names,
    notes: Notes,
) -> Table[R]:
    rows = tuple(make(data, (name, "rows", index)) for index, data in enumerate(section["rows"]))
    return Table(
        name,
        Text(section["question"], section["en"]),
        rows,
        _examples(name, section["examples"], words, names, notes),
        meant_for=_meant_for(name, section["rows"], words, notes),
        unique=section.get("unique", False),
    )


def _meant_for(name: str, rows: list[dict[str, Any]], words: Mapping[str, Word], notes: Notes) -> tuple[When, ...]:
    """The situations that the last row is meant for. Any other row with this entry is a complaint."""
    for index, row in enumerate(rows[:-1]):
        if "meant_for" in row:
            notes.say((name, "rows", index, "meant_for"), _NOT_THE_LAST)
    path: Path_ = (name, "rows", len(rows) - 1, "meant_for")
    written = rows[-1].get("meant_for", [])
    return tuple(conditions(when, words, notes, (*path, index)) for index, when in enumerate(written))


def _common(data: dict[str, Any], words: Mapping[str, Word], names: Names, notes: Notes, path: Path_) -> dict[str, Any]:
    """The entries that rows of all tables have; the keys are the fields of `Row`."""
    notes.cites(data["출처"], names.sources, path)
    days = {
        key: day(data[key], (*path, key), notes.say) if key in data else None for key in ("부터", "까지", "review_by")
    }
    if days["부터"] and days["까지"] and days["부터"] > days["까지"]:
        notes.say((*path, "까지"), _ENDS_EARLY)
    return {
        "id": RuleId(data["id"]),
        "when": conditions(data["when"], words, notes, (*path, "when")),
        "why": Text(data["이유"], data["en"]),
        "sources": tuple(data["출처"]),
        "line": notes.line(path),
        "since": days["부터"],
        "until": days["까지"],
        "review_by": days["review_by"],
    }


def conditions(written: dict[str, Any], words: Mapping[str, Word], notes: Notes, path: Path_) -> dict[str, Cell]:
    cells = {}
    for name, value in written.items():
        if name not in words:
            notes.say_key((*path, name), unknown(_WORD, name, list(words)))
            continue
        result = cell(value, words[name])
        if isinstance(result, Cell):
            cells[name] = result
        else:
            for place, wrong in result.items():
                notes.say((*path, name, place), wrong)
    return cells


def _examples(
    name: str, written: list[dict[str, Any]], words: Mapping[str, Word], names: Names, notes: Notes
) -> tuple[Example, ...]:
    return tuple(
        _example(data, words, names.version, notes, (name, "examples", index)) for index, data in enumerate(written)
    )


def _example(data: dict[str, Any], words: Mapping[str, Word], version: date, notes: Notes, path: Path_) -> Example:
    expect = data["expect"] if isinstance(data["expect"], list) else [data["expect"]]
    tried = day(data["날"], (*path, "날"), notes.say) if "날" in data else version
    return Example(
        data["name"],
        conditions(data["given"], words, notes, (*path, "given")),
        tuple(RuleId(rule) for rule in expect),
        notes.line(path),
        tried or version,
        anything="나머지" in data,
    )


_WORD = Text("말", "word")
_ACTIONS = {action.ko: action for action in Action}
_PAYERS = {payer.text.ko: payer for payer in Payer}
_LEGS = {"보낼때": Leg.OUTBOUND, "반품때": Leg.RETURN}
_NO_SOURCE = Text(
    "출처가 없습니다. 출처 없는 규칙은 둘 수 없습니다.", "No source is named. A rule without one can't stay."
)
_NOT_THE_LAST = Text(
    "meant_for는 나머지를 받는 마지막 줄에만 적습니다. 이 줄이 받을 상황은 when에 적으세요.",
    "Only the last row, which catches the rest, has meant_for. What this row is for stands in its `when`.",
)
_ENDS_EARLY = Text(
    "까지가 부터보다 앞섭니다. 날짜를 바로잡으세요.", "까지 (until) lies before 부터 (from). Mend the days."
)
