"""Installs the program out of the folder that this file lies in, without a network, and makes a desk on the Desktop.

설치.cmd begins it, with any Python from 3.11 on; it needs nothing but that Python. Begun again, it puts a newer program in
the place of the older one and leaves the desk as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAME = "smartstore-claim-desk"
DESK = "스마트스토어"
PYTHON = Path("Scripts/python.exe") if os.name == "nt" else Path("bin/python")


class Stopped(Exception):
    """The program could not be installed; `args` are the sentence in Korean and in English."""


def main() -> int:
    say("설치하는 중입니다. 몇 분 걸릴 수 있습니다…", "Installing, which may take some minutes…")
    try:
        python = install(place())
        desk = make_desk(python)
    except Stopped as stopped:
        say(*stopped.args)
        return 1
    say(
        f"끝났습니다. {desk} 폴더를 열고 '시작'을 두 번 누르세요.",
        f"Done. Open the folder {desk} and double-click 시작 in it.",
    )
    return 0


def say(ko: str, en: str) -> None:
    print(f"{ko}\n  {en}", flush=True)


def place() -> Path:
    """The folder of the user's own programs, which no administrator has to open."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / NAME


def install(folder: Path) -> Path:
    """Makes an environment with the program in it; returns its Python. The older program stays until that is whole."""
    program, new, old = (folder / name for name in ("program", "program.new", "program.old"))
    for left in (new, old):  # by an installation that was broken off
        shutil.rmtree(left, ignore_errors=True)
    venv.create(new, with_pip=True)
    pip = [new / PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    done = subprocess.run([*pip, "--find-links", HERE / "wheels", NAME], check=False)
    if done.returncode:
        version = ".".join(map(str, sys.version_info[:2]))
        raise Stopped(
            f"설치하지 못했습니다(Python {version}). 위의 글을 이 폴더를 준 분에게 보내 주세요. 바뀐 것은 없습니다.",
            f"It could not be installed (Python {version}). Send the lines above to whoever gave you this folder. Nothing was changed.",
        )
    try:
        if (program / PYTHON).exists():
            with (program / PYTHON).open("ab"):  # refused while it runs; its folder might be renamed all the same
                pass
        if program.exists():
            program.rename(old)
        new.rename(program)
    except OSError:
        raise Stopped(
            "프로그램이 아직 열려 있습니다. 브라우저 화면을 닫고 5분 뒤에 다시 두 번 누르세요.",
            "The program is still open. Close its page, wait five minutes, and double-click this file again.",
        ) from None
    shutil.rmtree(old, ignore_errors=True)
    return program / PYTHON


def make_desk(python: Path) -> Path:
    """The desk on the Desktop, made unless there is one already."""
    where = "import platformdirs; print(platformdirs.user_desktop_dir())"
    asked = subprocess.run([python, "-X", "utf8", "-c", where], stdout=subprocess.PIPE, encoding="utf-8", check=True)
    desk = Path(asked.stdout.strip()) / DESK
    if not (desk / "rules.yaml").exists():
        subprocess.run(
            [python, "-X", "utf8", "-P", "-m", "processor", "init", desk], stdout=subprocess.DEVNULL, check=True
        )
    return desk


if __name__ == "__main__":
    sys.exit(main())
