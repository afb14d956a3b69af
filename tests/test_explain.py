"""`explain` shows the origin of each value, the rules that were tried, and what follows. All orders are invented."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from ended import Ended
from lists import orders
from opened import explain, run

from processor import judge, outbox, rulebook
from processor.app import explaining as stories
from processor.app.desk import Desk
from processor.app.explaining import NotFound
from processor.app.morning import RunOptions
from processor.intake import Passwords
from processor.model import Col, Origin, Place
from processor.opener.seal import sealed

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")  # a Monday
NOON = MORNING + timedelta(hours=3)
AN_HOUR_AGO = 3600
SECRET = "2741"

WANTED, PRINTED, SHIPPED = "2026112010000001", "2026112010000002", "2026112010000003"
BROKEN = "2026112010000009"
CANCEL, DISPATCH = "취소관리_20261123_0856.xlsx", "전체주문발주발송관리_20261123_0855.xlsx"

CANCEL_ROWS = [
    ["상품주문번호", "주문번호", "취소 처리상태", "취소사유", "접수채널", "취소요청일", "결제일", "구매자명"],
    [
        WANTED,
        "2026112090000001",
        "취소 요청",
        "구매의사취소",
        "구매자",
        "2026.11.22 10:00",
        "2026-11-20 10:30",
        "가나다",
    ],
    [PRINTED, "2026112090000002", "취소요청", "배송지연", "구매자", "2026-11-22 10:00", "2026-11-20 10:30", "가나다"],
    [BROKEN, "2026112090000009", "취소요청", "구매의사취소", "구매자", "어제쯤", "2026-11-20 10:30", "가나다"],
]
DISPATCH_ROWS = [
    ["상품주문번호", "주문번호", "배송방법", "택배사", "송장번호", "주문상태", "발주확인일", "발송기한", "발송처리일", "송장출력일", "취소사유"],
    [SHIPPED, "2026112090000003", "택배", "CJ대한통운", "9000000001", "배송중", "2026-11-20 11:00", "2026-11-25", "2026-11-21 15:00", "2026-11-21 09:00", ""],
    [WANTED, "2026112090000001", "택배", "CJ대한통운", "", "발송대기", "2026-11-20 11:00", "2026-11-25", "", "", ""],
    [PRINTED, "2026112090000002", "택배", "CJ대한통운", "9000000002", "발송대기", "2026-11-20 11:00", "2026-11-25", "", "2026-11-22 09:00", ""],
]  # fmt: skip
IN_ANOTHER_ORDER = [DISPATCH_ROWS[0], *DISPATCH_ROWS[:0:-1]]
"""For a file that comes later: one that is the same to the byte would not be read again."""


def written(path, sheet, rows, password=None) -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    if password:
        path.write_bytes(sealed(path.read_bytes(), password))
    os.utime(path, (path.stat().st_mtime - AN_HOUR_AGO,) * 2)
    return path


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    """Two files, to be copied: the cancel requests and the orders to dispatch."""
    folder = tmp_path_factory.mktemp("inbox")
    written(folder / CANCEL, "취소관리", CANCEL_ROWS)
    written(folder / DISPATCH, "발주발송관리", DISPATCH_ROWS)
    return folder


@pytest.fixture
def desk(empty_desk, inbox) -> Desk:
    shutil.copytree(inbox, empty_desk.inbox, dirs_exist_ok=True)
    return empty_desk


@pytest.fixture
def locked_desk(desk) -> Desk:
    """The same, and the cancel requests are locked."""
    written(desk.inbox / CANCEL, "취소관리", CANCEL_ROWS, SECRET)
    return desk


@pytest.fixture(scope="module")
def still(tmp_path_factory, inbox) -> Desk:
    """A desk with those two files, to be read only."""
    desk = Desk(tmp_path_factory.mktemp("still"))
    shutil.copytree(inbox, desk.inbox)
    desk.outbox.mkdir()
    return desk


@pytest.fixture(scope="module")
def wanted(still, book) -> outbox.Story:
    """The story of the wanted order, from those two files alone."""
    return told(WANTED, still, book)


@pytest.fixture(scope="module")
def handled(tmp_path_factory, inbox, rules_path, book) -> Path:
    """A desk on which the two files have been handled, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("handled"))
    shutil.copytree(inbox, desk.inbox)
    shutil.copy(rules_path, desk.rules)
    desk.outbox.mkdir()
    run(desk, book, options())
    return desk.home


@pytest.fixture
def ran(tmp_path, handled) -> Desk:
    return Desk(shutil.copytree(handled, tmp_path / "ran"))


