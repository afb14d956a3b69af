"""The folders of the user himself, outside every desk, as the system names them."""

from __future__ import annotations

from pathlib import Path


def proof_marks() -> Path | None:
    """The user's folder for what may be lost, where the marks of proved rules are kept; None if there is none."""
    from platformdirs import user_cache_path

    folder = user_cache_path("smartstore-claim-desk", appauthor=False)
    return folder if folder.is_absolute() else None


def choices_folder() -> Path | None:
    """The user's folder for what he has chosen; None if there is none."""
    from platformdirs import user_config_path

    folder = user_config_path("smartstore-claim-desk", appauthor=False)
    return folder if folder.is_absolute() else None


def downloads_folder() -> Path:
    """Where browsers put what the user downloads, as the system says."""
    from platformdirs import user_downloads_path

    return user_downloads_path()
