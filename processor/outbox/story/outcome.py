"""The lines on what follows from the rule: action, deadline, who pays, points, what would change it, sources."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from processor.model import CELL_NAMED, UNKNOWN, Out, Payer, PenaltyEvent, Text, josa
from processor.outbox.outlook import when
from processor.outbox.story.story import Story
from processor.outbox.wording import AMOUNT_UNKNOWN, CERTAINTIES, LEGS, payer, points


def action_lines(story: Story, lang: str) -> Iterator[str]:
    verdict = story.verdict
    yield Text(f"할 일: {verdict.action.ko}", f"To do: {verdict.action.en}").said(lang)
    yield Text(f"이유: {verdict.why.ko}", f"Why: {verdict.why.en}").said(lang)
    final = verdict.action.entry.undo
    yield Text(f"되돌리기: {final.ko}", f"Undo: {final.en}").said(lang)
    yield _by_when(story).said(lang)


def _by_when(story: Story) -> Text:
    if story.verdict.deadline is None:
        return Text("언제까지: 정해진 기한이 없습니다", "By when: there is no deadline")
    deadline = story.book.calendar.deadlines[story.verdict.deadline]
    day, reason = _day(story), deadline.text
    return Text(
        f"언제까지: {day.ko} — {deadline.name}: {reason.ko}", f"By when: {day.en} — {deadline.name}: {reason.en}"
    )


def _day(story: Story) -> Text:
    if story.case is None:
        return Text("주문마다 다릅니다", "it depends on the order")
    by = story.case.row[Out.ACT_BY].iloc[0]
    if pd.isna(by):
        return Text("날짜를 셀 수 없습니다", "the day can't be told")
    over = by.date() < story.as_of.date()
    return Text(f"{by:%Y-%m-%d}{' (지났습니다)' if over else ''}", f"{by:%Y-%m-%d}{' (over)' if over else ''}")


def fee_lines(story: Story, lang: str) -> Iterator[str]:
    fee = story.verdict.fee
    who = payer(fee)
    yield Text(f"부담하는 쪽: {who.ko} [{fee.rule}]", f"Who pays: {who.en} [{fee.rule}]").said(lang)
    yield Text(f"이유: {fee.basis.ko}", f"Why: {fee.basis.en}").said(lang)
    if story.case is not None:
        yield from _money(story, story.case.row.iloc[0], lang)


def _money(story: Story, row: pd.Series, lang: str) -> Iterator[str]:
    fee = story.verdict.fee
    if fee.payer is not Payer.NONE and pd.isna(row[Out.FEE_AMOUNT]):
        yield AMOUNT_UNKNOWN.said(lang)
    elif fee.payer is not Payer.NONE and fee.legs:
        parts = zip(LEGS, (row[Out.FEE_OUTBOUND], row[Out.FEE_RETURN]), strict=True)
        legs = [Text(f"{LEGS[leg].ko} {won:,}원", f"{LEGS[leg].en} ₩{won:,}") for leg, won in parts if leg in fee.legs]
        ko, en = (" + ".join(leg.said(one) for leg in legs) for one in ("ko", "en"))
        yield Text(f"금액: {row[Out.FEE_AMOUNT]:,}원 ({ko})", f"Amount: ₩{row[Out.FEE_AMOUNT]:,} ({en})").said(lang)
    if not pd.isna(row[Out.DELAY_DAYS]) and row[Out.DELAY_DAYS]:
        yield _interest(row[Out.DELAY_DAYS], row[Out.DELAY_WON]).said(lang)
    if note := row[Out.FEE_NOTE_EN if lang == "en" else Out.FEE_NOTE_KO]:
        yield note


def _interest(days: int, won: int) -> Text:
    """The sentence on interest for a late refund. The seller owes it, whoever pays the shipping."""
    ko, en = (AMOUNT_UNKNOWN.ko, AMOUNT_UNKNOWN.en) if pd.isna(won) else (f"{won:,}원", f"₩{won:,}")
    return Text(f"환불이 {days}일 늦어 지연배상: {ko}", f"Interest, for the refund is {days} days late: {en}")


def point_lines(story: Story, lang: str) -> Iterator[str]:
    events = story.verdict.penalties
    total = points(events)
    yield Text(f"합계: {total.ko}", f"In all: {total.en}").said(lang)
    yield from (f"- {_event(story, event).said(lang)}" for event in events)
    for row in story.trail.points:
        missed = row.misses[0]
        ko, en = (
            ("벌점이 붙는지 알 수 없습니다", "unknown") if missed.value == UNKNOWN else ("벌점은 붙지 않습니다", "none")
        )
        yield Text(
            f"- '{row.outcome.ko}' {ko} [{row.rule}]: {missed.said.ko}",
            f"- '{row.outcome.en}': {en} [{row.rule}], for {missed.said.en}",
        ).said(lang)


def _event(story: Story, event: PenaltyEvent) -> Text:
    how, day = when(event.by_action), story.case.granted[event.rule] if story.case is not None else pd.NaT
    ko, en = (
        ("붙는 날은 알 수 없습니다", "on a day not known")
        if pd.isna(day)
        else (f"{day:%Y-%m-%d}에 붙습니다", f"on {day:%Y-%m-%d}")
    )
    return Text(
        f"{event.name.ko} {event.points}점 [{event.rule}]: {how.ko} 생기고, {ko}",
        f"{event.name.en}, {event.points} [{event.rule}]: {how.en}, {en}",
    )


def change_lines(story: Story, lang: str) -> Iterator[str]:
    """The answers that are asked for, each with the action it would lead to, and the action that nearly applied."""
    verdict = story.verdict
    foreseen = {cell: [*answers] for cell, answers in groupby(story.trail.answers, key=lambda answer: answer.cell)}
    for cell in verdict.asks:
        if cell not in foreseen:
            yield Text(
                f"〔{cell}〕 칸을 적어 주시면 다시 판단합니다.",
                f"Fill 〔{CELL_NAMED[cell].header.en}〕 and it is judged again.",
            ).said(lang)
            continue
        ko = ", ".join(f"{_if(one.value)} {one.action.ko}({one.rule})" for one in foreseen[cell])
        en = ", ".join(f"'{one.said.en}' → {one.action.en} ({one.rule})" for one in foreseen[cell])
        yield Text(
            f"〔{cell}〕 칸에 적는 답에 따라: {ko}.", f"By what you fill into 〔{CELL_NAMED[cell].header.en}〕: {en}."
        ).said(lang)
    if verdict.why_not:
        yield f"{verdict.why_not.because.said(lang)} [{verdict.why_not.rule}]"


def _if(value: str) -> str:
    return josa(f"'{value}'", "이면/면")


def source_lines(story: Story, lang: str) -> Iterator[str]:
    """A line for each source, with the rules that rest on it and its certainty."""
    resting: dict[str, list[str]] = {}
    for what, names in _cited(story):
        for name in names:
            resting.setdefault(name, []).append(what.said(lang))
    for name, parts in resting.items():
        source = story.book.sources[name]
        means = CERTAINTIES[source.certainty]
        checked = source.checked
        yield Text(
            f"- {source.title.ko} — 확실도 {source.certainty}({means.ko}), {', '.join(parts)}의 근거"
            + (f", {checked}에 확인" if checked else ""),
            f"- {source.title.en} — certainty {source.certainty} ({means.en}), for {', '.join(parts)}"
            + (f", looked at on {checked}" if checked else ""),
        ).said(lang)


def _cited(story: Story) -> Iterator[tuple[Text, tuple[str, ...]]]:
    verdict = story.verdict
    yield Text(f"조치 {verdict.rule}", f"action {verdict.rule}"), verdict.sources
    if verdict.deadline:
        named = Text(f"기한 {verdict.deadline}", f"deadline {verdict.deadline}")
        yield named, story.book.calendar.deadlines[verdict.deadline].sources
    yield Text(f"배송비 {verdict.fee.rule}", f"shipping {verdict.fee.rule}"), verdict.fee.sources
    for event in verdict.penalties:
        yield Text(f"벌점 {event.rule}", f"points {event.rule}"), event.sources
