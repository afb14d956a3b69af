"""The page of one desk, wherever it is served: at a server of its own, beside other desks, or as a practice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from processor.app import Desk
from processor.page import arriving, one_page
from processor.page.beside import Beside
from processor.page.engine import Engine
from processor.page.given import Given
from processor.page.practice import Begun, Practice
from processor.page.presence import Presence
from processor.page.site import Site

Serve = Callable[[Given, Engine], Awaitable[Begun]]
"""Begins to serve a practice."""


@contextmanager
def the_only_one(desk: Desk, port: int, key: str) -> Iterator[None]:
    """Makes a page the desk's one (see `one_page.alone`), and clears what a killed one has left in the inbox."""
    with one_page.alone(desk.outbox, port, key):
        arriving.clear(desk.inbox)
        yield


class DeskPage:
    """What is asked of `site`, until `gone` or whoever serves it ends it."""

    def __init__(
        self,
        given: Given,
        engine: Engine,
        serve: Serve | None = None,
        end: Callable[[], None] | None = None,
        beside: Callable[[], list[Beside]] | None = None,
    ) -> None:
        """`serve`: if a practice may be begun beside it. `end` and `beside`: see `Site`."""
        self.presence = Presence()
        self._engine = engine
        self._practice = None if serve is None else Practice(given, serve)
        self.site: ASGIApp = Site(given, engine, self.presence, self._practice, end, beside).application()

    async def gone(self) -> bool:
        """Called every TICK. Does nobody need it any more?"""
        practising = self._practice is not None and self._practice.goes_on
        return self.presence.gone(self._engine.busy or practising)

    async def end(self) -> None:
        """Ends whatever it does, at once."""
        self._engine.end()  # whoever waits for it in a thread is answered, so that the thread ends
        if self._practice is not None:
            await self._practice.end()
