"""Starts the page, keeps it open, and ends it."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from processor import disk
from processor.app import find_desks
from processor.app.errors import NoDesk
from processor.page import one_page
from processor.page.all_desks import AllDesks
from processor.page.desk_page import DeskPage, the_only_one
from processor.page.desks_worker import Waiting
from processor.page.door import Door
from processor.page.engine import Engine
from processor.page.errors import PortTaken
from processor.page.given import Given, GivenOfAll
from processor.page.keys import HOST, Keys
from processor.page.one_page import Opened
from processor.page.practice import Begun
from processor.page.presence import TICK


def serve(given: Given, port: int, answers: Callable[[Opened], None]) -> None:
    """See `page.open_page`."""
    if not given.desk.rules.exists():
        raise NoDesk(given.desk.home)
    given.desk.check_folders()
    with _listening(port) as ear:
        keys = Keys(ear.getsockname()[1])
        try:
            with the_only_one(given.desk, keys.port, keys.key_of()):
                engine = Engine(given.desk, given.marks)
                try:
                    _until_ended(DeskPage(given, engine, _begun), keys, ear, answers)
                finally:
                    engine.end()
            return
        except disk.Held:
            pass
    answers(Opened(one_page.address_of_the_other(given.desk.outbox), already=True))


def serve_all(given: GivenOfAll, port: int, answers: Callable[[Opened], None]) -> None:
    """See `page.open_all`."""
    find_desks(given.root)
    folder = given.root.resolve()  # which its user may have chosen by a link
    with _listening(port) as ear:
        keys = Keys(ear.getsockname()[1])
        try:
            with one_page.alone(folder, keys.port, keys.key_of()):
                waiting = Waiting(given.root, given.marks)
                try:
                    _until_ended(AllDesks(given, waiting, keys, _begun), keys, ear, answers)
                finally:
                    waiting.end()
            return
        except disk.Held:
            pass
    answers(Opened(one_page.address_of_the_other(folder), already=True))


def _until_ended(page: DeskPage | AllDesks, keys: Keys, ear: socket.socket, answers: Callable[[Opened], None]) -> None:
    gc.enable()  # a command that soon ends needs none; a page stays open all day
    server = _Server(_inside(page, keys), lambda: answers(Opened(keys.address(), already=False)))
    asyncio.run(_served(server, ear, page))


def _inside(page: DeskPage | AllDesks, keys: Keys) -> uvicorn.Config:
    return uvicorn.Config(
        Door(page.site, keys, page.presence.heard),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",  # what is cut off when the page ends is no fault that anybody could mend
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


async def _served(server: _Server, ear: socket.socket, page: DeskPage | AllDesks) -> None:
    leaving = asyncio.create_task(_when_gone(server, page))
    try:
        await server.serve(sockets=[ear])
    finally:
        leaving.cancel()
        await page.end()


async def _begun(given: Given, engine: Engine) -> Begun:
    """Begins to serve a practice at a port of its own; it ends by itself like any page, and with `Begun.end`."""
    ear, answers = _listening(0), asyncio.Event()
    keys = Keys(ear.getsockname()[1])

    def end() -> None:
        server.should_exit = True

    page = DeskPage(given, engine, end=end)
    server = _Server(_inside(page, keys), answers.set, signals=False)
    task = asyncio.create_task(_served(server, ear, page))
    await answers.wait()
    return Begun(keys.address, end, task)


async def _when_gone(server: _Server, page: DeskPage | AllDesks) -> None:
    while not await page.gone():
        await asyncio.sleep(TICK)
    server.should_exit = True


class _Server(uvicorn.Server):
    """Calls `answers` once it answers, and takes a signal for the wish to end, not for an accident.

    `signals`: False for a page that ends with another one, which hears them.
    """

    def __init__(self, config: uvicorn.Config, answers: Callable[[], None], *, signals: bool = True) -> None:
        super().__init__(config)
        self._answers, self._signals = answers, signals

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._answers()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        def ended(_number: int, _frame: object) -> None:
            self.should_exit = True

        before = {}
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if self._signals else ():
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, ended)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listening(port: int) -> socket.socket:
    """A socket that only this computer reaches. Raises PortTaken."""
    ear = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind((HOST, port))
        ear.listen(128)
    except OSError:
        ear.close()
        raise PortTaken(port) from None
    return ear
