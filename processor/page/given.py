"""What the page is given by whoever starts it: it has no clock, no keyring and no folder of the user of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from processor.app import Desk, Passwords


class Given(NamedTuple):
    desk: Desk
    lang: str  # of all that is shown: ko or en
    now: Callable[[], datetime]  # Korean wall time; raises Refused if by that day nothing can be judged
    passwords: Passwords  # known without asking
    keep: Callable[[str], bool]  # puts a password into the keyring; whether it is kept
    marks: Path | None  # as for `app.run`
    choices: Path | None  # the user's folder for what he has chosen
    downloads: Path  # where browsers put what the user downloads
    show: Callable[[str], None] | None = None  # opens an address in the browser; None: that is left to the user
    practice: bool = False  # is it a desk of invented orders beside the seller's own?


class GivenOfAll(NamedTuple):
    """The same for the pages of all desks below a folder."""

    root: Path
    lang: str
    now: Callable[[], datetime]
    marks: Path | None
    at: Callable[[Desk], Given]  # for the page of one of them; raises OSError if its passwords.txt cannot be read
