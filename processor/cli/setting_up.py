"""The commands that set something up: a new desk, a demo desk, a form to fill in."""

from __future__ import annotations

from pathlib import Path

from processor import app
from processor.app.desk import Desk
from processor.cli import clock
from processor.cli.deciding import run_desk
from processor.cli.terminal import Terminal
from processor.model import Text
from processor.opener.passwords import Passwords


def demo(terminal: Terminal, directory: Path, as_of: str | None, quiet: bool) -> None:
    moment = clock.moment(as_of)
    made = app.demo_desk(directory, moment)
    if not (quiet or terminal.as_json):
        invented = Text(
            f"지어낸 파일 {len(made.files)}개를 {made.desk.inbox}에 넣었습니다 (비밀번호 {made.password}):",
            f"Put {len(made.files)} invented files into {made.desk.inbox} (password {made.password}):",
        )
        terminal.tell([invented, *(f"  {name}" for name in made.files), ""])
    run_desk(terminal, made.desk, moment.isoformat(), Passwords([made.password]), quiet=quiet)


def template(terminal: Terminal, home: Path) -> None:
    path = app.template(Desk(home), terminal.lang)
    terminal.tell([Text(f"양식을 만들었습니다: {path}", f"Wrote the form: {path}")])


def init(terminal: Terminal, directory: Path) -> None:
    desk = app.new_desk(directory)
    terminal.tell(
        [
            Text(f"작업 폴더를 만들었습니다: {directory}", f"Made a desk: {directory}"),
            Text(
                f"받은 파일을 {desk.inbox}에 넣고 `python -m processor run --home {directory}`를 실행하세요.",
                f"Drop your exports into {desk.inbox} and run `python -m processor run --home {directory}`.",
            ),
        ]
    )
