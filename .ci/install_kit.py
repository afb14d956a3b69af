"""Makes the folder that a seller installs from by a double click: `python .ci/install_kit.py DIR`.

DIR gets 설치.cmd, 지우기.cmd and all wheels for 64-bit Windows and every Python that the program runs on, of the versions in
`.ci/constraints.txt`. They are resolved for that system, not for the one at hand. It needs `uv` (extra `dev`) and a network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SHOWN = {"install.cmd": "설치.cmd", "remove.cmd": "지우기.cmd"}  # what the seller double-clicks
UV = (sys.executable, "-m", "uv", "--quiet")
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def main(folder: Path) -> None:
    shutil.copytree(ROOT / ".ci/kit", folder, ignore=shutil.ignore_patterns("__pycache__"))
    wheels = folder / "wheels"
    run(*PIP, "wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
    for python in PYTHONS:
        download(python, wheels)
    for name, shown in SHOWN.items():  # a batch file needs the line ends of Windows
        script = folder / name
        (folder / shown).write_bytes(script.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        script.unlink()


def download(python: str, wheels: Path) -> None:
    with tempfile.TemporaryDirectory() as aside:
        wanted = Path(aside) / "requirements.txt"
        windows = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", python)
        constraints = ("--constraint", ROOT / ".ci/constraints.txt")
        run(
            *UV,
            "pip",
            "compile",
            *windows,
            *constraints,
            "--only-binary",
            ":all:",
            "-o",
            wanted,
            ROOT / "pyproject.toml",
        )
        which = ("--platform", "win_amd64", "--python-version", python, "--implementation", "cp")
        run(*PIP, "download", "--no-deps", "--only-binary=:all:", *which, "--dest", wheels, "--requirement", wanted)


def run(*words: str | Path) -> None:
    subprocess.run([*map(str, words)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
