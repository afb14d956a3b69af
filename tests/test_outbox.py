"""The workbook of a report: the content of the twelve sheets, and that the file on disk holds the same."""

import json
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pandas as pd
import pytest
from made import batch, reason

from processor.compat.xlsxwriter_tables import FastSheet
from processor.judge import WORDS, Workdays
from processor.judge.points import forecast
from processor.model import (
    POINT,
    Action,
    Answer,
    Batch,
    Caution,
    Col,
    FeeRuling,
    InputFile,
    Kind,
    Leg,
    Out,
    Payer,
    PenaltyEvent,
    Place,
    Point,
    Problem,
    Report,
    RuleId,
    SheetCount,
    Text,
    Verdict,
    WhyNot,
)
from processor.model.tables import CLAIMS, JUDGED, SOLD_OUT, TO_MARK
from processor.outbox import (
    grid,
    lines,
    manifest,
    needs_you,
    next_place,
    spoken,
    tidy,
    write,
    write_manifest,
    write_template,
)
from processor.outbox.sheet import Captions, Column, Line, Look, Loud, Mark, Sheet, Table, pages, table_of
from processor.outbox.sizes import heights, line_height, widths
from processor.outbox.workbook import Title, save
from processor.rulebook.drafts import Draft, Segment, Slot
from processor.rulebook.types import (
    Calendar,
    Dated,
    Decision,
    DelayInterest,
    Early,
    Export,
    Exports,
    FeeRow,
    Limits,
    Messages,
    Penalties,
    PenaltyRow,
    Repeats,
    Rulebook,
    Sanction,
    Source,
    Steps,
    Store,
)
from processor.rulebook.types import Table as RuleTable

pytestmark = pytest.mark.slow  # most write whole lists

CHECKED = date(2026, 9, 20)
SHEETS = [
    "요약", "반품", "취소승인", "판매자취소", "확인필요", "고객협의", "발송", "패널티", "비용부담", "조치없음", "규칙", "입력파일",
]  # fmt: skip
NEEDED = ["처리결과", "처리기한", "상품명", "옵션정보", "수량", "이유", "묶음", "안내문", "상품주문번호"]
LOOKED_UP = [
    "주문번호", "주문상태", "사유", "귀책", "조치", "왜 다른 조치가 아닌가", "배송비 부담", "부담금액", "패널티", "되돌리기",
    "판매자센터 처리 순서", "출고상태", "구매자동의", "실제사유", "메모", "규칙", "출처",
]  # fmt: skip
HEADERS = [*NEEDED, *LOOKED_UP]
GROUPS = ["묶음", "처리기한", "판매자센터 처리 순서", "벌점", "건수", "묶음 안내문", "이유"]
AS_OF = datetime.fromisoformat("2026-11-23T09:10:05")
NAME = "처리목록_20261123_091005"
NOTHING = Text("", "")


EARLY = Early(7, 30, ())
STEPS = Steps(
    (Text("주의", "caution"), Text("경고", "warning")), (Text("알림", "notice"), Text("막힘", "barred")), 365, ()
)


def a_row(table, number, action):
    return Decision(RuleId(number), {}, Text(f"{action.ko} 까닭", f"why {action}"), ("seed",), 1, action=action)


def a_book():
    sold_out = reason("상품품절", "sold out", "판매자", "품절", "상품품절", code="SOLD_OUT", chosen="상품품절")
    mind = reason("단순변심", "mind", "구매자", "단순변심", code="X", chosen="구매의사취소")
    broken = reason("상품파손", "broken", "판매자", "상품파손", code="X")
    change = reason("구매의사취소", "changed mind", "구매자", "변심", code="X", chosen="구매의사취소")
    decisions = [
        a_row("결정", "C-01", Action.APPROVE),
        a_row("결정", "C-18", Action.SELLER_CANCEL),
        a_row("결정", "C-06", Action.RETURN),
        a_row("결정", "C-14", Action.REVIEW),
        a_row("결정", "C-99", Action.NONE),
    ]
    fees = [
        FeeRow(
            RuleId("F-01"), {}, Text("변심 반품은 구매자가 냅니다.", "The buyer pays."), ("law",), 1, payer=Payer.BUYER
        ),
        FeeRow(RuleId("F-99"), {}, Text("비용이 없습니다.", "No cost."), ("seed",), 1, payer=Payer.NONE),
    ]
    events = [
        PenaltyRow(
            RuleId("P-01"),
            {},
            Text("품절취소", "sold-out cancel"),
            ("naver",),
            1,
            event="sold_out",
            points=Dated(()),
            by_action=True,
        )
    ]
    return Rulebook(
        version="2026-09-20",
        sha256="a" * 64,
        text="",
        store=Store(
            "행복상점", "미포장", "negotiate", "review", "charge", 3000, 3000, None, None, None, "drop", False, None, {}
        ),
        exports=Exports(
            (Export(Kind.CANCEL, Text("취소관리", "Cancels"), (), (), (), ()),),
            {},
            {},
            {},
            (),
            Limits(file_mib=1, unpacked_mib=1, ratio=1, rows=1, columns=1, seconds=1, memory_mib=1),
        ),
        reasons=(sold_out, mind, change, broken),  # only the first and the third are the seller's to choose
        words=WORDS,
        impossible=(),
        decisions=RuleTable("결정", NOTHING, tuple(decisions), ()),
        fees=RuleTable("비용", NOTHING, tuple(fees), ()),
        delay_interest=DelayInterest(Dated(((date(2016, 1, 1), 15),)), {"반품진행": "반품처리"}, ("law", "seed")),
        penalties=Penalties(
            RuleTable("패널티", NOTHING, tuple(events), ()), Sanction(30, 10, 40, ()), EARLY, STEPS, Repeats(3, ()), ()
        ),
        calendar=Calendar((), (), (), {}, {}),
        messages=Messages(
            {"품절": Draft((Segment((Slot("상품", "이/가"), " 품절입니다."), optional=False),), ())},
            {"승인": (Text("[취소관리]를 엽니다", "Open it"), Text("[취소 승인처리]를 누릅니다", "Press it"))},
            {},
        ),
        sources={
            "seed": Source("seed", "S", Text("기준 글", "the article"), CHECKED, None),
            "law": Source("law", "L", Text("전자상거래법", "the Act"), CHECKED, None),
            "naver": Source("naver", "A", Text("판매관리 프로그램", "the programme"), CHECKED, None),
        },
    )


def a_verdict(action, rule, **more):
    free = FeeRuling(RuleId("F-99"), Payer.NONE, (), Text("비용이 없습니다.", "No cost."), ("seed",))
    usual = Verdict(
        action=action,
        rule=RuleId(rule),
        why=Text(f"{action.ko} 까닭", f"why {action}"),
        why_not=None,
        facts={"주문상태": "발송대기", "귀책": "구매자", "사유": "구매의사취소"},
        grounds={},
        reason_code=None,
        reason_label=Text("구매의사취소", "changed mind"),
        flags=(),
        fee=free,
        penalties=(),
        deadline=None,
        message=None,
        screen="",
        sources=("seed",),
    )
    return replace(usual, **more)


ANSWERS = tuple(
    Answer("출고상태", value, Text(value, english), RuleId(rule), action, brings=0)
    for value, english, rule, action in (
        ("미포장", "not packed", "C-01", Action.APPROVE),
        ("포장", "packed", "C-06", Action.RETURN),
        ("집화", "picked up", "C-06", Action.RETURN),
    )
)
VERDICTS = (
    a_verdict(
        Action.APPROVE,
        "C-01",
        why_not=WhyNot(RuleId("C-00"), Text("송장이 없어서", "no invoice")),
        grounds={"출고": Text("송장이 없어 미포장으로 봄", "no invoice, so not packed")},
        screen="승인",
    ),
    a_verdict(
        Action.SELLER_CANCEL,
        "C-18",
        facts={"주문상태": "발송대기", "귀책": "판매자", "사유": "상품품절"},
        reason_label=Text("상품품절", "sold out"),
        penalties=(PenaltyEvent(RuleId("P-01"), "sold_out", Text("품절취소", "sold-out cancel"), 2, True, ("naver",)),),
        message="품절",
    ),
    a_verdict(
        Action.RETURN,
        "C-06",
        fee=FeeRuling(
            RuleId("F-01"),
            Payer.BUYER,
            (Leg.OUTBOUND, Leg.RETURN),
            Text("변심 반품은 구매자가 냅니다.", "The buyer pays."),
            ("law",),
        ),
    ),
    a_verdict(Action.REVIEW, "C-14", asks=("출고상태",), answers=ANSWERS, facts={}, reason_label=NOTHING),
    a_verdict(Action.SELLER_CANCEL, "C-18"),
    a_verdict(Action.NONE, "C-99"),
)


