"""Upgrading a desk's rules: every edit of the seller is kept or named, and the file is swapped whole or not at all."""

from __future__ import annotations

import json
import lzma
import os
import shutil
import signal
from contextlib import nullcontext
from copy import deepcopy
from datetime import datetime
from itertools import product

import made
import opened
import pytest
from planted import PLANTED, names, planted
from trials import some

from processor import app, judge, ledger, rulebook
from processor.app import Desk, desks
from processor.app.errors import Busy, NotCarried, RulesBroken
from processor.model import Action
from processor.opener.passwords import Passwords
from processor.rulebook import RulesError, carrying, complete, default, english, merging, rebasing
from processor.rulebook.compared import different
from processor.rulebook.editing import written
from processor.rulebook.english import without_english
from processor.rulebook.load import Document, load, loaded

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 30, 9, 0)
HISTORY = json.loads(lzma.decompress(complete.PACKED.read_bytes()))
NEWEST = default.newest()
WAITS = "when: {요청: 구매자취소, 주문상태: [신규, 발송대기], 송장: 없음, 출고: 미포장, 상품: 예약}"


# ── what sellers do to a complete file ──


def row(data, table, name):
    return next(each for each in data[table]["rows"] if each["id"] == name)


def reason(data, name):
    return next(each for each in data["reasons"] if each["name"] == name)


def place(data, table, name):
    return [each["id"] for each in data[table]["rows"]].index(name)


def own_row(name="C-88x", goods="예약"):
    waits = {"요청": "구매자취소", "주문상태": ["신규", "발송대기"], "송장": "없음", "출고": "미포장", "상품": goods}
    return {"id": name, "when": waits, "조치": "고객협의", "이유": f"{goods} 상품은 먼저 묻습니다", "출처": ["판단"]}


def shown(new):
    return {"name": f"내 예시 {new['when']['상품']}", "given": {**new["when"], "주문상태": "신규"}, "expect": new["id"]}


def insert(data, *rows):
    """Own rows before C-37, each with an example; that of C-37 which they answer otherwise is deleted."""
    at = place(data, "decisions", "C-37")
    data["decisions"]["rows"][at:at] = rows
    kept = [each for each in data["decisions"]["examples"] if each["name"] != "포장 전이면 사유와 배송이 무엇이든 승인"]
    data["decisions"]["examples"] = [*kept, *map(shown, rows)]


def settings(data):
    data["store"] |= {"packed": "approve", "return_fee": 3000}


def products(data):
    data["store"] |= {"products": {"1234567890": {"상품": "주문제작", "return_fee": 5000}}, "today_cutoff": "14:00"}


def a_message(data):
    data["messages"]["drafts"]["철회"]["ko"] = "취소를 거두어 주셔서 감사합니다. {상품|을/를} 보내 드립니다."


def a_message_in_both_languages(data):
    data["messages"]["drafts"]["철회"] |= {
        "ko": "감사합니다. {상품|을/를} 보내 드립니다.",
        "en": "Thank you. {상품} is coming.",
    }


def a_reason_told(data):
    row(data, "decisions", "C-02")["이유"] = "끝난 주문이에요"


def a_reason_told_in_english(data):
    row(data, "decisions", "C-02")["en"] = "it is over"


def a_careful_action(data):
    row(data, "decisions", "C-56")["이유"] = "나중에 봅니다"
    row(data, "decisions", "C-59")["이유"] = "이것도 나중에 봅니다"


def a_row(data):
    insert(data, own_row())


def two_rows(data):
    insert(data, own_row(), own_row("C-88y", "선물"))


def no_points(data):
    data["penalties"]["rows"] = [each for each in data["penalties"]["rows"] if each["id"] != "P-09"]
    data["penalties"]["examples"] = [each for each in data["penalties"]["examples"] if "P-09" not in each["expect"]]


def other_points(data):
    row(data, "penalties", "P-13")["점수"] = {"2021-03-01": 2}


def a_limit(data):
    data["penalties"]["sanction"]["points"] = 8
    data["penalties"]["moratoria"].append({"부터": "2026-12-24", "까지": "2026-12-26", "출처": ["공지"]})


