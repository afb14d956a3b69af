"""The sentences about the forecast of penalty points, in the seller's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from processor.model import NOTHING, Forecast, PointState, Range, Report, Scenario, Text, several
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
            return Text("날마다 목록을 다 하면", "if every day's lists are done")


def headline(report: Report) -> Text:
    """The points now, those still to come with all lists done, and how many are left up to those of a sanction.

    The first numbers and the last one add up to the points of a sanction, at each end where bounds are shown.
    """
    forecast = report.forecast
    now, need = forecast.days[0].held, forecast.need.low
    sure, brought = (totals.points(report.points, state) for state in (PointState.SURE, PointState.BY_ACTION))
    return Text.joined(
        " · ",
        [
            Text(f"벌점 지금 {_bounds(now).ko}", f"Penalty points: {_bounds(now).en} now"),
            *([Text(f"피할 수 없이 +{sure:,}점", f"+{sure:,} that can't be avoided")] if sure else []),
            Text(f"오늘 조치로 +{brought:,}점", f"+{brought:,} by today's actions"),
            _left(left(report), need, known=now.known),
        ],
    )


def left(report: Report) -> Range:
    """The points up to those of a sanction, with all that is still to come if all lists are done; negative = over it."""
    now, need = report.forecast.days[0].held, report.forecast.need.low
    coming = totals.points(report.points, PointState.SURE, PointState.BY_ACTION)
    return Range(need - now.high - coming if now.high is not None else 0, need - now.low - coming)


def _bounds(number: Range) -> Text:
    """The number of points, or its bounds where it is not known exactly."""
    if number.known:
        return Text(f"{number.low:,}점", f"{number.low:,}")
    if number.high is None:
        return Text(f"{number.low:,}점 이상", f"{number.low:,} or more")
    return Text(f"{number.low:,}~{number.high:,}점", f"{number.low:,} to {number.high:,}")


def _left(left: Range, need: int, *, known: bool) -> Text:
    """How many points are left up to a sanction. known: whether the points now are known, so that `left` is one number."""
    most = left.safe
    if most < 0:
        least_over = NOTHING if known else Text("적어도 ", "at least ")
        return Text(
            f"제재 기준 {need:,}점을 {least_over.ko}{-most:,}점 넘습니다",
            f"{least_over.en}{-most:,} over the {need:,} of a sanction",
        )
    if most == 0:
        return Text(f"제재 기준 {need:,}점이 됩니다", f"the {need:,} of a sanction reached")
    if known:
        return Text(f"제재 기준 {need:,}점까지 {most:,}점", f"{most:,} left to the {need:,} of a sanction")
    if left.low > 0:
        return Text(
            f"제재 기준 {need:,}점까지 {left.low:,}~{most:,}점",
            f"{left.low:,} to {most:,} left to the {need:,} of a sanction",
        )
    return Text(f"제재 기준 {need:,}점까지 많아야 {most:,}점", f"at most {most:,} left to the {need:,} of a sanction")


def warnings(report: Report, book: Rulebook) -> Iterator[Text]:
    """The sentences about a sanction that is coming or near."""
    forecast = report.forecast
    if (day := forecast.reached[Scenario.ALWAYS]) is not None:
        yield Text(
            f"{day}에 제재 기준에 도달할 수 있습니다{_next(forecast, book).ko}. 〈패널티〉에서 피할 수 있는 벌점부터 확인하세요.",
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


def cautions(report: Report, book: Rulebook) -> Iterator[Text]:
    """The sentences about where the numbers come from and how reliable they are."""
    forecast, bounds = report.forecast, book.penalties.sanction
    paid, need = forecast.paid.low, forecast.need.low
    by_paid = Text(
        f"제재는 벌점이 {bounds.points:,}점 이상이면서 최근 {bounds.window_days}일 결제건수의 {bounds.ratio_percent}% 이상일 때입니다. "
        f"결제 {paid:,}건이면 {need:,}점부터입니다.",
        f"A sanction needs {several(bounds.points, 'point')} or more, and {bounds.ratio_percent} % of the orders paid in "
        f"{bounds.window_days} days: with {several(paid, 'paid order')}, {several(need, 'point')}.",
    )
    if forecast.entered_on is not None:
        yield by_paid
    else:
        yield Text(
            f"{by_paid.ko} 결제건수는 이 프로그램이 본 상품주문만 셉니다. 실제가 더 많으면 기준도 더 높습니다. 앞으로의 결제건수는 지금과 같다고 봅니다.",
            f"{by_paid.en} Paid orders are those that this program has seen: if there were more, more points are needed. "
            "Those to come are taken to be as many as now.",
        )
    if (cancels := forecast.sold_out_room) is not None and forecast.room >= 0:
        yield Text(
            f"목록을 날마다 다 하고 다른 벌점이 더 없으면 품절취소 {cancels:,}번까지는 제재 기준에 도달하지 않습니다.",
            f"With every day's lists done and no other points, {several(cancels, 'sold-out cancel')} would not bring a sanction.",
        )
    if forecast.entered_on is not None:
        yield Text(
            f"적어 주신 {forecast.entered_on}의 판매자센터 벌점(store.penalty_now)에 맞추었습니다. 그 가운데 이 프로그램이 못 본 벌점은 언제 사라지는지 몰라 범위로 보입니다.",
            f"Fitted to the Seller Center's figure of {forecast.entered_on} (store.penalty_now). When points that this program has not seen expire is not known, hence the ranges.",
        )
    elif forecast.days[0].held.high is None:
        known = f"{forecast.since}부터" if forecast.since else "오늘부터"
        since = f"since {forecast.since}" if forecast.since else "from today on"
        yield Text(
            f"이 프로그램은 {known}만 압니다. 그 전에 받은 벌점은 몰라서 '이상'으로 적습니다. 판매자센터(판매자정보 › 판매정책 준수 현황)의 벌점을 "
            "rules.yaml의 store.penalty_now에 적으면 맞춰집니다.",
            f"This program knows the days {since} only; earlier points are not known, hence 'or more'. Write the Seller Center's own "
            "figure into store.penalty_now of rules.yaml and it is fitted to that.",
        )


def stage(report: Report, book: Rulebook) -> Text:
    """The present stage, whether the seller entered it or this program counted it, and the stage that would follow."""
    now, steps = report.forecast.stage, book.penalties.steps
    if now is None:
        return Text(
            "지금 단계는 모릅니다. 판매자센터에서 보고 rules.yaml의 store.penalty_now에 stage로 적어 주세요.",
            "The stage now is not known. Look it up in the Seller Center and write it into stage of store.penalty_now in rules.yaml.",
        )
    by = (
        Text("적어 주신 것", "as you said")
        if now.entered
        else Text("이 프로그램이 센 것이라 판매자센터에서 확인하세요", "as counted here; check it in the Seller Center")
    )
    then = NOTHING
    if (after := steps.after(now.number)) != now.number:
        following = steps.stages[after - 1]
        then = Text(f" · 다음은 {following.ko}", f" · the next one would be {following.en}")
    if not now.number:
        return Text(f"지금 단계 없음 ({by.ko}){then.ko}", f"No stage now ({by.en}){then.en}")
    name = steps.stages[now.number - 1]
    until = date.fromordinal(now.since.toordinal() + steps.memory_days) if now.since else None
    return Text(
        f"지금 단계 {name.ko} · {now.since}부터, 새 제재가 없으면 {until}에 지워집니다 ({by.ko}){then.ko}",
        f"Stage now: {name.en} · since {now.since}, gone on {until} unless a new sanction comes ({by.en}){then.en}",
    )


def stages(book: Rulebook) -> Text:
    """All stages in their order, with what each restricts."""
    steps = book.penalties.steps
    each = [
        Text(f"{stage.ko}: {what.ko}", f"{stage.en}: {what.en}")
        for stage, what in zip(steps.stages, steps.restricts, strict=True)
    ]
    told = Text.joined(" → ", each)
    return Text(f"제재 단계 — {told.ko}", f"Stages of sanctions — {told.en}")