def some_orders(*orders):
    """(situation, number, {column: value} …) → rows of a report, every other column missing."""
    base = {Col.PRODUCT_NAME: "머그컵", Col.QUANTITY: 1}
    rows = pd.DataFrame(
        [{**base, Out.SITUATION: situation, Col.PRODUCT_ORDER_NO: number, **more} for situation, number, more in orders],
        columns=[*JUDGED],
    )  # fmt: skip
    flags = {name: rows[name].eq(True) for name in JUDGED.of_dtype("bool")}  # missing = no
    return rows.assign(**flags).astype(dict(JUDGED))


ORDERS = (
    (0, "2026112011111110", {Col.ORDER_NO: "2026112000000001", Out.ACT_BY: pd.Timestamp(2026, 11, 25)}),
    (1, "2026112022222221", {Col.PRODUCT_NAME: '=HYPERLINK("x")', Col.QUANTITY: 2, Col.PRODUCT_NO: "1000000001"}),
    (4, "2026112022222222", {}),
    (1, "2026112022222223", {Col.TOTAL_AMOUNT: 12000, Col.SHIPPING_FEE: 0, Col.PRODUCT_NO: "1000000001"}),
    (2, "2026112033333331", {Out.FEE_AMOUNT: 6000, Out.FEE_OUTBOUND: 3000, Out.FEE_RETURN: 3000}),
    (2, "2026112033333332", {Out.ACT_BY: pd.Timestamp(2026, 11, 20)}),
    (3, "2026112044444441", {Col.OPTION: "색상: 빨강"}),
    (5, "2026112055555551", {}),
)  # fmt: skip
PROBLEM = Problem(
    "order_no_damaged",
    Place("취소.xlsx", "취소관리", 7),
    Text("상품주문번호가 잘렸습니다.", "The number is cut."),
    Text("다시 내려받아 주세요.", "Download it again."),
    "상품주문번호",
    "2.02E+15",
)
ACCOUNT = (SheetCount("취소.xlsx", "취소관리", Kind.CANCEL, 10, 8, 1, 0, 1),)
BATCH = Batch(
    claims=CLAIMS.empty(),
    sold_out=SOLD_OUT.empty(),
    files=(InputFile(Path("취소.xlsx"), "취소.xlsx", "b" * 64, datetime.fromisoformat("2026-11-23T08:01")),),
    sheets=(),
    row_problems=(PROBLEM,),
    file_problems=(),
)
NO_PRODUCTS = TO_MARK.empty()


def a_report(*orders, batch=BATCH, account=ACCOUNT, products=NO_PRODUCTS, verdicts=VERDICTS):
    rows = some_orders(*orders)
    granted = pd.DataFrame({"P-01": [pd.Timestamp(2026, 11, 24)] * len(rows)}, dtype="datetime64[us]")
    return Report(
        as_of=AS_OF,
        rows=rows,
        verdicts=verdicts,
        batch=batch,
        account=account,
        sold_out_products=products,
        calendar_version="2026-1",
        granted=granted,
        points=some_points(rows, verdicts),
        forecast=forecast(some_points(rows, verdicts), {}, None, a_book(), AS_OF.date(), Workdays(a_book().calendar)),
    )


def some_points(rows, verdicts):
    """What each order's events of today bring tomorrow."""
    lines = [
        {
            **dict.fromkeys(POINT),
            Point.PRODUCT_ORDER_NO: row[Col.PRODUCT_ORDER_NO],
            Point.PRODUCT_NO: "" if pd.isna(row[Col.PRODUCT_NO]) else row[Col.PRODUCT_NO],
            Point.PRODUCT: row[Col.PRODUCT_NAME],
            Point.RULE: event.rule,
            Point.EVENT: event.event,
            Point.POINTS: event.points,
            Point.DAY: pd.Timestamp(2026, 11, 24),
            Point.STATE: "by_action",
            **dict.fromkeys((Point.LISTED, Point.ENDED), True),
            **dict.fromkeys((Point.DAILY, Point.REMEMBERED), False),
        }
        for row in rows.to_dict("records")
        for event in verdicts[row[Out.SITUATION]].penalties
    ]
    return pd.DataFrame(lines, columns=list(POINT)).astype(POINT)


EMPTY = batch(CLAIMS.empty())


def sheets_of(report, lang="ko"):
    return {sheet.name: sheet for sheet in grid(report, a_book(), lang)}


def tables(sheet):
    return {block.name: block for block in sheet.blocks if isinstance(block, Table)}


def column(table, header):
    return table.cells[[one.header for one in table.columns].index(header)]


def as_text(sheet):
    """A sheet as it is seen: row by row, blanks left out at the end of each."""
    seen = {}
    for top, block in sheet.placed():
        match block:
            case Line():
                seen[top] = [*[""] * block.at, block.text]
            case Captions():
                seen[top] = list(block.names)
            case Table():
                seen[top] = [one.header for one in block.columns]
                for number, row in enumerate(zip(*block.cells, strict=True), start=top + 1):
                    seen[number] = ["" if value is None else str(value) for value in row]
                if block.totals and block.length:
                    sums = [sum(value for value in values if isinstance(value, int)) if one.header in block.totals else "" for one, values in zip(block.columns, block.cells, strict=True)]  # fmt: skip
                    seen[top + block.length + 1] = [str(value) for value in [block.total_name, *sums[1:]]]
    return {row: trimmed(cells) for row, cells in seen.items()}


def trimmed(cells):
    while cells and cells[-1] == "":
        cells = cells[:-1]
    return cells


def test_the_sheets_stand_by_their_most_urgent_deadline_those_without_after_and_the_empty_ones_last():
    assert [sheet.name for sheet in grid(a_report(*ORDERS), a_book(), "ko")] == SHEETS
    assert [sheet.name for sheet in grid(a_report(batch=EMPTY), a_book(), "ko")] == [
        "요약", "취소승인", "판매자취소", "반품", "고객협의", "발송", "확인필요", "패널티", "비용부담", "조치없음", "규칙", "입력파일",
    ]  # fmt: skip


def test_the_colour_of_a_tab_tells_its_kind(book):
    kinds = (("요약",), SHEETS[1:7], ("패널티", "비용부담"), ("조치없음", "규칙", "입력파일"))
    colours = [{book[name].sheet_properties.tabColor.rgb for name in kind} for kind in kinds]
    assert [len(kind) for kind in colours] == [1, 1, 1, 1]
    assert len(set.union(*colours)) == 4


def test_an_empty_day_says_so_on_every_action_sheet():
    sheets = sheets_of(a_report(batch=EMPTY))
    for action in Action:
        assert as_text(sheets[action.ko])[0] == [f"{action.ko} 0건 — 오늘 이 시트에는 처리할 주문이 한 건도 없습니다."]
        assert as_text(sheets[action.ko])[2] == HEADERS
    assert as_text(sheets["패널티"])[16] == ["벌점 지금 0점 이상 · 오늘 조치로 +0점 · 제재 기준 10점까지 많아야 10점"]
    assert as_text(sheets["비용부담"]) == {0: ["누군가 배송비를 부담해야 하는 주문이 없습니다."]}
    assert as_text(sheets["입력파일"])[0] == ["이번에 읽은 파일이 없습니다."]
    assert ["오늘은 쓰인 규칙이 없습니다."] in as_text(sheets["규칙"]).values()


def test_an_approval_says_why_from_what_and_how():
    steps = "1. [취소관리]를 엽니다 → 2. [취소 승인처리]를 누릅니다"
    why = "취소승인 까닭 · 출고: 송장이 없어 미포장으로 봄"
    assert as_text(sheets_of(a_report(*ORDERS))["취소승인"]) == {
        0: [
            "취소승인 1건 — 취소 요청을 승인할 주문입니다. 한번 승인하면 되돌릴 수 없으니 상품주문번호를 다시 확인해 주세요."
        ],
        1: [
            "판매자센터에서 끝낸 주문은 처리결과에서 완료를 고르고 저장해서 이 파일을 inbox 폴더에 넣으면 다음 목록에서 빠집니다."
            " 왼쪽 위의 [2]를 누르면 접어 둔 열이 펼쳐집니다."
        ],
        2: [f"↓ {header}" for header in NEEDED],
        3: GROUPS,
        4: ["A", "2026-11-25", steps, "없음", "1", "", why],
        6: HEADERS,
        7: [
            "", "2026-11-25", "머그컵", "", "1", why, "A", "", "2026112011111110", "2026112000000001", "발송대기", "구매의사취소",
            "구매자", "취소승인", "C-00: 송장이 없어서", "없음", "", "없음", "되돌릴 수 없음", steps, "", "", "", "", "C-01",
            "기준 글 (S)",
        ],
        9: ["", "", "묶음마다 하는 일 (인쇄용)"],
        10: ["", "", f"A (1건): {why} ▸ 순서: {steps}"],
    }  # fmt: skip


