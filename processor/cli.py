"""Arguments in, words and exit code out. Here alone stand the prints and the clock; heavy imports wait inside commands.

Exit codes: 0 done, nothing needs you beyond the actions · 1 done, but some rows or files need you · 2 nothing done:
wrong usage or rules.yaml · 3 could not finish (disk, permission, file open in Excel): nothing was lost.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from processor.model import Text, josa

if TYPE_CHECKING:  # these rooms are heavy; the commands import them when they run
    from processor.intake import Passwords
    from processor.rulebook import Rulebook, RulesError
    from processor.run import Desk

_KST = timezone(timedelta(hours=9))
_TYPED = sys.argv[1:]
_AS_JSON = "--json" in _TYPED or "decide" in _TYPED[:3]  # decide always speaks JSON; `--lang en` may stand before it
_LOCALE = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")


def _language() -> Literal["ko", "en"]:
    """`--lang` wherever it stands; else Korean when the locale is Korean or unset."""
    for option, value in zip(_TYPED, [*_TYPED[1:], ""], strict=False):
        if option == "--lang" or option.startswith("--lang="):
            return "en" if "en" in (value, option[7:]) else "ko"
    return "ko" if _LOCALE.split(".")[0].split("_")[0] in ("", "C", "POSIX", "ko") else "en"


_LANG = _language()


def _t(ko: str, en: str) -> str:
    return Text(ko, en).said(_LANG)


def _option(ko: str, en: str, *names: str) -> Any:  # noqa: ANN401 - what typer wants is its own secret
    return typer.Option(*names, help=_t(ko, en))


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
Quiet = Annotated[bool, _option("문제가 없으면 조용히", "say nothing when all is well", "--quiet")]
PasswordFile = Annotated[
    Path | None, _option("엑셀 비밀번호가 한 줄에 하나씩 적힌 파일", "a file with one workbook password per line")
]
Rules = Annotated[Path, _option("쓸 규칙 파일", "the rules to use")]
Files = Annotated[list[Path], typer.Argument(help=_t("판매자센터에서 받은 파일들", "exports from the Seller Center"))]
NewFolder = Annotated[Path, typer.Argument(help=_t("새로 만들 폴더", "the folder to make"))]
Forget = Annotated[bool, _option("적어 둔 비밀번호를 모두 지웁니다", "forget all that are kept", "--forget")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_t("스마트스토어 취소·반품 처리 도우미", "The claim desk of a Naver Smart Store"),
)


def _command(ko: str, en: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return app.command(help=_t(ko, en))


@app.callback()
def _before_any_command(lang: Lang = _LANG) -> None:
    """Lets `--lang` stand before the command too."""


@_command(
    "inbox의 새 파일을 처리해 outbox에 처리목록을 만듭니다.",
    "Decide what lies in inbox and write the workbook to outbox.",
)
def run(
    home: Home = Path(),
    as_of: AsOf = None,
    password_file: PasswordFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = _LANG,
) -> None:
    from processor.run import Desk

    _run(Desk(home), _moment(as_of), _passwords(password_file, ask=not (quiet or as_json)), dry_run, quiet)


@_command(
    "파일만 읽고 판단을 한 줄에 하나씩 JSON으로 보여 줍니다. 아무것도 건드리지 않습니다.",
    "Read the named files and print decisions as JSON lines. Touches nothing.",
)
def decide(
    files: Files,
    rules: Rules = Path("rules.yaml"),
    as_of: AsOf = None,
    password_file: PasswordFile = None,
    as_json: AsJson = True,
    lang: Lang = _LANG,
) -> None:
    from processor import outbox
    from processor.run import Errand
    from processor.run import decide as decide_files

    book = _book(rules)
    missing = [file for file in files if not file.is_file()]
    if missing:
        names = ", ".join(str(file) for file in missing)
        _stop(2, "file_missing", Text(f"파일이 없습니다: {names}", f"No such file: {names}"))
    report = decide_files(files, book, Errand(_moment(as_of), _passwords(password_file, ask=False), lang))
    try:
        for line in outbox.lines(report, lang):
            print(_json(line))
        sys.stdout.flush()
    except BrokenPipeError:  # `| head`: the reader has seen enough
        _mute()
        raise typer.Exit(0) from None
    raise typer.Exit(1 if outbox.needs_you(report) else 0)


@_command("rules.yaml을 검사합니다. 고친 뒤에는 꼭 하세요.", "Check rules.yaml: shape, words, order of rows, examples.")
def check(home: Home = Path(), as_json: AsJson = False, quiet: Quiet = False, lang: Lang = _LANG) -> None:
    from processor.run import Desk

    book = _book(Desk(home).rules)
    tables = (book.decisions, book.fees, book.penalties.table)
    counts = {table.name: {"rows": len(table.rows), "examples": len(table.examples)} for table in tables}
    if as_json:
        _print([_json({"ok": True, "version": book.version, "sha256": book.sha256, **counts})])
    elif not quiet:
        rows, examples = (sum(count[key] for count in counts.values()) for key in ("rows", "examples"))
        _print(
            [
                _t(
                    f"규칙이 온전합니다: 판단 {counts['decisions']['rows']}줄 · 배송비 {counts['fees']['rows']}줄 · "
                    f"벌점 {counts['penalties']['rows']}줄, 예시 {examples}개가 모두 맞습니다.",
                    f"The rules are sound: {rows} rows in three tables, and all {examples} examples hold.",
                )
            ]
        )


@_command("지어낸 주문으로 작업 폴더를 만들어 한 번 돌려 봅니다.", "Make a desk of invented orders and run it once.")
def demo(
    directory: NewFolder = Path("demo"),
    as_of: AsOf = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = _LANG,
) -> None:
    from processor import samples
    from processor.intake import Passwords
    from processor.run import Desk

    moment = _moment(as_of)
    desk = Desk(_unused(directory))
    _furnish(desk)
    names = samples.demo_desk(desk.inbox, as_of=moment)
    if not (quiet or as_json):
        _print(
            [
                _t(
                    f"지어낸 파일 {len(names)}개를 {desk.inbox}에 넣었습니다 (비밀번호 {samples.DEMO_PASSWORD}):",
                    f"Put {len(names)} invented files into {desk.inbox} (password {samples.DEMO_PASSWORD}):",
                ),
                *(f"  {name}" for name in names),
                "",
            ]
        )
    _run(desk, moment, Passwords([samples.DEMO_PASSWORD]), dry=False, quiet=quiet)


@_command(
    "출고상태·구매자동의와 품절상품을 적어 넣을 빈 양식을 만듭니다.",
    "Write an empty form for your answers and sold-out products.",
)
def template(home: Home = Path(), lang: Lang = _LANG) -> None:
    from processor import outbox
    from processor.run import Desk

    desk = Desk(home)
    reasons = _book(desk.rules).reasons
    path = _unused(desk.outbox / "답변양식.xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    outbox.write_template(path, lang, reasons)
    _print([_t(f"양식을 만들었습니다: {path}", f"Wrote the form: {path}")])


@_command("새 작업 폴더를 만듭니다 (rules.yaml, inbox, outbox).", "Make a new desk: rules.yaml, inbox, outbox.")
def init(directory: NewFolder, lang: Lang = _LANG) -> None:
    from processor.run import Desk

    desk = Desk(directory)
    if desk.rules.exists():
        _stop(
            2,
            "desk_exists",
            Text(f"{desk.rules}이 이미 있어 그대로 두었습니다.", f"{desk.rules} exists already and was left alone."),
        )
    _furnish(desk)
    _print(
        [
            _t(f"작업 폴더를 만들었습니다: {directory}", f"Made a desk: {directory}"),
            _t(
                f"받은 파일을 {desk.inbox}에 넣고 `python -m processor run --home {directory}`를 실행하세요.",
                f"Drop your exports into {desk.inbox} and run `python -m processor run --home {directory}`.",
            ),
        ]
    )


@_command(
    "엑셀 비밀번호를 컴퓨터의 안전한 보관함에 적어 둡니다.",
    "Keep a workbook password in the operating system's keyring.",
)
def password(forget: Forget = False, lang: Lang = _LANG) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        if forget:
            keyring.set_password(*_KEPT, "")
            _print([_t("적어 둔 비밀번호를 모두 지웠습니다.", "All kept passwords are forgotten.")])
        elif typed := _ask(_t("엑셀 파일", "your exports")):
            keyring.set_password(*_KEPT, "\n".join(dict.fromkeys([typed, *_kept()])))
            _print([_t("적어 두었습니다. 이제 묻지 않고 엽니다.", "Kept. Your exports will open without asking.")])
    except KeyringError:
        _stop(3, "no_keyring", _NO_KEYRING)


def main() -> NoReturn:
    """The one way in: every ending is an exit code with a sentence, and no message turns a finished run into a failure."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - a program started without a terminal has none
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115 - both stay open to the end
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal's streams can
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as error:
        code = _complain(2, "usage", _usage(error.format_message()))
    except OSError as error:
        code = _complain(3, "could_not_finish", _disk(error))
    sys.exit(code or 0)


