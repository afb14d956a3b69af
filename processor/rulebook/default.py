"""The default rules, which belong to this program and on which the rules of a desk build."""

from __future__ import annotations

import json
import lzma
import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from processor.model import Text, josa
from processor.rulebook import english
from processor.rulebook.load import loaded

_PACKED: Final = ".json.xz"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION: Final = re.compile(r"^version: (\S+)$", re.MULTILINE)


def default_rules() -> Path:
    """The path of the newest default: beside this file if installed, else at the top of the repository."""
    packed = Path(__file__).with_name("default_rules.yaml")
    return packed if packed.exists() else Path(__file__).parents[2] / "rules.yaml"


def default_text() -> str:
    """The text of the newest default."""
    return default_rules().read_text("utf-8")


def newest() -> dict[str, Any]:
    """The data of the newest default, with its English. If it was released, its release is read, in a tenth of the time."""
    version = _VERSION.search(default_text())
    return (version and _released(version[1])) or as_written()


def as_written() -> dict[str, Any]:
    """The same from its texts: what the next release will hold."""
    return english.completed(loaded(default_text()))


def versions() -> list[str]:
    """The versions on which a desk can build, oldest first; the last is the newest."""
    kept = _folder().iterdir() if _folder().is_dir() else ()
    released = {each.name.removesuffix(_PACKED) for each in kept if each.name.endswith(_PACKED)}
    return sorted(released | {str(newest()["version"])})


def default(version: str) -> dict[str, Any] | None:
    """The data of a default, with its English; None if there is no default of this version."""
    if released := _released(version):
        return released
    data = newest()
    return data if data["version"] == version else None


def _released(version: str) -> dict[str, Any] | None:
    if not _DAY.fullmatch(version) or not (packed := _folder() / f"{version}{_PACKED}").is_file():
        return None
    data: dict[str, Any] = json.loads(lzma.decompress(packed.read_bytes()))
    return data


def no_default() -> Text:
    """The complaint about a based_on that names no default: those that there are."""
    known = versions()
    last, names = known[-1], ", ".join(known)
    return Text(
        f"이 프로그램에는 그런 기본 규칙이 없습니다. based_on에 {josa(last, '을/를')} 적으세요 (있는 것: {names}). 더 새 프로그램으로 만든 "
        "파일이면 프로그램을 새로 설치하세요.",
        f"This program has no such default rules. Write based_on: {last} (there are: {names}), or install the newer "
        "program that made this file.",
    )


def _folder() -> Traversable:
    """Holds every default that was released: packed JSON, named by its version, with its English."""
    return resources.files(__package__) / "released"


def starting_rules() -> str:
    """The rules.yaml of a new desk: it builds on the newest default and has all settings, with their comments."""
    text = default_text()
    settings = text[text.index("\nstore:\n") : text.index("\nexports:")].strip("\n")
    return _STARTING.format(version=newest()["version"], settings=settings)


_STARTING: Final = """\
# 내 가게의 규칙입니다. 고친 뒤에는 꼭:   python -m processor check
#
# 여기에 적지 않은 것은 모두 기본 규칙을 따릅니다.   지금 쓰는 규칙 보기:   python -m processor rules
# 새 기본 규칙이 나와도 저절로 바뀌지 않습니다.      바꾸어 보기:          python -m processor upgrade
based_on: {version}

{settings}

# ── 더 바꿀 때: 아래처럼 적습니다 (맨 앞의 '# '을 지우면 됩니다) ──
# exports:                          # 엑셀의 열 이름이나 칸의 말이 바뀌었을 때. 적은 것이 기본 규칙에 더해집니다
#   columns: {{order_no: [새 주문번호]}}
# calendar:
#   store_closed: [2026-12-31]      # 가게가 쉬는 날
# decisions:
#   rows:
#   - {{id: C-84, off: true}}         # 기본 규칙의 줄을 쓰지 않음. 같은 번호로 줄을 다 적으면 그 줄이 바뀝니다
#   # 내 줄: 번호는 M-01부터, 설 자리는 before(앞)나 after(뒤), 예시도 하나
#   - {{id: M-01, before: C-37, when: {{요청: 구매자취소, 출고: 미포장, 상품: 예약}}, 조치: 고객협의, 이유: 예약 상품은 먼저 물어봅니다, 출처: [판단]}}
#   examples:
#   - {{name: 예약 상품의 취소, given: {{요청: 구매자취소, 주문상태: 발송대기, 송장: 없음, 출고: 미포장, 상품: 예약}}, expect: M-01}}
"""
