"""Does something for somebody who is not there to catch an error: what went wrong becomes a value that can be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from processor.app import fault
from processor.app.errors import Refused, could_not_finish
from processor.model import Text

T = TypeVar("T")


class Failed(NamedTuple):
    """It was not done: nothing was changed. `wrong_use`: the same call can never succeed."""

    code: str
    message: Text
    details: Mapping[str, Any]
    wrong_use: bool

    @classmethod
    def by(cls, error: Refused, lang: str) -> Failed:
        return cls(error.code, error.message, error.details(lang), error.wrong_use)


def attempted(work: Callable[[], T], name: str, outbox: Path, lang: str) -> T | Failed:
    """What `work` gives, or why it failed. name, outbox: for the diagnosis of a fault of this program."""
    try:
        return work()
    except Refused as refused:
        return Failed.by(refused, lang)
    except OSError as error:
        return Failed("could_not_finish", could_not_finish(error), {}, wrong_use=False)
    except Exception as error:  # noqa: BLE001 - a fault of the program: it is told, and other work goes on
        written = fault.write_diagnosis(error, name, outbox)
        return Failed("program_fault", fault.sentence(error, written), {}, wrong_use=False)