def options(as_of=MORNING) -> RunOptions:
    return RunOptions(as_of, Passwords([SECRET]))


def told(number, desk, book, as_of=MORNING, then=True) -> outbox.Story:
    story = explain(number, desk, book, options(as_of), then=then)
    assert isinstance(story, outbox.Story)
    return story


def spoken(story, lang="ko") -> str:
    return "\n".join(outbox.story_lines(story, lang))


def chapter(text, heading) -> list[str]:
    """The lines below a heading."""
    after = text.split(f"■ {heading}\n")[1].split("\n\n■")[0]
    return [line.strip() for line in after.splitlines()]


def evidence(story, word) -> dict:
    return next(each for each in outbox.story_values(story, "ko")["evidence"] if each["word"] == word)


def state(folder) -> dict[str, tuple]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


@pytest.fixture
def asked(typed) -> Callable[..., Ended]:
    """The command as a seller types it, in Korean."""

    def ask(desk: Desk, *words: str, **environment: str) -> Ended:
        return typed("explain", *words, "--home", desk.home, **{"PROCESSOR_PASSWORDS": SECRET, **environment})

    return ask


# ── where each value came from ───────────────────────────────────────────────────────────────────


def test_each_value_names_the_cell_that_won(wanted):
    origins = wanted.case.origins
    cancel, dispatch = Place(CANCEL, "취소관리", 2), Place(DISPATCH, "발주발송관리", 3)

    assert {role: origins[role] for role in (Col.CANCEL_STATUS, Col.CLAIM_REASON, Col.CLAIM_CHANNEL)} == {
        Col.CANCEL_STATUS: Origin(cancel, "취소 처리상태", "취소 요청"),
        Col.CLAIM_REASON: Origin(cancel, "취소사유", "구매의사취소"),
        Col.CLAIM_CHANNEL: Origin(cancel, "접수채널", "구매자"),
    }
    assert origins[Col.CLAIM_REQUESTED] == Origin(cancel, "취소요청일", "2026.11.22 10:00")  # as the seller reads it
    assert origins[Col.PAID_AT] == Origin(cancel, "결제일", "2026-11-20 10:30")
    assert origins[Col.ORDER_STATUS] == Origin(dispatch, "주문상태", "발송대기")
    assert origins[Col.DUE_AT] == Origin(dispatch, "발송기한", "2026-11-25")


def test_a_blank_that_was_seen_has_its_cell_and_a_column_that_no_file_has_none(wanted):
    origins = wanted.case.origins
    dispatch = Place(DISPATCH, "발주발송관리", 3)

    assert origins[Col.DISPATCHED_AT] == Origin(dispatch, "발송처리일", "")
    assert origins[Col.INVOICE_PRINTED_AT] == Origin(dispatch, "송장출력일", "")
    assert origins[Col.TRACKING_NO] == Origin(dispatch, "송장번호", "")
    assert Col.RETURN_STATUS not in origins
    assert Col.HANDOVER not in origins


def test_the_newer_of_two_files_is_named_and_an_answer_is_not_untold_by_a_later_blank(desk, book):
    older, newer = "답변_20261123_0700.xlsx", "답변_20261123_0800.xlsx"
    header = ["상품주문번호", "출고상태", "구매자동의"]
    written(desk.inbox / older, "답변", [header, [WANTED, "미포장", "예"]])
    written(desk.inbox / newer, "답변", [header, [WANTED, "포장", ""]])

    origins = told(WANTED, desk, book).case.origins

    assert origins[Col.HANDOVER] == Origin(Place(newer, "답변", 2), "출고상태", "포장")
    assert origins[Col.CONSENT] == Origin(Place(older, "답변", 2), "구매자동의", "예")


def test_a_claim_status_of_the_order_search_tells_the_cancel(desk, book):
    search = "주문조회_20261123_0900.xlsx"
    (desk.inbox / CANCEL).unlink()
    header = ["상품주문번호", "주문번호", "주문상태", "클레임상태", "수량클레임 여부", "배송속성"]
    row = [WANTED, "2026112090000001", "발송대기", "취소요청", "N", "일반배송"]
    written(desk.inbox / search, "주문조회", [header, row])

    origins = told(WANTED, desk, book).case.origins

    assert origins[Col.CANCEL_STATUS] == Origin(Place(search, "주문조회", 2), "클레임상태", "취소요청")