def test_the_sellers_cancels_stand_together_by_the_reason_to_choose():
    found = tables(sheets_of(a_report(*ORDERS))["판매자취소"])
    table, groups = found["claims_seller_cancel"], found["groups_seller_cancel"]
    assert column(table, "상품주문번호") == ["2026112022222221", "2026112022222223", "2026112022222222"]
    assert column(table, "묶음") == ["A", "A", "B"]
    assert table.blocks == "묶음"
    assert column(groups, "건수") == [2, 1]
    assert column(groups, "이유") == [
        "화면에서 고를 사유: 상품품절. 판매자취소 까닭",
        "화면에서 고를 사유: 구매의사취소. 판매자취소 까닭",
    ]
    assert column(table, "사유") == ["상품품절", "상품품절", "구매의사취소"]
    assert column(table, "패널티") == ["2점 (품절취소)", "2점 (품절취소)", "없음"]
    assert column(groups, "벌점") == ["2점 (품절취소)", "없음"]


def test_a_deadline_that_is_near_says_so_in_words_and_stays_a_date(tmp_path):
    days = {"2026112011111111": "2026-11-22", "2026112011111112": "2026-11-23", "2026112011111113": "2026-11-24",
            "2026112011111114": "2026-11-25", "2026112011111115": None}  # fmt: skip
    verdict = a_verdict(Action.SHIP, "C-30")
    orders = [(0, number, {Out.ACT_BY: pd.Timestamp(day) if day else pd.NaT}) for number, day in days.items()]
    sheet = openpyxl.load_workbook(put(a_report(*orders, verdicts=(verdict,)), tmp_path))["발송"]
    cells = [row[HEADERS.index("처리기한")] for row in sheet.iter_rows(min_row=8, max_row=12)]
    assert [cell.value and cell.value.date().isoformat() for cell in cells] == list(days.values())
    assert [cell.number_format for cell in cells[:4]] == [
        'yyyy-mm-dd" 지남"', 'yyyy-mm-dd" 오늘"', 'yyyy-mm-dd" 내일"', "yyyy-mm-dd",
    ]  # fmt: skip
    assert len({cell.fill.fgColor.rgb for cell in cells[:4]}) == 4
    english = tables(sheets_of(a_report(*orders, verdicts=(verdict,)), "en")["Ship"])["claims_ship"]
    assert [mark.words for mark in english.marks["처리기한"].values()] == ["late", "today", "tomorrow"]


def test_what_needs_nothing_is_never_urgent():
    quiet = (0, "2026112011111111", {Out.ACT_BY: pd.Timestamp("2026-11-01")})
    table = tables(sheets_of(a_report(quiet, verdicts=(a_verdict(Action.NONE, "C-99"),)))["조치없음"])["claims_none"]
    assert table.marks == {}


def test_an_amount_not_known_is_blank_and_said():
    table = tables(sheets_of(a_report(*ORDERS))["반품"])["claims_return"]
    assert column(table, "부담금액") == [6000, None]
    assert column(table, "배송비 부담") == [
        "구매자 (보내는 배송비 + 반품 배송비)",
        "구매자 (보내는 배송비 + 반품 배송비) · 금액 확인 필요",
    ]
    assert column(table, "되돌리기") == ["환불하면 되돌릴 수 없음"] * 2


QUESTION = (
    "← 골라 주세요 · 묶음 A\n미포장 → 취소승인\n포장, 집화 → 반품\n"
    "미포장: 포장 전 · 포장: 포장했지만 택배사가 안 가져감 · 집화: 택배사가 가져감"
)


def test_the_answer_that_is_asked_for_is_named_and_marked():
    table = tables(sheets_of(a_report(*ORDERS))["확인필요"])["claims_review"]
    assert column(table, "이유") == ["확인필요 까닭 · 적어 주실 칸: 〔출고상태〕"]
    assert table.marks["출고상태"] == {0: Mark(Loud.ASKED, hint=QUESTION)}
    assert set(table.marks) == {"출고상태", "처리기한"}


def test_only_a_sheet_with_an_orange_cell_speaks_of_it():
    for lang, name, said in (
        ("ko", "확인필요", " 짙은 주황색 칸은 꼭 적어 주세요."),
        ("en", "Review", " Please do fill the dark orange cells."),
    ):
        actions = list(sheets_of(a_report(*ORDERS), lang).values())[1:7]
        assert [sheet.name for sheet in actions if said in sheet.blocks[1].text] == [name]


def test_the_yellow_cells_show_what_the_seller_has_told():
    own = a_verdict(Action.NEGOTIATE, "C-22", facts={"요청": "판매자취소", "실제사유": "품절", "사유일치": "예"})
    false = replace(own, facts=own.facts | {"사유일치": "아니오"})
    unknown = replace(own, facts=own.facts | {"실제사유": "모름"})
    buyers = replace(own, facts=own.facts | {"요청": "구매자취소"})
    report = a_report(
        (0, "2026112011111110", {}),
        (
            0,
            "2026112011111111",
            {Col.HANDOVER: "포장", Col.CONSENT: "아니오", Col.TRUE_REASON: "변심", Col.RESULT: "완료"},
        ),
        (1, "2026112011111112", {Col.TRUE_REASON: "변심"}),
        (2, "2026112011111113", {}),
        (3, "2026112011111114", {Col.TRUE_REASON: ""}),
        verdicts=(own, false, unknown, buyers),
    )
    table = tables(sheets_of(report)["고객협의"])["claims_negotiate"]
    assert column(table, "실제사유") == ["품절", "변심", None, None, None]
    assert column(table, "출고상태") == [None, "포장", None, None, None]
    assert column(table, "구매자동의") == [None, "아니오", None, None, None]
    assert column(table, "처리결과") == column(table, "메모") == [None] * 5


def test_warnings_stand_on_the_summary_and_before_the_action_that_they_could_spoil():
    ship = (a_verdict(Action.SHIP, "C-30"),)
    cautions = (Caution(Text("모두에게", "to all")), Caution(Text("보내기 전에", "before"), Action.SHIP))
    sheets = sheets_of(replace(a_report((0, "2026112055555551", {}), verdicts=ship), warnings=cautions))
    assert [block.text for block in sheets["요약"].blocks[4:6]] == ["※ 모두에게", "※ 보내기 전에"]
    assert {
        name: [cells[0] for cells in as_text(sheets[name]).values() if cells[0].startswith("※")] for name in SHEETS
    } == {**{name: [] for name in SHEETS}, "요약": ["※ 모두에게", "※ 보내기 전에"], "발송": ["※ 보내기 전에"]}
    nothing_to_ship = sheets_of(replace(a_report(*ORDERS), warnings=cautions))["발송"]
    assert not any("※" in cells[0] for cells in as_text(nothing_to_ship).values())


def test_an_empty_export_alone_needs_nobody():
    empty = replace(PROBLEM, code="no_rows", place=Place("취소.xlsx"))
    unreadable = replace(empty, code="file_unreadable")
    quiet = replace(EMPTY, file_problems=(empty,))
    assert not needs_you(a_report(batch=quiet))
    assert needs_you(a_report(batch=replace(quiet, file_problems=(empty, unreadable))))
    assert needs_you(a_report(batch=replace(quiet, row_problems=(PROBLEM,))))
    assert column(tables(sheets_of(a_report(batch=quiet))["입력파일"])["problems"], "코드") == ["no_rows"]
    assert [line["code"] for line in lines(a_report(batch=quiet, verdicts=()), "ko") if line["type"] == "problem"] == [
        "no_rows"
    ]


