"""The options and arguments of the commands, each described once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import click

from processor.model import Text

_PATH: Final = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option, or an argument if its name has no dashes. `text`: its line in the help."""

    name: str
    text: Text
    more: Mapping[str, Any] = field(default_factory=dict)
    default_is_language: bool = False

    def made(self, lang: str) -> click.Parameter:
        said = self.text.said(lang)
        if not self.name.startswith("-"):
            return click.Argument([self.name], metavar=said, **self.more)
        more = {**self.more, "default": lang} if self.default_is_language else self.more
        return click.Option([self.name], help=said, **more)


LANG: Final = Parameter(
    "--lang",
    Text("한국어 또는 영어", "Korean or English"),
    {"type": click.Choice(["ko", "en"]), "show_default": True, "expose_value": False},
    default_is_language=True,
)
AS_JSON: Final = Parameter("--json", Text("결과를 JSON으로", "print JSON"), {"is_flag": True, "expose_value": False})
HOME: Final = Parameter(
    "--home",
    Text("작업 폴더 (rules.yaml, inbox, outbox가 있는 곳)", "the desk: a folder with rules.yaml, inbox and outbox"),
    {"type": _PATH, "default": Path(), "show_default": True},
)
AS_OF: Final = Parameter(
    "--as-of",
    Text(
        "기준 시각, 예: 2026-11-22 또는 2026-11-22T09:00 (안 적으면 지금)",
        "the moment to judge by, e.g. 2026-11-22 or 2026-11-22T09:00 (default: now)",
    ),
)
DRY_RUN: Final = Parameter(
    "--dry-run",
    Text("아무것도 쓰거나 옮기지 않고 결과만 봅니다", "write and move nothing, only tell"),
    {"is_flag": True},
)
CATCHUP: Final = Parameter(
    "--catchup",
    Text(
        "inbox에 있는 주문의 지금 상태만 기록하고 처리목록은 만들지 않습니다 (처음 시작할 때)",
        "take note of what lies in inbox without acting on it (to begin with)",
    ),
    {"is_flag": True},
)
CLOCK_IS_RIGHT: Final = Parameter(
    "--clock-is-right",
    Text(
        "컴퓨터의 날짜가 맞다고 보고, 마지막 실행에서 40일이 넘었거나 그보다 앞이어도 처리합니다 (오래 쉬었다가 다시 쓸 때)",
        "the date is right, though the last run was more than 40 days ago or later than today (back from a long holiday)",
    ),
    {"is_flag": True},
)
BEFORE: Final = Parameter(
    "--before",
    Text("이날보다 오래된 것, 예: 2026-08-01", "what is older than this day, e.g. 2026-08-01"),
    {"required": True},
)
EVERYTHING: Final = Parameter(
    "--all",
    Text("긴 목록도 줄이지 않고 모두 보여 줍니다", "show all of them, not only the first few"),
    {"is_flag": True},
)
FOR_GOOD: Final = Parameter(
    "--yes",
    Text("정말 지웁니다 (안 적으면 무엇을 지울지만 봅니다)", "really remove it (else only told)"),
    {"is_flag": True},
)
SWAPPED: Final = Parameter(
    "--yes",
    Text("정말 바꿉니다 (안 적으면 무엇이 달라지는지만 봅니다)", "really change it (else only told)"),
    {"is_flag": True},
)
QUIET: Final = Parameter(
    "--quiet", Text("문제가 없으면 아무것도 출력하지 않습니다", "say nothing when all is well"), {"is_flag": True}
)
PASSWORD_FILE: Final = Parameter(
    "--password-file",
    Text("엑셀 비밀번호가 한 줄에 하나씩 적힌 파일", "a file with one workbook password per line"),
    {"type": _PATH},
)
RULES: Final = Parameter(
    "--rules",
    Text("쓸 규칙 파일", "the rules to use"),
    {"type": _PATH, "default": Path("rules.yaml"), "show_default": True},
)
SCHEMA: Final = Parameter(
    "--schema",
    Text(
        "편집기가 항목과 값을 채워 줄 때 쓰는 JSON 스키마를 보여 줍니다",
        "print the JSON Schema that editors complete from",
    ),
    {"is_flag": True},
)
FACTS: Final = Parameter(
    "--facts",
    Text(
        "파일 대신 적은 사실로 답합니다, 예: --facts 요청=구매자취소 송장=없음",
        "answer for a supposed order, e.g. --facts 요청=구매자취소 송장=없음",
    ),
    {"is_flag": True},
)
FORGETTING: Final = Parameter(
    "--forget", Text("저장한 비밀번호를 모두 지웁니다", "forget all that are kept"), {"is_flag": True}
)
FOR_DESK: Final = Parameter(
    "--home",
    Text("모든 가게가 아니라 이 작업 폴더에만 씁니다", "for this desk alone, not for all"),
    {"type": _PATH, "default": None},
)
FILES: Final = Parameter("files", Text("파일...", "FILES..."), {"nargs": -1, "required": True, "type": _PATH})
TAUGHT_FILE: Final = Parameter("file", Text("파일", "FILE"), {"required": True, "type": _PATH})
COLUMN: Final = Parameter(
    "--column",
    Text(
        "바뀐 열의 이름, 예: --column '새 주문번호=주문번호'",
        "a column's new name, e.g. --column '새 주문번호=주문번호'",
    ),
    {"multiple": True},
)
LABEL: Final = Parameter(
    "--label",
    Text(
        "새로 생긴 상태나 사유, 예: --label '발송 준비=발송대기'",
        "a new state or reason, e.g. --label '발송 준비=발송대기'",
    ),
    {"multiple": True},
)
WRITE_DOWN: Final = Parameter(
    "--yes",
    Text("rules.yaml에 적습니다 (안 적으면 어떻게 읽을지만 봅니다)", "write it to rules.yaml (else only shown)"),
    {"is_flag": True},
)
A_NEW_FOLDER: Final = Parameter("directory", Text("폴더", "DIRECTORY"), {"type": _PATH})
DEMO_FOLDER: Final = Parameter(
    "directory", Text("[폴더]", "[DIRECTORY]"), {"type": _PATH, "default": Path("demo"), "required": False}
)
WHAT: Final = Parameter(
    "what", Text("상품주문번호|항목=값...", "PRODUCT_ORDER_NO|WORD=VALUE..."), {"nargs": -1, "required": True}
)
SETTINGS: Final = Parameter("settings", Text("[설정=값]...", "[KEY=VALUE]..."), {"nargs": -1})
ONLY: Final = Parameter("only", Text("[줄|부분]...", "[ID|SECTION]..."), {"nargs": -1})
CHANGES: Final = Parameter(
    "--changes",
    Text(
        "기본 규칙과 다르게 한 것만, 기본 규칙의 것과 나란히 보여 줍니다",
        "only what this desk has otherwise, each beside the default's",
    ),
    {"is_flag": True},
)
RUN: Final = Parameter(
    "--run",
    Text(
        "그 처리의 것으로, 예: 20261123_090000 (처리목록_20261123_090000.xlsx)",
        "as that run knew it, e.g. 20261123_090000 (of 처리목록_20261123_090000.xlsx)",
    ),
)
RUN_OR_ORDER: Final = Parameter("run_or_order", Text("처리|상품주문번호", "RUN|PRODUCT_ORDER_NO"), {"required": True})
NEW_RULES: Final = Parameter(
    "--rules",
    Text("해 볼 규칙 파일 (안 적으면 작업 폴더의 rules.yaml)", "the rules to try (default: those of the desk)"),
    {"type": _PATH, "default": None},
)
AGAINST: Final = Parameter(
    "--against",
    Text("비교할 규칙 파일 (안 적으면 처리마다 그때의 규칙)", "the rules to compare with (default: those of each run)"),
    {"type": _PATH, "default": None},
)
SINCE: Final = Parameter(
    "--since",
    Text("이날부터의 처리만, 예: 2026-11-01", "only runs from this day on, e.g. 2026-11-01"),
)
PORT: Final = Parameter(
    "--port",
    Text("화면이 쓸 포트 (안 적으면 빈 포트)", "the port of the page (default: a free one)"),
    {"type": click.IntRange(0, 65535), "default": 0},
)
NO_BROWSER: Final = Parameter(
    "--no-browser",
    Text("브라우저를 열지 않고 주소만 알려 줍니다", "open no browser, only tell the address"),
    {"is_flag": True},
)
EVERY: Final = Parameter(
    "--every",
    Text("이 폴더 아래의 모든 가게(작업 폴더)를 처리합니다", "run every desk below this folder"),
    {"type": _PATH, "default": None, "metavar": "ROOT"},
)
EVERY_PAGE: Final = Parameter(
    "--every",
    Text(
        "이 폴더 아래의 모든 가게(작업 폴더)를 한 화면에서 보고, 가게를 바꿔 가며 씁니다",
        "show every desk below this folder, and lead from one to the other",
    ),
    {"type": _PATH, "default": None, "metavar": "ROOT"},
)
JOBS: Final = Parameter(
    "--jobs",
    Text(
        "--every에서 한꺼번에 처리할 가게 수 (안 적으면 이 컴퓨터에 맞게)",
        "with --every: how many desks at a time (default: as the computer can)",
    ),
    {"type": click.IntRange(1, 1024), "default": None},
)
DASK: Final = Parameter(
    "--dask",
    Text(
        "--every에서 여러 컴퓨터에 나누어 처리할 Dask 주소, 예: tcp://10.0.0.1:8786",
        "with --every: a Dask cluster that shares the work, e.g. tcp://10.0.0.1:8786",
    ),
    {"default": None, "metavar": "ADDRESS"},
)
ROOT: Final = Parameter("root", Text("폴더", "ROOT"), {"required": True, "type": _PATH})
SECONDS: Final = Parameter(
    "--seconds",
    Text("몇 초마다 볼지", "seconds between two looks"),
    {"type": click.FloatRange(0.5, 3600), "default": 2.0, "show_default": True},
)
DOWNLOADS: Final = Parameter(
    "--downloads",
    Text(
        "다운로드 폴더에 오늘 받은 엑셀도 inbox로 복사해 옵니다",
        "copy today's exports from the downloads folder into inbox too",
    ),
    {"is_flag": True},
)
REMIND: Final = Parameter(
    "--remind",
    Text(
        "오늘 안에 끝낼 일과 아직 안 넣은 파일을 알려 줍니다",
        "remind of what must be done today, and of files that are missing",
    ),
    {"is_flag": True},
)