def test_facts_name_their_cells_and_what_they_were_inferred_from(wanted):
    story = wanted

    asked = evidence(story, "요청")
    assert asked["value"] == "구매자취소"
    assert {"file": CANCEL, "sheet": "취소관리", "row": 2, "column": "취소 처리상태", "text": "취소 요청"} in asked[
        "from"
    ]
    blank = {(cell["row"], cell["column"], cell["text"]) for cell in evidence(story, "송장")["from"]}
    assert blank >= {(3, "발송처리일", ""), (3, "송장출력일", ""), (3, "송장번호", "")}
    assert evidence(story, "출고")["inferred"] == "포장 전 (송장이 없어 그렇게 봤습니다)"
    assert evidence(story, "동의")["value"] == "모름"


def test_the_facts_are_spoken_with_place_and_header(wanted):
    text = spoken(wanted)

    assert chapter(text, "어디에 적혀 있는지") == [
        f"[1] {CANCEL} › 취소관리 › 2행",
        f"[2] {DISPATCH} › 발주발송관리 › 3행",
    ]
    known = chapter(text, "무엇을 보고 판단했는지")
    assert any(line.startswith("요청: 구매자취소 — [1] 취소관리 2행 '취소 처리상태' = 취소 요청") for line in known)
    assert any(line.startswith("출고: 포장 전 (송장이 없어 그렇게 봤습니다)") for line in known)
    unknown = next(line for line in known if line.startswith("모르는 것: ")).removeprefix("모르는 것: ").split(", ")
    assert {"동의", "실제사유"} <= set(unknown)
    assert "가나다" not in text


# ── which rules were tried ───────────────────────────────────────────────────────────────────────


def test_every_row_above_the_hit_is_told_with_all_its_unmet_conditions(wanted, book):
    values = outbox.story_values(wanted, "ko")
    above = [row.id for row in book.decisions.rows[: [row.id for row in book.decisions.rows].index("C-37")]]

    assert values["rule"] == "C-37"
    assert [row["rule"] for row in values["tried"]] == above
    assert all(row["unmet"] for row in values["tried"])
    assert next(row for row in values["tried"] if row["rule"] == "C-69")["unmet"] == [
        {
            "word": "요청",
            "wanted": "판매자취소",
            "value": "구매자취소",
            "because": "요청이 '판매자취소'여야 하는데, '구매자취소'입니다",
        },
        {
            "word": "다른클레임",
            "wanted": "반품 · 교환",
            "value": "없음",
            "because": "다른클레임이 '반품' · '교환' 가운데 하나여야 하는데, '없음'입니다",
        },
    ]
    assert values["hit"]["unmet"] == []


def test_the_nearest_rows_are_told_in_full_the_others_are_counted_and_the_hit_is_ticked(wanted):
    story = wanted
    lines = chapter(spoken(story), "어느 규칙에 따랐는지")

    assert lines[0].startswith("규칙은 위에서부터 읽고 처음 맞는 줄을 씁니다. C-37(취소승인)이 맞았습니다.")
    assert "- C-34(확인필요): 출고가 '모름'이어야 하는데, '미포장'입니다." in lines
    assert lines[-4:] == [
        "✓ 요청이 '구매자취소'여야 하고, 그렇습니다",
        "✓ 주문상태가 '신규' · '발송대기' 가운데 하나여야 하고, '발송대기'입니다",
        "✓ 송장이 '없음' · '모름' 가운데 하나여야 하고, '없음'입니다",
        "✓ 출고가 '미포장'이어야 하고, 그렇습니다",
    ]
    rest = next(line for line in lines if line.startswith("나머지"))
    total, causes = re.fullmatch(r"나머지 (\d+)줄이 맞지 않은 이유: (.*)\.", rest).groups()
    counted = 0
    for words, number in re.findall(r"([^ ,]+)[이가] 달라서 (\d+)줄", causes):
        counted += int(number) * len(words.split("·"))
    assert int(total) == counted == len(story.trail.above) - 3


def test_the_last_row_has_no_conditions_and_says_so(book):
    given = {
        "요청": "판매자취소", "사유선택": "가능", "주문상태": "발송대기", "송장": "없음", "출고": "미포장",
        "사유": "구매의사취소", "동의": "예",
    }  # fmt: skip  # the example of C-99
    story = stories.suppose(given, book, MORNING)

    assert story.verdict.rule == "C-99"
    assert "✓ 위의 어느 줄도 맞지 않을 때 쓰는 마지막 줄입니다" in spoken(story)


# ── what follows ─────────────────────────────────────────────────────────────────────────────────


