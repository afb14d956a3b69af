"""All commands with their options and help, and the function `main` that runs them.

Exit codes: 0 done, nothing needs you beyond the actions · 1 done, but some rows or files need you · 2 nothing done:
wrong usage or rules.yaml · 3 could not finish (disk, permission, file open in Excel, an unknown password; stopped by
Ctrl-C or by the system; a fault of this program): nothing was lost.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from processor.app import Desk, Refused, could_not_finish
from processor.app.errors import WrongUse
from processor.cli import asking, browsing, deciding, ends, every, setting_up, teaching, watching
from processor.cli.options import (
    A_NEW_FOLDER,
    AGAINST,
    AS_JSON,
    AS_OF,
    BEFORE,
    CATCHUP,
    CHANGES,
    CLOCK_IS_RIGHT,
    COLUMN,
    DASK,
    DEMO_FOLDER,
    DOWNLOADS,
    DRY_RUN,
    EVERY,
    EVERY_PAGE,
    EVERYTHING,
    FACTS,
    FILES,
    FOR_DESK,
    FOR_GOOD,
    FORGETTING,
    HOME,
    JOBS,
    LABEL,
    LANG,
    NEW_RULES,
    NO_BROWSER,
    ONLY,
    PASSWORD_FILE,
    PORT,
    QUIET,
    REMIND,
    ROOT,
    RULES,
    RUN,
    RUN_OR_ORDER,
    SCHEMA,
    SECONDS,
    SETTINGS,
    SINCE,
    SWAPPED,
    TAUGHT_FILE,
    WHAT,
    WRITE_DOWN,
    Parameter,
)
from processor.cli.passwords import password
from processor.cli.start import READABLE, missing
from processor.cli.terminal import Terminal
from processor.cli.usage import no_command, see_help, wrong_usage
from processor.model import Text

_NO_KOREAN_NAMES: Final = Text(
    "이 컴퓨터의 언어 설정(LC_ALL 등)에서는 한글 이름의 파일을 만들 수 없어 끝내지 못했습니다. 환경 변수 PYTHONUTF8=1을 켜고 다시 "
    "실행하세요. 잃어버린 파일은 없습니다.",
    "Could not finish: with this computer's locale (LC_ALL and the like) no file can have a Korean name. Set the environment "
    "variable PYTHONUTF8=1 and run again. No file was lost.",
)


_NO_MEMORY: Final = Text(
    "이 컴퓨터의 메모리가 모자라 끝내지 못했습니다. 다른 프로그램을 닫고 다시 실행하세요. 잃어버린 파일은 없습니다.",
    "Could not finish: this computer has too little memory left. Close other programs and run again. No file was lost.",
)


class Command(NamedTuple):
    carry_out: Callable[..., None]  # called with the terminal, and with each parameter by name
    purpose: Text
    parameters: tuple[Parameter, ...]


COMMANDS: Final = {  # in the order of --help
    "run": Command(
        deciding.run,
        Text(
            "inbox의 새 파일을 처리해 outbox에 처리목록을 만듭니다.",
            "Decide what lies in inbox and write the workbook to outbox.",
        ),
        (HOME, EVERY, JOBS, DASK, AS_OF, PASSWORD_FILE, DRY_RUN, CATCHUP, CLOCK_IS_RIGHT, AS_JSON, QUIET, LANG),
    ),
    "page": Command(
        browsing.page,
        Text(
            "작업 폴더를 브라우저에서 엽니다. 파일 넣기부터 처리까지 모두 화면에서 합니다.",
            "Open the desk in the browser, and do it all there.",
        ),
        (HOME, EVERY_PAGE, PORT, NO_BROWSER, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "watch": Command(
        watching.watch,
        Text(
            "inbox를 지켜보다가 새 파일이 들어오면 처리합니다. Ctrl-C를 누르면 끝납니다.",
            "Watch inbox and handle what arrives there, until you press Ctrl-C.",
        ),
        (HOME, SECONDS, DOWNLOADS, REMIND, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "decide": Command(
        deciding.decide,
        Text(
            "파일만 읽고 판단을 한 줄에 하나씩 JSON으로 보여 줍니다. 아무것도 바꾸지 않습니다.",
            "Read the named files and print decisions as JSON lines. Touches nothing.",
        ),
        (FILES, RULES, AS_OF, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "explain": Command(
        deciding.explain,
        Text(
            "한 주문을 왜 그렇게 처리하는지 설명합니다. 아무것도 바꾸지 않습니다.",
            "Tell why one order is handled as it is. Touches nothing.",
        ),
        (WHAT, FACTS, RUN, HOME, AS_OF, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "replay": Command(
        deciding.replay,
        Text(
            "지난 처리를 그때의 규칙과 기록으로 다시 판단해, 그때와 같은지 봅니다. 아무것도 바꾸지 않습니다.",
            "Decide a past run once more by the rules and memory of then, and compare. Touches nothing.",
        ),
        (RUN_OR_ORDER, HOME, AS_JSON, LANG),
    ),
    "impact": Command(
        deciding.impact,
        Text(
            "rules.yaml을 바꾸면 지난 처리에서 무엇이 달라졌을지 보여 줍니다. 지난 처리는 바꾸지 않습니다.",
            "Tell what other rules would have decided on past runs. Changes none of them.",
        ),
        (NEW_RULES, AGAINST, SINCE, HOME, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "upgrade": Command(
        deciding.upgrade,
        Text(
            "rules.yaml을 가장 새 기본 규칙으로 옮깁니다. --yes가 없으면 무엇이 달라지는지만 봅니다.",
            "Put rules.yaml on the newest default rules. Without --yes it only tells.",
        ),
        (HOME, SWAPPED, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "status": Command(
        asking.status,
        Text(
            "아직 기다리는 일을 급한 것부터 보여 줍니다: 누구를, 언제부터, 언제까지.",
            "Tell what still waits, the next deadline first: for whom, since when, until when.",
        ),
        (HOME, AS_OF, EVERYTHING, AS_JSON, LANG),
    ),
    "desks": Command(
        every.desks,
        Text(
            "이 폴더 아래의 모든 가게에서 기다리는 일을 급한 가게부터 보여 줍니다.",
            "Tell what waits at each desk below a folder, the most urgent first.",
        ),
        (ROOT, AS_OF, AS_JSON, LANG),
    ),
    "forget": Command(
        asking.forget,
        Text(
            "오래된 기록과 done 폴더의 원본을 지웁니다. --yes가 없으면 무엇을 지울지만 봅니다.",
            "Remove old records and inputs in done. Without --yes it only tells.",
        ),
        (BEFORE, HOME, FOR_GOOD, AS_JSON, LANG),
    ),
    "check": Command(
        asking.check,
        Text(
            "rules.yaml을 검사합니다. 고친 뒤에는 꼭 하세요.",
            "Check rules.yaml: shape, words, order of rows, examples.",
        ),
        (HOME, AS_OF, AS_JSON, QUIET, LANG),
    ),
    "rules": Command(
        asking.rules,
        Text(
            "지금 쓰는 규칙을 문장으로 보여 줍니다. 줄 번호나 부분(store, fees 등)을 적으면 그것만 보여 줍니다.",
            "Print the rules in force as sentences: all, or only the rows and sections (store, fees …) that are named.",
        ),
        (ONLY, CHANGES, HOME, AS_OF, AS_JSON, LANG),
    ),
    "set": Command(
        setting_up.set_,
        Text(
            "가게 설정을 바꿉니다, 예: set return_fee=3,000원. 아무것도 안 적으면 지금 설정을 보여 줍니다.",
            "Change the shop's settings, e.g. set return_fee=3,000원. Without any, tell how they are.",
        ),
        (SETTINGS, HOME, AS_JSON, LANG),
    ),
    "teach": Command(
        teaching.teach,
        Text(
            "바뀐 열 이름이나 새 상태를 가르칩니다. 예라고 해야 rules.yaml에 적습니다.",
            "Teach a column's new name or a new state. Written only after a yes.",
        ),
        (TAUGHT_FILE, COLUMN, LABEL, WRITE_DOWN, HOME, AS_OF, PASSWORD_FILE, AS_JSON, LANG),
    ),
    "words": Command(
        asking.words,
        Text(
            "규칙에 쓸 수 있는 항목과 그 값, 뜻, 나오는 곳을 보여 줍니다.",
            "Print the words that rules may use: values, meaning, where each comes from.",
        ),
        (HOME, AS_JSON, SCHEMA, LANG),
    ),
    "demo": Command(
        setting_up.demo,
        Text(
            "연습용 주문으로 작업 폴더를 만들어 한 번 실행해 봅니다.", "Make a desk of invented orders and run it once."
        ),
        (DEMO_FOLDER, AS_OF, AS_JSON, QUIET, LANG),
    ),
    "template": Command(
        setting_up.template,
        Text(
            "출고상태·구매자동의와 품절상품을 적어 넣을 빈 양식을 만듭니다.",
            "Write an empty form for your answers and sold-out products.",
        ),
        (HOME, LANG),
    ),
    "init": Command(
        setting_up.init,
        Text(
            "새 작업 폴더를 만듭니다 (rules.yaml, inbox, outbox, 시작 파일).",
            "Make a new desk: rules.yaml, inbox, outbox, and a file that opens its page.",
        ),
        (A_NEW_FOLDER, LANG),
    ),
    "password": Command(
        password,
        Text(
            "엑셀 비밀번호를 컴퓨터의 안전한 보관함에 저장합니다.",
            "Keep a workbook password in the operating system's keyring.",
        ),
        (FORGETTING, FOR_DESK, LANG),
    ),
}


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of `COMMANDS`; click would sort them by name."""
        return [*self.commands]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Raises WrongUse with the nearest one if there is none of that name."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise WrongUse(no_command(args[0], self), see_help(ctx))
        return super().resolve_command(ctx, args)


