"""The command line: arguments, printed lines, and exit codes."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import forked
import openpyxl
import psutil
import pytest
from ended import Ended
from trials import across

from processor import intake, outbox, rulebook, samples
from processor.app import starters
from processor.cli import passwords as passwords_of_the_terminal
from processor.cli import start
from processor.cli.commands import group
from processor.cli.opening import to_open
from processor.cli.terminal import Terminal

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")  # a Monday
AN_HOUR_AGO = 3600

APPROVED = "8 취소요청 · 송장 없음 · 미포장"
AT_LEISURE = "25 여유 있는 주문"
ON_THE_WAY = "6 취소요청 · 배송중"
QUESTION = "14 취소요청 · 출고 모름"

KEYS = {
    "decision": [
        "type", "product_order_no", "order_no", "action", "rule", "why", "why_not", "reason", "fault", "fee", "penalty",
        "irreversible", "act_by", "flags", "facts", "source",
    ],
    "problem": ["type", "code", "file", "sheet", "row", "column", "value", "message", "fix", "rows"],
    "summary": ["type", "rows_read", "decisions", "merged", "lists", "problems", "file_problems", "by_action"],
}  # fmt: skip  # the keys that other programs read
KOREAN_SENTENCE = re.compile(r"[가-힣](니다|세요|까요|어요|해요)\b")
COMMANDS_AND_OPTIONS = {
    name: [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    for name, command in group(Terminal([])).commands.items()
}
COMMANDS = ("run", "decide", "explain", "check", "words", "demo", "template", "init", "password")


def started(*words, **environment) -> subprocess.Popen:
    """The program as the seller starts it, with all that it begins in a group of its own."""
    kept = {name: os.environ[name] for name in os.environ if name not in ("LC_ALL", "LANG")}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return forked.started([*map(str, words)], {**kept, **environment}, start_new_session=True, **streams)


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> list[Path]:
    """A morning's exports with every story, and one file that is none; to be read only."""
    folder = tmp_path_factory.mktemp("day")
    samples.demo_desk(folder, as_of=MORNING, count=40)
    (folder / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    return sorted(folder.iterdir())


@pytest.fixture
def desk(empty_desk) -> Path:
    return empty_desk.home


def told(name):
    """The orders of one story."""
    found = [order for story, order in samples.stories(MORNING) if story == name]
    assert found, f"no story {name!r}"
    return found


def number(name) -> str:
    return told(name)[0].product_order_no


def put_exports(folder, *names, password=None) -> list[Path]:
    """발주발송관리 and 취소관리 of these stories, downloaded an hour ago."""
    orders = [order for name in names for order in told(name)]
    written = []
    for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        path = folder / samples.file_name(screen, MORNING)
        if write(path, orders, downloaded_at=MORNING, password=password):
            written.append(path)
        else:
            path.unlink()
    aged(folder)
    return written


def aged(folder) -> None:
    """Files that have been lying there for a while, so that nobody waits whether they still grow."""
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime - AN_HOUR_AGO,) * 2)


