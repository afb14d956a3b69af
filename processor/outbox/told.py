"""What a verdict says on its rows: put into words once for each verdict, however many rows share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from processor.model import HEADERS, FeeRuling, Leg, Payer, PenaltyEvent, Place, Text, Verdict
from processor.outbox.english import several
from processor.rulebook.types import Reason, Rulebook

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
"""What the letter behind a source means (policy §1.1)."""
AMOUNT_UNKNOWN: Final = Text("금액 확인 필요", "amount to be checked")


@dataclass(frozen=True, slots=True)
class Told:
    """One verdict in the seller's words."""

    state: str
    reason: str
    fault: str
    action: str
    why: str
    why_not: str
    payer: str
    points: str
    undo: str
    screen: str
    rule: str
    source: str


def tell(verdict: Verdict, book: Rulebook, lang: str) -> Told:
    claimed = verdict.facts.get("요청") != "없음"  # without a claim there is no reason to be unknown
    return Told(
        state=str(verdict.facts.get("주문상태", "")),
        reason=_reason(verdict, book, lang) if claimed else "",
        fault=str(verdict.facts.get("귀책", "")) if claimed else "",
        action=verdict.action.ko,
        why=_why(verdict, book, lang),
        why_not=f"{verdict.why_not.rule}: {verdict.why_not.because.said(lang)}" if verdict.why_not else "",
        payer=payer(verdict.fee, lang),
        points=points(verdict.penalties, lang),
        undo=verdict.action.entry.undo.said(lang),
        screen=steps(book.messages.screens.get(verdict.screen, ()), lang),
        rule=verdict.rule,
        source=sources(verdict.sources, book, lang),
    )


def _reason(verdict: Verdict, book: Rulebook, lang: str) -> str:
    known = next((reason for reason in book.reasons if reason.label == verdict.reason_label), None)
    return (as_spelled(known) if known else verdict.reason_label).said(lang)


def as_spelled(reason: Reason) -> Text:
    """In English with the Korean of the Seller Center, where it is to be found on the screen."""
    return Text(reason.label.ko, f"{reason.label.en} ({reason.label.ko})")


def _why(verdict: Verdict, book: Rulebook, lang: str) -> str:
    """The reason, what it rests on, and which answer would settle it."""
    said = [verdict.why.said(lang)]
    said += [f"{book.words[word].text.said(lang)}: {ground.said(lang)}" for word, ground in verdict.grounds.items()]
    if verdict.asks:
        ko, en = (
            " · ".join(f"〔{cell}〕" for cell in cells) for cells in (verdict.asks, map(HEADERS.get, verdict.asks))
        )
        said.append(Text(f"적어 주실 칸: {ko}", f"Please fill: {en}").said(lang))
    return "\n".join(said)


def payer(fee: FeeRuling, lang: str) -> str:
    who = fee.payer.text.said(lang)
    if fee.payer is Payer.NONE or not fee.legs:
        return who
    return f"{who} ({' + '.join(LEGS[leg].said(lang) for leg in fee.legs)})"


def points(events: tuple[PenaltyEvent, ...], lang: str) -> str:
    scored = [event for event in events if event.points]
    if not scored:
        return Text("없음", "none").said(lang)
    total = sum(event.points for event in scored)
    names = [event.name.said(lang) for event in scored]
    if len(scored) > 1:
        names = [f"{name} {event.points}" for name, event in zip(names, scored, strict=True)]
    return Text(f"{total}점", several(total, "point")).said(lang) + f" ({' · '.join(names)})"


def where(place: Place, lang: str, column: str = "") -> str:
    """File › sheet › row › column, as far as they are known."""
    row = Text(f"{place.row}행", f"row {place.row}").said(lang) if place.row else ""
    return " › ".join(part for part in (place.file, place.sheet, row, column) if part)


def steps(clicks: tuple[Text, ...], lang: str) -> str:
    if len(clicks) == 1:
        return clicks[0].said(lang)
    return "\n".join(f"{number}. {click.said(lang)}" for number, click in enumerate(clicks, start=1))


def certainty(names: Iterable[str], book: Rulebook, lang: str) -> str:
    """How certain these sources are, in words, each once."""
    known = book.sources
    letters = dict.fromkeys(known[name].certainty for name in names if name in known)
    return " · ".join(CERTAINTIES[letter].said(lang) for letter in letters)


def sources(names: Iterable[str], book: Rulebook, lang: str) -> str:
    """Titles with their certainty; a name that the book does not know stands for itself."""
    known = book.sources
    return "\n".join(
        f"{known[name].title.said(lang)} ({known[name].certainty})" if name in known else name for name in names
    )


def letters(names: Iterable[str], book: Rulebook) -> str:
    """The letters of the sources, which 〈규칙〉 explains."""
    return ", ".join(dict.fromkeys(book.sources[name].certainty for name in names if name in book.sources))