def group(terminal: Terminal) -> click.Group:
    """The command line of click, in the terminal's language."""
    whole = _InOrder(
        "processor",
        no_args_is_help=True,
        help=terminal.said("스마트스토어 취소·반품 처리 도우미", "The claim desk of a Naver Smart Store"),
        params=[LANG.made(terminal.lang), _help(terminal)],  # --lang may also stand before the command
        add_help_option=False,
    )
    for name, command in COMMANDS.items():
        whole.add_command(
            click.Command(
                name,
                callback=partial(_carry_out, terminal, command),
                help=command.purpose.said(terminal.lang),
                params=[*(parameter.made(terminal.lang) for parameter in command.parameters), _help(terminal)],
                add_help_option=False,
            )
        )
    return whole


def _help(terminal: Terminal) -> click.Option:
    """The option --help. That of click prints by itself, and fails where nobody listens."""

    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            terminal.answer(context.get_help().split("\n"))
            context.exit()

    return click.Option(
        ["--help"], is_flag=True, is_eager=True, expose_value=False, help="Show this message and exit.", callback=show
    )


_AT_A_DESK: Final = {name for name, command in COMMANDS.items() if HOME in command.parameters} - {"password"}
"""The commands for which --home names the desk that they are about; with `password` it is another list of passwords."""