def state(folder) -> dict[str, tuple]:
    """Everything below a folder, with content and time of change."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


def names(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def workbooks(home) -> list[Path]:
    return sorted((home / "outbox").glob("처리목록_*.xlsx"))


# ── exit codes ───────────────────────────────────────────────────────────────────────────────────


def test_code_0_and_not_a_trace_when_nothing_is_new(desk, typed):
    before = state(desk)

    ended = typed("run", "--home", desk)

    assert ended.code == 0
    assert ended.out == f"{desk / 'inbox'}에 새 파일이 없습니다.\n"
    assert state(desk) == before


def test_when_nothing_is_new_the_newest_workbook_is_named_as_long_as_it_is_there(desk, typed):
    for hour in ("09", "10"):
        put_exports(desk / "inbox", APPROVED if hour == "09" else QUESTION)
        typed("run", "--home", desk, "--as-of", f"2026-11-23T{hour}:00")
    nothing = f"{desk / 'inbox'}에 새 파일이 없습니다.\n"
    first, newest = (desk / "outbox" / f"처리목록_20261123_{hour}0000.xlsx" for hour in ("09", "10"))
    assert workbooks(desk) == [first, newest]

    ended = typed("run", "--home", desk)
    assert (ended.code, ended.out) == (0, f"{nothing}{to_open(newest, sys.platform).ko}\n")
    assert typed("run", "--home", desk, "--dry-run").out == ended.out
    assert typed("run", "--home", desk, "--lang", "en").out.endswith(f"\n{to_open(newest, sys.platform).en}\n")
    (told_to_programs,) = typed("run", "--home", desk, "--json").lines
    assert told_to_programs["newest"] == str(newest)

    newest.unlink()  # the first one is still there, but no longer tells what is to be done
    assert typed("run", "--home", desk).out == nothing
    (told_to_programs,) = typed("run", "--home", desk, "--json").lines
    assert told_to_programs["newest"] is None


def test_files_that_come_again_are_nothing_new_and_the_newest_workbook_is_named(desk, typed):
    again = [(path.name, path.read_bytes()) for path in put_exports(desk / "inbox", APPROVED)]
    typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")
    for name, content in again:
        (desk / "inbox" / name).write_bytes(content)
    aged(desk / "inbox")

    said = typed("run", "--home", desk, "--as-of", "2026-11-23T10:00").out.splitlines()

    assert said[0] == f"{desk / 'inbox'}에 새 파일이 없습니다."
    assert said[-1] == to_open(desk / "outbox/처리목록_20261123_090000.xlsx", sys.platform).ko
    assert len(said) == 4  # and a line for each of the files between them


def test_a_workbook_that_comes_back_as_it_was_leaves_the_newest_one_to_be_opened(desk, typed):
    put_exports(desk / "inbox", APPROVED, QUESTION)
    typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")
    (workbook,) = workbooks(desk)
    shutil.copy(workbook, desk / "inbox")
    aged(desk / "inbox")

    said = typed("run", "--home", desk, "--as-of", "2026-11-23T10:00").out.splitlines()

    assert said[-2:] == [
        "새로 할 일이 없어 처리목록을 만들지 않았습니다. 적어 주신 답은 저장했습니다.",
        to_open(workbook, sys.platform).ko,
    ]
    assert workbooks(desk) == [workbook]


def test_what_systems_leave_in_the_inbox_is_nothing_new_and_stays(desk, typed):
    for name in ("desktop.ini", "Thumbs.db", "하위/@eaDir/취소.xlsx", "취소.xlsx.download/취소.xlsx", "판매자센터.url"):
        (desk / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / "inbox" / name).write_bytes(b"x")
    before = state(desk)

    ended = typed("run", "--home", desk)

    assert (ended.code, ended.out, ended.err) == (
        0,
        f"{desk / 'inbox'}에 새 파일이 없습니다.\n",
        "읽고 판단하는 중입니다…\n",
    )
    assert state(desk) == before


def test_code_1_when_a_row_is_damaged_and_the_rest_is_decided(desk, typed):
    _, cancel = put_exports(desk / "inbox", APPROVED, AT_LEISURE, ON_THE_WAY)
    book = openpyxl.load_workbook(cancel)
    assert book.active["A3"].value == number(ON_THE_WAY)
    book.active["A3"].value = "2.02611E+15"
    book.save(cancel)
    aged(desk / "inbox")

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")

    assert ended.code == 1
    assert f"- {cancel.name} › 취소관리 › 3행 › 상품주문번호\n" in ended.out
    assert "취소승인 1" in ended.out


def test_code_0_when_an_export_is_empty_on_a_quiet_day(desk, typed):
    samples.write_return(desk / "inbox/반품관리_20261123_0856.xlsx", [], downloaded_at=MORNING)
    put_exports(desk / "inbox", APPROVED)
    aged(desk / "inbox")

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00", "--json")

    assert ended.code == 0
    assert [problem["code"] for problem in ended.lines[0]["problem_list"]] == ["no_rows"]


def test_code_1_when_a_file_cannot_be_read(desk, typed):
    (desk / "inbox/메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    aged(desk / "inbox")

    ended = typed("run", "--home", desk, "--json")

    assert ended.code == 1
    assert [problem["code"] for problem in ended.lines[0]["problem_list"]] == ["unknown_export"]


@pytest.mark.parametrize(
    "words",
    [
        ["runn"],
        ["run", "--bogus"],
        ["run", "--as-of", "내일"],
        ["run", "--as-of", ""],
        ["run", "--as-of", "2026-02-30"],
        ["run", "--as-of", "0001-01-01T00:00+23:00"],
        ["run", "--lang", "fr"],
        ["run", "--password-file", "nowhere.txt"],
        ["run", "--password-file", "rules.yaml"],  # longer than any list of passwords, as is a device without an end
        ["decide"],
    ],
    ids=" ".join,
)
def test_code_2_when_it_was_typed_wrong_and_the_inbox_stays_untouched(desk, typed, words):
    put_exports(desk / "inbox", APPROVED)
    before = state(desk)

    ended = typed(*words, *(["--home", desk] if words[0] == "run" else []))

    assert ended.code == 2
    assert ended.out + ended.err
    assert state(desk) == before


SEE_HELP = "쓸 수 있는 명령과 옵션은 `" + sys.executable + " -m processor{}--help`에서 보세요.\n"


@pytest.mark.parametrize(
    ("words", "sentence", "of"),
    [
        (["rnu"], "'rnu' 명령은 없습니다. run을 쓰려던 것인가요?", " "),
        (["RUN"], "'RUN' 명령은 없습니다. run을 쓰려던 것인가요?", " "),
        (["stats"], "'stats' 명령은 없습니다. status를 쓰려던 것인가요?", " "),
        (["--lang", "ko", "chek"], "'chek' 명령은 없습니다. check를 쓰려던 것인가요?", " "),
        (["발송"], "'발송' 명령은 없습니다.", " "),
        (["pdf"], "'pdf' 명령은 없습니다.", " "),
        (["run", "--jsno"], "'--jsno' 옵션은 없습니다. --json을 쓰려던 것인가요?", " run "),
        (["run", "-hom", "demo"], "'-hom' 옵션은 없습니다. --home을 쓰려던 것인가요?", " run "),
        (["check", "--asof=2026-11-23"], "'--asof' 옵션은 없습니다. --as-of를 쓰려던 것인가요?", " check "),
        (["run", "--x"], "'--x' 옵션은 없습니다.", " run "),
        (["template", "--quiet"], "template 명령에는 --quiet 옵션이 없습니다.", " template "),
        (["--home", "demo", "run"], "--home 옵션은 명령 뒤에 적으세요.", " "),
        (["forget"], "--before도 적어야 합니다: 이날보다 오래된 것, 예: 2026-08-01", " forget "),
        (["init"], "init 뒤에 적을 것이 빠졌습니다: 폴더", " init "),
        (["status", "--home"], "--home 뒤에 값을 적으세요: status --home", " "),
        (["status", "--all=yes"], "--all에는 값을 적지 않습니다: status --all=yes", " "),
        (["status", "--lang", "fr"], "--lang에 쓸 수 있는 값은 ko · en입니다.", " status "),
        (["status", "오늘"], "이대로는 실행할 수 없습니다: status 오늘", " status "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_was_typed_wrong_is_named_with_what_was_probably_meant(typed, words, sentence, of):
    assert typed(*words) == (2, "", f"{sentence}\n{SEE_HELP.format(of)}")


@pytest.mark.parametrize(
    ("words", "sentence", "of"),
    [
        (["rnu", "--json"], "There is no command 'rnu'. Did you mean run?", ""),
        (["run", "--json", "--dryrun"], "There is no option '--dryrun'. Did you mean --dry-run?", "run "),
        (["words", "--json", "--all"], "The command words has no option --all.", "words "),
        (["--json", "run"], "Write --json after the command.", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_programs_are_told_too_what_was_probably_meant(typed, words, sentence, of):
    ended = typed(*words, LANG="en_US.UTF-8")

    assert ended.code == 2
    message = f"{sentence}\nSee `python -m processor {of}--help`."
    assert ended.lines == [{"type": "error", "code": "usage", "message": message}]


def test_every_command_and_option_has_its_particle_as_it_is_read(typed):
    """Koreans read run 런 and check 체크: 런을, 체크를."""
    commands = ["run을", "page를", "watch를", "decide를", "explain을", "replay를", "impact를", "upgrade를"]
    commands += ["status를", "desks를", "forget을", "check를", "rules를"]
    commands += ["set을", "teach를", "words를", "demo를", "template을", "init을", "password를"]
    options = ["home을", "as-of를", "password-file을", "dry-run을", "catchup을", "clock-is-right를", "json을"]
    options += [
        "quiet를",
        "lang을",
        "rules를",
        "facts를",
        "every를",
        "jobs를",
        "dask를",
        "all을",
        "port를",
        "no-browser를",
        "seconds를",
        "downloads를",
        "remind를",
        "run을",
        "changes를",
        "against를",
        "since를",
        "before를",
        "column을",
        "label을",
        "yes를",
        "schema를",
        "forget을",
        "help를",
    ]
    holder = {option: command for command, its in COMMANDS_AND_OPTIONS.items() for option in its}
    assert [each[:-1] for each in commands] == [*COMMANDS_AND_OPTIONS]
    assert {f"--{each[:-1]}" for each in options} == holder.keys()

    for each in commands:
        assert f" {each} 쓰려던 것인가요?" in typed(f"{each[:-1]}!").err
    for each in options:
        ended = typed(holder[f"--{each[:-1]}"], f"--{each[:-1]}!")
        assert f" --{each} 쓰려던 것인가요?" in ended.out + ended.err


def test_a_bad_moment_is_explained_to_the_letter(desk, typed):
    assert typed("run", "--home", desk, "--as-of", "내일").err == (
        "--as-of에 적은 '내일'은 날짜가 아닙니다. 2026-11-22처럼 적으세요.\n"
    )
    assert typed("run", "--home", desk, "--as-of", "어제", "--lang", "en").err == (
        "--as-of '어제' is no date. Write it like 2026-11-22.\n"
    )


def test_nothing_typed_shows_the_help(typed):
    ended = typed()

    assert ended.code == 2
    assert all(re.search(rf"^  {command} ", ended.err, re.MULTILINE) for command in COMMANDS)


def test_code_2_when_the_rules_are_broken_and_nothing_is_read_or_moved(desk, typed, edited):
    broken = edited("  packed: negotiate", "  packed: perhaps")
    shutil.copy(broken, desk / "rules.yaml")
    put_exports(desk / "inbox", APPROVED, password="1234")
    before = state(desk)
    place = next(
        f"{line}:{text.index('perhaps') + 1}"
        for line, text in enumerate(broken.read_text("utf-8").splitlines(), 1)
        if "perhaps" in text
    )

    ended = typed("run", "--home", desk, PROCESSOR_PASSWORDS="1234")

    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.splitlines() == [
        f"rules.yaml:{place}: 'perhaps'는 여기에 쓸 수 없습니다. 쓸 수 있는 말: 구매자와 이야기(negotiate)·바로 승인(approve)"
    ]
    assert "비밀번호" not in ended.err
    assert state(desk) == before


def test_json_names_the_same_places_as_the_words(desk, typed, edited):
    shutil.copy(edited("  products: {}", "  products: {7: {상품: 해외, 제작동의: sure}}"), desk / "rules.yaml")

    words, (answer,) = typed("check", "--home", desk), typed("check", "--json", "--home", desk).lines

    (complaint,) = answer["complaints"]
    line = (desk / "rules.yaml").read_text("utf-8").splitlines()[complaint["line"] - 1]
    assert line[complaint["column"] - 1 :].startswith("sure}}")
    assert words.err.splitlines() == ["{file}:{line}:{column}: {message}".format(file=answer["file"], **complaint)]


def test_code_2_when_there_are_no_rules(desk, typed):
    (desk / "rules.yaml").unlink()
    put_exports(desk / "inbox", APPROVED)
    before = state(desk)

    ended = typed("run", "--home", desk)

    assert ended.code == 2
    assert "규칙 파일이 없습니다" in ended.err
    assert state(desk) == before


def test_code_3_when_the_outbox_cannot_be_written_and_nothing_moves(desk, typed):
    put_exports(desk / "inbox", APPROVED)
    (desk / "outbox").rmdir()
    (desk / "outbox").write_text("a file where the folder should be")
    before = state(desk)

    ended = typed("run", "--home", desk)

    assert ended.code == 3
    assert (
        f"{desk / 'outbox'}는 폴더가 아닙니다. 다른 곳으로 옮기고 다시 실행하세요. 아무것도 옮기지 않았습니다."
        in ended.err
    )
    assert state(desk) == before


def test_code_3_when_the_workbook_cannot_be_written_and_nothing_moves(desk, typed):
    put_exports(desk / "inbox", APPROVED)
    (desk / "outbox/.처리목록_20261123_090000.xlsx.tmp").mkdir()
    before = names(desk)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")

    assert ended.code == 3
    assert names(desk) == before


def test_code_3_when_a_desk_cannot_be_made(tmp_path, typed):
    (tmp_path / "file").write_text("")

    ended = typed("init", tmp_path / "file" / "desk")

    assert ended.code == 3
    why = "같은 이름의 파일이 이미 있습니다" if sys.platform == "win32" else "폴더가 있어야 할 곳에 파일이 있습니다"
    assert why in ended.err


# ── decide ───────────────────────────────────────────────────────────────────────────────────────


def decided(typed, files, rules_path, *words, **environment) -> Ended:
    return typed("decide", *files, "--rules", rules_path, "--as-of", "2026-11-23T09:00", *words, **environment)


@pytest.fixture(scope="module")
def heard() -> dict[tuple[str, ...], Ended]:
    """What was decided of the day, by the words that were typed with it."""
    return {}


@pytest.fixture
def of_the_day(heard, day, rules_path, typed) -> Callable[..., Ended]:
    """The day decided, each way of asking only once."""

    def decide(*words: str) -> Ended:
        if words not in heard:
            heard[words] = decided(typed, day, rules_path, *words, PROCESSOR_PASSWORDS=samples.DEMO_PASSWORD)
        return heard[words]

    return decide


def test_decide_prints_exactly_the_agreed_keys_in_the_agreed_order(of_the_day):
    ended = of_the_day()

    kinds = [line["type"] for line in ended.lines]
    assert set(kinds) == set(KEYS)
    assert kinds == sorted(kinds, key=list(KEYS).index)
    assert all(list(line) == KEYS[line["type"]] for line in ended.lines)
    for line in ended.of_type("decision"):
        assert list(line["fee"]) == ["payer", "legs", "amount", "basis"]
        assert list(line["penalty"]) == ["event", "points", "given", "by_action"]
        assert line["why_not"] is None or list(line["why_not"]) == ["rule", "because"]
        assert all(list(place) == ["file", "sheet", "row"] for place in line["source"])
    assert ended.code == 1


def test_decide_accounts_for_every_row(of_the_day):
    ended = of_the_day()

    total = ended.lines[-1]
    decisions, problems = ended.of_type("decision"), ended.of_type("problem")
    places = [tuple(place.values()) for line in decisions for place in line["source"]]
    assert total["rows_read"] == total["decisions"] + total["merged"] + total["lists"] + total["problems"]
    assert total["decisions"] == len(decisions) == sum(total["by_action"].values())
    assert total["decisions"] + total["merged"] == len(places) == len(set(places))
    assert total["lists"] == 1  # the one line of 품절상품
    assert total["problems"] == sum(problem["row"] > 0 for problem in problems) == 1
    assert total["file_problems"] == sum(problem["row"] == 0 for problem in problems) == 1


def test_decide_answers_as_the_table_of_cases_says(tmp_path, rules_path, typed):
    files = put_exports(tmp_path, APPROVED, ON_THE_WAY, QUESTION, AT_LEISURE)

    decisions = {line["product_order_no"]: line for line in decided(typed, files, rules_path).of_type("decision")}

    assert {name: decisions[number(name)]["action"] for name in (APPROVED, ON_THE_WAY, QUESTION, AT_LEISURE)} == {
        APPROVED: "approve",  # row 8
        ON_THE_WAY: "return",  # row 6
        QUESTION: "review",  # row 14
        AT_LEISURE: "none",  # row 25
    }
    approved = decisions[number(APPROVED)]
    assert approved["reason"] == "INTENT_CHANGED"
    assert approved["fault"] == "buyer"
    assert (approved["fee"]["payer"], approved["fee"]["legs"], approved["fee"]["amount"]) == ("none", [], 0)
    assert approved["penalty"] == {"event": None, "points": 0, "given": 0, "by_action": 0}
    assert approved["irreversible"] is True
    assert decisions[number(ON_THE_WAY)]["irreversible"] is False
    assert {(place["sheet"], place["row"]) for place in approved["source"]} == {
        ("취소관리", 2),
        ("발주발송관리", 3),  # a notice stands above its header
    }


def test_decide_touches_nothing(tmp_path, rules_path, typed):
    files = put_exports(tmp_path, APPROVED, QUESTION)
    for file in files:
        file.chmod(0o444)
    tmp_path.chmod(0o555)
    before = state(tmp_path)

    ended = decided(typed, files, rules_path)

    tmp_path.chmod(0o755)
    assert ended.code == 1
    assert state(tmp_path) == before


def test_decide_reads_a_file_named_twice_once(tmp_path, rules_path, typed):
    files = put_exports(tmp_path, APPROVED)

    assert decided(typed, files + files, rules_path).out == decided(typed, files, rules_path).out


def test_decide_tells_files_of_one_name_apart(tmp_path, rules_path, typed):
    for folder, story in (("월", APPROVED), ("화", QUESTION)):
        (tmp_path / folder).mkdir()
        put_exports(tmp_path / folder, story)
    files = sorted(tmp_path.rglob("*취소관리*"))

    total = decided(typed, files, rules_path).lines[-1]

    assert (total["rows_read"], total["decisions"], total["merged"]) == (2, 2, 0)


def test_decide_does_not_care_about_the_order_of_its_files(day, rules_path, typed, of_the_day):
    backwards = decided(typed, day[::-1], rules_path, PROCESSOR_PASSWORDS=samples.DEMO_PASSWORD)

    assert backwards.out == of_the_day().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["decide", "{here}/nowhere.xlsx", "--rules", "{rules}"], "file_missing"),
        (["decide", "{file}", "--rules", "{rules}", "--as-of", "내일"], "usage"),
        (["decide", "{file}", "--rules", "{here}/nowhere.yaml"], "rules_broken"),
        (["--lang", "en", "decide", "{file}", "--nonsense"], "usage"),
        (["run", "--json", "--home", "{here}/nowhere"], "rules_broken"),
        (["run", "--json", "--nonsense"], "usage"),
        (["run", "--json", "--home", "{here}", "--as-of", "내일"], "usage"),
        (["check", "--json", "--home", "{here}/nowhere"], "rules_broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_errors_are_json_where_answers_are(tmp_path, rules_path, typed, words, code):
    (file, _) = put_exports(tmp_path, APPROVED)

    ended = typed(*(word.format(here=tmp_path, rules=rules_path, file=file) for word in words))

    assert ended.code == 2
    assert ended.err == ""
    (error,) = ended.lines
    assert (error["type"], error["code"]) == ("error", code)


def test_what_could_not_be_finished_is_json_too(desk, typed):
    put_exports(desk / "inbox", APPROVED)
    (desk / "outbox").rmdir()
    (desk / "outbox").write_text("a file where the folder should be")

    ended = typed("run", "--home", desk, "--json")

    assert ended.code == 3
    assert [(line["type"], line["code"]) for line in ended.lines] == [("error", "could_not_finish")]


@across(
    {
        "as_json": [False, True],
        "when": ["while it reads", "while it writes"],
    }
)
def test_ctrl_c_ends_with_a_sentence_and_the_next_run_does_it_all(desk, typed, monkeypatch, when, as_json):
    put_exports(desk / "inbox", APPROVED)
    before = sorted(path.name for path in (desk / "inbox").iterdir())
    room, name = (intake, "gather") if when == "while it reads" else (outbox, "write")

    def pressed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(room, name, pressed)
        ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00", *(["--json"] if as_json else []))

    assert ended.code == 3
    said = "요청하신 대로 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요."
    assert "Traceback" not in ended.err
    if as_json:
        assert ended.lines == [{"type": "error", "code": "stopped", "message": said}]
    else:
        assert ended.err.splitlines()[-1] == said
    assert sorted(path.name for path in (desk / "inbox").iterdir()) == before
    assert typed("run", "--home", desk, "--as-of", "2026-11-23T09:00").code == 0
    assert [path.name for path in (desk / "inbox").iterdir()] == ["done"]


# ── languages ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "없습니다"),
        ({"LANG": "C"}, "없습니다"),
        ({"LANG": "C.UTF-8"}, "없습니다"),
        ({"LANG": "ko_KR.UTF-8"}, "없습니다"),
        ({"LANG": "en_US.UTF-8"}, "Nothing new"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR"}, "없습니다"),
    ],
    ids=str,
)
def test_korean_unless_the_locale_says_otherwise(desk, typed, environment, expected):
    assert expected in typed("run", "--home", desk, **environment).out


@pytest.mark.parametrize(
    "words", [["--lang", "en", "run"], ["run", "--lang", "en"], ["run", "--lang=en"]], ids=" ".join
)
def test_the_switch_wins_wherever_it_stands(desk, typed, words):
    assert typed(*words, "--home", desk, LANG="ko_KR.UTF-8").out == f"Nothing new in {desk / 'inbox'}.\n"


def test_english_holds_no_korean_sentence(of_the_day):
    english, korean = of_the_day("--lang", "en"), of_the_day()

    assert KOREAN_SENTENCE.findall(english.out) == []
    assert all(re.search("[a-z]{3}", line["why"]) for line in english.of_type("decision"))
    assert KOREAN_SENTENCE.search(korean.out)
    told_alike = [
        [(line["product_order_no"], line["rule"], line["facts"]) for line in ended.of_type("decision")]
        for ended in (english, korean)
    ]
    assert told_alike[0] == told_alike[1]


def test_the_english_words_of_a_run_hold_no_korean_sentence(tmp_path, typed):
    ended = typed("demo", tmp_path / "demo", "--as-of", "2026-11-23T09:00", "--lang", "en")

    assert KOREAN_SENTENCE.findall(ended.out + ended.err) == []
    assert "Open the newest workbook: " in ended.out


def test_help_mentions_every_command_in_both_languages(typed):
    for words in (["--help"], ["--lang", "en", "--help"]):
        ended = typed(*words)
        assert ended.code == 0
        assert [command for command in COMMANDS if not re.search(rf"^  {command} ", ended.out, re.MULTILINE)] == []


# ── passwords ────────────────────────────────────────────────────────────────────────────────────

SECRETS = ("hunter-2741", "tiger-9963", "wrong-5550")


@pytest.fixture(scope="module")
def two_locks(tmp_path_factory) -> Path:
    """Two exports locked with different passwords."""
    folder, orders = tmp_path_factory.mktemp("two_locks"), told(APPROVED)
    dispatch, cancel = (folder / samples.file_name(screen, MORNING) for screen in ("발주발송관리", "취소관리"))
    samples.write_dispatch(dispatch, orders, downloaded_at=MORNING, password=SECRETS[0])
    samples.write_cancel(cancel, orders, downloaded_at=MORNING, password=SECRETS[1])
    aged(folder)
    return folder


@pytest.fixture
def locked(desk, two_locks) -> Path:
    shutil.copytree(two_locks, desk / "inbox", dirs_exist_ok=True)
    return desk


def _readable(text: str) -> str:
    """JSON with its escapes undone."""
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith("{") else text


def written_by(home) -> str:
    """Every name and every text that a run has left behind, unpacked; without the locked inputs themselves."""
    said = names(home)
    for path in (home / "outbox").rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                said += [book.read(part).decode("utf-8", "replace") for part in book.namelist()]
        elif path.suffix == ".gz":
            said.append(_readable(gzip.decompress(path.read_bytes()).decode()))
        elif path.is_file():
            said.append(path.read_bytes().decode("utf-8", "replace"))
    said += [path.read_text("utf-8-sig") for path in home.rglob("*.txt")]
    return "\n".join(said)


def codes(ended) -> list[str]:
    return sorted(problem["code"] for problem in ended.lines[0]["problem_list"])


def test_no_password_at_all_is_said_so(locked, typed):
    ended = typed("run", "--home", locked, "--json")

    assert ended.code == 3
    assert codes(ended) == ["password_missing", "password_missing"]


def test_passwords_come_from_the_environment_one_a_line(locked, typed):
    ended = typed("run", "--home", locked, "--json", "--as-of", "2026-11-23", PROCESSOR_PASSWORDS="\n".join(SECRETS))

    assert ended.code == 0
    assert ended.lines[0]["by_action"]["approve"] == 1


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (SECRETS[:2], []),
        ((SECRETS[2], *SECRETS[:2]), []),
        ((SECRETS[2], SECRETS[0]), ["password_wrong"]),
        ((SECRETS[2],), ["password_wrong", "password_wrong"]),
        ((), ["password_missing", "password_missing"]),
    ],
    ids=["right", "right after wrong", "one right", "wrong", "empty"],
)
def test_passwords_come_from_a_file_one_a_line(locked, typed, tmp_path, listed, expected):
    passwords = tmp_path / "passwords.txt"
    passwords.write_text("\n".join(listed), "utf-8-sig")

    ended = typed("run", "--home", locked, "--json", "--as-of", "2026-11-23", "--password-file", passwords)

    assert codes(ended) == expected
    assert ended.code == (3 if expected else 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])  # "utf-16" and "cp949": PowerShell and Notepad
def test_a_password_file_is_read_in_the_encodings_of_windows(encoding, tmp_path):
    file = tmp_path / "passwords.txt"
    file.write_bytes("여섯글자1\r\n둘째\r\n".encode(encoding))

    known = passwords_of_the_terminal.every_password(None, SimpleNamespace(passwords=list, desk=None), file, ask=False)

    assert [*known.candidates("")] == ["여섯글자1", "둘째"]


@across(
    {
        "style": [[], ["--json"], ["--quiet"]],
        "screen code": [("취소관리", 3), ("주문조회", 1)],
    }
)
def test_a_password_is_never_said_or_written(locked, typed, tmp_path, style, screen, code):
    passwords = tmp_path / "passwords.txt"
    passwords.write_text(f"{SECRETS[2]}\n{SECRETS[0]}\n", "utf-8")
    [cancel] = (locked / "inbox").glob("*취소관리*")
    cancel.rename(cancel.with_name(cancel.name.replace("취소관리", screen)))  # it stays locked

    ended = typed("run", "--home", locked, "--password-file", passwords, *style, PROCESSOR_PASSWORDS=SECRETS[2])

    assert ended.code == code
    everything = ended.out + ended.err + written_by(locked)
    assert len(everything) > (10_000 if code == 1 else 300)
    assert [secret for secret in SECRETS if secret in everything] == []


@pytest.fixture
def drawer(tmp_path, monkeypatch) -> Path:
    """What the keyring keeps."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "drawer.Drawer")
    monkeypatch.setenv("DRAWER", str(tmp_path / "drawer"))
    return tmp_path / "drawer"


