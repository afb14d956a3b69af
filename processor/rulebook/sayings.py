"""Sentences for the seller about mistakes in a table, and how to correct them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from processor.model import NOTHING, RuleId, Text
from processor.rulebook.types import Decision, Example, Row, Situation, When


def too_bold(row: Decision, word: str, allowed: tuple[str, ...]) -> Text:
    only = " · ".join(f"'{value}'" for value in allowed)
    return Text(
        f"{row.id}: 되돌릴 수 없는 {row.action.ko} 줄에는 '{word}' 조건이 꼭 있어야 하고, 거기에는 {only}만 쓸 수 있습니다.",
        f"{row.id}: {row.action.ko} can't be undone, so the row needs the condition '{word}', with nothing but {only}.",
    )


def too_long(length: int, screen: str, limit: int) -> Text:
    return Text(
        f"변수를 한 글자씩으로 세어도 {length}자입니다. '{screen}' 화면에는 {limit}자까지만 적을 수 있으니 글을 줄이세요.",
        f"This has {length} characters even with one for each variable. The screen '{screen}' takes {limit}: shorten it.",
    )


def untrue_draft(rule: RuleId, premise: When, situation: Situation) -> Text:
    """The sentence about a draft whose words are not true in a situation that its row answers."""
    shown = ", ".join(f"{word}: {cell.written}" for word, cell in premise.items())
    return Text(
        f"{rule}: 이 안내문은 {shown}일 때만 맞는 글인데 이 줄은 {written(situation)} 상황에서도 고릅니다. 다른 글을 고르거나 줄을 나누세요.",
        f"{rule}: this draft is true only of {shown}, but the row chooses it in {written(situation)} too. "
        "Choose another or split the row.",
    )


def id_twice(rule: str) -> Text:
    return Text(f"번호 {rule} 줄이 두 번 있습니다. 새 번호를 쓰세요.", f"The id {rule} stands twice. Use a new one.")


def hole(situation: Situation, day: date) -> Text:
    """The sentence about a situation that only the last row answers, as a seller would write it."""
    shown = written(situation)
    since = Text("", "") if day == date.min else Text(f"{day}부터 ", f"from {day} on ")
    return Text(
        f"{since.ko}{shown} 상황에 답하는 줄이 없습니다. 답할 줄을 더하거나, 이 마지막 줄이 받을 상황이면 meant_for에 적으세요.",
        f"{since.en}no row answers {shown}. Add one, or, if this last row is there to catch it, name it in meant_for.",
    )


def never_used(rule: RuleId, hiding: Sequence[Row], *, ruled_out: bool) -> Text:
    """The sentence about a row that is never reached. `ruled_out`: only `impossible` hides it, no row of the table."""
    names = _listed(hiding)
    if ruled_out:
        return Text(
            f"{rule}: 있을 수 없는 상황({names})에만 맞아서 이 줄은 쓰이지 않습니다. 조건을 고치거나 이 줄을 지우세요.",
            f"{rule}: fits only what `impossible` ({names}) rules out, so this row is never used. Mend or delete it.",
        )
    if len(hiding) == 1:
        return Text(
            f"{rule}: {names} 줄이 먼저 맞아서 이 줄은 쓰이지 않습니다. 순서를 바꾸거나 한 줄을 지우세요.",
            f"{rule}: {names} fits first, so this row is never used. Change their order or delete one.",
        )
    return Text(
        f"{rule}: {names} 줄이 함께 먼저 맞아서 이 줄은 쓰이지 않습니다. 순서를 바꾸거나 이 줄을 지우세요.",
        f"{rule}: {names} together fit first, so this row is never used. Change the order or delete this row.",
    )


def hides_default(rule: RuleId, own: RuleId) -> Text:
    """The sentence about a default row that is no longer reached because of a row of the seller's."""
    return Text(
        f"{own}: 이 줄이 먼저 맞아서 기본 규칙의 {rule} 줄이 쓰이지 않습니다. 조건을 줄이거나, 그 줄이 필요 없으면 {{id: {rule}, off: true}}를 "
        "적으세요.",
        f"{own}: fits first, so {rule} of the default rules is never used. Narrow it, or write {{id: {rule}, off: true}} "
        "if that row is not needed.",
    )


def hides_many(rule: RuleId, count: int) -> Text:
    return Text(
        f"{rule}: 이 줄이 먼저 맞아서 아래의 {count}줄이 쓰이지 않습니다. 조건이 너무 넓은지 보고 줄이거나 아래로 옮기세요.",
        f"{rule}: fits first, so {count} rows below are never used. See whether it is too wide: narrow it or move it down.",
    )


