"""The passwords of encrypted exports, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache


class Passwords:
    """Given passwords, then those in the keyring (looked up once, when needed), then typed ones. None is ever shown.

    A password that opened a file is tried first for the next file. `ask` asks a person for the password of a file; its
    second argument is True if the last typed password was wrong.
    """

    def __init__(
        self,
        given: Sequence[str] = (),
        kept: Callable[[], Sequence[str]] = tuple,
        ask: Callable[[str, bool], str | None] | None = None,
    ) -> None:
        self._known = [password for password in dict.fromkeys(given) if password]
        self._kept = cache(kept)
        self._ask = ask
        self._opened: dict[str, str] = {}
        self.learned: list[str] = []  # typed passwords that opened a file

    def __repr__(self) -> str:
        return f"Passwords({len(self._known)} known)"

    def candidates(self, file: str) -> Iterator[str]:
        """Gives each known password once, then typed ones until the person stops."""
        yield from self._without_asking()
        again = False
        while self._ask is not None and (typed := self._ask(file, again)):
            again = True
            yield typed

    def worked(self, file: str, password: str) -> None:
        if password not in self._without_asking():
            self.learned.append(password)
        self._known = [password, *(other for other in self._known if other != password)]
        self._opened[file] = password

    def likeliest(self) -> str | None:
        """The password that opened a file last, else the first known one; None if there is none."""
        return next(self._without_asking(), None)

    def _without_asking(self) -> Iterator[str]:
        yield from tuple(self._known)
        yield from (password for password in self._kept() if password not in self._known)

    def that_opened(self, file: str) -> str | None:
        """The password that opened this file, to lock its correction copy again; None if the file was not locked."""
        return self._opened.get(file)
