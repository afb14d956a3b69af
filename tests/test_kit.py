"""The folder from which a seller installs: what its setup does with an environment and a desk that are there already."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT / ".ci/kit"


@pytest.fixture
def setup(tmp_path, monkeypatch):
    """The setup script, on a computer whose programs and Desktop are in a folder of the test. `ran` are its commands."""
    found = importlib.util.spec_from_file_location("kit_setup", KIT / "setup.py")
    module: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "programs"))
    module.ran, module.code = [], 0

    def run(words, **_):
        module.ran.append([*map(str, words)])
        if "init" in words:
            (words[-1]).mkdir(parents=True)
            (words[-1] / "rules.yaml").touch()
        return SimpleNamespace(returncode=module.code, stdout=f"{tmp_path / 'Desktop'}\n")

    def create(folder, *, with_pip):
        assert with_pip
        (folder / module.PYTHON).parent.mkdir(parents=True)
        (folder / module.PYTHON).write_text(f"{len(module.ran)} commands before")

    monkeypatch.setattr(module.subprocess, "run", run)
    monkeypatch.setattr(module.venv, "create", create)
    return module


def program(setup) -> Path:
    return setup.place() / "program" / setup.PYTHON


def test_it_installs_from_its_own_folder_and_makes_a_desk_on_the_desktop(setup, tmp_path, capsys):
    assert setup.main() == 0

    install, where, made = setup.ran
    assert install[1:] == [
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"),
        *("--find-links", str(KIT / "wheels"), "smartstore-claim-desk"),
    ]
    assert (where[0], made[0]) == (str(program(setup)),) * 2
    assert made[-2:] == ["init", str(tmp_path / "Desktop/스마트스토어")]
    assert [path.name for path in setup.place().iterdir()] == ["program"]
    assert "스마트스토어 폴더를 열고 '시작'을 두 번 누르세요." in capsys.readouterr().out


def test_a_newer_program_takes_the_place_of_the_older_and_the_desk_stays(setup, tmp_path):
    assert setup.main() == 0
    desk = tmp_path / "Desktop/스마트스토어"
    (desk / "rules.yaml").write_text("my own")

    assert setup.main() == 0

    assert program(setup).read_text() == "3 commands before"
    assert [path.name for path in setup.place().iterdir()] == ["program"]
    assert (desk / "rules.yaml").read_text() == "my own"
    assert sum("init" in words for words in setup.ran) == 1


def refuse(monkeypatch, path, hindrance: str) -> None:
    """Windows writes to no program that runs, and moves no folder of which a file is open."""
    opens = path.open

    def refused(*_: Any) -> None:
        raise PermissionError(13, hindrance)

    if hindrance == "the program runs":
        monkeypatch.setattr(path, "open", lambda *at, **how: refused() if "ab" in at else opens(*at, **how))
    else:
        monkeypatch.setattr(path, "rename", refused)


@pytest.mark.parametrize("hindrance", ["a library is missing", "the program runs", "a file of the program is open"])
def test_what_hinders_it_leaves_the_older_program(setup, hindrance, monkeypatch, capsys):
    assert setup.main() == 0
    older = program(setup)
    capsys.readouterr()
    if hindrance == "a library is missing":
        setup.code = 1
    else:
        refuse(monkeypatch, setup.Path, hindrance)

    assert setup.main() == 1

    monkeypatch.undo()
    assert older.read_text() == "0 commands before"
    said = capsys.readouterr().out
    assert ("설치하지 못했습니다" if setup.code else "프로그램이 아직 열려 있습니다") in said
    assert "Traceback" not in said


def test_every_python_of_the_project_is_one_of_the_kit_and_of_its_first_window():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = [word.rpartition(" ")[2] for word in project["classifiers"] if re.search(r"Python :: 3\.\d+$", word)]
    script = (KIT / "install.cmd").read_text("utf-8")

    assert re.findall(r"in \(([\d. ]+)\)", script) == [" ".join(reversed(versions))]
    assert (
        f"({versions[0].replace('.', ', ')}) <= sys.version_info[:2] <= ({versions[-1].replace('.', ', ')})" in script
    )
    assert f"PYTHONS = {tuple(versions)}".replace("'", '"') in (ROOT / ".ci/install_kit.py").read_text("utf-8")


def test_setup_needs_nothing_but_the_oldest_python():
    program = "import ast, sys; [print(name.name) for node in ast.walk(ast.parse(open(sys.argv[1], encoding='utf-8').read())) if isinstance(node, ast.Import) for name in node.names]"
    named = subprocess.run(
        [sys.executable, "-c", program, KIT / "setup.py"], capture_output=True, text=True, check=True
    ).stdout.split()

    assert named
    assert set(named) <= sys.stdlib_module_names


@pytest.fixture
def installed(tmp_path) -> Path:
    """A program whose Python is the shell: it runs until nothing more is said to it. Beside it lies the script that removes it."""
    folder = tmp_path / "smartstore-claim-desk/program"
    for name in ("Lib/numbers.py", "Scripts/aside.exe", "pyvenv.cfg", "../Cache/proved.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    shutil.copy(os.environ["COMSPEC"], folder / "Scripts/python.exe")
    (tmp_path / "remove.cmd").write_bytes((KIT / "remove.cmd").read_bytes().replace(b"\n", b"\r\n"))
    return folder


def remove(installed: Path) -> int:
    place = installed.parent.parent
    words = [os.environ["COMSPEC"], "/c", str(place / "remove.cmd")]
    environment = {**os.environ, "LOCALAPPDATA": str(place)}
    return subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


@pytest.mark.skipif(sys.platform != "win32", reason="the script is of Windows")
def test_a_program_that_is_open_stays_whole_until_it_can_be_removed(installed):
    whole = sorted(installed.rglob("*"))
    with subprocess.Popen([installed / "Scripts/python.exe"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL):
        assert remove(installed) == 1
        assert sorted(installed.rglob("*")) == whole

    assert remove(installed) == 0
    assert not installed.parent.exists()
    assert remove(installed) == 0  # there is nothing left to be removed


@pytest.mark.skipif(sys.platform != "win32", reason="the script is of Windows")
def test_what_the_seller_has_chosen_outlives_the_program(installed):
    (installed.parent / "choices.json").touch()

    assert remove(installed) == 0

    assert [path.name for path in installed.parent.iterdir()] == ["choices.json"]