def tangled(rows: Sequence[Row]) -> Text:
    """The sentence about rows whose conditions make too many cases to be proved, the worst first."""
    names = " · ".join(row.id for row in rows[:_WORST])
    return Text(
        f"{names}: 조건이 너무 많이 얽혀 있어 빠진 상황이 없는지 모두 확인할 수 없습니다. 이 줄들의 조건을 줄이거나, 값을 덜 나열하거나, 줄을 합치세요.",
        f"{names}: these conditions are too tangled to prove that no situation is left open. Use fewer words in these rows, list fewer values, or join rows.",
    )


def clash(one: str, other: str, situation: Situation) -> Text:
    shown = written(situation)
    return Text(
        f"{other}: {shown} 상황에서 {one} 줄도 맞는데 답이 서로 다릅니다. 한 줄의 조건을 좁히세요 (이 표는 unique입니다).",
        f"{other}: in {shown} {one} fits too, and they say different things. Narrow one of them (this table is unique).",
    )


def decides_nothing(word: str) -> Text:
    name = f"'{word}'"
    return Text(
        f"이 표에서 {name} 칸은 무엇이 적혀 있어도 답이 같습니다. 이 칸을 모두 지우거나 값을 고치세요.",
        f"Whatever stands for {name} in this table, the answers are the same. Delete these cells or mend their values.",
    )


def not_one_row(example: Example) -> Text:
    return Text(
        f"예시 '{example.name}': 이 표는 처음 맞는 한 줄만 쓰니 expect에 그 줄 하나만 적으세요.",
        f"Example '{example.name}': only the first row that fits counts in this table, so `expect` names that one row.",
    )


def other_row(
    example: Example, actual: Sequence[str], misses: Mapping[str, str], situation: Mapping[str, str | int]
) -> Text:
    wanted, got = " · ".join(example.expect), " · ".join(actual)
    hit = Text(f"{got} 줄이 맞았습니다.", f"hits {got}.") if actual else Text("맞는 줄이 없습니다.", "hits no row.")
    if misses:
        conditions = ", ".join(f"{word}: {cell}" for word, cell in misses.items())
        reason = Text(f"맞지 않은 조건: {conditions}.", f"Conditions that did not fit: {conditions}.")
    else:
        reason = _ALL_HITS if set(example.expect) <= set(actual) else _EARLIER
    at = _at(situation)
    return Text(
        f"예시 '{example.name}'의 답은 {wanted or '없음'}인데{at.ko} {hit.ko} {reason.ko}",
        f"Example '{example.name}' expects {wanted or 'no row'} but{at.en} {hit.en} {reason.en}",
    )


def impossible_example(example: Example, value: Situation, rows: Sequence[Row]) -> Text:
    """The sentence about an example in what is impossible, or with one value that is impossible beside the rest."""
    names, words = _listed(rows), " · ".join(dict.fromkeys(word for row in rows for word in row.when))
    at, why = _at(value), Text(f": {rows[0].why.ko}", f": {rows[0].why.en}") if len(rows) == 1 else NOTHING
    return Text(
        f"예시 '{example.name}'의 상황({words})은{at.ko} 있을 수 없다고 {names} 줄에 적혀 있습니다{why.ko}. 예시나 {names} 줄을 고치세요.",
        f"In example '{example.name}' what stands for {words} can't be{at.en}, says {names}{why.en}. "
        f"Mend the example or {names}.",
    )


def rules_out_examples(rule: RuleId, count: int, first: Example) -> Text:
    return Text(
        f"{rule}: 예시 {count}개('{first.name}' …)에 나오는 상황을 있을 수 없다고 합니다. 조건이 너무 넓은지 보고 줄이세요.",
        f"{rule}: rules out what {count} examples ('{first.name}' …) show. See whether it is too wide and narrow it.",
    )


def nothing_left(rows: Sequence[Row]) -> Text:
    """The sentence about rows of `impossible` that together rule out everything."""
    names = _listed(rows)
    return Text(
        f"{names}: 여기 적힌 대로면 어떤 주문도 있을 수 없습니다. 조건을 좁히거나 줄을 지우세요.",
        f"{names}: after this no order at all can be. Narrow the conditions or delete a row.",
    )


def rules_out_nothing_more(rule: RuleId, covering: Sequence[Row]) -> Text:
    """The sentence about a row of `impossible` that others make needless."""
    names = _listed(covering)
    return Text(
        f"{rule}: 이 줄의 상황은 모두 {names} 줄에 이미 있을 수 없다고 적혀 있습니다. 조건을 고치거나 이 줄을 지우세요.",
        f"{rule}: {names} already {'rule' if len(covering) > 1 else 'rules'} out all that this row does. Mend or delete it.",
    )


