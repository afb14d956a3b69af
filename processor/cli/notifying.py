"""Notices on the desktop, if the package desktop-notifier is installed: `pip install 'smartstore-claim-desk[notify]'`."""

from __future__ import annotations

import threading
from contextlib import suppress


def notify(title: str, text: str) -> None:
    """Shows a notice if this computer can. Nobody waits for it, and nothing is said if it cannot be shown."""
    threading.Thread(target=_show, args=(title, text), daemon=True).start()


def _show(title: str, text: str) -> None:
    with suppress(Exception):  # of the package, of what it needs, or of a desktop that takes no notices
        from desktop_notifier.sync import DesktopNotifierSync

        DesktopNotifierSync(app_name=title).send(title=title, message=text)