def headers(data):
    data["exports"]["columns"]["order_no"].append("새 주문번호")
    data["exports"]["kinds"][0]["sheets"].append("새 시트")


def labels(data):
    data["exports"]["states"]["order_status"]["준비 끝"] = "발송대기"
    data["exports"]["hints"]["ship_method"]["드론"] = "택배"


def a_buyers_words(data):
    reason(data, "단순변심")["labels"].insert(1, "마음이 바뀜")


def an_own_reason(data):
    at = data["reasons"].index(reason(data, "오배송"))
    data["reasons"].insert(
        at, {"name": "사은품누락", "code": None, "귀책": "판매자", "en": "gift missing", "labels": ["사은품 누락"]}
    )


def days(data):
    data["calendar"]["closed"].append("2026-06-05")
    data["calendar"]["dispatch_days"]["일반"] = {"2026-01-01": 2}


def a_deadline(data):
    data["calendar"]["deadlines"]["반품처리"]["working_days"] = {"2020-01-01": 2}


def a_moved_row(data):
    rows = data["decisions"]["rows"]
    moved = rows.pop(place(data, "decisions", "C-43"))
    rows.insert(place(data, "decisions", "C-42"), moved)


def examples(data):
    data["decisions"]["examples"][1]["name"] = "취소된 내 주문"
    del data["decisions"]["examples"][3]


def a_fee(data):
    row(data, "fees", "F-01")["이유"] = "낼 것이 없어요"
    data["sources"]["판단"]["ko"] = "내 판단"


def everything(data):
    for edit in (settings, a_message, a_reason_told, two_rows, headers, labels, an_own_reason, days, a_fee):
        edit(data)


