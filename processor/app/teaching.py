"""Teaches a desk the new names of columns and states in a file: what is not known, and what reading it after that gives.

Nothing is taught that the seller has not said, and his rules.yaml of before is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from processor import disk, intake, ledger, outbox, rulebook
from processor.app import morning
from processor.app.checking import read_text
from processor.app.desk import Desk
from processor.app.desks import swap_rules
from processor.app.errors import FileMissing, NotTaught, PasswordNeeded, RulesBroken
from processor.app.morning import ledger_troubles
from processor.intake.lessons import Lesson, understood
from processor.intake.unknowns import Table, UnknownColumn, UnknownLabel, Vocabulary, unknowns
from processor.model import NOTHING, Action, Problem, Report, Text, josa, one_line, several
from processor.rulebook import Rulebook
from processor.rulebook.aliases import Header, Label, with_alias
from processor.rulebook.editing import NotEdited
from processor.rulebook.load import MOST_BYTES, Complaint, encoded, encoded_text_of

_SHOWN: Final = 3
_NOT_OPENED: Final = Text(
    "열지 못해 무엇이 바뀌었는지 볼 수 없습니다. 아무것도 적지 않았습니다.",
    "They could not be opened, so nobody can see what has changed. Nothing was written.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What something unknown in a file may be: another name of a column, or another label. `new`: as it is taught."""

    new: str
    of_label: bool
    lines: tuple[Text, ...]
    answers: tuple[str, ...]  # known names, the nearest first
    choices: tuple[Text, ...]  # the same for a person, with why


@dataclass(frozen=True, slots=True)
class Teachable:
    """What in a file is not known."""

    file: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]  # of sheets and files that can't be read
    known: Vocabulary

    @property
    def unknown(self) -> bool:
        return any(table.columns or table.labels or table.missing for table in self.tables) or not self.tables

    @property
    def questions(self) -> list[Question]:
        """What the seller is asked, each column and label once; those without which a sheet is not read come first."""
        columns = [_of_column(column) for table in self.tables for column in table.columns if column.candidates]
        labels = [_of_label(label, self.known) for table in self.tables for label in table.labels]
        return [*{(each.new, each.of_label): each for each in reversed([*columns, *labels])}.values()][::-1]

    def lines(self) -> Iterator[Text]:
        for problem in self.problems:
            yield Text(f"{problem.place.file}: {problem.message.ko}", f"{problem.place.file}: {problem.message.en}")
        if not self.tables:
            yield _NO_EXPORT
        for table in self.tables:
            yield from self._of_table(table)

    def _of_table(self, table: Table) -> Iterator[Text]:
        file, sheet = table.seen.place[:2]
        kind = table.kind or _NO_KIND
        yield Text(f"{file} › {sheet} ({kind.ko})", f"{file} › {sheet} ({kind.en})")
        if table.missing:
            names = ", ".join(table.missing)
            yield Text(f"  없는 열: {names}", f"  Missing columns: {names}")
            if all(self.known.role_of(name) is None for each in table.missing for name in each.split(" / ")):
                yield _FIXED
        for column in table.columns:
            yield from _of_column(column).lines
            yield from _of_column(column).choices
        for label in table.labels:
            asked = _of_label(label, self.known)
            yield from asked.lines
            yield from islice(asked.choices, _SHOWN)
        if table.withheld:
            yield Text(
                f"  구매자 정보일 수 있는 열 {table.withheld}개는 보여 드리지 않고, 읽지도 않습니다.",
                f"  {several(table.withheld, 'column')} may tell of buyers: not shown here, and not read.",
            )
        if not (table.columns or table.labels or table.missing):
            yield Text("  모르는 열이나 말이 없습니다.", "  Every column and label that matters is known.")

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "type": "teachable",
            "file": self.file,
            "sheets": [_sheet_values(table, self.known, lang) for table in self.tables],
            "problem_list": [outbox.of_problem(problem, lang) for problem in self.problems],
        }


def _sheet_values(table: Table, known: Vocabulary, lang: str) -> dict[str, Any]:
    columns = [
        {
            "column": column.header,
            "samples": [*column.samples],
            "candidates": [
                {
                    "column": each.header,
                    "role": each.role,
                    "needed": each.needed,
                    "why": [why.said(lang) for why in each.why],
                }
                for each in column.candidates
            ],
        }
        for column in table.columns
    ]
    labels = [
        {
            "column": label.column,
            "label": label.label,
            "rows": label.rows,
            "candidates": [{"like": each.like, "word": each.word, "role": each.role} for each in label.meanings],
        }
        for label in table.labels
    ]
    return {
        "file": table.seen.place.file,
        "sheet": table.seen.place.sheet,
        "kind": table.kind.said(lang) if table.kind else None,
        "missing": [*table.missing],
        "columns": columns,
        "labels": labels,
        "withheld": table.withheld,
    }


