"""How alike two names of a column or two labels are, as far as letters and words of the same meaning go."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from processor.model import space_free

_SAME: Final = {
    "송장": ("운송장", "택배번호", "송장"),
    "택배사": ("택배회사", "택배업체", "운송회사", "운송업체", "배송업체", "배송회사", "배송사", "운송사", "택배사"),
    "배송비": ("배송료", "배달비", "택배비", "운임", "배송비용", "배송비"),
    "기한": ("마감일시", "마감일자", "마감일", "마감", "기일", "예정기한", "기한"),
    "일": ("일시", "일자", "날짜", "시각", "시점", "시간"),
    "사유": ("이유", "원인", "사유"),
    "상태": ("진행상황", "진행현황", "처리현황", "현황", "단계", "상황", "상태"),
    "요청": ("신청", "접수", "요청"),
    "번호": ("넘버", "number", "no.", "no", "id", "번호"),
    "수량": ("개수", "갯수", "수량"),
    "금액": ("가격", "비용", "요금", "금액"),
    "상품": ("제품", "품목", "상품"),
    "명": ("이름", "명칭"),
    "주문": ("오더", "order", "주문"),
    "발송": ("출고", "발송"),
    "배송": ("배달", "배송"),
    "수거": ("회수", "수거"),
    "결제": ("지불", "입금", "결제"),
    "방법": ("방식", "수단", "방법"),
    "종류": ("유형", "구분", "타입", "형태", "종류"),
    "채널": ("경로", "채널"),
    "출력": ("인쇄", "프린트", "발행", "출력"),
    "완료": ("종료", "완료"),
    "대기": ("준비", "예정", "대기"),
    "진행": ("처리", "진행"),
    "철회": ("거부", "거절", "반려", "철회"),
    "변심": ("의사취소", "변심"),
    "품절": ("재고없음", "재고부족", "재고소진", "품절"),
    "파손": ("손상", "깨짐", "파손"),
    "불량": ("하자", "고장", "불량"),
    "옵션": ("선택사항", "옵션"),
}
_MEANT: Final = {spelling: word for word, spellings in _SAME.items() for spelling in spellings}
_WORD: Final = re.compile("|".join(sorted(map(re.escape, _MEANT), key=len, reverse=True)))
_ASIDE: Final = re.compile(r"\[.*?\]|\((?:신규|신|new|변경|개편|필수|기준)\)|^(?:신규|새|new)|(?:신규|new|정보)$")


_TOPIC: Final = re.compile("취소|반품|교환|결제|수거|송장|확정|발송")
_ANOTHER_ORDER: Final = 0.9
_OTHER_TOPIC: Final = 0.85
"""What a word counts that only one of two names has, though it says what the name is about: 발송완료일 is no 취소완료일."""


def likeness(one: str, other: str) -> float:
    """0 to 1: how alike two names are; 1 if they have the same words."""
    plain, meant = _ratio(_plain(one), _plain(other)), _ratio(_meaning(one), _meaning(other))
    apart = _topics(one) ^ _topics(other)
    return (0.4 * plain + 0.6 * meant) * _OTHER_TOPIC ** len(apart)


def nearest(name: str, known: Iterable[str]) -> tuple[str, float]:
    """The most similar known name, the first of equally similar ones, and its likeness; ("", 0) if none is known."""
    return max(((each, likeness(name, each)) for each in known), key=lambda found: found[1], default=("", 0.0))


@lru_cache(maxsize=4096)  # a sheet asks for each of its headers with each header that is known
def _plain(name: str) -> str:
    return _ASIDE.sub("", space_free(name).casefold()) or space_free(name).casefold()


@lru_cache(maxsize=4096)
def _meaning(name: str) -> str:
    return _WORD.sub(lambda found: _MEANT[found[0]], _plain(name))


def _topics(name: str) -> set[str]:
    return set(_TOPIC.findall(_meaning(name)))


def _ratio(one: str, other: str) -> float:
    """Korean syllables are compared letter by letter (집하 is near 집화); in another order they count a little less."""
    apart = unicodedata.normalize("NFD", one), unicodedata.normalize("NFD", other)
    shared = sum((Counter(one) & Counter(other)).values())
    anew = _ANOTHER_ORDER * 2 * shared / max(len(one) + len(other), 1)
    return max(SequenceMatcher(None, *apart, autojunk=False).ratio(), anew)
