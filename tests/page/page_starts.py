"""Starts pages in processes of their own, and asks them as a browser would, or as one never would."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from processor.app import Desk
from processor.page import one_page


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def values(self) -> Any:
        return json.loads(self.body)


class Running(NamedTuple):
    """A page in a process of its own. `url`: its first address, which is good once."""

    process: subprocess.Popen
    url: str
    desk: Desk

    @property
    def host(self) -> str:
        return self.url.split("/")[2]

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def asked(self, method: str, path: str, headers: dict[str, str | None], body: bytes | None = None) -> Answer:
        """One request exactly as it is given: no path is tidied up. A header that is None is left out."""
        connection = http.client.HTTPConnection(self.host)
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": self.host, "Content-Length": str(len(body or b"")), **headers}.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        try:
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


class Visitor(NamedTuple):
    """A browser that has come in."""

    page: Running
    cookie: str

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.page.asked("GET", path, {"Cookie": self.cookie, **headers})

    def post(self, path: str, body: bytes | dict = b"", **headers: str | None) -> Answer:
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        return self.page.asked("POST", path, {"Cookie": self.cookie, "Origin": self.page.origin, **headers}, content)


def started(desk: Desk, *words: str) -> Running:
    """Starts a page as the starter of a desk does. It answers when this returns."""
    return answering([sys.executable, "-m", "processor", "page", "--home", str(desk.home), "--json", *words], desk)


def started_for_all(root: Path, *words: str) -> Running:
    """Starts the page of all desks below a folder."""
    return answering([sys.executable, "-m", "processor", "page", "--every", str(root), "--json", *words], Desk(root))


def answering(command: list[str], desk: Desk) -> Running:
    """Starts a page by that command, which prints its address as `page --json` does."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    line = json.loads(process.stdout.readline())
    assert line["type"] == "page", line
    return Running(process, line["url"], desk)


def come_in(page: Running, url: str | None = None) -> Visitor:
    answer = page.asked("GET", (url or page.url).removeprefix(page.origin), {})
    assert answer.status == 303, answer
    return Visitor(page, answer.headers["Set-Cookie"].split(";")[0])


def another_address(page: Running) -> str:
    """Another first address of a page, as a second start gets it (`test_one_page.py` makes such starts)."""
    return one_page.address_of_the_other(page.desk.outbox)


def stays(page: Running) -> None:
    """Somebody has it open in the background, so that it does not end while other tests take their time."""
    come_in(page, another_address(page)).post("/api/alive", {"tab": "in the background", "hidden": True})


def ended(page: Running) -> int:
    """Ends it; returns its exit code. Windows asks no program to end but kills it, and the code is that of a death."""
    page.process.terminate()
    page.process.communicate()
    return 0 if sys.platform == "win32" else page.process.returncode


def _exec_words(entry: str) -> list[str]:
    """The words of Exec as the Desktop Entry Specification reads them: escapes of the text, then quotes, then %%."""
    (line,) = [line.removeprefix("Exec=") for line in entry.splitlines() if line.startswith("Exec=")]
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', line.replace("\\\\", "\\"))
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]


def starter_command(system: str, entry: str, desk: Path) -> list[str]:
    """The words that a double click on that starter runs."""
    if system == "linux":
        return _exec_words(entry)
    (desk / "시작.command").write_text(entry, "utf-8")
    return ["/bin/sh", str(desk / "시작.command")]
