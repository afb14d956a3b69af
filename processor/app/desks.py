"""Sets up a new desk, a demo desk, and a form to fill in. Nothing that exists is overwritten."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from processor import disk, outbox, rulebook, samples
from processor.app.checking import read
from processor.app.desk import Desk
from processor.app.errors import DeskExists
from processor.app.starters import ONE, lay_starter
from processor.model import Text


def new_desk(folder: Path) -> Desk:
    """rules.yaml, inbox/, outbox/ and a starter in a folder that has no rules.yaml yet. Raises DeskExists."""
    desk = Desk(folder)
    if disk.taken(desk.rules):
        raise DeskExists(desk.rules)
    _furnish(desk)
    lay_starter(desk.home, ONE, sys.platform, sys.executable)
    return desk


@dataclass(frozen=True, slots=True)
class DemoDesk:
    """A desk of invented orders, ready to be run."""

    desk: Desk
    files: list[str]  # names of the files in its inbox
    password: str  # password of the locked files


def demo_desk(folder: Path, as_of: datetime) -> DemoDesk:
    """Makes the demo desk in that folder, or beside it if the folder exists."""
    desk = Desk(unused(folder))
    _furnish(desk)
    return DemoDesk(desk, samples.demo_desk(desk.inbox, as_of=as_of), samples.DEMO_PASSWORD)


def template(desk: Desk, lang: str) -> Path:
    """Writes an empty form for answers and sold-out products into the outbox. Raises RulesBroken."""
    book = read(desk.rules)
    path = unused(desk.outbox / Text("답변양식.xlsx", "answer_form.xlsx").said(lang))
    disk.folder(path.parent)
    outbox.write_template(path, book, lang)
    return path


def _furnish(desk: Desk) -> None:
    desk.home.mkdir(mode=0o700, parents=True, exist_ok=True)  # may be a link
    for folder in (desk.inbox, desk.outbox):
        disk.folder(folder)
    disk.write_new(desk.rules, rulebook.starting_rules().encode())


def swap_rules(desk: Desk, old: bytes, new: bytes, moment: datetime) -> Path:
    """Writes another rules.yaml and keeps the old one beside it; returns the path of the old one.

    Killed at any instant, one of the two is there whole. Nothing that exists is overwritten.
    """
    kept = unused(desk.home / f"rules_{moment:%Y%m%d_%H%M%S}까지.yaml")
    hidden = desk.home / ".rules_kept.yaml.tmp"  # always this name: what a killed one left is removed by the next
    disk.write_new(hidden, old)
    disk.publish(hidden, kept)
    hidden.unlink(missing_ok=True)
    disk.write_whole(desk.rules, new)
    return kept


def unused(path: Path) -> Path:
    """The path, or with _2, _3 … if it exists, so that nothing is overwritten."""
    number, free = 1, path
    while disk.taken(free):
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return free
