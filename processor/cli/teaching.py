"""The command that teaches a desk what has changed in an export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from processor import app
from processor.app.desk import Desk
from processor.app.errors import WrongUse
from processor.cli import clock
from processor.cli.passwords import YES, Keyring, every_password, offering_to_keep, somebody_is_there
from processor.cli.terminal import Terminal
from processor.model import Text, josa

if TYPE_CHECKING:
    from datetime import datetime

    from processor.app.teaching import Question, Taught, Teachable
    from processor.opener.passwords import Passwords

_SHOWN: Final = 5


def teach(
    terminal: Terminal,
    file: Path,
    column: tuple[str, ...],
    label: tuple[str, ...],
    yes: bool,
    home: Path,
    as_of: str | None,
    password_file: Path | None,
) -> None:
    desk, moment = Desk(home), clock.moment(as_of)
    keyring = Keyring(terminal, desk)
    passwords = every_password(terminal, keyring, password_file, ask=not terminal.as_json)
    columns, labels = _pairs(column, "--column"), _pairs(label, "--label")
    with offering_to_keep(terminal, keyring, passwords):
        if columns or labels:
            done = app.teach(desk, file, columns, labels, moment, passwords, write=yes)
            _tell(terminal, done)
            terminal.end(0 if done.written else 1)
        found = app.teachable(desk, file, passwords)
        if terminal.as_json:
            terminal.answer([terminal.json_line(found.values(terminal.lang))])
        elif found.questions and somebody_is_there():
            _ask(terminal, desk, file, found, moment, passwords)
        else:
            terminal.answer([*found.lines(), *_how(file, found)])
        terminal.end(1 if found.unknown else 0)


def _ask(terminal: Terminal, desk: Desk, file: Path, found: Teachable, moment: datetime, passwords: Passwords) -> None:
    """Asks about each unknown column and label, shows what the answers would change, and writes them after a yes."""
    columns: list[tuple[str, str]] = []
    labels: list[tuple[str, str]] = []
    for question in found.questions:
        if known := _answer(terminal, question):
            (labels if question.of_label else columns).append((question.new, known))
    if columns or labels:
        terminal.tell(app.teach(desk, file, columns, labels, moment, passwords, write=False).lines(terminal.lang))
        if terminal.ask(_SURE).casefold() in YES:
            terminal.tell(app.teach(desk, file, columns, labels, moment, passwords, write=True).ending)
            terminal.end(0)
    terminal.tell([_NOTHING])


def _tell(terminal: Terminal, done: Taught) -> None:
    values = done.values(terminal.lang)
    terminal.tell([terminal.json_line(values)] if terminal.as_json else [*done.lines(terminal.lang), *done.ending])


def _pairs(written: Iterable[str], option: str) -> list[tuple[str, str]]:
    """Raises WrongUse if one has no `=`, or nothing on one of its sides."""
    pairs = []
    for each in written:
        new, _, known = each.rpartition("=")
        if not (new.strip() and known.strip()):
            quoted = f"{option} '{each}'"
            raise WrongUse(
                Text(
                    f"{josa(quoted, '은/는')} '파일에 있는 말=아는 말'이 아닙니다, 예: {option} '새 주문번호=주문번호'",
                    f"{quoted} is no NEW=KNOWN, as in {option} '새 주문번호=주문번호'.",
                )
            )
        pairs.append((new, known))
    return pairs


def _answer(terminal: Terminal, question: Question) -> str:
    """The known name that a person chooses by its number or types; "" if none."""
    terminal.tell([*question.lines, *question.choices[:_SHOWN]])
    typed = terminal.ask(_WHICH)
    if typed.isdecimal() and 0 < int(typed) <= len(question.answers):
        return question.answers[int(typed) - 1]
    return typed


def _how(file: Path, found: Teachable) -> Iterable[Text]:
    """How the first unknown column and label are taught by arguments."""
    for of_label, option in ((False, "--column"), (True, "--label")):
        first = next((each for each in found.questions if each.of_label is of_label and each.answers), None)
        if first is not None:
            line = f'python -m processor teach "{file}" {option} "{first.new}={first.answers[0]}"'
            yield Text(
                f"맞으면 이렇게 해 보고, --yes를 붙여 적으세요: {line}",
                f"If that is right, try it like this, and add --yes to write it: {line}",
            )


_WHICH: Final = Text(
    "  맞는 번호나 이름을 적으세요 (모르거나 맞는 것이 없으면 그냥 Enter):",
    "  Type the number or the name that is right (Enter if none is, or you don't know):",
)
_SURE: Final = Text("이대로 rules.yaml에 적을까요? (y/N)", "Write this to rules.yaml? (y/N)")
_NOTHING: Final = Text("아무것도 적지 않았습니다.", "Nothing was written.")
