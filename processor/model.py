"""The nouns of the claim desk. It imports nothing of ours.

All times are Korean wall time without a zone; money is whole won; an unknown value is missing, never 0 or "".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, NewType

if TYPE_CHECKING:  # pandas serves only as a type here, so that the nouns cost no start-up time
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    import pandas as pd

RuleId = NewType("RuleId", str)
UNKNOWN: Final = "모름"
"""The one word for a fact that nobody told us. It fits a cell that asks for it, or a blank cell, and nothing else."""


class Text(NamedTuple):
    """One sentence for the seller, in both languages; the edge that shows it picks one."""

    ko: str
    en: str

    def said(self, lang: str) -> str:
        return self.en if lang == "en" else self.ko


def josa(word: str, pair: str) -> str:
    """The word with the particle that its last sound asks for: `josa("송장", "이/가")` is 송장이.

    The pair is written consonant form first. Digits and Latin letters are taken as Koreans read them aloud; marks and
    emoji are not read.
    """
    after_consonant, after_vowel = pair.split("/")
    last = next((sign for sign in reversed(word) if sign.isalnum() or sign in "%+&"), "")
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
    else:
        final = {"1": 8, "7": 8, "8": 8, "l": 8}.get(last.lower(), 1 if last.lower() in "036mn" and last else 0)
    ends_in_consonant = final not in (0, 8) if after_consonant == "으로" else final != 0
    return word + (after_consonant if ends_in_consonant else after_vowel)


NOTHING: Final = Text("", "")


# ── what comes in ────────────────────────────────────────────────────────────────────────────────


class Place(NamedTuple):
    """Where a row stands, as Excel shows it. Set once by the reader; row 0 means the whole sheet or file."""

    file: str
    sheet: str = ""
    row: int = 0


class Origin(NamedTuple):
    """The cell that a value of an order came from: its place, the header above it, and what it says ("" = blank)."""

    place: Place
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, sheet or file that could not be used: what is wrong and how to mend it. The code is stable."""

    code: str
    place: Place
    message: Text
    fix: Text
    column: str = ""
    value: str = ""


class Kind(StrEnum):
    """What an input sheet is. The first seven are Seller Center screens, the last two are the seller's own."""

    DISPATCH = "dispatch"  # 발주발송관리
    CANCEL = "cancel"  # 취소관리
    RETURN = "return"  # 반품관리
    EXCHANGE = "exchange"  # 교환관리
    SEARCH = "search"  # 주문조회
    SHIPPING = "shipping"  # 배송현황
    DECIDED = "decided"  # 구매확정내역
    ANSWERS = "answers"  # a returned workbook, or any sheet with the answer columns
    SOLD_OUT = "sold_out"  # 품절상품


