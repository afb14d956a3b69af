"""What of a file is not known: columns and labels that may be another name of known ones, and which those may be.

Nothing is ever mapped here. What tells of a person, or may, is neither shown nor offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from processor.intake import cells
from processor.intake.contents import contents, opened, refused
from processor.intake.examine import is_our_own
from processor.intake.layout import Layout, Signature, layout
from processor.intake.likeness import likeness, nearest
from processor.intake.recognise import header_of, header_row, likely, signature_of
from processor.intake.shapes import (
    Values,
    Words,
    fit,
    is_order_no,
    is_personal_text,
    may_be_shown,
    tells_of_a_person,
)
from processor.intake.sheet import Book
from processor.market.other_columns import NOT_READ, may_be_personal
from processor.model import (
    ANSWER_CELLS,
    ANSWER_COLUMNS,
    CLAIM_STATES,
    Col,
    Holds,
    InputFile,
    Place,
    Problem,
    Spelling,
    Text,
    josa,
    space_free,
)
from processor.opener.process import Opening
from processor.opener.reply import Cell, Columns, Lacking, Refusal, Unfinished
from processor.rulebook.aliases import REASONS
from processor.rulebook.types import Exports, Reason

_SAMPLES: Final = 3
_OFFERED: Final = 3
_LONGEST_SAMPLE: Final = 20
_LONGEST_LABEL: Final = 30
_ALIKE: Final = 0.5
"""A column whose name is less like that of a role, and whose values tell nothing, is not offered as its other name."""
_FITTING: Final = 0.4
_NEEDED: Final = 0.35
"""What it counts, beside the likeness of the names, that values fit a column, and that the sheet lacks it."""
_FEWEST_KNOWN: Final = 2
"""A row with fewer known headers is not taken for the header of an export."""
_IDS: Final = (Col.PRODUCT_ORDER_NO, Col.ORDER_NO)
_NOT_READ: Final = frozenset(map(space_free, NOT_READ))
_PAST: Final = frozenset(
    {Col.DISPATCHED_AT, Col.INVOICE_PRINTED_AT, Col.PAID_AT, Col.CONFIRMED_AT, Col.CLAIM_REQUESTED, Col.COLLECT_DONE}
)
"""Days of what has happened, so none of them is later than its file."""


class Candidate(NamedTuple):
    """A column that the unknown one may be."""

    role: str
    header: str  # its usual name
    why: tuple[Text, ...]
    needed: bool  # without it the sheet is not read


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that nobody knows, with the nearest known ones first."""

    place: Place
    header: str
    samples: tuple[str, ...]
    candidates: tuple[Candidate, ...]


