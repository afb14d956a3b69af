"""The commands `status`, `run --catchup` and `forget`: what they print, and what they leave unchanged."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from opened import run
from test_cli import APPROVED, AT_LEISURE, MORNING, QUESTION, aged, names, number, put_exports, state, told
from test_ledger import rows
from test_run import filled, options

from processor import samples
from processor.app.desk import Desk

pytestmark = pytest.mark.slow

TUESDAY = MORNING + timedelta(days=1)
FIRST, SECOND = "20261123_090000", "20261124_090000"
DISPATCH, CANCEL = (f"스마트스토어_{screen}_20261123_0900.xlsx" for screen in ("전체주문발주발송관리", "취소관리"))

OVERDUE = "24 발송기한 닷새 지남"
DUE_TODAY = "24 발송기한 오늘"
PRINTED = "11 취소요청 · 송장 출력"
DECIDED = "16 취소요청 · 구매확정"
MADE = "9 취소요청 · 구매자 사유 · 포장"


@pytest.fixture
def desk(empty_desk) -> Path:
    return empty_desk.home


@pytest.fixture
def at(desk, typed):
    """A run at nine o'clock of a morning, over the exports of these stories."""

    def handled(morning, *stories, words=()):
        put_exports(desk / "inbox", *stories)
        return typed("run", "--home", desk, "--as-of", f"{morning:%Y-%m-%dT%H:%M}", *words)

    return handled


def exported(desk, orders, morning) -> None:
    """What the Seller Center shows of these orders five minutes before."""
    moment = morning - timedelta(minutes=5)
    for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        write(desk / "inbox" / samples.file_name(screen, moment), orders, downloaded_at=moment)
    aged(desk / "inbox")


def ledger(desk) -> Path:
    return desk / "outbox/ledger.sqlite3"


def kept(desk, name, *columns) -> tuple:
    orders = f"orders WHERE product_order_no = '{number(name)}'"
    (row,) = rows(ledger(desk), f"SELECT {', '.join(columns)} FROM {orders}")
    return row


def handed_in(desk, sheet, *filled_in) -> None:
    """Monday's workbook comes back with its cells filled."""
    workbook = desk / "outbox" / f"처리목록_{FIRST}.xlsx"
    for name, answers in filled_in:
        filled(workbook, sheet, number(name), answers)
    shutil.copy(workbook, desk / "inbox")
    aged(desk / "inbox")


# ── status ───────────────────────────────────────────────────────────────────────────────────────

WAITING = (OVERDUE, DUE_TODAY, APPROVED, PRINTED, DECIDED, QUESTION, AT_LEISURE)


def test_a_desk_without_a_past_waits_for_nothing(desk, typed):
    before = state(desk)

    assert typed("status", "--home", desk) == (0, "아직 한 번도 처리하지 않았습니다.\n", "")
    assert typed("status", "--home", desk, "--lang", "en") == (0, "Nothing has been handled yet.\n", "")
    assert typed("status", "--home", desk, "--as-of", "2026-11-23", "--json").lines == [
        {"type": "status", "as_of": "2026-11-23", "last_run": None, "done": 0, "waiting": []}
    ]
    assert state(desk) == before


