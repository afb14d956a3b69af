"""Arguments in, words and exit code out: every command, and the one way in. Heavy imports wait inside the commands.

Exit codes: 0 done, nothing needs you beyond the actions · 1 done, but some rows or files need you · 2 nothing done:
wrong usage or rules.yaml · 3 could not finish (disk, permission, file open in Excel, Ctrl-C, a password that nobody
tells): nothing was lost.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import click

from processor.cli.decisions import decide, run
from processor.cli.desks import demo, init, template
from processor.cli.errors import NO_KOREAN_NAMES, STOPPED, complain, disk, not_installed, usage
from processor.cli.explain import explain
from processor.cli.language import LANG, said
from processor.cli.memory import forget, status
from processor.cli.options import lang
from processor.cli.passwords import password
from processor.cli.rules import check, words
from processor.model import Text
from processor.opener import process


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """As they are written here, not by the alphabet."""
        return [*self.commands]


@click.group(
    cls=_InOrder,
    no_args_is_help=True,
    help=said("스마트스토어 취소·반품 처리 도우미", "The claim desk of a Naver Smart Store"),
)
@lang  # it may stand before the command too
def app() -> None: ...


_COMMANDS: Final[dict[Callable[..., None], Text]] = {  # in the order of --help
    run: Text(
        "inbox의 새 파일을 처리해 outbox에 처리목록을 만듭니다.",
        "Decide what lies in inbox and write the workbook to outbox.",
    ),
    decide: Text(
        "파일만 읽고 판단을 한 줄에 하나씩 JSON으로 보여 줍니다. 아무것도 건드리지 않습니다.",
        "Read the named files and print decisions as JSON lines. Touches nothing.",
    ),
    explain: Text(
        "한 주문을 왜 그렇게 처리하는지 설명합니다. 아무것도 건드리지 않습니다.",
        "Tell why one order is handled as it is. Touches nothing.",
    ),
    status: Text(
        "아직 기다리는 일을 급한 것부터 보여 줍니다: 누구를, 언제부터, 언제까지.",
        "Tell what still waits, the next deadline first: for whom, since when, until when.",
    ),
    forget: Text(
        "오래된 기록과 done 폴더의 원본을 지웁니다. --yes가 없으면 무엇을 지울지만 봅니다.",
        "Remove old records and inputs in done. Without --yes it only tells.",
    ),
    check: Text(
        "rules.yaml을 검사합니다. 고친 뒤에는 꼭 하세요.", "Check rules.yaml: shape, words, order of rows, examples."
    ),
    words: Text(
        "규칙에 쓸 수 있는 낱말과 그 값, 뜻, 나오는 곳을 보여 줍니다.",
        "Print the words that rules may use: values, meaning, where each comes from.",
    ),
    demo: Text(
        "지어낸 주문으로 작업 폴더를 만들어 한 번 돌려 봅니다.", "Make a desk of invented orders and run it once."
    ),
    template: Text(
        "출고상태·구매자동의와 품절상품을 적어 넣을 빈 양식을 만듭니다.",
        "Write an empty form for your answers and sold-out products.",
    ),
    init: Text("새 작업 폴더를 만듭니다 (rules.yaml, inbox, outbox).", "Make a new desk: rules.yaml, inbox, outbox."),
    password: Text(
        "엑셀 비밀번호를 컴퓨터의 안전한 보관함에 적어 둡니다.",
        "Keep a workbook password in the operating system's keyring.",
    ),
}
for _command, _purpose in _COMMANDS.items():
    app.command(help=_purpose.said(LANG))(_command)


def main() -> NoReturn:
    """The one way in. A command is over soon, and nearly all that it makes it needs to the end.

    So garbage is not sought, which saves a twelfth of a morning, and at the end nothing is taken apart: that saves 0.05 s
    after 10,000 orders.
    """
    gc.disable()
    code = carry_out()
    process.end()
    os._exit(code)


def carry_out() -> int:
    """What was typed: every ending is an exit code with a sentence, and no message turns a finished run into a failure."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - a program started without a terminal has none
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115 - both stay open to the end
    os.umask(0o077)  # whatever is made is for its user alone: it tells of orders
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal's streams can
    try:
        code = app(standalone_mode=False)
        with suppress(BrokenPipeError):  # `--help | head`
            sys.stdout.flush()
    except click.ClickException as error:
        code = complain(2, "usage", usage(error.format_message()))
    except click.Abort:
        code = complain(3, "stopped", STOPPED)
    except ImportError as error:
        code = complain(3, "package_missing", not_installed(error))
    except OSError as error:
        code = complain(3, "could_not_finish", disk(error))
    except UnicodeEncodeError:
        if sys.getfilesystemencoding() == "utf-8":
            raise
        code = complain(3, "could_not_finish", NO_KOREAN_NAMES)
    return code or 0