def test_an_approval_is_told_as_final_with_its_deadline_fee_points_and_sources(wanted):
    text = spoken(wanted)

    assert text.startswith(
        f"상품주문번호 {WANTED} · 주문번호 2026112090000001\n2026-11-23 09:00 기준으로 판단합니다.\n"
    )
    assert chapter(text, "무엇을 해야 하는지") == [
        "할 일: 취소승인",
        "이유: 포장 전이고 발송 전이라 취소할 수 있습니다",
        "되돌리기: 되돌릴 수 없음",
        # asked on Sunday 11-22: two working days later is Tuesday
        "언제까지: 2026-11-24 — 취소응답: 답하지 않은 취소요청은 자동으로 환불될 수 있습니다 (마감은 추정입니다)",
    ]
    assert chapter(text, "배송비")[0] == "부담하는 쪽: 없음 [F-09]"
    assert chapter(text, "벌점")[0] == "합계: 없음"
    assert (
        "- 스마트스토어 취소 처리하는 방법 (2024년) — 확실도 S(길잡이 기사), 조치 C-37, 배송비 F-09의 근거, "
        "2026-09-20에 확인"
    ) in chapter(text, "근거가 무엇인지")
    assert chapter(text, "판매자센터 처리 순서")[2] == "3. [취소 승인처리]"


def test_an_answer_that_is_asked_for_tells_where_each_value_leads(desk, book):
    written(desk.inbox / "답변.xlsx", "답변", [["상품주문번호", "출고상태"], [WANTED, "포장"]])

    text = spoken(told(WANTED, desk, book))

    assert chapter(text, "무엇을 해야 하는지")[0] == "할 일: 고객협의"
    assert chapter(text, "무엇이 다르면 바뀌는지") == [
        "〔구매자동의〕 칸에 적는 답에 따라: '예'면 취소승인(C-68), '아니오'면 고객협의(C-41a).",
        "취소승인이 아닌 이유: 동의가 '예'여야 하는데, '모름'입니다. [C-68]",
    ]
    assert chapter(text, "구매자에게 보낼 안내문")[0].startswith("주문하신 상품은 포장이 끝났고")


def test_points_are_told_with_their_day_and_the_row_that_nearly_brought_some(desk, book):
    header = ["상품주문번호", "판매취소사유", "실제사유", "구매자동의"]
    (desk.inbox / CANCEL).unlink()
    written(desk.inbox / "답변.xlsx", "답변", [header, [WANTED, "상품품절", "품절", "예"]])

    story = told(WANTED, desk, book)
    text = spoken(story)

    assert chapter(text, "무엇을 해야 하는지")[0] == "할 일: 판매자취소"
    points = chapter(text, "벌점")
    assert points[0] == "합계: 2점 (품절취소)"
    assert points[1] == "- 품절취소 2점 [P-06]: 오늘 조치로 생기고, 2026-11-24에 붙습니다"
    # 발송기한 is Wednesday: two working days are left
    assert "- '발송처리 지연' 벌점은 붙지 않습니다 [P-01]: 발송기한이 '-1 이하'여야 하는데, '2'입니다" in points
    assert outbox.story_values(story, "ko")["points"] == [
        {
            "rule": "P-06",
            "event": "sold_out_cancel",
            "name": "품절취소",
            "points": 2,
            "by_action": True,
            "granted": "2026-11-24",
        }
    ]


def test_a_return_tells_both_legs_in_won_and_who_pays(desk, rules_path, edited):
    path = edited("  return_fee: null ", "  return_fee: 3000 ")
    path.write_text(path.read_text("utf-8").replace("  outbound_fee: null ", "  outbound_fee: 2500 "), "utf-8")
    book = rulebook.read(path, judge.WORDS)
    header = [
        "상품주문번호",
        "주문번호",
        "취소 처리상태",
        "취소사유",
        "접수채널",
        "취소요청일",
        "배송비 유형",
        "배송비 합계",
    ]
    row = [SHIPPED, "2026112090000003", "취소요청", "구매의사취소", "구매자", "2026-11-22 10:00", "무료", 0]
    (desk.inbox / CANCEL).unlink()
    written(desk.inbox / CANCEL, "취소관리", [header, row])

    text = spoken(told(SHIPPED, desk, book))

    assert chapter(text, "무엇을 해야 하는지")[0] == "할 일: 반품"
    assert chapter(text, "배송비")[0] == "부담하는 쪽: 구매자 (보내는 배송비 + 반품 배송비) [F-25]"
    assert chapter(text, "배송비")[2] == "금액: 5,500원 (보내는 배송비 2,500원 + 반품 배송비 3,000원)"


