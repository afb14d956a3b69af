"""How fast it is: `python -m tests.benchmarks [--orders 10000] [--turns 3] [--json] [PART …]`.

Machines differ, so every figure is a ratio of two things measured by turns in the same run. PART: engine, mornings,
days, desks, past, growth; all of them without one. Only if they are named: page, which needs a Chromium; year, a year's
history; agency, two hundred desks; and thousand, ten to a thousand of them: each takes a quarter of an hour. The
libraries compared with: `pip install zen-engine`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from . import days, desks, engine, mornings, page, past


class Line(NamedTuple):
    what: str
    value: float
    unit: str = "×"
    target: str = ""


def measured(parts: list[str], orders: int, turns: int, scratch: Path) -> Iterator[Line]:
    if "engine" in parts:
        yield from (Line(*line) for line in engine.lines(turns))
    if "mornings" in parts:
        yield from (Line(*line) for line in mornings.lines(scratch, turns))
    if "days" in parts:
        yield from (Line(*line) for line in days.lines(scratch, orders, turns))
    if "desks" in parts:
        yield from (Line(*line) for line in desks.lines(scratch, turns))
    if "agency" in parts:
        yield from (Line(*line) for line in desks.agency(scratch))
    if "thousand" in parts:
        yield from (Line(*line) for line in desks.growth(scratch))
    if "past" in parts:
        yield from (Line(*line) for line in past.lines(scratch, turns))
    if "year" in parts:
        yield from (Line(*line) for line in past.year(scratch))
    if "page" in parts:
        yield from (Line(*line) for line in page.lines(scratch, turns))
    if "growth" in parts:
        yield from (Line(*line) for line in days.growth(scratch))


def table(lines: Iterator[Line]) -> Iterator[str]:
    for line in lines:
        yield f"{line.what:<64}{line.value:>10.2f} {line.unit:<6}{line.target}"


def main(say: Callable[[str], None] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = ["engine", "mornings", "days", "desks", "past", "growth"]
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=3, help="each figure is the median of so many")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if unknown := {*asked.parts} - {*every, "page", "year", "agency", "thousand"}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as scratch:
        lines = measured(asked.parts or every, asked.orders, asked.turns, Path(scratch))
        if asked.json:
            say(json.dumps([line._asdict() for line in lines], ensure_ascii=False, indent=1))
        else:
            for line in table(lines):
                say(line)


if __name__ == "__main__":
    main()
