"""How the program ends when a signal or a fault ends it: with one sentence, and with the exit code 3.

Ctrl-C, SIGTERM, SIGHUP (the terminal was closed) and Ctrl-Break are one thing here: somebody asks the program to stop.
At work it stops in order: `Stopped` is raised, what was half done is undone, and the inputs stay where they are. Before
and after its work, and when it is asked a second time, it ends at once, which harms nothing: a run may be killed at any
instant (law 7). A signal that was ignored when the program started, as under nohup, stays ignored.

It imports only Python's standard library and little of it, so that it listens from the program's first moment on.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from contextlib import suppress
from enum import Enum, auto
from typing import Any, Final, NamedTuple, NoReturn

CODE: Final = 3
"""The exit code of a program that was stopped, or that has a fault."""
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # Windows has no SIGHUP, others no SIGBREAK


class End(NamedTuple):
    """The code and the sentence for an end that is not the command's own."""

    name: str
    ko: str
    en: str


BY_HAND: Final = End(
    "stopped",
    "요청하신 대로 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요.",
    "Stopped, as you asked. No file was lost: run again whenever you like.",
)
BY_SYSTEM: Final = End(
    "stopped",
    "컴퓨터의 종료 신호를 받아 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요.",
    "Stopped, as the system asked. No file was lost: run again whenever you like.",
)
FAULT: Final = End(
    "program_fault",
    "프로그램 오류로 끝내지 못했습니다. 사용하신 분의 잘못이 아닙니다. 잃어버린 파일은 없습니다.",
    "Could not finish: this is a fault of the program, not yours. No file was lost.",
)


class Stopped(KeyboardInterrupt):
    """Raised in the main thread, wherever it is, when the program is asked to stop."""


class _Phase(Enum):
    BEFORE = auto()
    AT_WORK = auto()
    STOPPING = auto()
    OVER = auto()


class _Program:
    """What this process has been asked. There is one, because a process has one handler for each signal."""

    phase = _Phase.BEFORE
    asked: End | None = None
    code = CODE


_program: Final = _Program()


def listen() -> None:
    """Ends on signals by a sentence from now on, and never by a traceback, not even from a thread of some library."""
    _open_missing_streams()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    threading.excepthook = lambda _raised: None
    sys.unraisablehook = _swallowed
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def begin_work() -> None:
    """From now on the program stops in order."""
    _program.phase = _Phase.AT_WORK


def end_work(code: int) -> None:
    """From now on a signal ends the program at once and without a word, with this exit code."""
    _program.code = code
    _program.phase = _Phase.OVER


def asked() -> End | None:
    """The end that a signal has asked for, though some library may have swallowed `Stopped`; None if none came."""
    return _program.asked


def say(end: End) -> None:
    """Says the sentence, even from inside a handler and while another line is being written."""
    from json import dumps

    from processor.cli.start import READABLE, language, wants_json

    words = end.en if language(sys.argv[1:]) == "en" else end.ko
    number, stream = 2, sys.stderr
    if wants_json(sys.argv[1:]):
        words, number, stream = dumps({"type": "error", "code": end.name, "message": words}), 1, sys.stdout
    try:
        print(words.encode(stream.encoding, READABLE).decode(stream.encoding), file=stream, flush=True)
    except OSError:
        pass  # nobody listens any more
    except (RuntimeError, ValueError, AttributeError):  # the stream is busy, closed or missing
        _say_at(number, words)


def _say_at(number: int, words: str) -> None:
    with suppress(OSError):  # nobody listens any more
        os.write(number, f"{words}\n".encode())


def _stop(number: int, _frame: object) -> None:
    if _program.phase is _Phase.OVER:
        os._exit(_program.code)
    _program.asked = BY_HAND if number == signal.SIGINT else BY_SYSTEM
    if _program.phase is not _Phase.AT_WORK:
        _end_at_once()
    _program.phase = _Phase.STOPPING
    raise Stopped


def _end_at_once() -> NoReturn:
    say(_program.asked or BY_HAND)
    os._exit(CODE)


def _swallowed(raised: Any) -> None:  # noqa: ANN401 - its type has no name at run time
    """Python could not raise this where it happened, as in a callback: nothing is printed, but a stop stays a stop."""
    if issubclass(raised.exc_type, KeyboardInterrupt):
        _end_at_once()


def _open_missing_streams() -> None:
    """Gives closed standard streams the null device: else the next file that is opened takes their number, and words
    for the terminal are written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest free number, which is this one