def _run(desk: Desk, moment: datetime, passwords: Passwords, dry: bool, quiet: bool) -> NoReturn:
    """A run by the ordinary path, and what it says about itself."""
    from processor import outbox
    from processor.run import Errand
    from processor.run import run as run_desk

    book = _book(desk.rules)
    if not _AS_JSON and not quiet:
        _say(_t("읽고 판단하는 중입니다…", "Reading and deciding…"))
    done = run_desk(desk, book, Errand(moment, passwords, _LANG, dry))
    if done is None:
        nothing = _t(f"{desk.inbox}에 새 파일이 없습니다.", f"Nothing new in {desk.inbox}.")
        if _AS_JSON or not quiet:
            _print([_json({"type": "nothing_new", "message": nothing}) if _AS_JSON else nothing])
        raise typer.Exit(0)
    needs_you = outbox.needs_you(done.report)
    if _AS_JSON:
        workbook = str(done.workbook) if done.workbook else None
        problems = [line for line in outbox.lines(done.report, _LANG) if line["type"] == "problem"]
        _print([_json({"type": "run", "workbook": workbook, **outbox.summary(done.report), "problem_list": problems})])
    elif needs_you or not quiet:
        _print([*outbox.spoken(done.report, _LANG), _opened(done.workbook)])
    raise typer.Exit(1 if needs_you else 0)