def test_passwords_kept_in_the_keyring_open_files_until_they_are_forgotten(locked, typed, drawer, monkeypatch):
    for secret in SECRETS[:2]:
        monkeypatch.setattr("getpass.getpass", lambda prompt, secret=secret: secret)
        assert typed("password").code == 0
    assert drawer.read_text("utf-8") == "\n".join(reversed(SECRETS[:2]))

    assert codes(typed("run", "--home", locked, "--json", "--dry-run")) == []

    assert typed("password", "--forget").code == 0
    assert codes(typed("run", "--home", locked, "--json", "--dry-run")) == ["password_missing", "password_missing"]


def test_a_computer_without_a_keyring_is_no_hindrance(locked, typed, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setattr("getpass.getpass", lambda prompt: SECRETS[0])

    refused = typed("password")

    assert refused.code == 3
    assert "--password-file" in refused.err
    assert codes(typed("run", "--home", locked, "--json", "--dry-run")) == ["password_missing", "password_missing"]


def test_a_password_cannot_be_typed_into_the_command(locked, typed):
    assert typed("run", "--home", locked, "--password", SECRETS[0]).code == 2


# ── how much is said ─────────────────────────────────────────────────────────────────────────────


def test_quiet_says_nothing_when_all_is_well(desk, typed):
    put_exports(desk / "inbox", APPROVED)

    assert typed("run", "--home", desk, "--as-of", "2026-11-23", "--quiet") == (0, "", "")
    assert len(workbooks(desk)) == 1
    assert typed("run", "--home", desk, "--quiet") == (0, "", "")
    assert typed("check", "--home", desk, "--quiet") == (0, "", "")


def test_quiet_still_tells_what_needs_you(desk, typed):
    put_exports(desk / "inbox", QUESTION)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23", "--quiet")

    assert ended.code == 1
    assert "확인필요 1" in ended.out


def test_a_dry_run_tells_and_leaves_everything_as_it_was(desk, typed):
    put_exports(desk / "inbox", APPROVED, QUESTION)
    before = state(desk)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23", "--dry-run")

    assert ended.code == 1
    assert "연습 실행이라 아무것도 쓰거나 옮기지 않았습니다." in ended.out
    assert state(desk) == before


def test_a_moment_in_another_zone_becomes_korean_time(desk, typed):
    put_exports(desk / "inbox", APPROVED)

    typed("run", "--home", desk, "--as-of", "2026-11-23T00:30+00:00")

    assert [book.name for book in workbooks(desk)] == ["처리목록_20261123_093000.xlsx"]


def test_buyers_stay_in_the_sellers_files(desk, typed):
    put_exports(desk / "inbox", APPROVED, QUESTION, ON_THE_WAY, AT_LEISURE)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23")

    everything = ended.out + ended.err + written_by(desk)
    buyer = told(APPROVED)[0].buyer
    for personal in (f"구매자{buyer:04}", f"수취인{buyer:04}", "010-0000-0000", "demo*****", "가상시 예시구"):
        assert personal not in everything


# ── consoles and pipes ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "utf-8"])
def test_every_console_can_show_it(tmp_path, desk, day, encoding):
    home = desk.rename(tmp_path / "★")
    shutil.copytree(day[0].parent, home / "inbox", dirs_exist_ok=True)
    password = {"PROCESSOR_PASSWORDS": samples.DEMO_PASSWORD}

    program = started("run", "--home", home, "--as-of", "2026-11-23T09:00", PYTHONIOENCODING=encoding, **password)

    out, err = program.communicate()

    assert program.returncode == 1
    assert b"Traceback" not in err
    assert len(out.decode(encoding).splitlines()) > 10
    assert not re.search(rb"\\\\[xuU][0-9a-f]{2}", out + err)


def test_what_a_code_page_lacks_is_replaced_by_what_looks_alike():
    said = "취소관리.xlsx › 3행 — ✓ ₩3,000 café ⅓ 😀"

    assert said.encode("cp949", start.READABLE).decode("cp949") == "취소관리.xlsx > 3행 - v W3,000 cafe ⅓ ?"
    assert "· 〈요약〉 → é".encode("cp1252", start.READABLE).decode("cp1252") == "· <??> -> é"


def test_a_narrow_console_without_colour_is_heeded(typed):
    ended = typed("--help", COLUMNS="40", NO_COLOR="1")

    assert (ended.code, "\x1b" in ended.out) == (0, False)
    assert "forget" in ended.out


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_json_survives_every_console(tmp_path, rules_path, encoding):
    files = put_exports(tmp_path, APPROVED)

    program = started("decide", *files, "--rules", rules_path, "--as-of", "2026-11-23T09:00", PYTHONIOENCODING=encoding)
    out, err = program.communicate()

    assert (program.returncode, err) == (0, b"")
    assert json.loads(out.decode("ascii").splitlines()[0])["source"][1]["sheet"] == "취소관리"


def test_a_reader_that_has_seen_enough_is_no_failure(day, rules_path):
    program = started("decide", *day, "--rules", rules_path, PROCESSOR_PASSWORDS=samples.DEMO_PASSWORD)
    first = program.stdout.readline()
    program.stdout.close()
    err = program.stderr.read()
    program.stderr.close()

    assert json.loads(first)["type"] == "decision"
    assert program.wait() == 1  # as if all had been read: some rows need an answer
    assert err == b""


def test_a_run_is_finished_even_when_nobody_listens(desk):
    put_exports(desk / "inbox", APPROVED)

    program = started("run", "--home", desk, "--as-of", "2026-11-23")
    program.stdout.close()
    err = program.stderr.read()
    program.stderr.close()

    assert program.wait() == 0
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err
    assert len(workbooks(desk)) == 1


def _opens_files_for(program, process) -> bool:
    try:
        return os.getpgid(process.pid) == program.pid and "spawn_main" in " ".join(process.info["cmdline"] or [])
    except ProcessLookupError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="a Windows process belongs to no group")
