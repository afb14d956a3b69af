"""`run --every` and the passwords of single desks, from the command line, by warm workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import forked
import pytest
from many_desks import a_desk, left

from processor.app import Desk
from processor.cli.passwords import Keyring
from processor.cli.terminal import Terminal

pytestmark = pytest.mark.slow
AS_OF = ("--as-of", "2026-11-23T09:00")


@pytest.fixture
def surroundings(tmp_path, monkeypatch) -> dict[str, str]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "PROCESSOR_PASSWORDS"):
        monkeypatch.delenv(name, raising=False)
    drawer = {"PYTHON_KEYRING_BACKEND": "drawer.Drawer", "DRAWER": str(tmp_path / "drawer")}
    paths = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **drawer, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


def run(surroundings, *words) -> tuple[int, str, str]:
    program = forked.started(
        ["run", *map(str, words), *AS_OF], surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = program.communicate()
    return program.returncode, out.decode(), err.decode()


def test_workers_run_the_desks_and_each_is_told_as_it_ends(tmp_path, surroundings, marks):
    root = tmp_path / "가게들"
    a_desk(root / "가"), a_desk(root / "나", seed=2)
    (a_desk(root / "다", seed=3) / "rules.yaml").write_text("version: [", "utf-8")
    a_desk(root / "라", password="1234")

    code, out, err = run(surroundings, "--every", root, "--jobs", 2)

    assert code == 3  # 라 may succeed later, 다 cannot: the worst of all
    lines = out.splitlines()
    assert lines[0].startswith("가게 4곳 · 할 일 ")
    assert lines[0].endswith(" · 처리하지 못한 가게 2곳")
    assert [line[:4] for line in lines[1:3]] == ["! 다:", "! 라:"]
    assert f"-m processor run --home {root / '라'}`이 물어볼 때" in lines[2]
    assert str(root / "모든가게_20261123_090000.xlsx") in lines[3]
    assert [line.split()[0] for line in err.splitlines()] == [f"{at}/4" for at in range(1, 5)]

    asked = next(line for line in err.splitlines() if " ! 라:" in line)
    assert asked.split(" ", 1)[1] == lines[2]

    (root / "라/passwords.txt").write_text("1234", "utf-8")
    code, out, err = run(surroundings, "--every", root, "--jobs", 1, "--json", "--lang", "en")

    assert (code, err) == (2, "")
    told = [json.loads(line) for line in out.splitlines()]
    assert {line["desk"]: (line["type"], line.get("code")) for line in told[:-1]} == {
        "가": ("nothing_new", None), "나": ("nothing_new", None), "다": ("error", "rules_broken"), "라": ("run", None),
    }  # fmt: skip
    assert told[-1]["type"] == "every"
    assert (told[-1]["desks"], told[-1]["failed"]) == (4, 1)


def test_the_exit_code_is_the_worst_of_all_and_quiet_says_nothing_when_all_is_well(tmp_path, surroundings, marks):
    a_desk(tmp_path / "가게들/가")

    assert run(surroundings, "--every", tmp_path / "가게들", "--quiet") == (0, "", "")
    assert run(surroundings, "--every", tmp_path / "없음")[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--jobs", "2"], "--jobs와 --dask는 --every와 함께 씁니다."),
        (["--dask", "tcp://127.0.0.1:1"], "--jobs와 --dask는 --every와 함께 씁니다."),
        (["--every", ".", "--jobs", "2", "--dask", "x"], "--jobs와 --dask는 함께 쓸 수 없습니다."),
        (["--every", ".", "--home", "x"], "--home과 --every는 함께 쓸 수 없습니다."),
        (["--every", ".", "--jobs", "0"], "이대로는 실행할 수 없습니다: run --every . --jobs 0"),
    ],
)
def test_what_does_not_go_together_is_said(typed, words, said):
    ended = typed("run", *words)

    assert (ended.code, ended.out, ended.err.splitlines()[0]) == (2, "", said)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped by signals")
def test_ctrl_c_says_what_was_done_and_leaves_every_desk_whole(tmp_path, surroundings, marks):
    alone, root = tmp_path / "하나씩", tmp_path / "가게들"
    for seed in range(6):
        for place in (alone, root):
            a_desk(place / str(seed), seed=seed)
    program = forked.started(
        ["run", "--every", str(root), "--jobs", "2", *AS_OF],
        surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    first = program.stderr.readline().decode()
    program.send_signal(signal.SIGINT)
    out, err = program.communicate()
    lines = [first, *err.decode().splitlines()]

    assert (program.returncode, out) == (3, b"")
    assert lines[-2] == f"가게 6곳 가운데 {len(lines) - 2}곳을 처리했습니다. 다시 실행하면 나머지를 이어서 처리합니다."
    assert lines[-1] == "요청하신 대로 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요."
    for place in (alone, root):
        assert run(surroundings, "--every", place)[0] == 0
    left_alone, left_here = left(alone), left(root)
    for found in (left_alone, left_here):
        found.pop("모든가게_20261123_090000.xlsx")
    assert left_here == left_alone


def test_a_password_can_be_kept_for_one_desk_alone(tmp_path, surroundings, monkeypatch, typed, marks):
    root = tmp_path / "가게들"
    a_desk(root / "가", password="1111"), a_desk(root / "나", password="2222")
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    for desk, secret in ((root / "가", "1111"), (None, "2222")):
        monkeypatch.setattr("getpass.getpass", lambda _prompt, secret=secret: secret)
        assert typed("password", *(["--home", desk] if desk else [])).code == 0

    keyring = Keyring(Terminal([]))
    assert keyring.of_desks([Desk(root / "가"), Desk(root / "나")]) == [["1111", "2222"], ["2222"]]
    assert Keyring(Terminal([]), Desk(root / "가")).passwords() == ["1111", "2222"]
    assert typed("run", "--home", root / "가", "--dry-run", *AS_OF).code == 0

    assert typed("password", "--home", root / "가", "--forget").out == (
        "이 작업 폴더에만 쓰려고 저장한 비밀번호를 모두 지웠습니다.\n"
    )
    assert keyring.of_desks([Desk(root / "가"), Desk(root / "나")]) == [["2222"], ["2222"]]
    assert run(surroundings, "--every", root, "--json")[0] == 3

    assert typed("password", "--home", tmp_path, "--forget").code == 2


def test_a_keyring_that_is_not_there_leaves_the_other_passwords(tmp_path, surroundings, marks):
    a_desk(tmp_path / "가게들/가", password="1111")
    surroundings |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "PROCESSOR_PASSWORDS": "1111"}

    assert run(surroundings, "--every", tmp_path / "가게들", "--quiet")[0] == 0