class Meaning(NamedTuple):
    """What an unknown label may mean: the word of the rules for a column, and the known label that is most like it."""

    role: str
    word: str
    like: str


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A label of a state or a reason that nobody knows, with all its possible meanings, the nearest first."""

    place: Place
    column: str  # the header
    label: str
    rows: int
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One sheet as it is looked at. values: of each column that is needed, by its position."""

    place: Place
    taken_at: datetime
    headers: tuple[str, ...]
    values: Mapping[int, Values]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of columns and labels."""

    form: Layout
    exports: Exports
    reasons: Sequence[Reason]
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        hints = {role: frozenset(map(space_free, labels)) for role, labels in self.exports.hints.items()}
        fees = {Col.FEE_POLICY: hints.get(Col.FEE_KIND, frozenset())}
        object.__setattr__(self, "words", {**hints, **fees, **self.form.labels})

    @classmethod
    def of(cls, exports: Exports, reasons: Sequence[Reason]) -> Vocabulary:
        return cls(layout(exports, reasons), exports, reasons)

    def usual(self, role: str) -> str:
        """The header of a column that is read before its others."""
        return self.exports.columns[role][0]

    def role_of(self, name: str) -> str | None:
        """The column of one of its headers, or of its name in rules.yaml."""
        free = space_free(name)
        return next((role for role, headers in self.form.roles.items() if free in headers or name == role), None)

    def is_known(self, header: str) -> bool:
        return header in self.form.known or header in _NOT_READ

    def meanings(self, role: str) -> dict[tuple[str, str], list[str]]:
        """The meanings that a label of a column may have, each with the labels that have it.

        For a label of 클레임상태 also those of the three status columns, of which it may be one.
        """
        if role in REASONS:
            return {
                (role, reason.name): [*dict.fromkeys((reason.name, reason.label.ko, *reason.labels))]
                for reason in self.reasons
            }
        found: dict[tuple[str, str], list[str]] = {}
        for each in (role, *(CLAIM_STATES.values() if role == Col.CLAIM_STATUS else ())):
            for label, word in self.exports.states.get(each, {}).items():
                found.setdefault((each, word), []).append(label)
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, what is not known of it, and how many of its unknown columns are not shown."""

    seen: Seen
    kind: Text | None  # the screen of which it is, or most likely is
    missing: tuple[str, ...]  # required columns that it lacks
    roles: Mapping[str, int]  # column → its position, of those that are known
    allowed: tuple[str, ...]  # columns that an unknown one may be
    columns: tuple[UnknownColumn, ...]
    labels: tuple[UnknownLabel, ...]
    withheld: int

    def at(self, header: str) -> int | None:
        """The position of a header; None if it has none of that name."""
        free = space_free(header)
        return next((at for at, each in enumerate(self.seen.headers) if space_free(each) == free), None)


# ── of one sheet ──


def table(seen: Seen, known: Vocabulary) -> Table:
    """What of a sheet is not known."""
    form, place = known.form, seen.place
    headers = [space_free(header) for header in seen.headers]
    signature, missing = _kind(frozenset(headers), place, form)
    holds = Holds.ORDERS if signature is None else signature.export.kind.holds
    of_kind = [*form.roles] if signature is None else [*form.roles_of(signature.export.kind)]
    roles = {role: headers.index(each) for role in form.roles for each in form.roles[role] if each in headers}
    allowed = tuple(
        role for role in of_kind if role not in roles and (role not in ANSWER_COLUMNS or holds is Holds.ANSWERS)
    )
    allowed = tuple(role for role in allowed if role != Col.STATED_ACTION)
    needed = frozenset(role for names in missing for name in names if (role := known.role_of(name)))
    strange = [at for at in sorted(seen.values) if headers[at] and not known.is_known(headers[at])]
    hidden = [at for at in strange if is_withheld(headers[at], seen.values[at], known)]
    found = Table(
        seen,
        None if signature is None else signature.export.label,
        tuple(map(" / ".join, missing)),
        roles,
        allowed,
        (),
        tuple(_labels(seen, roles, known)),
        len(hidden),
    )
    columns = [_column(at, found, needed, known) for at in strange if at not in hidden]
    recognised = signature is not None and not missing
    return _with(found, [column for column in columns if column.candidates or not recognised])


def _kind(headers: frozenset[str], place: Place, form: Layout) -> tuple[Signature | None, Sequence[Sequence[str]]]:
    """The kind of which a sheet is, or most likely is, and the columns that it lacks."""
    found = signature_of(headers, place, form)
    if not isinstance(found, Problem):
        return found, ()
    for each in form.signatures:
        if each.by_name and space_free(place.sheet) in each.sheets:
            return each, (each.export.any_of,)
    return likely(headers, place, form) or (None, ())


def _with(found: Table, columns: Iterable[UnknownColumn]) -> Table:
    return Table(
        found.seen,
        found.kind,
        found.missing,
        found.roles,
        found.allowed,
        tuple(sorted(columns, key=lambda column: not any(each.needed for each in column.candidates))),
        found.labels,
        found.withheld,
    )


def is_withheld(header: str, values: Values, known: Vocabulary) -> bool:
    """May this column tell of a person? Then it is neither shown nor mapped."""
    return may_be_personal(header) or tells_of_a_person(values, known.words)