def test_what_waits_is_told_by_whose_turn_it_is_and_the_next_deadline_first(desk, at, typed):
    at(MORNING, *WAITING)
    before = state(desk)

    korean, english = (
        typed("status", "--home", desk, "--as-of", "2026-11-23", *more) for more in ((), ("--lang", "en"))
    )

    assert (korean.code, korean.err, english.code, english.err) == (0, "", 0, "")
    assert korean.out.splitlines() == [
        "2026-11-23 09:00까지 처리한 것 가운데 기다리는 일 6건 (오늘 2026-11-23)",
        "",
        "■ 판매자센터에서 할 일 3 (발송 2 · 취소승인 1)",
        f"  2026-11-16 지남  발송  {number(OVERDUE)}  기본 면 티셔츠 · 11-23 09:00부터",
        f"  2026-11-23 오늘  발송  {number(DUE_TODAY)}  기본 면 티셔츠 · 11-23 09:00부터",
        f"  2026-11-25       취소승인  {number(APPROVED)}  기본 면 티셔츠 · 11-23 09:00부터",
        "",
        "■ 구매자와 이야기할 일 2",
        f"  2026-11-25       고객협의  {number(PRINTED)}  기본 면 티셔츠 · 11-23 09:00부터",
        f"  기한 없음    고객협의  {number(DECIDED)}  기본 면 티셔츠 · 11-23 09:00부터",
        "",
        "■ 알려 주시면 정해지는 일 1",
        f"  2026-11-24       확인필요  {number(QUESTION)}  기본 면 티셔츠 · 11-23 09:00부터 · 적을 칸: 출고상태",
    ]
    assert english.out.splitlines()[0] == "Waiting, by what was handled up to 2026-11-23 09:00: 6 (today is 2026-11-23)"
    assert [line for line in english.out.splitlines() if line.startswith("■")] == [
        "■ To be done on the screen: 3 (Ship 2 · Approve cancel 1)",
        "■ To be settled with the buyer: 2",
        "■ Questions to you: 1",
    ]
    assert english.out.splitlines()[-1] == (
        f"  2026-11-24       Review  {number(QUESTION)}  기본 면 티셔츠 · since 11-23 09:00 · to fill: Handover"
    )
    assert state(desk) == before


ITEM = [
    "waits_for", "product_order_no", "order_no", "product", "action", "rule", "since", "act_by", "asks", "flags",
    "workbook", "result",
]  # fmt: skip


def test_what_waits_is_there_for_programs_too(desk, at, typed):
    at(MORNING, *WAITING)

    (line,) = typed("status", "--home", desk, "--as-of", "2026-11-24", "--json").lines

    assert list(line) == ["type", "as_of", "last_run", "done", "waiting"]
    assert (line["type"], line["as_of"], line["last_run"], line["done"]) == (
        "status",
        "2026-11-24",
        "2026-11-23T09:00:00",
        0,
    )
    assert all(list(item) == ITEM for item in line["waiting"])
    assert [(item["product_order_no"], item["act_by"]) for item in line["waiting"]] == [
        (number(OVERDUE), "2026-11-16"),
        (number(DUE_TODAY), "2026-11-23"),
        (number(QUESTION), "2026-11-24"),
        (number(APPROVED), "2026-11-25"),
        (number(PRINTED), "2026-11-25"),
        (number(DECIDED), None),
    ]
    assert line["waiting"][2] == {
        "waits_for": "answer",
        "product_order_no": number(QUESTION),
        "order_no": told(QUESTION)[0].order_no,
        "product": "기본 면 티셔츠",
        "action": "review",
        "rule": "C-34",
        "since": "2026-11-23T09:00:00",
        "act_by": "2026-11-24",
        "asks": ["출고상태"],
        "flags": [],
        "workbook": f"처리목록_{FIRST}.xlsx",
        "result": "",
    }


def test_of_very_many_the_first_twenty_are_shown_and_all_are_counted(desk, at, typed):
    orders = [
        replace(told(OVERDUE)[0], product_order_no=f"20261111{tail:08}", order_no=f"20261111{tail:08}")
        for tail in range(11, 33)
    ]
    exported(desk, orders, MORNING)
    at(MORNING)

    said = typed("status", "--home", desk, "--as-of", "2026-11-23").out.splitlines()

    assert said[0] == "2026-11-23 09:00까지 처리한 것 가운데 기다리는 일 22건 (오늘 2026-11-23)"
    assert said[2] == "■ 판매자센터에서 할 일 22"
    assert len([line for line in said if "  발송  " in line]) == 20
    assert said[-1] == "  … 외 2건. 모두 보려면 status --all"
    english = typed("status", "--home", desk, "--as-of", "2026-11-23", "--lang", "en").out.splitlines()
    assert english[-1] == "  … and 2 more. To see them all: status --all"
    everything = typed("status", "--all", "--home", desk, "--as-of", "2026-11-23").out.splitlines()
    assert everything[:3] == said[:3]
    assert len([line for line in everything if "  발송  " in line]) == 22
    assert all(order.product_order_no in "".join(everything) for order in orders)
    assert "…" not in "".join(everything)
    (line,) = typed("status", "--home", desk, "--json").lines
    assert len(line["waiting"]) == 22


