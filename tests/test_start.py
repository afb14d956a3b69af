"""The start of the program: a locale without Korean, file names that are not valid Unicode, and missing libraries."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from trials import across

from processor import samples
from processor.cli import start

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MORNING = datetime(2026, 11, 23, 9, 0)
NO_KOREAN = {"LC_ALL": "C", "PYTHONUTF8": "0"}
IN_KOREAN = {"LANG": "ko_KR.UTF-8", "PYTHONIOENCODING": "utf-8"} if os.name == "nt" else {}
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has Korean file names in every language")


def typed(*words, **environment):
    kept = {name: os.environ[name] for name in os.environ if name not in ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONUTF8")}
    ended = subprocess.run(
        [sys.executable, "-m", "processor", *words],
        capture_output=True,
        cwd=ROOT,
        env={**kept, **IN_KOREAN, **environment},
        check=False,
    )
    out, err = (said.decode("utf-8").replace(os.linesep, "\n") for said in (ended.stdout, ended.stderr))
    assert "Traceback" not in out + err, err
    assert ended.returncode in range(4)
    return ended.returncode, out, err


def aged(path):
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    return path


@pytest.fixture
def desk(empty_desk):
    """A desk with one export of a few orders in its inbox."""
    path = empty_desk.inbox / samples.file_name("주문조회", MORNING)
    samples.write_search(path, samples.orders(5, seed=3, as_of=MORNING), downloaded_at=MORNING)
    aged(path)
    return empty_desk


# ── a locale without Korean ──


@posix
@pytest.mark.parametrize(
    "words", [("--help",), ("run", "--help"), ("words",), ("explain", "--facts", "요청=구매자취소")]
)
def test_the_program_speaks_korean_where_the_locale_does_not(words):
    code, out, _ = typed(*words, **NO_KOREAN)
    assert code == 0
    assert "니다" in out


@posix
def test_a_run_writes_its_korean_names_where_the_locale_has_none(desk):
    code, out, _ = typed("run", "--home", str(desk.home), "--as-of", "2026-11-23T09:00", **NO_KOREAN)
    assert code in (0, 1)
    workbook = desk.outbox / "처리목록_20261123_090000.xlsx"
    assert workbook.is_file()
    assert workbook.name in out
    assert (desk.inbox / "done/20261123_090000" / samples.file_name("주문조회", MORNING)).is_file()
    assert typed("status", "--home", str(desk.home), **NO_KOREAN)[0] == 0


@posix
def test_a_new_desk_and_its_form_have_korean_names(tmp_path):
    home = tmp_path / "가게"
    assert typed("init", str(home), **NO_KOREAN)[0] == 0
    assert typed("template", "--home", str(home), **NO_KOREAN)[0] == 0
    assert (home / "outbox/답변양식.xlsx").is_file()


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="the disks of a Mac take no such names")
@pytest.mark.parametrize("environment", [NO_KOREAN, {}], ids=["C", "utf-8"])
def test_files_whose_names_are_no_text_are_read_moved_and_named(desk, environment):
    home = desk.home.rename(desk.home.with_name(os.fsdecode(b"desk\xff")))
    inbox = home / "inbox"
    (only,) = inbox.iterdir()
    only.rename(inbox / os.fsdecode(b"\xfe_20261123_0900.xlsx"))
    (inbox / os.fsdecode(b"x\xff")).mkdir()
    aged(inbox / os.fsdecode(b"x\xff")).joinpath(os.fsdecode(b"\xff.csv")).write_bytes(b"a,b\n1,2\n")
    aged(inbox / os.fsdecode(b"x\xff") / os.fsdecode(b"\xff.csv"))

    code, out, _ = typed("run", "--home", str(home), "--as-of", "2026-11-23T09:00", **environment)

    assert code == 1
    assert "x?/?.csv" in out
    moved = {path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()}
    assert moved == {
        f"done/20261123_090000/{os.fsdecode(bytes([0xFE]))}_20261123_0900.xlsx",
        f"failed/20261123_090000/{os.fsdecode(bytes([0xFF]))}.csv",
        f"failed/20261123_090000/{os.fsdecode(bytes([0xFF]))}.csv.txt",
    }


# ── a library that is not there ──


@pytest.fixture
def without(tmp_path):
    """An environment in which a library cannot be loaded."""

    def environment(module):
        stub = tmp_path / "stub" / module
        stub.mkdir(parents=True)
        (stub / "__init__.py").write_text(
            f"raise ModuleNotFoundError(\"No module named '{module}'\", name='{module}')\n"
        )
        return {"PYTHONPATH": str(stub.parent)}

    return environment


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("click", "click"),
        ("psutil", "psutil"),
        ("pandas", "pandas"),
        ("numpy", "numpy"),
        ("holidays", "holidays"),
        ("yaml", "PyYAML"),
        ("xlsxwriter", "XlsxWriter"),
        ("python_calamine", "python-calamine"),  # loaded by the process that opens files, as the next two are
        ("lxml", "lxml"),
        ("msoffcrypto", "msoffcrypto-tool"),
    ],
)
def test_a_missing_package_is_named_with_the_command_that_brings_it(desk, without, module, package):
    lying = sorted(desk.inbox.iterdir())
    code, out, err = typed("run", "--home", str(desk.home), **without(module))
    assert (code, out) == (3, "")
    assert err.removeprefix("읽고 판단하는 중입니다…\n") == (
        f"필요한 파이썬 패키지가 없거나 망가져 시작하지 못했습니다: {package}\n"
        "이 프로그램의 폴더에서 한 번만 실행하고 다시 해 보세요: python -m pip install -e .\n"
    )
    assert sorted(desk.inbox.iterdir()) == lying
    assert list(desk.outbox.glob("*.xlsx")) == []


@across(
    {
        "module": ["click", "pandas"],
        "words": [("--lang", "en"), ("--lang=en",)],
    }
)
def test_it_is_said_in_english_and_as_json_when_asked(desk, without, module, words):
    environment = without(module)
    english = f"Could not start: a Python package is missing or broken: {module}\n"
    english += "Run this once in the folder of this program, and try again: python -m pip install -e ."
    code, _, err = typed("run", "--home", str(desk.home), *words, **environment)
    assert (code, err.removeprefix("Reading and deciding…\n")) == (3, f"{english}\n")
    code, out, _ = typed("run", "--home", str(desk.home), "--json", *words, **environment)
    assert (code, json.loads(out)) == (3, {"type": "error", "code": "package_missing", "message": english})


def test_a_fault_of_our_own_is_not_blamed_on_a_package():
    fault = ImportError("cannot import name 'x' from 'processor.model'", name="processor.model")
    with pytest.raises(ImportError) as raised:
        start.missing(fault)
    assert raised.value is fault


def test_a_package_is_known_by_what_is_said_where_it_has_no_name():
    assert start.missing(ImportError("No module named 'yaml.cyaml'")).en.splitlines()[0].endswith(": PyYAML")
    assert "DLL load failed" in start.missing(ImportError("DLL load failed")).ko
