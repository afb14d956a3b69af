"""Feeds randomly broken inputs to every reader: `python -m tests.fuzz SECONDS [SEED]`, with one process for each reader.

Files are opened as in a run, by a process that may die of them: then only this file is lost, and the next one is opened.
Every input is a sound one with random changes; the same seed makes the same inputs. A reader must return a value of its
own. An exception, a minute of CPU or ten of the clock without a result, or a gigabyte of memory is a failure, and its
input is kept. Progress is printed every ten minutes; the program may be stopped at any time.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).parent / "hostile"))

import crafted
from build import HEADERS, PASSWORD, ROW, changed, packed, xlsx
from corpus import CASES, PLAIN

from processor import intake, judge, ledger, rulebook
from processor.app import morning, plan
from processor.app.desk import Desk
from processor.app.outcomes import Done, NothingNew
from processor.app.waiting import Status
from processor.intake import cells
from processor.intake.layout import Layout, layout
from processor.intake.parsing import parse_of
from processor.intake.recognise import recognise
from processor.model import Kind, Place
from processor.opener.process import Opener, ReadingProcess
from processor.opener.reply import Bounds, Found, Locked, Opened, Refusal
from processor.rulebook import RulesError

ROOT = Path(__file__).parent.parent
RULES = (ROOT / "rules.yaml").read_text("utf-8")
BOUNDS = Bounds(50, 400, 200, 1_048_576, 500, 60, 1024)
TARGETS = 7
MINUTE, TEN_MINUTES, GIGABYTE = 60, 600, 1 << 30
ODD = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]
SMALL = [case.content for case in CASES if case.content and len(case.content) < 40_000]
LETTERS = "0123456789-/.:,₩원 ' \t\n\0\u200b\u00a0\u202e０９年월TZ+eE#NAé🙂가힣취소요청완료"

Target = Callable[[random.Random], object]


# ── what is made ──


def bytes_from(dice: random.Random) -> bytes:
    data = bytearray(PLAIN if dice.random() < 0.2 else dice.choice(SMALL))
    for _ in range(dice.choice([1, 1, 2, 4, 16])):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << dice.randrange(8)
            case 1:
                data[at : at + dice.randrange(64)] = b""
            case 2:
                data[at:at] = dice.randbytes(dice.randrange(1, 64))
            case 3:
                size = dice.choice([1, 2, 4])
                data[at : at + size] = (dice.choice(ODD) & ((1 << 8 * size) - 1)).to_bytes(size, "little")
            case 4:
                other = dice.choice(SMALL)
                begin = dice.randrange(len(other))
                data[at:at] = other[begin : begin + dice.randrange(512)]
            case _:
                begin = dice.randrange(len(data) + 1)
                data[at:at] = data[begin : begin + dice.randrange(256)]
        if not data:
            data = bytearray(b"x")
    return bytes(data)


def a_text(dice: random.Random) -> str:
    sound = dice.choice(
        ["2026112010000001", "2026-11-20 09:05", "2026-11-20T09:05:00+09:00", "₩3,000", "취소요청", "", "-"]
    )
    letters = [*sound]
    for _ in range(dice.randrange(4)):
        at = dice.randrange(len(letters) + 1)
        letters[at : at + dice.randrange(2)] = [
            dice.choice(LETTERS) if dice.random() < 0.8 else chr(dice.randrange(0xD800))
        ]
    return "".join(letters)


def a_cell(dice: random.Random) -> cells.Cell:
    number = dice.choice(
        [*ODD, 2026112010000001, 46132.558, 1e308, -0.0, float("inf"), float("nan"), dice.uniform(-1e18, 1e18)]
    )
    return dice.choice([a_text(dice), number, dice.random() < 0.5, a_text(dice)])


def some_rules(dice: random.Random) -> str:
    lines = RULES.splitlines(keepends=True)
    for _ in range(dice.choice([1, 1, 2, 5])):
        at = dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                del lines[at : at + dice.randrange(1, 6)]
            case 1:
                lines.insert(at, dice.choice(lines))
            case 2:
                line = lines[at]
                place = dice.randrange(len(line) + 1)
                lines[at] = (
                    line[:place]
                    + dice.choice([*"{}[]:,&*!|>'\"#%@`-? \t\0", "<<: ", "&a ", "~", "1e999", "2026-02-30"])
                    + line[place:]
                )
            case 3:
                lines[at] = lines[at].replace(dice.choice("가나다:,[]{} 0123"), dice.choice("가나다:,[]{} 0123"))
            case _:
                lines[at] = " " * dice.randrange(8) + lines[at].lstrip()
    return "".join(lines)


MARKS = [chr(sign) for sign in (0x300, 0x301, 0x323, 0x327, 0x5B0, 0x3099, 0x1161, 0x11A8, 0xFF9E, 0x200D, 0xFE0F)]
CONTROLS = [*map(chr, (1, 7, 8, 11, 12, 27, 31, 127, 0x85, 0x9B, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFE))]
RANGES = [
    "A1:XFD1048576",
    "A1:A1048576",
    "A1:XFD1",
    "A2:H2",
    "B2:A1",
    "A0:B2",
    "A1",
    "XFE1:XFF2",
    "A1:A99999999",
    "$A$1:$B$2",
    "",
]


def odd_text(dice: random.Random) -> str:
    """A text of marks without end, of controls, or longer than a cell."""
    match dice.randrange(5):
        case 0:
            return "가" + "".join(dice.choices(MARKS, k=dice.choice([1, 31, 5_000, 80_000])))
        case 1:
            return "".join(dice.choice(["가", "a", "\n", "=1", *CONTROLS]) for _ in range(dice.randrange(1, 40)))
        case 2:
            return dice.choice(["가@", "a.", "@", "010-", "\u202e"]) * dice.choice([1, 10_000])
        case 3:
            return "x" * dice.choice([32_767, 32_768, 100_000])
        case _:
            return a_text(dice)


def a_workbook(dice: random.Random) -> bytes:
    """An export with odd headers, cells and names of sheets, a cell far away, and merges, links and other ranges over all of it."""
    headers = [dice.choice([odd_text(dice), header]) if dice.random() < 0.1 else header for header in HEADERS]
    rows = [[odd_text(dice) if dice.random() < 0.2 else cell for cell in ROW] for _ in range(dice.randrange(1, 4))]
    names = [dice.choice(["취소관리", "취소 관리", "a", "시트"])]
    book = xlsx([headers, *rows], names=names)
    ranges = [dice.choice(RANGES) for _ in range(dice.choice([0, 1, 1, 3, 200]))]
    more = dice.choice(
        [
            "<mergeCells>" + "".join(f'<mergeCell ref="{at}"/>' for at in ranges) + "</mergeCells>",
            "<hyperlinks>" + "".join(f'<hyperlink ref="{at}" location="a"/>' for at in ranges) + "</hyperlinks>",
            "".join(
                f'<conditionalFormatting sqref="{at}"><cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
                "</conditionalFormatting>"
                for at in ranges
            ),
            "<dataValidations>"
            + "".join(
                f'<dataValidation type="list" sqref="{at}"><formula1>"a,b"</formula1></dataValidation>' for at in ranges
            )
            + "</dataValidations>",
            f'<autoFilter ref="{ranges[0] if ranges else "A1"}"/>',
            "",
        ]
    )
    if dice.random() < 0.2:
        row, column = dice.choice([5, 500, 70_000, 1_048_576]), dice.choice(["A", "ZZ", "XFD"])
        inside = dice.choice(["<v>1</v>", "<is><t>가</t></is>", "", "<f>1</f>"])
        far = f'<row r="{row}"><c r="{column}{row}">{inside}</c></row></sheetData>'
        book = changed(book, "xl/worksheets/sheet1.xml", "</sheetData>", far)
    if more:
        book = changed(book, "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{more}")
    if dice.random() < 0.2:
        book = changed(
            book,
            "xl/worksheets/sheet1.xml",
            "<sheetData>",
            f'<cols><col min="1" max="{dice.choice([1, 16_384, 10**9])}" width="9"/></cols><sheetData>',
        )
    return packed({f"{odd_text(dice)[:200] or 'a'}.xlsx": book}) if dice.random() < 0.1 else book


# ── what reads it ──


class Fuzzed(NamedTuple):
    name: str
    make: Callable[[random.Random], object]
    read: Callable[[object], None]


def open_it(folder: Path, form: Layout, process: ReadingProcess) -> Callable[[bytes], None]:
    path = folder / "a.xlsx"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        opener = Opener(path, "", BOUNDS, process)
        for _, found in opener.contents():
            reply = opener.open() if isinstance(found, Found) else found
            reply = opener.unlock(PASSWORD) if isinstance(reply, Locked) else reply
            for sheet in reply.sheets if isinstance(reply, Opened) else ():
                head = opener.head(sheet, 10)
                widths = set() if isinstance(head, Refusal) else set(map(len, head))
                assert len(widths) <= 1, "rows of a sheet are equally long"
                if widths and max(widths):
                    opener.columns(sheet, 0, [*range(min(max(widths), 30))], form.headers(None))

    return read


def read_cells(form: Layout) -> Callable[[object], None]:
    roles = [(kind, role) for kind in Kind for role in form.roles_of(kind)]

    def read(cell: cells.Cell) -> None:
        for kind, role in roles:
            value = parse_of(role, kind, form)(cell)
            assert value is None or isinstance(value, str | int | cells.Bad) or hasattr(value, "year")

    return read


def find_header(form: Layout) -> Callable[[object], None]:
    def read(rows: list[list[cells.Cell]]) -> None:
        recognise(rows, Place("a.xlsx", "취소관리"), form)

    return read


def some_rows(form: Layout) -> Callable[[random.Random], object]:
    headers = [header for names in form.roles.values() for header in names]

    def make(dice: random.Random) -> object:
        width = dice.randrange(1, 30)
        known = [[dice.choice(headers) for _ in range(width)] for _ in range(dice.randrange(3))]
        odd = [[a_cell(dice) for _ in range(width)] for _ in range(dice.randrange(12))]
        return sorted([*known, *odd], key=lambda _: dice.random())

    return make


def read_rules(folder: Path) -> Callable[[str], None]:
    path = folder / "rules.yaml"

    def read(text: str) -> None:
        path.write_text(text, "utf-8")
        try:
            rulebook.read(path, judge.WORDS)
        except RulesError as complaints:
            assert str(complaints)

    return read


def run_a_morning(folder: Path, book: rulebook.Rulebook, process: ReadingProcess) -> Callable[[bytes], None]:
    """Whatever the file is like, the morning ends: with a workbook, or with nothing new."""
    home = folder / "desk"

    def read(data: bytes) -> None:
        shutil.rmtree(home, ignore_errors=True)
        desk = Desk(home)
        for place in (desk.inbox, desk.outbox):
            place.mkdir(parents=True)
        (desk.inbox / "a.xlsx").write_bytes(data)  # a zip too: the content counts
        done = morning.run(desk, book, morning.RunOptions(crafted.MORNING, intake.Passwords([])), process)
        assert isinstance(done, Done | NothingNew)
        assert not [*desk.outbox.glob(".*.tmp")]
        assert not [path for path in desk.inbox.iterdir() if path.is_file()]

    return read


def carry_out_plans(folder: Path) -> tuple[Callable[[random.Random], object], Callable[[bytes], None]]:
    """Plans that lie on a desk when a run begins; beside the desk is a file that none of them may touch."""
    desk, secret = Desk(folder / "desk"), folder / "secret"
    secret.write_bytes(b"an export")

    def furnish() -> None:
        shutil.rmtree(desk.home, ignore_errors=True)
        desk.inbox.mkdir(parents=True)
        desk.outbox.mkdir()
        (desk.inbox / crafted.INPUT).write_bytes(b"an export")
        (desk.outbox / crafted.WORKBOOK).write_bytes(b"a workbook")

    furnish()
    sound = crafted.plan(intake.input_file(desk.inbox / crafted.INPUT).sha256)

    def read(saved: bytes) -> None:
        furnish()
        (desk.outbox / ".unfinished.json").write_bytes(saved)
        plan.finish(desk)
        assert sorted(path.name for path in folder.iterdir() if path.name in ("desk", "secret")) == ["desk", "secret"]
        assert secret.read_bytes() == b"an export"
        ask(desk.ledger)

    return lambda dice: crafted.spoilt_plan(dice, sound), read


def ask_ledgers(folder: Path) -> tuple[Callable[[random.Random], object], Callable[[bytes], None]]:
    path = folder / "ledger.sqlite3"
    crafted.make_ledger(path)
    sound = path.read_bytes()

    def read(content: bytes) -> None:
        path.write_bytes(content)
        with contextlib.suppress(ledger.Unusable):
            ask(path)
            with ledger.opened(path, writing=True) as memory:
                memory.record(crafted.entry())

    return lambda dice: crafted.spoilt_ledger(dice, sound), read


def ask(path: Path) -> None:
    """Ask all that commands ask of a ledger, and speak of what waits."""
    today = crafted.MORNING + timedelta(days=1)
    with ledger.opened(path, writing=False) as memory:
        memory.evidence(today)
        memory.past([crafted.ORDER], today)
        memory.last_moment()
    waits = Status(ledger.waiting(path), today.date())
    assert [*waits.lines()]
    json.dumps(waits.values())


def targets(folder: Path, process: ReadingProcess) -> list[Fuzzed]:
    book = rulebook.read(ROOT / "rules.yaml", judge.WORDS)
    form = layout(book.exports, book.reasons)
    return [
        Fuzzed("containers", bytes_from, open_it(folder, form, process)),
        Fuzzed("headers", some_rows(form), find_header(form)),
        Fuzzed("cells", a_cell, read_cells(form)),
        Fuzzed("rules.yaml", some_rules, read_rules(folder)),
        Fuzzed("mornings", a_workbook, run_a_morning(folder, book, process)),
        Fuzzed("plans", *carry_out_plans(folder)),
        Fuzzed("ledgers", *ask_ledgers(folder)),
    ]


# ── for so long ──


class Readers:
    """The processes that open the files: how many there were, what they cost, and the most that one of them held."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}
        self._most = 0

    def look(self) -> None:
        for reader in psutil.Process().children():
            with contextlib.suppress(psutil.Error):  # it has just ended
                times = reader.cpu_times()
                self._seconds[reader.pid] = times.user + times.system
                self._most = max(self._most, reader.memory_info().rss)

    def __str__(self) -> str:
        if not self._seconds:
            return ""
        count, cpu = len(self._seconds), sum(self._seconds.values())
        return f"; {count} readers, one after another: {cpu:.0f} s of CPU, {self._most >> 20} MiB"


