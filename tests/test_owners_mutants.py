"""Rules with two owners, broken on purpose.

The merge is compared with a plain one, written here a second time and in another way; then each mutant of the merge has
to differ from it. Mutants of a desk's file are refused, or change exactly what they say.
"""

from __future__ import annotations

import copy
import importlib.util
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import examples

from processor import judge, rulebook
from processor.rulebook import Rulebook, RulesError, default, merging
from processor.rulebook.compared import different
from processor.rulebook.load import load
from processor.rulebook.owners import default_of, row_changes

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 30)

# ── the merge, and a plain one ──

ROWS = ["C-1", "C-2", "C-3", "C-4", "C-5"]
SMALL: dict[str, Any] = {
    "version": "2026-01-01",
    "store": {"packed": "negotiate", "return_fee": None, "products": {"1": {"return_fee": 3}}},
    "exports": {
        "kinds": [
            {"kind": "cancel", "name": "취소관리", "en": "Cancels", "sheets": ["취소관리"], "required": ["취소 처리상태"]},
            {"kind": "return", "name": "반품관리", "en": "Returns", "sheets": ["반품관리"], "required": ["반품 처리상태"]},
        ],
        "columns": {"order_no": ["주문번호"], "paid_at": ["결제일"]},
        "states": {"handover": {"포장": "포장"}},
        "personal": ["수취인명"],
    },
    "reasons": [
        {"name": "단순변심", "en": "Change of mind", "귀책": "구매자", "labels": ["변심"]},
        {"name": "품절", "en": "Sold out", "귀책": "판매자", "labels": ["품절"]},
    ],
    "decisions": {
        "question": "어떻게 할까?",
        "en": "What to do?",
        "meant_for": [{"요청": "모름"}, {"송장": "모름"}],
        "rows": [{"id": rule, "when": {"송장": ["없음", "모름"]}, "이유": f"이유 {rule}", "en": f"why {rule}"} for rule in ROWS],
        "examples": [{"name": f"예 {rule}", "given": {"송장": "없음"}, "expect": rule} for rule in ROWS],
    },
    "calendar": {"closed": ["2026-06-04"], "dispatch_days": {"일반": {"2020-01-01": 3, "2026-01-01": 2}}},
    "messages": {"drafts": {"품절": {"ko": "없습니다", "en": "None left", "쓸때": {"요청": "판매자취소"}}}},
}  # fmt: skip
NAMES = {"rows": "id", "examples": "name", "kinds": "kind", "reasons": "name"}


def plainly(own: Any, base: Any, *path: str) -> Any:
    """What is in force, said once more: what the desk says, else what the default says."""
    here = path[-1] if path else ""
    dated = isinstance(own, dict) and own and all(re.fullmatch(r"\d{4}-\d\d-\d\d", key) for key in own)
    if isinstance(own, dict) and isinstance(base, dict) and not dated:
        text = next((key for key in ("이유", "question", "ko") if key in {**base, **own}), "name")
        old_english = {"en"} if text in own else set()
        kept = {key: value for key, value in base.items() if key not in old_english}
        return {
            **kept,
            **{key: plainly(value, kept[key], *path, key) if key in kept else value for key, value in own.items()},
        }
    if isinstance(own, list) and isinstance(base, list) and here in NAMES:
        return in_order(own, base, here, path)
    if isinstance(own, list) and isinstance(base, list) and path[0] in ("exports", "reasons", "calendar"):
        return base + [each for each in own if each not in base]
    return own


def in_order(own: list[dict], base: list[dict], here: str, path: tuple[str, ...]) -> list[dict]:
    """Each row has a key to sort by: the default's its number, an own one the key of the row at which it stands."""
    name = NAMES[here]
    keys: dict[str, tuple[int, ...]] = {row[name]: (at,) for at, row in enumerate(base)}
    rows = {row[name]: row for row in base}
    for turn, row in enumerate(own, 1):
        identity = row[name]
        if row.get("off"):
            rows.pop(identity, None)
            continue
        if "before" in row:
            keys[identity] = (*keys[row["before"]], -1000 + turn)
        elif "after" in row:
            keys[identity] = (*keys[row["after"]], turn)
        elif identity not in keys:
            keys[identity] = (1000 + turn,)
        said = {key: value for key, value in row.items() if key not in ("before", "after")}
        part = here in ("kinds", "reasons") and identity in rows
        rows[identity] = plainly(said, rows[identity], *path, identity) if part else said
    return sorted(rows.values(), key=lambda row: (*keys[row[name]], 0))