def test_a_row_of_the_order_that_could_not_be_read_is_named(desk, book):
    later = [
        DISPATCH_ROWS[0],
        [BROKEN, "2026112090000009", "택배", "", "", "발송대기", "2026-11-20 11:00", "2026-11-25", "", "", ""],
    ]
    written(desk.inbox / "발주발송관리_20261123_0857.xlsx", "발주발송관리", later)

    text = spoken(told(BROKEN, desk, book))

    assert chapter(text, "무엇을 해야 하는지")[0] == "할 일: 확인필요"
    assert chapter(text, "읽지 못한 줄")[0] == f"- {CANCEL} › 취소관리 › 4행 › 취소요청일"


def test_english_tells_the_same_story(wanted):
    text = spoken(wanted, "en")

    assert chapter(text, "What to do")[:3] == [
        "To do: Approve cancel",
        "Why: not packed and not dispatched so it can be cancelled",
        "Undo: cannot be undone",
    ]
    assert "✓ invoice has to be one of 'none' · 'unknown' and is 'none'" in chapter(text, "Which rule fits")
    assert re.search(r"[가-힣](니다|세요|까요)\b", text) is None


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_column_is_called_by_its_inner_name(wanted, lang):
    text = spoken(wanted, lang)

    assert re.findall(r"\b[a-z]+_[a-z_]+\b", text) == []


# ── which files ──────────────────────────────────────────────────────────────────────────────────


def test_an_order_that_was_handled_is_told_as_of_its_own_moment(wanted, ran, book):
    before = outbox.story_values(wanted, "ko")
    assert not (ran.inbox / CANCEL).exists()

    story = told(WANTED, ran, book, as_of=NOON + timedelta(days=3))

    after = outbox.story_values(story, "ko")
    assert after["notes"] == ["2026-11-23 09:00 처리목록을 만들 때 알던 것과 그때의 rules.yaml로 설명합니다."]
    assert (after["rule"], after["facts"], after["fee"]) == (before["rule"], before["facts"], before["fee"])


def test_a_moment_that_was_typed_counts_for_handled_orders_too(ran, book):
    story = told(WANTED, ran, book, as_of=NOON, then=False)

    assert story.as_of == NOON


def test_the_newest_run_that_knows_the_order_is_told(ran, book):
    written(ran.inbox / "발주발송관리_20261123_1155.xlsx", "발주발송관리", DISPATCH_ROWS[:3])
    run(ran, book, options(NOON))

    assert told(WANTED, ran, book).as_of == NOON
    assert told(PRINTED, ran, book).as_of == NOON  # it tells of all files of its day


def test_what_lies_in_the_inbox_comes_first(ran, book):
    written(ran.inbox / DISPATCH, "발주발송관리", IN_ANOTHER_ORDER)

    story = told(WANTED, ran, book, as_of=NOON)

    assert story.as_of == NOON
    assert story.notes[0].ko == "지금 inbox에 있는 파일 1개를 읽었습니다."


def test_the_inbox_is_told_with_what_earlier_runs_left(ran, book):
    """Approved this morning, and a newer export still shows the request: the story is that of the workbook to come."""
    written(ran.inbox / "취소관리_20261123_1155.xlsx", "취소관리", CANCEL_ROWS)
    written(ran.inbox / "전체주문발주발송관리_20261123_1156.xlsx", "발주발송관리", IN_ANOTHER_ORDER)

    story = told(WANTED, ran, book, as_of=NOON)

    assert story.verdict.flags == ("still_open",)
    assert (
        story.notes[-1].ko == "11-23 09:00 처리목록에는 취소승인으로 나와 있었고, 그 뒤에 받은 파일에도 그대로입니다."
    )


def test_after_a_run_of_answers_alone_the_story_is_that_of_its_list(ran, book):
    """At noon only the answered workbook came in: the list was decided by the files of the morning too."""
    first = next(ran.outbox.glob("처리목록_*.xlsx"))
    filled = openpyxl.load_workbook(first)
    sheet = filled["고객협의"]
    names, *rows = orders(sheet)
    header = {cell.value: cell.column for cell in names}
    row = next(row for row in rows if row[header["상품주문번호"] - 1].value == PRINTED)
    row[header["출고상태"] - 1].value = "미포장"
    filled.save(ran.inbox / first.name)
    run(ran, book, options(NOON))

    story = told(PRINTED, ran, book)

    assert (story.verdict.rule, story.as_of) == ("C-33", NOON)
    assert story.case.origins[Col.HANDOVER].text == "미포장"


