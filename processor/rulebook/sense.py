"""Checks that the tables are sound: no hole, every row reached, no word without effect, every example true.

It also checks that no row does something irreversible without the facts that this needs. A seller cannot turn that off.

If the rows of a table have dates, the table is proved for each period. Examples are tested only if the rows are sound,
so that one mistake gives one complaint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import assert_never

from processor.model import Action, RuleId
from processor.rulebook import examples, impossible, sayings
from processor.rulebook.cover import TooMuchWork, Work
from processor.rulebook.drafts import least_of
from processor.rulebook.load import Path_
from processor.rulebook.proof import Proof
from processor.rulebook.tables import Notes
from processor.rulebook.types import Decision, FeeRow, PenaltyRow, R, Row, Rulebook, Table, When

_STILL_HERE: dict[str, tuple[str, ...]] = {"송장": ("없음", "모름"), "출고": ("미포장", "포장")}
_SHOWN = 3
"""The most holes, and the most contradictions, of a table that are reported at once."""
_FEW = 3
"""If one row hides more rows than this, that one row is reported as the mistake."""


def check(book: Rulebook, notes: Notes) -> None:
    """Adds all complaints about the tables of a rulebook whose words are all known."""
    careful = _irreversible_rows_are_careful(book.decisions, notes)
    _prove_tables(book, notes, careful=careful)
    _drafts_fit_their_screens(book, notes)


def _prove_tables(book: Rulebook, notes: Notes, *, careful: bool) -> None:
    """Goes on until there is too much work. Whether the tables are sound is asked only if `impossible` is."""
    work = Work()
    if not (_ids_are_unique(impossible.place(book), book.impossible, notes) and impossible.check(book, work, notes)):
        return
    if _check_table(book.decisions, book, work, notes, sound=careful) and _check_table(book.fees, book, work, notes):
        _check_table(book.penalties.table, book, work, notes)


def _drafts_fit_their_screens(book: Rulebook, notes: Notes) -> None:
    """If a screen limits the number of characters, the draft must fit with a shortened product name."""
    for row in book.decisions.rows:
        limit = book.messages.limits.get(row.screen)
        if limit is None or row.message is None:
            continue
        draft = book.messages.drafts[row.message]
        for lang in ("ko",) if draft.en == draft.ko else ("ko", "en"):
            length = least_of(draft.said(lang), [sentence.said(lang) for sentence in book.messages.costs.values()])
            if length > limit:
                path: Path_ = ("messages", "drafts", row.message, lang)
                notes.say(path, sayings.too_long(length, row.screen, limit))


def _check_table(table: Table[R], book: Rulebook, work: Work, notes: Notes, *, sound: bool = True) -> bool:
    """Adds all complaints about one table. False if that takes too much work: then one complaint says why."""
    premises = {row.id: _premise(row, book) for row in table.rows}
    asked = [when for when in premises.values() if when]
    proofs: dict[date, Proof[R]] = {}
    try:
        for day in _turns(table):
            proofs[day] = Proof(table.on(day), book.impossible, book.words, asked, work)
        _prove(table, proofs, premises, notes, sound=sound)
    except TooMuchWork as stopped:
        rows = next(filter(None, (proof.rows_of(stopped.boxes) for proof in proofs.values())), list(table.rows))
        notes.say_line(rows[0].line, sayings.tangled(rows))
        return False
    return True


def _prove(
    table: Table[R],
    proofs: Mapping[date, Proof[R]],
    premises: Mapping[RuleId, When],
    notes: Notes,
    *,
    sound: bool,
) -> None:
    sound = _ids_are_unique((table.name, "rows"), table.rows, notes) and sound
    if not table.adds_up:
        caught = _rest_is_caught(table, notes)
        sound = sound and caught and _nothing_is_left_open(table, proofs, notes)
        sound = _every_row_is_reached(table, proofs, notes, table.rows if caught else table.rows[:-1]) and sound
    if table.unique:
        sound = _no_rows_clash(table, proofs, notes) and sound
    if sound and _no_word_is_idle(table, proofs, notes):
        examples.check(table, proofs, notes)
        _drafts_hold(table, proofs, premises, notes)


def _premise(row: Row, book: Rulebook) -> When:
    """The conditions under which the words of a row's draft are true."""
    name = row.message if isinstance(row, Decision | FeeRow) else None
    return book.messages.premises.get(name or "", {})


def _drafts_hold(
    table: Table[R], proofs: Mapping[date, Proof[R]], premises: Mapping[RuleId, When], notes: Notes
) -> None:
    """Complains if a row chooses a draft in a situation in which its words are not true."""
    for index, row in enumerate(table.rows):
        found = (proof.beyond(row, premises[row.id]) for proof in proofs.values() if row in proof.rows)
        if premises[row.id] and (situation := next(filter(None, found), None)) is not None:
            notes.say((table.name, "rows", index, "안내문"), sayings.untrue_draft(row.id, premises[row.id], situation))


def _turns(table: Table[R]) -> list[date]:
    """One day of each period in which the same rows are in force."""
    begins = {date.min}
    begins |= {row.since for row in table.rows if row.since}
    begins |= {row.until + timedelta(days=1) for row in table.rows if row.until}
    return sorted(begins)


