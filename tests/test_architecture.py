"""What processor/README.md says of the rooms, their order and the names of files is true."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from opened import opening

from processor import intake, judge, samples
from processor.model import Action, Col, Out
from processor.model.nothing import NOTHING_BEFORE
from processor.recall import recall
from processor.rulebook import Rulebook

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "processor"
PAGE = (HOUSE / "README.md").read_text("utf-8")


def section(title: str) -> str:
    (found,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_every_room_has_its_line() -> None:
    rooms = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert sorted(re.findall(r"^\| `(\w+)/` \|", section("Rooms"), re.MULTILINE)) == sorted(rooms)


def test_the_order_of_the_rooms_is_the_one_that_is_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [it["layers"] for it in contracts if it.get("containers") == ["processor"]]
    (told,) = re.findall(r"^From top to bottom: (.*)\.$", section("Rooms"), re.MULTILINE)

    assert [part.strip(" `") for part in told.split("→")] == [layer for layer in layers if layer != "__main__"]


def test_every_file_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`([\w./]+/[\w.]+\.(?:py|md|yaml)|rules\.yaml)`", PAGE))

    assert [name for name in sorted(named) if not ((ROOT / name).exists() or (HOUSE / name).exists())] == []
    assert len(named) > 30  # the pattern still finds them


def test_every_kind_of_change_names_its_files() -> None:
    rows = [line for line in section("To add or change something").splitlines() if line.startswith("| ")][1:]

    assert all(re.search(r"`(processor/[\w/.]+|rules\.yaml)`", row.split("|")[2]) for row in rows), rows
    for wanted in ("a word", "an action", "an answer cell", "a sheet", "a column", "an export kind", "ledger"):
        assert any(wanted in row for row in rows), wanted


def test_a_name_has_one_meaning() -> None:
    names = [
        name
        for line in re.findall(r"^\| ([^|]+) \| [^|]+ \|$", section("Glossary"), re.MULTILINE)[1:]
        for name in line.split(", ")
    ]

    assert names == sorted(set(names), key=str.lower)


def test_the_actions_of_the_page_are_those_of_the_program() -> None:
    assert re.findall(r"^\| `(\w+)` (\S+) \|", section("Actions"), re.MULTILINE) == [(it.value, it.ko) for it in Action]


@pytest.mark.slow
def test_the_row_of_the_page_goes_the_way_that_it_tells(
    tmp_path: Path, book: Rulebook, workdays: judge.Workdays
) -> None:
    told, as_of, number = section("The way of one cancel row"), datetime(2026, 11, 23, 9), "2026112090001644"
    names = samples.demo_desk(tmp_path, as_of=as_of)
    files = [intake.input_file(tmp_path / name, name) for name in names]

    gathered = intake.gather(files, book.exports, book.reasons, opening(samples.DEMO_PASSWORD), {})
    checked = intake.checked(gathered)
    batch = intake.joined(checked, as_of)
    recalled = recall(batch, NOTHING_BEFORE, book.on(as_of.date()), as_of)
    report = judge.judge(recalled, book.on(as_of.date()), as_of, workdays, NOTHING_BEFORE)

    tables = [gathered.rows, checked.rows, batch.claims, recalled.batch.claims, report.rows]
    verdict = report.verdicts[report.rows.set_index(Col.PRODUCT_ORDER_NO)[Out.SITUATION][number]]
    (outcome,) = re.findall(rf"{verdict.action.ko} by (\S+), fee (\S+): nobody, {verdict.points} points", told)
    shapes = [f"{len(table)} × {table.shape[1]}" for table in tables]
    assert re.findall(r"\d+ × \d+(?! words)\b", told) == shapes
    assert f"{len(files)} `InputFile`" in told
    assert f"{len(report.rows)} × {len(verdict.facts)} words" in told
    assert f"{len(report.verdicts)} verdicts for {len(report.rows)} rows" in told
    assert outcome == (verdict.rule, verdict.fee.rule)
    assert f"act by {report.rows.set_index(Col.PRODUCT_ORDER_NO)[Out.ACT_BY][number]:%Y-%m-%d}" in told
