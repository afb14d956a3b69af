"""A run that lacks an export says so once, with what that costs: in the terminal and on the sheet 요약."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from test_cli import AT_LEISURE, MORNING, aged, told
from test_day_limit import agreed, cancels, unsent

from processor import samples

pytestmark = pytest.mark.slow

A_MINUTE = 60
NO_DISPATCH = (
    "오늘 받은 발주발송관리가 없어(또는 읽지 못해) 이미 포장했는지·나갔는지 모릅니다. 그래서 주문 {}건을 판단하지 않고 〈확인필요〉에서 여쭙니다. "
    "발주발송관리를 받아 inbox에 넣고 다시 실행하세요."
)
ONLY_ANSWERS = "판매자센터에서 받은 파일 없이 답만 있어 주문 {}건이 지금 어떤 상태인지 모릅니다. 취소관리와 발주발송관리를 받아 inbox에 넣고 다시 실행하세요."
NO_CANCELS = "취소관리 파일이 없어(또는 읽지 못해) 취소요청이 있는지 알 수 없습니다"
ASKED = cancels("0850", n1="취소요청", n2="취소요청", n3="취소완료")


@pytest.fixture
def desk(empty_desk) -> Path:
    return empty_desk.home


@pytest.fixture
def dropped(desk, typed):
    """Drop these files and run: the lines of the terminal that begin with an exclamation mark."""

    def run(moment: str, *files: tuple[str, str], lang: str = "ko") -> list[str]:
        for name, content in files:
            path = desk / "inbox" / name
            path.write_text(content, "utf-8")
            os.utime(path, (datetime.fromisoformat(f"{moment}+09:00").timestamp() - A_MINUTE,) * 2)
        said = typed("run", "--home", desk, "--as-of", moment, "--lang", lang).out.splitlines()
        return [line.removeprefix("! ") for line in said if line.startswith("! ")]

    return run


def on_the_summary(desk: Path) -> list[str]:
    sheet = openpyxl.load_workbook(max((desk / "outbox").glob("처리목록_*.xlsx"))).worksheets[0]
    return [str(cell.value).removeprefix("※ ") for row in sheet.iter_rows() for cell in row if cell.value]


def test_only_취소관리_says_why_발주발송관리_is_missed_until_it_is_dropped(desk, dropped):
    assert dropped("2026-11-23T09:00", ASKED) == [NO_DISPATCH.format(2)]
    assert NO_DISPATCH.format(2) in on_the_summary(desk)

    later = dropped("2026-11-23T10:00", unsent("0950", 1, 2))

    assert not [line for line in later if "발주발송관리가 없어" in line]
    assert not [line for line in on_the_summary(desk) if "발주발송관리가 없어" in line]


def test_it_is_said_in_english_too(dropped):
    assert dropped("2026-11-23T09:00", ASKED, lang="en") == [
        "There is no 발주발송관리 export of today (or it could not be read), so nobody knows what is packed or has left. 2 orders had to be "
        "asked on 〈Review〉 instead of being decided. Download it, drop it into inbox and run again."
    ]


def test_발주발송관리_of_this_morning_is_not_missed_at_noon(dropped):
    dropped("2026-11-23T09:00", unsent("0850", 1, 2, 3))

    assert not [line for line in dropped("2026-11-23T12:00", ASKED) if "발주발송관리가 없어" in line]


def test_an_order_that_발주발송관리_of_today_does_not_show_is_asked_without_that_sentence(desk, dropped, typed):
    assert dropped("2026-11-23T09:00", ASKED, unsent("0855", 1, 3)) == []
    assert "확인필요" in typed("status", "--home", desk, "--as-of", "2026-11-23").out


def test_that_of_yesterday_is_missed_today(dropped):
    name, content = cancels("0850", n1="취소요청")
    dropped("2026-11-23T09:00", unsent("0850", 1))

    said = dropped("2026-11-24T09:00", (name.replace("1123", "1124"), content))

    assert NO_DISPATCH.format(1) in said


def test_where_nobody_is_asked_it_is_not_missed(dropped):
    assert dropped("2026-11-23T09:00", cancels("0850", n1="취소완료", n2="취소완료")) == []


def test_only_발주발송관리_says_once_that_requests_cannot_be_seen_and_only_where_something_is_to_be_sent(desk, dropped):
    def dispatch(minute: str, story: str) -> None:
        path = desk / "inbox" / f"스마트스토어_전체주문발주발송관리_20261123_{minute}.xlsx"
        samples.write_dispatch(path, told(story), downloaded_at=MORNING)
        aged(desk / "inbox")

    dispatch("0850", AT_LEISURE)
    assert dropped("2026-11-23T09:00") == []

    dispatch("0950", "24 발송기한 오늘")
    said = dropped("2026-11-23T10:00")
    assert len([line for line in said if line.startswith(NO_CANCELS)]) == 1
    assert len([line for line in on_the_summary(desk) if NO_CANCELS in line]) == 1


def test_answers_alone_say_that_no_export_came(desk, dropped):
    assert dropped("2026-11-23T09:00", agreed(1, 2)) == [ONLY_ANSWERS.format(2)]
    assert ONLY_ANSWERS.format(2) in on_the_summary(desk)

    both = dropped("2026-11-23T10:00", cancels("0950", n1="취소요청"), unsent("0950", 1))
    assert not [line for line in both if "답만 있어" in line]


def test_answers_about_orders_that_memory_knows_are_no_strangers(dropped):
    dropped("2026-11-23T09:00", ASKED)

    said = dropped("2026-11-23T10:00", agreed(1, 2))

    assert not [line for line in said if "답만 있어" in line or "발주발송관리가 없어" in line]
