"""The desk in the browser: a server on this computer alone, for the one person who works at the desk.

It decides nothing: each request is a function of `app`, carried out by a process that keeps the engine warm, and leaves
the same files and records as the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from processor.page.given import Given, GivenOfAll

if TYPE_CHECKING:
    from processor.page.one_page import Opened

__all__ = ["Given", "GivenOfAll", "open_all", "open_page"]


def open_page(given: Given, port: int, answers: Callable[[Opened], None]) -> None:
    """Serves the page of a desk until it is ended: by a signal, or by itself some minutes after the last tab has gone.

    `port`: 0 = a free one. `answers` is called once the page answers. If the desk has a page already, `answers` is
    called with a new address of that one, and this returns. Raises NoDesk, PortTaken, PageElsewhere and OSError.
    """
    from processor.page import serving

    serving.serve(given, port, answers)


def open_all(given: GivenOfAll, port: int, answers: Callable[[Opened], None]) -> None:
    """Serves the page of all desks below a folder, and from it that of each, until it is ended as `open_page` says.

    If the folder has such a page already, `answers` is called with a new address of that one, and this returns.
    Raises NoDesks, PortTaken, PageElsewhere and OSError.
    """
    from processor.page import serving

    serving.serve_all(given, port, answers)
