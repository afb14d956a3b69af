"""The commands about rules.yaml, and the checked rules for the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from processor.cli.errors import refuse
from processor.cli.language import LANG, said
from processor.cli.options import AsJson, Home, Lang, Quiet, Schema
from processor.cli.speech import answer, json_line, tell

if TYPE_CHECKING:  # a heavy room; the commands import it when they run
    from processor.rulebook import Rulebook


def check(home: Home = Path(), as_json: AsJson = False, quiet: Quiet = False, lang: Lang = LANG) -> None:
    from processor.run import Desk

    book = checked_rules(Desk(home).rules)
    tables = (book.decisions, book.fees, book.penalties.table)
    counts = {table.name: {"rows": len(table.rows), "examples": len(table.examples)} for table in tables}
    if as_json:
        tell([json_line({"ok": True, "version": book.version, "sha256": book.sha256, **counts})])
    elif not quiet:
        tell([_sound(counts)])


def words(home: Home = Path(), as_json: AsJson = False, schema: Schema = False, lang: Lang = LANG) -> None:
    from processor.rulebook import editor, vocabulary
    from processor.run import Desk

    book = checked_rules(Desk(home).rules)
    if schema:
        answer([editor.schema(book.words)])
    elif as_json:
        answer([json_line(vocabulary.as_json(book, lang))])
    else:
        answer(vocabulary.lines(book, lang))


def _sound(counts: dict[str, dict[str, int]]) -> str:
    rows, examples = (sum(count[key] for count in counts.values()) for key in ("rows", "examples"))
    return said(
        f"규칙이 온전합니다: 판단 {counts['decisions']['rows']}줄 · 배송비 {counts['fees']['rows']}줄 · "
        f"벌점 {counts['penalties']['rows']}줄, 예시 {examples}개가 모두 맞습니다.",
        f"The rules are sound: {rows} rows in three tables, and all {examples} examples hold.",
    )


def checked_rules(path: Path) -> Rulebook:
    from processor import rulebook
    from processor.judge import WORDS

    try:
        return rulebook.read(path, WORDS)
    except rulebook.RulesError as error:
        refuse(error)