def agree(module: ModuleType, desk: dict[str, Any]) -> bool:
    """Does the merge give what the plain one gives, at the places where the desk says it, and leave the default as it is?"""
    complaints: list[Any] = []
    text = json.dumps({"based_on": SMALL["version"], **desk}, ensure_ascii=False, indent=1)
    document = load(text, complaints)
    base = copy.deepcopy(SMALL)
    assert document is not None
    try:
        found = module.merged(document, base, complaints)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError):  # a mutant that stumbles is noticed too
        return False
    own = {row["id"]: at for at, row in enumerate(desk.get("decisions", {}).get("rows", [])) if not row.get("off")}
    places = {
        row["id"]: found.mark(("decisions", "rows", at)) == document.mark(("decisions", "rows", own[row["id"]]))
        for at, row in enumerate(found.data.get("decisions", {}).get("rows", []))
        if row["id"] in own
    }
    return complaints == [] and found.data == plainly(desk, SMALL) and all(places.values()) and base == SMALL


WORDS = st.sampled_from(["하나", "둘", "셋"])
SOME_ROWS = st.lists(st.sampled_from(ROWS), unique=True, max_size=3)


@st.composite
def rows_of(draw) -> list[dict[str, Any]]:
    """Rows replaced, taken out and own ones, at rows of the default and at each other."""
    touched = draw(SOME_ROWS)
    rows: list[dict[str, Any]] = []
    for rule in touched:
        off = draw(st.booleans())
        rows.append({"id": rule, "off": True} if off else {"id": rule, "when": {}, "이유": draw(WORDS)})
        if not off and draw(st.booleans()):
            rows[-1]["en"] = "own"
    for number in range(draw(st.integers(0, 4))):
        beside = draw(st.sampled_from([*ROWS, *(row["id"] for row in rows if row["id"].startswith("M-"))]))
        move = draw(st.sampled_from(["before", "after"]))
        rows.append({"id": f"M-{number}", move: beside, "when": {}, "이유": draw(WORDS)})
    return rows


def sometimes(strategy):
    return st.one_of(st.just(None), strategy)


@st.composite
def desks(draw) -> dict[str, Any]:
    chosen = draw(
        st.fixed_dictionaries(
            {
                "store": sometimes(st.sampled_from([{"packed": "approve"}, {"products": {"1": {"outbound_fee": 2}}}, {"return_fee": 5}])),
                "exports": sometimes(
                    st.fixed_dictionaries(
                        {
                            "columns": st.sampled_from([{"order_no": ["새 번호", "주문번호"]}, {"memo": ["메모"]}, {}]),
                            "kinds": st.sampled_from([[], [{"kind": "return", "sheets": ["반품"]}], [{"kind": "cancel", "off": True}]]),
                            "states": st.sampled_from([{"handover": {"쌈": "포장"}}, {}]),
                            "personal": st.sampled_from([[], ["받는 분"]]),
                        }
                    )
                ),
                "reasons": sometimes(st.sampled_from([[{"name": "품절", "labels": ["없음"]}], [{"name": "새것", "labels": []}]])),
                "decisions": sometimes(
                    st.fixed_dictionaries(
                        {"rows": rows_of(), "examples": st.sampled_from([[], [{"name": "예 C-2", "given": {}, "expect": "C-2"}], [{"name": "새 예", "given": {}, "expect": "M-1"}]])},
                        optional={"meant_for": st.just([{"요청": "완료"}]), "question": WORDS},
                    )
                ),
                "calendar": sometimes(st.sampled_from([{"closed": ["2026-12-31"]}, {"dispatch_days": {"일반": {"2027-01-01": 1}}}])),
                "messages": sometimes(st.sampled_from([{"drafts": {"품절": {"ko": "없어요"}}}, {"drafts": {"새글": {"ko": "네"}}}, {"drafts": {"품절": {"쓸때": {}}}}])),
            }
        )
    )  # fmt: skip
    return {section: value for section, value in chosen.items() if value is not None}


