"""Commands in sentences are those that work on this computer, in this environment and for this desk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from processor.cli.as_typed import as_typed, command, for_desk, python

AT_A_DESK = {"run", "status"}


@pytest.mark.parametrize(
    ("called", "system", "typed"),
    [
        ("python", "linux", "python"),
        (r".venv\Scripts\python", "win32", r".venv\Scripts\python"),
        (r"C:\My Shop\python.exe", "win32", r'& "C:\My Shop\python.exe"'),
        ("/my shop/python", "darwin", '"/my shop/python"'),
    ],
)
def test_python_is_called_as_it_was(called, system, typed):
    assert command(called, system) == typed


@pytest.mark.parametrize(
    ("orig_argv", "executable", "base", "called"),
    [
        ([], "/usr/bin/python3", "/usr", "python"),
        (["python3", "-m", "processor"], "/usr/bin/python3", "/usr", "python3"),
        ([".venv/bin/python"], "/shop/.venv/bin/python", "/usr", ".venv/bin/python"),
        ([r"C:\Python311\python.exe"], r"C:\shop\.venv\Scripts\python.exe", r"c:\python311", r"C:\shop\.venv\Scripts\python.exe"),
        ([r".venv\Scripts\python"], r"C:\shop\.venv\Scripts\python.exe", r"C:\Python314", r".venv\Scripts\python"),
        ([r"C:\Python314\python.exe"], r"C:\Python314\python.exe", r"C:\Python314", r"C:\Python314\python.exe"),
    ],
)  # fmt: skip
def test_the_python_of_an_environment_is_named_and_not_the_one_that_it_calls_on_windows(
    orig_argv, executable, base, called
):
    assert python(orig_argv, executable, base) == called


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("`python -m processor run`이", "`py -m processor run --home 가게`이"),
        ("python -m processor run --home 다른곳", "py -m processor run --home 다른곳"),
        ("python -m processor init 새폴더", "py -m processor init 새폴더"),
        ("python -m processor", "py -m processor"),
        ("no command", "no command"),
    ],
)
def test_the_desk_is_named_where_the_command_takes_one_and_does_not_name_it(said, typed, monkeypatch):
    monkeypatch.setattr(sys, "orig_argv", ["py", "-m", "processor", "status"])

    assert as_typed(for_desk(said, Path("가게"), AT_A_DESK)) == typed
    assert as_typed(said) == typed.replace(" --home 가게", "")


def test_a_folder_with_a_blank_is_quoted(monkeypatch):
    monkeypatch.setattr(sys, "orig_argv", ["python"])

    assert (
        for_desk("python -m processor status", Path("내 가게"), AT_A_DESK)
        == 'python -m processor status --home "내 가게"'
    )
