"""The types of a checked rules.yaml: a Rulebook of tables, words and dated numbers.

Nothing here reads a file or uses the claims table. A situation is a dict from word to value (text, or int for a counted
word); a word that is absent is 모름.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from processor.model import NOTHING, UNKNOWN, YEARS, Action, Kind, Leg, Payer, RuleId, Text
from processor.rulebook.drafts import Draft, Template, with_costs

Situation = Mapping[str, str | int]
When = Mapping[str, "Cell"]


@dataclass(frozen=True, slots=True)
class Word:
    """One fact that rules may use: its values, or `None` for a counted word (whole working days, may be negative)."""

    name: str
    values: tuple[str, ...] | None
    meaning: Text
    english: tuple[str, ...] = ()  # the word and its values, in their order, in English
    more: str = ""  # "reasons" or "causes": names in that part of rules.yaml are values too
    usual: str = UNKNOWN  # the value in examples that leave the word out; if it is not 모름, the word is always known
    columns: tuple[str, ...] = ()  # columns (names of `model.Col`) that give it; none = a setting, or computed later
    lists: tuple[Kind, ...] = ()  # the seller's own lists in which the order is looked up
    settings: tuple[str, ...] = ()  # entries of rules.yaml that influence it, such as store.packed
    facts: tuple[str, ...] = ()  # other words from which it is computed

    @property
    def possible(self) -> tuple[str, ...]:
        """All values that a condition may name, including 모름 unless the word is always known."""
        return (*(self.values or ()), *([UNKNOWN] if self.usual == UNKNOWN else []))

    @property
    def text(self) -> Text:
        return Text(self.name, self.english[0] if self.english else self.name)

    def named(self, value: str | int) -> Text:
        """A value in both languages. Anything else, such as a number, is returned unchanged."""
        known = dict(zip(self.values or (), self.english[1:], strict=False)) | {UNKNOWN: "unknown"}
        return Text(str(value), known.get(str(value), str(value)))


@dataclass(frozen=True, slots=True)
class Cell:
    """One condition: any of some values, or a number inside one of some closed intervals."""

    values: frozenset[str] = frozenset()
    ranges: tuple[tuple[float, float], ...] = ()
    written: str = ""

    def fits(self, value: str | int) -> bool:
        """Does the value meet the condition?

        An unknown number is in no interval; 모름 fits only if the condition names it.
        """
        if isinstance(value, int):
            return any(low <= value <= high for low, high in self.ranges)
        return value in self.values


_END_OF_DAYS: Final = date(YEARS[-1] + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Dated:
    """A number that changes on given days. `None` from a day on = repealed; before the first day there is no number."""

    steps: tuple[tuple[date, int | None], ...]

    def on(self, day: date) -> int | None:
        value = None
        for begins, number in self.steps:
            if begins <= day:
                value = number
        return value

    def spans(self) -> Iterator[tuple[date, date, int]]:
        """The first day, the last day and the number of each period."""
        ends = [*(begins - timedelta(days=1) for begins, _ in self.steps[1:]), _END_OF_DAYS]
        for (begins, number), last in zip(self.steps, ends, strict=True):
            if number is not None:
                yield begins, last, number


@dataclass(frozen=True, slots=True)
class Row:
    """The fields that rows of all tables have. Each table's own row type adds its outcome."""

    id: RuleId
    when: Mapping[str, Cell]
    why: Text
    sources: tuple[str, ...]
    line: int
    since: date | None = None
    until: date | None = None  # the last day on which the row is in force
    review_by: date | None = None  # the day by which somebody must check its numbers again

    def holds(self, day: date) -> bool:
        """Is the row in force on that day?"""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def differs(self, other: Row) -> bool:
        """Have the two rows different outcomes? Their ids, conditions and dates are not compared."""
        return self.why != other.why or self._outcome() != other._outcome()

    def _outcome(self) -> list[object]:
        return [getattr(self, each.name) for each in fields(self) if each.name not in _NOT_SAID]

    def fits(self, situation: Situation) -> bool:
        return all(cell.fits(situation.get(word, UNKNOWN)) for word, cell in self.when.items())

    def misses(self, situation: Situation) -> list[str]:
        """The words whose condition the situation does not meet, in the order written."""
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
    open_amount: bool = False  # only a proven or agreed sum may be charged; it is not computed
    supported: bool = False  # Naver may pay the return shipment for the buyer; it is shown but not added up
    says: str | None = None  # the name of its sentence in messages.costs, for drafts
    message: str | None = None  # the draft to the buyer if the decision row has none


