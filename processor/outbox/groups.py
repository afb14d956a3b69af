"""Groups (묶음) of a list: orders with the same reason, clicks, message and points, so that these are said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Final

from processor.model import NOTHING, Action, Out, Payer, Text
from processor.outbox import captions, drafts
from processor.outbox.part import Part, at, days
from processor.outbox.sheet import Column, Look, Paragraph, Said, Table, Tone, Value, table_of
from processor.outbox.wording import AMOUNT_UNKNOWN, as_spelled, on_one_line

MOST: Final = 100
"""The most groups of a list. The orders beyond them stand in a last group, which leaves reason and steps to their rows."""
_RISKS: Final = {
    "sold_out_reason": Text("사유가 상품품절", "the reason is Sold out (상품품절)"),
    "still_open": Text(
        "지난 처리목록에서 승인하라고 했는데 아직 처리되지 않음", "still open though an earlier workbook had it"
    ),
}
"""Flag of a verdict → why its approval is risky."""
_CAREFUL: Final = Text("주의", "Take care")
_TO_CHOOSE: Final = Text("화면에서 고를 사유", "Reason to choose on the screen")
_APART: Final = Text(
    "사유는 같아도 안내문이나 할 일이 달라 묶음이 나뉘었으니 이 주문들만 따로 고르세요",
    "The same reason stands in several groups with other messages or steps: tick these orders apart",
)
_OF_ROWS: Final = Text(
    "이유와 순서는 주문마다 다르니 주문의 줄을 보세요", "Reason and steps differ: see the orders' own rows"
)

GROUP: Final = Column(Text("묶음", "Group"), Look.TEXT, 10, 10)
STEPS: Final = Text("판매자센터 처리 순서", "Seller Center steps")


@dataclass(frozen=True, slots=True)
class Group:
    """Orders of a list that are worked through together. first, last: their rows, from `first` up to, not including, `last`."""

    letter: str
    first: int
    last: int
    why: Text
    steps: Text
    points: Text
    reason: Text = NOTHING  # to choose on the screen; only for the seller's own cancels
    risky: bool = False  # to be looked at before the others


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the orders of one group share, beside the situation of each."""

    said: Hashable
    reason: Text  # to choose on the screen; only for the seller's own cancels
    risks: tuple[Text, ...]


def grouped(action: Action, part: Part) -> tuple[Part, list[Group]]:
    """The rows sorted by their groups, and the groups: risky ones first, then by their most urgent deadline.

    The seller's own cancels stand by reason first, because their screen takes one reason for all ticked orders.
    """
    members: dict[_Kind, list[int]] = {}
    for place, kind in enumerate(_kinds(action, part)):
        members.setdefault(kind, []).append(place)
    deadlines = days(part.rows[Out.ACT_BY])
    rank = {reason: number for number, reason in enumerate(dict.fromkeys(kind.reason for kind in members))}

    def turn(kind: _Kind) -> tuple[bool, int, date, int]:
        places = members[kind]
        return not kind.risks, rank[kind.reason], _most_urgent(deadlines, places) or date.max, places[0]

    kinds = sorted(members, key=turn)
    named, others = (kinds, []) if len(kinds) <= MOST else (kinds[: MOST - 1], kinds[MOST - 1 :])
    times = Counter(kind.reason for kind in kinds)
    ordered = [members[kind] for kind in named]
    groups: list[Group] = []
    for number, kind in enumerate(named):
        first = groups[-1].last if groups else 0
        wording = part.wordings[part.situations[members[kind][0]]]
        why = _why(kind, wording.why, apart=times[kind.reason] > 1)
        steps = on_one_line(wording.screen, " → ")
        last = first + len(members[kind])
        risky = bool(kind.risks)
        groups.append(Group(_letter(number), first, last, why, steps, wording.points, kind.reason, risky=risky))
    if others:
        ordered.append(sorted(place for kind in others for place in members[kind]))
        first = groups[-1].last
        groups.append(Group(_letter(len(named)), first, first + len(ordered[-1]), _OF_ROWS, NOTHING, NOTHING))
    return at(part, [place for places in ordered for place in places]), groups


def _kinds(action: Action, part: Part) -> Iterator[_Kind]:
    verdicts = part.report.verdicts
    reasons = chosen(action, part)
    unknown = _unknown_fees(part) if action is Action.APPROVE else [False] * len(part.situations)
    known: dict[tuple[int, Text, bool], _Kind] = {}
    for key in zip(part.situations, reasons, unknown, strict=True):
        if key not in known:
            situation, reason, no_amount = key
            verdict, wording = verdicts[situation], part.wordings[situation]
            flags = verdict.flags if action is Action.APPROVE else ()
            risks = [risk for flag, risk in _RISKS.items() if flag in flags] + [AMOUNT_UNKNOWN] * no_amount
            said = (wording.why, wording.screen, wording.points, verdict.message, verdict.fee.says)
            known[key] = _Kind(said, reason, tuple(risks))
        yield known[key]