def test_nobody_goes_on_working_for_a_program_that_has_ended(desk):
    """It ends before the process that opens files is through with its head start."""
    for copy in range(9):  # each is locked with a salt of its own, so that there is work for more than a second
        for path in put_exports(desk / "inbox", APPROVED, password="1234"):
            path.rename(path.with_name(f"{copy} {path.name}"))
    (desk / "rules.yaml").unlink()

    program = started("run", "--home", desk, PROCESSOR_PASSWORDS="1234")

    assert program.wait() == 2
    assert not [each for each in psutil.process_iter(["cmdline"]) if _opens_files_for(program, each)]
    program.communicate()


# ── the other commands ───────────────────────────────────────────────────────────────────────────


def test_check_says_that_the_rules_are_sound_and_how_far_the_examples_reach(desk, typed):
    spoken, english = typed("check", "--home", desk), typed("check", "--home", desk, "--lang", "en")

    assert spoken.code == english.code == 0
    sound, proved, shown = spoken.out.splitlines()
    rows = [int(count) for count in re.findall(r"(\d+)줄", sound)]
    assert sound.startswith("규칙에 문제가 없습니다: 판단 ")
    assert len(rows) == 3
    assert proved == "  답이 없는 상황도, 가려져 쓰이지 않는 줄도, 쓸모없는 칸도 없습니다 (모든 상황을 확인했습니다)."
    values, seen = map(int, re.findall(r"(\d+)개", shown))
    assert values == seen > sum(rows)
    assert english.out.startswith(f"The rules are sound: {sum(rows)} rows in three tables, and all ")
    assert not KOREAN_SENTENCE.search(english.out)


