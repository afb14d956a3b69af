"""Names that Naver could give its columns and states tomorrow, written by hand, with the names of today."""

from __future__ import annotations

from typing import Final, NamedTuple


class Renamed(NamedTuple):
    """A new name in a file of one screen, and what it is today."""

    screen: str
    today: str
    new: str


HEADERS: Final = [
    Renamed(screen, today, new)
    for screen, pairs in {
        "발주발송관리": """
            상품주문번호 = 상품 주문 번호(New) | 주문 상품번호 | 상품별 주문번호 | 상품주문 ID | 상품주문고유번호 | 상품주문No.
            주문번호 = 전체 주문번호 | 주문 ID | 결제주문번호 | 대표주문번호
            배송방법 = 배송 방식 | 배송수단 | 발송방법
            택배사 = 택배회사 | 배송업체 | 택배사명 | 운송사
            송장번호 = 운송장번호 | 운송장 번호(필수) | 송장 No | 택배 송장번호
            발송기한 = 발송마감일 | 출고기한 | 발송 처리 기한 | 발송마감일시
            발주확인일 = 발주확인일시 | 발주 확인 일자 | 주문확인일
            발송처리일 = 발송처리일시 | 발송 처리 일자 | 발송완료일 | 출고처리일
            송장출력일 = 송장 출력일시 | 운송장출력일 | 송장인쇄일
            결제일 = 결제 일자 | 결제완료일시
            주문상태 = 주문 진행상태 | 주문 처리상태 | 상품주문상태
            주문세부상태 = 주문 상세상태 | 주문상태(세부)
            상품번호 = 상품ID | 스마트스토어 상품번호
            상품명 = 상품 이름 | 주문상품명
            상품종류 = 상품유형 | 상품 구분
            옵션정보 = 옵션 | 선택 옵션정보
            옵션관리코드 = 옵션 코드
            수량 = 주문수량 | 구매 수량
            최종 상품별 총 주문금액 = 상품별 최종 주문금액
            판매자 상품코드 = 판매자 관리코드
            배송비 합계 = 총 배송비 | 배송비 총액
            배송비 묶음번호 = 묶음배송번호 | 배송비 묶음 ID
            배송비 유형 = 배송비 타입
            제주/도서 추가배송비 = 도서산간 추가배송비
            배송속성 = 배송 유형
            수량클레임 여부 = 부분클레임 여부
            판매채널 = 판매 경로
            """,
        "취소관리": """
            상품주문번호 = 상품주문번호(신) | 주문상품번호
            주문번호 = 주문서번호
            취소 처리상태 = 취소 상태 | 취소 진행상태 | 취소처리 현황 | 취소클레임상태
            취소사유 = 취소 이유 | 취소 요청사유 | 취소사유구분
            취소요청일 = 취소 신청일 | 취소요청일시 | 취소 접수일
            결제일 = 결제 완료일자
            접수채널 = 접수 경로 | 접수자 구분
            """,
        "반품관리": """
            반품 처리상태 = 반품상태 | 반품 진행현황
            반품수거상태 = 회수상태 | 수거 진행상태
            수거완료일 = 수거 완료일시 | 회수완료일
            반품사유 = 반품 요청사유
            """,
        "교환관리": """
            교환 처리상태 = 교환상태
            교환요청일 = 교환 접수일
            """,
        "주문조회": """
            클레임상태 = 클레임 처리상태 | 클레임 현황
            주문상태 = 주문 현황
            """,
        "배송현황": """
            발송처리일 = 발송일시
            문제송장 여부 = 송장 문제 여부
            """,
    }.items()
    for line in pairs.strip().splitlines()
    for today, news in [line.strip().split(" = ")]
    for new in news.split(" | ")
]


class NewLabel(NamedTuple):
    """A new label in a column of today, and the label of today that means the same."""

    column: str
    today: str
    new: str


LABELS: Final = [
    NewLabel("주문상태", "발송대기", "발송 준비"),
    NewLabel("주문상태", "배송중", "배송 진행중"),
    NewLabel("주문상태", "배송완료", "배달완료"),
    NewLabel("주문상태", "구매확정", "구매 확정 완료"),
    NewLabel("주문상태", "결제대기", "결제 대기중"),
    NewLabel("취소 처리상태", "취소요청", "취소 신청"),
    NewLabel("취소 처리상태", "취소완료", "취소 처리 완료됨"),
    NewLabel("취소 처리상태", "취소철회", "취소 거부"),
    NewLabel("취소 처리상태", "취소중", "취소 진행중"),
    NewLabel("반품 처리상태", "반품요청", "반품 접수"),
    NewLabel("반품 처리상태", "수거완료", "회수완료"),
    NewLabel("교환 처리상태", "교환재배송중", "교환상품 재배송중"),
    NewLabel("취소사유", "단순변심", "단순 변심(구매자)"),
    NewLabel("취소사유", "상품품절", "상품 재고부족"),
    NewLabel("취소사유", "배송지연", "배송이 지연됨"),
]
