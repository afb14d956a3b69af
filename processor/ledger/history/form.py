"""The form of a brief on the disk: JSON, packed with gzip.

Somebody else may have written the file, so each value is checked where it is read; a fault raises ValueError, KeyError,
TypeError, IndexError or AttributeError.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from processor.ledger import values
from processor.ledger.history.brief import Brief, Decided, Decision
from processor.ledger.history.columns import LAST, Numbers, few, from_few, packed, unpacked
from processor.model import (
    ANSWER_COLUMNS,
    Action,
    AnswerRow,
    Batch,
    EarlierRun,
    InputFile,
    InputSheet,
    Kind,
    Past,
    Place,
    Problem,
    ReadSheet,
    RememberedAnswer,
    Repeat,
    Text,
)
from processor.model.tables import CLAIMS, PAST_ORDERS, POINT, SOLD_OUT

_FORM: Final = 1
"""Counts up when the form changes so that older briefs are read in another way."""
LARGEST: Final = 1 << 29
"""Bytes of an unpacked brief: one of 40,000 orders has 20 MiB."""
_BEGINNING: Final = 1 << 12
"""Bytes of an unpacked brief in which its short values stand."""
_RULES: Final = re.compile(rb'"rules":"([0-9a-f]{64})"')
_LEVEL: Final = 6  # how hard a brief is packed: 9 makes it a fortieth smaller and takes six times as long
_GZIP: Final = 16 + zlib.MAX_WBITS
_OF_THE_ORDER: Final = (Decided.AMOUNT, Decided.ACT_BY)
"""What differs between orders of one situation."""
_OF_AN_ANSWER: Final = ("cell", "value", "run", "asked", "about", "held")


def written(brief: Brief) -> bytes:
    """The bytes of the file. Equal briefs give equal bytes."""
    numbers = Numbers()
    content = {
        "form": _FORM,
        "run": brief.run,
        "as_of": brief.as_of.isoformat(),
        "program": brief.program,
        "rules": brief.rules,
        "listed": brief.listed,
        "acting": brief.acting,
        "batch": _batch(brief.batch, numbers),
        "past": _past(brief.past, numbers),
        "decided": _decided(brief.decided, numbers),
        "numbers": numbers.packed(),
    }
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return gzip.compress(text.encode(), _LEVEL, mtime=0)


def read_back(content: bytes) -> Brief:
    data = json.loads(unzipped(content, LARGEST))
    if data["form"] != _FORM or not values.is_run(data["run"]):
        raise ValueError("no brief of this program")
    numbers = Numbers.unpacked(data["numbers"])
    return Brief(
        run=data["run"],
        as_of=_moment(data["as_of"]),
        program=_text(data["program"]),
        rules=_text(data["rules"]),
        listed=_flag(data["listed"]),
        acting=_flag(data["acting"]),
        batch=_batch_of(data["batch"], numbers),
        past=_past_of(data["past"], numbers),
        decided=_decided_of(data["decided"], numbers),
    )


def may_name(unpacked: bytes, number: str) -> bool:
    """May a brief speak of that order? Its last digits stand in the brief as they are, and perhaps by chance."""
    return number[-LAST:].encode() in unpacked


def rules_of(content: bytes) -> str:
    """The hash of the rules of a brief, which stands at its beginning. Raises ValueError if it is not there."""
    try:
        beginning = zlib.decompressobj(wbits=_GZIP).decompress(content, _BEGINNING)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if (found := _RULES.search(beginning)) is None:
        raise ValueError("no brief of this program")
    return found[1].decode()


def unzipped(content: bytes, most: int) -> bytes:
    """Unpacks at most so many bytes. Raises ValueError if there are more, or if it is no whole gzip file."""
    unzip = zlib.decompressobj(wbits=_GZIP)
    try:
        found = unzip.decompress(content, most)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unzip.eof or unzip.unused_data:
        raise ValueError("no whole file, or one larger than this program writes")
    return found


# ── the batch ──


def _batch(batch: Batch, numbers: Numbers) -> dict[str, Any]:
    return {
        "claims": packed(batch.claims, CLAIMS, numbers),
        "earlier": None if batch.earlier is None else packed(batch.earlier, CLAIMS, numbers),
        "sold_out": packed(batch.sold_out, SOLD_OUT, numbers),
        "files": [_file(file) for file in batch.files],
        "contents": [_file(file) for file in batch.contents],
        "sheets": [_input_sheet(sheet) for sheet in batch.sheets],
        "row_problems": _problems(batch.row_problems),
        "file_problems": _problems(batch.file_problems),
        "answer_rows": [_answer_row(row) for row in batch.answer_rows],
        "repeats": [[each.name, each.first, _said(each.handled_at)] for each in batch.repeats],
        "unread": sorted(batch.unread),
        "lists": _read_sheets(batch.lists),
        "listed": [[[*place] for place in places] for places in batch.listed],
        "fresh": batch.fresh,
    }


def _batch_of(data: Mapping[str, Any], numbers: Numbers) -> Batch:
    return Batch(
        claims=unpacked(data["claims"], CLAIMS, numbers),
        earlier=None if data["earlier"] is None else unpacked(data["earlier"], CLAIMS, numbers),
        sold_out=unpacked(data["sold_out"], SOLD_OUT, numbers),
        files=tuple(map(_file_of, data["files"])),
        contents=tuple(map(_file_of, data["contents"])),
        sheets=tuple(map(_input_sheet_of, data["sheets"])),
        row_problems=_problems_of(data["row_problems"]),
        file_problems=_problems_of(data["file_problems"]),
        answer_rows=tuple(map(_answer_row_of, data["answer_rows"])),
        repeats=tuple(Repeat(_text(name), _text(first), _when(at)) for name, first, at in data["repeats"]),
        unread=frozenset(_texts(data["unread"])),
        lists=_read_sheets_of(data["lists"]),
        listed=tuple(tuple(map(_place_of, places)) for places in data["listed"]),
        fresh=_flag(data["fresh"]),
    )


def _file(file: InputFile) -> list[Any]:
    return [file.name, file.sha256, file.taken_at.isoformat()]


def _file_of(data: Sequence[Any]) -> InputFile:
    """The file as the run named it. Where it lies now is not known: its path is its name."""
    name, sha256, taken_at = data
    return InputFile(Path(_text(name)), name, _text(sha256), _moment(taken_at))


def _input_sheet(sheet: InputSheet) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "kind": sheet.kind and sheet.kind.value,
        "read": sheet.read,
        "listed": sheet.listed,
        "note": [*sheet.note],
        "taken_at": _said(sheet.taken_at),
        "tables": sheet.tables,
    }


def _input_sheet_of(data: Mapping[str, Any]) -> InputSheet:
    return InputSheet(
        file=_text(data["file"]),
        sheet=_text(data["sheet"]),
        kind=None if data["kind"] is None else Kind(data["kind"]),
        read=_count(data["read"]),
        listed=_count(data["listed"]),
        note=_both(data["note"]),
        taken_at=_when(data["taken_at"]),
        tables=_count(data["tables"]),
    )


def _read_sheets(sheets: Sequence[ReadSheet]) -> dict[str, Any]:
    """The sheets by column. A desk remembers hundreds, which are alike but for file, hash and time."""
    rows = [
        {
            "file": sheet.file,
            "name": sheet.name,
            "kind": sheet.kind.value,
            "taken_at": sheet.taken_at.isoformat(),
            "dated": sheet.dated,
            "typed": sheet.typed,
            "headers": json.dumps(dict(sheet.headers), ensure_ascii=False),
            "sha256": sheet.sha256,
            "whole": sheet.whole,
            "earlier": sheet.earlier,
            "since": _said(sheet.since),
            "stamp": _said(sheet.stamp),
        }
        for sheet in sheets
    ]
    return {"count": len(rows), **{name: few([row[name] for row in rows]) for name in (rows[0] if rows else ())}}


def _read_sheets_of(data: Mapping[str, Any]) -> tuple[ReadSheet, ...]:
    count = _count(data["count"])
    columns = {name: from_few(column, count) for name, column in data.items() if name != "count"}
    return tuple(_read_sheet_of({name: column[at] for name, column in columns.items()}) for at in range(count))


def _read_sheet_of(data: Mapping[str, Any]) -> ReadSheet:
    return ReadSheet(
        file=_text(data["file"]),
        name=_text(data["name"]),
        kind=Kind(data["kind"]),
        taken_at=_moment(data["taken_at"]),
        dated=_flag(data["dated"]),
        typed=_flag(data["typed"]),
        headers=values.headers(data["headers"]),
        sha256=_text(data["sha256"]),
        whole=_flag(data["whole"]),
        earlier=_flag(data["earlier"]),
        since=_when(data["since"]),
        stamp=_when(data["stamp"]),
    )


def _problems(problems: Sequence[Problem]) -> dict[str, Any]:
    """The problems without their places, each distinct one once, and the places apart."""
    return {
        "which": few([json.dumps(values.of_problem(each), ensure_ascii=False) for each in problems]),
        "count": len(problems),
    }


def _problems_of(data: Mapping[str, Any]) -> tuple[Problem, ...]:
    return tuple(map(values.problem, from_few(data["which"], _count(data["count"]), str)))


def _answer_row(row: AnswerRow) -> dict[str, Any]:
    return {
        "order": row.product_order_no,
        "place": [*row.place],
        "at": row.at.isoformat(),
        "workbook": row.workbook,
        "cells": {cell: value for cell, value in row.cells.items() if value is not None},
        "action": row.action,
        "run": row.run,
    }


def _answer_row_of(data: Mapping[str, Any]) -> AnswerRow:
    cells = dict(zip(_texts(data["cells"]), _texts(data["cells"].values()), strict=True))
    if not cells.keys() <= set(ANSWER_COLUMNS):
        raise ValueError("no answer cells")
    return AnswerRow(
        product_order_no=_text(data["order"]),
        place=_place_of(data["place"]),
        at=_moment(data["at"]),
        workbook=_text_or_none(data["workbook"]),
        cells={**dict.fromkeys(ANSWER_COLUMNS), **cells},
        action=_text_or_none(data["action"]),
        run=_count(data["run"]),
    )


def _place_of(data: Sequence[Any]) -> Place:
    file, sheet, row = data
    return Place(_text(file), _text(sheet), _count(row))


# ── the past ──


def _past(past: Past, numbers: Numbers) -> dict[str, Any]:
    return {
        "orders": packed(past.orders, PAST_ORDERS, numbers),
        "latest": packed(past.latest, PAST_ORDERS, numbers),
        "answers": _answers(past.answers, numbers),
        "runs": [[name, run.number, run.as_of.isoformat(), run.listed] for name, run in past.runs.items()],
        "points": packed(past.points, POINT, numbers),
        "paid": [[day.isoformat(), orders] for day, orders in past.paid.items()],
        "own_cancels": {number: [day.isoformat() for day in days] for number, days in past.own_cancels.items()},
    }


def _past_of(data: Mapping[str, Any], numbers: Numbers) -> Past:
    return Past(
        orders=unpacked(data["orders"], PAST_ORDERS, numbers),
        latest=unpacked(data["latest"], PAST_ORDERS, numbers),
        answers=_answers_of(data["answers"], numbers),
        runs={
            _text(name): EarlierRun(_count(number), _moment(as_of), _flag(listed))
            for name, number, as_of, listed in data["runs"]
        },
        points=unpacked(data["points"], POINT, numbers),
        paid={date.fromisoformat(day): _count(orders) for day, orders in data["paid"]},
        own_cancels={
            _text(number): [date.fromisoformat(day) for day in days] for number, days in data["own_cancels"].items()
        },
    )


def _answers(answers: Sequence[RememberedAnswer], numbers: Numbers) -> dict[str, Any]:
    """The answers by column."""
    return {
        "order": numbers.places([each.product_order_no for each in answers]),
        **{name: few([getattr(each, name) for each in answers]) for name in _OF_AN_ANSWER},
        "at": few([_said(each.at) for each in answers]),
    }


def _answers_of(data: Mapping[str, Any], numbers: Numbers) -> tuple[RememberedAnswer, ...]:
    orders = _texts(numbers.at(data["order"]))
    columns = [from_few(data[name], len(orders)) for name in (*_OF_AN_ANSWER, "at")]
    return tuple(_answer_of(*row) for row in zip(orders, *columns, strict=True))


def _answer_of(order: str, cell: str, *of_the_answer: Any) -> RememberedAnswer:  # noqa: ANN401 - JSON
    value, run, asked, about, held, at = of_the_answer
    if cell not in ANSWER_COLUMNS:
        raise ValueError("no answer cell")
    return RememberedAnswer(order, cell, _text(value), _count(run), _flag(asked), _count(about), _when(at), _flag(held))


# ── the decisions ──


def _decided(decided: Mapping[str, Decision], numbers: Numbers) -> dict[str, Any]:
    distinct = {id(each): each for each in decided.values()}
    shared = {
        which: json.dumps(
            {name: value for name, value in each.items() if name not in _OF_THE_ORDER}, ensure_ascii=False
        )
        for which, each in distinct.items()
    }
    return {
        "orders": numbers.places([*decided]),
        "situations": few([shared[id(each)] for each in decided.values()]),
        **{name: few([each[name] for each in decided.values()]) for name in _OF_THE_ORDER},
    }


def _decided_of(data: Mapping[str, Any], numbers: Numbers) -> dict[str, Decision]:
    orders = _texts(numbers.at(data["orders"]))
    situations = from_few(data["situations"], len(orders), str)
    shared = {text: _shared(text) for text in dict.fromkeys(situations)}
    columns = [from_few(data[name], len(orders)) for name in _OF_THE_ORDER]
    return {
        number: {**shared[text], **dict(zip(_OF_THE_ORDER, own, strict=True))}
        for number, text, *own in zip(orders, situations, *columns, strict=True)
    }


def _shared(text: str) -> Decision:
    found: Decision = json.loads(text)
    Action(found[Decided.ACTION])
    _text(found[Decided.RULE])
    _count(found[Decided.POINTS])
    return found


# ── single values ──


def _text(value: Any) -> str:  # noqa: ANN401 - JSON gives any value, and here it is checked
    if not values.is_text(value):
        raise ValueError("no text")
    return str(value)


def _texts(found: Iterable[Any]) -> list[str]:
    return [_text(each) for each in found]


def _text_or_none(value: Any) -> str | None:  # noqa: ANN401 - as above
    return None if value is None else _text(value)


def _both(value: Sequence[Any]) -> Text:
    return Text(*_texts(value))


def _flag(value: Any) -> bool:  # noqa: ANN401 - as above
    if not isinstance(value, bool):
        raise TypeError("neither yes nor no")
    return value


def _count(value: Any) -> int:  # noqa: ANN401 - as above
    if type(value) is not int or value < 0:
        raise ValueError("no number")
    return value


def _moment(value: Any) -> datetime:  # noqa: ANN401 - as above
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        raise ValueError("a moment of another clock")
    return moment


def _said(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _when(value: Any) -> datetime | None:  # noqa: ANN401 - as above
    return None if value is None else _moment(value)
