"""Compares what two versions make of the same files: `python -m tests.benchmarks.parts BEFORE AFTER [DESK…]`.

BEFORE and AFTER are checkouts. Both run on copies of the same invented desks (the demo, a week of mornings with answers,
1,000 orders; in both languages), and every part of every workbook, the manifests, the letters in failed/ and all that was
printed are compared. DESK: demo, week or thousand, to compare only these. Exit code 1 where anything differs; each difference is named.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msoffcrypto

from processor import samples

_MONDAY: Final = datetime.fromisoformat("2026-11-23T09:00")
_UNLIKE: Final = frozenset({"version", "timings"})  # of a manifest: what differs from program to program
_LOCKED: Final = b"\xd0\xcf\x11\xe0"


def main() -> int:
    before, after = (Path(argument).resolve() for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as scratch:
        inputs = Path(scratch) / "inputs"
        _make_inputs(inputs)
        for desk in inputs.iterdir():
            if sys.argv[3:] and desk.name not in sys.argv[3:]:
                shutil.rmtree(desk)
        told = [_told(checkout, inputs, Path(scratch) / "home") for checkout in (before, after)]
    return _compared(*told)


def _make_inputs(inputs: Path) -> None:
    """One folder for each desk, in it one for each run, named after its moment."""
    samples.demo_desk(_of(inputs, "demo", _MONDAY), as_of=_MONDAY)
    for morning in samples.mornings(_MONDAY):
        samples.write_morning(_of(inputs, "week", morning.as_of), morning)
    for days in (1, 0):
        moment = _MONDAY - timedelta(days=days)
        made = samples.orders(1_000, seed=7, as_of=moment)
        inbox = _of(inputs, "thousand", moment)
        for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
            write(inbox / samples.file_name(screen, moment), made, downloaded_at=moment, password=samples.DEMO_PASSWORD)


def _of(inputs: Path, desk: str, moment: datetime) -> Path:
    folder = inputs / desk / f"{moment:%Y-%m-%dT%H%M}"
    folder.mkdir(parents=True)
    return folder


def _told(checkout: Path, inputs: Path, home: Path) -> dict[str, bytes]:
    """All that the program of this checkout makes, by a name for each piece."""
    found: dict[str, bytes] = {}
    for desk in sorted(inputs.iterdir()):
        for lang in ("ko", "en"):
            shutil.rmtree(home, ignore_errors=True)
            (home / "inbox").mkdir(parents=True)
            (home / "outbox").mkdir()
            shutil.copy(checkout / "rules.yaml", home / "rules.yaml")
            for day in sorted(desk.iterdir()):
                for file in day.iterdir():
                    shutil.copy2(file, home / "inbox" / file.name)
                    os.utime(home / "inbox" / file.name, (_MONDAY.timestamp() - 86_400 * 9,) * 2)
                moment = datetime.strptime(day.name, "%Y-%m-%dT%H%M")  # noqa: DTZ007 - Korean wall time
                name = f"{desk.name} {lang} {day.name}"
                files = sorted((home / "inbox").iterdir())
                found[f"{name} decide"] = _printed(checkout, home, "decide", *files, moment=moment, lang=lang)
                found[f"{name} run"] = _printed(checkout, home, "run", moment=moment, lang=lang)
                found[f"{name} status"] = _printed(checkout, home, "status", moment=moment, lang=lang)
            found |= {f"{desk.name} {lang} {name}": said for name, said in _pieces(home)}
    return found


def _printed(checkout: Path, home: Path, command: str, *files: Path, moment: datetime, lang: str) -> bytes:
    where = ["--rules", str(home / "rules.yaml")] if command == "decide" else ["--home", str(home)]
    typed = [
        sys.executable,
        "-m",
        "processor",
        command,
        *map(str, files),
        *where,
        "--as-of",
        f"{moment:%Y-%m-%dT%H:%M}",
    ]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PROCESSOR_PASSWORDS": samples.DEMO_PASSWORD}
    done = subprocess.run([*typed, "--lang", lang], cwd=checkout, env=environment, capture_output=True, check=False)
    return b"%d\n%s\n%s" % (done.returncode, done.stdout, done.stderr)


def _pieces(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted([*(home / "outbox").iterdir(), *(home / "inbox" / "failed").rglob("*.txt")]):
        match path.suffix:
            case ".xlsx":
                with zipfile.ZipFile(io.BytesIO(_unlocked(path.read_bytes()))) as archive:
                    yield from ((f"{path.name}/{part}", archive.read(part)) for part in sorted(archive.namelist()))
            case ".json":
                said = {key: value for key, value in json.loads(path.read_text("utf-8")).items() if key not in _UNLIKE}
                yield path.name, json.dumps(said, ensure_ascii=False, indent=1).encode()
            case ".txt":
                yield path.name, path.read_bytes()


def _unlocked(data: bytes) -> bytes:
    if not data.startswith(_LOCKED):
        return data
    plain, office = io.BytesIO(), msoffcrypto.OfficeFile(io.BytesIO(data))
    office.load_key(password=samples.DEMO_PASSWORD)
    office.decrypt(plain)
    return plain.getvalue()


def _compared(before: dict[str, bytes], after: dict[str, bytes]) -> int:
    unlike = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    for name in sorted(unlike):
        print(f"differs: {name}: {_first_difference(before.get(name, b''), after.get(name, b''))}")
    print(f"{len(before | after):,} pieces compared, {len(unlike):,} differ")
    return 1 if unlike else 0


def _first_difference(one: bytes, other: bytes) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begin = max(0, at - 60)
    return (
        f"{one[begin : at + 60].decode('utf-8', 'replace')!r} ≠ {other[begin : at + 60].decode('utf-8', 'replace')!r}"
    )


if __name__ == "__main__":
    sys.exit(main())