def _of_column(column: UnknownColumn) -> Question:
    some = ", ".join(map(one_line, column.samples))
    values = Text(f": {some}", f": {some}") if some else NOTHING
    name = f"'{one_line(column.header)}'"
    head = Text(f"  처음 보는 열 {name}{values.ko}", f"  Unknown column {name}{values.en}")
    choices = [
        Text(
            f"    {nth}. {each.header}{_because(each.why).ko}",
            f"    {nth}. {each.header}{_because(each.why).en}",
        )
        for nth, each in enumerate(column.candidates, start=1)
    ]
    return Question(column.header, False, (head,), tuple(each.header for each in column.candidates), tuple(choices))


def _because(why: Sequence[Text]) -> Text:
    all_of_it = Text.joined(". ", why)
    return Text(f" — {all_of_it.ko}", f" — {all_of_it.en}") if all_of_it.ko else NOTHING


def _of_label(label: UnknownLabel, known: Vocabulary) -> Question:
    name, rows = f"'{one_line(label.label)}'", label.rows
    column = one_line(label.column)
    head = Text(
        f"  {column} 열의 처음 보는 말 {name} ({rows}줄)",
        f"  Unknown label {name} in {column} ({several(rows, 'row')})",
    )
    choices = []
    for nth, each in enumerate(label.meanings, start=1):
        where = (
            f" ({known.usual(each.role)})"
            if known.usual(each.role) != label.column and each.role in known.exports.states
            else ""
        )
        like = f"'{each.like}'{where}"
        choices.append(Text(f"    {nth}. {josa(like, '과/와')} 같은 뜻", f"    {nth}. the same as {like}"))
    return Question(
        f"{label.column}:{label.label}", True, (head,), tuple(each.like for each in label.meanings), tuple(choices)
    )


@dataclass(frozen=True, eq=False, slots=True)
class Taught:
    """What was taught, or would be, and how the file is read before and after."""

    file: str
    aliases: tuple[Header | Label, ...]
    known: Vocabulary
    before: Report
    after: Report
    cautions: tuple[Text, ...]
    previous: Path | None  # the rules.yaml of before; None = nothing was written

    @property
    def written(self) -> bool:
        return self.previous is not None

    def lines(self, lang: str) -> Iterator[Text]:
        """What was taught, and how the file is read before and after."""
        yield from map(self._of_alias, self.aliases)
        before, after = outbox.summary(self.before), outbox.summary(self.after)
        for key, name in _COUNTED.items():
            yield Text(
                f"  {name.ko}: {before[key]:,} → {after[key]:,}", f"  {name.en}: {before[key]:,} → {after[key]:,}"
            )
        for number, action, why in self._first(lang):
            yield Text.same(f"  {number}: {Text(Action(action).ko, Action(action).en).said(lang)} — {why}")
        for caution in self.cautions:
            yield Text(f"! {caution.ko}", f"! {caution.en}")

    @property
    def ending(self) -> list[Text]:
        """How to write it, or how to undo it and go on."""
        if self.previous is None:
            return [_NOT_YET]
        kept = self.previous.name
        return [
            Text(
                f"rules.yaml에 적었습니다. 되돌리려면 rules.yaml을 지우고 '{kept}'의 이름을 rules.yaml로 바꾸세요.",
                f"Written to rules.yaml. To undo it, delete rules.yaml and rename '{kept}' to rules.yaml.",
            ),
            _AGAIN,
        ]

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "type": "taught",
            "file": self.file,
            "written": self.written,
            "previous": str(self.previous) if self.previous else None,
            "lessons": [{**each._asdict(), "where": each.where} for each in self.aliases],
            "before": outbox.summary(self.before),
            "after": outbox.summary(self.after),
            "first": [
                {"product_order_no": number, "action": action, "why": why} for number, action, why in self._first(lang)
            ],
            "cautions": [caution.said(lang) for caution in self.cautions],
        }

    def _of_alias(self, alias: Header | Label) -> Text:
        match alias:
            case Header(role, header):
                name = self.known.usual(role)
                return Text(f"'{header}' 열을 '{name}' 열로 읽습니다.", f"The column '{header}' is read as '{name}'.")
            case Label(role, label, word):
                like, column = self.known.meanings(role)[role, word][0], self.known.usual(role)
                return Text(
                    f"{column}의 {josa(_quoted(label), '을/를')} {josa(_quoted(like), '과/와')} 같은 뜻으로 읽습니다.",
                    f"'{label}' of {column} is read as '{like}'.",
                )

    def _first(self, lang: str) -> list[tuple[str, str, str]]:
        decisions = (line for line in outbox.lines(self.after, lang) if line["type"] == "decision")
        return [(line["product_order_no"], line["action"], line["why"]) for line in islice(decisions, _SHOWN)]


def _quoted(name: str) -> str:
    return f"'{name}'"


def lessons(pairs: Iterable[tuple[str, str]], *, of_labels: bool = False) -> list[Lesson]:
    """What the seller teaches, of unknown names each with a known one."""
    return [Lesson(new.strip(), known.strip(), of_labels) for new, known in pairs]


def teachable(desk: Desk, file: Path, opening: intake.Opening) -> Teachable:
    """What of a file is not known. Raises RulesBroken, FileMissing and PasswordNeeded."""
    path = _found(desk, file)
    return _looked_at(path, _book(_text(desk)[0], desk), opening)


