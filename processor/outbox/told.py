"""What a verdict says on its rows: put into words once for each verdict, however many rows share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from processor.model import Action, FeeRuling, Leg, Payer, PenaltyEvent, Text, Verdict
from processor.rulebook.types import Rulebook

LEGS: Final = {
    Leg.OUTBOUND: Text("보내는 배송비", "outbound shipping"),
    Leg.RETURN: Text("반품 배송비", "return shipping"),
}
AMOUNT_UNKNOWN: Final = Text("금액 확인 필요", "amount to be checked")
_FLAGS: Final = {
    "reason_mismatch": Text(
        "주의: 적힌 사유와 실제 사유가 다릅니다.", "Careful: the stated reason is not the true reason."
    ),
    "addon_first": Text(
        "주의: 추가구성상품을 본상품보다 먼저 처리해 주세요.", "Careful: handle the add-on before the main product."
    ),
    "still_open": Text(
        "주의: 지난번 목록에서 이미 처리한 주문인데 아직 열려 있습니다. 마지막 확인 창까지 눌렀는지 봐 주세요.",
        "Careful: an earlier list already handled this order, yet it is still open. Was the last confirmation clicked?",
    ),
}


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
    return Told(
        state=str(verdict.facts.get("주문상태", "")),
        reason=verdict.reason_label.said(lang),
        fault=str(verdict.facts.get("귀책", "")),
        action=verdict.action.ko,
        why=_why(verdict, lang),
        why_not=f"{verdict.why_not.rule}: {verdict.why_not.because.said(lang)}" if verdict.why_not else "",
        payer=payer(verdict.fee, lang),
        points=points(verdict.penalties, lang),
        undo=_undo(verdict.action).said(lang),
        screen=_steps(book.messages.screens.get(verdict.screen, ()), lang),
        rule=verdict.rule,
        source=sources(verdict.sources, book, lang),
    )


def _why(verdict: Verdict, lang: str) -> str:
    """The reason, what it rests on, what to be careful about, and which answer would settle it."""
    said = [verdict.why.said(lang)]
    said += [f"{word}: {ground.said(lang)}" for word, ground in verdict.grounds.items()]
    said += [_FLAGS[flag].said(lang) for flag in verdict.flags if flag in _FLAGS]
    if verdict.asks:
        cells = " · ".join(f"〔{cell}〕" for cell in verdict.asks)
        said.append(Text(f"적어 주실 칸: {cells}", f"Please fill: {cells}").said(lang))
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
    return Text(f"{total}점", f"{total} points").said(lang) + f" ({' · '.join(names)})"


def _undo(action: Action) -> Text:
    if action.irreversible:
        return Text("되돌릴 수 없음", "cannot be undone")
    return Text("가능", "possible")


def _steps(clicks: Iterable[Text], lang: str) -> str:
    return "\n".join(f"{number}. {click.said(lang)}" for number, click in enumerate(clicks, start=1))


def sources(names: Iterable[str], book: Rulebook, lang: str) -> str:
    """Titles with their certainty; a name that the book does not know stands for itself."""
    known = book.sources
    return "\n".join(
        f"{known[name].title.said(lang)} ({known[name].certainty})" if name in known else name for name in names
    )
