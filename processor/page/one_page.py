"""One desk, one page: a second start opens the first one's. A folder of desks has one page too.

The page holds `outbox/.page.lock` (that of all desks the same file in their folder), which only its user can read, and writes into it where it listens and the key by which
a second start may ask for another address. The key opens nothing by itself and is good at this computer only, so a copy of
the file in a synchronised folder is worth nothing. The operating system lets go of the file when the page is killed.
"""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import disk
from processor.page.errors import PageElsewhere
from processor.page.keys import ANOTHER, HOST, KEY_HEADER

_NAME: Final = ".page.lock"
_LONGEST: Final = 4096  # bytes of that file
_TRIES, _PAUSE = 50, 0.1  # while the other page is just starting: five seconds
_PATIENCE: Final = 5.0  # seconds in which it must answer


class Opened(NamedTuple):
    """The address of the page, good for one visit. `already`: it had been started before."""

    url: str
    already: bool


@contextmanager
def alone(folder: Path, port: int, key: str) -> Iterator[None]:
    """Makes the page the folder's one: the outbox of a desk, or a folder of desks.

    `key`: that by which a second start asks at the port for another address. Raises disk.Held if the folder has another
    page, and OSError.
    """
    disk.folder(folder)
    told = {"computer": socket.gethostname(), "port": port, "key": key}
    with disk.held(folder / _NAME, json.dumps(told).encode()):
        yield


def address_of_the_other(folder: Path) -> str:
    """Another address of the page that the folder has already. Raises PageElsewhere."""
    told: dict[str, Any] = {}
    for _ in range(_TRIES):
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, http.client.HTTPException):
            told = json.loads(disk.read(folder / _NAME, _LONGEST))
            if told["computer"] != socket.gethostname():
                raise PageElsewhere(told["computer"])
            return _asked(int(told["port"]), str(told["key"]))
        time.sleep(_PAUSE)
    raise PageElsewhere(None)


def _asked(port: int, key: str) -> str:
    connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
    try:
        connection.request("POST", ANOTHER, headers={KEY_HEADER: key, "Origin": f"http://{HOST}:{port}"})
        url = str(json.loads(connection.getresponse().read(_LONGEST))["url"])
        if not url.startswith(f"http://{HOST}:{port}/"):
            raise ValueError("not an address of the page")
        return url
    finally:
        connection.close()