def test_long_problems_do_not_stretch_the_tables_above_them():
    long = replace(PROBLEM, message=Text("아주 긴 말 " * 40, ""), fix=Text("아주 긴 말 " * 40, ""), value="값" * 90)
    rooms = widths(sheets_of(a_report(*ORDERS, batch=replace(BATCH, row_problems=(long,))))["입력파일"])
    counts = dict(zip(["읽은 줄", "결정", "합침", "목록", "문제"], rooms[3:8], strict=True))
    assert counts == {"읽은 줄": 14, "결정": 18, "합침": 26, "목록": 26, "문제": 18}


def test_one_is_singular_in_english():
    one = (SheetCount("취소.xlsx", "취소관리", Kind.CANCEL, 1, 0, 0, 0, 1),)
    report = a_report((0, "2026112011111110", {}), account=one)
    sheets = sheets_of(report, "en")
    assert next(spoken(report, "en")) == "1 order was checked (1 file with 1 row, 1 row to mend)"
    assert sheets["Approve cancel"].blocks[0].text.startswith("Approve cancel: 1 order — ")
    assert sheets["Summary"].blocks[0].text.endswith("1 order needs you today (of 1)")
    assert sheets["Review"].blocks[2].text.startswith("Besides these, 1 row or file could not be read.")
    said = [block.text for block in sheets["Inputs"].blocks if isinstance(block, Line)]
    assert (said[0], said[-1]) == ("1 file was read", "1 problem")


def test_the_review_sheet_leads_to_the_problems_and_the_input_sheet_lists_them():
    sheets = sheets_of(a_report(*ORDERS))
    line = sheets["확인필요"].blocks[3]
    assert (
        line.text
        == "이 밖에 읽지 못한 줄이나 파일이 1개 있습니다. 여기를 누르면 〈입력파일〉 시트의 문제 목록으로 갑니다."
    )
    assert line.link == "입력파일"
    seen = list(as_text(sheets["입력파일"]).values())
    assert ["파일", "시트", "행", "열", "값", "무엇이 문제인가", "어떻게 하나", "코드"] in seen
    assert seen[-1] == ["취소.xlsx", "취소관리", "7", "상품주문번호", "2.02E+15", "상품주문번호가 잘렸습니다.", "다시 내려받아 주세요.", "order_no_damaged"]  # fmt: skip


def test_the_summary_is_the_whole_day_at_a_glance():
    products = pd.DataFrame({"product_no": ["1"], "product_name": ["컵"], "option": [""], "orders": [2]})
    report = a_report(*ORDERS, products=products)
    assert list(as_text(sheets_of(report)["요약"]).values()) == [
        ["행복상점 · 2026-11-23 09:10 기준 · 오늘 하실 일 7건 (주문 8건 가운데)"],
        ["〈반품〉부터 하세요 · 기한이 지난 주문 1건 · 다음 기한 2026-11-25 1건"],
        ["벌점 지금 0점 이상 · 오늘 조치로 +4점 · 제재 기준 10점까지 많아야 6점"],
        ["할 일 (급한 것부터)", "건수", "끝낸 것", "가장 급한 기한", "기한 지남", "지금 하면 피하는 벌점", "하면 붙는 벌점", "적어 주실 것", "되돌리기"],
        ["반품", "2", "0", "2026-11-20", "1"],
        ["취소승인", "1", "0", "2026-11-25", "", "", "", "", "되돌릴 수 없음"],
        ["판매자취소", "3", "0", "", "", "", "4", "", "되돌릴 수 없음"],
        ["확인필요", "1", "0", "", "", "", "", "출고상태 1건: 노란 칸에 적거나, 발주발송관리 파일을 함께 넣기"],
        ["고객협의", "0"],
        ["발송", "0"],
        ["합계", "7", "0", "", "1", "0", "4"],
        ["주문 8건을 확인했습니다 (1개 파일 10줄, 고칠 줄 1)"],
        ["배송비: 구매자 부담 6,000원 · 금액을 모르는 주문 1건"],
        ["품절로 바꿀 상품", "상품번호", "해당 주문", "옵션"],
        ["컵", "1", "2"],
    ]  # fmt: skip


def test_what_to_click_first_is_on_the_first_screen_of_a_laptop():
    """A grid of 1,230 × 415 px; a pixel is three quarters of a point, a character seven pixels and each column five more."""
    late = [(2, f"20261120333333{number:02}", {Out.ACT_BY: pd.Timestamp(2026, 11, 20)}) for number in range(40)]
    for lang in ("ko", "en"):
        sheet = next(iter(sheets_of(a_report(*ORDERS, *late), lang).values()))
        rooms = widths(sheet)
        above = sheet.blocks[: next(at for at, block in enumerate(sheet.blocks) if isinstance(block, Table))]
        to_do = tables(sheet)["to_do"]
        points = sum(line_height(line, sum(rooms)) for line in above) + sum(heights(to_do, rooms)) + 15  # and the sum
        assert points / 0.75 <= 415
        assert sum(rooms) * 7 + len(rooms) * 5 <= 1230
    first = above[1]
    assert (
        first.text == "Begin with 〈Return〉 · 41 orders are past their deadlines · next deadline 2026-11-25: 1 order"
    )
    assert first.link == "Return"


def test_a_day_without_work_says_so():
    calm = sheets_of(a_report((5, "2026112055555551", {})))["요약"]
    assert [block.text for block in calm.blocks[1:2]] == ["오늘은 하실 일이 없습니다."]
    assert column(tables(calm)["to_do"], "건수") == [0] * 6
    undated = sheets_of(a_report((3, "2026112044444441", {})))["요약"]
    assert undated.blocks[1].text == "〈확인필요〉부터 하세요 · 정해진 처리기한은 없습니다"
    today = sheets_of(a_report((3, "2026112044444441", {Out.ACT_BY: pd.Timestamp(2026, 11, 23, 15)})))["요약"]
    assert today.blocks[1].text == "〈확인필요〉부터 하세요 · 다음 기한 2026-11-23 오늘 1건"


RETURNED = (
    SheetCount(
        "처리목록_20261122_090000.xlsx", "취소승인", Kind.ANSWERS, 5, 2, 3, 0, 0, Text("긴 글이 있습니다.", "Long.")
    ),
    SheetCount("처리목록_20261122_090000.xlsx", "조치없음 (2)", Kind.ANSWERS, 4, 0, 2, 1, 1),
    SheetCount("처리목록_20261122_090000.xlsx", "요약", None, note=Text("읽지 않았습니다.", "Not read.")),
    SheetCount("처리목록_20261122_090000.xlsx", "패널티 (2)", None, note=Text("읽지 않았습니다.", "Not read.")),
)


def test_a_returned_workbook_is_one_line_and_the_sums_still_balance():
    answers = (
        SheetCount("답변.xlsx", "첫째", Kind.ANSWERS, 2, 2, 0, 0, 0),
        SheetCount("답변.xlsx", "둘째", Kind.ANSWERS, 1, 1, 0, 0, 0),
    )
    memory = (SheetCount("지난 실행의 기억", "취소관리", Kind.CANCEL, 3, 3, 0, 0, 0),)
    report = a_report(*ORDERS, account=(*ACCOUNT, *RETURNED, *answers, *memory))
    sheets = sheets_of(report)
    table = tables(sheets["입력파일"])["rows_by_sheet"]
    names = ("파일", "시트", "읽은 줄", "결정", "합침", "목록", "문제", "덧붙임")
    assert list(zip(*(column(table, name) for name in names), strict=True)) == [
        ("취소.xlsx", "취소관리", 10, 8, 1, 0, 1, ""),
        ("처리목록_20261122_090000.xlsx", "처리목록의 시트 4개", 9, 2, 5, 1, 1, "긴 글이 있습니다."),
        ("답변.xlsx", "첫째", 2, 2, 0, 0, 0, ""),
        ("답변.xlsx", "둘째", 1, 1, 0, 0, 0, ""),
        ("지난 실행의 기억", "취소관리", 3, 3, 0, 0, 0, ""),
    ]
    read, *parts = (sum(column(table, name)) for name in names[2:7])
    assert read == sum(parts) == 25
    said = [block.text for block in sheets["입력파일"].blocks if isinstance(block, Line)]
    assert "줄 수 확인: 읽은 줄 25 = 결정 16 + 합침 6 + 목록 1 + 문제 2" in said
    checked = [block.text for block in sheets["요약"].blocks if isinstance(block, Line)]
    assert "주문 8건을 확인했습니다 (3개 파일 22줄, 지난 실행에서 기억한 3줄, 고칠 줄 2)" in checked