def _column(at: int, of: Table, needed: frozenset[str], known: Vocabulary) -> UnknownColumn:
    header, values = of.seen.headers[at], of.seen.values[at]
    ranked: list[tuple[float, Candidate]] = []
    for role in of.allowed:
        alike, near = max((likeness(header, each), -nth) for nth, each in enumerate(known.exports.columns[role]))
        found = fit(role, values, known.words)
        if found.weight is None or mistaken(role, at, of, {}) is not None:
            continue
        score = alike + _FITTING * found.weight + (_NEEDED if role in needed else 0)
        if alike < _ALIKE and (found.weight < 0.5 or role not in needed):
            continue
        name = known.exports.columns[role][-near]
        quoted = f"'{name}'"
        named = Text(f"이름이 {josa(quoted, '과/와')} 비슷합니다", f"its name is like {quoted}")
        why = tuple(reason for reason in (found.why, named if alike >= _ALIKE else None) if reason and reason.ko)
        ranked.append((score, Candidate(role, known.usual(role), why, role in needed)))
    ranked.sort(key=lambda each: -each[0])
    return UnknownColumn(of.seen.place, header, _samples(values, known), tuple(each for _, each in ranked[:_OFFERED]))


def _samples(values: Values, known: Vocabulary) -> tuple[str, ...]:
    """A few values to recognise the column by, of those that tell of nobody."""
    texts = dict.fromkeys(map(cells.without_phones, may_be_shown(values, known.words)))
    return tuple(text[:_LONGEST_SAMPLE] for text in [*texts][:_SAMPLES])


def mistaken(role: str, at: int, of: Table, taught: Mapping[str, int]) -> Text | None:
    """Why the column at this position can't be the role, as far as other columns or the day of the file show.

    taught: the positions of other columns that are taught at the same time, by role.
    """
    values = of.seen.values[at]
    if role in _PAST and any(_later(cell, of.seen.taken_at) for cell in values.counts):
        return Text("파일을 받은 날보다 뒤의 날짜가 있습니다", "it has days after that of the file")
    if role not in _IDS:
        return None
    if not values.counts:
        return Text("값이 하나도 없습니다", "it has no values")
    roles = {**of.roles, **taught}
    for other, theirs in of.seen.values.items():
        if other == at or theirs.share(is_order_no) < 0.9:
            continue
        name = of.seen.headers[other]
        finer, coarser = len(theirs.counts) > len(values.counts), len(theirs.counts) < len(values.counts)
        if role == Col.PRODUCT_ORDER_NO and values.repeat and finer:
            return _is_the_other(name, "상품주문번호")
        if role != Col.ORDER_NO:
            continue
        if coarser and Col.PRODUCT_ORDER_NO not in roles:
            return _is_the_other(name, "주문번호")
        if roles.get(Col.PRODUCT_ORDER_NO) == other and (coarser or theirs.counts == values.counts):
            return Text(
                f"한 주문에 상품주문이 여럿이니 '{name}' 열보다 번호가 적어야 하는데, 그렇지 않거나 값이 똑같습니다",
                f"an order has several product orders, so it must have fewer numbers than '{name}', and none of the same",
            )
    return None


def is_ambiguous(role: str, at: int, of: Table) -> bool:
    """Could the values as well be those of the other number? Where each row has an order of its own, nobody can tell."""
    values = of.seen.values[at]
    others = [theirs for other, theirs in of.seen.values.items() if other != at and theirs.share(is_order_no) >= 0.9]
    return role in _IDS and not values.repeat and all(len(each.counts) == len(values.counts) for each in others)


def _later(cell: Cell, moment: datetime) -> bool:
    return isinstance(day := cells.moment(cell), datetime) and day.date() > moment.date()


def _is_the_other(name: str, number: str) -> Text:
    quoted = f"'{name}'"
    return Text(
        f"같은 번호가 몇 줄에 있는지 보면 {josa(quoted, '이/가')} {number}입니다",
        f"by how often its numbers repeat, {quoted} is {number}",
    )