def makes_default_needless(rule: RuleId, covering: Sequence[Row]) -> Text:
    """The sentence about a row of the default that the seller's own rows of `impossible` make needless."""
    names = _listed(covering)
    return Text(
        f"기본 규칙의 {rule} 줄의 상황은 모두 {names} 줄에 이미 있을 수 없다고 적혀 있습니다. 조건을 줄이거나 {{id: {rule}, off: true}}를 적으세요.",
        f"{names} already {'rule' if len(covering) > 1 else 'rules'} out all that {rule} of the default does. Narrow the "
        f"conditions or write {{id: {rule}, off: true}}.",
    )


def rules_out_without_example(rule: RuleId) -> Text:
    return Text(
        f"{rule}: 예시가 없습니다. impossible의 examples에 이 줄 때문에 있을 수 없는 상황을 하나 적으세요.",
        f"{rule}: no example. Add one to the `examples` of `impossible` that this row alone rules out.",
    )


def not_ruled_out(example: Example, misses: Mapping[str, str], situation: Situation) -> Text:
    conditions = ", ".join(f"{word}: {cell}" for word, cell in misses.items())
    at = _at(situation)
    return Text(
        f"예시 '{example.name}'의 답은 {example.expect[0]}인데{at.ko} 그 줄이 맞지 않습니다. 맞지 않은 조건: {conditions}.",
        f"Example '{example.name}' expects {example.expect[0]}, which does not fit{at.en}. "
        f"Conditions that did not fit: {conditions}.",
    )


def ruled_out_by_others(example: Example, others: Sequence[str], situation: Situation) -> Text:
    names, at = " · ".join(others), _at(situation)
    return Text(
        f"예시 '{example.name}'의 답은 {example.expect[0]}인데{at.ko} {names} 줄도 맞습니다. 한 줄만 맞는 상황을 적으세요.",
        f"Example '{example.name}' expects {example.expect[0]}, but{at.en} {names} fits too. "
        "Write a situation that only one row fits.",
    )


def not_possible(example: Example, rules: Sequence[str], situation: Situation) -> Text:
    names, at = " · ".join(rules), _at(situation)
    return Text(
        f"예시 '{example.name}'에는 맞는 줄이 없어야 하는데{at.ko} {names} 줄이 맞습니다. 예시나 {names} 줄을 고치세요.",
        f"Example '{example.name}' expects no row, but{at.en} {names} fits. Mend the example or {names}.",
    )


def not_in_force(example: Example, rule: str) -> Text:
    return Text(
        f"예시 '{example.name}'의 날({example.day})에는 {rule} 줄이 쓰이지 않습니다. 예시에 `날: 2027-01-31`처럼 그 줄이 쓰이는 날을 적으세요.",
        f"On the day of example '{example.name}' ({example.day}) {rule} is not in force. Give the example a day on which it is: `날: 2027-01-31`.",
    )


def no_such_row(rule: str) -> Text:
    return Text(
        f"예시의 답 {rule} 줄은 이 표에 없습니다.", f"The example expects {rule}, but this table has no such row."
    )


def no_example(rule: str) -> Text:
    return Text(
        f"{rule}: 예시가 없습니다. examples에 이 줄이 답인 예를 하나 적으세요.",
        f"{rule}: no example. Add one to `examples` that this row answers.",
    )


def _listed(rows: Sequence[Row]) -> str:
    return " · ".join(row.id for row in rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else "")


def _at(situation: Situation) -> Text:
    return Text(f" {written(situation)}일 때", f" in {written(situation)}") if situation else NOTHING


def written(situation: Situation) -> str:
    """The situation as rules.yaml would have it: `{요청: 판매자취소, 동의: 예}`."""
    return "{" + ", ".join(f"{word}: {value}" for word, value in situation.items()) + "}"


_SHOWN: Final = 12
_WORST: Final = 5
"""The most rows that a sentence names."""
_EARLIER: Final = Text("위에 있는 줄이 먼저 맞았습니다.", "A row further up fits first.")
_ALL_HITS: Final = Text(
    "이 표는 맞는 줄을 모두 쓰니 모두 적으세요.", "All rows that fit count in this table, so name them all."
)
RULED_OUT_TWICE: Final = Text(
    "impossible의 예시에는 expect에 한 줄만 적으세요. 있을 수 있는 상황이면 []를 적으세요.",
    "An example of `impossible` expects one row, or [] if it shows what is possible.",
)
NO_CATCH_ALL: Final = Text(
    "마지막 줄은 나머지를 언제나 모두 받아야 합니다. 조건도 날짜도 없이 `when: {}`로 두세요.",
    "The last row must always catch the rest: give it no conditions and no dates, `when: {}`.",
)
MEANT_FOR_NOTHING: Final = Text(
    "마지막 줄이 어떤 상황을 받으려는 것인지 `meant_for: [{말: 값}]`으로 적으세요. 그래야 빠뜨린 상황을 찾을 수 있습니다.",
    "Say which situations the last row is there to catch: `meant_for: [{word: value}]`. Else a forgotten one hides behind it.",
)
