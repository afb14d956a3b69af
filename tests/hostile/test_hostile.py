"""Every file that may lie in the inbox gets a sentence; nothing is lost, and no buyer's data is printed."""

from __future__ import annotations

import html
import io
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path

import forked
import opened
import psutil
import pytest
from build import ADDRESS, NAME, PASSWORD, PHONE, changed, locked, packed, rebuilt, table, text
from corpus import CASES, PLAIN, SHEET, prefixed
from opened import opening
from trials import some

from processor import intake
from processor.app.desk import Desk
from processor.intake import Passwords, problems
from processor.opener import process
from processor.opener import reader as reader_module
from processor.opener.encryption import Lock
from processor.opener.faults import Findings, findings_in_zip
from processor.opener.headstart import head_start
from processor.opener.process import Opener
from processor.opener.reader import Reader
from processor.opener.reply import Bounds, Locked, Opened
from processor.opener.sniff import OLE
from processor.opener.spawned import READY, Ahead

pytestmark = pytest.mark.slow

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024


def variant(problem) -> str:
    """Which of the sentences of its code it says."""
    for name, (message, _) in problems._SAID.items():
        pattern = re.sub(r"\\{\w+\\}", ".*", re.escape(message.ko))
        if name.split(".")[0] == problem.code and re.match(pattern, problem.message.ko):
            return name
    raise AssertionError(problem)


@pytest.fixture(scope="module")
def read(book, tmp_path_factory):
    """Every case read as the only file of its inbox, but that those which give no row at all are read together."""

    def batch_of(cases):
        files = []
        for case in cases:
            path = tmp_path_factory.mktemp("case") / case.name
            path.write_bytes(case.content)
            files.append(intake.input_file(path))
        return intake.read(files, book.exports, book.reasons, opening(PASSWORD), AS_OF)

    together = batch_of([case for case in CASES if case.rows == 0])
    told = defaultdict(list)
    for problem in [*together.file_problems, *together.row_problems]:
        told[problem.place.file.split("/")[0]].append(variant(problem))
    assert len(together.claims) == 0

    def one(case):
        if case.rows == 0:
            return 0, tuple(sorted(told[unicodedata.normalize("NFC", case.name)]))
        batch = batch_of([case])
        return len(batch.claims), tuple(sorted(map(variant, [*batch.file_problems, *batch.row_problems])))

    return one


def is_refused(case) -> bool:
    return case.rows == 0 and all(code.startswith(("file_", "unknown_export", "password")) for code in case.codes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name))
def test_each_file_is_answered(case, read):
    assert read(case) == (case.rows, case.codes)


@pytest.mark.parametrize("case", [case for case in CASES if "결합 글자" in case.name], ids=lambda case: case.name)
def test_no_name_and_no_cell_that_takes_minutes_to_compare_leaves_the_reading_process(case, tmp_path, book):
    path = tmp_path / "a"
    path.write_bytes(case.content)
    opener, told = Opener(path, "", Bounds(*astuple(book.exports.limits)), opened.process()), []
    for member, _ in opener.contents():
        told.append(member or "")
        if isinstance(reply := opener.open(), Opened):
            told += reply.sheets
            told += [cell for sheet in reply.sheets for row in opener.head(sheet, 10) for cell in row]
    assert told
    assert [text for text in told if isinstance(text, str) and re.search("[\u0301\u0316]{31}", text)] == []


# ── all of them in one inbox ──


def lying_there(case) -> str:
    """A name under which its password is nobody's concern: a file that is needed would stop the whole morning."""
    return f"주문조회 {case.name}" if "password_wrong" in case.codes else case.name


TOGETHER = [case for case in CASES if "file_unreadable.locked_zip" not in case.codes]  # which would stop it as well


