"""The commands that set up: a new desk, a demo of one, a form to fill in. What exists is never written over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from processor.cli.clock import moment
from processor.cli.decisions import run_desk
from processor.cli.errors import stop
from processor.cli.language import LANG, said
from processor.cli.options import a_new_folder, as_json, as_of, demo_folder, home, lang, quiet
from processor.cli.rules import checked_rules
from processor.cli.speech import AS_JSON, tell
from processor.model import Text

if TYPE_CHECKING:  # a heavy room; the commands import it when they run
    from processor.app.desk import Desk


@demo_folder
@as_of
@as_json
@quiet
@lang
def demo(directory: Path, as_of: str | None, quiet: bool) -> NoReturn:
    from processor import samples
    from processor.app.desk import Desk
    from processor.app.run import Errand
    from processor.intake import Passwords

    errand = Errand(moment(as_of), Passwords([samples.DEMO_PASSWORD]), LANG)
    desk = Desk(_unused(directory))
    _furnish(desk)
    names = samples.demo_desk(desk.inbox, as_of=errand.as_of)
    if not (quiet or AS_JSON):
        invented = said(
            f"지어낸 파일 {len(names)}개를 {desk.inbox}에 넣었습니다 (비밀번호 {samples.DEMO_PASSWORD}):",
            f"Put {len(names)} invented files into {desk.inbox} (password {samples.DEMO_PASSWORD}):",
        )
        tell([invented, *(f"  {name}" for name in names), ""])
    run_desk(desk, errand, quiet)


@home
@lang
def template(home: Path) -> None:
    from processor import outbox
    from processor.app.desk import Desk

    desk = Desk(home)
    book = checked_rules(desk.rules)
    path = _unused(desk.outbox / said("답변양식.xlsx", "answer_form.xlsx"))
    path.parent.mkdir(parents=True, exist_ok=True)
    outbox.write_template(path, book, LANG)
    tell([said(f"양식을 만들었습니다: {path}", f"Wrote the form: {path}")])


@a_new_folder
@lang
def init(directory: Path) -> None:
    from processor.app.desk import Desk

    desk = Desk(directory)
    if desk.rules.exists():
        left_alone = Text(
            f"{desk.rules}이 이미 있어 그대로 두었습니다.", f"{desk.rules} exists already and was left alone."
        )
        stop(2, "desk_exists", left_alone)
    _furnish(desk)
    tell(
        [
            said(f"작업 폴더를 만들었습니다: {directory}", f"Made a desk: {directory}"),
            said(
                f"받은 파일을 {desk.inbox}에 넣고 `python -m processor run --home {directory}`를 실행하세요.",
                f"Drop your exports into {desk.inbox} and run `python -m processor run --home {directory}`.",
            ),
        ]
    )


def _furnish(desk: Desk) -> None:
    from processor import rulebook

    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True, exist_ok=True)
    desk.rules.write_bytes(rulebook.default_rules().read_bytes())


def _unused(path: Path) -> Path:
    """The path, or with _2, _3 …: nothing that exists is ever written over."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return free
