"""The rules in force as sentences: a row says when it answers, what is then done, and what else it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from processor.model import CELL_NAMED, NOTHING, Payer, Text, josa, several
from processor.outbox.clauses import when
from processor.outbox.wording import CERTAINTIES, LEGS
from processor.rulebook.types import (
    OPEN_DEADLINE,
    Dated,
    Deadline,
    Decision,
    FeeRow,
    OpenDeadline,
    PenaltyRow,
    Row,
    Rulebook,
    Source,
)

Detail = tuple[Text, Text]
"""Something else that a row says: its name and its value."""

_WHY: Final = Text("이유", "why")
_SOURCES: Final = Text("출처", "sources")
_DEADLINE: Final = Text("기한", "deadline")
_MESSAGE: Final = Text("안내문", "message")


def sentence(row: Row, book: Rulebook, day: date) -> Text:
    """When the row answers, and what is then done. Points are those of that day."""
    said, then = when(row.when, book.words), outcome(row, day)
    return Text(f"{said.ko} → {then.ko}", f"{said.en} → {then.en}")


def outcome(row: Row, day: date) -> Text:
    match row:
        case Decision():
            return row.action.text
        case FeeRow():
            return _fee(row)
        case PenaltyRow():
            return _points(row, day)
        case _:
            return Text("있을 수 없는 상황", "can't be")


def details(row: Row, book: Rulebook) -> Iterator[Detail]:
    """What else the row says, in the order in which a person reads it."""
    yield _WHY, row.why
    match row:
        case Decision():
            yield from _of_decision(row)
        case FeeRow():
            yield from _named(_MESSAGE, row.message)
        case PenaltyRow():
            yield from _of_penalty(row)
    yield from _days(row)
    yield _SOURCES, cited(row.sources, book)


def cited(names: tuple[str, ...], book: Rulebook) -> Text:
    """The sources, each with its certainty in words."""
    return Text.joined(" · ", [_with_certainty(book.sources[name]) for name in names])


def _with_certainty(source: Source) -> Text:
    if source.certainty in _SAY_IT_THEMSELVES:
        return source.title
    sure = CERTAINTIES[source.certainty]
    return Text(f"{source.title.ko} ({sure.ko})", f"{source.title.en} ({sure.en})")


def number(dated: Dated, day: date, unit: Text) -> Text:
    """A number of that day, and what it becomes later."""
    now = dated.on(day)
    later = [(begins, each) for begins, each in dated.steps if begins > day]
    said = _NO_NUMBER if now is None else Text(f"{now}{unit.ko}", several(now, unit.en))
    for begins, each in later:
        then = _NO_NUMBER if each is None else Text(f"{each}{unit.ko}", several(each, unit.en))
        said = Text(f"{said.ko}, {begins}부터 {then.ko}", f"{said.en}, from {begins} on {then.en}")
    return said


def deadline(its: Deadline, book: Rulebook, day: date) -> Text:
    """From when on a deadline counts, and what it is for."""
    if its.start == "today":
        return its.text
    header = book.exports.columns[its.start][0]
    days = number(its.working_days, day, WORKING_DAYS)
    sooner = _sooner(its.or_sooner) if its.or_sooner else NOTHING
    from_then = Text(f"'{header}'에서 {days.ko}", f"{days.en} after '{header}'")
    if its.working_days.on(day) == 0:
        from_then = Text(f"'{header}'에 적힌 날", f"the day of '{header}'")
    return Text(f"{from_then.ko}{sooner.ko}. {its.text.ko}", f"{from_then.en}{sooner.en}: {its.text.en}")


def _sooner(name: str) -> Text:
    return Text(f", {josa(name, '이/가')} 더 빠르면 그날", f", or {name} if that is sooner")


def open_deadline(its: OpenDeadline, book: Rulebook) -> Text:
    said = when(its.when, book.words) if its.when else Text("그 밖에는", "else")
    return Text(f"{said.ko} → {its.name}", f"{said.en} → {its.name}")


POINTS: Final = Text("점", "point")
WORKING_DAYS: Final = Text("영업일", "working day")
_NO_NUMBER: Final = Text("없음", "none")
_SAY_IT_THEMSELVES: Final = ("J", "?")
"""Certainties of sources whose title says the same."""


def _fee(row: FeeRow) -> Text:
    legs = Text.joined(" + ", [LEGS[leg] for leg in row.legs]) if row.legs else Text("배송비", "shipping")
    more = [_ACTUAL] * row.open_amount + [_SUPPORTED] * row.supported
    hint = (
        Text(f" ({' · '.join(one.ko for one in more)})", f" ({', '.join(one.en for one in more)})") if more else NOTHING
    )
    match row.payer:
        case Payer.NONE:
            return Text("새로 낼 배송비가 없음", "no shipping to pay")
        case Payer.UNDECIDED:
            return Text(
                f"{josa(legs.ko, '을/를')} 누가 낼지 정해지지 않음{hint.ko}",
                f"who pays {legs.en} is not decided{hint.en}",
            )
    return Text(
        f"{josa(row.payer.text.ko, '이/가')} {josa(legs.ko, '을/를')} 냄{hint.ko}",
        f"the {row.payer.text.en} pays {legs.en}{hint.en}",
    )


_ACTUAL: Final = Text("실제로 든 만큼만", "only what it really costs")
_SUPPORTED: Final = Text("네이버가 대신 낼 수 있음", "Naver may pay it")


def _points(row: PenaltyRow, day: date) -> Text:
    points = number(row.points, day, POINTS)
    if row.per_day:
        return Text(f"영업일마다 벌점 {points.ko}", f"{points.en} for each working day")
    return Text(f"벌점 {points.ko}", points.en)


def _of_decision(row: Decision) -> Iterator[Detail]:
    name = _OPEN if row.deadline == OPEN_DEADLINE else Text.same(row.deadline or "")
    if row.deadline:
        yield _DEADLINE, name
    yield from _named(_MESSAGE, row.message)
    if row.screen and row.screen != row.action.ko:
        yield from _named(Text("화면", "screen"), row.screen)
    if row.asks:
        headers = [CELL_NAMED[cell].header for cell in row.asks]
        yield Text("여쭙는 것", "asks"), Text.joined(" · ", headers)
    if row.flags:
        yield Text("표시", "flags"), Text.same(" · ".join(row.flags))


_OPEN: Final = Text("열려 있는 일의 기한", "that of what is open")


def _of_penalty(row: PenaltyRow) -> Iterator[Detail]:
    if row.due:
        days, other = row.grant_after, row.grant_after_else
        more = (
            Text(f" (다른 자료로는 {other}영업일)", f" (by another source {other})") if other is not None else NOTHING
        )
        yield (
            Text("붙는 날", "given"),
            Text(
                f"{josa(row.due, '이/가')} 지나면 {days}영업일째 새벽{more.ko}",
                f"at dawn of working day {days}{more.en} after {row.due}",
            ),
        )
    if row.avoid.ko:
        yield Text("피하려면", "to avoid"), row.avoid
    if row.by_action:
        yield Text("까닭", "cause"), Text("오늘의 조치로 붙음", "today's action brings it")
    if row.moratorium_exempt:
        yield Text("유예", "moratorium"), Text("유예 기간에도 붙음", "given inside one too")


def _days(row: Row) -> Iterator[Detail]:
    if row.since or row.until:
        since = Text(f"{row.since}부터", f"from {row.since}") if row.since else NOTHING
        until = Text(f"{row.until}까지", f"until {row.until}") if row.until else NOTHING
        yield Text("쓰는 날", "in force"), Text.joined(" ", [since, until])
    if row.review_by:
        yield Text("다시 확인할 날", "review by"), Text.same(row.review_by.isoformat())


def _named(label: Text, name: str | None) -> Iterator[Detail]:
    if name:
        yield label, Text.same(name)
