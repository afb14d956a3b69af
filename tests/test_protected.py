"""store.protect_outbox: the workbook is locked with the inbox's password, and never on disk unencrypted."""

from __future__ import annotations

import io
import os
import sys
from datetime import datetime
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from opened import run

from processor import judge, rulebook, samples
from processor.app.desk import Desk
from processor.app.errors import NoPassword
from processor.app.morning import RunOptions
from processor.intake import Passwords
from processor.opener.seal import sealed

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")
SECRET = "비밀1234"


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    rules = empty_desk.rules.read_text("utf-8").replace("protect_outbox: false", "protect_outbox: true")
    empty_desk.rules.write_text(rules, "utf-8")
    return empty_desk


@pytest.fixture
def protecting(desk: Desk) -> rulebook.Rulebook:
    return rulebook.read(desk.rules, judge.WORDS)


def an_export(desk: Desk, password: str | None = None) -> None:
    path = desk.inbox / "취소관리_20261123_0856.xlsx"
    samples.write_cancel(path, [order for _, order in samples.stories(MORNING)], downloaded_at=MORNING)
    if password:
        path.write_bytes(sealed(path.read_bytes(), password))
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def unlocked(path: Path, password: str) -> openpyxl.Workbook:
    locked, plain = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes())), io.BytesIO()
    locked.load_key(password=password, verify_password=True)
    locked.decrypt(plain)
    return openpyxl.load_workbook(io.BytesIO(plain.getvalue()))


def test_the_workbook_is_locked_with_the_password_that_opened_the_inbox(desk, protecting, monkeypatch):
    an_export(desk, SECRET)
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(desk.home / "nowhere"))  # what would lie there could be read
        done = run(desk, protecting, RunOptions(MORNING, Passwords(["다른것", SECRET])))
    assert done.workbook.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert unlocked(done.workbook, SECRET).sheetnames[0] == "요약"
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        unlocked(done.workbook, "다른것")
    told = b"".join(path.read_bytes() for path in desk.outbox.iterdir() if path.suffix in (".json", ".sqlite3"))
    assert told
    assert SECRET.encode() not in told


WRITING = os.O_WRONLY | os.O_RDWR


def test_no_part_of_it_is_written_in_the_clear_while_it_is_made(desk, protecting):
    """Not beside the workbook either, where an unlocked one has its parts while it is packed."""
    written: list[str] = []
    watching = [True]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching[0] and event == "open" and isinstance(arguments[0], str) and int(str(arguments[2])) & WRITING:
            written.append(Path(arguments[0]).name)

    an_export(desk, SECRET)
    sys.addaudithook(watch)  # for good: it can't be taken away again, only be told to look no more
    try:
        done = run(desk, protecting, RunOptions(MORNING, Passwords([SECRET])))
    finally:
        watching[0] = False
    ours = {f".{done.workbook.name}.tmp", f".{done.workbook.stem}.json.tmp", ".unfinished.json.tmp"}
    ours |= {"취소관리_20261123_0856.xlsx"}  # empty: its name is tried where the input will lie
    ours |= {".running.lock", ".ledger.sqlite3.tmp"}  # the memory of the desk, which is never locked
    ours |= {
        f".{MORNING:%Y%m%d_%H%M%S}.json.gz.tmp",
        f".{protecting.sha256}.yaml.gz.tmp",
    }  # nor is its history; nothing of a buyer is in it
    assert f".{done.workbook.name}.tmp" in written, "the hook sees what is written"
    assert set(written) <= ours, "and that is all"


def test_an_inbox_without_locks_is_answered_with_the_first_known_password(desk, protecting):
    an_export(desk)
    done = run(desk, protecting, RunOptions(MORNING, Passwords([], lambda: [SECRET])))
    assert unlocked(done.workbook, SECRET).sheetnames[0] == "요약"


def test_without_any_password_nothing_is_written_or_moved(desk, protecting):
    an_export(desk)
    with pytest.raises(NoPassword):
        run(desk, protecting, RunOptions(MORNING, Passwords([])))
    assert [path.name for path in desk.inbox.rglob("*") if path.is_file()] == ["취소관리_20261123_0856.xlsx"]
    assert [path.name for path in desk.outbox.iterdir() if path.suffix in (".xlsx", ".json")] == []


def test_what_is_wrong_is_said_in_a_sentence(desk, typed):
    an_export(desk)
    told = typed("run", "--home", str(desk.home), "--as-of", "2026-11-23T09:00")
    assert told.code == 3
    assert "store.protect_outbox가 true인데 처리목록을 잠글 비밀번호가 없습니다" in told.err


def test_a_locked_workbook_comes_back_with_its_answers(desk, protecting):
    an_export(desk)
    first = run(desk, protecting, RunOptions(MORNING, Passwords([SECRET])))
    book = unlocked(first.workbook, SECRET)
    content = io.BytesIO()
    book.save(content)
    path = desk.inbox / first.workbook.name
    path.write_bytes(sealed(content.getvalue(), SECRET))
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    second = run(desk, protecting, RunOptions(MORNING.replace(hour=12), Passwords([SECRET])))
    assert second.report.batch.file_problems == ()
    assert "확인필요" in {sheet.sheet for sheet in second.report.account if sheet.read}
