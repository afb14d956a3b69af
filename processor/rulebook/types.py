"""What rules.yaml means, once it has been checked: a Rulebook of tables, words and dated numbers.

Nothing here reads a file or knows a claim. A situation is a plain dict from word to value (text, or int for a counted
word); a word that is absent is 모름.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from processor.model import NOTHING, UNKNOWN, Action, Kind, Leg, Payer, RuleId, Text
from processor.rulebook.drafts import Draft, Template, with_costs

Situation = Mapping[str, str | int]
When = Mapping[str, "Cell"]


@dataclass(frozen=True, slots=True)
class Word:
    """One fact that rules may use: its values, or `None` for a counted word (whole working days, may be negative)."""

    name: str
    values: tuple[str, ...] | None
    meaning: Text
    english: tuple[str, ...] = ()  # the word and its values, in their order, as an English sentence says them
    more: str = ""  # "reasons" or "causes": the names in that part of rules.yaml are values too
    usual: str = UNKNOWN  # what holds where nothing is said; a word with another usual value is always known
    columns: tuple[str, ...] = ()  # names of `model.Col` that it is found in; none = a setting, or worked out later
    lists: tuple[Kind, ...] = ()  # lists of the seller's own in which the order is looked up
    settings: tuple[str, ...] = ()  # entries of rules.yaml that have a say in it, such as store.packed
    facts: tuple[str, ...] = ()  # other words that it is worked out from

    @property
    def possible(self) -> tuple[str, ...]:
        """All that a cell may name: the values, and 모름 unless the word is always known."""
        return (*(self.values or ()), *([UNKNOWN] if self.usual == UNKNOWN else []))

    @property
    def text(self) -> Text:
        return Text(self.name, self.english[0] if self.english else self.name)

    def named(self, value: str | int) -> Text:
        """A value in both languages; what is none of its values, such as a number, stands for itself."""
        known = dict(zip(self.values or (), self.english[1:], strict=False)) | {UNKNOWN: "unknown"}
        return Text(str(value), known.get(str(value), str(value)))


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


_END_OF_DAYS: Final = date(2200, 1, 1)


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

    def spans(self) -> Iterator[tuple[date, date, int]]:
        """The first and the last day of each number."""
        ends = [*(begins - timedelta(days=1) for begins, _ in self.steps[1:]), _END_OF_DAYS]
        for (begins, number), last in zip(self.steps, ends, strict=True):
            if number is not None:
                yield begins, last, number


@dataclass(frozen=True, slots=True)
class Row:
    """What every row of every table has; each table's rows add their outcome."""

    id: RuleId
    when: Mapping[str, Cell]
    why: Text
    sources: tuple[str, ...]
    line: int
    since: date | None = None
    until: date | None = None  # the last day on which it holds
    review_by: date | None = None  # after this day its numbers are old until somebody looks again

    def holds(self, day: date) -> bool:
        """Is the row in force on that day?"""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def differs(self, other: Row) -> bool:
        """Do the two say different things? What they are called and when they fit is not what they say."""
        return self.why != other.why or self._said() != other._said()

    def _said(self) -> list[object]:
        return [getattr(self, each.name) for each in fields(self) if each.name not in _NOT_SAID]

    def fits(self, situation: Situation) -> bool:
        return all(cell.fits(situation.get(word, UNKNOWN)) for word, cell in self.when.items())

    def misses(self, situation: Situation) -> list[str]:
        """The words whose condition keeps this row out, in the order written."""
        return [word for word, cell in self.when.items() if not cell.fits(situation.get(word, UNKNOWN))]


_NOT_SAID = frozenset({"id", "when", "line", "since", "until", "review_by"})


@dataclass(frozen=True, slots=True)
class Decision(Row):
    action: Action = Action.REVIEW
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
    supported: bool = False  # Naver may pay the return leg in the buyer's place: shown, never added up
    says: str | None = None  # the sentence of messages.costs that a draft says of it
    message: str | None = None  # the note to the buyer where the decision has none of its own


@dataclass(frozen=True, slots=True)
class PenaltyRow(Row):
    event: str = ""
    points: Dated = Dated(())
    by_action: bool = False
    per_day: bool = False  # again for each working day late
    due: str | None = None  # name of the deadline whose passing brings the points
    grant_after: int = 1  # the dawn of so many working days after it
    grant_after_else: int | None = None  # the same by another reading, where sources disagree (policy §6.3)
    avoid: Text = NOTHING  # what the seller can still do about it
    moratorium_exempt: bool = False  # given even inside a moratorium (품절취소)


