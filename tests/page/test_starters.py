"""The file that opens the page by a double click: for each system, with the Python of its making, wherever that lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from page_starts import starter_command

from processor import app
from processor.app import starters

ODD = "내 \"가게\" $HOME `ls` 100% \\'x'"


def stand_in(folder: Path) -> Path:
    """A Python of which only is seen how it is called."""
    folder.mkdir(parents=True)
    python = folder / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o700)
    return python


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize("system", ["linux", "darwin"])
@pytest.mark.parametrize("of", [starters.ONE, starters.ALL])
@pytest.mark.parametrize("where", ["plain", ODD])
def test_the_starter_opens_the_page_of_its_folder(tmp_path, system, where, of):
    python, desk = stand_in(tmp_path / "env" / where), tmp_path / "desks" / where
    desk.mkdir(parents=True)

    done = subprocess.run(
        starter_command(system, starters.text(of, system, str(python), desk), desk),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines() == [
        "-P",
        "-m",
        "processor",
        "page",
        {starters.ONE: "--home", starters.ALL: "--every"}[of],
        str(desk),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize("system", ["linux", "darwin"])
@pytest.mark.parametrize(("of", "option"), [(starters.ONE, "--home"), (starters.ALL, "--every")])
def test_a_starter_whose_program_is_gone_says_so(tmp_path, system, of, option):
    entry = starters.text(of, system, str(tmp_path / "gone"), tmp_path)

    done = subprocess.run(
        starter_command(system, entry, tmp_path), input="\n", capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 1
    korean, english = done.stdout.splitlines()
    assert korean.startswith("프로그램이 있던 곳에 없습니다.")
    assert english.startswith("The program is no longer where it was.")
    assert all(f"python -m processor page {option} " in said for said in (korean, english))


@pytest.mark.parametrize(("of", "option"), [(starters.ONE, "--home"), (starters.ALL, "--every")])
def test_the_starter_of_windows_is_one_that_its_shell_reads(of, option):
    text = starters.text(of, "win32", r"C:\100% 내 것\.venv\Scripts\python.exe", Path())
    lines = text.split("\r\n")

    assert lines.index("chcp 65001 >nul") < min(number for number, line in enumerate(lines) if not line.isascii())
    assert r'if not exist "C:\100%% 내 것\.venv\Scripts\python.exe" goto gone' in lines
    assert rf'"C:\100%% 내 것\.venv\Scripts\python.exe" -P -m processor page {option} "%~dp0."' in lines
    assert not any(sign in line for line in lines if line.startswith("echo ") for sign in '<>|&^%"')


def test_init_lays_the_starter_of_this_system_and_overwrites_none(tmp_path):
    (tmp_path / starters.name(starters.ONE, sys.platform)).write_text("mine")
    app.new_desk(tmp_path)
    other = app.new_desk(tmp_path / "other")

    assert (tmp_path / starters.name(starters.ONE, sys.platform)).read_text() == "mine"
    laid = other.home / starters.name(starters.ONE, sys.platform)
    assert laid.read_bytes().decode() == starters.text(starters.ONE, sys.platform, sys.executable, other.home)
    assert sys.platform == "win32" or laid.stat().st_mode & 0o777 == 0o700
