"""The secrets of one page: all are made when it starts, and are worth nothing when it has ended."""

from __future__ import annotations

import secrets
from typing import Final

HOST: Final = "127.0.0.1"
ANOTHER: Final = "/another"
"""Where a second start asks for another address of this page."""
KEY_HEADER: Final = "x-page-key"


class Keys:
    """`ours`: the key by which a second start proves that its user may open the page. `visitor`: the cookie's value.

    The cookie's name has the port in it, because browsers send cookies to every port of a computer.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"{HOST}:{port}"
        self.cookie = f"desk_{port}"
        self.visitor, self.ours = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._tickets: set[str] = set()

    def address(self) -> str:
        """An address that opens the page once."""
        ticket = secrets.token_urlsafe(32)
        self._tickets.add(ticket)
        return f"http://{self.host}/?token={ticket}"

    def admits(self, ticket: str) -> bool:
        """Is the ticket good? It is good once."""
        if ticket not in self._tickets:
            return False
        self._tickets.remove(ticket)
        return True

    def is_visitor(self, cookie: str) -> bool:
        return secrets.compare_digest(cookie.encode(), self.visitor.encode())

    def is_ours(self, key: str) -> bool:
        return secrets.compare_digest(key.encode(), self.ours.encode())
