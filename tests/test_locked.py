"""Files without a known password: when a run stops, when it goes on without the file, and what it prints."""

from __future__ import annotations

import io
import os
import shutil
import sys
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from opened import decide, run
from trials import across

from processor import intake, judge, ledger, rulebook, samples
from processor.app.desk import Desk
from processor.app.errors import PasswordNeeded
from processor.app.morning import RunOptions
from processor.app.outcomes import Done, NothingNew
from processor.intake import Passwords
from processor.intake.problems import problem
from processor.model import Place
from processor.opener.seal import sealed

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")
AN_HOUR_AGO = 3600
SECRET = "tiger-9963"
APPROVED = "8 취소요청 · 송장 없음 · 미포장"
CANCEL = "스마트스토어_취소관리_20261123_0856.xlsx"
SEARCH = "스마트스토어_주문조회_20261123_0859.xlsx"


def told(*stories):
    return [order for story, order in samples.stories(MORNING) if story in stories]


@pytest.fixture(scope="module")
def exports(tmp_path_factory) -> Path:
    """Two exports of one order, to be read only."""
    folder = tmp_path_factory.mktemp("exports")
    samples.write_dispatch(folder / "발주발송관리_20261123_0855.xlsx", told(APPROVED), downloaded_at=MORNING)
    samples.write_cancel(folder / CANCEL, told(APPROVED), downloaded_at=MORNING)
    return folder


@pytest.fixture(scope="module")
def locked(exports) -> bytes:
    return sealed((exports / CANCEL).read_bytes(), SECRET)


@pytest.fixture
def desk(empty_desk, exports) -> Desk:
    """Both lie open in the inbox."""
    shutil.copytree(exports, empty_desk.inbox, dirs_exist_ok=True)
    return empty_desk