@pytest.fixture(scope="module")
def morning(tmp_path_factory, rules_path):
    """A desk whose inbox holds the corpus, after one run by the command line."""
    desk = Desk(tmp_path_factory.mktemp("hostile") / "desk")
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    desk.rules.write_bytes(rules_path.read_bytes())
    an_hour_ago = time.time() - 3600
    for number, case in enumerate(TOGETHER):
        path = desk.inbox / f"{number:03}" / lying_there(case)
        path.parent.mkdir()
        path.write_bytes(case.content)
        os.utime(path, (an_hour_ago, an_hour_ago))
    program = forked.started(
        ["run", "--home", str(desk.home), "--as-of", "2026-11-21T09:00"],
        os.environ | {"PROCESSOR_PASSWORDS": PASSWORD, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    out, err = program.communicate(timeout=600)
    return desk, subprocess.CompletedProcess(program.args, program.returncode, out, err)


def test_a_morning_with_everything_in_it_ends_well(morning):
    desk, ended = morning
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert len(list(desk.outbox.glob("처리목록_*.xlsx"))) == 1


def test_every_file_is_done_or_failed_with_a_reason_or_still_in_the_inbox(morning):
    desk, _ = morning
    there = [path for path in desk.inbox.rglob("*") if path.is_file()]
    done = {path.read_bytes() for path in there if "done" in path.relative_to(desk.inbox).parts[:1]}
    letters = [path for path in there if path.suffix == ".txt" and path.with_suffix("").is_file()]
    failed = {path.with_suffix("").read_bytes() for path in letters}
    waiting = {path.read_bytes() for path in there if path.relative_to(desk.inbox).parts[0] not in ("done", "failed")}

    assert {case.name for case in TOGETHER if case.content not in done | failed | waiting} == set()
    assert {case.name for case in TOGETHER if not case.rows and is_refused(case) and case.content in done} == set()
    assert all("→" in letter.read_text("utf-8-sig") for letter in letters)


def test_nothing_of_a_buyer_is_in_any_byte_that_was_written(morning):
    desk, ended = morning
    written = {"stdout": ended.stdout.encode(), "stderr": ended.stderr.encode()}
    for path in [*desk.outbox.rglob("*"), *desk.inbox.glob("failed/**/*.txt")]:
        if path.is_file() and path.stat().st_size:
            content = path.read_bytes()
            written[path.name] = content
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as parts:
                    written |= {f"{path.name}/{name}": parts.read(name) for name in parts.namelist()}
    planted = [said.encode(way) for said in (NAME, PHONE, ADDRESS, PASSWORD) for way in ("utf-8", "utf-16-le", "cp949")]
    planted += [json.dumps(said)[1:-1].encode() for said in (NAME, ADDRESS, PASSWORD)]
    written |= {
        f"{name} as text": html.unescape(content.decode("utf-8", "replace")).encode()
        for name, content in written.items()
    }

    assert len(written) > 20
    assert [(name, said) for name, content in written.items() for said in planted if said in content] == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")
def test_what_a_run_makes_is_for_its_user_alone(morning):
    desk, _ = morning
    made = [path for path in desk.outbox.rglob("*") if path.is_file()]
    made += [path for path in desk.inbox.glob("*/2026*/*.txt") if path.with_suffix("").is_file()]
    made += list(desk.inbox.glob("*/2026*"))
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


# ── bounds ──


def one_file(path, content, book, **limits):

    path.write_bytes(content)
    exports = replace(book.exports, limits=replace(book.exports.limits, **limits))
    batch = intake.read([intake.input_file(path)], exports, book.reasons, opening(PASSWORD, "2222", "3333"), AS_OF)
    return batch, [*map(variant, batch.file_problems)]


def sheet_of(rows: int, columns: int) -> bytes:
    """A workbook that says little and unfolds to very many cells: a row for each number, and one cell in the last corner."""
    letters = ""
    while columns:
        columns, digit = divmod(columns - 1, 26)
        letters = chr(65 + digit) + letters
    blank = "".join(f'<row r="{row}"></row>' for row in range(3, rows))
    return changed(
        PLAIN, SHEET, "</sheetData>", f'{blank}<row r="{rows}"><c r="{letters}{rows}"><v>1</v></c></row></sheetData>'
    )


@pytest.mark.parametrize("written", [bytes, prefixed], ids=["plain", "prefixed"])
def test_no_error_is_overlooked_where_a_large_sheet_is_read_in_pieces(written):
    error, rows = '<c r="{}{}" t="e"><v>#N/A</v></c>', range(1, 20_001)
    errors = "".join(f'<row r="{at}">{"".join(error.format(column, at) for column in "ABCDE")}</row>' for at in rows)
    sheet = f'<worksheet xmlns="http://x"><sheetData>{errors}</sheetData></worksheet>'.encode()
    book = rebuilt(PLAIN, {SHEET: written(sheet)})
    found = findings_in_zip(zipfile.ZipFile(io.BytesIO(book)))
    assert found == Findings({"취소관리": {at: dict.fromkeys(range(5), "#N/A") for at in range(20_000)}})


def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_one_is_read(tmp_path, book):
    assert one_file(tmp_path / "a.xlsx", sheet_of(1_048_576, 120), book, memory_mib=400)[1] == ["file_too_large.memory"]
    assert len(one_file(tmp_path / "b.xlsx", PLAIN, book)[0].claims) == 1


def test_a_file_that_kills_its_reader_costs_nothing_but_itself(tmp_path, book):
    _, said = one_file(tmp_path / "a.xlsx", sheet_of(1_048_576, 16_384), book)
    assert said in (["file_unreadable"], ["file_too_large.memory"])  # as the system grants or refuses half a terabyte
    assert len(one_file(tmp_path / "b.xlsx", PLAIN, book)[0].claims) == 1


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path, book):
    slow = locked(PLAIN).replace(b'spinCount="100000"', b'spinCount="999999"')
    began = time.monotonic()
    assert one_file(tmp_path / "a.xlsx", slow, book, seconds=1)[1] == ["file_too_slow"]
    assert time.monotonic() - began < 20
    assert len(one_file(tmp_path / "b.xlsx", PLAIN, book)[0].claims) == 1


@pytest.mark.parametrize("case", [case for case in CASES if "압축법" in case.name], ids=lambda case: case.name)
def test_a_way_of_packing_that_only_some_pythons_know_does_not_kill_the_reader(case, tmp_path, book):
    reader = opened.process().at_work()
    assert one_file(tmp_path / case.name, case.content, book)[1] == [*case.codes]
    assert opened.process().at_work() is reader


def test_of_a_zip_only_the_member_that_is_given_up_is_lost(tmp_path, book):
    content = packed({"1.csv": text(), "2.xlsx": sheet_of(1_048_576, 120), "3.xlsx": PLAIN})
    batch, said = one_file(tmp_path / "a.zip", content, book, memory_mib=400)
    assert said == ["file_too_large.memory"]
    assert [problem.place.file for problem in batch.file_problems] == ["a.zip/2.xlsx"]
    assert [sheet.file for sheet in batch.sheets if sheet.kind] == ["a.zip/1.csv", "a.zip/3.xlsx"]


def test_a_reader_that_is_killed_from_outside_is_begun_again(tmp_path, book):
    assert len(one_file(tmp_path / "a.xlsx", PLAIN, book)[0].claims) == 1
    psutil.Process(opened.process()._now._process.pid).kill()
    assert one_file(tmp_path / "b.xlsx", PLAIN, book)[1] == ["file_unreadable"], "whatever it did when it was killed"
    assert len(one_file(tmp_path / "c.xlsx", PLAIN, book)[0].claims) == 1


def test_a_reader_that_has_grown_large_is_not_kept(tmp_path, book, monkeypatch):
    content = packed({"1.csv": text(), "2.xlsx": PLAIN})
    assert one_file(tmp_path / "a.zip", content, book)[1] == []
    small = opened.process()._now._process.pid
    monkeypatch.setattr(process, "_KEPT", 1)
    batch, said = one_file(tmp_path / "b.zip", content, book)
    assert (len(batch.contents), said) == (2, []), "not before its last member is read"
    assert opened.process()._now.over
    assert not psutil.pid_exists(small)
    assert len(one_file(tmp_path / "c.xlsx", PLAIN, book)[0].claims) == 1


def test_the_reader_ends_with_the_program_that_asks_it(tmp_path):
    program = "import time; from processor.opener import process; asked = process.ReadingProcess().at_work(); print(asked._process.pid, flush=True); time.sleep(60)"
    asking = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    reader = psutil.Process(int(asking.stdout.readline()))
    asking.kill()
    asking.wait()
    asking.stdout.close()
    reader.wait(timeout=20)
    assert not psutil.pid_exists(reader.pid) or reader.status() == psutil.STATUS_ZOMBIE


def test_ctrl_c_and_a_closed_terminal_are_for_the_program_and_not_for_the_reader(monkeypatch):
    """It inherits at its very start that it hears none: its own first lines would come too late."""
    begun = []

    class Process:
        def __init__(self, **_):
            pass

        def start(self):
            heard = {signal.SIGINT, signal.SIGHUP} - signal.pthread_sigmask(signal.SIG_BLOCK, ())
            begun.append(heard == set())

    monkeypatch.setattr(process.SPAWN, "Process", Process)
    for asking in (process._Process, lambda ahead: in_a_thread(process._Process, ahead)):
        asking(Ahead())
    assert begun == [True, True]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def in_a_thread(do, *arguments) -> None:
    thread = threading.Thread(target=do, args=arguments)
    thread.start()
    thread.join()


def test_the_reader_loads_neither_pandas_nor_numpy_nor_the_rules():
    program = "import sys; import processor.opener.reader; print([name for name in ('pandas', 'numpy', 'yaml', 'processor.rulebook', 'openpyxl') if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout == "[]\n"


# ── the head start on locked files ──


LOCKED = [case for case in CASES if case.content.startswith(OLE)]


def ahead_of(path: Path, *passwords: str) -> None:
    opened.begin_anew([path], *(passwords or (PASSWORD,)))


@pytest.mark.parametrize("case", some(LOCKED, 6), ids=lambda case: ascii(case.name))
def test_a_head_start_changes_no_answer(case, read, tmp_path, book):
    path = tmp_path / case.name
    path.write_bytes(case.content)
    ahead_of(path)
    batch = intake.read([intake.input_file(path)], book.exports, book.reasons, opening(PASSWORD), AS_OF)
    assert read(case) == (len(batch.claims), tuple(sorted(map(variant, [*batch.file_problems, *batch.row_problems]))))


def test_a_head_start_on_all_of_them_changes_no_answer(read, tmp_path, book):
    """The first is unlocked ahead, and of the others the keys are worked out."""
    paths = [tmp_path / case.name for case in LOCKED]
    for case, path in zip(LOCKED, paths, strict=True):
        path.write_bytes(case.content)
    opened.begin_anew(paths, PASSWORD)
    batch = intake.read([*map(intake.input_file, paths)], book.exports, book.reasons, opening(PASSWORD), AS_OF)
    told = defaultdict(list)
    for problem in [*batch.file_problems, *batch.row_problems]:
        told[problem.place.file].append(variant(problem))
    names = [unicodedata.normalize("NFC", case.name) for case in LOCKED]
    assert [tuple(sorted(told[name])) for name in names] == [read(case)[1] for case in LOCKED]


def prepared(tmp_path, monkeypatch, content=PLAIN) -> tuple[Reader, Path]:
    """A reader with a head start, who cannot unlock or load anything any more."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(content))
    reader = Reader(head_start(path, PASSWORD))

    def never(*_):
        raise AssertionError("it is done already")

    monkeypatch.setattr(Lock, "opened_with", never)
    monkeypatch.setattr(reader_module, "open_workbook", never)
    return reader, path


def test_what_was_done_ahead_is_not_done_again(tmp_path, monkeypatch, book):
    reader, path = prepared(tmp_path, monkeypatch)
    reader.take(path, "", Bounds(*astuple(book.exports.limits)))
    reader.content(0)
    assert (reader.open(), reader.unlock(PASSWORD)) == (Locked(), Opened(("취소관리",), typed=True))
    assert reader.head("취소관리", 2)[0] == table()[0]


@pytest.mark.parametrize(("changes", "password"), [(False, "다른것"), (True, PASSWORD)])
def test_it_is_for_that_file_and_that_password_only(changes, password, tmp_path, monkeypatch, book):
    reader, path = prepared(tmp_path, monkeypatch)
    if changes:
        path.write_bytes(locked(sheet_of(3, 3)))
    reader.take(path, "", Bounds(*astuple(book.exports.limits)))
    reader.content(0)
    assert reader.open() == Locked()
    with pytest.raises(AssertionError, match="done already"):
        reader.unlock(password)


def test_what_is_allowed_holds_for_what_was_done_ahead(tmp_path, book):
    path = tmp_path / "a.xlsx"
    for limits, said in (
        ({"rows": 2}, "file_too_large.rows"),
        ({"columns": 2}, "file_too_large.columns"),
        ({"unpacked_mib": 0}, "file_too_large.unpacked"),
    ):
        content = locked(sheet_of(3, 3))
        path.write_bytes(content)
        ahead_of(path)
        assert one_file(path, content, book, **limits)[1] == [said]


def test_a_file_that_changed_after_the_head_start_is_read_as_it_is(tmp_path, book):
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(sheet_of(3, 3)))
    ahead_of(path)
    assert len(one_file(path, locked(PLAIN), book)[0].claims) == 1


def test_a_password_that_does_not_fit_costs_nothing_but_the_head_start(tmp_path, book):
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(PLAIN))
    ahead_of(path, "다른것")
    assert len(one_file(path, locked(PLAIN), book)[0].claims) == 1


def test_the_reader_works_on_keys_before_it_is_asked(tmp_path, book):
    """No password of so many rounds can be tried within a second; this one was before the second began."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(PLAIN).replace(b'spinCount="100000"', b'spinCount="2999999"'))
    exports = replace(book.exports, limits=replace(book.exports.limits, seconds=1))
    for prepared, said in ((False, "file_too_slow"), (True, "password_wrong")):
        ahead_of(path if prepared else tmp_path / "another")
        batch = intake.read([intake.input_file(path)], exports, book.reasons, opening(PASSWORD), AS_OF)
        assert [problem.code for problem in batch.file_problems] == [said]


def test_keys_are_worked_out_while_nobody_asks(tmp_path, monkeypatch, book):
    """One after the other; whoever asks meanwhile waits for one of them at most."""
    paths = [tmp_path / f"{name}.xlsx" for name in "abc"]
    for path in paths:
        path.write_bytes(locked(PLAIN))
    done, asked = [], threading.Event()
    begun = {path: threading.Event() for path in paths}

    def spun(path: Path, password: str) -> None:
        done.append((path, password))
        begun[path].set()
        asked.wait(60)

    class Noting(Reader):
        def take(self, *arguments):
            done.append("an answer")
            return super().take(*arguments)

    monkeypatch.setattr(reader_module, "spin", spun)
    monkeypatch.setattr(reader_module, "Reader", Noting)
    for where, name in ((reader_module.os, "dup2"), (reader_module.signal, "signal")):
        monkeypatch.setattr(where, name, lambda *_: None)
    ours, theirs = multiprocessing.Pipe()
    serving = threading.Thread(target=reader_module.serve, args=(theirs, Ahead(tuple(paths), PASSWORD)))
    serving.start()
    assert ours.recv() == READY
    assert begun[paths[1]].wait(60)
    ours.send(("take", (paths[0], "", Bounds(*astuple(book.exports.limits)))))
    asked.set()
    assert ours.recv() == (None,)
    assert begun[paths[2]].wait(60)
    ours.close()
    serving.join()

    assert done == [(paths[1], PASSWORD), "an answer", (paths[2], PASSWORD)]


def test_a_file_that_wants_more_rounds_than_excel_keeps_no_other_waiting(tmp_path, book):
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(locked(PLAIN))
    other.write_bytes(locked(PLAIN).replace(b'spinCount="100000"', b'spinCount="9999999"'))
    opened.begin_anew([path, other], PASSWORD)
    assert len(one_file(path, locked(PLAIN), book, seconds=3)[0].claims) == 1


@pytest.mark.parametrize("how", ["killed", "too large"])
def test_a_reader_that_falls_over_its_head_start_is_begun_again(how, tmp_path, book, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(PLAIN).replace(b'spinCount="100000"', b'spinCount="999999"'))
    ahead_of(path)
    first = opened.process()._now
    if how == "killed":
        first._process.kill()
    else:
        monkeypatch.setattr(process, "_HEAD_START", 1)
        assert not first.is_ready()
        monkeypatch.undo()
    assert len(one_file(path, locked(PLAIN), book)[0].claims) == 1
    assert first.over
    assert opened.process()._now is not first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes in folders")
def test_a_pipe_is_no_file_to_begin_with(tmp_path):
    """Opened, it would keep the program waiting for ever."""
    os.mkfifo(tmp_path / "pipe")
    program = (
        "import sys; from pathlib import Path; from processor.opener import process; from processor.opener.passwords import Passwords; "
        "process.ReadingProcess([Path(sys.argv[1])], Passwords()) if __name__ == '__main__' else None; print('begun')"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "pipe")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "begun\n")