def test_what_the_list_knew_is_told_days_later_and_without_its_files(ran, book):
    """The answer of then is told, although its file is gone and a later day has begun."""
    written(ran.inbox / "답변.xlsx", "답변", [["상품주문번호", "출고상태"], [PRINTED, "집화"]])
    noon = run(ran, book, options(NOON))
    written(ran.inbox / "발주발송관리_20261124_0855.xlsx", "발주발송관리", DISPATCH_ROWS[:2])
    run(ran, book, options(MORNING + timedelta(days=1)))
    (ran.inbox / "done" / "20261123_120000" / "답변.xlsx").unlink()

    story = told(PRINTED, ran, book)

    at = noon.report.rows[Col.PRODUCT_ORDER_NO].tolist().index(PRINTED)
    assert story.verdict == noon.report.verdicts[noon.report.rows["situation"].iloc[at]]
    assert (story.as_of, story.verdict.facts["출고"]) == (NOON, "집화")


def test_a_story_is_told_by_the_rules_of_then_whatever_rules_hold_now(ran, book, edited):
    written(ran.inbox / "발주발송관리_20261124_0855.xlsx", "발주발송관리", DISPATCH_ROWS[:2])
    run(ran, book, options(MORNING + timedelta(days=1)))
    shutil.rmtree(ran.inbox / "done" / "20261123_090000")
    from_other_rules = rulebook.read(edited("  packed: negotiate", "  packed: approve"), judge.WORDS)

    story = told(WANTED, ran, from_other_rules)

    assert (story.as_of, story.verdict.rule, story.book.sha256) == (MORNING, "C-37", book.sha256)
    assert [note.ko for note in story.notes] == [
        "2026-11-23 09:00 처리목록을 만들 때 알던 것과 그때의 rules.yaml로 설명합니다.",
        "그때의 파일이 done에 없거나 열리지 않아, 어느 칸에 적혀 있었는지는 보여 드리지 못합니다.",
    ]


def test_a_file_that_lay_in_a_folder_keeps_its_name_in_the_story(desk, book):
    (desk.inbox / "월요일").mkdir()
    (desk.inbox / CANCEL).rename(desk.inbox / "월요일" / CANCEL)
    run(desk, book, options())

    story = told(WANTED, desk, book)

    assert story.case.origins[Col.CANCEL_STATUS].place == Place(f"월요일/{CANCEL}", "취소관리", 2)


@pytest.mark.parametrize("record", ["", "{}", '{"as_of": 3}'], ids=["gone", "empty", "damaged"])
def test_a_run_without_its_record_is_told_all_the_same(ran, book, record):
    manifest = next(ran.outbox.glob("*.json"))
    manifest.write_text(record, "utf-8") if record else manifest.unlink()

    assert told(WANTED, ran, book, as_of=NOON).as_of == MORNING


def test_explaining_touches_nothing(ran, book):
    written(ran.inbox / "발주발송관리_20261123_1155.xlsx", "발주발송관리", DISPATCH_ROWS[:2])
    before = state(ran.home)

    told(WANTED, ran, book)

    assert state(ran.home) == before


# ── not found ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed_number", "near"),
    [
        ("2026112010000007", [WANTED, PRINTED, SHIPPED]),  # one digit differs
        ("202611201000001", [WANTED]),  # one is missing
        ("20261120910000003", [SHIPPED]),  # one too many
        ("2026112100000002", [PRINTED]),  # two exchanged
        ("2.02611E+15", []),
        ("2025010110000001", []),
    ],
)
def test_a_number_that_is_not_there_brings_up_those_it_may_have_been(still, book, typed_number, near):
    found = explain(typed_number, still, book, options(), then=True)

    assert isinstance(found, NotFound)
    assert found.near == near
    assert sorted(found.looked) == [DISPATCH, CANCEL]


def test_a_number_that_no_run_has_is_looked_for_in_the_last_one(ran, book):
    written(ran.inbox / "발주발송관리_20261125_0900.xlsx", "발주발송관리", DISPATCH_ROWS[:2])
    run(ran, book, options(MORNING + timedelta(days=2)))

    found = explain("2026112410000001", ran, book, options(), then=True)

    assert found.looked == ["발주발송관리_20261125_0900.xlsx"]


def test_the_command_says_what_it_looked_through(desk, asked):
    ended = asked(desk, "2026112010000011")

    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.splitlines()[1:] == [
        "'2026112010000011'을 찾지 못했습니다.",
        f"혹시 이 번호인가요? {WANTED}",
        "살펴본 파일:",
        f"  {DISPATCH}",
        f"  {CANCEL}",
    ]