CHECKED = ["ok", "version", "sha256", "as_of", "overdue", "doubt", "decisions", "fees", "penalties"]
STANDING = ["rows", "not_in_force", "examples", "values", "values_without_example"]


def test_check_prints_exactly_the_agreed_keys_in_the_agreed_order(desk, typed):
    ended = typed("check", "--home", desk, "--json", "--as-of", "2026-11-23")

    (line,) = ended.lines
    assert ended.code == 0
    assert list(line) == CHECKED
    assert [list(line[table]) for table in CHECKED[-3:]] == [STANDING] * 3
    assert (line["ok"], line["as_of"], line["overdue"]) == (True, "2026-11-23", [])
    assert line["decisions"]["examples"] >= line["decisions"]["rows"] > 60
    assert [line[table]["not_in_force"] for table in CHECKED[-3:]] == [[], [], []]
    assert [line[table]["values_without_example"] for table in CHECKED[-3:]] == [[], [], []]


def test_check_says_which_rows_sleep_and_which_values_no_example_shows(desk, typed, edited):
    started = (
        "{id: P-98, event: false_invoice, when: {요청: 구매자취소, 주문상태: 발송대기, 배송: 퀵, 조치: 고객협의, 수량: 일부, 접수: [구매자, 판매자]}, 까지: 2026-11-30,"
        " 점수: {2026-01-01: 1}, 이유: 늦음, en: late, 출처: [판단]}"
    )
    example = "  - {name: 일부만, given: {요청: 구매자취소, 주문상태: 발송대기, 배송: 퀵, 조치: 고객협의, 수량: 일부, 접수: 구매자}, expect: P-98}\n"
    shown = "  - {name: 하루 늦음,                     given:"
    shutil.copy(edited("  - {id: P-13, event", f"  - {started}\n  - {{id: P-13, event"), desk / "rules.yaml")
    rules = (desk / "rules.yaml").read_text("utf-8")
    assert rules.count(shown) == 1
    (desk / "rules.yaml").write_text(rules.replace(shown, example + shown), "utf-8")

    awake, asleep = (typed("check", "--home", desk, "--as-of", day) for day in ("2026-11-30", "2026-12-01"))

    assert awake.out.splitlines()[3:] == ["  - P-98: 접수 '판매자'의 예시가 없습니다."]
    assert asleep.out.splitlines()[3:] == ["  2026-12-01에는 쓰이지 않는 줄: P-98"]
    (line,) = typed("check", "--home", desk, "--as-of", "2026-11-30", "--json").lines
    assert line["penalties"]["values_without_example"] == [{"rule": "P-98", "word": "접수", "value": "판매자"}]
    (line,) = typed("check", "--home", desk, "--as-of", "2026-12-01", "--json").lines
    assert line["penalties"]["not_in_force"] == ["P-98"]