def test_a_file_of_which_nothing_was_read_is_a_line_too():
    locked = InputFile(Path("잠김.xlsx"), "잠김.xlsx", "c" * 64, datetime.fromisoformat("2026-11-23T08:02"))
    wrong = replace(PROBLEM, code="password_missing", place=Place("잠김.xlsx"))
    batch = replace(BATCH, files=(*BATCH.files, locked), file_problems=(wrong,))
    sheets = sheets_of(a_report(*ORDERS, batch=batch))
    table = tables(sheets["입력파일"])["rows_by_sheet"]
    assert [cells[1] for cells in table.cells] == ["잠김.xlsx", "", "", 0, 0, 0, 0, 0, "2026-11-23 08:02", "", "c" * 12]
    line = next(block for block in sheets["요약"].blocks if isinstance(block, Line) and block.link == "입력파일")
    assert line.text == "주문 8건을 확인했습니다 (1개 파일 10줄, 고칠 줄 1, 읽지 못한 파일이나 시트 1)"


def test_an_order_without_a_claim_has_no_reason_to_be_unknown():
    quiet = a_verdict(Action.NONE, "C-99", facts={"요청": "없음", "귀책": "모름"}, reason_label=Text("모름", "unknown"))
    table = tables(sheets_of(a_report((0, "2026112055555551", {}), verdicts=(quiet,)))["조치없음"])["claims_none"]
    assert (column(table, "사유"), column(table, "귀책")) == ([""], [""])


def test_rows_that_do_not_add_up_are_not_hidden():
    lost = (SheetCount("취소.xlsx", "취소관리", Kind.CANCEL, 11, 8, 1, 0, 1),)
    text = as_text(sheets_of(a_report(*ORDERS, account=lost))["요약"]).values()
    assert ["줄 수가 맞지 않습니다. 줄 수 확인: 읽은 줄 11 ≠ 결정 8 + 합침 1 + 목록 0 + 문제 1"] in text


def test_points_are_told_by_cause_day_product_and_order():
    sheet = sheets_of(a_report(*ORDERS))["패널티"]
    found = tables(sheet)
    assert found["points_by_cause"].cells == (["품절취소"], [2], [0], [0], [4], [0], [0])
    assert found["points_by_product"].cells == (['=HYPERLINK("x")'], [2], [0], [0], [4], [0], [0], ["1000000001"])
    by_day = found["points_by_day"]
    assert by_day.length == 31
    assert [cells[1] for cells in by_day.cells] == [
        date(2026, 11, 24), 0, "모름", 0, 0, 0, 4, 4, 10, None,
    ]  # fmt: skip
    rows = found["points_by_order"]
    assert column(rows, "상품주문번호") == ["2026112022222221", "2026112022222223"]
    assert column(rows, "점수") == [2, 2]
    assert column(rows, "어떤 벌점") == ["오늘 조치로"] * 2
    assert column(rows, "붙는 날") == [date(2026, 11, 24)] * 2
    assert column(rows, "사라지는 날") == [date(2026, 12, 24)] * 2
    assert column(rows, "규칙") == ["P-01 (A)"] * 2


def test_products_beyond_the_shown_ones_are_counted_and_announced():
    orders = [(1, f"20261120{number:08}", {Col.PRODUCT_NO: str(number)}) for number in range(23)]
    sheet = sheets_of(a_report(*orders))["패널티"]
    lines = [block.text for block in sheet.blocks if isinstance(block, Line)]
    assert lines[-1] == "벌점이 큰 상품 20개입니다. 나머지 3개 상품에 6점이 더 있습니다."
    assert sum(column(tables(sheet)["points_by_cause"], "오늘 조치로")) == 46


# ── the ledger of costs ──────────────────────────────────────────────────────────────────────────


def fee_of(payer, *legs, **facts):
    """A verdict on a return whose shipping that side pays."""
    ruling = FeeRuling(RuleId("F-01"), payer, legs, Text("변심 반품은 구매자가 냅니다.", "The buyer pays."), ("law",))
    return a_verdict(Action.RETURN, "C-06", fee=ruling, facts={"귀책": "구매자", **facts})


LEDGER_VERDICTS = (
    fee_of(Payer.BUYER, Leg.OUTBOUND, Leg.RETURN, 배송비="무료"),
    fee_of(Payer.SELLER, Leg.OUTBOUND, Leg.RETURN, 배송비="유료"),
    fee_of(Payer.SELLER),  # consent is awaited: nothing to pay yet
    fee_of(Payer.BUYER, Leg.RETURN, 배송비="유료"),
    fee_of(Payer.UNDECIDED, Leg.RETURN),
    fee_of(Payer.NONE),
)
BOTH_LEGS = {Out.FEE_AMOUNT: 6000, Out.FEE_OUTBOUND: 3000, Out.FEE_RETURN: 3000}
LEDGER_ORDERS = (
    (0, "2026112011111111", {Col.BUNDLE_NO: "77", **BOTH_LEGS}),
    (0, "2026112011111112", {Col.BUNDLE_NO: "77", Out.FEE_AMOUNT: 0, Out.FEE_OUTBOUND: 0, Out.FEE_RETURN: 0,
                             Out.FEE_NOTE_KO: "같은 묶음배송의 다른 주문에 한 번만 계산했습니다."}),
    (1, "2026112022222221", {Out.FEE_AMOUNT: 16_000, Out.FEE_OUTBOUND: 8000, Out.FEE_RETURN: 8000,
                             Out.REMOTE_OUTBOUND: 5000, Out.REMOTE_RETURN: 5000,
                             Col.TOTAL_AMOUNT: 50_000, Out.DELAY_DAYS: 10, Out.DELAY_WON: 205}),
    (2, "2026112033333331", {Out.FEE_AMOUNT: 0, Out.FEE_OUTBOUND: 0, Out.FEE_RETURN: 0}),
    (3, "2026112044444441", {Out.FEE_OUTBOUND: 0, Out.SUPPORT: 3000}),  # Naver may pay it
    (4, "2026112055555551", {}),
    (5, "2026112066666661", {Out.FEE_AMOUNT: 0, Out.DELAY_DAYS: 1}),  # late, of an unknown sum
    (5, "2026112066666662", {Out.FEE_AMOUNT: 0, Out.DELAY_DAYS: 0, Out.DELAY_WON: 0}),
    (3, "2026112077777771", {Out.FEE_AMOUNT: 0, Out.FEE_OUTBOUND: 0, Out.FEE_RETURN: 0, Out.DELAY_DAYS: 0}),
)  # fmt: skip


def ledger_report():
    return a_report(*LEDGER_ORDERS, verdicts=LEDGER_VERDICTS)


@pytest.fixture(scope="module")
def ledger():
    """The tables of 비용부담."""
    return tables(sheets_of(ledger_report())["비용부담"])


def test_the_ledger_has_a_line_for_each_claim_and_leg(ledger):
    table = ledger["costs_ledger"]
    assert [one.header for one in table.columns] == [
        "상품주문번호", "상품명", "구간", "부담", "금액", "플랫폼 지원", "배송비 유형", "근거", "묶음번호", "확실도", "규칙", "출처",
    ]  # fmt: skip
    assert [one.header for one in table.columns if one.folded] == ["묶음번호", "확실도", "규칙", "출처"]
    shown = ("상품주문번호", "구간", "부담", "금액", "플랫폼 지원")
    assert list(zip(*(column(table, header) for header in shown), strict=True)) == [
        ("2026112011111111", "보내는 배송비", "구매자", 3000, None),
        ("2026112011111111", "반품 배송비", "구매자", 3000, None),
        ("2026112011111112", "보내는 배송비", "구매자", 0, None),
        ("2026112011111112", "반품 배송비", "구매자", 0, None),
        ("2026112022222221", "보내는 배송비", "판매자", 3000, None),
        ("2026112022222221", "제주/도서 추가 (보낼 때)", "판매자", 5000, None),
        ("2026112022222221", "반품 배송비", "판매자", 3000, None),
        ("2026112022222221", "제주/도서 추가 (반품 때)", "판매자", 5000, None),
        ("2026112022222221", "환불 지연배상", "판매자", 205, None),
        ("2026112033333331", "정해진 구간 없음", "판매자", 0, None),
        ("2026112044444441", "반품 배송비", "구매자", "모름", 3000),
        ("2026112055555551", "반품 배송비", "미정", "모름", None),
        ("2026112066666661", "환불 지연배상", "판매자", "모름", None),
        ("2026112077777771", "반품 배송비", "구매자", 0, None),
    ]