def test_what_the_seller_called_done_waits_no_longer_and_is_counted(desk, at, typed):
    at(MORNING, APPROVED, QUESTION)
    handed_in(desk, "취소승인", (APPROVED, {"처리결과": "완료"}))
    at(TUESDAY)

    said = typed("status", "--home", desk, "--as-of", "2026-11-24").out.splitlines()

    assert said == [
        "2026-11-24 09:00까지 처리한 것 가운데 기다리는 일 1건 (오늘 2026-11-24)",
        "",
        "■ 알려 주시면 정해지는 일 1",
        f"  2026-11-24 오늘  확인필요  {number(QUESTION)}  기본 면 티셔츠 · 11-23 09:00부터 · 적을 칸: 출고상태",
        "",
        "처리결과에 완료라고 적으셔서 빼 둔 일 1건. 새 파일에 그대로 있으면 다시 나옵니다.",
    ]
    assert typed("status", "--home", desk, "--lang", "en").out.splitlines()[-1] == (
        "Left out because you called them done: 1. They come back if a newer export shows them unchanged."
    )
    (line,) = typed("status", "--home", desk, "--json").lines
    assert (line["done"], [item["product_order_no"] for item in line["waiting"]]) == (1, [number(QUESTION)])


def test_what_was_called_done_comes_back_when_a_newer_export_shows_it_unchanged(desk, at, typed):
    at(MORNING, APPROVED)
    handed_in(desk, "취소승인", (APPROVED, {"처리결과": "완료"}))
    exported(desk, told(APPROVED), TUESDAY)

    typed("run", "--home", desk, "--as-of", "2026-11-24T09:00")

    (line,) = typed("status", "--home", desk, "--json").lines
    assert [(item["product_order_no"], item["flags"], item["since"]) for item in line["waiting"]] == [
        (number(APPROVED), ["still_open"], "2026-11-23T09:00:00")
    ]
    assert line["done"] == 0


@pytest.mark.parametrize("result", ["보류", "실패"])
def test_what_was_put_off_or_has_failed_still_waits_and_says_so(desk, at, typed, result):
    at(MORNING, APPROVED)
    handed_in(desk, "취소승인", (APPROVED, {"처리결과": result}))
    at(TUESDAY)

    said = typed("status", "--home", desk, "--as-of", "2026-11-24").out.splitlines()

    assert said[2:] == [
        "■ 판매자센터에서 할 일 1",
        f"  2026-11-25       취소승인  {number(APPROVED)}  기본 면 티셔츠 · 11-23 09:00부터 · 처리결과 {result}",
    ]


def test_a_talk_with_the_buyer_is_not_over_because_it_was_had(desk, at, typed):
    at(MORNING, PRINTED)
    handed_in(desk, "고객협의", (PRINTED, {"처리결과": "완료"}))
    at(TUESDAY)

    (line,) = typed("status", "--home", desk, "--json").lines

    assert [(item["product_order_no"], item["result"]) for item in line["waiting"]] == [(number(PRINTED), "완료")]
    assert line["done"] == 0