@examples(80)
@given(desks())
def test_the_merge_is_the_plain_one(desk):
    assert agree(merging, desk)


DESKS: list[dict[str, Any]] = [
    {},
    {"store": {"packed": "approve", "return_fee": 5, "products": {"1": {"outbound_fee": 2}}}},
    {"exports": {"columns": {"order_no": ["새 번호", "주문번호"]}, "states": {"handover": {"쌈": "포장"}}}},
    {"exports": {"kinds": [{"kind": "return", "sheets": ["반품"]}]}},
    {"reasons": [{"name": "품절", "labels": ["없음"]}]},
    {"calendar": {"dispatch_days": {"일반": {"2027-01-01": 1}}, "closed": ["2026-12-31"]}},
    {"messages": {"drafts": {"품절": {"ko": "없어요"}}}},
    {"messages": {"drafts": {"품절": {"쓸때": {}}}}},
    {"decisions": {"meant_for": [{"요청": "완료"}]}},
    {"decisions": {"rows": [{"id": "C-3", "off": True}, {"id": "C-2", "when": {}, "이유": "내 이유"}]}},
    {
        "decisions": {
            "rows": [
                {"id": "M-1", "before": "C-3", "when": {}, "이유": "하나"},
                {"id": "M-2", "before": "C-3", "when": {}, "이유": "둘"},
                {"id": "M-3", "after": "C-3", "when": {}, "이유": "셋"},
                {"id": "M-4", "after": "M-3", "when": {}, "이유": "넷"},
                {"id": "M-5", "after": "C-3", "when": {}, "이유": "다섯"},
                {"id": "M-6", "after": "M-3", "when": {}, "이유": "여섯"},
            ]
        }
    },
]
"""Each way of changing something at least once."""
MUTANTS = {
    "a change is lost": ("for key, value in own.items():", "for key, value in [*own.items()][:-1]:"),
    "a header is added twice": ("            if item not in base:\n", "            for _ in range(1 + (item not in base)):\n"),
    "a header is added that is there": ("            if item not in base:\n", "            if True:\n"),
    "a change is laid over the wrong row": ("changed[identity] = index", "changed[identity] = max(index - 1, 0)"),
    "before is after": ("insert(self._names.index(beside), name)", "insert(self._names.index(beside) + 1, name)"),
    "own rows after one row are swapped": ("while last in self._behind:", "while False:"),
    "an own row parts another from the row that stands after it": ("while last in self._behind:", "if last in self._behind:"),
    "a list is replaced instead of added to": ("            if adds(path):\n", "            if False:\n"),
    "a list is added to instead of replaced": ("            if adds(path):\n", "            if True:\n"),
    "a number by date keeps its old dates": (" and not is_dated(own)", ""),
    "off is ignored": ("self._off.add(name)", "pass"),
    "the English of the default stays beside another Korean": ('found.pop("en", None)', "pass"),
    "the English of the default is lost": ("if korean(found | own) in own:", "if True:"),
    "an export kind is replaced whole": ("part = path in PARTS and identity in theirs", "part = False"),
    "a row is merged instead of replaced": ("part = path in PARTS and identity in theirs", "part = identity in theirs"),
    "a row keeps its before": ("if key not in MOVES}", "}"),
    "a row of the default stands for another": ("found.append(theirs[identity])", "found.append(base[0])"),
    "the default itself is changed": ("found = dict(base)", "found = base"),
    "based_on is left in the rules": ('if key != "based_on"}', "}"),
    "a row has the place of another": ("self._taken(row, (*written, at), place)", "self._taken(row, (*written, 0), place)"),
}  # fmt: skip


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: json.dumps(desk, ensure_ascii=False)[:60])
def test_the_merge_is_the_plain_one_for_each_kind_of_change(desk):
    assert agree(merging, desk)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_merge_is_noticed(name, tmp_path):
    old, new = MUTANTS[name]
    text = Path(merging.__file__).read_text("utf-8")
    assert text.count(old) == 1, f"the merge has {text.count(old)} × {old!r}"
    path = tmp_path / "broken_merge.py"
    path.write_text(text.replace(old, new), "utf-8")
    spec = importlib.util.spec_from_file_location("broken_merge", path)
    assert spec is not None
    assert spec.loader is not None
    broken = importlib.util.module_from_spec(spec)
    sys.modules["broken_merge"] = broken  # dataclasses look their module up
    try:
        spec.loader.exec_module(broken)
        assert not all(agree(broken, desk) for desk in DESKS)
    finally:
        del sys.modules["broken_merge"]