def test_the_keyring_is_asked_once():
    asked = []
    passwords = Passwords([], lambda: asked.append(1) or [PASSWORD])
    assert [passwords.likeliest(), *passwords.candidates("a.xlsx"), *passwords.candidates("b.xlsx")] == [PASSWORD] * 3
    assert asked == [1]


def test_passwords_are_looked_up_only_where_one_is_needed(tmp_path, monkeypatch):
    def keyring():
        raise AssertionError("nobody needs it")

    begun = []
    monkeypatch.setattr(process, "_Process", begun.append)
    path = tmp_path / "a.xlsx"
    for content in (PLAIN, locked(PLAIN)):
        path.write_bytes(content)
        process.ReadingProcess([path, tmp_path, tmp_path / "gone"], Passwords([PASSWORD] if begun else [], keyring))
    assert begun == [Ahead(), Ahead((path,), PASSWORD)]


def test_passwords_are_in_no_list_of_processes(tmp_path, book):
    assert one_file(tmp_path / "a.xlsx", locked(PLAIN), book)[1] == []
    reader = psutil.Process(opened.process()._now._process.pid)
    assert PASSWORD not in " ".join(reader.cmdline())
    assert not {"2222", "3333"} & {
        word for process in psutil.Process().children(recursive=True) for word in process.cmdline()
    }


