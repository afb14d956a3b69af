"""What a run writes down before it does it: carried out once its workbook stands, void before."""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import pytest

from processor import intake, ledger, outbox, samples
from processor.app import plan
from processor.app.desk import Desk
from processor.app.think import think

MORNING = datetime.fromisoformat("2026-11-23T09:00")
RUN = "20261123_090000"
WORKBOOK = f"처리목록_{RUN}.xlsx"
COPY = "수정필요_취소관리_20261123_090000.xlsx"


@pytest.fixture
def desk(tmp_path, rules_path) -> Desk:
    desk = Desk(tmp_path)
    desk.inbox.mkdir()
    desk.outbox.mkdir()
    shutil.copy(rules_path, desk.rules)
    samples.write_cancel(
        desk.inbox / "취소관리.xlsx", [order for _, order in samples.stories(MORNING)], downloaded_at=MORNING
    )
    return desk


@pytest.fixture
def written(desk, book, workdays) -> plan.Plan:
    """A plan that lies there, as a run leaves it that dies right after writing it down."""
    files = [intake.input_file(path, path.name) for path in desk.inbox.iterdir()]
    batch = intake.read(files, book.exports, book.reasons, intake.Passwords(), MORNING)
    report = think(batch, book, MORNING, workdays)
    one = plan.Plan(
        WORKBOOK,
        outbox.manifest(report, book, WORKBOOK, {}),
        ledger.entry(report, book.sha256, RUN, "tests"),
        intake.moves(batch, desk.inbox, RUN),
        [COPY],
    )
    plan.write_down(desk, one)
    outbox.lay_out({COPY: b"a copy"}, desk.outbox)
    intake.make_way(desk.inbox, one.moves)
    return one


def left(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_nothing_begun_is_nothing_to_finish(desk):
    assert plan.nothing_begun(desk)
    assert plan.finish(desk) is None
    assert left(desk.outbox) == []


def test_without_its_workbook_a_plan_is_void(desk, written):
    assert not plan.nothing_begun(desk)
    assert plan.finish(desk) is None
    assert plan.nothing_begun(desk)
    assert (left(desk.outbox), left(desk.inbox)) == ([], ["취소관리.xlsx"])
    assert not (desk.inbox / "done").exists()


def test_with_its_workbook_a_plan_is_carried_out(desk, written):
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    assert plan.finish(desk) == desk.outbox / WORKBOOK
    assert left(desk.outbox) == ["ledger.sqlite3", COPY, f"처리목록_{RUN}.json", WORKBOOK]
    assert (desk.outbox / COPY).read_bytes() == b"a copy"
    assert left(desk.inbox) == [f"done/{RUN}/취소관리.xlsx"]
    assert json.loads((desk.outbox / f"처리목록_{RUN}.json").read_text("utf-8"))["workbook"] == WORKBOOK
    with ledger.opened(desk.ledger, writing=False) as memory:
        assert list(memory.past((), MORNING).runs) == [RUN]
    assert plan.finish(desk) is None


def test_a_copy_never_takes_the_place_of_another_file(desk, written):
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    (desk.outbox / COPY).write_bytes(b"somebody's own")
    plan.finish(desk)
    assert (desk.outbox / COPY).read_bytes() == b"somebody's own"
    assert left(desk.outbox) == ["ledger.sqlite3", COPY, f"처리목록_{RUN}.json", WORKBOOK]


def test_a_plan_of_a_version_without_copies_is_carried_out(desk, written):
    path = desk.outbox / ".unfinished.json"
    older = json.loads(path.read_text("utf-8"))
    del older["copies"]
    path.write_text(json.dumps(older), "utf-8")
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    assert plan.finish(desk) == desk.outbox / WORKBOOK
    assert left(desk.inbox) == [f"done/{RUN}/취소관리.xlsx"]


@pytest.mark.parametrize("half", [b"{", b"\xff\xfe", b"[]", b"{}", b"null", b""], ids=repr)
def test_half_a_plan_is_void(desk, half):
    (desk.outbox / ".unfinished.json").write_bytes(half)
    assert plan.finish(desk) is None
    assert (left(desk.outbox), left(desk.inbox)) == ([], ["취소관리.xlsx"])


def test_a_plan_that_was_still_being_written_goes(desk):
    (desk.outbox / ".unfinished.json.tmp").write_text("{")
    assert plan.finish(desk) is None
    assert left(desk.outbox) == []