# ── a desk's file ──

BASE = f"based_on: {default.newest()['version']}\n"
OWN: dict[str, Any] = {
    "id": "M-01",
    "before": "C-37",
    "when": {"요청": "구매자취소", "출고": "미포장", "상품": "예약"},
    "조치": "고객협의",
    "이유": "예약 상품은 먼저 물어봅니다",
    "출처": ["판단"],
}
SHOWN: dict[str, Any] = {
    "name": "예약 상품의 취소",
    "given": {"요청": "구매자취소", "주문상태": "발송대기", "송장": "없음", "출고": "미포장", "상품": "예약"},
    "expect": "M-01",
}


def read(rows: list[dict[str, Any]], shown: list[dict[str, Any]]) -> Rulebook:
    """The rules of a desk that changes these rows and examples of the decisions."""
    decisions = json.dumps({"rows": rows, "examples": shown}, ensure_ascii=False)
    return rulebook.read_text(f"{BASE}decisions: {decisions}\n", "rules.yaml", judge.WORDS)


def refusal(rows: list[dict[str, Any]], shown: list[dict[str, Any]]) -> str:
    with pytest.raises(RulesError) as caught:
        read(rows, shown)
    return "\n".join(each.message.ko for each in caught.value.complaints)


def own(**changed: Any) -> dict[str, Any]:
    """The own row with entries changed; None takes one out."""
    return {key: value for key, value in {**OWN, **changed}.items() if value is not None}


@pytest.mark.parametrize(
    ("rows", "shown", "said"),
    [
        ([own(when={"요청": "구매자취소", "출고": "미포장"})], [SHOWN], "C-37 줄이 쓰이지 않습니다"),
        ([own(when={"요청": "구매자취소", "출고": "집화", "상품": "예약"})], [SHOWN], "쓰이지 않습니다"),
        ([own(before="C-99")], [SHOWN], "쓰이지 않습니다"),
        ([own()], [], "예시가 없습니다"),
        ([own()], [{**SHOWN, "given": {**SHOWN["given"], "상품": "일반"}}], "C-37 줄이 맞았습니다"),
        ([own(조치="취소승인")], [SHOWN], "조건이 꼭 있어야"),
        ([{"id": "C-99", "off": True}], [], "나머지를 언제나 모두 받아야"),
        ([{"id": "C-37", "off": True}], [], "답하는 줄이 없습니다"),
        ([own(), own()], [SHOWN], "두 번 있습니다"),
        ([own(id="C-98")], [SHOWN], "기본 규칙에 없습니다"),
        ([own(before="C-3x")], [SHOWN], "이 표에 없습니다"),
        ([own(before=None)], [SHOWN], "설 자리를 적으세요"),
        ([own(출처=[])], [SHOWN], "출처"),
        ([own(조치="협의")], [SHOWN], "협의"),
        ([own(when={**OWN["when"], "상품들": "예약"})], [SHOWN], "상품들"),
    ],
)  # fmt: skip
def test_a_desks_change_that_is_broken_is_refused(rows, shown, said):
    assert said in refusal(rows, shown)