def test_check_says_which_sources_are_to_be_looked_at_again(desk, typed):
    in_time, too_late = (typed("check", "--home", desk, "--as-of", day) for day in ("2027-03-20", "2027-03-21"))

    assert (in_time.code, too_late.code) == (0, 0)
    assert "review_by" not in in_time.out
    told = [line for line in too_late.out.splitlines() if "review_by" in line]
    assert len(told) == 3
    assert all(line.startswith("! 출처 ") and "2027-03-20까지 다시 확인하기로 했는데" in line for line in told)
    (line,) = typed("check", "--home", desk, "--as-of", "2027-03-21", "--json", "--lang", "en").lines
    assert len(line["overdue"]) == 3
    assert (
        "Naver Commerce API documentation and staff answers was to be looked at again by 2027-03-20."
        in line["overdue"][1]
    )


def test_words_lists_the_vocabulary_of_the_desk_and_touches_nothing(desk, typed):
    rules = (desk / "rules.yaml").read_text("utf-8")
    added = "- {name: 창고이전, en: moving, code: null, 귀책: 판매자, labels: [창고 이전]}\n"
    (desk / "rules.yaml").write_text(rules.replace("# 읽을 수만 있는 사유\n", added), "utf-8")
    before = state(desk)

    korean, english, as_json = (typed("words", "--home", desk, *more) for more in ((), ("--lang", "en"), ("--json",)))

    assert (korean.code, english.code, as_json.code) == (0, 0, 0)
    assert "출고 — 물건이 어디까지 나갔는지" in korean.out.splitlines()
    assert "출고 — how far the parcel has gone" in english.out.splitlines()
    assert not KOREAN_SENTENCE.search(english.out)
    (line,) = as_json.lines
    assert "창고이전" in next(word for word in line["words"] if word["word"] == "사유")["values"]
    assert state(desk) == before