# ── a ledger that cannot be used ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words", [["status"], ["run", "--dry-run"], ["forget", "--before", "2026-11-23"]], ids=" ".join
)
def test_a_damaged_ledger_is_told_in_a_sentence_by_every_command(desk, at, typed, words):
    put_exports(desk / "inbox", APPROVED)
    ledger(desk).write_bytes(b"no database " * 100)
    before = state(desk)
    quiet = ["--quiet"] if words[0] == "run" else []

    korean, english = (typed(*words, "--home", desk, *quiet, *more) for more in ((), ("--lang", "en")))

    assert korean == (
        3,
        "",
        f"기록 파일 {ledger(desk)}이 망가져 읽을 수 없습니다. 다른 이름으로 옮겨 두고 다시 실행하면 새로 시작합니다(그때까지의 답과 "
        "처리 기록은 쓰지 않습니다). 아무것도 옮기지 않았습니다.\n",
    )
    assert english == (
        3,
        "",
        f"{ledger(desk)} is damaged. Move it away and run again to start afresh (earlier answers and actions are "
        "forgotten). Nothing was moved.\n",
    )
    (error,) = typed(*words, "--home", desk, "--json").lines
    assert (error["type"], error["code"], error["message"]) == ("error", "ledger_unusable", korean.err.rstrip("\n"))
    assert state(desk) == before


def test_a_ledger_of_a_newer_version_is_told_in_both_languages(desk, at, typed):
    at(MORNING, APPROVED)
    with closing(sqlite3.connect(ledger(desk))) as base:
        base.execute("PRAGMA user_version = 1000")

    assert typed("status", "--home", desk) == (
        3,
        "",
        f"기록 파일 {ledger(desk)}은 더 새로운 버전의 프로그램이 만든 것이라 읽을 수 없습니다. 프로그램을 새 버전으로 바꾼 뒤 다시 실행하세요. "
        "아무것도 옮기지 않았습니다.\n",
    )
    assert typed("status", "--home", desk, "--lang", "en") == (
        3,
        "",
        f"{ledger(desk)} was written by a newer version of this program. Update the program and run again. Nothing was "
        "moved.\n",
    )


# ── catching up ──────────────────────────────────────────────────────────────────────────────────


def test_a_catch_up_makes_no_workbook_and_puts_the_files_away(desk, at, typed):
    caught_up = at(MORNING, APPROVED, AT_LEISURE, words=["--catchup"])

    assert (caught_up.code, caught_up.out.splitlines()[-1]) == (
        0,
        "지금 상태만 기록했습니다. 처리목록은 만들지 않았고, 다음부터 바뀐 것을 이것과 비교합니다.",
    )
    assert [name for name in names(desk / "outbox") if not name.startswith(".history/")] == ["ledger.sqlite3"]
    assert names(desk / "inbox") == [f"done/{FIRST}/{name}" for name in (DISPATCH, CANCEL)]
    assert kept(desk, APPROVED, "open", "action", "rule", "asks", "flags", "act_by") == (
        1, "", "", "", "", None,
    )  # fmt: skip
    assert typed("status", "--home", desk, "--as-of", "2026-11-23").out.splitlines() == [
        "2026-11-23 09:00까지 처리한 것 가운데 기다리는 일 0건 (오늘 2026-11-23)"
    ]


def test_a_catch_up_with_something_to_ask_ends_with_1_as_any_run(desk, at):
    english = at(MORNING, QUESTION, words=["--catchup", "--lang", "en"])

    assert english.code == 1
    assert english.out.splitlines()[-1] == (
        "Taken note of only: there is no workbook, and what changes from now on is compared with this."
    )
    assert [name for name in names(desk / "outbox") if not name.startswith(".history/")] == ["ledger.sqlite3"]


def test_the_files_of_a_catch_up_are_recognised_when_they_come_again(desk, at):
    at(MORNING, APPROVED, words=["--catchup"])
    before = names(desk / "outbox"), rows(ledger(desk), "SELECT * FROM runs")

    again = at(TUESDAY, APPROVED)

    assert (again.code, again.out.splitlines()) == (
        0,
        [
            f"{desk / 'inbox'}에 새 파일이 없습니다.",
            f"= {DISPATCH}: 2026-11-23 09:00에 이미 처리한 파일이라 다시 읽지 않았습니다.",
            f"= {CANCEL}: 2026-11-23 09:00에 이미 처리한 파일이라 다시 읽지 않았습니다.",
        ],
    )
    assert (names(desk / "outbox"), rows(ledger(desk), "SELECT * FROM runs")) == before