def teach(
    desk: Desk, file: Path, lessons: Sequence[Lesson], as_of: datetime, opening: intake.Opening, *, write: bool
) -> Taught:
    """Reads the file as it would be read with these lessons; `write`: and adds them to rules.yaml.

    Raises NotTaught, RulesBroken, FileMissing, PasswordNeeded, ClockBehind, Busy and OSError; then nothing was written.
    """
    path = _found(desk, file)
    with ledger_troubles(), ledger.alone(desk.outbox) if write else nullcontext():
        text, encoding = _text(desk)
        content = disk.read(desk.rules, MOST_BYTES)
        book = _book(text, desk)
        known = _looked_at(path, book, opening)
        meant = understood(lessons, known.tables, known.known)
        if meant.refused:
            raise NotTaught(*meant.refused)
        edited = _edited(text, meant.aliases, desk)
        after = _book(edited, desk)
        cautions = [*meant.cautions, *_new_doubt(book, after)]
        before, then = (morning.decide([path], each, as_of, opening) for each in (book, after))
        previous = swap_rules(desk, content, encoded(edited, encoding), as_of) if write else None
    return Taught(path.name, meant.aliases, known.known, before, then, tuple(cautions), previous)


def _new_doubt(before: Rulebook, after: Rulebook) -> Iterator[Text]:
    """The warning if an alias could let an order be cancelled that has left."""
    doubt = rulebook.doubt_about(after.exports)
    if doubt is not None and doubt != rulebook.doubt_about(before.exports):
        yield doubt


def _looked_at(path: Path, book: Rulebook, opening: intake.Opening) -> Teachable:
    known = Vocabulary.of(book.exports, book.reasons)
    found = [*unknowns(intake.input_file(path), known, opening)]
    problems = tuple(each for each in found if isinstance(each, Problem))
    if locked := [each for each in problems if each.code.startswith("password_")]:
        raise PasswordNeeded(locked, _NOT_OPENED)
    return Teachable(path.name, tuple(each for each in found if isinstance(each, Table)), problems, known)


def _found(desk: Desk, file: Path) -> Path:
    """The file of that path; else of that name on the desk. Raises FileMissing."""
    there = next((named for named in (file, *file.parents) if disk.is_file(named)), None)
    name = file.as_posix() if all(map(disk.is_name, file.parts)) else file.name
    return there or file_of(desk, name)


def file_of(desk: Desk, name: str) -> Path:
    """The file of that name in the inbox, or put away by the newest run that had one. Raises FileMissing.

    A file in a zip is named by both, zip/file: then it is the zip. Nothing outside of the desk has such a name.
    """
    inside = PurePosixPath(name)
    for named in (inside, *inside.parents) if all(map(disk.is_name, inside.parts)) else ():
        runs = (run for folder in ("failed", "done") for run in _newest_first(desk.inbox / folder))
        for path in (desk.inbox / named, *(run / named.name for run in runs if named.name)):
            if disk.is_file(path):
                return path
    raise FileMissing([Path(name)])


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), reverse=True) if disk.is_folder(folder) else []


def _text(desk: Desk) -> tuple[str, str]:
    """The text of rules.yaml and its encoding."""
    complaints: list[Complaint] = []
    found = encoded_text_of(desk.rules, complaints)
    if found is None:
        raise RulesBroken(desk.rules.name, complaints)
    return found


def _book(text: str, desk: Desk) -> Rulebook:
    return read_text(text.removeprefix(disk.BOM), desk.rules.name)


def _edited(text: str, aliases: Iterable[Header | Label], desk: Desk) -> str:
    try:
        for alias in aliases:
            text = with_alias(text, alias)
    except NotEdited as error:
        raise RulesBroken(desk.rules.name, error.complaints) from error
    return text


_NO_EXPORT: Final = Text(
    "이 파일에는 판매자센터 엑셀로 보이는 시트가 없습니다.",
    "No sheet of this file looks like an export of the Seller Center.",
)
_FIXED: Final = Text(
    "  이 열은 화면을 알아보는 데만 쓰여 새 이름을 가르칠 수 없습니다. 프로그램의 새 버전이 나와야 읽습니다.",
    "  It only shows which screen this is, so no other name of it can be taught. It takes a new version of this program to read it.",
)
_NO_KIND: Final = Text("어느 화면인지 알 수 없음", "screen not known")
_COUNTED: Final[Mapping[str, Text]] = {
    "rows_read": Text("읽은 줄", "Rows read"),
    "problems": Text("고칠 줄", "Rows to correct"),
    "file_problems": Text("읽지 못한 파일", "Files not read"),
}
_NOT_YET: Final = Text(
    "아직 적지 않았습니다. 적으려면 --yes를 붙이세요.", "Nothing was written yet: add --yes to do it."
)
_AGAIN: Final = Text(
    "이 파일을 inbox에 다시 넣고 실행하세요: python -m processor run",
    "Put this file into inbox again and run: python -m processor run",
)
