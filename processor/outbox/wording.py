"""Puts a verdict into the words that stand on its rows: once for each verdict, however many rows share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from processor.model import CELL_NAMED, NOTHING, FeeRuling, Leg, Payer, PenaltyEvent, Place, Text, Verdict, several
from processor.outbox.sheet import Said
from processor.outbox.typeset import capitalised
from processor.rulebook.types import Reason, Rulebook, Source

LEGS: Final = {
    Leg.OUTBOUND: Text("보내는 배송비", "outbound shipping"),
    Leg.RETURN: Text("반품 배송비", "return shipping"),
}
CERTAINTIES: Final = {
    "S": Text("길잡이 기사", "the guiding article"),
    "A": Text("공식 문서", "official"),
    "B": Text("둘 이상이 같은 말", "two sources agree"),
    "C": Text("한 곳뿐이고 공식 아님", "one, not official"),
    "L": Text("법령과 소비자기관", "law"),
    "J": Text("우리의 판단", "our judgement"),
    "?": Text("확인 안 됨", "not established"),
}
"""Letter behind a source → the certainty that it stands for (policy §1.1)."""
AMOUNT_UNKNOWN: Final = Text("금액 확인 필요", "amount to be checked")


@dataclass(frozen=True, slots=True)
class Wording:
    """One verdict in the seller's words."""

    state: Said
    reason: Text
    fault: Said
    action: Text
    why: Text
    why_not: Text
    payer: Text
    points: Text
    undo: Text
    screen: Text
    rule: str
    source: Text


def wording(verdict: Verdict, book: Rulebook) -> Wording:
    claimed = verdict.facts.get("요청") != "없음"  # without a claim there is no reason, so it is not shown as unknown
    why_not = verdict.why_not
    return Wording(
        state=value_of("주문상태", verdict, book),
        reason=_reason(verdict, book) if claimed else NOTHING,
        fault=value_of("귀책", verdict, book) if claimed else NOTHING,
        action=verdict.action.text,
        why=_why(verdict, book),
        why_not=Text.joined(": ", [Text.same(why_not.rule), why_not.because]) if why_not else NOTHING,
        payer=payer(verdict.fee),
        points=points(verdict.penalties),
        undo=verdict.action.entry.undo,
        screen=steps(book.messages.screens.get(verdict.screen, ())),
        rule=verdict.rule,
        source=sources(verdict.sources, book),
    )


def value_of(word: str, verdict: Verdict, book: Rulebook) -> Said:
    """The value of a word of the rules in this situation, in words; "" where the situation has none."""
    value, known = str(verdict.facts.get(word, "")), book.words[word]
    return known.named(value) if value in known.possible else value


def _reason(verdict: Verdict, book: Rulebook) -> Text:
    known = next((reason for reason in book.reasons if reason.label == verdict.reason_label), None)
    return as_spelled(known) if known else verdict.reason_label


def as_spelled(reason: Reason) -> Text:
    """The reason; in English with the Korean label by which the seller finds it on the Seller Center's screen."""
    return Text(reason.label.ko, f"{reason.label.en} ({reason.label.ko})")


def _why(verdict: Verdict, book: Rulebook) -> Text:
    """Why this verdict: the rule's reason, the grounds of inferred facts, and which answer would settle the rest."""
    sentences = [verdict.why]
    sentences += [Text.joined(": ", [book.words[word].text, ground]) for word, ground in verdict.grounds.items()]
    if verdict.asks:
        headers = [CELL_NAMED[cell].header for cell in verdict.asks]
        cells = Text.joined(" · ", [Text(f"〔{header.ko}〕", f"〔{header.en}〕") for header in headers])
        sentences.append(Text(f"적어 주실 칸: {cells.ko}", f"Please fill: {cells.en}"))
    return Text.joined("\n", sentences)


def payer(fee: FeeRuling) -> Text:
    who = fee.payer.text
    if fee.payer is Payer.NONE or not fee.legs:
        return who
    legs = Text.joined(" + ", [LEGS[leg] for leg in fee.legs])
    return Text(f"{who.ko} ({legs.ko})", f"{who.en} ({legs.en})")


def points(events: tuple[PenaltyEvent, ...]) -> Text:
    scored = [event for event in events if event.points]
    if not scored:
        return Text("없음", "none")
    total = sum(event.points for event in scored)
    names = [event.name for event in scored]
    if len(scored) > 1:
        names = [Text.joined(" ", [event.name, Text.same(str(event.points))]) for event in scored]
    said = Text.joined(" · ", names)
    return Text(f"{total}점 ({said.ko})", f"{several(total, 'point')} ({said.en})")


def on_one_line(said: Text, between: str = " · ") -> Text:
    """Words of several lines as one, for a row that is one line high."""
    return Text(said.ko.replace("\n", between), capitalised(said.en).replace("\n", between))


def where(place: Place, column: str = "") -> Text:
    """File › sheet › row › column, as far as they are known."""
    row = Text(f"{place.row}행", f"row {place.row}") if place.row else NOTHING
    return Text.joined(" › ", [Text.same(place.file), Text.same(place.sheet), row, Text.same(column)])


def steps(clicks: tuple[Text, ...]) -> Text:
    """The clicks on the screen, one per line, numbered if there are several."""
    if len(clicks) == 1:
        return clicks[0]
    return Text.joined("\n", [Text(f"{at}. {one.ko}", f"{at}. {one.en}") for at, one in enumerate(clicks, start=1)])


def certainty(names: Iterable[str], book: Rulebook) -> Text:
    """The certainties of these sources in words, each one once."""
    known = book.sources
    letters = dict.fromkeys(known[name].certainty for name in names if name in known)
    return Text.joined(" · ", [CERTAINTIES[letter] for letter in letters])


def sources(names: Iterable[str], book: Rulebook) -> Text:
    """The titles of the sources with their certainty; a source that the rules do not list is shown by its name."""
    return Text.joined(
        "\n", [_source(book.sources[name]) if name in book.sources else Text.same(name) for name in names]
    )


def _source(source: Source) -> Text:
    return Text(f"{source.title.ko} ({source.certainty})", f"{source.title.en} ({source.certainty})")


def letters(names: Iterable[str], book: Rulebook) -> str:
    """The letters of certainty of the sources; the sheet 〈규칙〉 explains them."""
    return ", ".join(dict.fromkeys(book.sources[name].certainty for name in names if name in book.sources))
