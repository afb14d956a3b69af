"""Names the versions of a library that a change of ours was tested with.

Any other version is used without the change.
"""

from __future__ import annotations

from importlib import metadata
from typing import NamedTuple


class Tried(NamedTuple):
    """The versions of a package from `first` on and before `below`. Only the numbers in a version are compared."""

    package: str
    first: tuple[int, ...]
    below: tuple[int, ...]

    def holds(self, version: str | None = None) -> bool:
        """Was this version (None = the installed one) tested? A version without a number was not."""
        numbers = _numbers(metadata.version(self.package) if version is None else version)
        return self.first <= numbers < self.below


def _numbers(version: str) -> tuple[int, ...]:
    """`3.2.10` → (3, 2, 10). Stops at a part with letters: `3.3rc1` counts as `3`, a version before 3.3."""
    found: list[int] = []
    for part in version.split("."):
        if not part.isdecimal():
            break
        found.append(int(part))
    return tuple(found)
