"""One call of the program in a terminal: its arguments, its language, and everything that it prints.

Results go to stdout, for people or as JSON; progress and errors to stderr. Every end has an exit code and a sentence.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO

import click

from processor.app.errors import Refused, RulesBroken
from processor.cli.as_typed import as_typed, for_desk
from processor.cli.start import language, wants_json
from processor.model import Text, as_json, one_line

_REPEATED: Final = 3


class Terminal:
    """`typed`: the arguments after the program's name."""

    def __init__(self, typed: list[str]) -> None:
        self.typed = typed
        self.lang = language(typed)
        self.as_json = wants_json(typed)
        self.outbox: Path | None = None  # that of the desk at which the command works
        self.home: Path | None = None  # the desk, if it is another folder than the one at hand
        self.at_a_desk: Container[str] = ()  # the commands for which --home names the desk

    def said(self, ko: str, en: str) -> str:
        return Text(ko, en).said(self.lang)

    # ── what is printed ──

    def json_line(self, value: Mapping[str, Any]) -> str:
        """The value as one line of JSON; in ASCII if the terminal cannot show Korean."""
        return as_json(value, ascii_only=sys.stdout.encoding.lower().replace("-", "") != "utf8")

    def tell(self, lines: Iterable[str | Text]) -> None:
        """Prints what has been done. If it cannot be printed (closed pipe, full disk), the command has not failed."""
        self._print(lines, sys.stdout)

    def answer(self, lines: Iterable[str | Text]) -> None:
        """Prints the result for which the command was called. Raises OSError if it cannot be printed (full disk).

        Only a closed pipe, as with `| head`, is no failure.
        """
        lost = self._print(lines, sys.stdout)
        if lost is not None and not _nobody_reads(lost):
            raise lost

    def remark(self, *lines: str | Text) -> None:
        """Prints to stderr: progress and errors. If they cannot be printed, the command has not failed."""
        self._print(lines, sys.stderr)

    def ask(self, question: Text) -> str:
        """The line that a person types after the question; "" if nothing is typed."""
        try:
            self._print([question], sys.stderr, end=" ")
            return sys.stdin.readline().strip()
        except (KeyboardInterrupt, OSError, UnicodeError):
            self.remark("")
            return ""

    def ask_unseen(self, question: Text) -> str | None:
        """What a person types after the question, without showing it; None for Ctrl-D."""
        import getpass

        try:
            return getpass.getpass(f"{one_line(question.said(self.lang))} ")
        except EOFError:
            self.remark("")  # ends the line of the question
            return None

    def _print(self, lines: Iterable[str | Text], stream: TextIO, end: str = "\n") -> OSError | None:
        """Prints each line as one line, whatever is in it. Here alone text is cleaned for the terminal.

        A Text is words to a person, whose commands work as they stand there; a str is printed as it is.
        If the stream takes no more, all further words for it are lost, and the error is returned.
        """
        for line in lines:
            said = one_line(self._to_a_person(line) if isinstance(line, Text) else line)
            try:
                print(said, end=end, file=stream)
            except OSError as error:
                return _muted(stream, error)
        try:
            stream.flush()
        except OSError as error:
            return _muted(stream, error)
        return None

    def of_desk(self, home: Path, said: Text) -> Text:
        """A sentence about the desk at `home`: its commands are for that desk."""
        return Text(for_desk(said.ko, home, self.at_a_desk), for_desk(said.en, home, self.at_a_desk))

    def _to_a_person(self, said: Text) -> str:
        return as_typed((said if self.home is None else self.of_desk(self.home, said)).said(self.lang))

    # ── how it ends ──

    def end(self, code: int) -> NoReturn:
        raise click.exceptions.Exit(code)

    def stop(self, code: int, name: str, *lines: Text) -> NoReturn:
        self.end(self.complain(code, name, *lines))

    def refused(self, error: Refused) -> int:
        """Prints why nothing was done. Returns the exit code: 2 for wrong use, 3 if the same call may succeed later."""
        code = 2 if error.wrong_use else 3
        if self.as_json or not isinstance(error, RulesBroken):
            head = {} if isinstance(error, RulesBroken) else {"message": error.message.said(self.lang)}
            return self._complain(code, error.code, head | dict(error.details(self.lang)), error.lines)
        self.remark(*self._grouped(error))
        return code

    def complain(self, code: int, name: str, *lines: Text) -> int:
        """Prints why the command ends here, and returns the exit code."""
        return self._complain(code, name, {"message": Text.joined("\n", lines).said(self.lang)}, lines)

    def _complain(self, code: int, name: str, values: Mapping[str, Any], lines: Sequence[Text]) -> int:
        if self.as_json:
            self.tell([self.json_line({"type": "error", "code": name, **values})])
        else:
            self.remark(*lines)
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
                    f"  같은 내용이 {len(rest)}곳에 더 있습니다: {', '.join(rest)}",
                    f"  The same holds for {len(rest)} more: {', '.join(rest)}",
                )


def _nobody_reads(lost: OSError) -> bool:
    """Has whoever read the pipe closed it? Windows calls that an invalid argument."""
    return isinstance(lost, BrokenPipeError) or (sys.platform == "win32" and lost.errno == errno.EINVAL)


def _muted(stream: TextIO, error: OSError) -> OSError:
    """Sends the stream's output, also what is buffered, to the null device from now on. Returns the error."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return error