def put(desk, name, content) -> None:
    (desk.inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (desk.inbox / name).write_bytes(content)
    for path in desk.inbox.rglob("*"):
        os.utime(path, (path.stat().st_mtime - AN_HOUR_AGO,) * 2)


def everything(desk) -> dict[str, bytes | None]:
    """All but the ledger, which a first run makes before it reads: what it knows is asked for itself."""
    return {
        path.relative_to(desk.home).as_posix(): path.read_bytes() if path.is_file() else None
        for path in desk.home.rglob("*")
        if path != desk.ledger
    }


def zipped(**members) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.xlsx", content)
    return target.getvalue()


def with_a_password(archive: bytes) -> bytes:
    """A zip that says of each member that it is encrypted."""
    content = bytearray(archive)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


# ── which files are needed ───────────────────────────────────────────────────────────────────────

NEEDED = [
    "스마트스토어_선택주문발주발송관리_20261123_0855.xlsx",
    "스마트스토어_취소관리_20261123_0856.xlsx",
    "반품관리 (1).xlsx",
    "우리가게 스마트스토어_교환관리_20261123_0858.xlsx",
    "새 통합 문서.xlsx",  # it may be any of them
    "주문.xlsx",
    "취소관리와 주문조회.xlsx",  # nor can one that says both
    "주문조회/내려받은 것.xlsx",  # folders and zips are called as one likes
    "주문조회.zip/내려받은 것.xlsx",
    "처리목록_20261123_090000.xlsx",  # it may say that a parcel has left
    "처리목록 주문조회.xlsx",
    "답변.xlsx",
    "품절상품.xlsx",
    "Your answers.xlsx",
    "수정필요_스마트스토어_취소관리_20261123_0856.xlsx",
]
DISPENSABLE = [
    "스마트스토어_주문조회_20261123_0859.xlsx",
    "스토어팜_전체주문조회_20160923_2047.xls",
    "스마트스토어_전체주문배송현황_20261002_1502.xlsx",
    "네이버페이_구매확정내역_20240331_1154.xlsx",
    "주문 조회 (2).xlsx",
    "Order search.xlsx",
    unicodedata.normalize("NFD", "스마트스토어_주문조회_20261123_0859.xlsx"),
    "수정필요_스마트스토어_주문조회_20261123_0859.xlsx",
    "취소관리/주문조회.xlsx",
    "취소관리.zip/주문조회.xlsx",
]


def needed(exports, *problems) -> list[str]:
    """The files without which nothing may be decided."""
    return [each.place.file for each in intake.locked_and_needed(problems, exports)]


@pytest.mark.parametrize("said", ["password_missing", "password_wrong", "file_unreadable.locked_zip"])
@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_may_hold_claims_dispatches_or_answers_is_needed(name, said, book):
    assert needed(book.exports, problem(said, Place(SEARCH)), problem(said, Place(name))) == [name]


@pytest.mark.parametrize("name", DISPENSABLE)
def test_a_file_that_says_it_is_of_another_screen_is_not(name, book):
    assert needed(book.exports, problem("password_wrong", Place(name))) == []


def test_what_is_wrong_in_other_ways_is_no_matter_of_passwords(book):
    assert needed(book.exports, problem("file_unreadable", Place(CANCEL)), problem("no_rows", Place(CANCEL))) == []


def test_screens_are_called_as_the_rules_call_them(edited):
    exports = rulebook.read(edited("name: 주문조회\n", "name: 통합검색\n"), judge.WORDS).exports

    files = (Place("통합검색_20261123.xlsx"), Place(SEARCH))
    assert needed(exports, *(problem("password_wrong", file) for file in files)) == [SEARCH]


# ── nothing happens until it is told ─────────────────────────────────────────────────────────────

PLACES = {
    "the last one": "힣.xlsx",
    "the first one": "0.xlsx",
    "in a folder": "월요일/하나 더/취소관리_20261123_0700.xlsx",
    "a returned workbook": "처리목록_20261120_090000.xlsx",
}


@across(
    {
        "how": [{}, {"dry_run": True}, {"catch_up": True}],
        "place": PLACES,
    }
)
def test_nothing_is_decided_moved_or_remembered(place, how, desk, book, locked):
    put(desk, PLACES[place], locked)
    before = everything(desk)

    for passwords in ([], ["wrong"]):
        with pytest.raises(PasswordNeeded) as needed:
            run(desk, book, RunOptions(MORNING, Passwords(passwords), **how))
        assert [each.place.file for each in needed.value.problems] == [PLACES[place]]
        assert everything(desk) == before
        assert ledger.waiting(desk.ledger).last_run is None

    done = run(desk, book, RunOptions(MORNING, Passwords([SECRET])))  # as if nothing had been before
    assert isinstance(done, Done)
    assert done.workbook == desk.outbox / "처리목록_20261123_090000.xlsx"
    assert (done.report.batch.repeats, done.report.batch.file_problems) == ((), ())


def test_a_member_of_a_zip_is_named_with_its_zip(desk, book, exports, locked):
    put(desk, "묶음.zip", zipped(주문조회=locked, 새파일=locked, 열림=(exports / CANCEL).read_bytes()))
    before = everything(desk)

    with pytest.raises(PasswordNeeded) as needed:
        run(desk, book, RunOptions(MORNING, Passwords()))

    assert [each.place.file for each in needed.value.problems] == ["묶음.zip/새파일.xlsx"]
    assert everything(desk) == before


def test_a_zip_that_is_locked_itself_is_waited_for_as_well(desk, book, exports):
    put(desk, "묶음.zip", with_a_password(zipped(취소관리=b"x" * 99, 주문조회=b"y" * 99)))
    before = everything(desk)

    with pytest.raises(PasswordNeeded) as needed:
        run(desk, book, RunOptions(MORNING, Passwords([SECRET])))

    assert [each.place.file for each in needed.value.problems] == ["묶음.zip/취소관리.xlsx"]
    assert everything(desk) == before


def test_a_locked_file_of_another_screen_is_left_out_and_the_rest_is_decided(desk, book, locked):
    put(desk, SEARCH, locked)

    done = run(desk, book, RunOptions(MORNING, Passwords(["wrong"])))

    assert [each.code for each in done.report.batch.file_problems] == ["password_wrong"]
    assert len(done.report.rows) == 1
    assert (desk.inbox / "failed/20261123_090000" / SEARCH).exists()


def test_a_locked_file_that_was_handled_before_is_no_obstacle(desk, book, locked):
    put(desk, "하나.xlsx", locked)
    run(desk, book, RunOptions(MORNING, Passwords([SECRET])))
    noon = MORNING.replace(hour=12)

    put(desk, "둘.xlsx", locked)
    alone = run(desk, book, RunOptions(noon, Passwords()))
    put(desk, "답.csv", f"상품주문번호,출고상태\n{told(APPROVED)[0].product_order_no},미포장\n".encode())
    with_another = run(desk, book, RunOptions(noon, Passwords()))

    assert isinstance(alone, NothingNew)
    assert [repeat.name for repeat in alone.repeats] == ["둘.xlsx"]
    assert isinstance(with_another, Done)
    assert [repeat.name for repeat in with_another.report.batch.repeats] == ["둘.xlsx"]


def test_decide_decides_nothing_either(desk, book, locked):
    put(desk, CANCEL, locked)
    with pytest.raises(PasswordNeeded):
        decide(sorted(desk.inbox.iterdir()), book, RunOptions(MORNING, Passwords()))


# ── what is said ─────────────────────────────────────────────────────────────────────────────────

CALLED = f"{sys.executable} -m processor"
TELL = (  # as programs read it; at a terminal the commands are those of this computer
    "비밀번호를 알려 주고 다시 실행하세요: 터미널에서 `python -m processor run`이 물어볼 때 입력하거나, `python -m processor password`로 "
    "저장해 두거나, PROCESSOR_PASSWORDS나 --password-file로 알려 주면 됩니다. 비밀번호를 모르면 판매자센터에서 새로 내려받아 바꾸어 넣으세요."
)
LEFT = (
    "그 안에 취소요청이나 이미 나간 주문이 있을 수 있어 아무것도 판단하지 않았고, 파일은 모두 inbox에 그대로 있습니다."
)


def test_one_sentence_names_the_files_and_says_how_to_tell_the_password(desk, locked, typed):
    put(desk, CANCEL, locked)
    put(desk, "묶음.zip", zipped(반품=locked))
    words = ("run", "--home", desk.home, "--quiet")
    tell = TELL.replace("python -m processor run", f"{CALLED} run --home {desk.home}")
    tell = tell.replace("python -m processor password", f"{CALLED} password")

    missing, wrong = typed(*words), typed(*words, PROCESSOR_PASSWORDS="0000")
    english = typed(*words, "--lang", "en")

    assert missing[:2] == wrong[:2] == english[:2] == (3, "")
    assert missing.err == (f"비밀번호를 몰라 열지 못한 파일이 있습니다: 묶음.zip/반품.xlsx, {CANCEL}. {LEFT} {tell}\n")
    assert wrong.err == (
        f"알고 있는 비밀번호로는 열리지 않는 파일이 있습니다: 묶음.zip/반품.xlsx, {CANCEL}. {LEFT} {tell}\n"
    )
    assert english.err == (
        f"These files are locked, and no password is known: 묶음.zip/반품.xlsx, {CANCEL}. There may be cancel requests or "
        "parcels that have left in there, so nothing was decided, and every file is still in inbox. Tell the password and "
        f"run again: type it when `{CALLED} run --home {desk.home}` asks in a terminal, keep it with `{CALLED} password`, "
        "or use PROCESSOR_PASSWORDS or --password-file. If you don't know it, download the file from the Seller Center "
        "anew.\n"
    )


def test_of_a_locked_zip_it_says_to_unpack_it(desk, typed):
    put(desk, "묶음.zip", with_a_password(zipped(취소관리=b"x" * 99)))

    ended = typed("run", "--home", desk.home, "--quiet")

    assert (ended.code, ended.err) == (
        3,
        f"압축에 비밀번호가 걸려 풀지 못한 파일이 있습니다: 묶음.zip/취소관리.xlsx. {LEFT} "
        "압축을 직접 풀어 안의 엑셀 파일을 넣고, 압축 파일은 빼 주세요.\n",
    )


def test_of_many_files_some_are_named_and_all_are_counted(desk, typed):
    put(desk, "묶음.zip", with_a_password(zipped(**{f"{number:02}": b"x" * 99 for number in range(13)})))

    ended = typed("run", "--home", desk.home, "--quiet")
    [error] = typed("run", "--home", desk.home, "--json").lines

    assert "묶음.zip/09.xlsx 외 3개. " in ended.err
    assert "묶음.zip/10.xlsx" not in ended.err
    assert len(error["problem_list"]) == 13


@pytest.mark.parametrize("command", ["run", "dry run", "decide"])
def test_programs_are_told_in_json(command, desk, locked, typed):
    put(desk, CANCEL, locked)
    before = everything(desk)

    if command == "decide":
        ended = typed("decide", *sorted(desk.inbox.iterdir()), "--rules", desk.rules)
    else:
        ended = typed("run", "--home", desk.home, "--json", *(["--dry-run"] if command == "dry run" else []))

    [error] = ended.lines
    assert (ended.code, ended.err) == (3, "")
    assert [*error] == ["type", "code", "message", "problem_list"]
    assert (error["type"], error["code"]) == ("error", "password_needed")
    assert [(each["code"], each["file"]) for each in error["problem_list"]] == [("password_missing", CANCEL)]
    assert error["message"].endswith(TELL)
    assert ("inbox에 그대로" in error["message"]) == (command != "decide")
    assert everything(desk) == before
