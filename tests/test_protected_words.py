"""No rule file takes evidence away: Naver's words, headers and reasons and the answers offered keep their meaning.

All that is wrong stands in one file, because it has all its complaints at once.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import opened
import pytest

from processor import judge, outbox, rulebook, samples
from processor.app.checking import check
from processor.app.morning import RunOptions
from processor.intake import Passwords
from processor.market import labels
from processor.model import Action
from processor.outbox.sheet import Line, Tone
from processor.rulebook import RulesError, doubt_about, protected

pytestmark = pytest.mark.slow

MORNING = datetime(2026, 11, 23, 9)
RULES = (Path(__file__).parent.parent / "rules.yaml").read_text("utf-8")


def complaints(path: Path, *changes: tuple[str, str]) -> list[str]:
    """The complaints of the default rules with these texts changed, each without what follows its first word."""
    text = RULES
    for old, new in changes:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    try:
        rulebook.read(path, judge.WORDS)
    except RulesError as error:
        return [complaint.message.ko for complaint in error.complaints]
    return []


def other(label: str, word: str, right: str) -> str:
    subject, quoted = ("은" if closed(label) else "는"), ("이라고" if closed(word) else "라고")
    return (
        f"'{label}'{subject} '{right}'입니다. '{word}'{quoted} 적으면 "
        "취소하면 안 되는 주문을 취소할 수 있어 쓸 수 없습니다. 고쳐 주세요."
    )


def closed(word: str) -> bool:
    """Does its last syllable end in a consonant?"""
    return word[-1] >= "가" and (ord(word[-1]) - 0xAC00) % 28 > 0


def test_labels_that_show_a_dispatch_a_claim_or_a_refusal_keep_their_meaning(tmp_path: Path):
    told = complaints(
        tmp_path / "rules.yaml",
        (
            "배송중: 배송중, 배송완료: 배송완료, 구매확정: 구매확정, 취소: 종료",
            "배 송 중: 발송대기, 배송완료: 결제완료, 구매확정: 신규, 취소: 모름",
        ),
        ("취소완료: 완료, 취소처리완료: 완료, 취소철회: 철회", "취소완료: 요청, 취소처리완료: 완료, 취소철회: 요청"),
        ("수거완료: 수거완료, 반품완료: 완료", "수거완료: 철회, 반품완료: 완료"),
        ("{교환요청: 진행,", "{교환요청: 철회,"),
        ("{구매확정보류: 없음,", "{취소요청: 없음, 구매확정보류: 없음,"),
        ('{"Y": 일부, "N": 전체, "y": 일부', '{"Y": 전체, "N": 전체, "y": 일부'),
        ("집화: 집화, 집하: 집화,", "집화: 미포장, 집하: 미포장,"),
        ("아니오: 아니오, 아니요: 아니오", "아니오: 예, 아니요: 예"),
        ("Picked up: 집화", "Picked up: 포장"),
        ("{구매자: 구매자, 판매자: 판매자}", "{구매자: 판매자, 판매자: 구매자}"),
        ("N배송: 물류사, 도착보장: 물류사", "N배송: 일반, 도착보장: 물류사"),
        ("{추가구성상품: 추가상품,", "{추가구성상품: 본상품,"),
    )
    assert sorted(told) == sorted(
        [
            other("배 송 중", "발송대기", "배송중"),
            other("배송완료", "결제완료", "배송완료"),
            other("구매확정", "신규", "구매확정"),
            other("취소", "모름", "종료"),
            other("취소완료", "요청", "완료"),
            other("취소철회", "요청", "철회"),
            other("수거완료", "철회", "수거완료"),
            other("교환요청", "철회", "진행"),
            other("취소요청", "없음", "모름"),
            other("Y", "전체", "일부"),
            other("집화", "미포장", "집화"),
            other("집하", "미포장", "집화"),
            other("아니오", "예", "아니오"),
            other("아니요", "예", "아니오"),
            other("Picked up", "포장", "집화"),
            other("구매자", "판매자", "구매자"),
            other("판매자", "구매자", "판매자"),
            other("N배송", "일반", "물류사"),
            other("추가구성상품", "본상품", "추가상품"),
        ]
    )


def test_a_label_of_naver_cannot_be_taken_away(tmp_path: Path):
    assert complaints(tmp_path / "rules.yaml", ("배송중: 배송중, ", ""), ("취소요청: 요청, ", "")) == [
        "'배송중: 배송중'이 빠졌습니다. 네이버와 처리목록이 쓰는 말은 뺄 수 없으니 다시 적어 주세요.",
        "'취소요청: 요청'이 빠졌습니다. 네이버와 처리목록이 쓰는 말은 뺄 수 없으니 다시 적어 주세요.",
    ]


def test_headers_of_evidence_are_read_first_and_never_dropped(tmp_path: Path):
    first = "맨 앞에 적어 주세요. 이 열을 못 읽으면 이미 나간 주문을 취소할 수 있습니다. 다른 이름은 뒤에 더하세요."
    assert complaints(
        tmp_path / "rules.yaml",
        ("dispatched_at:         [발송처리일]", "dispatched_at:         [없는열1]"),
        ("invoice_printed_at:    [송장출력일]", "invoice_printed_at:    []"),
        ("tracking_no:           [송장번호]", "tracking_no:           [비고, 송장번호]"),
        ("    [구매자명, 구매자ID,", "    [구매자명, 주문 상태, 구매자ID,"),
        (
            "구매확정일, 배송방법, 송장번호, 발송기한, 발주확인일, 발송처리일]",
            "구매확정일, 배송방법, 발송기한, 발주확인일]",
        ),
    ) == [
        "none_of에 '발송처리일'을 적어 주세요. 빼면 판매자센터 엑셀을 내가 만든 목록으로 잘못 읽을 수 있습니다.",
        "none_of에 '송장번호'를 적어 주세요. 빼면 판매자센터 엑셀을 내가 만든 목록으로 잘못 읽을 수 있습니다.",
        f"'발송처리일'을 {first}",
        f"'송장출력일'을 {first}",
        f"'송장번호'를 {first}",
        "'주문 상태'는 판단에 꼭 필요해서 개인정보로 뺄 수 없습니다. 여기서 지우세요.",
    ]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (("labels: [오배송]", "labels: [오배송], 판매자가_접수하면: 구매자"), ["오배송"]),
        (("code: BROKEN,                 귀책: 판매자", "code: BROKEN,                 귀책: 구매자"), ["상품파손"]),
        (
            (
                "code: UNDER_QUANTITY,         귀책: 판매자,",
                "code: UNDER_QUANTITY,         귀책: 판매자, seller: 구매의사취소,",
            ),
            ["주문수량미달"],
        ),
        (
            (
                "code: DROPPED_DELIVERY,       귀책: 판매자,",
                "code: DROPPED_DELIVERY,       귀책: 판매자, 실제사유: 구매의사취소,",
            ),
            ["배송누락"],
        ),
        (
            (
                "{name: 배송지연,           code: null,            귀책: 모름",
                "{name: 배송지연,           code: null,            귀책: 구매자",
            ),
            ["배송지연"],
        ),
    ],
    ids=["filed by the seller", "filed by the buyer", "chosen in the popup", "meant", "of two codes"],
)
def test_a_reason_of_the_sellers_fault_is_never_made_a_buyers(change, names, tmp_path: Path):
    told = complaints(tmp_path / "rules.yaml", change)
    assert [line.partition("은 구매자")[0].partition("는 구매자")[0].strip("'") for line in told] == names
    assert all("구매자 사유로 바꿀 수 없습니다." in line for line in told)


def test_what_naver_may_add_can_be_added(tmp_path: Path):
    assert not complaints(
        tmp_path / "rules.yaml",
        ("배송중: 배송중, ", "배송중: 배송중, 배송 출발: 배송중, 출고 준비중: 발송대기, "),
        ("dispatched_at:         [발송처리일]", "dispatched_at:         [발송처리일, 발송 처리 일시]"),
        ("집화: 집화, 집하: 집화,", "집화: 집화, 기사님이 가져감: 집화,"),
        ("labels: [오배송]", "labels: [오배송, 다른 집으로 감]"),
    )


# ── what was added and no check can judge ──

DOUBTED = (
    ("배송중: 배송중, ", "배송중: 배송중, 출고 완료: 발송대기, 배송 준비 중: 발송대기, 출고 대기: 배송중, "),
    ("{취소요청: 요청,", "{취소요청: 요청, 취소거부: 요청,"),
    ("dispatched_at:         [발송처리일]", "dispatched_at:         [발송처리일, 비고]"),
)
DOUBT = (
    "rules.yaml의 exports에 더한 말이 틀리면 이미 나간 주문을 취소할 수 있습니다: 주문상태 '출고 완료' → '발송대기', 취소 처리상태 '취소거부' → "
    "'요청', 열 '비고' → '발송처리일'. 판매자센터에서 뜻을 확인하고, 틀리면 지워 주세요."
)


def doubted(path: Path) -> rulebook.Rulebook:
    """Rules that `check` accepts, with additions of which some could take evidence away."""
    assert not complaints(path, *DOUBTED)
    return rulebook.read(path, judge.WORDS)


def test_what_was_added_and_no_check_can_judge_is_in_doubt(book, tmp_path: Path):
    assert doubt_about(book.exports) is None
    assert doubt_about(doubted(tmp_path / "rules.yaml").exports).ko == DOUBT
    checked = check(tmp_path / "rules.yaml", date(2026, 11, 23))
    assert f"! {DOUBT}" in [line.ko for line in checked.lines()]
    assert checked.values("ko")["doubt"] == DOUBT


def test_a_doubt_stands_in_red_on_the_lists_that_it_concerns_and_in_the_terminal(empty_desk, tmp_path: Path):
    rules = doubted(tmp_path / "rules.yaml")
    orders = [order for _, order in samples.stories(MORNING)]
    for name, write in (("취소관리", samples.write_cancel), ("발주발송관리", samples.write_dispatch)):
        write(empty_desk.inbox / f"{name}_20261123_0856.xlsx", orders, downloaded_at=MORNING)
    report = opened.decide([*empty_desk.inbox.iterdir()], rules, RunOptions(MORNING, Passwords([])))
    assert report.count(Action.APPROVE) > 0
    said = {
        sheet.name: [block.text for block in sheet.blocks if isinstance(block, Line) and block.tone is Tone.WARNING]
        for sheet in outbox.grid(report, rules, "ko")
    }
    assert [name for name, lines in said.items() if f"※ {DOUBT}" in " ".join(lines)] == ["요약", "취소승인"]
    assert f"! {DOUBT}" in [*outbox.spoken(report, "ko")]


def test_every_label_that_lets_an_order_be_cancelled_is_one_of_the_default_rules(book):
    for role, words in labels.PERMITTING.items():
        vocabulary = book.exports.states.get(role) or book.exports.hints[role]
        assert {label: vocabulary[label] for known in words.values() for label in known} == {
            label: word for word, known in words.items() for label in known
        }


def test_every_protected_word_is_one_that_rules_know(book):
    """Else a word could be neither right nor wrong."""
    for role, words in labels.LABELS.items():
        vocabulary = book.exports.states.get(role) or book.exports.hints[role]
        assert {label: vocabulary[label] for label in words} == dict(words)
    assert {*protected._PLAIN} <= {*book.exports.states}
