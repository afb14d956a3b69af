"""The folder of briefs: a brief of each run, and each rules.yaml that a run was made with.

A brief is laid out under a hidden name before its run counts, and issued with it, so that it is there or not there with
the run. Names of the disk are checked: a file that this program could not have written is not read.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from processor import disk
from processor.ledger import values
from processor.ledger.history import form
from processor.ledger.history.brief import Brief

_BRIEF: Final = ".json.gz"
_RULES: Final = ".yaml.gz"
_HIDDEN: Final = re.compile(r"\.([0-9]{8}_[0-9]{6}(_[0-9]{1,9})?\.json|[0-9a-f]{64}\.yaml)\.gz\.tmp")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 1 << 27
"""Bytes of a packed file: the brief of 40,000 orders has 2 MiB."""
_LARGEST_RULES: Final = 1 << 22
"""Characters of a rules.yaml: four times what is read as one."""


class NoBrief(Exception):
    """There is no brief of that run: it was made before briefs were kept, or it was removed."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run


class NoRules(Exception):
    """The rules of that run are not kept any more."""

    def __init__(self, rules: str) -> None:
        super().__init__(rules)
        self.rules = rules


class Damaged(Exception):
    """A file of the history is damaged, or was not made by this program. Nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True, slots=True)
class History:
    """The briefs of a desk, in that folder."""

    folder: Path

    # ── writing ──

    def lay_out(self, brief: Brief, rules: str) -> None:
        """Writes a brief, and the text of its rules, under hidden names. Raises OSError; then nothing is left of them."""
        there = self._of_rules(brief.rules)
        try:
            self._lay(self._of_run(brief.run), form.written(brief))
            if not disk.taken(there):
                self._lay(there, gzip.compress(rules.encode(), mtime=0))
        except OSError:
            self.tidy()
            raise

    def _lay(self, place: Path, content: bytes) -> None:
        disk.folder(place.parent)
        disk.write_new(_hidden(place), content)

    def issue(self, run: str, rules: str) -> None:
        """Gives the brief of a run and its rules their names. Does nothing where they have them already, or never were.

        Raises ValueError if these could not be names of files of this folder.
        """
        if not values.is_run(run):
            raise ValueError(run)
        for place in ([self._of_rules(rules)] if is_hash(rules) else []) + [self._of_run(run)]:
            hidden = _hidden(place)
            if disk.is_file(hidden) and not disk.taken(place):
                disk.publish(hidden, place)
            disk.remove(hidden)

    def tidy(self) -> None:
        """Removes what a killed run has laid out and not issued."""
        for folder in (self.folder, self.folder / "rules"):
            if disk.is_folder(folder):
                for file in [*folder.glob(".*.tmp")]:
                    if _HIDDEN.fullmatch(file.name) and not disk.is_folder(file):
                        disk.remove(file)

    # ── reading ──

    def runs(self) -> list[str]:
        """The runs of which there is a brief, the newest first."""
        if not disk.is_folder(self.folder):
            return []
        names = (file.name.removesuffix(_BRIEF) for file in self.folder.glob(f"*{_BRIEF}") if disk.is_file(file))
        return sorted(filter(_is_run, names), key=_parts, reverse=True)

    def brief(self, run: str) -> Brief:
        """Raises NoBrief, Damaged and OSError."""
        if not values.is_run(run) or not disk.taken(place := self._of_run(run)):
            raise NoBrief(run)
        content = disk.read(place, _LARGEST)
        try:
            found = form.read_back(content)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise Damaged(place) from error
        if found.run != run:
            raise Damaged(place)
        return found

    def mentions(self, run: str, number: str) -> bool:
        """May the brief of that run speak of this order? Much cheaper than reading the brief."""
        place = self._of_run(run)
        try:
            return form.may_name(form.unzipped(disk.read(place, _LARGEST), form.LARGEST), number)
        except FileNotFoundError as error:
            raise NoBrief(run) from error
        except ValueError as error:
            raise Damaged(place) from error

    def rules(self, sha256: str) -> str:
        """The text of the rules with that hash. Raises NoRules, Damaged and OSError."""
        if not is_hash(sha256) or not disk.taken(place := self._of_rules(sha256)):
            raise NoRules(sha256)
        content = disk.read(place, _LARGEST)
        try:
            text = form.unzipped(content, _LARGEST_RULES)
        except ValueError as error:
            raise Damaged(place) from error
        if hashlib.sha256(text).hexdigest() != sha256:
            raise Damaged(place)
        return text.decode()

    # ── forgetting ──

    def before(self, day: date) -> list[Path]:
        """The briefs of runs before that day, and the rules that only they were made with. Removes nothing."""
        old = [run for run in self.runs() if moment_of(run).date() < day]
        kept = [self._made_with(run) for run in self.runs() if run not in old]
        return [*map(self._of_run, reversed(old)), *(self._rules_but(kept) if old and None not in kept else ())]

    def _made_with(self, run: str) -> str | None:
        """The hash of the rules of a run; None if its brief is damaged."""
        try:
            return form.rules_of(disk.read(self._of_run(run), _LARGEST))
        except ValueError:
            return None

    def _rules_but(self, kept: Container[str | None]) -> Iterator[Path]:
        for file in sorted((self.folder / "rules").glob(f"*{_RULES}")):
            sha256 = file.name.removesuffix(_RULES)
            if is_hash(sha256) and sha256 not in kept:
                yield file

    def _of_run(self, run: str) -> Path:
        return self.folder / f"{run}{_BRIEF}"

    def _of_rules(self, sha256: str) -> Path:
        return self.folder / "rules" / f"{sha256}{_RULES}"


def is_hash(text: str) -> bool:
    """Is it a SHA-256, as it names a file of rules?"""
    return _HASH.fullmatch(text) is not None


def moment_of(run: str) -> datetime:
    """The moment of a run, as its name has it: 20261123_090000, or with _2, _3 …"""
    moment, _ = _parts(run)
    return datetime.strptime(moment, "%Y%m%d_%H%M%S")  # noqa: DTZ007 - Korean wall time, as everywhere


def _is_run(name: str) -> bool:
    """Is it the name of a run, of a moment that there is?"""
    try:
        return values.is_run(name) and moment_of(name) is not None
    except ValueError:
        return False


def _parts(run: str) -> tuple[str, int]:
    """The moment in the name of a run, and its turn among the runs of that moment."""
    day, time, *turn = run.split("_")
    return f"{day}_{time}", int(turn[0]) if turn else 1


def _hidden(place: Path) -> Path:
    return place.with_name(f".{place.name}.tmp")
