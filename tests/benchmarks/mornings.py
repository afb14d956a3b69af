"""Times what a seller waits for, from the command to the workbook, against importing pandas on the same machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from .days import AS_AT_HOME, a_desk, seconds_of


def lines(scratch: Path, turns: int) -> Iterator[tuple[object, ...]]:
    pandas, help_, run = [], [], []
    for words in (("-c", "import pandas"), ("-m", "processor", "--help"), ("-c", "import processor.app.morning")):
        _seconds(*words)  # once, so that everything is compiled
    for turn in range(turns):
        pandas.append(_seconds("-c", "import pandas"))
        help_.append(_seconds("-m", "processor", "--help"))
        home = a_desk(scratch / f"morning {turn}", orders=1_000, claims=300)
        run.append(seconds_of(home))
    yield "start-up: import pandas", median(pandas), "s"
    yield "start-up: --help / import pandas", median(help_) / median(pandas), "×", "≤ 0.5"
    yield "a morning (1,000 orders, 300 claims, encrypted) / import pandas", median(run) / median(pandas), "×", "≤ 4.5"


def _seconds(*words: str) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, *words], env=AS_AT_HOME, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - began
