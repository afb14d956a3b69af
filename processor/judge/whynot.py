"""Why not another action? The nearest earlier row that did not apply, and the one condition that kept it out."""

from __future__ import annotations

from processor.model import UNKNOWN, Action, Text, WhyNot, josa
from processor.rulebook.types import Decision, Situation, Table


def why_not(table: Table[Decision], hit: Decision, situation: Situation) -> WhyNot | None:
    """Of the rows above the hit that lead elsewhere, the one with fewest unmet conditions.

    Of several, one that would have done something rather than asked or waited, and the lowest. None when the very first
    rows answer: nothing else was in question.
    """
    nearest: tuple[int, bool, int] | None = None
    for above, row in enumerate(table.rows[: table.rows.index(hit)]):
        misses = len(row.misses(situation))
        rank = (misses, row.action in (Action.REVIEW, Action.NONE), -above)
        if row.action is not hit.action and misses and (nearest is None or rank < nearest):
            nearest = rank
    if nearest is None:
        return None
    row = table.rows[-nearest[2]]
    word = row.misses(situation)[0]
    return WhyNot(row.id, _because(row, word, situation.get(word, UNKNOWN)))


def _because(row: Decision, word: str, value: str | int) -> Text:
    wanted = f"'{_short(row.when[word].written)}'"
    return Text(
        f"{josa(row.action.ko, '이/가')} 아닌 까닭: {josa(word, '이/가')} {josa(wanted, '이어야/여야')} 하는데 '{value}'입니다.",
        f"Not {row.action.value} because {word} would have to be {wanted} but is '{value}'.",
    )


def _short(written: str) -> str:
    words = written.split(" · ")
    return written if len(words) <= 4 else f"{' · '.join(words[:3])} 등"
