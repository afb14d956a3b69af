"""The secrets of one server: all are made when it starts, and are worth nothing when it has ended."""

from __future__ import annotations

import secrets
from typing import Final

HOST: Final = "127.0.0.1"
ANOTHER: Final = "/another"
"""Where a second start asks for another address of a page that is served here."""
KEY_HEADER: Final = "x-page-key"


class Keys:
    """`visitor`: the cookie's value.

    The cookie's name has the port in it, because browsers send cookies to every port of a computer.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"{HOST}:{port}"
        self.cookie = f"desk_{port}"
        self.visitor = secrets.token_urlsafe(32)
        self._tickets: dict[str, str] = {}
        self._pages: dict[str, str] = {}

    def address(self, page: str = "/") -> str:
        """An address that opens a page once. `page`: its path."""
        ticket = secrets.token_urlsafe(32)
        self._tickets[ticket] = page
        return f"http://{self.host}/?token={ticket}"

    def admitted(self, ticket: str) -> str | None:
        """The path of the page that the ticket opens; None: it is not good. It is good once."""
        return self._tickets.pop(ticket, None)

    def key_of(self, page: str = "/") -> str:
        """The key by which a second start proves that its user may open the page at that path."""
        return self._pages.setdefault(page, secrets.token_urlsafe(32))

    def page_of(self, key: str) -> str | None:
        """The path of the page whose key that is."""
        return next(
            (page for page, its in self._pages.items() if secrets.compare_digest(key.encode(), its.encode())), None
        )

    def is_visitor(self, cookie: str) -> bool:
        return secrets.compare_digest(cookie.encode(), self.visitor.encode())