# ── folders ──


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("way", ["the same", "inbox inside", "outbox inside"])
def test_a_desk_whose_folders_overlap_is_refused(way, tmp_path, rules_path, typed):
    (tmp_path / "rules.yaml").write_bytes(rules_path.read_bytes())
    inner = {
        "the same": ("inbox", "outbox", "."),
        "inbox inside": ("outbox", "inbox", "in"),
        "outbox inside": ("inbox", "outbox", "out"),
    }
    real, link, below = inner[way]
    (tmp_path / real / below).mkdir(parents=True, exist_ok=True)
    (tmp_path / link).symlink_to(tmp_path / real / below)
    (tmp_path / "inbox" / "a.xlsx").write_bytes(PLAIN)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    ended = typed("run", "--home", tmp_path)

    assert (ended.code, "링크라서 열지 않았습니다" in ended.err) == (3, True)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_and_pipes_in_the_inbox_are_left_alone(empty_desk, tmp_path, book):
    (tmp_path / "secret.xlsx").write_bytes(PLAIN)
    (empty_desk.inbox / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    (empty_desk.inbox / "folder").symlink_to(tmp_path)
    os.mkfifo(empty_desk.inbox / "pipe.xlsx")
    (empty_desk.inbox / "folder.xlsx").mkdir()
    (empty_desk.inbox / "folder.xlsx" / "a.xlsx").write_bytes(PLAIN)

    assert [file.name for file in intake.find(empty_desk.inbox)] == ["folder.xlsx/a.xlsx"]


def test_a_long_path_and_names_as_long_as_a_disk_takes_them(tmp_path, rules_path, typed):
    desk = Desk(tmp_path / ("긴폴더" * 20) / ("또긴폴더" * 15))
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    desk.rules.write_bytes(rules_path.read_bytes())
    names = {"가" * 83 + ".xlsx": PLAIN, "나" * 83 + ".csv": text(table(상품주문번호="2.02E+15"))}
    for name, content in names.items():
        (desk.inbox / name).write_bytes(content)
        os.utime(desk.inbox / name, (time.time() - 3600,) * 2)

    ended = typed("run", "--home", desk.home, "--as-of", "2026-11-21T09:00")

    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert sorted(path.name for path in desk.inbox.glob("done/*/*")) == sorted(names)
    assert len(list(desk.outbox.glob("*.xlsx"))) == 2
