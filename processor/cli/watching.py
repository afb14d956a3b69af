"""The command that watches the inbox and handles what arrives there."""

from __future__ import annotations

import gc
import time
from functools import partial
from pathlib import Path

from processor.app.desk import Desk
from processor.app.errors import NoDesk
from processor.cli.passwords import Keyring, every_password
from processor.cli.terminal import Terminal
from processor.model import Text


def watch(
    terminal: Terminal, home: Path, seconds: float, downloads: bool, remind: bool, password_file: Path | None
) -> None:
    from processor.cli.lookout import Lookout

    desk = Desk(home)
    if not desk.rules.exists():
        raise NoDesk(desk.home)
    desk.check_folders()
    passwords = partial(every_password, terminal, Keyring(terminal, desk), password_file, ask=not terminal.as_json)
    lookout = Lookout(terminal, desk, passwords)
    gc.enable()  # a command that soon ends needs none; this one stays all day
    lookout.tell(
        {"type": "watching", "inbox": str(desk.inbox)},
        Text(
            f"{desk.inbox}에 새 파일이 들어오는지 지켜봅니다. 끝내려면 Ctrl-C를 누르세요.",
            f"Watching {desk.inbox} for new files. Press Ctrl-C to end.",
        ),
    )
    while True:
        if downloads:
            lookout.fetch()
        lookout.run()
        if remind:
            lookout.remind()
        time.sleep(seconds)