@dataclass(frozen=True, slots=True)
class PenaltyRow(Row):
    event: str = ""
    points: Dated = Dated(())
    by_action: bool = False
    per_day: bool = False  # the points come again for each working day late
    due: str | None = None  # the name of the deadline; the points come if it passes
    grant_after: int = 1  # working days after the deadline until the dawn on which points are given
    grant_after_else: int | None = None  # the same by another source, if sources disagree (policy §6.3)
    avoid: Text = NOTHING  # what the seller can still do to avoid the points
    moratorium_exempt: bool = False  # points are given even inside a moratorium (품절취소)


@dataclass(frozen=True, slots=True)
class Example:
    """One example: part of the manual, and a test. In all its situations exactly the expected row or rows must answer.

    given: for each word its possible values. A word that is left out has its usual value, 모름 for most words; or any
    value if the example says so (나머지: 아무거나).
    """

    name: str
    given: Mapping[str, Cell]
    expect: tuple[RuleId, ...]
    line: int
    day: date  # tested with the rows in force on this day
    anything: bool = False


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """Rows in order: the first one that fits answers; in a table that adds up, all that fit."""

    name: str
    question: Text
    rows: tuple[R, ...]
    examples: tuple[Example, ...]
    meant_for: tuple[Mapping[str, Cell], ...] = ()  # the situations that the last row is meant for
    unique: bool = False  # no situation may fit two rows with different outcomes
    adds_up: bool = False  # all rows that fit count (penalties)
    _words: tuple[str, ...] = field(init=False, repr=False, compare=False)  # words with a condition in some row
    _most: int = field(init=False, repr=False, compare=False)  # conditions of one row
    _bits: dict[tuple[str, str | int], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", tuple(dict.fromkeys(word for row in self.rows for word in row.when)))
        object.__setattr__(self, "_most", max((len(row.when) for row in self.rows), default=0))

    def on(self, day: date) -> Table[R]:
        """The table with the rows in force on that day."""
        return replace(self, rows=tuple(row for row in self.rows if row.holds(day)))

    def first(self, situation: Situation) -> R:
        """The first row that fits. In a checked table the last row fits every situation."""
        return next(self.all(situation))

    def all(self, situation: Situation) -> Iterator[R]:
        left = -1
        for admitted in self._admitted(situation):
            left &= admitted
        return (row for at, row in enumerate(self.rows) if left >> at & 1)

    def firsts(self, situation: Situation, changes: Sequence[Situation]) -> list[R]:
        """The first row that fits the situation with each of these changes: only the changed words are looked up anew."""
        changed = {word for change in changes for word in change}
        moved, left = [], -1
        for word in self._words:
            if word in changed:
                moved.append(word)
            else:
                left &= self._met(word, situation)
        found = []
        for change in changes:
            now = left
            for word in moved:
                now &= self._met(word, change if word in change else situation)
            found.append(self.rows[(now & -now).bit_length() - 1])
        return found

    def nearest(self, situation: Situation, among: Sequence[bool]) -> list[R]:
        """The rows with the fewest unmet conditions, among rows chosen by their place."""
        some = sum(wanted << at for at, wanted in enumerate(among))
        within = [some] * (self._most + 1)  # as bits: at place n the rows with at most n unmet conditions
        for admitted in self._admitted(situation):
            if some & ~admitted:  # for most words every row's condition is met
                within = [now & admitted | fewer for now, fewer in zip(within, [0, *within], strict=False)]
        found = next(filter(None, within), 0)
        return [row for at, row in enumerate(self.rows) if found >> at & 1]

    def _admitted(self, situation: Situation) -> Iterator[int]:
        """For each word the rows whose condition on it is met, as bits.

        Computed once for each value of a word; so the first row that fits is found in a third of the time.
        """
        return (self._met(word, situation) for word in self._words)

    def _met(self, word: str, situation: Situation) -> int:
        fact = word, situation.get(word, UNKNOWN)
        if fact not in self._bits:
            fits = (word not in row.when or row.when[word].fits(fact[1]) for row in self.rows)
            self._bits[fact] = sum(fit << at for at, fit in enumerate(fits))
        return self._bits[fact]


@dataclass(frozen=True, slots=True)
class Export:
    """How one kind of sheet is recognised: by its name and by headers that it must, may and must not have."""

    kind: Kind
    label: Text
    sheets: tuple[str, ...]
    required: tuple[str, ...]
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one input file. A file beyond them becomes a problem."""

    file_mib: int
    unpacked_mib: int
    ratio: int
    rows: int
    columns: int
    seconds: int
    memory_mib: int


@dataclass(frozen=True, slots=True)
class Exports:
    """The form of the files. Headers and labels are compared space-free, see `processor.intake.cells`.

    columns: role (a name of `model.Col`) → its headers. states: role → label → word; a row with an unlisted label
    becomes a problem. hints: the same, but an unlisted label means 모름. personal: headers that are dropped on reading.
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
"""The words of cancel_status for an open cancel: requested, or approved with the refund still in progress."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of a claim: its word, the API's code if it is certain, and whose fault it is, by who filed the claim."""

    name: str
    label: Text
    code: str | None  # None if one label has two codes
    fault_if_buyer: str
    fault_if_seller: str
    seller_chooses: str | None  # the same reason among the seven of the seller's popup; None = none fits
    cause: str  # its word for 실제사유
    labels: tuple[str, ...]
    code_if_seller: str | None = None  # the code that the seller's popup sends
    offered: bool = False  # may the seller choose it as 실제사유?


@dataclass(frozen=True, slots=True)
class Product:
    """The seller's settings for one product. `goods` is its value of the word 상품."""

    product_no: str
    goods: str | None
    agreed: str  # 제작동의: 예 · 아니오 · 모름
    return_fee: int | None
    outbound_fee: int | None
    free_shipping_over: int | None = None


@dataclass(frozen=True, slots=True)
class PenaltyNow:
    """The figures of the Seller Center on a day: points, their ratio to paid orders, and the stage (0 = none)."""

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
    free_shipping_over: int | None  # 조건부 무료배송: a bundle of at least this sum (won) ships free
    today_cutoff: str | None
    approve_limit: int | None
    personal: str  # drop | keep: the columns about buyers in correction copies
    protect_outbox: bool  # are workbooks locked with the inbox's password?
    penalty_now: PenaltyNow | None
    products: Mapping[str, Product]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: `working_days` after the date in column `start`, or another deadline if that is sooner."""

    name: str
    start: str
    working_days: Dated
    text: Text
    sources: tuple[str, ...]
    or_sooner: str | None = None  # the name of the other deadline


OPEN_DEADLINE: Final = "열린것"
"""The name in a decision row that means: the deadline that `Rulebook.open_deadlines` gives for the situation."""


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """The deadline in the situations that meet these conditions."""

    when: Mapping[str, Cell]
    name: str

    def fits(self, situation: Situation) -> bool:
        return all(cell.fits(situation.get(word, UNKNOWN)) for word, cell in self.when.items())


@dataclass(frozen=True, slots=True)
class Moratorium:
    """Days on which no points are given. The day of granting counts (policy §6.5)."""

    first: date
    last: date
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days: Korean public holidays, with the seller's dated corrections."""

    closed: tuple[date, ...]
    open: tuple[date, ...]
    store_closed: tuple[date, ...]  # 휴무일 of this store: they move 오늘출발 only, not points, promises or returns
    deadlines: Mapping[str, Deadline]
    dispatch_days: Mapping[str, Dated]  # 배송 kind → working days from payment to 발송기한


@dataclass(frozen=True, slots=True)
class DelayInterest:
    """The interest on a late refund: percent a year, from the working day after the deadline on."""

    percent: Dated
    after: Mapping[str, str]  # 요청 → name of the deadline
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sanction:
    """When points lead to a sanction: both bounds must be reached (policy §6.4)."""

    window_days: int
    points: int
    ratio_percent: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Early:
    """From which values on the seller is warned of a possible sanction (policy §10.5 D9)."""

    points: int
    ratio_percent: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The successive stages of the sanctions. After `memory_days` they begin again with the first (policy §6.4)."""

    stages: tuple[Text, ...]
    restricts: tuple[Text, ...]
    memory_days: int
    sources: tuple[str, ...]

    def after(self, number: int) -> int:
        """The stage after one more sanction. The last stage is not exceeded."""
        return min(number + 1, len(self.stages))


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many cancels by the seller of one product, for buyers' reasons, are suspicious (policy §4.3)."""

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
    review_by: date | None  # the day by which somebody must check the source again


@dataclass(frozen=True, slots=True)
class Messages:
    """Texts: drafts to the buyer, and for each screen the clicks and the most characters that it accepts."""

    drafts: Mapping[str, Draft]
    screens: Mapping[str, tuple[Text, ...]]
    limits: Mapping[str, int]  # of screens into which the message is typed
    costs: Mapping[str, Draft] = field(
        default_factory=dict
    )  # the sentences for {비용} in drafts; the fee row names one
    premises: Mapping[str, When] = field(default_factory=dict)  # the situations in which the words of a draft are true

    def draft(self, name: str, says: str | None, lang: str) -> Template:
        """A draft with the sentence about what the buyer pays. Without a sentence that segment is left out."""
        return with_costs(self.drafts[name].said(lang), self.costs[says].said(lang) if says else None)


@dataclass(frozen=True, slots=True, repr=False)
class Rulebook:
    """A checked rules.yaml. Only `rulebook.read` makes one."""

    version: str
    sha256: str
    text: str  # of the file, with the hash above
    store: Store
    exports: Exports
    reasons: tuple[Reason, ...]
    words: Mapping[str, Word]  # including the values that `reasons` adds
    impossible: tuple[Row, ...]  # situations that no order can be in
    decisions: Table[Decision]
    fees: Table[FeeRow]
    delay_interest: DelayInterest
    penalties: Penalties
    calendar: Calendar
    messages: Messages
    sources: Mapping[str, Source]
    open_deadlines: tuple[OpenDeadline, ...] = ()  # for decision rows: the first that fits counts; none = no deadline
    ruled_out: tuple[Example, ...] = ()  # of the impossible situations; none in a file that has them as a plain list
    based_on: str | None = None  # the default on which the file builds; None = it is complete by itself

    def on(self, day: date) -> Rulebook:
        """The rules for judging on that day.

        All penalty rows stay, because an event is judged by the rules of its own day.
        """
        return replace(self, decisions=self.decisions.on(day), fees=self.fees.on(day))

    def deadline(self, row: Decision, situation: Situation) -> str | None:
        """The name of the deadline that a decision has in this situation."""
        if row.deadline != OPEN_DEADLINE:
            return row.deadline
        fitting = (each.name for each in self.open_deadlines if each.fits(situation))
        return next(fitting, None)

    def __repr__(self) -> str:
        return f"Rulebook({self.version}, {self.sha256[:8]})"