def test_the_only_row_of_an_order_may_be_one_that_could_not_be_read(desk, asked):
    ended = asked(desk, BROKEN, "--json")

    assert ended.code == 2
    error = json.loads(ended.out)
    assert error["code"] == "order_not_found"
    assert (
        f"주문이 적힌 줄은 있지만 문제가 있어 판단하지 않았습니다.\n- {CANCEL} › 취소관리 › 4행 › 취소요청일\n"
        in error["message"]
    )


# ── supposed ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        ["--facts", "요청=구매자취소", "주문상태=발송대기", "송장=없음", "출고=포장", "귀책=구매자"],
        ["--facts", "요청=구매자취소 주문상태=발송대기 송장=없음 출고=포장 귀책=구매자"],
        ["--facts", "요청=구매자취소", "--facts", "주문상태=발송대기, 송장=없음", "출고=포장", "귀책=구매자"],
    ],
    ids=["several", "one", "repeated"],
)
def test_a_supposed_order_is_answered(desk, words, asked):
    ended = asked(desk, *words)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("이런 주문이 있다면 (가정한 상황)\n")
    assert chapter(ended.out, "무엇을 해야 하는지")[0] == "할 일: 고객협의"
    assert chapter(ended.out, "배송비")[0] == "부담하는 쪽: 없음 [F-17]"


def test_a_supposed_order_has_the_usual_values_and_the_settings_of_the_store(book, edited):
    approving = rulebook.read(edited("  packed: negotiate", "  packed: approve"), judge.WORDS)
    given = {"요청": "구매자취소", "주문상태": "발송대기", "송장": "없음", "출고": "포장", "귀책": "구매자"}

    assert stories.suppose(given, book, MORNING).verdict.rule == "C-41"
    assert stories.suppose(given, approving, MORNING).verdict.rule == "C-39"
    assert stories.suppose({**given, "포장정책": "협의"}, approving, MORNING).verdict.rule == "C-41"
    assert stories.suppose(given, book, MORNING).verdict.facts["추가상품"] == "없음"


@pytest.mark.parametrize(("day", "points"), [("2023-12-31", 2), ("2024-01-01", 3)])
def test_a_supposed_cancel_brings_the_points_of_its_day(book, day, points):
    given = {
        "요청": "판매자취소", "주문상태": "발송대기", "송장": "없음", "출고": "미포장", "사유": "상품품절",
        "사유선택": "가능", "사유일치": "예", "동의": "예", "판매방식": "선물",
    }  # fmt: skip

    story = stories.suppose(given, book, datetime.fromisoformat(day))

    assert [(event.rule, event.points) for event in story.verdict.penalties] == [("P-07", points)]


def test_wrong_words_and_values_are_all_named_with_the_nearest_one(desk, asked):
    ended = asked(
        desk,
        "--facts",
        "요청=구매자취서",
        "출고상태=포장",
        "발송기한=많이",
        "조치=반품",
        "포장",
        "동의=예",
        "동의=아니오",
    )

    assert ended.code == 2
    assert ended.out == ""
    said = ended.err.splitlines()
    assert said[0].startswith("요청: '구매자취서'는 여기에 쓸 수 없습니다. '구매자취소'를 쓰려던 것인가요?")
    assert said[1:] == [
        "'출고상태'라는 낱말은 없습니다. '출고'를 쓰려던 것인가요?",
        "발송기한: '많이' 값은 쓸 수 없습니다. 2나 -1처럼 영업일 수를 적거나 모름이라고 적으세요.",
        "'조치'는 이 명령이 답하는 것이라 적을 수 없습니다.",
        "'포장'은 '항목=값'이 아닙니다. 요청=구매자취소처럼 적으세요.",
        "'동의'를 두 번 다르게 적었습니다.",
    ]


def test_a_counted_word_takes_a_whole_number(book):
    story = stories.suppose({"요청": "없음", "주문상태": "발송대기", "송장": "없음", "발송기한": -1}, book, MORNING)

    assert story.verdict.rule == "C-61"
    assert "발송기한: 1영업일 지남" in chapter(spoken(story), "무엇을 보고 판단했는지")


def test_what_cannot_be_is_said_instead_of_an_answer(desk, asked):
    ended = asked(desk, "--facts", "주문상태=배송완료", "요청=반품진행")

    assert ended.code == 2
    assert ended.err == (
        "있을 수 없는 상황이라 답할 수 없습니다 (요청 반품진행, 수거 없음): 진행 중인 반품은 수거 중이거나 수거가 끝났습니다 "
        "[X-05]. 수거는 적지 않으셔서 이렇게 보았습니다. 함께 적어 주세요.\n"
    )