EDITS = (
    settings, products, a_message, a_message_in_both_languages, a_reason_told, a_reason_told_in_english, a_careful_action,
    a_row, two_rows, no_points, other_points, a_limit, headers, labels, a_buyers_words, an_own_reason, days, a_deadline,
    a_moved_row, examples, a_fee, everything,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """All complete files, and that of a new desk, which each upgrade would read anew."""
    patched, given, new = pytest.MonkeyPatch(), list(complete.given_out(NEWEST)), rulebook.starting_rules()
    patched.setattr(complete, "given_out", lambda _newest: given)
    patched.setattr(rebasing, "starting_rules", lambda: new)
    yield
    patched.undo()


def with_own_ids(data):
    return json.loads(json.dumps(data).replace("C-88x", "M-88x").replace("C-88y", "M-88y"))


def rebased(data):
    return rebasing.rebased(Document(deepcopy(data), {(): (1, 1)}, {}), "", "rules.yaml", NEWEST)


def read(text):
    return rulebook.read_text(text, "rules.yaml", judge.WORDS)


def in_force(text):
    """The data of the rules that a desk's file makes of the newest default."""
    complaints = []
    found = merging.merged(load(text, complaints), NEWEST, complaints)
    assert complaints == []
    return without_english(found.data)


def said(data):
    """Every entry by its name: a row whole, each word that is added to a list, every other value."""

    def walk(value, names):
        if isinstance(value, dict) and not (names[:1] == ("calendar",) and merging.is_dated(value)):
            for key, each in value.items():
                yield from walk(each, (*names, key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            whole = names[-1] in ("rows", "examples", "열린것", "stages", "moratoria")
            for each in value:
                name = each.get("id") or each.get("name") or each.get("kind") or json.dumps(each)
                yield from [((*names, name), json.dumps(each))] if whole else walk(each, (*names, name))
        elif isinstance(value, list):
            yield from (((*names, each), True) for each in value)
        else:
            yield names, value

    return dict(walk({key: value for key, value in data.items() if key != "version"}, ()))


def wanted(base, edited):
    """What must be in force: the newest default, and all that the edit has changed, by this file's own reckoning."""
    before, after, newest = said(base), said(edited), said(without_english(NEWEST))
    deleted = [names for names in before if names not in after and names[1] != "examples"]
    changed = {names: value for names, value in after.items() if before.get(names, ...) != value}
    found = {names: value for names, value in {**newest, **changed}.items() if names not in deleted}
    return with_own_ids([[*map(str, names), str(value)] for names, value in found.items()])


@pytest.mark.parametrize(("at", "edit"), some(list(product(range(len(HISTORY)), EDITS)), 24))
def test_every_edit_of_every_complete_file_is_kept_and_the_rest_is_the_newest_default(at, edit):
    base = complete.aligned(HISTORY[at])
    edited = deepcopy(base)
    edit(edited)
    found = rebased(edited)
    result = [[*map(str, names), str(value)] for names, value in said(in_force(found.text)).items()]
    assert sorted(result) == sorted(wanted(without_english(base), without_english(edited)))


@pytest.mark.parametrize("at", some(range(len(HISTORY)), 6))
def test_a_complete_file_that_nobody_edited_becomes_the_file_of_a_new_desk(at):
    found = rebased(HISTORY[at])
    assert (found.text, found.meetings, found.was_complete) == (rulebook.starting_rules(), (), True)


def test_an_upgraded_file_is_sound_and_answers_each_situation_as_the_copy_of_today_with_the_same_edits():
    copy = without_english(deepcopy(NEWEST))
    everything(copy)
    found = different(read(written(with_own_ids(copy))), read(rebased(copy).text), NOW.date())
    assert (found.found, found.unfinished) == ((), ())


def test_rows_stand_where_the_seller_has_put_them():
    edited = complete.aligned(deepcopy(HISTORY[20]))
    two_rows(edited)
    a_moved_row(edited)
    rows = [each["id"] for each in in_force(rebased(edited).text)["decisions"]["rows"]]
    newest = [each["id"] for each in NEWEST["decisions"]["rows"]]
    assert rows[rows.index("C-36") : rows.index("C-37") + 1] == ["C-36", "M-88x", "M-88y", "C-37"]
    assert [each for each in rows if each not in ("M-88x", "M-88y", "C-43")] == [
        each for each in newest if each != "C-43"
    ]
    assert rows.index("C-43") == rows.index("C-42") - 1


def test_what_both_have_changed_is_shown_and_the_sellers_stays():
    edited = complete.aligned(deepcopy(HISTORY[0]))
    row(edited, "decisions", "C-01")["이유"] = "내 이유"
    found = rebased(edited)
    (meeting,) = (meeting for _, meeting in found.meetings)
    assert meeting.names == ("decisions", "rows", "C-01")
    assert meeting.own["이유"] == "내 이유"
    assert meeting.after == without_english(row(NEWEST, "decisions", "C-01"))
    assert "이유: 내 이유" in found.text


# ── what can't be carried ──


def without_a_header(data):
    data["exports"]["personal"].remove("구매자ID")


def without_a_draft(data):
    del data["messages"]["drafts"]["철회"]


def a_header_in_front(data):
    data["exports"]["columns"]["order_no"].insert(0, "새 주문번호")


@pytest.mark.parametrize(
    ("edit", "at", "said"),
    [
        (without_a_header, "  personal:", "'구매자ID'를 지우셨지만"),
        (without_a_draft, "  drafts:", "'철회'를 지우셨지만"),
        (a_header_in_front, "    order_no:", "이름을 기본 규칙의 것보다 앞에 적으셨지만"),
    ],
)
def test_an_edit_that_a_desks_file_cant_say_is_named_with_its_line(edit, at, said):
    edited = deepcopy(HISTORY[-1])
    edit(edited)
    text = written(edited)
    with pytest.raises(RulesError) as caught:
        rebasing.rebased(load(text, []), text, "rules.yaml", NEWEST)
    (complaint,) = caught.value.complaints
    assert text.splitlines()[complaint.line - 1].startswith(at)
    assert complaint.message.ko.startswith(said)


def test_a_change_that_is_lost_doubled_or_on_another_row_is_noticed():
    base = without_english(complete.aligned(HISTORY[-1]))
    edited = deepcopy(base)
    everything(edited)
    edited, _ = complete.with_own_ids(edited, base)
    own = carrying.changes(base, edited).own
    assert carrying.amiss(own, base, edited) == []
    for section in own:
        less = {key: value for key, value in own.items() if key != section}
        assert all(names[:1] == (section,) for names in carrying.amiss(less, base, edited))
        assert carrying.amiss(less, base, edited)
    (first, *_) = own["decisions"]["rows"]
    for wrong in (
        [*own["decisions"]["rows"], {**first, "id": "C-05"}],
        [{**first, "id": "C-05"}],
        own["decisions"]["rows"][:-1],
    ):
        assert carrying.amiss({**own, "decisions": {**own["decisions"], "rows": wrong}}, base, edited)


# ── a file that builds on an older default ──


@pytest.fixture
def older(monkeypatch):
    """An older default: C-02 with another reason, P-09 and C-36 under other ids, and a limit that was 200."""
    text = json.dumps({**NEWEST, "version": "2026-01-01"}, ensure_ascii=False)
    data = json.loads(text.replace('"P-09"', '"P-90"').replace('"C-36"', '"C-35z"'))
    row(data, "decisions", "C-02")["이유"] = "예전 이유"
    data["store"]["approve_limit"] = 200
    monkeypatch.setattr(default, "default", lambda version: {"2026-01-01": data}.get(version, deepcopy(NEWEST)))
    return data


def moved(text):
    complaints = []
    document = load(text, complaints)
    assert complaints == []
    return rebasing.rebased(document, text, "rules.yaml", NEWEST)


MINE = """\
# 내 메모
based_on: 2026-01-01    # 봄부터

store: {packed: approve,   approve_limit: 250}
decisions:
  rows:
  # 내 말로
  - {id: C-02, when: {주문상태: 종료},
     조치: 조치없음, 이유: 내 이유, 출처: [API]}
  - {id: C-84, off: true}
"""


def test_only_based_on_is_changed_in_a_file_that_builds_on_a_default(older):
    found = moved(MINE)
    assert found.text == MINE.replace("2026-01-01", NEWEST["version"])
    assert [(line, meeting.names, meeting.own) for line, meeting in found.meetings] == [
        (4, ("store", "approve_limit"), 250),
        (8, ("decisions", "rows", "C-02"), {"id": "C-02", "when": {"주문상태": "종료"}, "조치": "조치없음", "이유": "내 이유", "출처": ["API"]}),
    ]  # fmt: skip
    told = {each.names: (each.before, each.after) for each in found.told}
    assert told[("store", "approve_limit")] == (200, 300)
    assert told[("penalties", "rows", "P-09")][0] is None
    assert told[("penalties", "rows", "P-90")][1] is None
    assert told[("decisions", "rows", "C-02")][0]["이유"] == "예전 이유"
    assert len(told) == 6  # C-36 and C-35z too


def test_a_file_that_builds_on_the_newest_default_stays(older):
    assert moved(MINE.replace("2026-01-01", NEWEST["version"])) is None


@pytest.mark.parametrize("move", ["before", "after"])
def test_an_own_row_stands_at_the_next_row_if_that_at_which_it_stood_is_gone(older, move):
    mine = f"based_on: 2026-01-01\ndecisions:\n  rows:\n  - {{id: M-01, {move}: C-35z, {WAITS}, 조치: 고객협의, 이유: 하나, 출처: [판단]}}\n"
    rows = [each["id"] for each in NEWEST["decisions"]["rows"]]
    beside = rows[rows.index("C-36") + (1 if move == "before" else -1)]
    assert moved(mine).text == mine.replace("2026-01-01", NEWEST["version"]).replace("C-35z", beside)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "{id: P-90, event: late_dispatch, when: {요청: 없음}, 점수: {2021-03-01: 1}, 이유: 하나, 출처: [판단]}",
            "P-90 줄을 고치셨지만",
        ),
        ("{id: P-90, off: true}", "새 기본 규칙에는 이 줄이 없어서"),
    ],
)
def test_a_change_of_a_row_that_is_gone_is_named_with_its_line(older, change, said):
    with pytest.raises(RulesError) as caught:
        moved(f"based_on: 2026-01-01\npenalties:\n  rows:\n  - {change}\n")
    (complaint,) = caught.value.complaints
    assert (complaint.line, complaint.column) == (4, 5)
    assert complaint.message.ko.startswith(said)


