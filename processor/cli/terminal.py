"""One call of the program in a terminal: its arguments, its language, and everything that it prints.

Results go to stdout, for people or as JSON; progress and errors to stderr. Every end has an exit code and a sentence.
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
    """`typed`: the arguments after the program's name."""

    def __init__(self, typed: list[str]) -> None:
        self.typed = typed
        self.lang = language(typed)
        self.as_json = wants_json(typed)

    def said(self, ko: str, en: str) -> str:
        return Text(ko, en).said(self.lang)

    # ── what is printed ──

    def json_line(self, value: Mapping[str, Any]) -> str:
        """The value as one line of JSON; in ASCII if the terminal cannot show Korean."""
        return json.dumps(value, ensure_ascii=sys.stdout.encoding.lower().replace("-", "") != "utf8")

    def tell(self, lines: Iterable[str | Text]) -> None:
        """Prints what has been done. If it cannot be printed (closed pipe, full disk), the command has not failed."""
        try:
            self._print(lines)
        except OSError:
            _mute()

    def answer(self, lines: Iterable[str | Text]) -> None:
        """Prints the result for which the command was called. If it cannot be printed, the command has failed.

        Only a closed pipe, as with `| head`, is no failure.
        """
        try:
            self._print(lines)
        except BrokenPipeError:  # `| head`
            _mute()
            raise click.exceptions.Exit(0) from None

    def remark(self, line: str | Text) -> None:
        """Prints to stderr: progress and errors."""
        print(self._worded(line), file=sys.stderr)

    def ask(self, question: Text) -> str:
        """The line that a person types after the question; "" if nothing is typed."""
        try:
            print(question.said(self.lang), end=" ", file=sys.stderr, flush=True)
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
        """Prints why nothing was done. Returns the exit code: 2 for wrong use, 3 if the same call may succeed later."""
        code = 2 if error.wrong_use else 3
        if self.as_json or not isinstance(error, RulesBroken):
            head = {} if isinstance(error, RulesBroken) else {"message": error.message.said(self.lang)}
            return self._complain(code, error.code, head | dict(error.details(self.lang)), error.message)
        for line in self._grouped(error):
            self.remark(line)
        return code

    def complain(self, code: int, name: str, message: Text) -> int:
        """Prints why the command ends here, and returns the exit code."""
        return self._complain(code, name, {"message": message.said(self.lang)}, message)

    def _complain(self, code: int, name: str, values: Mapping[str, Any], message: Text) -> int:
        if self.as_json:
            self.tell([self.json_line({"type": "error", "code": name, **values})])
        else:
            self.remark(message)
        return code

    def _grouped(self, error: RulesBroken) -> Iterable[Text]:
        """A line for each complaint. Of many equal ones only the first few are printed, then the other places."""
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
    """Sends stdout's buffered output to the null device, so that Python does not fail when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
