"""The last line of a run: how the seller opens the workbook on each system, whatever the folder is called."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from processor.cli.opening import to_open
from processor.model import Text

NAME = "처리목록_20261123_090000.xlsx"


def typed(sentence: Text) -> str:
    before, _, command = sentence.ko.partition(": ")
    assert before == "가장 새 처리목록을 여세요"
    assert sentence.en == f"Open the newest workbook: {command}"
    return command


@pytest.mark.parametrize(
    "folder", [r"outbox", r"C:\내 가게 2호점\outbox", r"D:\철수's & 영희\outbox", r"C:\50%\[새] (1)\outbox"]
)
def test_on_windows_one_command_opens_it_in_powershell_and_in_cmd(folder):
    assert typed(to_open(PureWindowsPath(folder, NAME), "win32")) == f'explorer "{folder}\\{NAME}"'


@pytest.mark.parametrize(
    ("folder", "quoted"),
    [
        ("C:\\%TEMP%\\outbox", "C:\\%TEMP%\\outbox"),  # cmd would put another folder there
        ("C:\\$home\\outbox", "C:\\$home\\outbox"),  # PowerShell would
        ("C:\\a`n\\outbox", "C:\\a`n\\outbox"),
        ("C:\\김씨, 이씨\\outbox", "C:\\김씨, 이씨\\outbox"),  # explorer would open C:\김씨
        ("C:\\“최고” 가게\\outbox", "C:\\“최고” 가게\\outbox"),  # a quote to PowerShell
        ("C:\\$ 철수's ‘집’\\outbox", "C:\\$ 철수''s ‘‘집’’\\outbox"),
    ],
)
def test_on_windows_a_path_that_cmd_or_explorer_would_misread_is_given_to_powershell_literally(folder, quoted):
    command = typed(to_open(PureWindowsPath(folder, NAME), "win32"))

    assert command == f"Invoke-Item -LiteralPath '{quoted}\\{NAME}'"


@pytest.mark.parametrize("folder", ["outbox", "/Users/kim/내 가게", '/Users/kim/철수\'s & $영희 `!` "새" 100%'])
def test_on_a_mac_the_shell_gives_open_exactly_the_path(folder):
    workbook = PurePosixPath(folder, NAME)

    assert shlex.split(typed(to_open(workbook, "darwin"))) == ["open", str(workbook)]


def test_on_a_mac_a_path_with_spaces_and_an_apostrophe_stands_in_quotes():
    assert typed(to_open(PurePosixPath("/Users/kim/철수's 가게", NAME), "darwin")) == (
        f"""open '/Users/kim/철수'"'"'s 가게/{NAME}'"""
    )


@pytest.mark.parametrize("system", ["linux", "freebsd14"])
def test_elsewhere_desktops_differ_and_the_path_alone_is_named(system):
    assert typed(to_open(PurePosixPath("내 가게/outbox", NAME), system)) == f"내 가게/outbox/{NAME}"
