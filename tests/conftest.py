"""The seller's default rules, read once, and copies of them with one thing changed; and a command line to type into."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import made
import opened
import page_starts
import pasts
import pytest
import trials
from ended import Ended, read_once

from processor import app, judge, rulebook
from processor.app import proofs
from processor.app.desk import Desk
from processor.cli.commands import main
from processor.rulebook import Rulebook

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a seller's computer, where a module is compiled once
sys.dont_write_bytecode = False  # and not by each process that a test starts: that took a quarter of its time
if sys.platform == "win32":
    os.environ.setdefault("LANG", "ko_KR.UTF-8")  # for the programs that the tests start
trials.load_profile()
gc.disable()  # as in the program, see `processor.__main__`: seeking garbage takes a quarter of the suite's time


for name, usual in {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL}.items():
    if (number := getattr(signal, name, None)) is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)  # begun in the background or under nohup: what the tests start would ignore it too


def pytest_addoption(parser):
    parser.addoption("--bless", action="store_true", help="write the goldens anew, for a person to read")


def pytest_configure(config):
    if config.getoption("--bless") and os.environ.get("CI"):
        raise pytest.UsageError("goldens are read by a person, never blessed by CI")


@pytest.fixture(scope="module", autouse=True)
def garbage_of_a_file():
    """What the tests of one file leave behind is cleared away after it, so that memory does not grow from file to file."""
    yield
    gc.collect()


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
def book() -> Rulebook:
    return made.default_rules()


@pytest.fixture(scope="session")
def workdays(book: Rulebook) -> judge.Workdays:
    return judge.Workdays(book.calendar)


@pytest.fixture
def empty_desk(tmp_path: Path, rules_path: Path) -> Desk:
    """A desk on which nothing has happened yet, with the default rules."""
    desk = Desk(tmp_path / "desk")
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    shutil.copy(rules_path, desk.rules)
    return desk


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_user(tmp_path_factory) -> None:
    """What commands keep in the user's own folders is kept apart: there, and not by a process of its own for each test,
    the default rules are proved once. Systems without this variable keep it where the user has it."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))


@pytest.fixture(scope="session")
def marks(cache_of_the_user, book: Rulebook) -> Path:
    """The folder of the user in which it is marked that the default rules are proved."""
    folder = Path(os.environ["XDG_CACHE_HOME"]) / "smartstore-claim-desk"
    proofs.remember(folder, book.sha256)
    return folder


@pytest.fixture(scope="session")
def story_past(tmp_path_factory, book: Rulebook) -> pasts.Past:
    """A desk after three runs with hand-made stories of every kind; to be read only."""
    return pasts.of_stories(tmp_path_factory.mktemp("stories"), book)


@pytest.fixture(scope="session")
def busy_past(tmp_path_factory, marks: Path) -> pasts.Past:
    """A desk after some days with answers, withdrawals and two changes of rules.yaml; to be read only."""
    past = pasts.of_days(tmp_path_factory.mktemp("days"))
    for rules in past.rules.values():
        proofs.remember(marks, rules.sha256)
    return past


@pytest.fixture(scope="session")
def page(tmp_path_factory, marks: Path) -> Iterator[page_starts.Running]:
    """The page of a desk on which nothing has happened yet, in a process of its own."""
    running = page_starts.started(app.new_desk(tmp_path_factory.mktemp("page") / "옷가게"))
    page_starts.stays(running)
    yield running
    assert page_starts.ended(running) == 0


@pytest.fixture(scope="session")
def visitor(page: page_starts.Running) -> page_starts.Visitor:
    """A browser that has come in there."""
    return page_starts.come_in(page)


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


@pytest.fixture
def typed(monkeypatch, capsys):
    """Type a command in this process. Files are opened by the one process that all tests share."""
    monkeypatch.setattr(rulebook, "read", read_once)
    monkeypatch.setattr(app, "ReadingProcess", lambda *_ahead: nullcontext(opened.process()))

    def run(*words, **environment) -> Ended:
        monkeypatch.setattr(sys, "orig_argv", [sys.executable, "-m", "processor", *map(str, words)])
        for name in ("LC_ALL", "LC_MESSAGES", "LANG", "PROCESSOR_PASSWORDS"):
            monkeypatch.delenv(name, raising=False)
        if sys.platform == "win32":  # whose own language may be another
            monkeypatch.setenv("LANG", "ko_KR.UTF-8")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        code = main([*map(str, words)])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run
