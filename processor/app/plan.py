"""The plan: what a run is about to write and move, saved before it begins, so that all of it happens or nothing.

A run may be killed at any instant. As long as its workbook does not exist, nothing has happened, and the plan is void.
Once the workbook exists, the plan is carried out by this run or by the next one: manifest, correction copies, ledger,
and last the moving of the inputs. Each of these steps may be repeated.
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
    workbook: str | None  # its name; None = no workbook, the inputs are only recorded
    manifest: dict[str, Any]
    entry: ledger.Entry
    moves: list[intake.Move]
    copies: list[str]  # names of the correction copies, which are written under hidden names before the workbook


def write_down(desk: Desk, plan: Plan) -> None:
    """Saves the plan; its file is complete or does not exist."""
    path = desk.outbox / _NAME
    hidden = path.with_name(f"{_NAME}.tmp")
    hidden.touch(mode=0o600)
    with hidden.open("w", encoding="utf-8") as stream:
        stream.write(
            json.dumps({**plan._asdict(), "entry": ledger.written(plan.entry)})
        )  # as ASCII, which can also hold a file name that is not valid Unicode
        stream.flush()
        os.fsync(stream.fileno())
    hidden.replace(path)


def nothing_begun(desk: Desk) -> bool:
    """Whether no earlier run has left anything to finish or to clear away."""
    return not any(desk.outbox.glob(f"{_NAME}*")) and not ledger.locked(desk.outbox)


def void(desk: Desk) -> None:
    """Discards the plan: nothing of it will be done, and the inputs stay in the inbox."""
    path = desk.outbox / _NAME
    if (plan := _read(path)) is not None:
        intake.leave(desk.inbox, plan.moves)
        path.unlink()


def finish(desk: Desk, plan: Plan | None = None) -> Path | None:
    """Carries out the saved plan, or discards it if its workbook does not exist. Returns the path of the workbook.

    plan: the plan, if the caller has just saved it; else it is read from its file.
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
    """The saved plan. None where there is none, or only a part of one after a power cut, which is then removed."""
    try:
        saved = json.loads(path.read_text("utf-8"))
        return Plan(
            saved["workbook"],
            saved["manifest"],
            ledger.read_back(saved["entry"]),
            [intake.Move(*move) for move in saved["moves"]],
            saved.get("copies", []),  # a plan of an older version has no copies
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        path.unlink()
        return None
