"""Reads the entries around the penalty rows: when points lead to a sanction, the stages, and days without points."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from processor.model import Text
from processor.rulebook.load import Path_
from processor.rulebook.tables import Notes, day
from processor.rulebook.types import (
    Early,
    Moratorium,
    Penalties,
    PenaltyNow,
    PenaltyRow,
    Repeats,
    Sanction,
    Steps,
    Table,
)

_NONE: Final = "없음"


def penalties(data: dict[str, Any], table: Table[PenaltyRow], notes: Notes) -> Penalties:
    bounds, early, repeats = data["sanction"], data["early"], data["repeats"]
    return Penalties(
        table,
        Sanction(bounds["window_days"], bounds["points"], bounds["ratio_percent"], tuple(bounds["출처"])),
        Early(early["points"], early["ratio_percent"], tuple(early["출처"])),
        steps(data["steps"]),
        Repeats(repeats["times"], tuple(repeats["출처"])),
        _moratoria(data["moratoria"], notes),
    )


def steps(data: dict[str, Any]) -> Steps:
    return Steps(
        tuple(Text(stage["ko"], stage["en"]) for stage in data["stages"]),
        tuple(Text(**stage["제한"]) for stage in data["stages"]),
        data["memory_days"],
        tuple(data["출처"]),
    )


def penalty_now(data: dict[str, Any] | None, stages: Steps, notes: Notes) -> PenaltyNow | None:
    if data is None:
        return None
    path: Path_ = ("store", "penalty_now")
    names = [_NONE, *(stage.ko for stage in stages.stages)]
    stage, since = data.get("stage"), data.get("stage_since")
    notes.known(stage, names, (*path, "stage"))
    if stage not in (None, _NONE) and since is None:
        notes.say((*path, "stage"), _SINCE_WHEN)
    return PenaltyNow(
        day(data["day"], (*path, "day"), notes.say) or date.min,
        data["points"],
        data.get("ratio_percent"),
        names.index(stage) if stage in names else None,
        day(since, (*path, "stage_since"), notes.say) if since else None,
    )


def _moratoria(data: list[dict[str, Any]], notes: Notes) -> tuple[Moratorium, ...]:
    found = []
    for index, span in enumerate(data):
        first = day(span["부터"], ("penalties", "moratoria", index, "부터"), notes.say)
        last = day(span["까지"], ("penalties", "moratoria", index, "까지"), notes.say)
        if first and last:
            found.append(Moratorium(first, last, tuple(span["출처"])))
    return tuple(found)


_SINCE_WHEN: Final = Text(
    "제재를 받은 날도 `stage_since: 2026-08-01`처럼 적으세요. 그날부터 1년을 셉니다.",
    "Write the day of the sanction too, like `stage_since: 2026-08-01`: its year is counted from then.",
)
