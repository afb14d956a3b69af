"""The options and arguments of the commands, each described once. What is known before any command runs, language and
JSON, is not handed to it: see `language.LANG` and `speech.AS_JSON`.
"""

from __future__ import annotations

from pathlib import Path

import click

from processor.cli.language import LANG, said

_PATH = click.Path(path_type=Path)

lang = click.option(
    "--lang",
    type=click.Choice(["ko", "en"]),
    default=LANG,
    show_default=True,
    expose_value=False,
    help=said("한국어 또는 영어", "Korean or English"),
)
as_json = click.option("--json", is_flag=True, expose_value=False, help=said("결과를 JSON으로", "print JSON"))
home = click.option(
    "--home",
    type=_PATH,
    default=Path(),
    show_default=True,
    help=said(
        "작업 폴더 (rules.yaml, inbox, outbox가 있는 곳)", "the desk: a folder with rules.yaml, inbox and outbox"
    ),
)
as_of = click.option(
    "--as-of",
    help=said(
        "기준 시각, 예: 2026-11-22 또는 2026-11-22T09:00 (안 적으면 지금)",
        "the moment to judge by, e.g. 2026-11-22 or 2026-11-22T09:00 (default: now)",
    ),
)
dry_run = click.option(
    "--dry-run",
    is_flag=True,
    help=said("아무것도 쓰거나 옮기지 않고 결과만 봅니다", "write and move nothing, only tell"),
)
catchup = click.option(
    "--catchup",
    is_flag=True,
    help=said(
        "inbox에 있는 것을 알아 두기만 하고 처리목록은 만들지 않습니다 (처음 시작할 때)",
        "take note of what lies in inbox without acting on it (to begin with)",
    ),
)
before = click.option(
    "--before",
    required=True,
    help=said("이날보다 오래된 것, 예: 2026-08-01", "what is older than this day, e.g. 2026-08-01"),
)
for_good = click.option(
    "--yes",
    is_flag=True,
    help=said("정말 지웁니다 (안 적으면 무엇을 지울지만 봅니다)", "really remove it (else only told)"),
)
quiet = click.option("--quiet", is_flag=True, help=said("문제가 없으면 조용히", "say nothing when all is well"))
password_file = click.option(
    "--password-file",
    type=_PATH,
    help=said("엑셀 비밀번호가 한 줄에 하나씩 적힌 파일", "a file with one workbook password per line"),
)
rules = click.option(
    "--rules", type=_PATH, default=Path("rules.yaml"), show_default=True, help=said("쓸 규칙 파일", "the rules to use")
)
schema = click.option(
    "--schema",
    is_flag=True,
    help=said(
        "편집기가 낱말과 값을 채워 줄 때 쓰는 JSON 스키마를 보여 줍니다",
        "print the JSON Schema that editors complete from",
    ),
)
supposed = click.option(
    "--facts",
    is_flag=True,
    help=said(
        "파일 대신 적은 사실로 답합니다, 예: --facts 요청=구매자취소 송장=없음",
        "answer for a supposed order, e.g. --facts 요청=구매자취소 송장=없음",
    ),
)
forgetting = click.option(
    "--forget", is_flag=True, help=said("적어 둔 비밀번호를 모두 지웁니다", "forget all that are kept")
)
files = click.argument("files", nargs=-1, required=True, type=_PATH, metavar=said("파일...", "FILES..."))
a_new_folder = click.argument("directory", type=_PATH, metavar=said("폴더", "DIRECTORY"))
demo_folder = click.argument("directory", type=_PATH, default=Path("demo"), metavar=said("[폴더]", "[DIRECTORY]"))
what = click.argument(
    "what", nargs=-1, required=True, metavar=said("상품주문번호|낱말=값...", "PRODUCT_ORDER_NO|WORD=VALUE...")
)
