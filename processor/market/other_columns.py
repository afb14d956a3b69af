"""Headers of Naver that are known and never read, and what the headers of a buyer's data look like.

None of them may become another name of a column that is read: 발송일 is filled in for orders that were never sent.
"""

from __future__ import annotations

import re
from typing import Final

NOT_READ: Final = (
    *("발송일", "주문일시", "구매확정일", "배송완료일", "구매확정 요청일", "구매확정 요청자", "자동구매확정 예정일"),
    *("구매확정연장 상태", "구매확정연장 설정일", "구매확정연장 사유", "문제송장 등록사유", "배송비 완료일"),
    *(
        "반품승인일",
        "반품완료일",
        "반품처리일",
        "교환승인일",
        "교환완료일",
        "취소승인자",
        "환불일",
        "환불예정일",
        "환불처리자",
    ),
    *(
        "자동환불예정일",
        "클레임번호",
        "수거방법",
        "수거실패 사유",
        "반품택배사",
        "반품송장번호",
        "보류 설정일",
        "보류 해제일",
    ),
    *(
        "반품배송비 결제방법",
        "기타비용",
        "수거 제주/도서 추가비",
        "거부(철회) 사유",
        "재배송처리일",
        "재배송상태",
        "재배송 방법",
    ),
    *(
        "재배송 택배사",
        "재배송 송장번호",
        "취소수량",
        "반품수량",
        "교환수량",
        "교환배송비",
        "취소상세사유",
        "반품상세사유",
    ),
    *(
        "옵션가격",
        "상품가격",
        "최종 상품별 할인액",
        "최초 상품별 할인액",
        "상품별 할인액",
        "할인액",
        "판매자 부담 할인액",
    ),
    *(
        "최초 상품별 총 주문금액",
        "판매자 내부코드1",
        "판매자 내부코드2",
        "사은품",
        "출고지",
        "판매옵션정보",
        "택배사(주문 기준)",
    ),
    *(
        "결제수단",
        "결제위치",
        "결제수수료",
        "네이버페이 주문관리 수수료",
        "매출연동 수수료",
        "매출연동 수수료 구분",
        "수수료들",
    ),
    *("매출연동수수료 유입경로", "수수료 과금구분", "수수료결제방식", "정산예정금액", "유입경로", "주문 유입경로"),
    *("고객 등급", "1년 주문건수", "배송태그 유형", "출입방법 유형", "수령위치 유형", "톡톡하기"),
)
"""Headers of the exports with a meaning of their own, which no rule needs (exports §2)."""

_PERSONAL: Final = re.compile(
    r"^\(?(?:구매자|구매고객|주문자|주문고객|주문인|고객|회원|수취인|수취|수령인|수령자|수신자|받는|받으실|보내는|보내실|발신인|입금자|예금주)"
    r"|연락처|전화|휴대폰|핸드폰|휴대전화|폰번호|팩스|주소|배송지|배달지|수령지|수거지|반품지|우편|이메일|메일|주민|통관|여권"
    r"|생년|생일|성별|성명|성함|(?<!상품)(?<!제품)(?<!품목)(?<!옵션)(?<!택배사)이름|별명|닉네임|아이디|계좌|카드번호|비밀번호"
    r"|메모|메세지|메시지|비고|남긴말|남길말|전달사항|요청사항|배송요청(?!일)|요구사항|문의|상세내용|상세사유|출입|수령위치|공동현관"
    r"|name|phone|mobile|tel|address|addr|zip|post|mail|memo|message|birth|passport|receiver|buyer|customer",
    re.IGNORECASE,
)
"""Parts of headers whose cells tell of a person, or may, as free text does."""


def may_be_personal(header: str) -> bool:
    """May the column of this space-free header tell of a person? In doubt it may."""
    return _PERSONAL.search(header) is not None
