"""Everything that code, rules and tests cite exists: sections of processor/knowledge, laws of processor/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = {
    "policy": ROOT / "processor/knowledge/policy.md",
    "exports": ROOT / "processor/knowledge/exports.md",
    "README": ROOT / "processor/README.md",
}
CITING = [*sorted((ROOT / "processor").rglob("*.py")), ROOT / "rules.yaml", *sorted((ROOT / "tests").rglob("*.py"))]
NUMBER = r"\d+(?:\.\d+)?"
SECTIONS = re.compile(rf"\b(policy|exports|README) (§{NUMBER}(?:(?:,| and) §{NUMBER})*)", re.IGNORECASE)
LAWS = re.compile(r"\blaws? (\d+(?:(?:, | and )\d+)*)")
LINES = re.compile(r"[Pp]olicy (?:§10\S*,? )?([GBVD]\d+)\b")
OUTSIDE = re.compile(r"\bdesign(?:\.md)? ?§|\b(?:design|policy|exports)\.md\b|domain/")
"""Pages that are not in the repository, or named by their file instead of their section."""


def cited(path: Path) -> Iterator[tuple[str, str]]:
    """(page, section) of each citation in a file."""
    text = path.read_text("utf-8")
    named = {name.lower(): name for name in PAGES}
    for found in SECTIONS.finditer(text):
        yield from ((named[found[1].lower()], section) for section in re.findall(rf"§({NUMBER})", found[2]))


def headings(page: Path) -> set[str]:
    """The numbers of its sections: `## 6. …` and `### 6.3 …`."""
    return set(re.findall(rf"^##+ ({NUMBER})[. ]", page.read_text("utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def citations() -> dict[Path, list[tuple[str, str]]]:
    return {path: list(cited(path)) for path in CITING if path.name != "test_knowledge.py"}


def test_every_cited_section_is_there(citations: dict[Path, list[tuple[str, str]]]) -> None:
    there = {name: headings(page) for name, page in PAGES.items()}
    missing = [
        f"{path.relative_to(ROOT)}: {page} §{section}"
        for path, found in citations.items()
        for page, section in found
        if section not in there[page]
    ]

    assert missing == []
    assert len([1 for found in citations.values() for _ in found]) > 50  # the pattern still finds them


def test_every_cited_law_is_there() -> None:
    page = PAGES["README"].read_text("utf-8")
    laws = re.findall(r"^(\d+)\. \*\*", page.split("## The laws")[1].split("\n## ")[0], re.MULTILINE)

    assert laws == [str(number) for number in range(1, len(laws) + 1)]
    for path in CITING:
        for found in LAWS.finditer(path.read_text("utf-8")):
            assert set(re.findall(r"\d+", found[1])) <= set(laws), f"{path.relative_to(ROOT)}: {found[0]}"


def test_every_cited_line_of_the_decision_table_is_there() -> None:
    page = PAGES["policy"].read_text("utf-8")
    lines = {
        name
        for first in re.findall(r"^\| ([GBVD]\d+(?:, [GBVD]\d+)*) \|", page, re.MULTILINE)
        for name in first.split(", ")
    }

    assert {f"B{number}" for number in range(1, 28)} <= lines
    for path in CITING:
        assert set(LINES.findall(path.read_text("utf-8"))) <= lines, path


def test_nothing_outside_the_repository_is_cited() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in CITING
        if path.name != "test_knowledge.py"
        for found in OUTSIDE.finditer(path.read_text("utf-8"))
    ] == []


def test_sources_have_the_letters_that_the_policy_explains() -> None:
    page = PAGES["policy"].read_text("utf-8")
    explained = dict(re.findall(r"^\| (\S+) \| .* \| ([SABCLJ?]) \|$", page, re.MULTILINE))
    used = dict(
        re.findall(r"^  (\S+): +\{확실도: \"?([SABCLJ?])\"?,", (ROOT / "rules.yaml").read_text("utf-8"), re.MULTILINE)
    )

    assert used == {name: letter for name, letter in explained.items() if name in used}
