"""One value of a rules.yaml is changed, and nothing else in its text: by hand-written cases, and for any document and any change."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from trials import examples

from processor.rulebook.editing import NotEdited, with_item, with_value, without
from processor.rulebook.load import load

# --- by hand ---

VALUES = {
    "the comment beside it stays": (
        "store:\n  return_fee: null   # 반품 배송비\n",
        ("store", "return_fee"),
        3000,
        "store:\n  return_fee: 3000   # 반품 배송비\n",
    ),
    "the line ends of Windows and the byte order mark stay": (
        "\ufeffa: 1\r\nb: 2  # 둘\r\n",
        ("b",),
        "둘",
        "\ufeffa: 1\r\nb: 둘  # 둘\r\n",
    ),
    "nothing stood there": ("a:   # 아직 없음\nb: 2\n", ("a",), 1, "a: 1   # 아직 없음\nb: 2\n"),
    "nothing stood at the end": ("b: 2\na:", ("a",), 1, "b: 2\na: 1"),
    "what is so already keeps its look": ("a: 'x'\n", ("a",), "x", "a: 'x'\n"),
    "1 is not true": ("a: true\n", ("a",), 1, "a: 1\n"),
    "a text that would be a number is quoted": ("a: x\n", ("a",), "0010", 'a: "0010"\n'),
    "a text that would be nothing is quoted": ("a: x\n", ("a",), "null", 'a: "null"\n'),
    "a text that would be a comment is quoted": ("a: x\n", ("a",), "가 #나", 'a: "가 #나"\n'),
    "a time and a day need no quotes": ("a: x\n", ("a",), ["14:00", "2026-11-20"], "a: [14:00, 2026-11-20]\n"),
    "a line break is written as a sign": ("a: x\n", ("a",), "1\n2", 'a: "1\\n2"\n'),
    "text over several lines is replaced whole": ("a: |\n  하나\n  둘\n\nb: 1\n", ("a",), 2, "a: 2\n\nb: 1\n"),
    "brackets over several lines are replaced whole": ("a: [1,\n  2]  # 둘\n", ("a",), [], "a: []  # 둘\n"),
    "an entry in brackets": ("p: {a: 1, b: {c: 2}}\n", ("p", "b", "c"), 3, "p: {a: 1, b: {c: 3}}\n"),
    "an item of a list": (
        "p:\n- {id: C-01, off: true}  # 하나\n",
        ("p", 0, "off"),
        False,
        "p:\n- {id: C-01, off: false}  # 하나\n",
    ),
    "entries on lines become one value beside their name": (
        "a:  # 내 것\n  # 왜\n  b: 1\n  c: [2,\n    3]\nd: 4\n",
        ("a",),
        None,
        "a: null  # 내 것\n  # 왜\nd: 4\n",
    ),
    "a comment behind the last entry stays": ("a:\n  b: 1  # 하나\nd: 4\n", ("a",), 2, "a: 2\n  # 하나\nd: 4\n"),
    "a list without indentation becomes one value": ("a:\n- 1\n- 2\nb: 3\n", ("a",), 0, "a: 0\nb: 3\n"),
    "a new entry stands below the others and their comments": (
        "store:\n  a: 1  # 하나\n  #  더 할 말\n\nexports: 2\n",
        ("store", "b"),
        2,
        "store:\n  a: 1  # 하나\n  #  더 할 말\n  b: 2\n\nexports: 2\n",
    ),
    "a heading of the next section stays above it": (
        "store:\n  a: 1\n# 엑셀\nexports: 2\n",
        ("store", "b"),
        2,
        "store:\n  a: 1\n  b: 2\n# 엑셀\nexports: 2\n",
    ),
    "the last line had no end": ("store:\n  a: 1", ("store", "b"), 2, "store:\n  a: 1\n  b: 2\n"),
    "blank lines that belong to a text": ("s:\n  a: |+\n    글\n\n", ("s", "b"), 1, "s:\n  a: |+\n    글\n\n  b: 1\n"),
    "a section that is missing is made": (
        "store:\n  a: 1\n",
        ("exports", "columns", "order_no"),
        ["주문 번호"],
        "store:\n  a: 1\nexports:\n  columns:\n    order_no: [주문 번호]\n",
    ),
    "a section in it that is missing is made": (
        "exports:\n  states: {}\nstore: 1\n",
        ("exports", "columns", "order_no"),
        ["x"],
        "exports:\n  states: {}\n  columns:\n    order_no: [x]\nstore: 1\n",
    ),
    "a section that is empty": ("exports:\nstore: 1\n", ("exports", "columns"), 2, "exports: {columns: 2}\nstore: 1\n"),
    "empty brackets": (
        "products: {}   # 예:\n",
        ("products", "1234567890", "return_fee"),
        5000,
        'products: {"1234567890": {return_fee: 5000}}   # 예:\n',
    ),
    "brackets": ("p: {a: 1}\n", ("p", "b:c"), [], 'p: {a: 1, "b:c": []}\n'),
    "brackets over several lines": (
        "p: {a: 1,  # 하나\n    b: 2}\n",
        ("p", "c"),
        3,
        "p: {a: 1,  # 하나\n    b: 2, c: 3}\n",
    ),
    "brackets with a comma at their end": ("p: {a: 1,}\n", ("p", "b"), 2, "p: {a: 1, b: 2,}\n"),
}


@pytest.mark.parametrize(("text", "path", "value", "wanted"), VALUES.values(), ids=VALUES)
def test_a_value_is_changed_and_nothing_else(text: str, path: tuple[str | int, ...], value: Any, wanted: str) -> None:
    assert with_value(text, path, value) == wanted


ITEMS = {
    "brackets": ("c:\n  order_no: [주문번호]   # 이름\n", "c:\n  order_no: [주문번호, 주문 No.]   # 이름\n"),
    "empty brackets": ("c:\n  order_no: []\n", "c:\n  order_no: [주문 No.]\n"),
    "brackets over several lines": (
        "c:\n  order_no: [a,\n    b  # 둘\n  ]\n",
        "c:\n  order_no: [a,\n    b, 주문 No.  # 둘\n  ]\n",
    ),
    "a line for each": (
        "c:\n  order_no:\n    - a  # 하나\n  d: 1\n",
        "c:\n  order_no:\n    - a  # 하나\n    - 주문 No.\n  d: 1\n",
    ),
    "a line for each, not indented": (
        "c:\n  order_no:\n  - a\n  # d는\n  d: 1\n",
        "c:\n  order_no:\n  - a\n  - 주문 No.\n  # d는\n  d: 1\n",
    ),
    "nothing": ("c:\n  order_no:\n", "c:\n  order_no: [주문 No.]\n"),
    "null": ("c:\n  order_no: null  # 없음\n", "c:\n  order_no: [주문 No.]  # 없음\n"),
    "no list": ("c:\n  d: 1\n", "c:\n  d: 1\n  order_no: [주문 No.]\n"),
    "no section": ("a: 1\n", "a: 1\nc:\n  order_no: [주문 No.]\n"),
}


TAKEN_OUT = {
    "of several, with what stands behind it": ("a: 1  # 가\nb: 2  # 나\nc: 3\n", ("b",), "a: 1  # 가\nc: 3\n"),
    "the last one": ("a:\n  b: 1\n  c:\n    d: 2\n", ("a", "c"), "a:\n  b: 1\n"),
    "the only one of a section": ("a:\n  b:  # 내 글\n    ko: 안녕\nc: 3\n", ("a", "b"), "a: {}\nc: 3\n"),
    "in brackets": ('a: {"7": {b: 1}, "8": {b: 2}}  # 상품\n', ("a", "7"), 'a: {"8": {b: 2}}  # 상품\n'),
    "a text of several lines": ("a:\r\n  b: |\r\n    가\r\n    나\r\n  c: 1\r\n", ("a", "b"), "a:\r\n  c: 1\r\n"),
    "none": ("a: 1\n", ("b", "c"), "a: 1\n"),
}


@pytest.mark.parametrize(("text", "path", "wanted"), TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_an_entry_is_taken_out_and_nothing_else_changes(text: str, path: tuple[str, ...], wanted: str) -> None:
    assert without(text, path) == wanted


@pytest.mark.parametrize(("text", "wanted"), ITEMS.values(), ids=ITEMS)
def test_an_item_is_added_to_a_list_and_nothing_else_changes(text: str, wanted: str) -> None:
    assert with_item(text, ("c", "order_no"), "주문 No.") == wanted


REFUSED: dict[str, tuple[str, tuple[str | int, ...], Any, tuple[int, int]]] = {
    "the name of an entry is a text, not a section": ("a: 글\n", ("a", "b"), 1, (1, 4)),
    "a list has no names": ("a: [1]\n", ("a", "b"), 1, (1, 4)),
    "a list has no such item": ("a:\n- 1\n", ("a", 1), 1, (1, 1)),
    "a text that would get a line break": ("s:\n  a: |\n    글", ("s", "b"), 1, (1, 1)),
    "a name that no rules may have": ("a: 1\n", ("<<",), 1, (1, 1)),
    "a number that is too long": ("a: 1\n", ("a",), 1234567890123456, (1, 4)),
}


@pytest.mark.parametrize(("text", "path", "value", "place"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_changed_safely_is_left_to_a_person(
    text: str, path: tuple[str | int, ...], value: Any, place: tuple[int, int]
) -> None:
    with pytest.raises(NotEdited) as refused:
        with_value(text, path, value)
    (complaint,) = refused.value.complaints
    assert (complaint.line, complaint.column) == place
    assert complaint.message.ko == "이 자리는 프로그램이 고치지 못합니다. 파일을 열어 직접 고쳐 주세요."


def test_an_item_is_added_to_lists_only() -> None:
    with pytest.raises(NotEdited):
        with_item("a: 글\n", ("a",), 1)


def test_a_text_that_cannot_be_read_is_not_changed() -> None:
    with pytest.raises(NotEdited) as refused:
        with_value("a: 1\na: 2\n", ("a",), 3)
    (complaint,) = refused.value.complaints
    assert (complaint.line, complaint.column, complaint.message.ko) == (2, 1, "'a'가 두 번 있습니다. 하나를 지우세요.")


# --- any document, any change ---

LETTERS = st.sampled_from("가나ab 019:#,'\"[]{}-?|>&*!%@`~\\/()\t\n\r\x85\u2028\ufeff😀\x7f")
TEXTS = st.text(LETTERS, max_size=6) | st.sampled_from(["null", "true", "09:30", "0010", "-1", "2026-11-20", "가 나"])
NAMES = st.text(st.sampled_from("가나ab_- :#0"), min_size=1, max_size=4)
SCALARS = st.none() | st.booleans() | st.integers(-(10**13), 10**14) | TEXTS
VALUES_OF_ANY_SHAPE = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)
DOCUMENTS = st.dictionaries(NAMES, VALUES_OF_ANY_SHAPE, min_size=1, max_size=4)


class Writer:
    """Writes data as a person might: some of it in brackets, some on lines, with comments (each another) and blank lines."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.comments = draw, 0

    def document(self, data: dict[str, Any]) -> str:
        lines = list(self.block(data, 0))
        ends = self.draw(st.sampled_from(["\n", "\r\n"]))
        last = self.draw(st.sampled_from(["", ends]))
        return self.draw(st.sampled_from(["", "\ufeff"])) + ends.join(lines) + last

    def block(self, data: Any, column: int) -> Iterator[str]:
        entries = data.items() if isinstance(data, dict) else ((None, item) for item in data)
        for name, value in entries:
            if self.draw(st.integers(0, 4)) == 0:
                yield from ("", f"{' ' * column}{self.comment()}")
            start = " " * column + ("-" if name is None else f"{flow(name)}:")
            if value and isinstance(value, dict | list) and name is not None and self.draw(st.booleans()):
                yield start + self.draw(st.sampled_from(["", "  " + self.comment()]))
                deeper = 0 if isinstance(value, list) and self.draw(st.booleans()) else 2
                yield from self.block(value, column + deeper)
            elif value is None and self.draw(st.booleans()):
                yield start + self.draw(st.sampled_from(["", "  " + self.comment()]))
            else:
                yield f"{start} {flow(value)}" + self.draw(st.sampled_from(["", " " + self.comment()]))

    def comment(self) -> str:
        self.comments += 1
        return f"#§{self.comments}"


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(name)}: {flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return json.dumps(value)


@st.composite
def written(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    data = draw(DOCUMENTS)
    return data, Writer(draw).document(data)


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def read(text: str) -> Any:
    complaints: list[Any] = []
    document = load(text.removeprefix("\ufeff"), complaints)
    assert document is not None
    assert not complaints
    return document.data


def same(one: Any, other: Any) -> bool:
    return json.dumps(one) == json.dumps(other)


def marks(text: str) -> list[str]:
    """The comments of a text, in their order."""
    return [part[: part.index("\n")].strip() if "\n" in part else part.strip() for part in text.split("#§")[1:]]


def only_here(before: str, after: str, most: int) -> None:
    """All lines but `most` that stand together are as before, and so are line ends, byte order mark and comments."""
    old, new = before.splitlines(), after.splitlines()
    head = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest, other = old[head:][::-1], new[head:][::-1]
    tail = next(
        (place for place, (a, b) in enumerate(zip(rest, other, strict=False)) if a != b), min(len(rest), len(other))
    )
    assert len(rest) - tail <= most
    if "\n" in before:
        assert ("\r\n" in before) == ("\r\n" in after)
        assert after.count("\r\n") in (0, after.count("\n"))
    assert before.startswith("\ufeff") == after.startswith("\ufeff")


@pytest.mark.slow
@examples(150)
@given(written(), VALUES_OF_ANY_SHAPE, st.data())
def test_any_value_of_any_document_is_replaced_and_nothing_else(
    document: tuple[dict[str, Any], str], value: Any, more: st.DataObject
) -> None:
    data, text = document
    assert same(read(text), data)
    path = more.draw(st.sampled_from([path for path in places(data) if path]))
    wanted = copy.deepcopy(data)
    at(wanted, path[:-1])[path[-1]] = value

    after = with_value(text, path, value)

    assert same(read(after), wanted)
    if isinstance(at(data, path), dict | list):
        only_here(text, after, len(text.splitlines()))
    else:
        only_here(text, after, 1)
        assert marks(text) == marks(after)


@pytest.mark.slow
@examples(150)
@given(written(), NAMES, NAMES, VALUES_OF_ANY_SHAPE, st.data())
def test_any_entry_is_added_to_any_mapping_and_nothing_else(
    document: tuple[dict[str, Any], str], name: str, inner: str, value: Any, more: st.DataObject
) -> None:
    data, text = document
    path = more.draw(st.sampled_from([path for path in places(data) if isinstance(at(data, path), dict | None)]))
    entries = at(data, path) or {}
    name = name if name not in entries else name + "!"
    deep = more.draw(st.booleans())
    wanted = copy.deepcopy(data)
    if at(wanted, path) is None:
        at(wanted, path[:-1])[path[-1]] = {}
    at(wanted, path)[name] = {inner: value} if deep else value

    after = with_value(text, (*path, name, inner) if deep else (*path, name), value)

    assert same(read(after), wanted)
    only_here(text, after, 1)
    assert marks(text) == marks(after)


@pytest.mark.slow
@examples(150)
@given(written(), st.data())
def test_any_entry_is_taken_out_and_nothing_else(document: tuple[dict[str, Any], str], more: st.DataObject) -> None:
    data, text = document
    entries = [path for path in places(data) if path and isinstance(at(data, path[:-1]), dict)]
    path = more.draw(st.sampled_from(entries))
    assume(len(data) > 1 or len(path) > 1)  # a text that says nothing is no rules.yaml
    wanted = copy.deepcopy(data)
    del at(wanted, path[:-1])[path[-1]]

    after = without(text, path)

    assert same(read(after), wanted)
    assert without(after, path) == after
    assert set(marks(after)) <= set(marks(text))


@pytest.mark.slow
@examples(150)
@given(written(), VALUES_OF_ANY_SHAPE, st.data())
def test_any_item_is_added_to_any_list_and_nothing_else(
    document: tuple[dict[str, Any], str], item: Any, more: st.DataObject
) -> None:
    data, text = document
    lists = [path for path in places(data) if isinstance(at(data, path), list)]
    path = more.draw(st.sampled_from(lists)) if lists else ("목록",)
    wanted = copy.deepcopy(data)
    if lists:
        at(wanted, path).append(item)
    else:
        wanted["목록"] = [item]

    after = with_item(text, path, item)

    assert same(read(after), wanted)
    only_here(text, after, 1)
    assert marks(text) == marks(after)
