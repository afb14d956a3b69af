"""The sheets about all desks: what stands where, worked out by hand."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from processor import disk
from processor.model import Action, Range, Text
from processor.outbox.all_desks import MOST_URGENT, DeskLine, Figures, UrgentOrder, all_desks_sheets, write_all_desks
from processor.outbox.rendering import rendered
from processor.outbox.sheet import Charts, Line, Table

TODAY = date(2026, 11, 23)
ROOT = Path("/가게들")


def figures(**named) -> Figures:
    counts = dict.fromkeys(("orders", "to_do", "late", "asked", "problems", "sure", "brought"), 0)
    usual = {**counts, "first": None, "held": Range(0, 0), "left": 10, "need": 10, "urgent": ()}
    return Figures(**{**usual, **named})


def order(days: int, number: str = "2026112000000001", action: Action = Action.SHIP) -> UrgentOrder:
    return UrgentOrder(TODAY + timedelta(days=days), number, action, "양말")


def sheets(*lines: DeskLine, lang: str = "ko", root: Path = ROOT):
    moment = datetime(2026, 11, 23, 9)
    return {sheet.name: sheet for sheet in rendered(all_desks_sheets(root, lines, moment), lang)}


def rows(sheet) -> list[tuple]:
    (found,) = (block for block in sheet.blocks if isinstance(block, Table))
    return [*zip(*found.cells, strict=True)]


def said(sheet) -> list[str]:
    return [block.text for block in sheet.blocks if isinstance(block, Line)]


BUSY = DeskLine(
    "대행/나",
    "나무가게",
    figures(
        orders=9,
        to_do=5,
        late=1,
        asked=2,
        problems=1,
        first=date(2026, 11, 22),
        held=Range(3, None),
        sure=2,
        brought=1,
        left=4,
        urgent=(order(-1), order(1, "2026112000000002", Action.APPROVE)),
    ),
    ROOT / "대행/나/outbox/처리목록_20261123_090000.xlsx",
    news=True,
)
IDLE = DeskLine("가", "가", figures(to_do=1, first=date(2026, 11, 23), left=-2, urgent=(order(0, "2026112000000003"),)))
BROKEN = DeskLine("다", failure=Text("규칙이 틀렸습니다.", "The rules are wrong."))


def test_a_line_for_each_desk_what_failed_first_and_then_by_the_most_urgent_deadline():
    sheet = sheets(IDLE, BUSY, BROKEN)["가게"]

    assert rows(sheet) == [
        ("다", "처리 못함", None, None, None, None, None, None, None, None),
        ("나무가게 (대행/나)", "처리함", 5, 1, date(2026, 11, 22), 2, 1, 3, 4, "대행/나/outbox/처리목록_20261123_090000.xlsx"),
        ("가", "새 파일 없음", 1, None, date(2026, 11, 23), None, None, 0, -2, None),
    ]  # fmt: skip
    assert said(sheet) == [
        "2026-11-23 09:00 기준 · 가게 3곳 · 오늘 하실 일 6건",
        "기한이 지난 주문이 1건 있습니다. 〈급한 주문〉 맨 위에 있습니다.",
        "처리하지 못한 가게가 1곳 있습니다. 〈처리 못한 가게〉에 이유가 있습니다.",
    ]


def test_the_same_in_english():
    english = sheets(IDLE, BUSY, BROKEN, lang="en")

    assert [*english] == ["Stores", "Urgent orders", "Points by store", "Not handled"]
    assert said(english["Stores"]) == [
        "2026-11-23 09:00 · 3 stores · 6 to do today",
        "1 order is past the deadline: the first ones on 〈Urgent orders〉.",
        "1 store was not handled: 〈Not handled〉 says why.",
    ]
    assert [row[1] for row in rows(english["Stores"])] == ["Not handled", "Handled", "Nothing new"]
    assert rows(english["Not handled"]) == [("다", "The rules are wrong.")]


def test_the_most_urgent_orders_of_all_stand_together():
    sheet = sheets(IDLE, BUSY, BROKEN)["급한 주문"]
    place = "대행/나/outbox/처리목록_20261123_090000.xlsx"

    assert rows(sheet) == [
        (date(2026, 11, 22), "나무가게 (대행/나)", "발송", "2026112000000001", "양말", place),
        (date(2026, 11, 23), "가", "발송", "2026112000000003", "양말", None),
        (date(2026, 11, 24), "나무가게 (대행/나)", "취소승인", "2026112000000002", "양말", place),
    ]
    assert said(sheet) == ["모든 가게에서 가장 급한 주문 3건입니다. 나머지 3건은 각 처리목록에 있습니다."]


def test_what_the_list_of_urgent_orders_leaves_out_is_said():
    many = figures(to_do=150, urgent=(order(0),) * MOST_URGENT)
    sheet = sheets(DeskLine("가", figures=many), DeskLine("나", figures=many))["급한 주문"]

    assert len(rows(sheet)) == 100
    assert said(sheet) == ["모든 가게에서 가장 급한 주문 100건입니다. 나머지 200건은 각 처리목록에 있습니다."]
    assert said(sheets(DeskLine("가", figures=figures()))["급한 주문"]) == ["기한이 있는 할 일이 없습니다."]


def test_points_stand_by_store_the_nearest_to_a_sanction_first_and_are_drawn():
    sheet = sheets(IDLE, BUSY, BROKEN)["가게별 벌점"]
    (charts,) = (block for block in sheet.blocks if isinstance(block, Charts))

    assert rows(sheet) == [("가", 0, "", 0, 0, -2, 10), ("나무가게 (대행/나)", 3, "모름", 2, 1, 4, 10)]
    assert [chart.alt for chart in charts.charts] == [
        "가게별 벌점: 가 0, 나무가게 (대행/나) 6",
        "제재까지 남은 벌점: 가 -2, 나무가게 (대행/나) 4",
    ]


def test_where_no_desk_could_be_handled_there_are_no_points():
    assert [*sheets(BROKEN)] == ["가게", "급한 주문", "가게별 벌점", "처리 못한 가게"]
    assert said(sheets(BROKEN)["가게별 벌점"]) == ["벌점을 아는 가게가 없습니다."]


def test_the_workbook_leads_to_each_list_and_takes_no_name_that_is_taken(tmp_path):
    home = "가게 #1 100%"
    line = DeskLine(home, figures=figures(), workbook=tmp_path / home / "outbox/처리목록_20261123_090000.xlsx")
    (tmp_path / ".모든가게_20260101_090000.xlsx.tmp").touch()  # of a run that was killed
    places = [write_all_desks(tmp_path, [line], datetime(2026, 11, 23, 9), "ko") for _ in range(2)]

    assert sorted(path.name for path in tmp_path.iterdir()) == [place.name for place in places]
    assert [place.name for place in places] == ["모든가게_20261123_090000.xlsx", "모든가게_20261123_090000_2.xlsx"]
    page = openpyxl.load_workbook(places[0])["가게"]
    (link,) = (cell.hyperlink.target for row in page for cell in row if cell.hyperlink)
    assert link == (
        "%EA%B0%80%EA%B2%8C%20%231%20100%25/outbox/%EC%B2%98%EB%A6%AC%EB%AA%A9%EB%A1%9D_20261123_090000.xlsx"
    )


def test_two_that_write_into_one_folder_wait_for_each_other(tmp_path):
    written = []
    writing = threading.Thread(
        target=lambda: written.append(write_all_desks(tmp_path, [IDLE], datetime(2026, 11, 23, 9), "ko"))
    )
    with disk.held(tmp_path / ".모든가게.lock", b""):
        writing.start()
        writing.join(0.3)
        assert (written, [*tmp_path.glob("*.xlsx")]) == ([], [])
    writing.join()

    assert [place.name for place in written] == ["모든가게_20261123_090000.xlsx"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (BUSY, ("  나무가게 (대행/나): 할 일 5건 · 기한 지남 1건 · 답할 주문 2건 · 읽기 문제 1건", "  나무가게 (대행/나): 5 to do · 1 late · 2 to be answered · 1 problem")),
        (IDLE, ("  가: 할 일 1건 · 새 파일 없음", "  가: 1 to do · nothing new")),
        (BROKEN, ("! 다: 규칙이 틀렸습니다.", "! 다: The rules are wrong.")),
    ],
)  # fmt: skip
def test_each_desk_is_told_in_one_line(line, told):
    assert line.sentence == told