@pytest.mark.parametrize(("words", "flags"), [(["--catchup"], ""), ([], "still_open")], ids=["a catch-up", "a run"])
def test_after_a_catch_up_the_next_export_is_decided_as_if_nobody_had_acted(desk, at, typed, words, flags):
    at(MORNING, APPROVED, words=words)
    exported(desk, told(APPROVED), TUESDAY)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-24T09:00", "--json")

    assert (ended.code, ended.lines[0]["by_action"]["approve"]) == (0, 1)
    assert kept(desk, APPROVED, "action", "flags") == ("approve", flags)
    assert f"처리목록_{SECOND}.xlsx" in names(desk / "outbox")


def test_a_request_that_vanished_since_the_catch_up_is_noticed(desk, at, typed):
    at(MORNING, APPROVED, MADE, words=["--catchup"])
    (withdrawn,) = told(APPROVED)
    exported(desk, [replace(withdrawn, claim=None), *told(MADE)], TUESDAY)

    typed("run", "--home", desk, "--as-of", "2026-11-24T09:00")

    assert kept(desk, APPROVED, "action", "rule", "flags") == ("ship", "C-73", "alive_again verify")
    assert kept(desk, MADE, "action") == ("approve",)


def test_a_catch_up_is_no_rehearsal(desk, typed):
    put_exports(desk / "inbox", APPROVED)
    before = state(desk)

    korean, english = (typed("run", "--home", desk, "--catchup", "--dry-run", *more) for more in ((), ("--lang", "en")))

    assert korean == (2, "", "--dry-run과 --catchup은 함께 쓸 수 없습니다.\n")
    assert english == (2, "", "--dry-run and --catchup can't go together.\n")
    assert state(desk) == before