def test_each_line_says_on_what_ground_and_how_certain(ledger):
    table = ledger["costs_ledger"]
    lines = list(zip(*table.cells, strict=True))
    assert lines[3][6:] == (
        "무료",
        "변심 반품은 구매자가 냅니다.\n같은 묶음배송의 다른 주문에 한 번만 계산했습니다.",
        "77",
        "법령과 소비자기관",
        "F-01",
        "전자상거래법 (L)",
    )
    assert lines[8][6:] == (
        "유료",
        "환불이 10일 늦어 구매자에게 줄 돈입니다: 50,000원 × 연 15 % × 10일 ÷ 365 (전자상거래법 18조 2항)",
        None,
        "법령과 소비자기관 · 길잡이 기사",
        "delay_interest",
        "전자상거래법 (L)\n기준 글 (S)",
    )
    assert lines[10][7] == "변심 반품은 구매자가 냅니다."
    assert lines[12][7] == (
        "환불이 1일 늦어 구매자에게 줄 돈입니다: 상품 금액 모름 × 연 15 % × 1일 ÷ 365 (전자상거래법 18조 2항)"
    )


def test_what_each_side_bears_is_the_sum_of_its_lines(ledger):
    assert list(zip(*ledger["costs_by_payer"].cells, strict=True)) == [
        # payer, lines, shipping, interest, amounts not known, what Naver may pay
        ("구매자", 6, 6000, 0, 1, 3000),
        ("판매자", 7, 16_000, 205, 1, 0),
        ("미정", 1, 0, 0, 1, 0),
    ]
    won = [won for won in column(ledger["costs_ledger"], "금액") if won != "모름"]
    check = tables(sheets_of(ledger_report())["입력파일"])["costs_balance"]
    assert list(zip(*check.cells, strict=True)) == [("부담별 − 장부", sum(won), sum(won), 0)]
    assert sum(won) == 22_205


def test_an_amount_that_is_not_known_names_the_setting_that_would_tell_it():
    said = [block.text for block in sheets_of(ledger_report())["비용부담"].blocks if isinstance(block, Line)]
    assert said[:3] == [
        "배송비를 따져야 하는 주문 8건 · 아는 금액 합계 22,205원 · 금액을 모르는 줄 3개",
        "금액을 모르는 주문 2건 가운데 1건은 rules.yaml의 store에 원 단위로 적어 주시면 계산합니다: "
        "return_fee(반품 배송비 편도)를 적으면 1건. 상품마다 다르면 store.products에 적어 주세요.",
        "설정으로는 알 수 없는 금액: 조치나 책임이 정해져야 아는 것 1건",
    ]
    known = sheets_of(a_report(*LEDGER_ORDERS[:4], verdicts=LEDGER_VERDICTS))["비용부담"]
    assert not any("금액을 모르는 주문" in block.text for block in known.blocks if isinstance(block, Line))


def test_the_ledger_speaks_english_and_still_balances(tmp_path):
    table = tables(sheets_of(ledger_report(), "en")["Costs"])
    assert column(table["costs_by_payer"], "Payer") == ["Buyer", "Seller", "Undecided"]
    assert column(table["costs_by_payer"], "Late-refund interest") == [0, 205, 0]
    assert column(table["costs_ledger"], "Leg")[8] == "Interest of a late refund"


def test_an_order_that_only_owes_interest_is_in_the_ledger():
    (only,) = (tables(sheets_of(a_report(LEDGER_ORDERS[6], verdicts=LEDGER_VERDICTS))["비용부담"])["costs_ledger"],)
    assert column(only, "구간") == ["환불 지연배상"]


def test_the_manifest_bears_the_shipping_of_the_ledger_without_its_interest(ledger):
    told = manifest(ledger_report(), a_book(), "x.xlsx", {})["fees"]
    shipping = dict(
        zip(column(ledger["costs_by_payer"], "부담하는 쪽"), column(ledger["costs_by_payer"], "배송비"), strict=True)
    )
    assert {
        payer.text.ko: told[payer.value]["won"] for payer in (Payer.BUYER, Payer.SELLER, Payer.UNDECIDED)
    } == shipping


def test_one_known_leg_of_two_is_counted_by_ledger_and_manifest_alike():
    half = (0, "2026112011111111", {Out.FEE_RETURN: 3000})
    report = a_report(half, verdicts=LEDGER_VERDICTS)
    assert manifest(report, a_book(), "x.xlsx", {})["fees"] == {"buyer": {"claims": 1, "won": 3000, "unknown": 1}}
    assert column(tables(sheets_of(report)["비용부담"])["costs_by_payer"], "배송비") == [3000]


def test_a_ledger_that_goes_on_over_sheets_is_summed_over_all_of_them(tmp_path, monkeypatch):
    monkeypatch.setattr("processor.outbox.workbook.pages", lambda sheet: pages(sheet, capacity=22))
    path = put(ledger_report(), tmp_path)
    first, second = (openpyxl.load_workbook(path)[name] for name in ("비용부담", "비용부담 (2)"))
    check = openpyxl.load_workbook(path)["입력파일"]
    assert check["C8"].value == "=(SUM('비용부담'!$E$12:$E$21)+SUM('비용부담 (2)'!$E$6:$E$9))"
    assert first["B5"].value == ('=(COUNTIFS($D$12:$D$21,"구매자")+COUNTIFS(\'비용부담 (2)\'!$D$6:$D$9,"구매자"))')
    told = openpyxl.load_workbook(path, data_only=True)
    assert told["입력파일"]["C8"].value == 22_205
    won = [row[4].value for rows in (told["비용부담"]["A12:F21"], told["비용부담 (2)"]["A6:F9"]) for row in rows]
    assert (len(won), sum(each for each in won if each != "모름")) == (14, 22_205)
    assert second["E10"].value == "=SUM(E6:E9)"


def test_each_rule_of_the_day_is_listed_with_its_count():
    rules = tables(sheets_of(a_report(*ORDERS))["규칙"])["rules_used"]
    assert dict(zip(column(rules, "규칙"), column(rules, "건수"), strict=True)) == {
        "C-01": 1, "C-18": 3, "C-06": 2, "C-14": 1, "C-99": 1, "F-01": 2, "F-99": 6, "P-01": 2,
    }  # fmt: skip
    assert column(rules, "출처")[0] == "기준 글 (S)"


# ── on disk ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def book(tmp_path):
    return openpyxl.load_workbook(put(a_report(*ORDERS), tmp_path), data_only=True)


def put(report, folder, timings=None):
    place = next_place(folder, report.as_of, ())
    write(report, a_book(), place, "ko")
    write_manifest(manifest(report, a_book(), place.name, timings or {"read": 0.5}), place)
    return place


def test_the_workbook_read_back_is_the_grid(book):
    assert book.sheetnames == SHEETS
    for sheet in grid(a_report(*ORDERS), a_book(), "ko"):
        seen = {}
        for row in book[sheet.name].iter_rows():
            values = [cell.value for cell in row]
            texts = [
                value.date().isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
                for value in values
            ]
            seen[row[0].row - 1] = trimmed(texts)
        assert {row: cells for row, cells in seen.items() if cells} == as_text(sheet), sheet.name


def test_an_input_text_never_becomes_a_formula_and_an_id_stays_text(book):
    cells = {cell.value: cell for row in book["판매자취소"].iter_rows() for cell in row if cell.value is not None}
    assert cells['=HYPERLINK("x")'].data_type == "s"
    number = cells["2026112022222221"]
    assert number.data_type == "s"
    assert number.hyperlink.target == (
        "https://sell.smartstore.naver.com/o/v3/manage/order/popup/2026112022222221/productOrderDetail"
    )


def test_dates_and_won_are_typed(book):
    sheet = book["반품"]
    headers = [cell.value for cell in sheet[7]]
    assert sheet.cell(8, headers.index("부담금액") + 1).value == 6000
    assert sheet.cell(9, headers.index("처리기한") + 1).value == datetime.fromisoformat("2026-11-20")


def test_every_action_sheet_is_a_real_table_with_answers_to_choose(book):
    sheet = book["확인필요"]  # title, hint, captions, a warning, groups, orders
    assert {name: sheet.tables[name].ref for name in sheet.tables} == {
        "groups_review": "A5:G6",
        "claims_review": "A8:Z9",
    }
    assert sheet.freeze_panes == "A4"
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {'"완료,보류,실패"', '"미포장,포장,집화"', '"예,아니오"', '"품절,변심"'}
    asked, header = sheet["H9"], sheet["H8"]
    assert (header.value, asked.value) == ("출고상태", None)
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if "H9" in rule.sqref)
    assert (rule.promptTitle, rule.prompt) == ("출고상태", QUESTION)


