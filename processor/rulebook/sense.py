"""Do the tables make sense? Ids are unique, the last row catches the rest, every row is reached, examples hold.

And no row may do what cannot be undone on less than the facts it needs: that is checked here, whatever a seller writes.

Examples are tried only on a table whose rows are sound: one mistake, one complaint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from processor.model import Action, RuleId, Text
from processor.rulebook.proof import Space, hiding
from processor.rulebook.tables import Notes
from processor.rulebook.types import Decision, Example, R, Row, Situation, Table, Word

_STILL_HERE: dict[str, tuple[str, ...]] = {"송장": ("없음", "모름"), "출고": ("미포장", "포장")}
_NEEDS: dict[Action, dict[str, tuple[str, ...]]] = {
    Action.APPROVE: _STILL_HERE,
    Action.SELLER_CANCEL: {**_STILL_HERE, "동의": ("예",), "사유일치": ("예",)},
}
"""What the conditions of an irreversible row must stay within (laws 3 and 4, policy §2 findings 1, 5)."""

Hits = Callable[[Situation], list[RuleId]]


def check_decisions(table: Table[Decision], words: Mapping[str, Word], notes: Notes) -> None:
    """A first-hit table some of whose outcomes cannot be undone."""
    check_first_hit(table, words, notes, sound=_irreversible_rows_are_careful(table, notes))


def check_first_hit(table: Table[R], words: Mapping[str, Word], notes: Notes, *, sound: bool = True) -> None:
    """A table whose first fitting row answers: decisions and fees."""
    sound = _ids_are_unique(table, notes) and sound
    last = table.rows[-1]
    if last.when:
        notes.say((table.name, "rows", len(table.rows) - 1, "when"), _NO_CATCH_ALL)
        sound = False
    space = Space.of(table.rows, words)
    for index, row in enumerate(table.rows):
        if above := hiding(index, table.rows, space):
            notes.say((table.name, "rows", index), _never_used(row.id, above))
            sound = False
    if sound:
        _examples_hold(table, lambda situation: [table.first(situation).id], notes)


def check_all_hits(table: Table[R], notes: Notes) -> None:
    """A table all of whose fitting rows answer: penalties."""
    if _ids_are_unique(table, notes):
        _examples_hold(table, lambda situation: [row.id for row in table.all(situation)], notes)


def _irreversible_rows_are_careful(table: Table[Decision], notes: Notes) -> bool:
    """Nothing dispatched is approved; nothing is cancelled without consent, or under a reason that is not true."""
    careful = True
    for index, row in enumerate(table.rows):
        for word, allowed in _NEEDS.get(row.action, {}).items():
            cell = row.when.get(word)
            if cell is None or cell.ranges or not cell.values <= set(allowed):
                notes.say((table.name, "rows", index, "when", word), _too_bold(row, word, allowed))
                careful = False
    return careful


def _ids_are_unique(table: Table[R], notes: Notes) -> bool:
    seen: set[str] = set()
    for index, row in enumerate(table.rows):
        if row.id in seen:
            notes.say((table.name, "rows", index), _id_twice(row.id))
        seen.add(row.id)
    return len(seen) == len(table.rows)


def _examples_hold(table: Table[R], hits: Hits, notes: Notes) -> None:
    ids: dict[RuleId, Row] = {row.id: row for row in table.rows}
    shown = {rule for example in table.examples for rule in example.expect}
    for index, example in enumerate(table.examples):
        path = (table.name, "examples", index)
        strangers = [rule for rule in example.expect if rule not in ids]
        for rule in strangers:
            notes.say((*path, "expect", example.expect.index(rule)), _no_such_row(rule))
        actual = hits(example.given)
        if not strangers and sorted(actual) != sorted(example.expect):
            notes.say(path, _other_row(example, actual, ids))
    if shown <= ids.keys():  # else the example with the unknown id may be the one that is missing
        for index, row in enumerate(table.rows):
            if row.id not in shown:
                notes.say((table.name, "rows", index), _no_example(row.id))


def _other_row(example: Example, actual: list[RuleId], ids: dict[RuleId, Row]) -> Text:
    want = Text(" · ".join(example.expect) or "없음", " · ".join(example.expect) or "no row")
    got = " · ".join(actual)
    hit = Text(f"{got} 줄이 맞았습니다.", f"hits {got}.") if actual else Text("맞는 줄이 없습니다.", "hits no row.")
    misses = ", ".join(
        f"{word}: {ids[rule].when[word].written}" for rule in example.expect for word in ids[rule].misses(example.given)
    )
    if misses:
        reason = Text(f"맞지 않은 조건: {misses}.", f"Conditions that did not fit: {misses}.")
    else:
        reason = _ALL_HITS if set(example.expect) <= set(actual) else _EARLIER
    return Text(
        f"예시 '{example.name}'의 답은 {want.ko}인데 {hit.ko} {reason.ko}",
        f"Example '{example.name}' expects {want.en} but {hit.en} {reason.en}",
    )


def _no_such_row(rule: str) -> Text:
    return Text(
        f"예시의 답 {rule} 줄은 이 표에 없습니다.", f"The example expects {rule}, but this table has no such row."
    )


def _too_bold(row: Decision, word: str, allowed: tuple[str, ...]) -> Text:
    only = " · ".join(f"'{value}'" for value in allowed)
    return Text(
        f"{row.id}: 되돌릴 수 없는 {row.action.ko} 줄에는 '{word}' 조건이 꼭 있어야 하고, 거기에는 {only}만 쓸 수 있습니다.",
        f"{row.id}: {row.action.ko} can't be undone, so the row needs the condition '{word}', with nothing but {only}.",
    )


def _never_used(rule: RuleId, above: list[RuleId]) -> Text:
    if len(above) == 1:
        return Text(
            f"{rule}: {above[0]} 줄이 먼저 맞아서 이 줄은 쓰이지 않습니다. 순서를 바꾸거나 한 줄을 지우세요.",
            f"{rule}: {above[0]} fits first, so this row is never used. Change their order or delete one.",
        )
    names = " · ".join(above)
    return Text(
        f"{rule}: {names} 줄이 함께 먼저 맞아서 이 줄은 쓰이지 않습니다. 순서를 바꾸거나 이 줄을 지우세요.",
        f"{rule}: {names} together fit first, so this row is never used. Change the order or delete this row.",
    )


def _id_twice(rule: str) -> Text:
    return Text(f"번호 {rule} 줄이 두 번 있습니다. 새 번호를 쓰세요.", f"The id {rule} stands twice. Use a new one.")


def _no_example(rule: str) -> Text:
    return Text(
        f"{rule}: 예시가 없습니다. examples에 이 줄이 답인 예를 하나 적으세요.",
        f"{rule}: no example. Add one to `examples` that this row answers.",
    )


_EARLIER = Text("위에 있는 줄이 먼저 맞았습니다.", "A row further up fits first.")
_ALL_HITS = Text(
    "이 표는 맞는 줄을 모두 쓰니 모두 적으세요.", "All rows that fit count in this table, so name them all."
)
_NO_CATCH_ALL = Text(
    "마지막 줄은 나머지를 모두 받아야 합니다. 조건 없이 `when: {}`로 두세요.",
    "The last row must catch the rest: give it no conditions, `when: {}`.",
)