@pytest.mark.parametrize(
    ("rows", "shown", "changed", "answers"),
    [
        ([own()], [SHOWN], {("M-01", "own")}, {"M-01"}),
        ([own(when={**OWN["when"], "상품": ["예약", "선물"]})], [SHOWN], {("M-01", "own")}, {"M-01"}),
        ([{"id": "C-84", "off": True}], [], {("C-84", "off")}, {"C-33"}),
    ],
)  # fmt: skip
def test_a_desks_change_changes_what_it_says_and_nothing_else(rows, shown, changed, answers):
    book = read(rows, shown)
    base = default_of(book, judge.WORDS)
    told = {(one.rule, "off" if one.after is None else "own") for one in row_changes(book, base)}
    assert told == changed
    assert {one.after.id for one in different(base, book, DAY).found if one.after} == answers


# ── the guards of what cannot be undone ──

WORDS_OF_GUARDS = {
    "요청": ["구매자취소", "판매자취소"],
    "주문상태": ["신규", "발송대기", "배송중", "구매확정"],
    "송장": ["없음", "출력", "입력", "모름"],
    "출고": ["미포장", "포장", "집화", "모름"],
    "동의": ["예", "아니오", "모름"],
    "사유일치": ["예", "아니오", "모름"],
}


@pytest.fixture
def short(monkeypatch) -> None:
    """A default that is proved in no time: of decisions and fees the last row alone, and one row of points."""
    data = default.newest()
    for table, rule in (("decisions", "C-99"), ("fees", "F-28"), ("penalties", "P-13")):
        data[table]["rows"] = [row for row in data[table]["rows"] if row["id"] == rule]
        data[table]["examples"] = [each for each in data[table]["examples"] if each["expect"] in (rule, [rule])]
        if "meant_for" in data[table]["rows"][0]:
            data[table]["rows"][0]["meant_for"] = [{"자료": ["온전", "모순", "일부문제"]}]
    monkeypatch.setattr(default, "default", lambda _version: copy.deepcopy(data))


GUARDED: dict[str, Any] = {
    "취소승인": {
        "요청": "구매자취소",
        "주문상태": ["신규", "발송대기"],
        "송장": ["없음", "모름"],
        "출고": ["미포장", "포장"],
    },
}
GUARDED["판매자취소"] = {**GUARDED["취소승인"], "동의": "예", "사유일치": "예"}
del GUARDED["판매자취소"]["요청"]  # 사유일치 says that much already


@st.composite
def bold(draw) -> dict[str, Any]:
    """A row that approves or cancels under all conditions that it needs, and then with some conditions changed or gone."""
    action = draw(st.sampled_from([*GUARDED]))
    when = dict(GUARDED[action])
    for word in draw(st.lists(st.sampled_from([*WORDS_OF_GUARDS]), unique=True, max_size=2)):
        when[word] = draw(st.lists(st.sampled_from(WORDS_OF_GUARDS[word]), unique=True))
        if not when[word]:
            del when[word]
    return own(before="C-99", 조치=action, when=when)


def test_no_row_of_a_desk_takes_the_guards_of_what_cannot_be_undone_away(short):
    """Whatever a desk writes: no order that may have left is approved or cancelled, no buyer is cancelled against his will."""
    fates = Counter[tuple[str, bool]]()

    @examples(60)
    @given(bold())
    def law(row):
        one = {"요청": "판매자취소"} if row["조치"] == "판매자취소" else {}
        one |= {word: values if isinstance(values, str) else values[0] for word, values in row["when"].items()}
        try:
            book = read([row], [{"name": "하나", "given": one, "expect": "M-01"}])
        except RulesError:
            fates[row["조치"], False] += 1
            return
        fates[row["조치"], True] += 1
        mine = next(row for row in book.decisions.rows if row.id == "M-01")
        assert mine.when["송장"].values <= {"없음", "모름"}
        assert mine.when["출고"].values <= {"미포장", "포장"}
        if row["조치"] == "판매자취소":
            assert mine.when["동의"].values == mine.when["사유일치"].values == {"예"}

    law()
    assert all(fates[action, fate] > 3 for action in GUARDED for fate in (True, False)), fates