def test_only_a_cell_of_which_an_answer_changes_something_is_yellow(book):
    grounds = {
        cell.value: sheet.cell(sheet.max_row if name == "확인필요" else cell.row + 1, cell.column).fill.fgColor.rgb
        for name in ("반품",)
        for sheet in [book[name]]
        for cell in sheet[7]
    }
    assert {grounds[name] for name in ("출고상태", "구매자동의", "실제사유")} == {grounds["상품명"]}
    assert grounds["처리결과"] == grounds["메모"] not in (grounds["상품명"], "FFFFF3B0")
    assert book["확인필요"]["H9"].fill.fgColor.rgb == "FFFFC470"


@pytest.mark.parametrize(
    ("causes", "listed"),
    [
        (("품절", "변심"), ['"품절,변심"']),
        (("가" * 127, "나" * 127), [f'"{"가" * 127},{"나" * 127}"']),
        (("가" * 128, "나" * 127), []),
        (("색상, 사이즈", "변심"), []),
        (('말로는 "품절"', "변심"), []),
    ],
)
def test_choices_that_excel_cannot_list_are_typed(tmp_path, causes, listed):
    """The seller writes them into rules.yaml. Shown in part, or parted at the wrong place, they would keep the true one out."""
    column = Column("실제사유", Look.ANSWER, choices=causes, hint="실제로 있었던 일을 적어 주세요.")
    title = Title(Text.same("처리목록"), Text.same("처리목록"), AS_OF)
    save(tmp_path / "a.xlsx", [Sheet("시트", (table_of("answers", [(column, ["", ""])]),))], title, "ko")
    (rule,) = openpyxl.load_workbook(tmp_path / "a.xlsx")["시트"].data_validations.dataValidation
    assert [rule.formula1] * (rule.type == "list") == listed
    assert rule.prompt == "실제로 있었던 일을 적어 주세요."


def test_a_working_sheet_prints_its_first_columns_one_page_wide_with_the_header_on_each_page(book):
    sheet = book["취소승인"]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, None, None)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == "'취소승인'!$A$1:$I$11"
    assert (sheet.cell(3, 9).value, sheet.cell(7, 9).value) == ("↓ 상품주문번호", "상품주문번호")
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.right.text == "&P / &N"
    assert book["요약"].page_setup.orientation in (None, "default", "portrait")


def test_the_paper_ends_above_rows_that_are_read_on_the_screen_alone_and_says_so(book):
    quiet = book["조치없음"]  # title, hint, captions, groups, a blank row, orders
    assert quiet.tables["claims_none"].ref == "A7:Z8"
    assert quiet.print_area == "'조치없음'!$A$1:$I$5"
    assert quiet.oddFooter.center.text == "한 줄씩 적은 표는 화면에서만 봅니다"
    assert not book["취소승인"].oddFooter.center.text


def test_what_is_for_looking_up_is_folded_and_opens_with_a_click(book):
    sheet = book["취소승인"]
    folded = [
        sheet.cell(7, number).value
        for letters, one in sheet.column_dimensions.items()
        if one.hidden
        for number in range(one.min, one.max + 1)
    ]
    assert folded == LOOKED_UP
    assert {one.outlineLevel for one in sheet.column_dimensions.values() if one.hidden} == {1}


def test_each_row_of_a_list_is_one_line_high(tmp_path):
    with zipfile.ZipFile(put(a_report(*ORDERS), tmp_path)) as parts:
        sheet = parts.read("xl/worksheets/sheet4.xml").decode()  # 판매자취소
    rows = dict(re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', sheet))
    assert set(rows) >= {"1", "2", "3", "4", "8"}, "title, hint, captions, and the headers of groups and orders"
    assert not {"5", "6", "9", "10", "11"} & set(rows), "a row of a table has the usual height, 15 points"
    assert {row: float(height) for row, height in rows.items() if float(height) > 18} == {"1": 21}


def test_an_order_called_done_fades_and_is_counted_on_the_summary(tmp_path):
    path = put(a_report(*ORDERS), tmp_path)
    formulas = openpyxl.load_workbook(path)
    to_do = {row[0].value: row[2].value for row in formulas["요약"].iter_rows(min_row=4, max_row=11)}
    assert to_do["판매자취소"] == "=COUNTIFS('판매자취소'!$A$9:$A$11,\"완료\")"
    assert to_do["발송"] is None
    drawn = {
        rule.formula[0]: (rule.dxf.font, rule.dxf.border)
        for area in formulas["판매자취소"].conditional_formatting
        for rule in area.rules
    }
    assert set(drawn) == {"TRUE", "$G9<>$G8", '$A9="완료"'}
    assert drawn['$A9="완료"'][0].strike, "not by colour alone"
    assert drawn["$G9<>$G8"][1].top.style == "thin"


def test_numbers_stand_under_their_headers(book):
    sheet = book["반품"]
    aligned = {cell.value: cell.alignment.horizontal for cell in sheet[7]}
    assert (aligned["수량"], aligned["부담금액"], aligned["상품명"]) == ("right", "right", None)


def test_totals_are_formulas_whose_stored_value_is_the_sum(tmp_path):
    path = put(ledger_report(), tmp_path)
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)

    def found(name):
        return {
            cell.coordinate: (cell.value, values[name][cell.coordinate].value)
            for row in formulas[name].iter_rows()
            for cell in row
            if cell.data_type == "f"
        }

    assert found("비용부담") == {
        "B5": ('=COUNTIFS($D$12:$D$25,"구매자")', 6),
        "C5": ('=SUMIFS($E$12:$E$25,$D$12:$D$25,"구매자",$C$12:$C$25,"<>환불 지연배상")', 6000),
        "D5": ('=SUMIFS($E$12:$E$25,$D$12:$D$25,"구매자",$C$12:$C$25,"환불 지연배상")', 0),
        "E5": ('=COUNTIFS($D$12:$D$25,"구매자",$E$12:$E$25,"모름")', 1),
        "F5": ('=SUMIFS($F$12:$F$25,$D$12:$D$25,"구매자")', 3000),
        "B6": ('=COUNTIFS($D$12:$D$25,"판매자")', 7),
        "C6": ('=SUMIFS($E$12:$E$25,$D$12:$D$25,"판매자",$C$12:$C$25,"<>환불 지연배상")', 16_000),
        "D6": ('=SUMIFS($E$12:$E$25,$D$12:$D$25,"판매자",$C$12:$C$25,"환불 지연배상")', 205),
        "E6": ('=COUNTIFS($D$12:$D$25,"판매자",$E$12:$E$25,"모름")', 1),
        "F6": ('=SUMIFS($F$12:$F$25,$D$12:$D$25,"판매자")', 0),
        "B7": ('=COUNTIFS($D$12:$D$25,"미정")', 1),
        "C7": ('=SUMIFS($E$12:$E$25,$D$12:$D$25,"미정",$C$12:$C$25,"<>환불 지연배상")', 0),
        "D7": ('=SUMIFS($E$12:$E$25,$D$12:$D$25,"미정",$C$12:$C$25,"환불 지연배상")', 0),
        "E7": ('=COUNTIFS($D$12:$D$25,"미정",$E$12:$E$25,"모름")', 1),
        "F7": ('=SUMIFS($F$12:$F$25,$D$12:$D$25,"미정")', 0),
        **{
            f"{letter}8": (f"=SUM({letter}5:{letter}7)", won)
            for letter, won in zip("BCDEF", (14, 22_000, 205, 3, 3000), strict=True)
        },
        "E26": ("=SUM(E12:E25)", 22_205),
        "F26": ("=SUM(F12:F25)", 3000),
    }
    checked = found("입력파일")
    assert [checked[place] for place in ("B8", "C8", "D8")] == [
        ("=SUM('비용부담'!$C$5:$C$7)+SUM('비용부담'!$D$5:$D$7)", 22_205),
        ("=SUM('비용부담'!$E$12:$E$25)", 22_205),
        ("=SUM('비용부담'!$C$5:$C$7)+SUM('비용부담'!$D$5:$D$7)-SUM('비용부담'!$E$12:$E$25)", 0),
    ]


