"""Starts the program in a process of its own that has everything loaded already, which costs a third of a start.

It is a fork of this process, and from there on it is what `python -m processor` is: its streams, its terminal, its
environment, its signals and its end are its own, and it starts its reading process itself. Tests of the start, and with
THOROUGH (see `trials`) all others, begin with a fresh Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from trials import THOROUGH

import processor.__main__ as program
from processor import app, rulebook

ROOT = Path(__file__).parent.parent
FORKS = hasattr(os, "fork") and not THOROUGH
_MOST_FILES = 4096
_OURS = rulebook.read, app.ReadingProcess
"""What the tests of this process may have replaced, see `conftest.typed`."""


def started(
    words: Sequence[str],
    environment: Mapping[str, str] | None = None,
    first: Callable[[], None] = lambda: None,
    within: Callable[[], None] | None = None,
    **streams: Any,
) -> subprocess.Popen:
    """The program with these words.

    first: what its process does before it begins. within: what is changed in the program itself; then it is always a fork.
    Its streams are not buffered, so that `readline` takes one line and `communicate` gets all the others.
    """
    kept = {**(os.environ if environment is None else environment)}
    forks = FORKS or within is not None

    def begin() -> None:
        first()
        if forks:
            _become(words, kept, within or (lambda: None))

    command = [sys.executable, "-m", "processor", *words]
    before = begin if hasattr(os, "fork") else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of forks where libraries have threads
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=kept,
            preexec_fn=before,  # noqa: PLW1509
            restore_signals=not forks,  # what Python ignores, a fork ignores already
            **{"bufsize": 0, **streams},
        )


def _become(words: Sequence[str], environment: Mapping[str, str], within: Callable[[], None]) -> None:
    """Runs the program in this fork. It does not return."""
    tracker = resource_tracker.getfd()
    os.closerange(3, tracker)  # as in a program that is begun: also the pipe in which `subprocess` waits for that
    os.closerange(tracker + 1, _MOST_FILES)
    os.environ.clear()
    os.environ.update(environment)
    encoding, _, errors = environment.get("PYTHONIOENCODING", "utf-8").partition(":")
    sys.stdin = open(0, encoding=encoding, closefd=False)  # noqa: SIM115 - they are the streams of the program
    sys.stdout = open(1, "w", encoding=encoding, errors=errors or None, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = [program.__file__, *words]
    sys.orig_argv = [sys.executable, "-m", "processor", *words]
    sys.modules["__main__"] = program
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in environment
    tempfile.tempdir = None  # asked anew of the environment
    warnings.resetwarnings()
    rulebook.read, app.ReadingProcess = _OURS
    within()
    program.main()