class Col:
    """Names of the columns of the claims table; `rules.yaml` lists under `exports.columns` the headers that fill each.

    Text columns (dtype str): missing = no file had that column for this order, "" = seen and blank.
    """

    PRODUCT_ORDER_NO: Final = "product_order_no"
    ORDER_NO: Final = "order_no"
    ORDER_STATUS: Final = "order_status"
    ORDER_SUBSTATUS: Final = "order_substatus"
    # claims
    CLAIM_STATUS: Final = "claim_status"  # 주문조회 only: a label that does not tell cancel, return, exchange apart
    CANCEL_STATUS: Final = "cancel_status"
    RETURN_STATUS: Final = "return_status"
    EXCHANGE_STATUS: Final = "exchange_status"
    QUANTITY_CLAIM: Final = "quantity_claim"
    CLAIM_REASON: Final = "claim_reason"
    CLAIM_CHANNEL: Final = "claim_channel"
    CLAIM_REQUESTED: Final = "claim_requested"
    COLLECT_STATUS: Final = "collect_status"
    COLLECT_DONE: Final = "collect_done"
    HOLDBACK: Final = "holdback"
    CANCELLED_AT: Final = "cancelled_at"
    # dates
    PAID_AT: Final = "paid_at"
    CONFIRMED_AT: Final = "confirmed_at"
    DUE_AT: Final = "due_at"
    HOPED_AT: Final = "hoped_at"
    DISPATCHED_AT: Final = "dispatched_at"
    INVOICE_PRINTED_AT: Final = "invoice_printed_at"
    # goods
    PRODUCT_NO: Final = "product_no"
    PRODUCT_NAME: Final = "product_name"
    PRODUCT_KIND: Final = "product_kind"
    OPTION: Final = "option"
    OPTION_CODE: Final = "option_code"
    SELLER_SKU: Final = "seller_sku"
    QUANTITY: Final = "quantity"
    TOTAL_AMOUNT: Final = "total_amount"
    # delivery
    TRACKING_NO: Final = "tracking_no"
    COURIER: Final = "courier"
    SHIP_METHOD: Final = "ship_method"
    SHIP_METHOD_REQUESTED: Final = "ship_method_requested"
    SHIP_ATTRIBUTE: Final = "ship_attribute"
    CHANNEL: Final = "channel"
    SUBSCRIPTION: Final = "subscription"
    FULFILLMENT: Final = "fulfillment"
    MISTAKEN_INVOICE: Final = "mistaken_invoice"
    MISTAKEN_AT: Final = "mistaken_at"
    BUNDLE_NO: Final = "bundle_no"
    FEE_KIND: Final = "fee_kind"
    FEE_POLICY: Final = "fee_policy"
    SHIPPING_FEE: Final = "shipping_fee"
    SHIPPING_DISCOUNT: Final = "shipping_discount"
    REMOTE_FEE: Final = "remote_fee"
    RETURN_CARE: Final = "return_care"  # 반품안심케어: does it cover this order
    MEMBERSHIP_DELIVERY: Final = "membership_delivery"  # 멤버십N배송: the same
    # the seller's answers
    HANDOVER: Final = "handover"
    CONSENT: Final = "consent"
    TRUE_REASON: Final = "true_reason"
    SELLER_REASON: Final = "seller_reason"
    RESULT: Final = "result"
    MEMO: Final = "memo"
    STATED_ACTION: Final = (
        "stated_action"  # 조치 as a returned workbook shows it: read only to say that it decides nothing
    )
    # made by intake while joining
    SOURCE: Final = "source"  # tuple[Place, ...]: every row of every file that speaks of this order, newest first
    INVOICE_SEEN: Final = "invoice_seen"  # bool: 발송처리일, 송장출력일 and 송장번호 were all there to be looked at
    DISPATCH_SEEN: Final = "dispatch_seen"  # bool: some row, however old, showed 배송중 or later
    TROUBLE: Final = "trouble"  # "" · "conflict" (rows contradict each other) · "problem" (a row of it is a Problem)
    SEEN_AT: Final = (
        "seen_at"  # datetime64: when the newest export that shows this order was taken; missing = none does
    )
    SEEN_IN: Final = "seen_in"  # the kinds of exports that show it, space-separated
    # made of what earlier runs left
    EARLIER: Final = "earlier"  # "" or a value of the word 지난기록
    NOTE_KO: Final = "note_ko"  # what memory has to say of this one order
    NOTE_EN: Final = "note_en"