def _irreversible_rows_are_careful(table: Table[Decision], notes: Notes) -> bool:
    """Complains if a row approves a dispatched order, or cancels without consent or under a reason that is not true."""
    careful = True
    for index, row in enumerate(table.rows):
        for word, allowed in _needs(row.action).items():
            cell = row.when.get(word)
            if cell is None or cell.ranges or not cell.values <= set(allowed):
                notes.say((table.name, "rows", index, "when", word), sayings.too_bold(row, word, allowed))
                careful = False
    return careful


def _needs(action: Action) -> dict[str, tuple[str, ...]]:
    """The only values that conditions of an irreversible row may allow (laws 3 and 4, policy §2 findings 1, 5)."""
    match action:
        case Action.APPROVE:
            return _STILL_HERE
        case Action.SELLER_CANCEL:
            return {**_STILL_HERE, "동의": ("예",), "사유일치": ("예",)}
        case Action.RETURN | Action.NEGOTIATE | Action.SHIP | Action.REVIEW | Action.NONE:
            return {}
        case _:
            assert_never(action)


def _ids_are_unique(place: Path_, rows: Sequence[Row], notes: Notes) -> bool:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.id in seen:
            notes.say((*place, index), sayings.id_twice(row.id))
        seen.add(row.id)
    return len(seen) == len(rows)


def _rest_is_caught(table: Table[R], notes: Notes) -> bool:
    """Complains unless the last row has no condition and no dates, and lists the situations that it is meant for."""
    last, path = table.rows[-1], (table.name, "rows", len(table.rows) - 1)
    if last.when or last.since or last.until:
        notes.say((*path, "when"), sayings.NO_CATCH_ALL)
    elif not table.meant_for:
        notes.say(path, sayings.MEANT_FOR_NOTHING)
    return not (last.when or last.since or last.until) and bool(table.meant_for)


def _nothing_is_left_open(table: Table[R], proofs: Mapping[date, Proof[R]], notes: Notes) -> bool:
    for day, proof in proofs.items():
        if holes := list(proof.holes(_SHOWN)):
            for hole in holes:
                notes.say((table.name, "rows", len(table.rows) - 1), sayings.hole(hole, day))
            return False
    return True


def _every_row_is_reached(table: Table[R], proofs: Mapping[date, Proof[R]], notes: Notes, rows: Sequence[R]) -> bool:
    """Complains about rows that are never reached in any period. If one row hides many others, that row is reported."""
    hidden: dict[int, list[Row]] = {}
    for index, row in enumerate(rows):
        hiding = [proof.hiding(row) for proof in proofs.values() if row in proof.rows]
        if all(hiding):
            hidden[index] = hiding[0]
    alone = Counter(rows[0].id for rows in hidden.values() if len(rows) == 1 and rows[0] in table.rows)
    too_wide = {rule for rule, count in alone.items() if count > _FEW}
    for index, row in enumerate(table.rows):
        if row.id in too_wide:
            notes.say((table.name, "rows", index, "when"), sayings.hides_many(row.id, alone[row.id]))
        elif index in hidden and not (len(hidden[index]) == 1 and hidden[index][0].id in too_wide):
            ruled_out = not any(other in table.rows for other in hidden[index])
            path: Path_ = (table.name, "rows", index)
            own = [
                at
                for at, other in enumerate(table.rows)
                if other in hidden[index] and not _is_default(table, at, notes)
            ]
            if own and notes.document.is_default(path):
                notes.say((table.name, "rows", own[0]), sayings.hides_default(row.id, table.rows[own[0]].id))
            else:
                notes.say(path, sayings.never_used(row.id, hidden[index], ruled_out=ruled_out))
    return not hidden


def _is_default(table: Table[R], index: int, notes: Notes) -> bool:
    """Is the row one of the default, over which the seller has laid his own?"""
    return notes.document.is_default((table.name, "rows", index))


def _no_rows_clash(table: Table[R], proofs: Mapping[date, Proof[R]], notes: Notes) -> bool:
    """Complains about two rows that contradict each other in one situation.

    In a table that adds up, only two rows with points for the same event contradict each other.
    """
    contradict = _counted_twice if table.adds_up else Row.differs
    clashes = {
        (one.id, other.id): found for proof in proofs.values() for one, other, found in proof.clashes(contradict)
    }
    rows = {row.id: (index, row) for index, row in enumerate(table.rows)}
    reported = 0
    for (one, other), situation in clashes.items():
        index, row = rows[other]
        if reported < _SHOWN and row.when:
            notes.say((table.name, "rows", index), sayings.clash(one, other, situation))
            reported += 1
    return not reported


def _counted_twice(one: Row, other: Row) -> bool:
    return isinstance(one, PenaltyRow) and isinstance(other, PenaltyRow) and one.event == other.event


def _no_word_is_idle(table: Table[R], proofs: Mapping[date, Proof[R]], notes: Notes) -> bool:
    """Complains about words that have no effect in any period.

    In the default's rows, a word may have lost its effect by what the seller laid over them; that does no harm.
    """
    rows = [row for index, row in enumerate(table.rows) if not _is_default(table, index, notes)]
    used = dict.fromkeys(word for row in rows for word in row.when)
    deciding = {word for proof in proofs.values() for word in {*proof.used_words()} - {*proof.idle_words()}}
    idle = [word for word in used if word not in deciding]
    for word in idle:
        index = next(index for index, row in enumerate(table.rows) if row in rows and word in row.when)
        notes.say((table.name, "rows", index, "when", word), sayings.decides_nothing(word))
    return not idle