# ── forgetting ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def two_days(tmp_path_factory, rules_path, book) -> Path:
    """On Monday one order is to be approved and one is asked about; on Tuesday a late one stands in place of the first.

    A file that is no export lies in failed/, and is not remembered: it would be complained of again.
    """
    desk = Desk(tmp_path_factory.mktemp("two_days") / "desk")
    for folder in (desk.inbox / "done/내 폴더", desk.outbox):
        folder.mkdir(parents=True)
    shutil.copy(rules_path, desk.rules)
    (desk.inbox / "done/내 폴더/사본.xlsx").write_bytes(b"the seller's own")
    (desk.inbox / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    put_exports(desk.inbox, APPROVED, QUESTION)
    run(desk, book, options(MORNING))
    exported(desk.home, [*told(OVERDUE), *told(QUESTION)], TUESDAY)
    run(desk, book, options(TUESDAY))
    return desk.home


@pytest.fixture
def long_ago(two_days, tmp_path) -> Path:
    desk = Path(shutil.copytree(two_days, tmp_path / "long ago"))
    assert kept(desk, APPROVED, "open", "decided_at") == (0, "2026-11-23T09:00:00")
    assert kept(desk, QUESTION, "open", "decided_at") == (1, "2026-11-24T09:00:00")
    return desk


def test_what_has_left_the_lists_waits_no_longer_and_an_early_deadline_goes_before_a_long_wait(long_ago, typed):
    (line,) = typed("status", "--home", long_ago, "--json").lines

    assert [(item["product_order_no"], item["act_by"], item["since"]) for item in line["waiting"]] == [
        (number(OVERDUE), "2026-11-16", "2026-11-24T09:00:00"),
        (number(QUESTION), "2026-11-24", "2026-11-23T09:00:00"),
    ]
    assert line["done"] == 0


def counted(desk) -> dict[str, int]:
    return {table: len(rows(ledger(desk), f"SELECT * FROM {table}")) for table in ("runs", "files", "orders", "points")}


def test_forgetting_only_tells_until_it_is_told_to(long_ago, typed):
    desk = long_ago
    before = state(desk)

    korean, english = (
        typed("forget", "--home", desk, "--before", "2026-11-24", *more) for more in ((), ("--lang", "en"))
    )

    folders = [f"  {desk / 'inbox' / kind / FIRST}" for kind in ("done", "failed")]
    assert korean == (
        0,
        "\n".join(
            [
                "2026-11-24 전의 기록: 끝난 주문 1건 · 벌점 0건 · 파일 기록 2개 · 원본 폴더 2개 · 지난 처리 기록 1개",
                *folders,
                "아직 아무것도 지우지 않았습니다. 지우려면 --yes를 붙이세요.",
                "",
            ]
        ),
        "",
    )
    assert english.out.splitlines() == [
        "Older than 2026-11-24: 1 closed orders, 0 entries of points, 2 records of files, 2 folders of inputs, "
        "1 files of the history",
        *folders,
        "Nothing was removed yet: add --yes to do it.",
    ]
    assert state(desk) == before


def test_what_is_old_goes_and_what_is_open_stays(long_ago, typed):
    desk = long_ago
    assert counted(desk) == {"runs": 2, "files": 4, "orders": 3, "points": 2}

    forgotten = typed("forget", "--home", desk, "--before", "2026-11-24", "--yes")

    assert forgotten == (
        0,
        "2026-11-24 전의 기록을 지웠습니다: 끝난 주문 1건 · 벌점 0건 · 파일 기록 2개 · 원본 폴더 2개 · 지난 처리 기록 1개\n",
        "",
    )
    assert counted(desk) == {"runs": 2, "files": 2, "orders": 2, "points": 2}
    assert sorted(number for (number,) in rows(ledger(desk), "SELECT product_order_no FROM orders")) == sorted(
        [number(OVERDUE), number(QUESTION)]
    )
    assert sorted({name.rsplit("/", 1)[0] for name in names(desk / "inbox")}) == [f"done/{SECOND}", "done/내 폴더"]
    assert [name for name in names(desk / "outbox") if name.endswith(".xlsx")] == [
        f"처리목록_{name}.xlsx" for name in (FIRST, SECOND)
    ]
    (line,) = typed("status", "--home", desk, "--json").lines
    assert [item["product_order_no"] for item in line["waiting"]] == [number(OVERDUE), number(QUESTION)]
    again = typed("forget", "--home", desk, "--before", "2026-11-24", "--yes", "--lang", "en")
    assert again.out == (
        "Removed what is older than 2026-11-24: 0 closed orders, 0 entries of points, 0 records of files, 0 folders of inputs, "
        "0 files of the history\n"
    )


def test_open_orders_stay_however_old(long_ago, typed):
    desk = long_ago

    korean = typed("forget", "--home", desk, "--before", "2027-11-24", "--yes")

    assert korean.out.splitlines() == [
        "2027-11-24 전의 기록을 지웠습니다: 끝난 주문 1건 · 벌점 2건 · 파일 기록 4개 · 원본 폴더 3개 · 지난 처리 기록 3개",
        "아직 끝나지 않은 주문 2건은 오래됐어도 남깁니다.",
    ]
    assert kept(desk, QUESTION, "open", "asks") == (1, "출고상태")
    cells = rows(ledger(desk), f"SELECT cells FROM evidence WHERE product_order_no = '{number(QUESTION)}'")
    assert all('"product_name":"기본 면 티셔츠"' in said for (said,) in cells)
    assert names(desk / "inbox") == ["done/내 폴더/사본.xlsx"]
    english = typed("forget", "--home", desk, "--before", "2027-11-24", "--lang", "en")
    assert english.out.splitlines()[1] == "Orders that are still open stay, however old: 2"


def test_the_day_itself_is_not_before_it(long_ago, typed):
    (line,) = typed("forget", "--home", long_ago, "--before", "2026-11-23", "--json").lines

    assert line == {
        "type": "forget",
        "before": "2026-11-23",
        "removed": False,
        "resumed": None,
        "discarded": None,
        "orders": 0,
        "files": 0,
        "points": 0,
        "still_open": 0,
        "folders": [],
        "history": [],
    }


def test_forgetting_is_there_for_programs_too(long_ago, typed):
    desk = long_ago

    (line,) = typed("forget", "--home", desk, "--before", "2026-11-24", "--json", "--yes").lines

    assert line == {
        "type": "forget",
        "before": "2026-11-24",
        "removed": True,
        "resumed": None,
        "discarded": None,
        "orders": 1,
        "files": 2,
        "points": 0,
        "still_open": 0,
        "folders": [str(desk / "inbox" / kind / FIRST) for kind in ("done", "failed")],
        "history": [str(desk / f"outbox/.history/{FIRST}.json.gz")],
    }


def test_a_file_that_was_forgotten_is_new_when_it_comes_again(long_ago, typed):
    desk = long_ago
    typed("forget", "--home", desk, "--before", "2026-11-24", "--yes")
    put_exports(desk / "inbox", APPROVED)

    again = typed("run", "--home", desk, "--as-of", "2026-11-24T10:00")

    assert "새 파일이 없습니다" not in again.out
    assert kept(desk, APPROVED, "run") == (3,)


def test_a_desk_without_a_past_has_nothing_to_forget(desk, typed):
    for more in ((), ("--yes",)):
        said = typed("forget", "--home", desk, "--before", "2026-11-24", *more)
        assert said.code == 0
        assert "끝난 주문 0건 · 벌점 0건 · 파일 기록 0개 · 원본 폴더 0개" in said.out
    assert names(desk) == ["rules.yaml"]


def test_a_bad_day_is_refused_and_nothing_is_forgotten(long_ago, typed):
    before = state(long_ago)

    refused = [
        typed("forget", "--home", long_ago, "--before", day, "--yes", *more)
        for day, more in (("내일", ()), ("2026-02-30", ("--lang", "en")))
    ]

    assert refused == [
        (2, "", "--before에 적은 '내일'은 날짜가 아닙니다. 2026-11-22처럼 적으세요.\n"),
        (2, "", "--before '2026-02-30' is no date. Write it like 2026-11-22.\n"),
    ]
    assert typed("forget", "--home", long_ago, "--yes").code == 2  # before which day?
    assert state(long_ago) == before


# ── the help ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            ["--help"],
            [
                "  status    아직 기다리는 일을 급한 것부터 보여 줍니다: 누구를, 언제부터, 언제까지.",
                "  forget    오래된 기록과 done 폴더의 원본을 지웁니다.",
            ],
        ),
        (
            ["--lang", "en", "--help"],
            ["  status    Tell what still waits", "  forget    Remove old records and inputs in done."],
        ),
        (["run", "--help"], ["  --catchup"]),
        (["status", "--help"], ["  --home", "  --as-of", "  --all", "  --json", "  --lang"]),
        (["forget", "--help"], ["  --before", "  --home", "  --yes", "  --json", "  --lang"]),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith(("-", "run", "status", "forget")) else "",
)
def test_the_help_tells_of_them(typed, words, lines):
    ended = typed(*words, COLUMNS="200")

    assert ended.code == 0
    assert [line for line in lines if not any(said.startswith(line) for said in ended.out.splitlines())] == []


@pytest.mark.parametrize("words", [["status"], ["forget", "--before", "2026-11-23", "--yes"]])
def test_a_folder_that_is_no_desk_is_left_as_it_is(tmp_path, typed, words):
    ended = typed(*words, "--home", tmp_path / "오타")

    assert ended == (
        2,
        "",
        f"{tmp_path / '오타'}에 rules.yaml이 없어 작업 폴더로 쓸 수 없습니다. 작업 폴더를 --home으로 알려 주세요.\n",
    )
    assert not (tmp_path / "오타").exists()