def test_what_was_not_given_follows_where_only_one_value_is_possible(book):
    """An order on its way has been dispatched (X-01); 구매의사취소 is one of the seven reasons (X-11)."""
    story = stories.suppose({"요청": "판매자취소", "주문상태": "배송중", "사유": "구매의사취소"}, book, MORNING)

    assert (story.verdict.facts["송장"], story.verdict.facts["사유선택"]) == ("입력", "가능")
    assert story.verdict.rule == "C-15"


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def test_the_command_prints_the_story_and_ends_well(desk, book, asked):
    ended = asked(desk, WANTED, "--as-of", "2026-11-23T09:00")

    assert ended.code == 0
    assert ended.out == spoken(told(WANTED, desk, book)) + "\n"


KEYS = [
    "type", "product_order_no", "order_no", "as_of", "notes", "action", "rule", "why", "why_not", "reason", "fault", "fee",
    "penalty", "irreversible", "act_by", "flags", "facts", "source", "unread", "draft", "evidence", "tried", "hit",
    "deadline", "fee_rule", "points", "points_not_brought", "asks", "sources", "screen",
]  # fmt: skip


def test_json_tells_everything_under_stable_names(desk, tmp_path, asked):
    ended = asked(desk, WANTED, "--as-of", "2026-11-23T09:00", "--json")

    values = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert list(values) == KEYS
    assert list(values["evidence"][0]) == ["word", "value", "meaning", "inferred", "from"]
    assert values["act_by"] == "2026-11-24"
    assert values["sources"][0] == {
        "title": "스마트스토어 취소 처리하는 방법 (2024년)",
        "certainty": "S",
        "meaning": "길잡이 기사",
        "checked": "2026-09-20",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["요청=구매자취소"], "'항목=값'으로 물을 때는 앞에 --facts를 적으세요.\n"),
        ([WANTED, PRINTED], "상품주문번호를 하나만 적으세요.\n"),
    ],
    ids=["facts", "two"],
)
def test_what_was_typed_wrong_is_said(desk, words, said, asked):
    ended = asked(desk, *words)

    assert (ended.code, ended.err) == (2, said)


def test_no_story_is_told_while_a_file_that_may_tell_another_is_locked(locked_desk, asked):
    before = state(locked_desk.home)

    ended = asked(locked_desk, SHIPPED, "--as-of", "2026-11-23T09:00", PROCESSOR_PASSWORDS="wrong")

    assert (ended.code, ended.out) == (3, "")
    assert ended.err.splitlines()[-1].startswith(
        f"알고 있는 비밀번호로는 열리지 않는 파일이 있습니다: {CANCEL}. "
        "그 안에 이 주문이 있을 수 있어 설명하지 않았습니다. 아무것도 옮기거나 쓰지 않았습니다. 비밀번호를 알려 주고 다시 실행하세요: "
    )
    assert state(locked_desk.home) == before


def test_the_newest_list_is_told_without_the_passwords_of_its_files(locked_desk, book, asked):
    run(locked_desk, book, options())

    ended = asked(locked_desk, SHIPPED, PROCESSOR_PASSWORDS="")

    assert ended.code == 0
    assert "처리목록을 만들 때 알던 것과 그때의 rules.yaml로 설명합니다." in ended.out


def test_an_earlier_run_is_told_without_the_passwords_of_its_files_but_for_the_cells(locked_desk, book, asked):
    run(locked_desk, book, options())
    written(locked_desk.inbox / "발주발송관리_20261124_0855.xlsx", "발주발송관리", DISPATCH_ROWS[2:3])
    run(locked_desk, book, options(MORNING + timedelta(days=1)))

    ended = asked(locked_desk, SHIPPED, PROCESSOR_PASSWORDS="")

    assert ended.code == 0
    assert "처리목록을 만들 때 알던 것과 그때의 rules.yaml로 설명합니다." in ended.out
    assert DISPATCH in ended.out, "the file that is not locked"


def test_a_locked_file_of_another_screen_leaves_the_rest_to_tell(locked_desk, asked):
    (locked_desk.inbox / CANCEL).rename(locked_desk.inbox / CANCEL.replace("취소관리", "주문조회"))

    ended = asked(locked_desk, SHIPPED, "--as-of", "2026-11-23T09:00", PROCESSOR_PASSWORDS="wrong")

    assert ended.code == 0
    assert chapter(ended.out, "무엇을 해야 하는지")[0] == "할 일: 조치없음"