def test_words_needs_rules_that_are_sound(desk, typed):
    (desk / "rules.yaml").write_text("version: [", "utf-8")

    ended = typed("words", "--home", desk)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("rules.yaml:1:")


def test_demo_never_writes_over_an_earlier_one(tmp_path, typed):
    typed("demo", tmp_path / "demo", "--as-of", "2026-11-23T09:00")
    before = state(tmp_path / "demo")

    again = typed("demo", tmp_path / "demo", "--as-of", "2026-11-23T09:00")

    assert again.code == 1  # the demo shows flawed rows too
    assert state(tmp_path / "demo") == before
    assert names(tmp_path / "demo_2") == names(tmp_path / "demo")


def test_init_makes_a_desk_that_runs(tmp_path, typed):
    desk = tmp_path / "가게"
    said = typed("init", desk)
    assert said.code == 0
    assert said.out.splitlines()[-1] == (
        f"받은 파일을 {desk / 'inbox'}에 넣고 이렇게 실행하세요: {sys.executable} -m processor run --home {desk}"
    )
    assert sorted(path.name for path in desk.iterdir()) == [
        *("inbox", "outbox", "rules.yaml"),
        starters.name(starters.ONE, sys.platform),
    ]
    assert (desk / "rules.yaml").read_text("utf-8") == rulebook.starting_rules()
    assert typed("run", "--home", desk).code == 0