def _carry_out(terminal: Terminal, command: Command, **given: Any) -> None:  # noqa: ANN401 - as click parsed them
    home = given.get("home")
    if home is not None:
        terminal.outbox = Desk(home).outbox
    if home not in (None, Path()):
        terminal.home = home
    command.carry_out(terminal, **given)


def main(typed: Sequence[str] | None = None) -> int:
    """Runs what was typed and returns the exit code. Every end has a sentence.

    A message that cannot be printed does not turn a finished run into a failure.
    """
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - a program started without a terminal has none
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115 - both stay open to the end
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors=READABLE)  # type: ignore[union-attr]  # a terminal's streams can
    terminal = Terminal([*(sys.argv[1:] if typed is None else typed)])
    terminal.at_a_desk = _AT_A_DESK
    try:
        return _carried_out(terminal)
    except BaseException as error:  # noqa: BLE001 - every end has its sentence
        return _ended_by(error, terminal)


def _carried_out(terminal: Terminal) -> int:
    """Not by click's own `main`: that takes a broken pipe for a failure, and prints by itself."""
    try:
        with group(terminal).make_context("python -m processor", [*terminal.typed]) as context:
            context.command.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return 0


def _ended_by(error: BaseException, terminal: Terminal) -> int:
    """Says why the command ends here. Returns the exit code."""
    if (asked := ends.asked()) is not None or isinstance(error, KeyboardInterrupt):
        _, ko, en = asked or ends.BY_HAND
        return terminal.complain(ends.CODE, "stopped", Text(ko, en))
    match error:
        case Refused():
            return terminal.refused(error)
        case click.ClickException():
            return terminal.complain(2, "usage", *wrong_usage(error, terminal.typed, group(terminal)))
        case ImportError():
            with suppress(ImportError):  # raised again if the fault is our own
                return terminal.complain(3, "package_missing", *map(Text._make, missing(error).lines))
        case OSError():
            return terminal.complain(3, "could_not_finish", could_not_finish(error))
        case UnicodeEncodeError() if sys.getfilesystemencoding() != "utf-8":
            return terminal.complain(3, "could_not_finish", _NO_KOREAN_NAMES)
        case MemoryError():
            return terminal.complain(3, "could_not_finish", _NO_MEMORY)
    from processor.app import fault

    command = next((word for word in terminal.typed if word in COMMANDS), "")
    written = fault.write_diagnosis(error, command, terminal.outbox)
    return terminal.complain(ends.CODE, ends.FAULT.name, fault.sentence(error, written))