def _opened(workbook: Path | None) -> str:
    if workbook is None:
        return _t("연습 실행이라 아무것도 쓰거나 옮기지 않았습니다.", "Dry run: nothing was written or moved.")
    return _t(f"이 파일을 여세요: {workbook}", f"Open this workbook: {workbook}")


def _book(path: Path) -> Rulebook:
    from processor import rulebook
    from processor.judge import WORDS

    try:
        return rulebook.read(path, WORDS)
    except rulebook.RulesError as error:
        _refuse(error)


def _refuse(error: RulesError) -> NoReturn:
    """Every complaint about rules.yaml at once; nothing was read from the inbox."""
    said = [(complaint, complaint.message.said(_LANG)) for complaint in error.complaints]
    if _AS_JSON:
        complaints = [{"line": complaint.line, "column": complaint.column, "message": text} for complaint, text in said]
        _print([_json({"type": "error", "code": "rules_broken", "file": error.file, "complaints": complaints})])
    else:
        for complaint, text in said:
            _say(f"{error.file}:{complaint.line}:{complaint.column}: {text}")
    raise typer.Exit(2)


def _furnish(desk: Desk) -> None:
    from processor import rulebook

    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True, exist_ok=True)
    desk.rules.write_bytes(rulebook.default_rules().read_bytes())


def _unused(path: Path) -> Path:
    """The path, or with _2, _3 …: nothing that exists is ever written over."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}_{number}{path.suffix}")
    return free


def _moment(written: str | None) -> datetime:
    """Korean wall time, whatever the computer's zone: the only look at the clock."""
    if written is None:
        return datetime.now(_KST).replace(tzinfo=None, microsecond=0)
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(_KST).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        subject = josa(f"'{written}'", "은/는")
        wrong = Text(
            f"--as-of에 적은 {subject} 날짜가 아닙니다. 2026-11-22처럼 적으세요.",
            f"--as-of '{written}' is no date. Write it like 2026-11-22.",
        )
        _stop(2, "usage", wrong)


