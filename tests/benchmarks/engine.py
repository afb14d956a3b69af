"""Times the decision table alone, with a million product orders, against zen-engine and a plain loop.

The two others get only as many of the same rows as they handle in some seconds; their time is computed per row. Rows
are drawn at random from the situations of a day of 10,000 orders, with the frequency that each has there; a day has
some hundred situations. For the last line every word of every row is random instead: no two rows are alike, and no judgement
can be shared.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import pandas as pd

from processor import intake, judge, rulebook, samples
from processor.judge.facts import find
from processor.judge.situations import number, spread
from processor.model import UNKNOWN
from processor.rulebook.types import Cell, Row, Rulebook

AS_OF = datetime.fromisoformat("2026-11-23T09:00")
MILLION, FOR_THE_LOOP, FOR_ZEN = 1_000_000, 100_000, 20_000


def lines(turns: int) -> Iterator[tuple[object, ...]]:
    book = rulebook.read(rulebook.default_rules(), judge.WORDS)
    facts = _million(_facts_of_a_day(book))
    records = [_situation(record) for record in facts.head(FOR_THE_LOOP).to_dict("records")]
    ours = median(_ours(facts, book) for _ in range(turns))
    loop = median(_loop(records, book) for _ in range(turns)) * MILLION / FOR_THE_LOOP
    yield "engine: a million rows, situations of a day", ours, "s"
    yield "engine: plain loop / ours", loop / ours, "×", "≥ 50"
    try:
        zen = median(_zen(records[:FOR_ZEN], book) for _ in range(turns)) * MILLION / FOR_ZEN
        yield "engine: zen-engine / ours", zen / ours, "×", "≥ 200"
    except ImportError:
        yield "engine: zen-engine is not installed", float("nan")
    odd = _at_random(book, FOR_THE_LOOP)
    alone, plain = _ours(odd, book), _loop([_situation(record) for record in odd.to_dict("records")], book)
    yield "engine: plain loop / ours, every word at random", plain / alone, "×"


def _facts_of_a_day(book: Rulebook) -> pd.DataFrame:
    with TemporaryDirectory() as folder:
        orders = samples.orders(10_000, seed=7, as_of=AS_OF)
        writers = {
            "발주발송관리": samples.write_dispatch,
            "취소관리": samples.write_cancel,
            "주문조회": samples.write_search,
        }
        for name, write in writers.items():
            write(Path(folder) / f"{name}_20261123_0855.xlsx", orders, downloaded_at=AS_OF)
        files = [intake.input_file(path) for path in Path(folder).iterdir()]
        with intake.ReadingProcess() as process:
            opening = intake.Opening(process, intake.Passwords())
            batch = intake.read(files, book.exports, book.reasons, opening, AS_OF)
    claims = find(batch, book, AS_OF, judge.Workdays(book.calendar))
    late = pd.Series("이내", index=claims.table.index)  # 승인한도, which is known only once all are decided
    return pd.DataFrame({word: claims.facts.get(word, late) for word in _words(book)})


def _words(book: Rulebook) -> list[str]:
    return list(dict.fromkeys(word for row in book.decisions.rows for word in row.when))


def _million(day: pd.DataFrame) -> pd.DataFrame:
    return day.sample(MILLION, replace=True, random_state=1).reset_index(drop=True)


def _at_random(book: Rulebook, count: int) -> pd.DataFrame:
    dice = random.Random(1)
    columns = {}
    for word in _words(book):
        values = judge.WORDS[word].values
        if values is None:
            columns[word] = pd.Series([dice.randrange(-9, 9) for _ in range(count)], dtype="Int64")
        else:
            columns[word] = pd.Series(dice.choices([*values, UNKNOWN], k=count), dtype="str")
    return pd.DataFrame(columns)


def _situation(record: dict[str, object]) -> dict[str, str | int]:
    return {
        word: UNKNOWN if pd.isna(value) else value if isinstance(value, str) else int(value)
        for word, value in record.items()
    }


def _ours(facts: pd.DataFrame, book: Rulebook) -> float:
    began = perf_counter()
    codes, situations = number({word: facts[word] for word in facts})
    rules = spread(codes, [book.decisions.first(situation) for situation in situations], lambda row: row.id)
    took = perf_counter() - began
    assert len(rules) == len(facts)
    return took


def _loop(records: list[dict[str, str | int]], book: Rulebook) -> float:
    rows = [(row.id, [*row.when.items()]) for row in book.decisions.rows]
    began = perf_counter()
    for record in records:
        next(rule for rule, when in rows if all(cell.fits(record[word]) for word, cell in when))
    return perf_counter() - began


# ── zen-engine: the same rows as one of its decision tables ──


def _zen(records: list[dict[str, str | int]], book: Rulebook) -> float:
    import zen  # noqa: PLC0415 - the one thing here that need not be installed

    words = _words(book)
    decision = zen.ZenEngine().create_decision(json.dumps(_jdm(book, words)))
    sound = [{f"w{words.index(word)}": value for word, value in record.items()} for record in records]
    assert decision.evaluate(sound[0])["result"]["rule"] == book.decisions.first(records[0]).id
    began = perf_counter()
    for record in sound:
        decision.evaluate(record)
    return perf_counter() - began


def _jdm(book: Rulebook, words: list[str]) -> dict[str, object]:
    inputs = [{"id": f"i{at}", "name": word, "field": f"w{at}"} for at, word in enumerate(words)]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "rule", "field": "rule"}],
        "rules": [_rule(row, words) for row in book.decisions.rows],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "t", "name": "t", "type": "decisionTableNode", "content": table, "position": {"x": 1, "y": 0}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "t"},
        {"id": "b", "type": "edge", "sourceId": "t", "targetId": "out"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _rule(row: Row, words: list[str]) -> dict[str, str]:
    cells = {f"i{at}": _unary(row.when[word]) if word in row.when else "" for at, word in enumerate(words)}
    return {"_id": row.id, **cells, "o": json.dumps(row.id)}


def _unary(cell: Cell) -> str:
    texts = [json.dumps(value, ensure_ascii=False) for value in sorted(cell.values)]
    numbers = [
        f"(type($) == 'number' and $ >= {max(low, -1e9):.0f} and $ <= {min(high, 1e9):.0f})"
        for low, high in cell.ranges
    ]
    return " or ".join([*numbers, *(f"$ == {text}" for text in texts)]) if numbers else ", ".join(texts)
