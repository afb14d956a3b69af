"""Describes the words of rules.yaml for a seller: possible values, meaning and source of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from processor.model import UNKNOWN, Col, Kind, Text
from processor.model.columns import WIDTH, width
from processor.rulebook.cells import FORMS
from processor.rulebook.types import Exports, Rulebook, Word

_LABELS: Final = {
    "values": Text("값", "values"),
    "written": Text("쓰는 법", "written"),
    "usual": Text("평소", "usual"),
    "from": Text("나오는 곳", "from"),
}
_COUNTED: Final = Text("숫자 (영업일)", "a number (working days)")
_MADE_BY_INTAKE: Final[Mapping[str, Text]] = {
    Col.INVOICE_SEEN: Text("이 열들이 파일에 있었는지", "whether the files had these columns"),
    Col.DISPATCH_SEEN: Text("지난 파일의 주문상태", "주문상태 in older files"),
    Col.TROUBLE: Text("같은 주문의 모든 줄", "all rows of the order"),
    Col.SEEN_AT: Text("파일을 받은 때", "when the files were downloaded"),
    Col.EARLIER: Text("지난 실행 기록 (outbox/ledger.sqlite3)", "what earlier runs left (outbox/ledger.sqlite3)"),
}
"""Columns of the claims table that no file has, and from what they are made."""


def lines(book: Rulebook, lang: str) -> Iterator[str]:
    """The description for a terminal: one paragraph per word."""
    yield from _intro(len(book.words)).said(lang).split("\n")
    for word in book.words.values():
        yield ""
        yield f"{word.name} — {word.meaning.said(lang)}"
        yield from _part("values", values(word), lang)
        if word.values is None:
            yield from _part("written", FORMS, lang)
        if word.usual != UNKNOWN:
            yield from _part("usual", [Text(word.usual, word.usual)], lang)
        yield from _part("from", origins(word, book.exports), lang)


def as_json(book: Rulebook, lang: str) -> dict[str, Any]:
    """The description for programs. The keys do not change between versions."""
    return {
        "words": [
            {
                "word": word.name,
                "values": list(word.values or ()),
                "counted": word.values is None,
                "unknown": UNKNOWN in word.possible,
                "usual": word.usual,
                "meaning": word.meaning.said(lang),
                "from": [origin.said(lang) for origin in origins(word, book.exports)],
            }
            for word in book.words.values()
        ]
    }


def values(word: Word) -> list[Text]:
    """All possible values of a word in conditions, including 모름 if it may be unknown."""
    counted = [_COUNTED] if word.values is None else []
    return [*counted, *(Text(value, value) for value in word.possible)]


def origins(word: Word, exports: Exports) -> list[Text]:
    """The sources of a word: columns by their header, lists by their sheet, settings, and other words."""
    headers = [_header(column, exports) for column in word.columns]
    sheets = [_sheet(kind, exports) for kind in word.lists]
    return [*headers, *sheets, *_settings(word.settings), *_facts(word.facts)]


def _header(column: str, exports: Exports) -> Text:
    return _MADE_BY_INTAKE.get(column) or Text(*exports.columns[column][:1] * 2)


def _sheet(kind: Kind, exports: Exports) -> Text:
    name = next(export.sheets[0] for export in exports.kinds if export.kind is kind)
    return Text(f"〈{name}〉 시트", f"sheet 〈{name}〉")


def _settings(entries: tuple[str, ...]) -> Iterator[Text]:
    """The entries of rules.yaml that influence a word: settings of the store, and other tables."""
    if store := ", ".join(entry for entry in entries if entry.startswith("store.")):
        yield Text(f"가게 설정 ({store})", f"store setting ({store})")
    if tables := ", ".join(entry for entry in entries if not entry.startswith("store.")):
        yield Text(f"규칙 파일 ({tables})", f"rules.yaml ({tables})")


def _facts(words: tuple[str, ...]) -> Iterator[Text]:
    if words:
        yield Text(f"다른 사실에서 ({', '.join(words)})", f"other facts ({', '.join(words)})")


def _intro(count: int) -> Text:
    return Text(
        f"rules.yaml의 when과 given에 쓸 수 있는 항목 {count}개입니다.\n"
        "칸에는 값 하나, 또는 [값, 값]처럼 여럿을 적습니다. 모름은 아무도 알려 주지 않았다는 뜻입니다.\n"
        "예시에 안 적은 항목은 '평소' 값으로 보고, 평소 값이 없는 항목은 모름으로 봅니다.",
        f"The {count} words that `when` and `given` in rules.yaml may use.\n"
        "A cell holds one value, or several as [one, two]. 모름 means that nobody told.\n"
        "A word left out of an example has its usual value; one without a usual value is 모름.",
    )


def _part(label: str, items: Iterable[Text], lang: str) -> Iterator[str]:
    """The lines with a label and its items, with as many items on a line as fit."""
    room = 2 + max(width(text.said(lang)) for text in _LABELS.values())
    name = _LABELS[label].said(lang)
    line = "    " + name + " " * (room - width(name))
    indent, begun = " " * width(line), False
    for item in (text.said(lang) for text in items):
        if begun and width(f"{line} · {item} ·") > WIDTH:
            yield f"{line} ·"
            line, begun = indent, False
        line, begun = f"{line} · {item}" if begun else line + item, True
    yield line