# ── labels ──


def _labels(seen: Seen, roles: Mapping[str, int], known: Vocabulary) -> Iterator[UnknownLabel]:
    closed = {cell.column for cell in ANSWER_CELLS if cell.spelling is not Spelling.CAUSES}
    for role, labels in known.form.labels.items():
        if role in closed or (at := roles.get(role)) is None or at not in seen.values:
            continue
        met: dict[str, tuple[str, int]] = {}
        for cell, rows in seen.values[at].counts.items():
            label, text = cells.label(cell), cells.text(cell)
            plain = cell not in cells.FAULTS and len(text) <= _LONGEST_LABEL and not is_personal_text(text)
            if label not in labels and label not in ("", "모름") and plain:
                met[label] = met[label][0] if label in met else text, rows + (met[label][1] if label in met else 0)
        for text, rows in met.values():
            yield UnknownLabel(seen.place, seen.headers[at], text, rows, tuple(_meanings(role, text, known)))


def _meanings(role: str, label: str, known: Vocabulary) -> list[Meaning]:
    found = [(*nearest(label, labels), key) for key, labels in known.meanings(role).items()]
    return [Meaning(*key, like) for like, _, key in sorted(found, key=lambda each: -each[1])]


# ── of a file ──


def unknowns(file: InputFile, known: Vocabulary, opening: Opening) -> Iterator[Table | Problem]:
    """Each sheet of a file, or of the files in a zip, that may be an export; or why it can't be opened."""
    for content in contents(file, known.exports.limits, opening.process):
        book = content if isinstance(content, Problem) else opened(content, opening.passwords)
        if isinstance(book, Problem):
            yield book
            continue
        for name in book.names:
            if not is_our_own(name, book) and (found := _looked_at(name, book, known)) is not None:
                yield found


def _looked_at(name: str, book: Book, known: Vocabulary) -> Table | Problem | None:
    place = Place(book.file, name)
    first = book.opener.head(name, book.searched_rows)
    if isinstance(first, Refusal):
        return refused(first, book.file)
    row = header_row(first, space_free(name), known.form)
    if row is None:
        row = _most_known(first, known)
    if row is None:
        return None
    headers = tuple(cells.text(cell) if header_of(cell) else "" for cell in first[row])
    key = next((at for at, header in enumerate(headers) if space_free(header) in known.form.keys), None)
    positions = [
        at for at, header in enumerate(headers) if header and _is_wanted(space_free(header), known, own=book.returned)
    ]
    below = book.opener.columns(name, row + 1, positions, known.form.headers(key))
    if isinstance(below, Refusal):
        return refused(below, book.file)
    return table(Seen(place, book.taken_at, headers, _values(positions, below)), known)


def _most_known(rows: Sequence[Sequence[Cell]], known: Vocabulary) -> int | None:
    """The row (from 0) with the most known headers; None if no row has some."""
    counts = [sum(known.is_known(header) for header in map(header_of, row) if header) for row in rows]
    most = max(counts, default=0)
    return counts.index(most) if most >= _FEWEST_KNOWN else None


def _is_wanted(header: str, known: Vocabulary, *, own: bool) -> bool:
    """Is the column unknown, or one of numbers or labels? own: in a workbook of this program no column is unknown."""
    role = known.role_of(header)
    return (not own and not known.is_known(header)) or role in _IDS or role in known.form.labels


def _values(positions: Sequence[int], below: Columns) -> dict[int, Values]:
    found: dict[int, Values] = {}
    for at, codes, distinct in zip(positions, below.codes, below.distinct, strict=True):
        rows = [0] * len(distinct)
        for code in codes:
            rows[code] += 1
        plain = (
            (cell.cell if isinstance(cell, Unfinished) else cell, n) for cell, n in zip(distinct, rows, strict=True)
        )
        counts = {cell: n for cell, n in plain if n and not isinstance(cell, Lacking) and not cells.is_blank(cell)}
        found[at] = Values(counts)
    return found