def _passwords(file: Path | None, *, ask: bool) -> Passwords:
    """PROCESSOR_PASSWORDS first, then the file, the keyring, a person at the terminal. Never a plain flag."""
    from processor.intake import Passwords

    known = os.environ.get("PROCESSOR_PASSWORDS", "").splitlines()
    if file is not None:
        try:
            known += file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            unreadable = Text(f"비밀번호 파일을 읽을 수 없습니다: {file}", f"Can't read the password file: {file}")
            _stop(2, "usage", unreadable)
    at_terminal = ask and sys.stdin is not None and sys.stdin.isatty()
    return Passwords([line.strip() for line in known], _kept, _ask if at_terminal else None)


def _kept() -> list[str]:
    """The passwords in the keyring; none where the computer has no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return (keyring.get_password(*_KEPT) or "").splitlines()
    except KeyringError:
        return []


def _ask(file: str) -> str | None:
    import getpass

    try:
        return (
            getpass.getpass(_t(f"{file}의 비밀번호 (모르면 Enter): ", f"Password of {file} (Enter to skip): ")) or None
        )
    except EOFError:  # Ctrl-D skips as well
        return None


_KEPT = ("smartstore-claim-desk", "workbook passwords")
_NO_KEYRING = Text(
    "이 컴퓨터에는 비밀번호 보관함이 없습니다. --password-file이나 PROCESSOR_PASSWORDS를 쓰세요.",
    "This computer has no keyring. Use --password-file or PROCESSOR_PASSWORDS.",
)
_CAUSES = {
    errno.ENOSPC: Text("디스크에 남은 자리가 없습니다", "no space is left on the disk"),
    errno.EACCES: Text(
        "권한이 없거나 다른 프로그램이 열어 두었습니다", "no permission, or another program has it open"
    ),
    errno.EPERM: Text("권한이 없습니다", "no permission"),
    errno.EROFS: Text("읽기만 할 수 있는 곳입니다", "the place is read-only"),
    errno.EEXIST: Text("같은 이름의 파일이 이미 있습니다", "a file of that name exists already"),
    errno.ENOTDIR: Text("폴더여야 할 자리에 파일이 있습니다", "a file stands where a folder should be"),
}


def _disk(error: OSError) -> Text:
    where = error.filename or _t("디스크", "the disk")
    said = error.strerror or str(error)
    cause = _CAUSES.get(error.errno or 0, Text(said, said))
    return Text(
        f"끝내지 못했습니다. 쓰거나 옮길 수 없는 곳: {where} ({cause.ko}). 엑셀에서 열려 있으면 닫고, 디스크 공간과 폴더 권한을 "
        "확인한 뒤 다시 실행하세요. 잃어버린 파일은 없습니다.",
        f"Could not finish: {where} can't be written or moved ({cause.en}). Close it in Excel, check disk space and "
        "folder permissions, and run again. No file was lost.",
    )


def _usage(wrong: str) -> Text:
    """Nothing typed at all: the help itself; else what was typed, and where to look."""
    typed = " ".join(_TYPED)
    if not typed:
        return Text(wrong, wrong)
    return Text(
        f"이대로는 실행할 수 없습니다: {typed}\n쓸 수 있는 명령과 옵션은 `python -m processor --help`로 보세요.",
        f"{wrong}\nSee `python -m processor --help`.",
    )


def _stop(code: int, name: str, message: Text) -> NoReturn:
    raise typer.Exit(_complain(code, name, message))


def _complain(code: int, name: str, message: Text) -> int:
    """Why it ends here: JSON on stdout for programs, a sentence on stderr for people."""
    if _AS_JSON:
        _print([_json({"type": "error", "code": name, "message": message.said(_LANG)})])
    else:
        _say(message.said(_LANG))
    return code


def _json(value: dict[str, Any]) -> str:
    """One line; plain ASCII where the terminal could not show Korean."""
    return json.dumps(value, ensure_ascii=sys.stdout.encoding.lower().replace("-", "") != "utf8")


def _print(lines: Iterable[str]) -> None:
    """What has been done. It stays done, even when a closed pipe or a full disk takes no words."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except OSError:
        _mute()


def _mute() -> None:
    """What still waits to be printed goes nowhere, so that Python does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(line: str) -> None:
    print(line, file=sys.stderr)
