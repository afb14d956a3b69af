"""The command that tells the whole story of one order, or of a situation that is only supposed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from processor.cli.clock import moment
from processor.cli.errors import stop, trouble_with_the_ledger
from processor.cli.facts import facts_of
from processor.cli.language import LANG, said
from processor.cli.missing import not_found
from processor.cli.options import as_json, as_of, home, lang, password_file, supposed, what
from processor.cli.passwords import every_password, needed, offering_to_keep
from processor.cli.rules import checked_rules
from processor.cli.speech import AS_JSON, answer, json_line, remark
from processor.model import Text, josa

_NOT_TOLD: Final = Text(
    "그 안에 이 주문이 있을 수 있어 설명하지 않았습니다. 아무것도 옮기거나 쓰지 않았습니다.",
    "This order may be in there, so its story was not told. Nothing was moved or written.",
)

if TYPE_CHECKING:  # heavy rooms; the command imports them when it runs
    from processor.app.explain import Untold
    from processor.outbox import Story
    from processor.rulebook.types import Row, Word


@what
@supposed
@home
@as_of
@password_file
@as_json
@lang
def explain(what: tuple[str, ...], facts: bool, home: Path, as_of: str | None, password_file: Path | None) -> None:
    if facts:
        _suppose(what, home, as_of)
    else:
        _order(what, home, as_of, password_file)


def _order(what: tuple[str, ...], home: Path, as_of: str | None, password_file: Path | None) -> None:
    from processor.app.desk import Desk
    from processor.app.explain import NotFound, Untold
    from processor.app.explain import explain as explain_order
    from processor.app.run import Errand
    from processor.intake import PasswordNeeded

    number = _number(what)
    desk = Desk(home)
    book = checked_rules(desk.rules)
    passwords = every_password(password_file, ask=not AS_JSON)
    errand = Errand(moment(as_of), passwords, LANG)
    if not AS_JSON:
        remark(said("읽고 판단하는 중입니다…", "Reading and deciding…"))
    with offering_to_keep(passwords):
        try:
            with trouble_with_the_ledger():
                story = explain_order(number, desk, book, errand, then=as_of is None)
        except PasswordNeeded as locked:
            needed(locked, _NOT_TOLD)
        if isinstance(story, NotFound):
            stop(2, "order_not_found", not_found(number, story))
        if isinstance(story, Untold):
            stop(2, "order_untold", _untold(number, story))
        _tell(story)


def _untold(number: str, story: Untold) -> Text:
    ko, en = " ".join(note.ko for note in story.notes), " ".join(note.en for note in story.notes)
    return Text(
        f"처리목록_{story.run}.xlsx는 {josa(number, '을/를')} {josa(story.rule, '으로/로')} 판단했습니다. 그때 알던 것이 지금은 다 남아 있지 않아 "
        f"왜 그랬는지는 다시 설명할 수 없습니다. 그 처리목록의 이유 칸을 보세요. {ko}".rstrip(),
        f"처리목록_{story.run}.xlsx decided {number} by {story.rule}. Not all that it knew is there any more, so its story can't be told "
        f"again. See the reason in that workbook. {en}".rstrip(),
    )


def _suppose(what: tuple[str, ...], home: Path, as_of: str | None) -> None:
    from processor.app.desk import Desk
    from processor.app.explain import suppose
    from processor.outbox import Story

    book = checked_rules(Desk(home).rules)
    given = facts_of(what, book.words)
    story = suppose(given, book, moment(as_of))
    if not isinstance(story, Story):
        stop(2, "impossible", _cannot_be(story, given, book.words))
    _tell(story)


def _cannot_be(row: Row, given: Mapping[str, str | int], words: Mapping[str, Word]) -> Text:
    """What clashes: the values that were given, and those that were not and so count as usual."""
    unsaid = [word for word in row.when if word not in given]
    clash = ", ".join(f"{word} {given.get(word, words[word].usual)}" for word in row.when)
    ko = f"있을 수 없는 상황이라 답할 수 없습니다 ({clash}): {row.why.ko} [{row.id}]."
    en = f"There can be no such order ({clash}): {row.why.en} [{row.id}]."
    if unsaid:
        names = " · ".join(unsaid)
        ko += f" {josa(names, '은/는')} 적지 않아 이렇게 보았으니 함께 적어 주세요."
        en += f" {names} was not given and counts so: add it."
    return Text(ko, en)


def _tell(story: Story) -> None:
    from processor import outbox

    answer([json_line(outbox.story_values(story, LANG))] if AS_JSON else outbox.story_lines(story, LANG))


def _number(what: tuple[str, ...]) -> str:
    if any("=" in word for word in what):
        stop(2, "usage", Text("'낱말=값'으로 물을 때는 앞에 --facts를 적으세요.", "Put --facts before word=value."))
    if len(what) != 1:
        stop(2, "usage", Text("상품주문번호를 하나만 적으세요.", "Give one product order number."))
    return what[0].strip().strip("'\"")
