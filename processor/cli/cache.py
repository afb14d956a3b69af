"""Where the program keeps for its user what may be lost."""

from __future__ import annotations

from pathlib import Path


def proof_marks() -> Path | None:
    """The user's folder for what may be lost, where the marks of proved rules are kept; None if there is none."""
    from platformdirs import user_cache_path

    folder = user_cache_path("smartstore-claim-desk", appauthor=False)
    return folder if folder.is_absolute() else None
