"""Sentences for files that cannot be read as rules: not text, not YAML, or YAML with forbidden features."""

from __future__ import annotations

from typing import Final

from processor.model import Text, josa


def layout(context: str, problem: str) -> tuple[Text, bool]:
    """The sentence for an error of the YAML parser, and whether its context begins at the mistake."""
    if "\\t" in problem:
        return TAB, False
    if problem == DEEPER:
        return TOO_DEEP, False
    if problem == SECOND:
        return DOCUMENTS, False
    if "anchor" in context or "alias" in context + problem:
        return BORROWED, True
    if "cannot start any token" in problem or "block scalar" in context:
        return ODD_START, True
    if "flow mapping" in context and "':'" in problem:
        return COLON, False
    if any(kind in context for kind in ("flow mapping", "flow sequence", "quoted")):
        return NOT_CLOSED, True
    return BROKEN, "simple key" in context


def twice(key: str) -> Text:
    quoted = f"'{key}'"
    return Text(f"{josa(quoted, '이/가')} 두 번 있습니다. 하나를 지우세요.", f"{quoted} stands twice. Delete one.")


DEEPER: Final = "nested too deep"
SECOND: Final = "a second document"
"""Problems that `load` raises as errors of the parser, which itself has no such bounds."""
TOO_DEEP: Final = Text(
    "괄호나 들여쓰기가 너무 깊습니다. 여기까지 여러 겹으로 들어간 것을 풀어 주세요.",
    "Brackets or indentation go too deep here. Take some of the layers away.",
)
TOO_LARGE: Final = Text(
    "규칙 파일이 1MiB보다 커서 읽지 않았습니다. 다른 파일이 아닌지 보고, 쓰지 않는 내용을 지우세요.",
    "The rules are larger than 1 MiB and were not read. See whether this is another file, and delete what is not used.",
)
MANY_DIGITS: Final = Text(
    "숫자가 너무 깁니다. 15자리 안으로 적으세요. 번호나 글자로 쓰려면 따옴표로 감싸세요.",
    "This number is too long. Write at most 15 digits, or quote it if it is meant as text.",
)
DOCUMENTS: Final = Text(
    "'---' 뒤로 두 번째 문서가 시작합니다. 규칙 파일에는 문서가 하나만 있어야 하니 '---' 줄을 지우세요.",
    "A second document begins here. There can be only one: delete the line '---'.",
)
BORROWED: Final = Text(
    "'&', '*', '<<'는 쓸 수 없습니다. 내용을 그대로 적으세요. 글자로 쓰려면 따옴표로 감싸세요.",
    "Anchors (&), aliases (*) and merge keys (<<) can't be used. Write it out, or quote it if it is meant as text.",
)
TAGGED: Final = Text(
    "'!'로 시작하는 말은 쓸 수 없습니다. 글자로 쓰려면 따옴표로 감싸세요.",
    "Nothing may start with '!'. Quote it if it is meant as text.",
)
NO_SPACE: Final = Text(
    "콜론(:) 뒤에 빈칸이 없습니다. '이름: 값'처럼 한 칸 띄우세요.",
    "There is no space after the colon. Write 'name: value'.",
)
COLON: Final = Text(
    "이 콜론(:) 앞에 쉼표가 빠졌거나, 글 속에 콜론이 들어 있습니다. 콜론이 든 글은 큰따옴표로 감싸세요.",
    "A comma is missing before this colon, or it belongs to a text. Text with a colon in it must be quoted.",
)
TAB: Final = Text(
    "탭이 들어 있습니다. 들여쓰기는 빈칸(스페이스)으로만 하세요.",
    "There is a tab here. Indent with spaces only.",
)
ODD_START: Final = Text(
    "이런 기호로 시작하는 값은 쓸 수 없습니다. 숫자 범위는 '3 이상'처럼 말로 적고, 글자로 쓰려면 따옴표로 감싸세요.",
    "A value can't start with such a sign. Write a range in words, as '3 이상' (3 and over), or quote it if it is meant as text.",
)
NOT_CLOSED: Final = Text(
    "여기서 연 괄호나 따옴표가 제대로 닫히지 않았습니다. 짝이 맞는지, 칸 사이에 쉼표가 있는지 확인하세요.",
    "The bracket or quote that opens here is not closed properly. Look for its partner, and for a comma between the entries.",
)
BROKEN: Final = Text(
    "여기서 형식이 맞지 않습니다. 앞줄까지 살펴보고 들여쓰기, 콜론(:) 뒤 한 칸, 괄호와 따옴표의 짝을 확인하세요.",
    "The layout breaks here. Look at this line and the one above: indentation, a space after each colon, matching brackets and quotes.",
)
UNPRINTABLE: Final = Text(
    "보이지 않는 특수 문자가 들어 있습니다. 이 줄을 지우고 다시 적으세요.",
    "There is an invisible control character here. Delete this line and type it again.",
)
EMPTY: Final = Text(
    "규칙이 비어 있습니다. `python -m processor init 새폴더`로 기본 규칙을 받으세요.",
    "There are no rules in the file. `python -m processor init NEWDIR` gives you the default ones.",
)
MISSING: Final = Text(
    "규칙 파일이 없습니다. 폴더를 --home으로 알려 주거나 `python -m processor init 새폴더`로 새로 만드세요.",
    "There is no such file. Name the folder with --home, or make one with `python -m processor init NEWDIR`.",
)
NO_TEXT: Final = Text(
    "글로 읽을 수 없는 파일입니다. 메모장에서 열어 보고 '다른 이름으로 저장' → 인코딩 UTF-8로 저장하세요.",
    "The file can't be read as text. Open it in Notepad and choose Save as → Encoding UTF-8.",
)
UNREADABLE: Final = Text(
    "파일을 열 수 없습니다. 다른 프로그램에서 열려 있는지, 읽을 권한이 있는지 확인하세요.",
    "The file can't be opened. Is it open elsewhere, or is reading it forbidden?",
)
