"""The commands that set something up: a new desk, a demo desk, a form to fill in, the shop's settings."""

from __future__ import annotations

import sys
from pathlib import Path

from processor import app
from processor.app import starters
from processor.app.desk import Desk
from processor.app.errors import WrongUse
from processor.cli import clock
from processor.cli.as_typed import quoted
from processor.cli.deciding import run_desk
from processor.cli.terminal import Terminal
from processor.model import Text, josa
from processor.opener.passwords import Passwords


def demo(terminal: Terminal, directory: Path, as_of: str | None, quiet: bool) -> None:
    moment = clock.moment(as_of)
    made = app.demo_desk(directory, moment)
    terminal.home = directory
    if not (quiet or terminal.as_json):
        invented = Text(
            f"연습용 파일 {len(made.files)}개를 {made.desk.inbox}에 넣었습니다 (비밀번호 {made.password}):",
            f"Put {len(made.files)} invented files into {made.desk.inbox} (password {made.password}):",
        )
        terminal.tell([invented, *(f"  {name}" for name in made.files), ""])
    run_desk(terminal, made.desk, moment.isoformat(), Passwords([made.password]), quiet=quiet)


def template(terminal: Terminal, home: Path) -> None:
    desk = Desk(home)
    path = app.template(desk, terminal.lang)
    terminal.tell(
        [
            Text(f"양식을 만들었습니다: {path}", f"Wrote the form: {path}"),
            Text(
                f"적어 넣고 저장한 뒤 {desk.inbox}에 넣고 이렇게 실행하세요: {_run(home)}",
                f"Fill it in, save it, drop it into {desk.inbox} and run: {_run(home)}",
            ),
        ]
    )


def init(terminal: Terminal, directory: Path) -> None:
    desk = app.new_desk(directory)
    terminal.tell(
        [
            Text(f"작업 폴더를 만들었습니다: {directory}", f"Made a desk: {directory}"),
            Text(
                f"그 폴더의 {starters.name(starters.ONE, sys.platform)} 파일을 두 번 누르면 브라우저에서 열립니다.",
                f"A double click on {starters.name(starters.ONE, sys.platform)} in it opens the desk in your browser.",
            ),
            Text(
                f"받은 파일을 {desk.inbox}에 넣고 이렇게 실행하세요: {_run(directory)}",
                f"Drop your exports into {desk.inbox} and run: {_run(directory)}",
            ),
        ]
    )


def set_(terminal: Terminal, settings: tuple[str, ...], home: Path) -> None:
    if not settings:
        found = app.settings(Desk(home))
        terminal.answer([terminal.json_line(found.values(terminal.lang))] if terminal.as_json else found.lines())
        return
    pairs = [tuple(map(str.strip, written.partition("=")[::2])) for written in settings]
    if wrong := [written for written, (name, _) in zip(settings, pairs, strict=True) if "=" not in written or not name]:
        raise WrongUse(*map(_no_pair, wrong))
    done = app.change_settings(Desk(home), [(name, value) for name, value in pairs])
    terminal.tell([terminal.json_line(done.values(terminal.lang))] if terminal.as_json else done.lines())


def _no_pair(written: str) -> Text:
    quoted = f"'{written}'"
    return Text(
        f"{josa(quoted, '은/는')} '설정=값'이 아닙니다. 빈칸이나 쉼표가 있으면 \"today_cutoff=오후 2시\"처럼 따옴표로 감싸세요.",
        f'{quoted} is no KEY=VALUE. Quote what has a blank or a comma in it, like "today_cutoff=2 PM".',
    )


def _run(home: Path) -> str:
    """The command that runs that desk."""
    return "python -m processor run" if home == Path() else f"python -m processor run --home {quoted(home)}"