@dataclass(frozen=True, slots=True)
class Example:
    """One line of the manual that is also the test: all these situations must hit that row, or rows.

    given: for each word what it may be. A word that is left out has its usual value, 모름 for most; or any value at all,
    where the example speaks of everything else too (나머지: 아무거나).
    """

    name: str
    given: Mapping[str, Cell]
    expect: tuple[RuleId, ...]
    line: int
    day: date  # tried with the rows in force then
    anything: bool = False


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """Rows read from the top: the first that fits answers, or, where a table adds up, all that fit."""

    name: str
    question: Text
    rows: tuple[R, ...]
    examples: tuple[Example, ...]
    meant_for: tuple[Mapping[str, Cell], ...] = ()  # the situations that the last row is there to catch
    unique: bool = False  # no two rows with different outcomes may meet
    adds_up: bool = False  # all rows that fit count: penalties
    _words: tuple[str, ...] = field(init=False, repr=False, compare=False)  # that some row asks for
    _bits: dict[tuple[str, str | int], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", tuple(dict.fromkeys(word for row in self.rows for word in row.when)))

    def on(self, day: date) -> Table[R]:
        """The table as it stands on that day."""
        return replace(self, rows=tuple(row for row in self.rows if row.holds(day)))

    def first(self, situation: Situation) -> R:
        """The first row that fits; the last row of a checked table catches the rest."""
        return next(self.all(situation))

    def all(self, situation: Situation) -> Iterator[R]:
        left = -1
        for admitted in self._admitted(situation):
            left &= admitted
        return (row for at, row in enumerate(self.rows) if left >> at & 1)

    def nearest(self, situation: Situation, among: Sequence[bool]) -> list[R]:
        """Of some rows, by their places, those with fewest unmet conditions."""
        some = sum(wanted << at for at, wanted in enumerate(among))
        most = max((len(row.when) for row in self.rows), default=0)
        within = [some] * (most + 1)  # at each place those with so many conditions unmet, or fewer
        for admitted in self._admitted(situation):
            if some & ~admitted:  # most words keep none of them out
                within = [now & admitted | fewer for now, fewer in zip(within, [0, *within], strict=False)]
        found = next(filter(None, within), 0)
        return [row for at, row in enumerate(self.rows) if found >> at & 1]

    def _admitted(self, situation: Situation) -> Iterator[int]:
        """For each word the rows that its value does not keep out, as bits.

        Found once for each value, whatever else a situation says: the first row that fits is found in a third of the time.
        """
        for word in self._words:
            said = word, situation.get(word, UNKNOWN)
            if said not in self._bits:
                fits = (word not in row.when or row.when[word].fits(said[1]) for row in self.rows)
                self._bits[said] = sum(fit << at for at, fit in enumerate(fits))
            yield self._bits[said]


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
    memory_mib: int


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


ASKED_FOR: Final = "요청"
UNDER_WAY: Final = ("진행", "직권진행")
OPEN_CANCEL: Final = (ASKED_FOR, *UNDER_WAY)
"""The words of cancel_status that mean a cancel that is not over: asked for; approved, and the refund runs."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of a claim: its word, the API's code where one is certain, and whose fault it is by who filed it."""

    name: str
    label: Text
    code: str | None  # missing where one label stands for two codes
    fault_if_buyer: str
    fault_if_seller: str
    seller_chooses: str | None  # which of the popup's seven reasons says the same; None = none fits
    cause: str  # the word of 실제사유 that it stands for
    labels: tuple[str, ...]
    code_if_seller: str | None = None  # the one that the popup of the seller's cancel sends


@dataclass(frozen=True, slots=True)
class Product:
    """What the seller says of one product: 상품 is the word that rules see."""

    product_no: str
    goods: str | None
    agreed: str  # 제작동의: 예 · 아니오 · 모름
    return_fee: int | None
    outbound_fee: int | None
    free_shipping_over: int | None = None


@dataclass(frozen=True, slots=True)
class PenaltyNow:
    """What the Seller Center itself showed on a day: points, their ratio to paid orders, and the stage (0 = none)."""

    day: date
    points: int
    ratio_percent: int | None
    stage: int | None
    stage_since: date | None


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
    free_shipping_over: int | None  # 조건부 무료배송: from this sum on a bundle ships free
    today_cutoff: str | None
    approve_limit: int | None
    personal: str  # drop | keep: what correction copies show of buyers
    protect_outbox: bool  # workbooks are locked with the inbox's password
    penalty_now: PenaltyNow | None
    products: Mapping[str, Product]


@dataclass(frozen=True, slots=True)
class Deadline:
    """`working_days` after the date in column `start`; where another deadline comes sooner, that one."""

    name: str
    start: str
    working_days: Dated
    text: Text
    sources: tuple[str, ...]
    or_sooner: str | None = None  # the name of the other


OPEN_DEADLINE: Final = "열린것"
"""What a decision row writes as its deadline to mean that of whatever is open: `Rulebook.open_deadlines` says which."""


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """The deadline of what is open in these situations."""

    when: Mapping[str, Cell]
    name: str

    def fits(self, situation: Situation) -> bool:
        return all(cell.fits(situation.get(word, UNKNOWN)) for word, cell in self.when.items())


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
    store_closed: tuple[date, ...]  # 휴무일 of this store: they move 오늘출발, and no points, promises or returns
    deadlines: Mapping[str, Deadline]
    dispatch_days: Mapping[str, Dated]  # 배송 kind → working days from payment to 발송기한


@dataclass(frozen=True, slots=True)
class DelayInterest:
    """What a late refund costs: so many percent a year, from the working day after a deadline on."""

    percent: Dated
    after: Mapping[str, str]  # 요청 → name of the deadline
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sanction:
    """When points lead to a sanction (policy §6.4): both bounds must be reached."""

    window_days: int
    points: int
    ratio_percent: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Early:
    """From where on a sanction that may come is told of (policy §10.5 D9)."""

    points: int
    ratio_percent: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The stages of the sanctions, one after the other; after `memory_days` they begin anew (policy §6.4)."""

    stages: tuple[Text, ...]
    restricts: tuple[Text, ...]
    memory_days: int
    sources: tuple[str, ...]

    def after(self, number: int) -> int:
        """The stage that a sanction leads to from this one; the last one stays."""
        return min(number + 1, len(self.stages))


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many of the seller's own cancels of one product, for buyers' reasons, make one wonder (policy §4.3)."""

    times: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Penalties:
    table: Table[PenaltyRow]
    sanction: Sanction
    early: Early
    steps: Steps
    repeats: Repeats
    moratoria: tuple[Moratorium, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and how certain that is (policy §1.1)."""

    name: str
    certainty: str
    title: Text
    checked: date | None
    review_by: date | None  # after this day what rests on it is old until somebody looks again


@dataclass(frozen=True, slots=True)
class Messages:
    """Sentences of the seller: drafts to the buyer, the clicks of each screen, and how many characters it takes."""

    drafts: Mapping[str, Draft]
    screens: Mapping[str, tuple[Text, ...]]
    limits: Mapping[str, int]  # of the screens that take the message itself
    costs: Mapping[str, Draft] = field(default_factory=dict)  # what a draft says at {비용}; the fee row tells which
    premises: Mapping[str, When] = field(default_factory=dict)  # the situations in which the words of a draft hold

    def draft(self, name: str, says: str | None, lang: str) -> Template:
        """A draft with its sentence on what the buyer pays; without one that segment goes."""
        return with_costs(self.drafts[name].said(lang), self.costs[says].said(lang) if says else None)


@dataclass(frozen=True, slots=True, repr=False)
class Rulebook:
    """rules.yaml, checked. There is no way to hold one that was not: `rulebook.read` is its only maker."""

    version: str
    sha256: str
    store: Store
    exports: Exports
    reasons: tuple[Reason, ...]
    words: Mapping[str, Word]  # with the values that `reasons` adds
    impossible: tuple[Row, ...]  # situations that no order can be in
    decisions: Table[Decision]
    fees: Table[FeeRow]
    delay_interest: DelayInterest
    penalties: Penalties
    calendar: Calendar
    messages: Messages
    sources: Mapping[str, Source]
    open_deadlines: tuple[OpenDeadline, ...] = ()  # of decisions: the first that fits holds; none = nothing is open

    def on(self, day: date) -> Rulebook:
        """The rules for judging on that day. Penalty rows stay: an event is judged by the values of its own day."""
        return replace(self, decisions=self.decisions.on(day), fees=self.fees.on(day))

    def deadline(self, row: Decision, situation: Situation) -> str | None:
        """The name of the deadline that a decision has in this situation."""
        if row.deadline != OPEN_DEADLINE:
            return row.deadline
        fitting = (each.name for each in self.open_deadlines if each.fits(situation))
        return next(fitting, None)

    def __repr__(self) -> str:
        return f"Rulebook({self.version}, {self.sha256[:8]})"
