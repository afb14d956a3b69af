"""What a run is about to do, written down before it does it: so that it is done once, or not at all.

A run may be killed at any instant. Until its workbook stands, nothing has happened, and the plan is void. From then on
the plan is carried out, by this run or by the next: manifest, ledger, and last of all the inputs are put away. Each of
these steps may be repeated.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import intake, ledger, outbox
from processor.app.desk import Desk

_NAME: Final = ".unfinished.json"


class Plan(NamedTuple):
    workbook: str | None  # its name; None = there is none, the inputs are only taken note of
    manifest: dict[str, Any]
    entry: ledger.Entry
    moves: list[intake.Move]
    copies: list[str]  # names of correction copies, laid out under hidden names before the workbook is written


def write_down(desk: Desk, plan: Plan) -> None:
    """The file is whole or not there."""
    path = desk.outbox / _NAME
    hidden = path.with_name(f"{_NAME}.tmp")
    hidden.touch(mode=0o600)
    with hidden.open("w", encoding="utf-8") as stream:
        stream.write(
            json.dumps({**plan._asdict(), "entry": ledger.written(plan.entry)})
        )  # as ASCII, which can also hold a file name that is no text
        stream.flush()
        os.fsync(stream.fileno())
    hidden.replace(path)


def nothing_begun(desk: Desk) -> bool:
    """No run has left anything to finish or to clear away."""
    return not any(desk.outbox.glob(f"{_NAME}*")) and not ledger.locked(desk.outbox)


def void(desk: Desk) -> None:
    """What was written down will not be done: the inputs stay in the inbox."""
    path = desk.outbox / _NAME
    if (plan := _read(path)) is not None:
        intake.leave(desk.inbox, plan.moves)
        path.unlink()


def finish(desk: Desk, plan: Plan | None = None) -> Path | None:
    """Carry out what was written down, if anything was; void it when its workbook never came. Gives that workbook.

    plan: what it says, for whoever has just written it down; it is read otherwise.
    """
    path = desk.outbox / _NAME
    path.with_name(f"{_NAME}.tmp").unlink(missing_ok=True)
    plan = plan or _read(path)
    workbook = None if plan is None or plan.workbook is None else desk.outbox / plan.workbook
    begun = plan is not None and (workbook is None or workbook.exists())
    if plan is not None and begun:
        _carry_out(desk, plan, workbook)
    outbox.tidy(desk.outbox)
    if not begun:
        void(desk)
        return None
    path.unlink()
    return workbook


def _carry_out(desk: Desk, plan: Plan, workbook: Path | None) -> None:
    if workbook is not None:
        outbox.write_manifest(plan.manifest, workbook)
        for name in plan.copies:
            outbox.issue(name, desk.outbox)
    with ledger.opened(desk.ledger, writing=True) as memory:
        memory.record(plan.entry)
    intake.file_away(desk.inbox, plan.moves)


def _read(path: Path) -> Plan | None:
    """None where there is none, or only half of one, from a disk that lost power: then it is void."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Plan(
            told["workbook"],
            told["manifest"],
            ledger.read_back(told["entry"]),
            [intake.Move(*move) for move in told["moves"]],
            told.get("copies", []),  # a plan of an older version knew none: it is carried out all the same
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        path.unlink()
        return None
