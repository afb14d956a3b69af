"""What the seller teaches about a file: another name of a column, another label. Refused where the values contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from processor.intake.shapes import fit
from processor.intake.unknowns import Table, UnknownLabel, Vocabulary, is_ambiguous, is_withheld, mistaken
from processor.model import Text, josa, space_free
from processor.rulebook.aliases import Header, Label
from processor.rulebook.nearest import not_one_of


class Lesson(NamedTuple):
    """`new` is what stands in the file, `known` what is known already and means the same.

    Of a column `known` is a header of it, or its name in rules.yaml. Of a label it is another label or the word of the
    rules; `new` may have the header of its column in front, as in 주문상태:발송 준비.
    """

    new: str
    known: str
    of_label: bool = False


class Understood(NamedTuple):
    """What lessons mean, what is to be thought of, and why some are refused."""

    aliases: tuple[Header | Label, ...]
    cautions: tuple[Text, ...]
    refused: tuple[Text, ...]


def understood(lessons: Sequence[Lesson], tables: Sequence[Table], known: Vocabulary) -> Understood:
    """What these lessons about a file mean. Each is refused that is not clear, or that the file contradicts."""
    aliases: list[Header | Label] = []
    refused: list[Text] = [*_twice(lessons)]
    cautions: list[Text] = []
    columns = {lesson.new: role for lesson in lessons if not lesson.of_label and (role := known.role_of(lesson.known))}
    for lesson in lessons:
        found = _label(lesson, tables, known) if lesson.of_label else _column(lesson, columns, tables, known)
        if isinstance(found, Text):
            refused.append(found)
            continue
        aliases.append(found)
        if isinstance(found, Header):
            some = (is_ambiguous(found.role, at, table) for table, at in _places(lesson.new, tables))
            cautions += [_AMBIGUOUS] if any(some) else []
    return Understood(tuple(aliases), tuple(dict.fromkeys(cautions)), tuple(refused))


def _twice(lessons: Iterable[Lesson]) -> Iterator[Text]:
    met: set[tuple[str, bool]] = set()
    for lesson in lessons:
        names = [(space_free(lesson.new), lesson.of_label)]
        names += [] if lesson.of_label else [(f"={space_free(lesson.known)}", False)]
        for name in names:
            if name in met:
                quoted = f"'{name[0].removeprefix('=')}'"
                yield Text(f"{josa(quoted, '을/를')} 두 번 적었습니다. 하나만 적으세요.", f"{quoted} is given twice.")
            met.add(name)


def _places(header: str, tables: Iterable[Table]) -> list[tuple[Table, int]]:
    """The sheets that have this header, and its position in each."""
    return [(table, at) for table in tables if (at := table.at(header)) is not None]


def _column(lesson: Lesson, columns: Mapping[str, str], tables: Sequence[Table], known: Vocabulary) -> Header | Text:
    role, quoted = known.role_of(lesson.known), f"'{lesson.new}'"
    places = _places(lesson.new, tables)
    if not places:
        shown = [column.header for table in tables for column in table.columns]
        return not_one_of(lesson.new, shown) if shown else _no_such_column(quoted)
    if known.is_known(space_free(lesson.new)):
        return Text(
            f"{josa(quoted, '은/는')} 이미 아는 열이라 다른 열의 이름으로 쓸 수 없습니다.",
            f"{quoted} is a column that is known already, so it can't be another one.",
        )
    if any(is_withheld(space_free(lesson.new), table.seen.values[at], known) for table, at in places):
        return Text(
            f"{josa(quoted, '은/는')} 구매자 정보일 수 있어 읽지 않습니다.",
            f"{quoted} may tell of a buyer, so it is not read.",
        )
    if role is None:
        return not_one_of(lesson.known, [known.usual(each) for each in places[0][0].allowed])
    for table, at in places:
        if wrong := _contradicted(role, at, table, columns, known):
            name = f"'{known.usual(role)}'"
            return Text(
                f"{josa(quoted, '은/는')} {name}일 수 없습니다: {wrong.ko}.", f"{quoted} can't be {name}: {wrong.en}."
            )
    return Header(role, places[0][0].seen.headers[places[0][1]])


def _contradicted(role: str, at: int, table: Table, columns: Mapping[str, str], known: Vocabulary) -> Text | None:
    """Why the column at this position is not the role; None if nothing speaks against it."""
    if role in table.roles:
        name = table.seen.headers[table.roles[role]]
        return Text(f"이 시트에 그 열({name})이 이미 있습니다", f"the sheet has that column ({name}) already")
    if role not in table.allowed:
        return Text("이 화면의 파일에서는 읽지 않는 열입니다", "it is not read from files of this screen")
    found = fit(role, table.seen.values[at], known.words)
    taught = {theirs: place for new, theirs in columns.items() if (place := table.at(new)) is not None}
    return found.why if found.weight is None else mistaken(role, at, table, taught)


def _label(lesson: Lesson, tables: Sequence[Table], known: Vocabulary) -> Label | Text:
    found = [(each, table) for table in tables for each in table.labels if _is_meant(lesson.new, each)]
    columns = {space_free(each.column): each for each, _ in found}
    quoted = f"'{lesson.new}'"
    if not found:
        shown = [each.label for table in tables for each in table.labels]
        return not_one_of(lesson.new, shown) if shown else _no_such_label(quoted)
    if len(columns) > 1:
        names = ", ".join(f"{each.column}:{each.label}" for each in columns.values())
        return Text(
            f"{josa(quoted, '은/는')} 여러 열에 있습니다. 어느 열인지 앞에 적으세요: {names}",
            f"{quoted} stands in several columns. Put its column in front: {names}",
        )
    ((label, table),) = found[:1]
    role = next(role for role, at in table.roles.items() if table.seen.headers[at] == label.column)
    meanings, wanted = known.meanings(role), space_free(lesson.known)
    for (of, word), labels in meanings.items():
        if wanted in map(space_free, labels):
            return Label(of, label.label, word)
    of_words = {word: of for of, word in reversed(meanings)}
    if lesson.known in of_words:
        return Label(of_words[lesson.known], label.label, lesson.known)
    return not_one_of(lesson.known, [each.like for each in label.meanings])


def _is_meant(written: str, label: UnknownLabel) -> bool:
    return space_free(written) in (space_free(label.label), f"{space_free(label.column)}:{space_free(label.label)}")


def _no_such_column(quoted: str) -> Text:
    return Text(
        f"이 파일에는 가르칠 열이 없습니다. {josa(quoted, '이라는/라는')} 열도 없습니다.",
        f"There is no column to teach in this file, and none is called {quoted}.",
    )


def _no_such_label(quoted: str) -> Text:
    return Text(
        f"이 파일에는 처음 보는 말이 없습니다. {josa(quoted, '이라는/라는')} 말도 없습니다.",
        f"There is no unknown label in this file, and none is {quoted}.",
    )


_AMBIGUOUS: Final = Text(
    "이 파일의 번호만 보아서는 상품주문번호와 주문번호를 가릴 수 없습니다. 판매자센터 화면의 번호와 비교해 보세요.",
    "By the numbers of this file alone 상품주문번호 and 주문번호 can't be told apart. Compare them with the Seller Center.",
)
