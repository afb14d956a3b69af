"""The pages of all desks below a folder, at one server: a screen that says what waits where, and from it the page of each.

    GET  /                     the screen of all desks
    GET  /api/desks            what it shows: what `app.all_waiting` says, desks with trouble first, then the most urgent
    POST /api/alive            as that of a desk's page
         /desk/NUMBER/…        the page of one desk, with all addresses of `page/site.py`

Each desk has a path, not a server and a port of its own: so it is the same site for the browser, whose links lead from one
desk to the other while no page of another port is let in; its Back button works also to a desk whose page had ended, which
is simply begun again; and what is not looked at costs nothing but its process. All else is as where a desk is opened
alone: it begins when it is asked for first, holds its desk, has a process of its own, and ends some minutes after its last
tab has gone. The browser knows numbers, never a path, and only of desks below the folder.

A desk whose page was opened elsewhere on this computer is shown there.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from processor import disk
from processor.app import Desk, Refused, could_not_finish
from processor.app.arrivals import around
from processor.app.attempt import Failed
from processor.model import one_line
from processor.page import one_page
from processor.page.beside import Numbered, page
from processor.page.desk_page import DeskPage, Serve, the_only_one
from processor.page.desks_worker import Line, Waiting
from processor.page.engine import Engine
from processor.page.given import GivenOfAll
from processor.page.keys import Keys
from processor.page.presence import Presence
from processor.page.site import told_as_json
from processor.page.words import WORDS

_HERE: Final = Path(__file__).parent
_TOLD: Final = ("waiting", "late", "first", "last_run", "inbox")
"""What the browser is told of what `app.all_waiting` says of a desk; it says paths too."""


class _Open(NamedTuple):
    """The page of a desk, and what holds the desk for it."""

    page: DeskPage
    held: ExitStack


class AllDesks:
    """What is asked of `site`, until `gone` or whoever serves it ends it."""

    def __init__(self, given: GivenOfAll, waiting: Waiting, keys: Keys, serve: Serve) -> None:
        """`serve`: begins to serve a practice beside a desk."""
        self.presence = Presence()
        self._given, self._waiting, self._keys, self._serve = given, waiting, keys, serve
        self._numbered = Numbered(given.root)
        self._open: dict[int, _Open] = {}
        self._alone: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # to begin and end the page of a desk
        self._around: object = None
        self._changes = 0
        self._templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)
        self.site: ASGIApp = Starlette(
            routes=[
                Route("/", self._first_page),
                Route("/api/desks", self._desks),
                Route("/api/alive", self._alive, methods=["POST"]),
                Mount("/static", StaticFiles(directory=_HERE / "static")),
                Mount("/desk/{desk:int}", self._desk),
            ],
            exception_handlers={Refused: self._refused, OSError: self._refused},
        )

    async def gone(self) -> bool:
        """Called every TICK. Ends the pages that nobody looks at any more. Is there none left, nor anybody at this screen?"""
        for number, one in [*self._open.items()]:
            if await one.page.gone():
                async with self._alone[number]:
                    await self._end(number)
        return self.presence.gone(busy=bool(self._open))

    async def end(self) -> None:
        """Ends every page at once, whatever it does."""
        self._waiting.end()
        for number in [*self._open]:
            await self._end(number)

    async def _end(self, number: int) -> None:
        await self._open[number].page.end()
        self._open.pop(number).held.close()

    # ── all desks ──

    async def _first_page(self, _request: Request) -> Response:
        return self._shown("all_desks.html", 200, root=one_line(self._given.root.resolve().name))

    async def _desks(self, _request: Request) -> Response:
        found = await asyncio.to_thread(self._waiting.lines, self._given.now().date(), self._given.lang)
        if isinstance(found, Failed):
            return self._error(found)
        numbers = {desk.home: number for number, desk in (await asyncio.to_thread(self._numbered.desks)).items()}
        return JSONResponse({"type": "desks", "desks": [_line(each, numbers.get(each.home)) for each in found]})

    async def _alive(self, request: Request) -> Response:
        if not self.presence.told(await told_as_json(request)):
            return JSONResponse({})
        now = self._given.now().date(), await asyncio.to_thread(self._around_all)
        self._changes += now != self._around
        self._around = now
        return JSONResponse({"changes": self._changes, "elsewhere": 0})

    def _around_all(self) -> object:
        """Equal as long as nothing has changed at any desk that can be looked at."""
        found = []
        for desk in self._numbered.desks().values():
            with suppress(OSError):
                found.append((desk.home, around(desk)))
        return found

    # ── one of them ──

    async def _desk(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = scope["path_params"]["desk"]
        answer: ASGIApp
        try:
            opened = await self._opened(number)
        except disk.Held:
            if Request(scope).url.path != page(number):
                raise HTTPException(403) from None  # as where another page listens by now
            answer = await self._where_it_is(number)
        else:
            opened.presence.heard()
            answer = opened.site
        await answer(scope, receive, send)

    async def _opened(self, number: int) -> DeskPage:
        """The page of the desk; it is begun if need be. Raises disk.Held if it has another one, Refused and OSError."""
        async with self._alone[number]:
            if number not in self._open:
                desk = await self._found(number)
                given = await asyncio.to_thread(self._given.at, desk)
                with ExitStack() as held:
                    key = self._keys.key_of(page(number))
                    await asyncio.to_thread(held.enter_context, the_only_one(desk, self._keys.port, key))
                    engine = Engine(desk, given.marks)
                    opened = DeskPage(given, engine, self._serve, beside=lambda: self._numbered.beside(number))
                    self._open[number] = _Open(opened, held.pop_all())
            return self._open[number].page

    async def _where_it_is(self, number: int) -> Response:
        """Leads to the page that the desk has already. Raises PageElsewhere."""
        desk = await self._found(number)
        return RedirectResponse(await asyncio.to_thread(one_page.address_of_the_other, desk.outbox), 303)

    async def _found(self, number: int) -> Desk:
        """The desk that has this number and is still there, with folders of its own."""
        desk = (await asyncio.to_thread(self._numbered.desks)).get(number)
        if desk is None:
            raise HTTPException(404)
        desk.check_folders()
        return desk

    # ── what cannot be done ──

    async def _refused(self, request: Request, error: Exception) -> Response:
        """A sentence: as a screen if a page was asked for, else as a desk's page has it."""
        assert isinstance(error, (Refused, OSError))
        failed = (
            Failed.by(error, self._given.lang)
            if isinstance(error, Refused)
            else Failed("could_not_finish", could_not_finish(error), {}, wrong_use=False)
        )
        if "/api/" in request.url.path:
            return self._error(failed)
        return self._shown("desk_not_opened.html", 409, sentence=failed.message.said(self._given.lang))

    def _error(self, failed: Failed) -> Response:
        message = failed.message.said(self._given.lang)
        return JSONResponse({"type": "error", "code": failed.code, "message": message}, 409)

    def _shown(self, template: str, status: int, **values: str) -> Response:
        lang = self._given.lang
        words = {name: text.said(lang) for name, text in WORDS.items()}
        script = json.dumps(words, ensure_ascii=False)
        return HTMLResponse(
            self._templates.get_template(template).render(lang=lang, words=words, script=script, **values), status
        )


def _line(line: Line, number: int | None) -> dict[str, Any]:
    """What the browser is told of a desk. `number`: None if it cannot be looked into."""
    figures = {key: value for key, value in line.values.items() if key in _TOLD}
    where = None if number is None else page(number)
    return {**figures, "name": one_line(line.name), "page": where, "trouble": line.trouble}
