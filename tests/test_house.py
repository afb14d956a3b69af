"""What README, pyproject.toml and the rooms promise is true."""

from __future__ import annotations

import ast
import fnmatch
import importlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from processor import rulebook
from processor.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "processor").rglob("*.py"))
PURE = [path for path in MODULES if {"judge", "model"} & set(path.parts)]
TOUCHES_THE_WORLD = {
    "yaml", "jsonschema", "python_calamine", "xlsxwriter", "openpyxl", "msoffcrypto", "sqlite3", "pathlib", "os", "io",
    "time", "random", "logging", "sys", "subprocess", "socket", "shutil",
}  # fmt: skip  # judging is pure: the answer depends on nothing but its arguments


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def manual() -> str:
    return (ROOT / "processor/MANUAL.md").read_text("utf-8")


@pytest.fixture(scope="module")
def commands() -> list[str]:
    """The names of the app's commands, as click knows them."""
    return [*COMMANDS]


def after(text, marker) -> str:
    """What follows a line such as `<!-- help -->`."""
    lines = text.splitlines()
    assert lines.count(f"<!-- {marker} -->") == 1, f"it needs one line <!-- {marker} -->"
    return "\n".join(lines[lines.index(f"<!-- {marker} -->") + 1 :]).lstrip("\n")


def fenced(text) -> str:
    """The content of the code block that a text begins with."""
    block = re.match(r"```[a-z]*\n(.*?)\n```", text, re.DOTALL)
    assert block, f"a code block belongs here: {text[:80]!r}"
    return block[1]


def tracked() -> list[str]:
    """Files of the repository: what git keeps or would keep; in a mere copy, all that .gitignore does not name."""
    if (ROOT / ".git").exists():
        listing = ["git", "-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard"]
        return subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    return [
        path.name
        for path in ROOT.iterdir()
        if not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored if pattern)
    ]


# ── the repository ───────────────────────────────────────────────────────────────────────────────


def test_the_top_level_holds_the_seven_agreed_names_and_dotfiles():
    top = {file.split("/")[0] for file in tracked()}

    assert {name for name in top if not name.startswith(".")} == {
        "pyproject.toml", "README.md", "rules.yaml", "processor", "inbox", "outbox", "tests",
    }  # fmt: skip


def test_no_order_of_a_real_desk_is_kept_by_git():
    assert [
        file for file in tracked() if file.startswith(("inbox/", "outbox/")) and not file.endswith(".gitkeep")
    ] == []


def test_the_wheel_carries_the_rules_that_lie_in_the_repository():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert wheel["force-include"] == {"rules.yaml": "processor/rulebook/default_rules.yaml"}
    assert rulebook.default_rules().read_bytes() == (ROOT / "rules.yaml").read_bytes()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def imported(tree) -> set[str]:
    """The libraries that a module names, wherever in it; what serves only as a type does not count."""
    found = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            found |= imported(node)
    return found


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_judging_touches_nothing_outside(path):
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}

    assert imported(tree) & TOUCHES_THE_WORLD == set()
    assert names & {"open", "print", "input", "eval", "exec"} == set()


def test_one_module_prints_and_one_looks_at_the_clock():
    """`time` may measure how long something takes or how old a file is; the day comes in by `--as-of`."""
    found = set()
    for path in MODULES:
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        called = {ast.unparse(call.func) for call in calls}
        found |= {
            (path.relative_to(ROOT / "processor").as_posix(), name)
            for name in called
            if re.fullmatch(r"print|.*\b(datetime|date|Timestamp)\.(now|today|utcnow)", name)
        }

    cannot_load_it = ("cli/ends.py", "print")  # where a library is missing, there is no terminal to speak for it
    assert found == {("cli/terminal.py", "print"), ("cli/clock.py", "datetime.now"), cannot_load_it}


def test_the_help_does_not_wait_for_heavy_libraries():
    program = "import sys, processor.cli.commands; print(*(name for name in ('pandas', 'yaml', 'openpyxl') if name in sys.modules))"

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


# ── the README ───────────────────────────────────────────────────────────────────────────────────


def test_the_help_in_the_manual_is_the_real_one(manual):
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}

    done = subprocess.run(
        [sys.executable, "-m", "processor", "--help"],
        cwd=ROOT,
        env={**environment, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert fenced(after(manual, "help")).strip() == done.stdout.strip()


def test_every_command_has_its_line_in_the_manual(manual, commands):
    outside_the_help = manual.replace(fenced(after(manual, "help")), "")

    assert {"run", "decide", "check", "words", "demo", "template", "init"} <= set(commands)
    assert [name for name in commands if not re.search(rf"\bprocessor {name}\b|`{name}\b", outside_the_help)] == []


def test_the_readme_tells_the_four_exit_codes(readme):
    codes = re.findall(r"^\|\s*`?([0-9]+)`?\s*\|", readme, re.MULTILINE)

    assert {"0", "1", "2", "3"} <= set(codes)


@pytest.mark.parametrize("page", ["README.md", "processor/MANUAL.md", "processor/CHANGELOG.md", "tests/README.md"])
def test_no_link_leads_nowhere(page):
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\((?!https?://|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)", text)
    heads = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).replace(" ", "-").casefold()
        for line in text.splitlines()
        if line[:1] == "#"
    }

    assert [target for target, _ in links if target and not (ROOT / page).parent.joinpath(target).exists()] == []
    assert [place for target, place in links if not target and place not in heads] == []


def test_the_readme_can_be_finished():
    """A third of the 47 KB that it once had."""
    assert (ROOT / "README.md").stat().st_size < 47_000 / 3


@pytest.mark.parametrize(
    ("words", "measured"), [([], "engine mornings days desks past growth"), (["days", "--orders", "5"], "days")]
)
def test_the_benchmarks_measure_what_is_named_or_all(words, measured, monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    benchmarks = importlib.import_module("tests.benchmarks.__main__")
    asked = []
    monkeypatch.setattr(benchmarks, "measured", lambda parts, *_: asked.extend(parts) or iter(()))
    monkeypatch.setattr(sys, "argv", ["benchmarks", *words])
    benchmarks.main()
    assert asked == measured.split()