def test_a_folder_with_a_blank_in_its_name_stands_in_quotes(tmp_path, typed):
    folder = tmp_path / "내 가게"

    assert typed("init", folder).out.endswith(f'{sys.executable} -m processor run --home "{folder}"\n')


def test_what_is_to_be_done_is_counted_in_the_order_of_the_sheets_and_apart_from_what_is_not(desk, typed):
    put_exports(desk / "inbox", APPROVED, AT_LEISURE, "24 발송기한 닷새 지남")

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")
    (workbook,) = workbooks(desk)

    assert "  할 일 2건: 발송 1 · 취소승인 1 (조치없음 1)" in ended.out.splitlines()
    assert openpyxl.load_workbook(workbook).sheetnames[1] == "발송"


def test_where_nothing_is_to_be_done_the_terminal_says_none(desk, typed):
    put_exports(desk / "inbox", AT_LEISURE)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00", "--lang", "en")

    assert "  0 to do (No action 1)" in ended.out.splitlines()


def test_init_leaves_an_existing_desk_alone(desk, typed):
    (desk / "rules.yaml").write_text("my own rules", "utf-8")
    before = state(desk)

    ended = typed("init", desk)

    assert ended.code == 2
    assert "그대로 두었습니다" in ended.err
    assert state(desk) == before


def test_a_form_is_never_written_over(desk, typed):
    typed("template", "--home", desk)
    again = typed("template", "--home", desk, "--lang", "ko")

    assert again.out.splitlines() == [
        f"양식을 만들었습니다: {desk / 'outbox/답변양식_2.xlsx'}",
        f"적어 넣고 저장한 뒤 {desk / 'inbox'}에 넣고 이렇게 실행하세요: {sys.executable} -m processor run --home {desk}",
    ]
    assert names(desk / "outbox") == ["답변양식.xlsx", "답변양식_2.xlsx"]


def test_an_empty_form_changes_no_decision(desk, typed):
    put_exports(desk / "inbox", APPROVED, AT_LEISURE)
    typed("template", "--home", desk)
    (desk / "outbox/답변양식.xlsx").rename(desk / "inbox/답변양식.xlsx")
    aged(desk / "inbox")

    total = typed("run", "--home", desk, "--as-of", "2026-11-23", "--json").lines[0]

    assert (total["decisions"], total["lists"], total["problems"]) == (2, 0, 0)
    assert total["by_action"]["approve"] == total["by_action"]["none"] == 1


def test_a_filled_form_answers_the_question(desk, typed, rules_path):
    files = put_exports(desk / "inbox", QUESTION)
    assert decided(typed, files, rules_path).lines[0]["action"] == "review"
    typed("template", "--home", desk)
    form = desk / "outbox/답변양식.xlsx"
    book = openpyxl.load_workbook(form)
    sheet = book["답변"]
    columns = {cell.value: cell for row in sheet.iter_rows(max_row=10) for cell in row if cell.value}
    row = columns["상품주문번호"].row + 1
    sheet.cell(row, columns["상품주문번호"].column).value = number(QUESTION)
    sheet.cell(row, columns["출고상태"].column).value = "미포장"
    book.save(form)

    ended = decided(typed, [*files, form], rules_path)

    assert [line["action"] for line in ended.of_type("decision")] == ["approve"]
    assert ended.lines[0]["facts"]["출고"] == "미포장"