ID_COLUMNS: Final = frozenset({Col.PRODUCT_ORDER_NO, Col.ORDER_NO})
DATE_COLUMNS: Final = frozenset(
    {
        Col.CLAIM_REQUESTED,
        Col.COLLECT_DONE,
        Col.CANCELLED_AT,
        Col.MISTAKEN_AT,
        Col.PAID_AT,
        Col.CONFIRMED_AT,
        Col.DUE_AT,
        Col.HOPED_AT,
        Col.DISPATCHED_AT,
        Col.INVOICE_PRINTED_AT,
    }
)
NUMBER_COLUMNS: Final = frozenset(
    {Col.QUANTITY, Col.TOTAL_AMOUNT, Col.SHIPPING_FEE, Col.SHIPPING_DISCOUNT, Col.REMOTE_FEE}
)
ANSWER_COLUMNS: Final = (Col.HANDOVER, Col.CONSENT, Col.TRUE_REASON, Col.SELLER_REASON, Col.RESULT, Col.MEMO)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that lay in the inbox: enough to name it, to recognise it again and to put it away."""

    path: Path
    name: str  # as shown to the seller: relative to the inbox, NFC
    sha256: str
    taken_at: datetime  # the download time in its name, else the file's own time


class Repeat(NamedTuple):
    """A file that holds, to the byte, what was handled before: it is named and not read again."""

    name: str  # as it lies in the inbox now; a member of a zip as `zip/file`
    first: str  # as it was called when it was handled
    handled_at: datetime | None  # the moment of that run; None = it lies in this inbox twice

    @property
    def text(self) -> Text:
        """Why it is not read again."""
        if self.handled_at is None:
            return Text(f"'{self.first}' 파일과 똑같아 한 번만 읽었습니다.", f"The same as '{self.first}': read once.")
        when, first = f"{self.handled_at:%Y-%m-%d %H:%M}", self.first.rsplit("/", 1)[-1]
        renamed = first != self.name.rsplit("/", 1)[-1]
        return Text(
            f"{when}에 이미 처리한 파일이라 다시 읽지 않았습니다"
            + (f" (그때 이름: {self.first})." if renamed else "."),
            f"Handled at {when} already, so it was not read again"
            + (f" (then called {self.first})." if renamed else "."),
        )


@dataclass(frozen=True, slots=True)
class SheetCount:
    """Where the rows of one sheet went; read = decided + merged + listed + problems, and the summary shows it."""

    file: str
    sheet: str
    kind: Kind | None  # None: not an export; nothing was read from it
    read: int = 0
    decided: int = 0
    merged: int = 0
    listed: int = 0
    problems: int = 0
    note: Text = NOTHING
    taken_at: datetime | None = None  # when the Seller Center made it, as far as the file tells


class Told(NamedTuple):
    """What one row of an input says in the cells that the seller fills; "" = left blank, None = no such column."""

    product_order_no: str
    place: Place
    at: datetime  # when its file was made, as far as the file tells
    workbook: str | None  # the run that wrote this workbook, by the file's name; None = another file, or renamed
    cells: dict[str, str | None]  # a name of ANSWER_COLUMNS → the cell
    action: str | None  # 조치 as it stands in a returned workbook


@dataclass(frozen=True, eq=False)
class Batch:
    """All inputs of a run: one row per product order, and what could not be one."""

    claims: pd.DataFrame
    sold_out: pd.DataFrame  # columns product_no, seller_sku, option_code, option: text, "" = any
    files: tuple[InputFile, ...]
    sheets: tuple[SheetCount, ...]
    row_problems: tuple[Problem, ...]
    file_problems: tuple[Problem, ...]
    told: tuple[Told, ...] = ()  # rows with cells for answers
    contents: tuple[InputFile, ...] = ()  # what was read: the files, and for a zip its members
    repeats: tuple[Repeat, ...] = ()
    unread: frozenset[str] = frozenset()  # orders that stand in rows which became problems

    @property
    def says_nothing_new(self) -> bool:
        """Nothing but files that were handled before."""
        return not (self.contents or self.file_problems)


# ── what earlier runs left ───────────────────────────────────────────────────────────────────────


class Given(NamedTuple):
    """What a yellow cell of one order says from one run on, until a later entry of the same cell."""

    product_order_no: str
    cell: str  # a name of ANSWER_COLUMNS
    value: str  # "" = nothing any more
    run: int  # the run that was told
    asked: bool = False  # answers contradicted each other, and the cell waits for the right one
    about: int = 0  # 처리결과 only: the run whose action it tells of


class EarlierRun(NamedTuple):
    number: int  # counts up
    as_of: datetime


class Kept:
    """Columns of `Past.orders`, beside its index 상품주문번호: how each order stood when it was last handled."""

    ORDER_NO: Final = "order_no"
    BUNDLE_NO: Final = "bundle_no"
    OPEN: Final = "open"  # bool: something may still come of it
    ACTION: Final = "action"  # of model.Action; "" = taken note of without acting
    RULE: Final = "rule"
    RUN: Final = "run"  # number of the run that decided it last
    DECIDED_AT: Final = "decided_at"  # its moment
    SINCE: Final = "since"  # since when the action has been the same
    ACT_BY: Final = "act_by"
    ASKS: Final = "asks"  # answer cells that would settle it, space-separated
    FLAGS: Final = "flags"
    REQUEST_OPEN: Final = "request_open"  # bool: a cancel request was open, or nobody could tell that it had ended
    REQUESTED_AT: Final = "requested_at"
    DISPATCHED: Final = "dispatched"  # bool: it had left, whatever older files say
    EARLIER: Final = "earlier"  # the word 지난기록 of then
    SEEN_AT: Final = "seen_at"
    SEEN_IN: Final = "seen_in"
    PRODUCT: Final = "product"
    PRODUCT_NO: Final = "product_no"
    PAID_ON: Final = "paid_on"
    OWN_CANCEL: Final = "own_cancel"  # the buyer's reason for which the seller cancelled it himself; "" = he did not
    STATE: Final = "state"  # JSON: the columns of the claims table as they were


KEPT: Final = {
    Kept.ORDER_NO: "str",
    Kept.BUNDLE_NO: "str",
    Kept.OPEN: "bool",
    Kept.ACTION: "str",
    Kept.RULE: "str",
    Kept.RUN: "int64",
    Kept.DECIDED_AT: "datetime64[us]",
    Kept.SINCE: "datetime64[us]",
    Kept.ACT_BY: "datetime64[us]",
    Kept.ASKS: "str",
    Kept.FLAGS: "str",
    Kept.REQUEST_OPEN: "bool",
    Kept.REQUESTED_AT: "datetime64[us]",
    Kept.DISPATCHED: "bool",
    Kept.EARLIER: "str",
    Kept.SEEN_AT: "datetime64[us]",
    Kept.SEEN_IN: "str",
    Kept.PRODUCT: "str",
    Kept.PRODUCT_NO: "str",
    Kept.PAID_ON: "datetime64[us]",
    Kept.OWN_CANCEL: "str",
    Kept.STATE: "str",
}


@dataclass(frozen=True, eq=False)
class Past:
    """What the ledger remembers that may matter to this batch: orders still open, and those that the batch names."""

    orders: pd.DataFrame  # by 상품주문번호, columns KEPT
    answers: tuple[Given, ...]  # oldest first, of open orders
    runs: dict[str, EarlierRun]  # by name, as in 처리목록_<name>.xlsx
    points: pd.DataFrame  # columns of Point: what earlier runs saw given, or planned
    paid: Mapping[date, int]  # product orders by the day of their payment, without those that the batch names
    own_cancels: Mapping[
        str, Sequence[date]
    ]  # 상품번호 → the days on which the seller cancelled it for a buyer's reason


# ── what is decided ──────────────────────────────────────────────────────────────────────────────


class Action(StrEnum):
    """The seven outcomes. Refusing a cancel is no outcome: the Seller Center has no such button."""

    APPROVE = "approve"
    SELLER_CANCEL = "seller_cancel"
    RETURN = "return"
    NEGOTIATE = "negotiate"
    SHIP = "ship"
    REVIEW = "review"
    NONE = "none"

    @property
    def ko(self) -> str:
        """The seller's word: the name of its sheet, and of the outcome in rules.yaml."""
        return _ACTIONS_KO[self]

    @property
    def en(self) -> str:
        return self.value.replace("_", " ")

    @property
    def irreversible(self) -> bool:
        """No screen takes an approval or a seller's cancel back (policy §3.3)."""
        return self in (Action.APPROVE, Action.SELLER_CANCEL)


