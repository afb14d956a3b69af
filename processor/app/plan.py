"""The plan: what a run is about to write and move, saved before it begins, so that all of it happens or nothing.

A run may be killed at any instant. As long as its workbook does not exist, nothing has happened, and the plan is void.
Once the workbook exists, the plan is carried out by this run or by the next one: manifest, correction copies, ledger,
and last the moving of the inputs. Each of these steps may be repeated.

The saved plan is a file, which somebody else may have written. It is carried out only if this program could have
written it for this desk; else it is deleted, and the seller is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import disk, intake, ledger, outbox
from processor.app.desk import Desk

_NAME: Final = ".unfinished.json"
_LARGEST: Final = 1 << 29
"""Bytes of a plan that is read: one of 40,000 orders, each on three screens, has 73 MiB."""
_PIECE: Final = 1_000
"""Entries of a list that are written at once: a plan of 100,000 orders would take a quarter of the memory of its run."""


class Plan(NamedTuple):
    workbook: str | None  # its name; None = no workbook, the inputs are only recorded
    manifest: dict[str, Any]
    entry: ledger.Entry
    moves: list[intake.Move]
    copies: list[str]  # names of the correction copies, which are written under hidden names before the workbook

    def with_copies(self, copies: list[str]) -> Plan:
        """The plan with those correction copies only that the disk has taken."""
        return self._replace(copies=copies, manifest={**self.manifest, "corrections": copies})


class Earlier(NamedTuple):
    """What became of the plan that an earlier run had left."""

    workbook: Path | None = None  # the run was finished, and this is its workbook
    discarded: bool = False  # the plan was none of this program's for this desk, and was deleted


NOTHING_LEFT: Final = Earlier()


class _Foreign(Exception):
    """The plan could not have been written by this program for this desk."""


def write_down(desk: Desk, plan: Plan) -> None:
    """Saves the plan; its file is complete or does not exist."""
    saved = {**plan._asdict(), "entry": ledger.written(plan.entry), "moves": [move._asdict() for move in plan.moves]}
    disk.write_whole(desk.outbox / _NAME, map(str.encode, _json(saved)))


def _json(value: object) -> Iterator[str]:
    """JSON in pieces. It is ASCII, which can also hold a file name that is not valid Unicode."""
    if isinstance(value, dict) and value:
        for before, (key, inside) in zip(chain("{", repeat(",")), value.items(), strict=False):
            yield f"{before}{json.dumps(key)}:"
            yield from _json(inside)
        yield "}"
    elif isinstance(value, list) and len(value) > _PIECE:
        for before, at in zip(chain("[", repeat(",")), range(0, len(value), _PIECE), strict=False):
            yield before + json.dumps(value[at : at + _PIECE])[1:-1]
        yield "]"
    else:
        yield json.dumps(value)


def nothing_begun(desk: Desk) -> bool:
    """Whether no earlier run has left anything to finish or to clear away."""
    return not any(desk.outbox.glob(f"{_NAME}*")) and not ledger.locked(desk.outbox)


def is_written(desk: Desk) -> bool:
    """Is there a plan that the next run will carry out or discard?"""
    return disk.taken(desk.outbox / _NAME)


def void(desk: Desk, plan: Plan) -> None:
    """Discards the plan: nothing of it will be done, and the inputs stay in the inbox."""
    intake.leave(desk.inbox, plan.moves)
    ledger.History(desk.history).tidy()
    disk.remove(desk.outbox / _NAME)


def finish(desk: Desk, plan: Plan | None = None) -> Earlier:
    """Carries out the saved plan, or discards it if its workbook does not exist.

    plan: the plan, if the caller has just saved it; else it is read from its file.
    """
    path = desk.outbox / _NAME
    disk.remove(path.with_name(f"{_NAME}.tmp"))
    try:
        plan = plan or _read(desk)
    except _Foreign:
        disk.remove(path)
        _tidy(desk)
        return Earlier(discarded=True)
    workbook = None if plan is None or plan.workbook is None else desk.outbox / plan.workbook
    begun = plan is not None and (workbook is None or disk.is_file(workbook))
    if plan is not None and begun:
        _carry_out(desk, plan, workbook)
    _tidy(desk)
    if plan is None:
        return NOTHING_LEFT
    if not begun:
        void(desk, plan)
        return NOTHING_LEFT
    disk.remove(path)
    return Earlier(workbook)


def _tidy(desk: Desk) -> None:
    """Removes the halves of a killed run."""
    outbox.tidy(desk.outbox)
    ledger.History(desk.history).tidy()


def _carry_out(desk: Desk, plan: Plan, workbook: Path | None) -> None:
    if workbook is not None:
        outbox.write_manifest(plan.manifest, workbook)
        for name in plan.copies:
            outbox.issue(name, desk.outbox)
    ledger.History(desk.history).issue(plan.entry.name, plan.entry.rules)
    with ledger.opened(desk.ledger, writing=True) as memory:
        memory.record(plan.entry)
    intake.file_away(desk.inbox, plan.moves)


def _read(desk: Desk) -> Plan | None:
    """The saved plan; None where there is none.

    Raises _Foreign if it is none of this program's for this desk, or only a part of one, as after a power cut.
    """
    try:
        saved = json.loads(disk.read(desk.outbox / _NAME, _LARGEST))
        plan = Plan(
            workbook=saved["workbook"],
            manifest=saved["manifest"],
            entry=ledger.read_back(saved["entry"]),
            moves=[_move(move) for move in saved["moves"]],
            copies=saved.get("copies", []),  # a plan of an older version has no copies
        )
        sound = _is_sound(plan, desk)
    except FileNotFoundError:
        return None
    except (disk.TooLarge, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Foreign from error
    if not sound:
        raise _Foreign
    return plan


def _move(saved: Any) -> intake.Move:  # noqa: ANN401 - JSON gives any value, and here it is checked
    if isinstance(saved, list):  # an older version wrote it without names
        saved = dict(zip(intake.Move._fields, saved, strict=True))
    return intake.Move(**saved)


def _is_sound(plan: Plan, desk: Desk) -> bool:
    """Do all names lie where this program puts things, so that nothing outside of this desk is touched?"""
    run = plan.entry.name
    return (
        (plan.workbook is None or (outbox.is_workbook(plan.workbook) and outbox.run_of(Path(plan.workbook)) == run))
        and isinstance(plan.manifest, dict)
        and isinstance(plan.copies, list)
        and all(map(outbox.is_correction_copy, plan.copies))
        and all(intake.is_sound(move, desk.inbox, run) for move in plan.moves)
    )
