"""The addresses of the page: what the browser may ask for, and how it is answered.

    GET  /                     the page
    GET  /api/NAME?…           a request of `page/requests/` that changes nothing, such as /api/today
    POST /api/NAME             any of them, such as /api/answer, with its values as JSON
    GET  /api/files            what lies in the inbox
    POST /api/files?name=      a file, as the body of the request
    POST /api/password         {"password": text, "file": its name or null, "keep": true or false}
    POST /api/run              begins a run, or anything else that may take long, and answers with its number
    GET  /api/run/NUMBER       how far that is, at last its outcome
    GET  /api/run              the same of the newest run
    POST /api/alive            a tab tells that it is there, and hears what has changed and arrived; or says goodbye
    GET  /api/choices          what the seller allows beyond the desk: {"downloads": …, "reminders": …}; POST changes it
    POST /api/fetch            copies the exports that were found in the downloads folder; /api/pass_over leaves them
    POST /api/heard            what was reminded of has been read
    POST /api/practice         opens invented orders on a page of their own; /api/end_practice, there, ends it
    GET  /workbook/RUN         a workbook of this desk

Where the page is one of several, all these addresses stand below its own path (see `page/all_desks.py`), so its scripts
name them from there.

What cannot be done is answered by {"type": "error", "code": …, "message": …}, with a sentence in the page's language.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from processor import disk
from processor.app import Progress, Refused, could_not_finish
from processor.app.attempt import Failed
from processor.model import one_line
from processor.page import arriving
from processor.page.beside import Beside
from processor.page.engine import Engine
from processor.page.errors import NotAsked
from processor.page.given import Given
from processor.page.lookout import Lookout
from processor.page.practice import Practice
from processor.page.presence import Presence
from processor.page.requests import REQUESTS
from processor.page.requests.asking import Answered, Entry
from processor.page.requests.asking import Request as Asked
from processor.page.words import WORDS

_HERE: Final = Path(__file__).parent
_SCREENS: Final = (
    "today",
    "order",
    "files",
    "teach",
    "points",
    "fees",
    "history",
    "tidy",
    "rules",
    "upgrade",
    "settings",
    "messages",
    "watch",
)
"""Each has its template, its style and its script by this name, and its words in `page/words/`."""
_LONGEST: Final = 1 << 20  # bytes of a request that is no file
_LARGEST: Final = 1 << 30  # bytes of a workbook; Excel opens none so large
_RUNS: Final = 20  # whose outcome can still be asked for
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

T = TypeVar("T")


class Site:
    """All that one page knows while it is open: passwords that were typed, its runs, and how often anything changed."""

    def __init__(
        self,
        given: Given,
        engine: Engine,
        presence: Presence,
        practice: Practice | None = None,
        end: Callable[[], None] | None = None,
        beside: Callable[[], list[Beside]] | None = None,
    ) -> None:
        """`practice`: that beside this page. `end`: ends this page, if its button may do so. `beside`: the desks from which one
        may be chosen at the store's name, with this one among them; may wait for the disk.
        """
        self._given, self._engine, self._presence = given, engine, presence
        self._lookout, self._looking = Lookout(given), asyncio.Lock()
        self._practice, self._end, self._beside = practice, end, beside
        self._typed: list[str] = []
        self._runs: dict[int, dict[str, Any]] = {}
        self._newest: dict[str, Any] = {"type": "run_begun", "state": "none"}
        self._begun = 0
        self._beginning = asyncio.Lock()  # so that two clicks begin one practice
        self._working: set[asyncio.Task[None]] = set()
        self._changes = 0
        self._limit: tuple[object, int] | None = None  # of a file, in MiB, and the rules.yaml that says so
        self._templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._first_page),
                Route("/api/files", self._files),
                Route("/api/files", self._take, methods=["POST"]),
                Route("/api/password", self._password, methods=["POST"]),
                Route("/api/run", self._newest_run),
                Route("/api/{name}/{number:int}", self._how_far),
                Route("/api/alive", self._alive, methods=["POST"]),
                Route("/api/choices", self._choices),
                Route("/api/choices", self._choose, methods=["POST"]),
                Route("/api/fetch", self._fetch, methods=["POST"]),
                Route("/api/pass_over", self._pass_over, methods=["POST"]),
                Route("/api/heard", self._heard, methods=["POST"]),
                Route("/api/practice", self._practise, methods=["POST"]),
                Route("/api/end_practice", self._end_practice, methods=["POST"]),
                *(
                    Route(f"/api/{name}", self._carrier(entry), methods=_METHODS[entry.changes])
                    for name, entry in REQUESTS.items()
                ),
                Route("/workbook/{run}", self._workbook),
                Mount("/static", StaticFiles(directory=_HERE / "static")),
            ],
            exception_handlers={Refused: self._refused, OSError: self._not_finished},
        )

    # ── the page ──

    async def _first_page(self, _request: Request) -> Response:
        lang = self._given.lang
        words = {name: text.said(lang) for name, text in WORDS.items()}
        beside = await asyncio.to_thread(self._beside) if self._beside else []
        name = next((each.name for each in beside if each.here), one_line(self._given.desk.home.resolve().name))
        page = self._templates.get_template("page.html")
        return HTMLResponse(
            page.render(
                lang=lang,
                practice=self._given.practice,
                desk=name,
                beside=beside,
                words=words,
                screens=_SCREENS,
                script=json.dumps(words, ensure_ascii=False),
            )
        )

    # ── what is around it ──

    async def _alive(self, request: Request) -> Response:
        if not self._presence.told(await told_as_json(request)):
            return JSONResponse({})
        now = asyncio.get_running_loop().time()
        await self._with_lookout(partial(self._lookout.look, now, self._changes, busy=self._engine.busy))
        await self._remind()
        return JSONResponse({"changes": self._changes, "elsewhere": self._lookout.elsewhere, **self._lookout.values()})

    async def _remind(self) -> None:
        at = self._lookout.to_remind(self._given.now())
        if at is not None and not self._engine.busy:
            answer = await self._carried_out("reminders", {})
            lines = answer.values["lines"] if isinstance(answer, Answered) else ()
            await self._with_lookout(partial(self._lookout.remind, at, lines))

    async def _choices(self, _request: Request) -> Response:
        return JSONResponse(self._lookout.allowed())

    async def _choose(self, request: Request) -> Response:
        told = await told_as_json(request)
        downloads, reminders = told.get("downloads"), told.get("reminders")
        if not isinstance(downloads, bool) or not isinstance(reminders, bool):
            raise NotAsked
        await self._with_lookout(partial(self._lookout.allow, downloads=downloads, reminders=reminders))
        return JSONResponse(self._lookout.allowed())

    async def _fetch(self, _request: Request) -> Response:
        self._given.desk.check_folders()
        names = await self._with_lookout(self._lookout.fetch)
        self._changes += 1
        return JSONResponse({"type": "fetched", "files": names, **self._lookout.values()})

    async def _pass_over(self, _request: Request) -> Response:
        await self._with_lookout(self._lookout.pass_over)
        return JSONResponse(self._lookout.values())

    async def _heard(self, _request: Request) -> Response:
        await self._with_lookout(self._lookout.heard)
        return JSONResponse(self._lookout.values())

    async def _with_lookout(self, do: Callable[[], T]) -> T:
        async with self._looking:
            return await asyncio.to_thread(do)

    # ── what app answers ──

    def _carrier(self, entry: Entry) -> Callable[[Request], Awaitable[Response]]:
        return self._begin if entry.long else self._tell if entry.changes else self._ask

    async def _ask(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        values = await told_as_json(request) if request.method == "POST" else dict(request.query_params)
        answer = await self._carried_out(name, values)
        if name == "status" and isinstance(answer, Answered):
            newest = next(iter(self._given.desk.workbooks), None)
            return JSONResponse({**answer.values, "newest": newest})
        return self._said(answer)

    async def _tell(self, request: Request) -> Response:
        answer = await self._carried_out(request.url.path.rpartition("/")[2], await told_as_json(request))
        self._changes += 1
        return self._said(answer)

    async def _carried_out(
        self, name: str, values: Mapping[str, Any], run: dict[str, Any] | None = None
    ) -> Answered | Failed:
        """Carries out a request in the engine; what is heard of its progress goes into `run`."""

        def heard(progress: Progress) -> None:
            if run is not None:
                run["progress"] = {"stage": progress.stage.value, "done": progress.done, "of": progress.of}

        def in_a_thread(now: datetime) -> Answered | Failed:
            passwords = (*self._typed, *self._given.passwords.candidates("")) if REQUESTS[name].opens_files else ()
            return self._engine.carry_out(Asked(name, values, now, self._given.lang, passwords), heard)

        waiting = self._lookout.new if name == "run" else ()
        answer = await asyncio.to_thread(in_a_thread, self._given.now())
        if isinstance(answer, Answered):
            self._lookout.handled(waiting)
        return answer

    async def _refused(self, _request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return self._said(Failed.by(error, self._given.lang))

    async def _not_finished(self, _request: Request, error: Exception) -> Response:
        assert isinstance(error, OSError)
        return self._said(Failed("could_not_finish", could_not_finish(error), {}, wrong_use=False))

    def _said(self, answer: Answered | Failed) -> Response:
        if isinstance(answer, Answered):
            return JSONResponse(dict(answer.values))
        return JSONResponse(self._error(answer), 400 if answer.wrong_use else 409)

    def _error(self, failed: Failed) -> dict[str, Any]:
        message = failed.message.said(self._given.lang)
        return {"type": "error", "code": failed.code, "message": message, **failed.details}

    # ── practice ──

    async def _practise(self, _request: Request) -> Response:
        """Opens the practice, if need be a new one: its address, and whether the browser was told to show it."""
        if self._practice is None:
            raise HTTPException(404)
        async with self._beginning:
            url: str | Failed | None = self._practice.address()
            if url is None:
                answer = await self._carried_out("practice", {})
                if isinstance(answer, Failed):
                    return self._said(answer)
                url = await self._practice.begin(Path(answer.values["home"]), answer.values["password"])
        if isinstance(url, Failed):
            return self._said(url)
        if self._given.show is not None:
            await asyncio.to_thread(self._given.show, url)
        return JSONResponse({"type": "practice", "url": url, "shown": self._given.show is not None})

    async def _end_practice(self, _request: Request) -> Response:
        if self._end is None:
            raise HTTPException(404)
        self._end()
        return JSONResponse({"type": "practice_ended"})

    # ── files ──

    async def _files(self, _request: Request) -> Response:
        """What lies in the inbox: name, size in bytes, and when it was changed (seconds since 1970)."""
        found = []
        for path in self._given.desk.lying_in_inbox:
            if not path.name.startswith("."):
                with suppress(FileNotFoundError):  # a run has just filed it away
                    state = path.stat()
                    found.append({"name": one_line(path.name), "size": state.st_size, "changed": int(state.st_mtime)})
        changes = self._changes
        return JSONResponse({"type": "files", "files": found, "changes": changes, "file_mib": await self._file_mib()})

    async def _take(self, request: Request) -> Response:
        name = request.query_params.get("name", "")
        self._given.desk.check_folders()
        try:
            got = await arriving.arrive(self._given.desk.inbox, name, request.stream(), await self._file_mib())
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        self._changes += 1
        return JSONResponse({"type": "file", "name": got}, 201)

    async def _file_mib(self) -> int:
        """The size up to which rules.yaml lets a file in; asked again when rules.yaml has changed. Raises Refused."""
        try:
            state = self._given.desk.rules.stat()
        except FileNotFoundError:
            state = None
        seen = (state.st_mtime_ns, state.st_size) if state else None
        if self._limit is None or self._limit[0] != seen:
            answer = await self._carried_out("limits", {})
            if isinstance(answer, Failed):
                raise _NotDone(answer)
            self._limit = seen, int(answer.values["file_mib"])
        return self._limit[1]

    async def _workbook(self, request: Request) -> Response:
        """A workbook of this desk by the name of its run; a path is never made of what was asked."""
        run = request.path_params["run"]
        place = self._given.desk.workbooks.get(run)
        if place is None:
            raise HTTPException(404)
        content = await asyncio.to_thread(disk.read, place, _LARGEST)
        named = f"attachment; filename*=UTF-8''{quote(place.name)}"
        return Response(content, media_type=_WORKBOOK, headers={"content-disposition": named})

    # ── passwords ──

    async def _password(self, request: Request) -> Response:
        """Keeps a typed password in memory while the page is open; `keep`: in the keyring too.

        With a file it is kept only if it opens that one, so that a slip of the finger is neither tried again nor kept.
        """
        told = await told_as_json(request)
        password = told.get("password")
        if not isinstance(password, str) or not password:
            raise NotAsked
        if told.get("file") is not None:
            answer = await self._carried_out("opens", told)
            if isinstance(answer, Failed) or not answer.values["opens"]:
                return self._said(answer)
        self._typed = [password, *(other for other in self._typed if other != password)]
        kept = told.get("keep") is True and await asyncio.to_thread(self._given.keep, password)
        return JSONResponse({"type": "password", "opens": True, "kept": kept})

    # ── runs ──

    async def _begin(self, request: Request) -> Response:
        told, name = await told_as_json(request), request.url.path.rpartition("/")[2]
        self._begun += 1
        number, run = (
            self._begun,
            {"type": f"{name}_begun", "number": self._begun, "state": "working", "progress": None},
        )
        self._runs = {**dict([*self._runs.items()][1 - _RUNS :]), number: run}
        if name == "run":
            self._newest = run
        task = asyncio.create_task(self._run(name, run, told))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return JSONResponse(run, 202)

    async def _run(self, name: str, run: dict[str, Any], told: Mapping[str, Any]) -> None:
        try:
            answer = await self._carried_out(name, told, run)
        except Refused as refused:  # by the clock
            answer = Failed.by(refused, self._given.lang)
        self._changes += REQUESTS[name].changes
        if isinstance(answer, Answered):
            run |= {"state": "done", "outcome": answer.values}
        else:
            run |= {"state": "refused", "error": self._error(answer)}

    async def _newest_run(self, _request: Request) -> Response:
        return JSONResponse(self._newest)

    async def _how_far(self, request: Request) -> Response:
        run = self._runs.get(request.path_params["number"])
        if run is None:
            raise HTTPException(404)
        return JSONResponse(run)


_METHODS: Final = {False: ["GET", "POST"], True: ["POST"]}


class _NotDone(Refused):
    """What the engine has refused, inside another request."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.message)
        self.code, self.wrong_use, self._details = failed.code, failed.wrong_use, failed.details

    def details(self, _lang: str) -> Mapping[str, Any]:
        return self._details


async def told_as_json(request: Request) -> dict[str, Any]:
    """The values of a request. Raises NotAsked."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            raise NotAsked
    try:
        told = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise NotAsked from None
    if not isinstance(told, dict):
        raise NotAsked
    return told