def test_a_product_called_like_a_formula_is_a_text_in_the_ledger_too(tmp_path):
    named = (0, "2026112011111111", {Col.PRODUCT_NAME: "=SUM(A1:A9)", **BOTH_LEGS})
    sheet = openpyxl.load_workbook(put(a_report(named, verdicts=LEDGER_VERDICTS), tmp_path))["비용부담"]
    names = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=SUM(A1:A9)"]
    assert [cell.data_type for cell in names] == ["s", "s"]


def test_charts_say_in_words_what_they_show(tmp_path):
    with zipfile.ZipFile(put(a_report(*ORDERS), tmp_path)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert "원인별 벌점: 품절취소 4" in drawing


def test_the_manifest_counts_what_the_workbook_shows(tmp_path):
    path = put(a_report(*ORDERS), tmp_path)
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert told["workbook"] == f"{NAME}.xlsx"
    assert told["as_of"] == "2026-11-23T09:10:05"
    assert told["rules"] == {"version": "2026-09-20", "sha256": "a" * 64}
    assert told["inputs"] == [{"name": "취소.xlsx", "sha256": "b" * 64, "taken_at": "2026-11-23T08:01:00"}]
    assert told["actions"] == {"approve": 1, "seller_cancel": 3, "return": 2, "negotiate": 0, "ship": 0, "review": 1, "none": 1}  # fmt: skip
    assert told["points"] == {"given": 0, "sure": 0, "by_action": 4, "avoidable": 0, "unsettled": 0}
    assert told["fees"] == {"buyer": {"claims": 2, "won": 6000, "unknown": 1}}
    assert told["problems"] == {"order_no_damaged": 1}
    assert told["sheets"][0]["kind"] == "cancel"
    assert told["timings"] == {"read": 0.5}


def test_a_name_that_is_taken_is_never_overwritten(tmp_path):
    (tmp_path / f"{NAME}.xlsx").write_text("mine")
    (tmp_path / f"{NAME}_2.json").write_text("mine too")
    assert put(a_report(*ORDERS), tmp_path).name == f"{NAME}_3.xlsx"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        f"{NAME}.xlsx", f"{NAME}_2.json", f"{NAME}_3.json", f"{NAME}_3.xlsx",
    ]  # fmt: skip
    assert (tmp_path / f"{NAME}.xlsx").read_text() == "mine"


def test_nothing_is_left_when_writing_fails(tmp_path, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr(FastSheet, "put_table", Mock(side_effect=MemoryError))
        put(a_report(*ORDERS), tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(TypeError):
        write_manifest({"read": object()}, tmp_path / f"{NAME}.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_that_is_there_stays_as_it_is(tmp_path):
    write_manifest({"first": 1}, tmp_path / f"{NAME}.xlsx")
    write_manifest({"second": 2}, tmp_path / f"{NAME}.xlsx")
    assert json.loads((tmp_path / f"{NAME}.json").read_text("utf-8")) == {"first": 1}


def test_tidying_takes_only_what_a_killed_run_left(tmp_path):
    left = [f".{NAME}.xlsx.tmp", f".{NAME}_2.json.tmp"]
    kept = [f"{NAME}.xlsx", ".다른파일.xlsx.tmp", ".처리목록_메모.xlsx.tmp", "장부.tmp"]
    for name in left + kept:
        (tmp_path / name).write_text("")
    parts = tmp_path / f".{NAME}.xlsx.parts.tmp"
    parts.mkdir()
    (parts / "tmp1").write_text("")
    tidy(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(kept)


def test_the_form_has_the_headers_that_intake_knows_and_room_to_write(tmp_path):
    path = tmp_path / "양식.xlsx"
    write_template(path, a_book(), "ko")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["답변", "품절상품"]
    assert [cell.value for cell in book["답변"][3]] == ["상품주문번호", "출고상태", "구매자동의", "실제사유", "판매취소사유", "메모"]  # fmt: skip
    assert [cell.value for cell in book["품절상품"][3]] == ["상품번호", "판매자 상품코드", "옵션관리코드", "옵션정보"]
    assert book["답변"]["A4"].number_format == "@"
    lists = {rule.formula1 for rule in book["답변"].data_validations.dataValidation if rule.type == "list"}
    assert lists == {'"미포장,포장,집화"', '"예,아니오"', '"품절,변심"', '"상품품절,구매의사취소"'}
    with pytest.raises(FileExistsError):
        write_template(path, a_book(), "ko")


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


def a_sheet(length):
    columns = (Column("상품주문번호"), Column("점수", Look.COUNT))
    table = Table("points", columns, (list("abcdefg"[:length]), list(range(length))), ("점수",), marks={"x": {3: Mark(Loud.LATE)}})  # fmt: skip
    return Sheet("패널티", (Line("제목"), table))


def test_a_sheet_that_fits_stays_one_page():
    assert pages(a_sheet(7), capacity=10) == [a_sheet(7)]


def test_rows_beyond_the_capacity_go_on_on_the_next_page_and_none_is_lost():
    found = pages(a_sheet(7), capacity=6)
    assert [page.name for page in found] == ["패널티", "패널티 (2)", "패널티 (3)"]
    parts = [page.blocks[-1] for page in found]
    assert [part.cells[0] for part in parts] == [list("abc"), list("def"), list("g")]
    assert [part.name for part in parts] == ["points", "points_2", "points_3"]
    assert [part.marks for part in parts] == [{"x": {}}, {"x": {0: Mark(Loud.LATE)}}, {"x": {}}]
    assert {part.total_name.ko for part in parts} == {"이 시트 합계"}


# ── groups ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_risky_to_approve_is_a_group_of_its_own_and_first():
    approve = a_verdict(Action.APPROVE, "C-01")
    unsure = FeeRuling(RuleId("F-01"), Payer.BUYER, (Leg.RETURN,), Text("", ""), ())
    verdicts = (
        approve,
        replace(approve, flags=("sold_out_reason",)),
        replace(approve, flags=("still_open",)),
        replace(approve, fee=unsure),
    )
    orders = [
        (situation, f"202611201111111{situation}", {Out.ACT_BY: pd.Timestamp(2026, 11, 23 + situation)})
        for situation in range(4)
    ]
    found = tables(sheets_of(a_report(*orders, verdicts=verdicts))["취소승인"])
    assert column(found["groups_approve"], "이유") == [
        "주의: 사유가 상품품절. 취소승인 까닭",
        "주의: 지난 처리목록에서 승인하라고 했는데 아직 처리되지 않음. 취소승인 까닭",
        "주의: 금액 확인 필요. 취소승인 까닭",
        "취소승인 까닭",
    ]
    assert column(found["groups_approve"], "처리기한") == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 23)]  # fmt: skip
    assert column(found["claims_approve"], "묶음") == ["A", "B", "C", "D"]
    assert column(found["claims_approve"], "상품주문번호")[-1] == "2026112011111110"


def test_groups_stand_by_their_most_urgent_deadline_and_an_amount_to_be_checked_is_no_risk_elsewhere():
    fee = FeeRuling(RuleId("F-01"), Payer.BUYER, (Leg.RETURN,), Text("", ""), ())
    verdicts = tuple(
        a_verdict(Action.RETURN, "C-06", fee=fee, why=Text(why, why)) for why in ("나중", "먼저", "기한 없음")
    )
    days = (pd.Timestamp(2026, 11, 27), pd.Timestamp(2026, 11, 24), pd.NaT)
    orders = [(n, f"202611201111111{n}", {Out.ACT_BY: day}) for n, day in enumerate(days)]
    found = tables(sheets_of(a_report(*orders, verdicts=verdicts))["반품"])
    assert column(found["groups_return"], "이유") == ["먼저", "나중", "기한 없음"]


def test_beyond_a_hundred_groups_the_rest_stands_in_one_and_says_so():
    verdicts = tuple(a_verdict(Action.SHIP, "C-30", why=Text(f"이유 {n}", f"why {n}")) for n in range(103))
    orders = [(n, f"20261120{n:08}", {}) for n in range(103)]
    found = tables(sheets_of(a_report(*orders, verdicts=verdicts))["발송"])
    groups = found["groups_ship"]
    assert (groups.length, sum(column(groups, "건수"))) == (100, 103)
    assert column(groups, "이유")[-1] == "이유와 순서는 주문마다 다르니 주문의 줄을 보세요"
    assert column(groups, "묶음")[:2] + column(groups, "묶음")[25:27] == ["A", "B", "Z", "AA"]
    assert column(found["claims_ship"], "이유")[-1] == "이유 102"
