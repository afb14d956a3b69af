"""The words of 규칙, and of the story of an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "rules": Text("규칙", "Rules"),
    "rules_find": Text("규칙에서 찾기", "Search the rules"),
    "rules_only_used": Text("오늘 쓰인 규칙만", "Only those used today"),
    "rules_only_own": Text("이 가게가 바꾼 규칙만", "Only those that this shop has changed"),
    "rules_found": Text("규칙 {n}개", "Rules: {n}"),
    "rules_used_today": Text("오늘 {n}건에 쓰임", "used for {n} orders today"),
    "rules_more": Text("이유와 출처", "Why, and by which source"),
    "rules_asleep": Text("오늘은 쓰지 않는 규칙", "not in force today"),
    "rules_changes": Text("이 가게가 바꾼 것", "What this shop has changed"),
    "rules_no_changes": Text("기본 규칙을 그대로 씁니다.", "The default rules are used as they are."),
    "rules_default": Text("기본 규칙", "Default"),
    "rules_here": Text("이 가게", "This shop"),
    "rules_off": Text("쓰지 않음", "not used"),
    "suppose": Text("이런 주문이면?", "What about an order like this?"),
    "suppose_more": Text("더 자세히 정하기", "More about the order"),
    "suppose_open": Text("정하지 않음", "not said"),
    "suppose_days": Text("영업일 수, 지났으면 -1처럼", "working days, such as -1 if over"),
    "suppose_ask": Text("어떻게 되는지 보기", "See what comes of it"),
    "story_why": Text("왜", "Why"),
    "story_why_not": Text("왜 다른 조치가 아닌지", "Why nothing else"),
    "story_rule": Text("규칙", "Rule"),
    "story_fee": Text("배송비", "Shipping fee"),
    "story_points": Text("벌점", "Penalty points"),
    "story_point": Text("{name} {n}점", "{name}: {n}"),
    "story_no_points": Text("없음", "none"),
    "story_by": Text("기한", "By"),
    "story_final": Text("되돌릴 수 없습니다", "This can't be undone"),
    "story_steps": Text("처리 순서", "What to click"),
    "story_facts": Text("판단에 쓴 사실", "The facts"),
    "story_fact": Text("항목", "What"),
    "story_value": Text("값", "Value"),
    "story_ground": Text("어디에서", "From"),
    "story_place": Text("{file} · {sheet} {row}행", "{file} · {sheet}, row {row}"),
    "story_tried": Text("먼저 살펴본 규칙", "Rules that were looked at before"),
    "story_sources": Text("출처", "Sources"),
}