def test_a_default_that_never_was_is_named_with_those_that_are():
    with pytest.raises(RulesError) as caught:
        moved("based_on: 2020-01-01\n")
    (complaint,) = caught.value.complaints
    assert complaint.message.ko.startswith("이 프로그램에는 그런 기본 규칙이 없습니다.")


# ── a desk ──


def a_desk(home, rules):
    desk = app.new_desk(home)
    desk.rules.write_bytes(rules if isinstance(rules, bytes) else rules.encode())
    return desk


@pytest.fixture
def here(monkeypatch):
    """Files are opened by the one process that all tests share."""
    monkeypatch.setattr(app, "ReadingProcess", lambda *_ahead: nullcontext(opened.process()))


def kept_files(desk):
    return sorted(path.name for path in desk.home.glob("rules_*"))


def test_without_yes_nothing_changes_and_with_it_the_file_is_swapped_once_and_the_old_one_kept(tmp_path, typed, marks):
    edited = deepcopy(HISTORY[40])
    everything(edited)
    before = written(edited).encode()
    desk = a_desk(tmp_path / "desk", before)

    shown = typed("upgrade", "--home", desk.home)
    assert (shown.code, desk.rules.read_bytes(), kept_files(desk)) == (1, before, [])
    assert "직접 고치신 곳 가운데 1곳을 새 기본 규칙도 고쳤습니다. 고치신 것을 그대로 둡니다:" in shown.out
    assert "messages › drafts › 철회 › ko" in shown.out
    assert "지난 30일의 처리 기록이 없어서" in shown.out
    assert "내 가게만의 줄은 번호가 바뀝니다: C-88x → M-88x, C-88y → M-88y" in shown.out
    assert shown.out.endswith("아직 아무것도 바꾸지 않았습니다. 바꾸려면 --yes를 붙이세요.\n")

    done = typed("upgrade", "--home", desk.home, "--yes", "--json")
    (last,) = done.of_type("upgrade")
    (kept,) = kept_files(desk)
    assert (done.code, last["from"], last["to"], last["swapped"]) == (1, "2026-11-29", NEWEST["version"], True)
    assert last["kept"] == str(desk.home / kept)
    assert (desk.home / kept).read_bytes() == before
    assert desk.rules.read_text("utf-8") == rebased(edited).text

    again = typed("upgrade", "--home", desk.home, "--yes", "--lang", "en")
    assert (again.code, again.out) == (
        0,
        f"These rules build on the newest default ({NEWEST['version']}) already. There is nothing to change.\n",
    )
    assert kept_files(desk) == [kept]
    assert typed("check", "--home", desk.home).code == 0


