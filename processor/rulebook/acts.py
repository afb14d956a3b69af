"""What a seller does by a row of a table: what is compared of two rows that answer the same situation.

Ids, reasons and sources of rows are left out, see `processor.rulebook.changes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from processor.model import Leg, Text
from processor.rulebook.changes import ABSENT, Change
from processor.rulebook.types import Decision, FeeRow, PenaltyRow, Row

Acts = Mapping[str, Text]
"""What a row says, by the names of rules.yaml."""

IMPOSSIBLE: Final = Text("있을 수 없는 상황", "can't be")
"""What is told, in place of an action, of a situation for which a row of `impossible` answers."""
DEADLINE: Final = "기한"
EVENT: Final = "event"
NO_POINTS: Final[Acts] = {"점수": ABSENT}
"""What no row of penalties says."""


def acts(row: Row, day: date) -> Acts:
    """What a seller does by this row. Points are those of that day."""
    match row:
        case Decision():
            return {
                "조치": row.action.text,
                DEADLINE: named(row.deadline),
                "안내문": named(row.message),
                "화면": _ITS_OWN if row.screen == row.action.ko else named(row.screen),
                "flags": _listed(row.flags),
                "묻기": _listed(row.asks),
            }
        case FeeRow():
            return {
                "부담": row.payer.text,
                "구간": Text.joined(" · ", [_LEGS[leg] for leg in row.legs]) if row.legs else ABSENT,
                "금액": _ACTUAL_COST if row.open_amount else ABSENT,
                "지원": _NAVER if row.supported else ABSENT,
                "비용글": named(row.says),
                "안내문": named(row.message),
            }
        case PenaltyRow():
            return {
                "점수": _number(row.points.on(day)),
                EVENT: named(row.event),
                "조치때문": _YES_NO[row.by_action],
                "하루마다": _YES_NO[row.per_day],
                DEADLINE: named(row.due),
                "부과": _number(row.grant_after),
                "다른부과": _number(row.grant_after_else),
                "피하기": row.avoid if row.avoid.ko else ABSENT,
                "유예제외": _YES_NO[row.moratorium_exempt],
            }
        case _:
            return {"조치": IMPOSSIBLE}


def differing(before: Acts, after: Acts) -> tuple[Change, ...]:
    """What two answers say differently. A name that only one of them has is not compared."""
    return tuple(
        Change(name, said, after[name]) for name, said in before.items() if name in after and said != after[name]
    )


def named(name: str | None) -> Text:
    """The name of a deadline, message or screen, which is the same in both languages."""
    return Text.same(name) if name else ABSENT


def _number(number: int | None) -> Text:
    return ABSENT if number is None else Text.same(str(number))


def _listed(names: Sequence[str]) -> Text:
    return Text.same(" · ".join(names)) if names else ABSENT


_ITS_OWN: Final = Text("조치의 화면", "the screen of the action")
_YES_NO: Final = {True: Text("예", "yes"), False: Text("아니오", "no")}
_LEGS: Final = {Leg.OUTBOUND: Text("보낼때", "outbound"), Leg.RETURN: Text("반품때", "return")}
_ACTUAL_COST: Final = Text("실비", "actual cost")
_NAVER: Final = Text("네이버", "Naver")
