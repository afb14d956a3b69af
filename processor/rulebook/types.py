"""What rules.yaml means, once it has been checked: a Rulebook of tables, words and dated numbers.

Nothing here reads a file or knows a claim. A situation is a plain dict from word to value (text, or int for a counted
word); a word that is absent is 모름.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from processor.model import UNKNOWN, Action, Kind, Leg, Payer, RuleId, Text

Situation = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Word:
    """One fact that rules may use: its values, or `None` for a counted word (whole working days, may be negative)."""

    name: str
    values: tuple[str, ...] | None
    meaning: Text
    more: str = ""  # "reasons" or "causes": the names in that part of rules.yaml are values too


@dataclass(frozen=True, slots=True)
class Cell:
    """One condition: any of some values, or a number inside one of some closed intervals."""

    values: frozenset[str] = frozenset()
    ranges: tuple[tuple[float, float], ...] = ()
    written: str = ""

    def fits(self, value: str | int) -> bool:
        """A number not known fits no interval; 모름 fits only a cell that names it."""
        if isinstance(value, int):
            return any(low <= value <= high for low, high in self.ranges)
        return value in self.values


@dataclass(frozen=True, slots=True)
class Dated:
    """A number that changes on known days; `None` from a day on = repealed, and before the first day there is none."""

    steps: tuple[tuple[date, int | None], ...]

    def on(self, day: date) -> int | None:
        value = None
        for begins, number in self.steps:
            if begins <= day:
                value = number
        return value


@dataclass(frozen=True, slots=True)
class Row:
    """What every row of every table has; each table's rows add their outcome."""

    id: RuleId
    when: Mapping[str, Cell]
    why: Text
    sources: tuple[str, ...]
    line: int

    def fits(self, situation: Situation) -> bool:
        return all(cell.fits(situation.get(word, UNKNOWN)) for word, cell in self.when.items())

    def misses(self, situation: Situation) -> list[str]:
        """The words whose condition keeps this row out, in the order written."""
        return [word for word, cell in self.when.items() if not cell.fits(situation.get(word, UNKNOWN))]


@dataclass(frozen=True, slots=True)
class Decision(Row):
    action: Action
    deadline: str | None = None
    message: str | None = None
    screen: str = ""
    flags: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeRow(Row):
    payer: Payer = Payer.UNDECIDED
    legs: tuple[Leg, ...] = ()
    open_amount: bool = False  # only a proven or agreed sum may be asked: never computed


@dataclass(frozen=True, slots=True)
class PenaltyRow(Row):
    event: str = ""
    points: Dated = Dated(())
    by_action: bool = False
    per_day: bool = False  # again for each working day late
    due: str | None = None  # name of the deadline whose passing brings the points
    grant_after: int = 1  # the dawn of so many working days after it
    moratorium_exempt: bool = False  # given even inside a moratorium (품절취소)


@dataclass(frozen=True, slots=True)
class Example:
    """One line of the manual that is also the test: these facts must hit that row, or rows."""

    name: str
    given: Mapping[str, str | int]
    expect: tuple[RuleId, ...]
    line: int


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """Rows read from the top. `first` answers for decisions and fees, `all` for penalties."""

    name: str
    question: Text
    rows: tuple[R, ...]
    examples: tuple[Example, ...]

    def first(self, situation: Situation) -> R:
        """The first row that fits; the last row of a checked table catches the rest."""
        return next(row for row in self.rows if row.fits(situation))

    def all(self, situation: Situation) -> Iterator[R]:
        return (row for row in self.rows if row.fits(situation))


@dataclass(frozen=True, slots=True)
class Export:
    """How to know one kind of sheet: by its name and by headers that it must, may and must not have."""

    kind: Kind
    label: Text
    sheets: tuple[str, ...]
    required: tuple[str, ...]
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input file; beyond them the file is a problem, never a crash."""

    file_mib: int
    unpacked_mib: int
    ratio: int
    rows: int
    columns: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Exports:
    """What the files look like. Headers and labels are compared space-free, see `processor.intake.cells`.

    columns: role (a name of `model.Col`) → headers that fill it. states: role → label → word; an unlisted label is a
    problem of its row. hints: the same, but an unlisted label only means 모름. personal: headers dropped on reading.
    """

    kinds: tuple[Export, ...]
    columns: Mapping[str, tuple[str, ...]]
    states: Mapping[str, Mapping[str, str]]
    hints: Mapping[str, Mapping[str, str]]
    personal: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of a claim: its word, the API's code where one is certain, and whose fault it is by who filed it."""

    name: str
    label: Text
    code: str | None
    fault_if_buyer: str
    fault_if_seller: str
    seller_chooses: str | None  # which of the popup's seven reasons says the same; None = none fits
    cause: str  # the word of 실제사유 that it stands for
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """What the seller says of one product: 상품 is the word that rules see."""

    product_no: str
    goods: str | None
    agreed: str  # 제작동의: 예 · 아니오 · 모름
    return_fee: int | None
    outbound_fee: int | None


@dataclass(frozen=True, slots=True)
class Store:
    """The seller's own settings."""

    name: str
    no_invoice_means: str
    packed: str
    unknown_handover: str
    free_shipping_on_change_of_mind: str
    return_fee: int | None
    outbound_fee: int | None
    today_cutoff: str | None
    approve_limit: int | None
    products: Mapping[str, Product]


@dataclass(frozen=True, slots=True)
class Deadline:
    """`working_days` after the date in column `start`."""

    name: str
    start: str
    working_days: Dated
    text: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moratorium:
    """Days on which no points are given (by the day of granting, policy §6.5)."""

    first: date
    last: date
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days: Korean public holidays, with the seller's dated corrections."""

    closed: tuple[date, ...]
    open: tuple[date, ...]
    deadlines: Mapping[str, Deadline]
    dispatch_days: Mapping[str, Dated]  # 배송 kind → working days from payment to 발송기한


@dataclass(frozen=True, slots=True)
class Sanction:
    """When points lead to a sanction (policy §6.4): both bounds must be reached."""

    window_days: int
    points: int
    ratio_percent: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Penalties:
    table: Table[PenaltyRow]
    sanction: Sanction
    moratoria: tuple[Moratorium, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and how certain that is (policy §1.1)."""

    name: str
    certainty: str
    title: Text
    checked: str


@dataclass(frozen=True, slots=True)
class Messages:
    """Sentences of the seller: drafts to the buyer, and the clicks of each screen."""

    drafts: Mapping[str, Text]
    screens: Mapping[str, tuple[Text, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Rulebook:
    """rules.yaml, checked. There is no way to hold one that was not: `rulebook.read` is its only maker."""

    version: str
    sha256: str
    store: Store
    exports: Exports
    reasons: tuple[Reason, ...]
    decisions: Table[Decision]
    fees: Table[FeeRow]
    penalties: Penalties
    calendar: Calendar
    messages: Messages
    sources: Mapping[str, Source]

    def __repr__(self) -> str:
        return f"Rulebook({self.version}, {self.sha256[:8]})"