_ACTIONS_KO = {
    Action.APPROVE: "취소승인",
    Action.SELLER_CANCEL: "판매자취소",
    Action.RETURN: "반품",
    Action.NEGOTIATE: "고객협의",
    Action.SHIP: "발송",
    Action.REVIEW: "확인필요",
    Action.NONE: "조치없음",
}


class Payer(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    NONE = "none"
    UNDECIDED = "undecided"

    @property
    def text(self) -> Text:
        return _PAYERS[self]


_PAYERS = {
    Payer.BUYER: Text("구매자", "buyer"),
    Payer.SELLER: Text("판매자", "seller"),
    Payer.NONE: Text("없음", "nobody"),
    Payer.UNDECIDED: Text("미정", "undecided"),
}


class Leg(StrEnum):
    OUTBOUND = "outbound"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The nearest earlier rule that did not apply, and the one condition that kept it out."""

    rule: RuleId
    because: Text


@dataclass(frozen=True, slots=True)
class FeeRuling:
    """Who pays which legs on what ground; amounts follow row by row."""

    rule: RuleId
    payer: Payer
    legs: tuple[Leg, ...]
    basis: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PenaltyEvent:
    """One event that brings points to a product order."""

    rule: RuleId
    event: str
    name: Text
    points: int
    by_action: bool  # True: today's action brings it; False: it came, or comes, by itself
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one situation: shared by every row whose facts are these."""

    action: Action
    rule: RuleId
    why: Text
    why_not: WhyNot | None
    facts: dict[str, str | int]
    grounds: dict[str, Text]  # word → what an inferred fact was inferred from
    reason_code: str | None
    reason_label: Text
    flags: tuple[str, ...]
    fee: FeeRuling
    penalties: tuple[PenaltyEvent, ...]
    deadline: str | None
    message: str | None
    screen: str
    sources: tuple[str, ...]
    asks: tuple[str, ...] = field(default=())  # answer cells that would settle it

    @property
    def points(self) -> int:
        return sum(event.points for event in self.penalties)

    @property
    def implied_cause(self) -> str | None:
        """What 실제사유 says as long as the seller has not filled it: a sold-out list or the wish to cancel tells it."""
        cause = str(self.facts.get("실제사유", UNKNOWN))
        return cause if self.facts.get("요청") == "판매자취소" and cause != UNKNOWN else None

    @property
    def contradicted(self) -> bool:
        """The stated reason is not the true one, by the seller's own words or lists."""
        return self.facts.get("사유일치") == "아니오"


class Condition(NamedTuple):
    """One condition of a row, tried on one situation, and the sentence that says how it went."""

    word: str
    wanted: str  # as it stands in rules.yaml
    value: str | int
    met: bool
    said: Text


@dataclass(frozen=True, slots=True)
class Tried:
    """A row of a table, tried on one situation."""

    rule: RuleId
    outcome: Text
    conditions: tuple[Condition, ...]

    @property
    def misses(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if not condition.met)


class Answer(NamedTuple):
    """What a yellow cell may still say, and what would be done then."""

    cell: str
    value: str
    rule: RuleId
    action: Action


@dataclass(frozen=True, slots=True)
class Trail:
    """How a verdict was found, and how near it was to another."""

    above: tuple[Tried, ...]  # the rows above the hit, none of which fits
    hit: Tried
    points: tuple[Tried, ...]  # rows of penalties that a single condition keeps out
    answers: tuple[Answer, ...]


class Out:
    """Columns that judging adds to the claims table."""

    SITUATION: Final = "situation"  # int: index into Report.verdicts
    ACT_BY: Final = "act_by"  # datetime64, NaT = no deadline known
    FEE_AMOUNT: Final = "fee_amount"  # Int64 won, missing = unknown
    FEE_OUTBOUND: Final = "fee_outbound"  # Int64 won: the outbound leg's part of it
    FEE_RETURN: Final = "fee_return"  # Int64 won: the return leg's part of it
    REMOTE_OUTBOUND: Final = "remote_outbound"  # Int64 won: what of the outbound leg is the surcharge of 제주·도서
    REMOTE_RETURN: Final = "remote_return"  # the same of the return leg
    FEE_SHARED: Final = "fee_shared"  # bool: its legs are counted on another line of the bundle
    SUPPORT: Final = "support"  # Int64 won: the return leg that Naver may pay instead; 0 = none, missing = unknown
    FREE_OVER: Final = "free_over"  # Int64 won: from which sum the bundle ships free; missing = unknown
    DELAY_DAYS: Final = "delay_days"  # Int64: days for which a late refund bears interest; missing = start not known
    DELAY_WON: Final = "delay_won"  # Int64 won: that interest up to today; missing = unknown
    FEE_NOTE_KO: Final = "fee_note_ko"  # what only this row knows: shared bundle, refund of the initial fee
    FEE_NOTE_EN: Final = "fee_note_en"
    OPEN: Final = "open"  # bool: something may still come of it, so it is worth remembering
    REQUEST_OPEN: Final = "request_open"  # bool: as in Kept
    PAID_ON: Final = "paid_on"  # datetime64: the day of payment, NaT = not paid or not known
    OWN_CANCEL: Final = "own_cancel"  # as in Kept


# ── points over time ─────────────────────────────────────────────────────────────────────────────


class Standing(StrEnum):
    """How far an event that brings points has come."""

    GIVEN = "given"  # the points are there
    SURE = "sure"  # not yet there, but nothing avoids them any more
    BY_ACTION = "by_action"  # today's action brings them
    AVOIDABLE = "avoidable"  # they come unless something is done


class Point:
    """Columns of `Report.points`, a line for each event of an order that brought, brings or would bring points."""

    PRODUCT_ORDER_NO: Final = "product_order_no"
    PRODUCT_NO: Final = "product_no"
    PRODUCT: Final = "product"
    RULE: Final = "rule"
    EVENT: Final = "event"
    POINTS: Final = "points"  # int64
    DAY: Final = "day"  # datetime64: the dawn on which they are given; NaT = not known
    DAY_ELSE: Final = "day_else"  # datetime64: by the other reading, where sources disagree
    UNTIL: Final = "until"  # datetime64: the last day on which they can be avoided
    STANDING: Final = "standing"  # of Standing
    DAILY: Final = "daily"  # bool: again on each working day from `day` on
    LISTED: Final = "listed"  # bool: the order is on one of today's lists
    ENDED: Final = "ended"  # bool: what today's list asks for ends what brings them
    REMEMBERED: Final = "remembered"  # bool: an earlier run saw it, today's files do not show it


POINT: Final = {
    Point.PRODUCT_ORDER_NO: "str",
    Point.PRODUCT_NO: "str",
    Point.PRODUCT: "str",
    Point.RULE: "str",
    Point.EVENT: "str",
    Point.POINTS: "int64",
    Point.DAY: "datetime64[us]",
    Point.DAY_ELSE: "datetime64[us]",
    Point.UNTIL: "datetime64[us]",
    Point.STANDING: "str",
    Point.DAILY: "bool",
    Point.LISTED: "bool",
    Point.ENDED: "bool",
    Point.REMEMBERED: "bool",
}


class Range(NamedTuple):
    """What a number lies between, both in; high None = nobody knows how much more."""

    low: int
    high: int | None

    @property
    def known(self) -> bool:
        return self.low == self.high

    @property
    def safe(self) -> int:
        """The larger number, as far as there is one."""
        return self.low if self.high is None else self.high


class Plan(StrEnum):
    """What may be done from today on, as the forecast supposes it."""

    NOTHING = "nothing"
    TODAY = "today"  # today's lists, and nothing after them
    ALWAYS = "always"  # today's lists, and those of the days to come in time


@dataclass(frozen=True, slots=True)
class Day:
    """Points that count on one day, the days of the window before it included."""

    day: date
    held: Range  # of those that are there today, what still counts then
    expiring: int  # of those, what stops to count on this very day
    coming: int  # given on this day if nothing is done
    counts: Mapping[Plan, Range]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the sanctions, counted from 1; 0 = none."""

    number: int
    since: date | None
    told: bool  # the seller says so; else it is what this program counted itself


@dataclass(frozen=True, slots=True)
class Forecast:
    """The points of the next thirty days against what a sanction needs."""

    days: tuple[Day, ...]  # today first
    paid: Range  # product orders paid within the window up to today
    need: Range  # points that bring a sanction, with so many orders
    reached: Mapping[Plan, date | None]  # the first day on which a sanction may be reached
    room: int  # further points before it, at the worst moment, with all lists done; negative = over
    sold_out_room: int | None  # the same in sold-out cancels; None = they bring no points
    early: bool  # a sanction is near enough to be told of
    stage: Stage | None  # None = nobody knows
    since: date | None  # the first day that the ledger remembers; None = it has only begun
    told_on: date | None  # the day of the seller's own figure that is counted in


@dataclass(frozen=True, eq=False)
class Report:
    """Everything that a run found out; the outbox reads it and computes nothing."""

    as_of: datetime
    rows: pd.DataFrame  # Batch.claims, in the order to work in, with the columns of Out
    granted: pd.DataFrame  # per row and penalty rule (column): the day on which its points are, or would be, given
    verdicts: tuple[Verdict, ...]
    batch: Batch
    sold_out_products: pd.DataFrame  # products to mark 품절: product_no, product_name, option, orders
    points: pd.DataFrame  # columns of Point, those of the window and those to come
    forecast: Forecast
    answers: tuple[Given, ...] = ()  # what this run was told anew, with run = 0
    gone: tuple[str, ...] = ()  # orders of earlier runs that left every export as was to be expected
    warnings: tuple[Text, ...] = ()
    calendar_version: str = ""

    @property
    def says_nothing(self) -> bool:
        """No order to decide and nothing that went wrong: there were only answers to remember, or not even that."""
        return self.rows.empty and not (self.batch.row_problems or self.batch.file_problems)

    def count(self, action: Action) -> int:
        """How many product orders have that outcome."""
        return int(
            self.rows[Out.SITUATION].map([verdict.action is action for verdict in self.verdicts].__getitem__).sum()
        )
