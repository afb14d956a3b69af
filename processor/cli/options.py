"""The options and arguments of the commands, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from processor.cli.language import said


def _option(ko: str, en: str, *names: str) -> Any:  # noqa: ANN401 - what typer wants is its own secret
    return typer.Option(*names, help=said(ko, en))


Home = Annotated[
    Path,
    _option("작업 폴더 (rules.yaml, inbox, outbox가 있는 곳)", "the desk: a folder with rules.yaml, inbox and outbox"),
]
AsOf = Annotated[
    str | None,
    _option(
        "기준 시각, 예: 2026-11-22 또는 2026-11-22T09:00 (안 적으면 지금)",
        "the moment to judge by, e.g. 2026-11-22 or 2026-11-22T09:00 (default: now)",
    ),
]
Lang = Annotated[Literal["ko", "en"], _option("한국어 또는 영어", "Korean or English")]
AsJson = Annotated[bool, _option("결과를 JSON으로", "print JSON", "--json")]
DryRun = Annotated[
    bool, _option("아무것도 쓰거나 옮기지 않고 결과만 봅니다", "write and move nothing, only tell", "--dry-run")
]
CatchUp = Annotated[
    bool,
    _option(
        "inbox에 있는 것을 알아 두기만 하고 처리목록은 만들지 않습니다 (처음 시작할 때)",
        "take note of what lies in inbox without acting on it (to begin with)",
        "--catchup",
    ),
]
Before = Annotated[
    str, _option("이날보다 오래된 것, 예: 2026-08-01", "what is older than this day, e.g. 2026-08-01", "--before")
]
ForGood = Annotated[
    bool, _option("정말 지웁니다 (안 적으면 무엇을 지울지만 봅니다)", "really remove it (else only told)", "--yes")
]
Quiet = Annotated[bool, _option("문제가 없으면 조용히", "say nothing when all is well", "--quiet")]
PasswordFile = Annotated[
    Path | None, _option("엑셀 비밀번호가 한 줄에 하나씩 적힌 파일", "a file with one workbook password per line")
]
Rules = Annotated[Path, _option("쓸 규칙 파일", "the rules to use")]
Files = Annotated[list[Path], typer.Argument(help=said("판매자센터에서 받은 파일들", "exports from the Seller Center"))]
NewFolder = Annotated[Path, typer.Argument(help=said("새로 만들 폴더", "the folder to make"))]
Schema = Annotated[
    bool,
    _option(
        "편집기가 낱말과 값을 채워 줄 때 쓰는 JSON 스키마를 보여 줍니다",
        "print the JSON Schema that editors complete from",
        "--schema",
    ),
]
What = Annotated[
    list[str],
    typer.Argument(
        help=said(
            "상품주문번호 하나, 또는 --facts와 함께 '낱말=값' 여럿",
            "one 상품주문번호, or with --facts several word=value",
        )
    ),
]
Facts = Annotated[
    bool,
    _option(
        "파일 대신 적은 사실로 답합니다, 예: --facts 요청=구매자취소 송장=없음",
        "answer for a supposed order, e.g. --facts 요청=구매자취소 송장=없음",
        "--facts",
    ),
]
Forget = Annotated[bool, _option("적어 둔 비밀번호를 모두 지웁니다", "forget all that are kept", "--forget")]
