"""Which versions of a library a change of ours has been tried with; any other version is used as it is."""

from __future__ import annotations

from importlib import metadata
from typing import NamedTuple


class Tried(NamedTuple):
    """The versions of a package from `first` up to, and without, `below`; only the numbers of a version count."""

    package: str
    first: tuple[int, ...]
    below: tuple[int, ...]

    def holds(self, version: str | None = None) -> bool:
        """Is that version, or without one the version that is installed, among those tried? One without a number is not."""
        numbers = _numbers(metadata.version(self.package) if version is None else version)
        return self.first <= numbers < self.below


def _numbers(version: str) -> tuple[int, ...]:
    """`3.2.10` → (3, 2, 10). A part with letters, as in `3.3rc1`, ends it: a first edition counts as the version before."""
    found: list[int] = []
    for part in version.split("."):
        if not part.isdecimal():
            break
        found.append(int(part))
    return tuple(found)
