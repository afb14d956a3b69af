"""The seller's default rules, read once, and copies of them with one thing changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from processor import judge, rulebook
from processor.rulebook import Rulebook


def pytest_addoption(parser):
    parser.addoption("--bless", action="store_true", help="write the goldens anew, for a person to read")


def pytest_configure(config):
    if config.getoption("--bless") and os.environ.get("CI"):
        raise pytest.UsageError("goldens are read by a person, never blessed by CI")


@pytest.fixture
def golden(request) -> Callable[[Path, str], None]:
    """Compare a text with the golden at that place, which a person has read; `--bless` writes it."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--bless"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"no golden {path.name}: write it with --bless and read it"
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture(scope="session")
def rules_path() -> Path:
    return Path(__file__).parent.parent / "rules.yaml"


@pytest.fixture(scope="session")
def book(rules_path: Path) -> Rulebook:
    return rulebook.read(rules_path, judge.WORDS)


@pytest.fixture(scope="session")
def workdays(book: Rulebook) -> judge.Workdays:
    return judge.Workdays(book.calendar)


@pytest.fixture
def edited(rules_path: Path, tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a copy of rules.yaml with one text, which must stand there exactly once, replaced by another."""

    def edit(old: str, new: str) -> Path:
        text = rules_path.read_text("utf-8")
        assert text.count(old) == 1, f"rules.yaml has {text.count(old)} × {old!r}; it must have exactly one"
        path = tmp_path / "rules.yaml"
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return edit