def test_the_orders_of_the_last_30_days_that_would_flip_are_shown(tmp_path, monkeypatch, story_past, here, marks):
    """The older default talks about unpacked requests; the newest approves them."""
    text = planted(default.default_text(), ["an action: unpacked requests are talked about"])
    older = {**english.completed(loaded(text)), "version": "2026-01-01"}
    monkeypatch.setattr(default, "default", lambda version: deepcopy({"2026-01-01": older}.get(version, NEWEST)))
    desk = Desk(tmp_path / "desk")
    shutil.copytree(story_past.desk.home, desk.home)
    desk.rules.write_text("based_on: 2026-01-01\n", "utf-8")

    found = app.upgrade(desk, NOW, Passwords([]), marks)
    flipped = {names()[flip.product_order_no] for flip in found.compared.impact.flips}
    assert flipped == PLANTED["an action: unpacked requests are talked about"].flips
    assert {(flip.before.action, flip.after.action) for flip in found.compared.impact.flips} == {
        (Action.NEGOTIATE, Action.APPROVE)
    }
    assert [each.names for each in found.rebased.told] == [("decisions", "rows", "C-37")]
    told = found.told("ko")
    assert {names()[flip["number"]] for flip in told["flips"]} == flipped
    assert {(flip["before"][:4], flip["after"], flip["irreversible"]) for flip in told["flips"]} == {
        ("고객협의", "취소승인(C-37)", True)
    }
    assert [(kind["heading"], [name for name, _ in kind["entries"]]) for kind in told["kinds"]] == [
        ("바뀐 줄", ["C-37"])
    ]
    later = app.upgrade(desk, datetime(2027, 1, 30), Passwords([]), marks)
    assert later.compared.impact.runs == ()
    assert any(line.ko.startswith("지난 30일의 처리 기록이 없어서") for line in later.lines())


