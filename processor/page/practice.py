"""A desk of invented orders to practise on, with a page of its own beside that of the seller's desk.

Its folder is one of the user's temporary ones and is thrown away when its page ends: by its button, with the seller's page,
or by itself when nobody looks at it any more. Nothing that is done there reaches the seller's desk.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from processor.app import Desk, Passwords
from processor.app.attempt import Failed
from processor.page.engine import Engine
from processor.page.given import Given
from processor.page.requests.asking import Request


class Begun(NamedTuple):
    """A page that is served. `address`: one that opens it once. `task` is done when it has ended."""

    address: Callable[[], str]
    end: Callable[[], None]
    task: asyncio.Task[None]


class Practice:
    """The practice beside one page: there is one at most."""

    def __init__(self, given: Given, serve: Callable[[Given, Engine], Awaitable[Begun]]) -> None:
        self._given, self._serve = given, serve
        self._begun: Begun | None = None

    @property
    def goes_on(self) -> bool:
        return self._begun is not None and not self._begun.task.done()

    def address(self) -> str | None:
        """Another address of the practice that goes on; None: there is none."""
        return self._begun.address() if self._begun is not None and self.goes_on else None

    async def begin(self, home: Path, password: str) -> Failed | str:
        """Runs the desk of invented orders that lies there, so that its list is there at once, and serves its page.

        Returns the address.
        """
        given = self._given._replace(
            desk=Desk(home), passwords=Passwords([password]), keep=lambda _password: False, practice=True, choices=None
        )
        engine = Engine(given.desk, given.marks)
        first = Request("run", {}, given.now(), given.lang, (password,))
        answer = await asyncio.to_thread(engine.carry_out, first, lambda _progress: None)
        if isinstance(answer, Failed):
            engine.end()
            _throw_away(home)
            return answer
        self._begun = await self._serve(given, engine)
        self._begun.task.add_done_callback(lambda _task: _throw_away(home))
        return self._begun.address()

    async def end(self) -> None:
        """Ends the practice, if there is one, and waits for it."""
        if self._begun is not None:
            self._begun.end()
            await asyncio.wait([self._begun.task])


def _throw_away(home: Path) -> None:
    shutil.rmtree(home.parent, ignore_errors=True)