def without_answer(wait: str, *_signal: object) -> None:
    raise TimeoutError(f"no answer for {wait}")


def fuzz(number: int, seconds: float, seed: int) -> str:
    with tempfile.TemporaryDirectory() as folder, ReadingProcess() as process:
        target, dice, tried, readers = (
            targets(Path(folder), process)[number],
            random.Random(f"{seed} {number}"),
            0,
            Readers(),
        )
        for clock, wait in ((signal.SIGALRM, "ten minutes"), (signal.SIGPROF, "a minute of CPU")):
            signal.signal(clock, partial(without_answer, wait))
        slowest = 0.0
        failed: list[str] = []
        until = time.monotonic() + seconds
        tell_at = time.monotonic() + TEN_MINUTES
        while time.monotonic() < until and len(failed) < 5:
            made = target.make(dice)
            began = time.process_time()
            signal.alarm(TEN_MINUTES)
            signal.setitimer(signal.ITIMER_PROF, MINUTE)
            try:
                target.read(made)
            except ChildProcessError:
                continue  # a busy machine started no reader in time: nothing was read, and nothing is counted
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is what was looked for
                kept = Path(tempfile.gettempdir()) / f"fuzz_{number}_{tried}"
                kept.write_bytes(made if isinstance(made, bytes) else repr(made).encode("utf-8", "backslashreplace"))
                failed.append(f"{type(error).__name__}: {str(error)[:200]} ({kept})")
            signal.alarm(0)
            signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, time.process_time() - began)
            tried += 1
            readers.look()
            if time.monotonic() >= tell_at:
                tell_at += TEN_MINUTES
                print(told(target.name, tried, slowest, readers, failed), flush=True)  # noqa: T201 - what it is for
        failed += [f"{memory() >> 20} MiB of memory"] if memory() > GIGABYTE else []
        return told(target.name, tried, slowest, readers, failed)


def told(name: str, tried: int, slowest: float, readers: Readers, failed: list[str]) -> str:
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    line = f"{name}: {tried} inputs, {cpu:.0f} s of CPU, slowest {slowest:.2f} s, {memory() >> 20} MiB{readers}"
    return "\n".join([line, *(f"  FAILED {each}" for each in failed)])


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with ProcessPoolExecutor(TARGETS, multiprocessing.get_context("spawn")) as pool:
        ended = list(pool.map(fuzz, range(TARGETS), [seconds] * TARGETS, [seed] * TARGETS))
    print("In the end:", *ended, sep="\n")  # noqa: T201 - what it is for
    return 1 if any("FAILED" in each for each in ended) else 0


if __name__ == "__main__":
    sys.exit(main())