def test_a_row_that_is_not_sound_on_the_newest_default_is_named_at_its_line_and_nothing_is_swapped(tmp_path, here):
    edited = deepcopy(HISTORY[-1])
    row(edited, "decisions", "C-36").update(
        {"조치": "취소승인", "when": {"요청": "구매자취소", "주문상태": ["신규", "발송대기"]}}
    )
    before = written(edited)
    desk = a_desk(tmp_path / "desk", before)
    with pytest.raises(NotCarried) as caught:
        app.upgrade(desk, NOW, Passwords([]), yes=True)
    assert {before.splitlines()[each.line - 1].strip()[:12] for each in caught.value.complaints} == {"- {id: C-36,"}
    assert caught.value.lines[0].ko.startswith("rules.yaml을 새 기본 규칙으로 옮길 수 없어 그대로 두었습니다.")
    assert (desk.rules.read_text("utf-8"), kept_files(desk)) == (before, [])


def test_rules_that_are_no_yaml_are_refused_as_everywhere(tmp_path, here):
    desk = a_desk(tmp_path / "desk", "store: [\n")
    with pytest.raises(RulesBroken) as caught:
        app.upgrade(desk, NOW, Passwords([]), yes=True)
    assert not isinstance(caught.value, NotCarried)


def test_the_default_itself_is_never_swapped(here):
    """The repository is a desk, whose rules.yaml is the default of this program."""
    found = app.upgrade(Desk(rulebook.default_rules().parent), NOW, Passwords([]), yes=True)
    assert (found.rebased, found.kept) == (None, None)


def test_only_one_at_a_time_works_on_a_desk(tmp_path, here):
    desk = a_desk(tmp_path / "desk", rulebook.starting_rules())
    with ledger.alone(desk.outbox), pytest.raises(Busy):
        app.upgrade(desk, NOW, Passwords([]), yes=True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_a_file_keeps_its_encoding_and_its_byte_order_mark(tmp_path, older, here, monkeypatch, encoding):
    desk = a_desk(tmp_path / "desk", MINE.encode(encoding))
    monkeypatch.setattr(rulebook, "read_text", lambda *_any: made.default_rules())  # what is proved is tried above
    app.upgrade(desk, NOW, Passwords([]), yes=True)
    assert desk.rules.read_bytes() == MINE.replace("2026-01-01", NEWEST["version"]).encode(encoding)


def test_a_kept_file_is_never_overwritten(tmp_path):
    desk = a_desk(tmp_path / "desk", b"one")
    first = desks.swap_rules(desk, b"one", b"two", NOW)
    second = desks.swap_rules(desk, b"two", b"three", NOW)
    assert (first.read_bytes(), second.read_bytes(), desk.rules.read_bytes()) == (b"one", b"two", b"three")
    assert first.name == "rules_20261130_090000까지.yaml"


STEPS = ("open", "write", "fsync", "link", "rename", "replace", "unlink")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only a forked process can be killed at a step")
def test_killed_before_any_step_the_old_or_the_new_file_is_whole_and_the_old_one_is_never_lost(tmp_path):
    seen = set()
    for step in range(1, 100):
        desk = a_desk(tmp_path / str(step), b"old")
        child = os.fork()
        if child == 0:
            _die_before(step)
            desks.swap_rules(desk, b"old", b"new", NOW)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        now, kept = desk.rules.read_bytes(), [path.read_bytes() for path in desk.home.glob("rules_*.yaml")]
        assert (now, kept) in ((b"old", []), (b"old", [b"old"]), (b"new", [b"old"]))
        seen.add((now, len(kept)))
        assert desks.swap_rules(desk, now, b"new", NOW).read_bytes() == now
        assert desk.rules.read_bytes() == b"new"
        assert not list(desk.home.glob(".*.tmp"))
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert seen == {(b"old", 0), (b"old", 1), (b"new", 1)}
    assert step > 6


def _die_before(step):
    """In a forked process: the file system's calls are counted, and before that one it is killed."""
    left = [step]

    def counted(call):
        def watched(*given, **more):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **more)

        return watched

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
