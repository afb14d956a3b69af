"""The sentences about the forecast of penalty points, in the seller's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from processor.model import Forecast, PointState, Range, Report, Scenario, Text, several
from processor.outbox import totals
from processor.rulebook.types import Rulebook


def when(by_action: bool) -> Text:
    return Text("오늘 조치로", "by today's action") if by_action else Text("저절로", "by itself")


def plan(one: Scenario) -> Text:
    match one:
        case Scenario.NOTHING:
            return Text("아무것도 안 하면", "if nothing is done")
        case Scenario.TODAY:
            return Text("오늘 목록만 하면", "if only today's lists are done")
        case Scenario.ALWAYS:
            return Text("목록을 늘 다 하면", "if every day's lists are done")


def _bounds(number: Range) -> Text:
    """The number, or its bounds where it is not known exactly."""
    low = Text(f"{number.low:,}", several(number.low, "point"))
    if number.known:
        return Text(f"{low.ko}점", low.en)
    if number.high is None:
        return Text(f"{low.ko}점 이상", f"{low.en} or more")
    return Text(f"{low.ko}~{number.high:,}점", f"{number.low:,} to {several(number.high, 'point')}")


def headline(report: Report) -> Text:
    """The points now, those of today's actions, the points that a sanction needs, and how many are left until then."""
    forecast = report.forecast
    now = _bounds(forecast.days[0].held)
    brought = totals.points(report.points, PointState.BY_ACTION)
    return Text(
        f"패널티 지금 {now.ko} · 오늘 조치로 {brought:,}점 · 제재는 {forecast.need.low:,}점부터 · {_room(forecast).ko}",
        f"Penalty now {now.en} · {several(brought, 'point')} by today's actions · a sanction from {forecast.need.low:,} on · {_room(forecast).en}",
    )


def _room(forecast: Forecast) -> Text:
    if forecast.room < 0:
        return Text("목록을 다 해도 닿습니다", "reached even with every list done")
    cancels = forecast.sold_out_room
    ko, en = (
        ("", "") if cancels is None else (f" (품절취소 {cancels:,}번)", f" ({several(cancels, 'sold-out cancel')})")
    )
    return Text(f"여유 {forecast.room:,}점{ko}", f"room for {several(forecast.room, 'point')}{en}")


def warnings(report: Report, book: Rulebook) -> Iterator[Text]:
    """The sentences about a sanction that is coming or near."""
    forecast = report.forecast
    if (day := forecast.reached[Scenario.ALWAYS]) is not None:
        yield Text(
            f"{day}에 제재 기준에 닿을 수 있습니다{_next(forecast, book).ko}. 〈패널티〉에서 막을 수 있는 점수부터 보세요.",
            f"A sanction may come on {day}{_next(forecast, book).en}. See 〈패널티〉 for what can still be avoided.",
        )
    elif forecast.early:
        yield Text(
            f"제재 기준에 가까워졌습니다: 목록을 다 해도 {_peak(forecast):,}점까지 오르고 {forecast.need.low:,}점부터 제재입니다.",
            f"A sanction is near: even with every list done there are up to {several(_peak(forecast), 'point')}, and it comes from "
            f"{several(forecast.need.low, 'point')} on.",
        )


def _peak(forecast: Forecast) -> int:
    return max(day.counts[Scenario.ALWAYS].safe for day in forecast.days)


def _next(forecast: Forecast, book: Rulebook) -> Text:
    """The stage to which the next sanction would lead, and what that stage means."""
    steps = book.penalties.steps
    if forecast.stage is None:
        first = steps.stages[0]
        return Text(f" (처음이면 {first.ko})", f" (the first one is a {first.en})")
    number = steps.after(forecast.stage.number) - 1
    stage, restricts = steps.stages[number], steps.restricts[number]
    return Text(f" ({stage.ko}: {restricts.ko})", f" ({stage.en}: {restricts.en})")


def cautions(report: Report) -> Iterator[Text]:
    """The sentences about how reliable the numbers are."""
    forecast = report.forecast
    if forecast.entered_on is not None:
        yield Text(
            f"적어 주신 {forecast.entered_on}의 판매자센터 점수(store.penalty_now)에 맞추었습니다. 그 가운데 우리가 못 본 점수는 언제 사라지는지 몰라 범위로 보입니다.",
            f"Fitted to the Seller Center's figure of {forecast.entered_on} (store.penalty_now). When points that this program has not seen expire is not known, hence the ranges.",
        )
    elif forecast.days[0].held.high is None:
        known = f"{forecast.since}부터" if forecast.since else "오늘부터"
        since = f"since {forecast.since}" if forecast.since else "from today on"
        yield Text(
            f"이 프로그램은 {known}만 압니다. 그 전에 받은 점수는 몰라서 '이상'으로 적습니다. 판매자센터(판매자정보 › 판매정책 준수 현황)의 점수를 "
            "rules.yaml의 store.penalty_now에 적으면 맞춰집니다.",
            f"This program knows the days {since} only; earlier points are not known, hence 'or more'. Write the Seller Center's own "
            "figure into store.penalty_now of rules.yaml and it is fitted to that.",
        )
    if forecast.entered_on is None:
        yield Text(
            "결제건수는 이 프로그램이 본 상품주문만 셉니다. 실제가 더 많으면 비율은 더 낮고 여유는 더 큽니다. 앞으로의 결제건수는 지금과 같다고 봅니다.",
            "Paid orders are those that this program has seen: if there were more, the ratio is lower and the room larger. Those to come are taken to be as many as now.",
        )


def stage(report: Report, book: Rulebook) -> Text:
    """The present stage, and whether the seller entered it or this program counted it."""
    now, steps = report.forecast.stage, book.penalties.steps
    if now is None:
        return Text(
            "지금 단계는 모릅니다. 판매자센터에서 보고 store.penalty_now의 stage에 적어 주세요.",
            "The stage now is not known. Look it up in the Seller Center and write it into stage of store.penalty_now.",
        )
    by = (
        Text("적어 주신 것", "as you said")
        if now.entered
        else Text("이 프로그램이 센 것이라 판매자센터에서 확인하세요", "as counted here; check it in the Seller Center")
    )
    if not now.number:
        return Text(f"지금 단계 없음 ({by.ko})", f"No stage now ({by.en})")
    name = steps.stages[now.number - 1]
    until = date.fromordinal(now.since.toordinal() + steps.memory_days) if now.since else None
    return Text(
        f"지금 단계 {name.ko} · {now.since}부터, 새 제재가 없으면 {until}에 지워집니다 ({by.ko})",
        f"Stage now: {name.en} · since {now.since}, gone on {until} unless a new sanction comes ({by.en})",
    )
