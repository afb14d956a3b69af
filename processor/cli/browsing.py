"""The command that opens the desk in the browser."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from processor.app import starters
from processor.app.desk import Desk
from processor.cli import clock
from processor.cli.every import of_no_single_desk
from processor.cli.own_folders import choices_folder, downloads_folder, proof_marks
from processor.cli.passwords import Keyring, every_password
from processor.cli.terminal import Terminal
from processor.model import Text

if TYPE_CHECKING:
    from processor.page.one_page import Opened


def page(
    terminal: Terminal, home: Path, every: Path | None, port: int, no_browser: bool, password_file: Path | None
) -> None:
    from processor.page import Given, GivenOfAll, open_all, open_page

    now, marks = partial(clock.moment, None), proof_marks()
    answers = partial(_answers, terminal, no_browser)

    def at(desk: Desk) -> Given:
        keyring = Keyring(terminal, desk)
        return Given(
            desk=desk,
            lang=terminal.lang,
            now=now,
            passwords=every_password(terminal, keyring, password_file, ask=False),
            keep=lambda password: keyring.keep([password]),
            marks=marks,
            choices=choices_folder(),
            downloads=downloads_folder(),
            show=None if no_browser or terminal.as_json else _show,
        )

    if every is None:
        open_page(at(Desk(home)), port, answers)
        return
    of_no_single_desk(terminal)

    def all_answer(opened: Opened) -> None:
        answers(opened)
        _lay_starter(terminal, every)

    open_all(GivenOfAll(every, terminal.lang, now, marks, at), port, all_answer)


def _answers(terminal: Terminal, no_browser: bool, opened: Opened) -> None:
    if terminal.as_json:
        terminal.tell([terminal.json_line({"type": "page", "url": opened.url})])
        return
    stays = Text("이 창을 닫거나 Ctrl-C를 누르면 끝납니다.", "It ends when you close this window or press Ctrl-C.")
    terminal.tell(
        [
            Text(
                f"브라우저에서 여세요 (한 번만 쓸 수 있는 주소): {opened.url}",
                f"Open this address, which is good once: {opened.url}",
            )
            if no_browser
            else Text("브라우저에서 작업 폴더를 엽니다.", "Opening the desk in your browser."),
            *([] if opened.already else [stays]),
        ]
    )
    if not no_browser:
        opening = threading.Thread(target=_show, args=(opened.url,), daemon=True)
        opening.start()
        if opened.already:  # else the page would wait for a browser that runs in the terminal
            opening.join()


def _lay_starter(terminal: Terminal, root: Path) -> None:
    """Who has found the folder once opens it by a double click from then on. Where none can be written, it goes without."""
    with suppress(OSError):
        starter = starters.lay_starter(root, starters.ALL, sys.platform, sys.executable)
        if starter is not None and not terminal.as_json:
            terminal.tell(
                [
                    Text(
                        f"다음부터는 그 폴더의 {starter.name} 파일을 두 번 누르면 이 화면이 열립니다.",
                        f"From now on a double click on {starter.name} in that folder opens this page.",
                    )
                ]
            )


def _show(url: str) -> None:
    import webbrowser

    webbrowser.open(url)
