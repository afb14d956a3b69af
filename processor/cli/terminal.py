"""One call of the program in a terminal: the words that were typed, the language, and all that is printed.

Results go to stdout, for people or as JSON; remarks and complaints to stderr. Every ending is an exit code with a sentence.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

import click

from processor.app.errors import Refused, RulesBroken
from processor.cli.start import language, wants_json
from processor.model import Text

_REPEATED: Final = 3


class Terminal:
    """`typed`: the words behind the program's name."""

    def __init__(self, typed: list[str]) -> None:
        self.typed = typed
        self.lang = language(typed)
        self.as_json = wants_json(typed)

    def said(self, ko: str, en: str) -> str:
        return Text(ko, en).said(self.lang)

    # ── what is said ──

    def json_line(self, value: Mapping[str, Any]) -> str:
        """One line; plain ASCII where the terminal could not show Korean."""
        return json.dumps(value, ensure_ascii=sys.stdout.encoding.lower().replace("-", "") != "utf8")

    def tell(self, lines: Iterable[str | Text]) -> None:
        """What has been done. It stays done, even when a closed pipe or a full disk takes no words."""
        try:
            self._print(lines)
        except OSError:
            _mute()

    def answer(self, lines: Iterable[str | Text]) -> None:
        """What the command was asked for: where the words find no place it has failed, unless the reader has seen enough."""
        try:
            self._print(lines)
        except BrokenPipeError:  # `| head`
            _mute()
            raise click.exceptions.Exit(0) from None

    def remark(self, line: str | Text) -> None:
        """Beside the result: progress and complaints."""
        print(self._worded(line), file=sys.stderr)

    def ask(self, question: Text) -> str:
        """What a person types after the question; "" where nothing comes."""
        print(question.said(self.lang), end=" ", file=sys.stderr, flush=True)
        try:
            return sys.stdin.readline().strip()
        except (KeyboardInterrupt, OSError, UnicodeError):
            print(file=sys.stderr)
            return ""

    def _print(self, lines: Iterable[str | Text]) -> None:
        for line in lines:
            print(self._worded(line))
        sys.stdout.flush()

    def _worded(self, line: str | Text) -> str:
        return line.said(self.lang) if isinstance(line, Text) else line

    # ── how it ends ──

    def end(self, code: int) -> NoReturn:
        raise click.exceptions.Exit(code)

    def stop(self, code: int, name: str, message: Text) -> NoReturn:
        self.end(self.complain(code, name, message))

    def refused(self, error: Refused) -> int:
        """Why nothing was done: 2 where it was asked for wrongly, 3 where it may succeed later."""
        code = 2 if error.wrong_use else 3
        if self.as_json or not isinstance(error, RulesBroken):
            said = {} if isinstance(error, RulesBroken) else {"message": error.message.said(self.lang)}
            return self._complain(code, error.code, said | dict(error.details(self.lang)), error.message)
        for line in self._grouped(error):
            self.remark(line)
        return code

    def complain(self, code: int, name: str, message: Text) -> int:
        """Says why it ends here, and hands the exit code back."""
        return self._complain(code, name, {"message": message.said(self.lang)}, message)

    def _complain(self, code: int, name: str, said: Mapping[str, Any], message: Text) -> int:
        if self.as_json:
            self.tell([self.json_line({"type": "error", "code": name, **said})])
        else:
            self.remark(message)
        return code

    def _grouped(self, error: RulesBroken) -> Iterable[Text]:
        """Line by line; what is said of many places is said a few times, and then where else."""
        places: dict[Text, list[str]] = {}
        for each in error.complaints:
            places.setdefault(each.message, []).append(f"{each.line}:{each.column}")
        for each in error.complaints:
            nth = places[each.message].index(f"{each.line}:{each.column}")
            if nth < _REPEATED:
                place = f"{error.file}:{each.line}:{each.column}: "
                yield Text(f"{place}{each.message.ko}", f"{place}{each.message.en}")
            elif nth == _REPEATED:
                rest = places[each.message][_REPEATED:]
                yield Text(
                    f"  같은 말이 {len(rest)}곳에 더 있습니다: {', '.join(rest)}",
                    f"  The same holds for {len(rest)} more: {', '.join(rest)}",
                )


def _mute() -> None:
    """What still waits to be printed goes nowhere, so that Python does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
