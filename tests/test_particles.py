"""A particle fits the sound that its word ends with when a Korean reads it aloud."""

from __future__ import annotations

import pytest

from processor.model import josa

AS_READ = [
    # Korean
    ("머그컵", "머그컵은 머그컵으로"),
    ("접시", "접시는 접시로"),
    ("연필", "연필은 연필로"),
    # numbers, digit by digit or as a whole: both end alike
    ("10", "10은 10으로"),  # 십
    ("1", "1은 1로"),  # 일
    ("2", "2는 2로"),
    ("3", "3은 3으로"),
    ("4", "4는 4로"),
    ("5", "5는 5로"),
    ("6", "6은 6으로"),
    ("7", "7은 7로"),
    ("8", "8은 8로"),
    ("9", "9는 9로"),
    ("2026-11-22", "2026-11-22는 2026-11-22로"),
    ("3개", "3개는 3개로"),
    ("1월", "1월은 1월로"),
    ("면 100%", "면 100%는 면 100%로"),  # 퍼센트
    ("1+1", "1+1은 1+1로"),
    # units after a number
    ("주물 프라이팬 26cm", "주물 프라이팬 26cm는 주물 프라이팬 26cm로"),  # 센티미터
    ("원두 정기구독 500g", "원두 정기구독 500g은 원두 정기구독 500g으로"),  # 그램
    ("햅쌀 10kg", "햅쌀 10kg은 햅쌀 10kg으로"),
    ("햅쌀 10 KG", "햅쌀 10 KG은 햅쌀 10 KG으로"),
    ("보조배터리 10000mAh", "보조배터리 10000mAh는 보조배터리 10000mAh로"),
    ("세제 500ml", "세제 500ml는 세제 500ml로"),  # 밀리리터
    ("생수 2L", "생수 2L는 생수 2L로"),  # 리터
    ("케이블 3m", "케이블 3m는 케이블 3m로"),  # 미터
    ("쌀 10㎏", "쌀 10㎏은 쌀 10㎏으로"),
    ("선반 80㎝", "선반 80㎝는 선반 80㎝로"),
    ("과자 300kcal", "과자 300kcal는 과자 300kcal로"),  # 킬로칼로리
    ("비료 1t", "비료 1t은 비료 1t으로"),  # 톤
    # letters, by their names
    ("사이즈 L", "사이즈 L은 사이즈 L로"),  # 엘
    ("사이즈 M", "사이즈 M은 사이즈 M으로"),  # 엠
    ("사이즈 S", "사이즈 S는 사이즈 S로"),
    ("2XL", "2XL은 2XL로"),
    ("LED", "LED는 LED로"),
    ("QR", "QR은 QR로"),  # 알
    ("A4", "A4는 A4로"),
    # English words
    ("Apple", "Apple은 Apple로"),  # 애플
    ("Cream", "Cream은 Cream으로"),
    ("Line", "Line은 Line으로"),
    ("Ring", "Ring은 Ring으로"),
    ("Cover", "Cover는 Cover로"),
    ("rules.yaml", "rules.yaml은 rules.yaml로"),
    ("처리목록.xlsx", "처리목록.xlsx는 처리목록.xlsx로"),
    ("Ｍ", "Ｍ은 Ｍ으로"),
    # brackets, quotes and other signs are not read
    ("원두 500g (2개)", "원두 500g (2개)은 원두 500g (2개)으로"),
    ("양말(3켤레)", "양말(3켤레)은 양말(3켤레)로"),
    ("(26cm)", "(26cm)는 (26cm)로"),
    ("[특가]", "[특가]는 [특가]로"),
    ("〈발송〉", "〈발송〉은 〈발송〉으로"),
    ("'안쌌음'", "'안쌌음'은 '안쌌음'으로"),
    ("'26cm'", "'26cm'는 '26cm'로"),
    ("머그컵★", "머그컵★은 머그컵★으로"),
    ("접시(소", "접시(소는 접시(소로"),  # never closed
    # nothing is read, or another script
    ("!", "!는 !로"),
    ("", "는 로"),
    ("茶", "茶는 茶로"),
]


@pytest.mark.parametrize(("word", "expected"), AS_READ)
def test_a_particle_fits_what_is_read_aloud(word: str, expected: str) -> None:
    assert f"{josa(word, '은/는')} {josa(word, '으로/로')}" == expected


def test_the_form_after_a_consonant_comes_first() -> None:
    assert [josa("500g", pair) for pair in ("이/가", "을/를", "과/와", "이라고/라고")] == [
        "500g이",
        "500g을",
        "500g과",
        "500g이라고",
    ]