def _unknown_fees(part: Part) -> list[bool]:
    """For each row whether somebody bears an amount that is not known."""
    borne = [verdict.fee.payer is not Payer.NONE for verdict in part.report.verdicts]
    missing = part.rows[Out.FEE_AMOUNT].isna().tolist()
    return [borne[situation] and no_amount for situation, no_amount in zip(part.situations, missing, strict=True)]


def _why(kind: _Kind, why: Text, *, apart: bool) -> Text:
    sentences = []
    if kind.risks:
        sentences.append(Text.joined(": ", [_CAREFUL, Text.joined(" · ", kind.risks)]))
    if kind.reason.ko:
        sentences += [Text.joined(": ", [_TO_CHOOSE, kind.reason]), *([_APART] if apart else [])]
    return Text.joined(". ", [*sentences, on_one_line(why)])


def _letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    more, last = divmod(number, len(ascii_uppercase))
    return (_letter(more - 1) if more else "") + ascii_uppercase[last]


def _most_urgent(deadlines: Sequence[date | None], places: Sequence[int]) -> date | None:
    return min((day for place in places if (day := deadlines[place])), default=None)


def chosen(action: Action, part: Part) -> list[Text]:
    """For each row the reason to choose on the screen, which only the seller's own cancels have."""
    if action is not Action.SELLER_CANCEL:
        return [NOTHING] * len(part.situations)
    reasons = part.book.reasons
    spelled = {reason.name: Text(reason.name, as_spelled(reason).en) for reason in reasons}
    known = {reason.name: spelled[reason.seller_chooses] for reason in reasons if reason.seller_chooses}
    of_verdict = [known.get(str(verdict.facts.get("사유", ""))) for verdict in part.report.verdicts]
    return [of_verdict[situation] or part.wordings[situation].reason for situation in part.situations]


def letters(groups: Sequence[Group]) -> list[str]:
    """The letter of each row's group."""
    return [group.letter for group in groups for _ in range(group.first, group.last)]


def of_groups(own: Sequence[Value], part: Part, groups: Sequence[Group], language: str) -> list[Value]:
    """The message that goes to all orders of each group. own: the message of each order alone."""
    verdicts, messages = part.report.verdicts, part.book.messages
    return [
        drafts.one_for_all(own[group.first : group.last], verdicts[part.situations[group.first]], messages, language)
        if group.why is not _OF_ROWS
        else None
        for group in groups
    ]


def deadlines(part: Part, groups: Sequence[Group]) -> list[date | None]:
    """The most urgent deadline of each group."""
    found = days(part.rows[Out.ACT_BY])
    return [_most_urgent(found, range(group.first, group.last)) for group in groups]


def group_table(
    name: str, groups: Sequence[Group], by: Sequence[Value], messages: Sequence[Value], meanings: Sequence[Value]
) -> Table:
    """The table of the groups. by, messages, meanings: deadline, message and its English meaning of each group.

    It stands above the table of orders and has its widths. The last column may flow over all that is right of it.
    """
    columns: tuple[tuple[Column, Sequence[Value]], ...] = (
        (_narrow(GROUP.header, Look.TEXT), [group.letter for group in groups]),
        (_narrow(Text("처리기한", "Act by"), Look.DAY), by),
        (_narrow(STEPS), [group.steps for group in groups]),
        (_narrow(Text("벌점", "Points")), [group.points for group in groups]),
        (_narrow(captions.COUNT, Look.COUNT), [group.last - group.first for group in groups]),
        (_narrow(Text("묶음 안내문", "Message")), messages),
        (_narrow(Text("글의 뜻", "Meaning"), english_only=True), meanings),
        (_narrow(captions.WHY), [group.why for group in groups]),
    )
    return table_of(name, columns)


def _narrow(header: Said, look: Look = Look.CUT, *, english_only: bool = False) -> Column:
    """A column that is as wide as the orders' column below it, and at least as its header."""
    return Column(header, look, 0, 0, english_only=english_only)


def on_paper(
    at: int, groups: Sequence[Group], messages: Sequence[Value], meanings: Sequence[Value]
) -> Iterator[Paragraph]:
    """The groups once more below the orders, in full, because a printed cell cannot be opened. at: the column."""
    yield Paragraph(Text("묶음마다 하는 일 (인쇄용)", "What each group asks for (for print)"), Tone.HEADING, at)
    for group, message, meaning in zip(groups, messages, meanings, strict=True):
        count = group.last - group.first
        head = Text(f"{group.letter} ({count:,}건)", f"{group.letter} ({count:,})")
        steps = Text(f"▸ 순서: {group.steps.ko}", f"▸ steps: {group.steps.en}") if group.steps.ko else NOTHING
        pasted = Text(f"▸ 안내문: {message}", f"▸ message: {meaning}") if message else NOTHING
        yield Paragraph(Text.joined(" ", [Text.joined(": ", [head, group.why]), steps, pasted]), Tone.SMALL, at)
