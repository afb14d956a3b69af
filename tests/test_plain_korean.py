"""No sentence of the product uses a word that nobody would say to a colleague, and no particle is glued to a variable.

The sentences are collected from the code, rules.yaml, README.md and the manual, so that new ones are covered too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
import yaml

ROOT: Final = Path(__file__).parents[1]
PLAIN: Final = {
    # what must not stand in a sentence → what says it better
    r"쌌|싸지 않|싸기 전|싸는 |싼 뒤|안 쌈": "포장했-, 포장 전",
    r"까닭": "이유",
    r"견[주줍준]": "비교-",
    r"낱말": "항목",
    r"취소를 거[두둔둠]|거두어|거두면": "취소 철회, 회수-",
    r"살아났|되살리": "다시 보내야 합니다",
    r"말을 듣지 않": "오류입니다",
    r"알아듣지 못": "쓸 수 없는 답입니다",
    r"(?<!처리 )화면 순서": "판매자센터 처리 순서",
    r"(?<!〈)패널티(?![〉,])": "벌점",
    r"막을 점수": "지금 하면 피하는 벌점",
    r"붙을 점수": "하면 붙는 벌점",
    r"제재에 닿": "제재 기준 도달일",
    r"줄 맞추기": "주문 360건을 확인했습니다",
    r"부탁": "요청",
    r"[는할낼줄] 길(?![이에])": "방법",
    r"되는대로": "들어오는 대로",
    r"송장을 무효": "송장을 취소",
    r"지어낸|지어내 ": "연습용, 가정한",
    r"[에를] 치[세신거]|치는 글자|다시 치": "입력-",
    r"돌보는 사람": "담당자",
    r"그만두었": "멈췄-",
    r"엇갈": "서로 다른",
    r"알아냄": "-로 판단",
    r"(으로|상태로|그대로) 봄$": "-로 봤습니다",
    r"건드리": "바꾸-",
    r"이튿날": "다음 날",
    r"새 판(?![매단])": "새 버전",
    r"[했났왔됐갔]나$": "-는지",
    r"흐르지 않|기한[은이]? ?(계속 )?흐": "기한은 그대로입니다, 기한이 멈춰 있습니다",
    r"이 풀리면|풀렸으면": "해결되면",
    r"이어 갑니다": "계속합니다",
    r"대답(이|하지)": "응답",
    r"되풀이": "반복",
    r"오늘을 .*로 보고": "기준 시각은",
    r"수고비": "포장비",
    r"서로 다른 말을": "내용이 다릅니다",
    r"점수가 큰|[어새]\S* 점수$|[별는] 점수$": "벌점",
    r"막을 수 [있없]|막는 ": "피할 수 있는, 피하는",
    r"기준에 닿": "도달-",
    r"\(으\)로|은\(는\)|이\(가\)|을\(를\)|[과와]\([과와]\)": "josa",
    r"셈합니다": "계산합니다",
}
VARIABLE: Final = "\N{REPLACEMENT CHARACTER}"
GLUED: Final = re.compile(
    rf"""{VARIABLE}(?:\([^()]*\))?["'`〉\]]*(은|는|이|가|을|를|과|와|으로|로|이라고|라고|이라는|라는)(?=[ ,.:;)]|$)"""
)
"""A variable, with or without brackets after it, and a particle."""


class Said(NamedTuple):
    """A text with the place from which it came."""

    place: str
    text: str


def code() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted((ROOT / "processor").rglob("*.py")):
        if "samples" not in path.parts:  # names of invented orders, which no seller reads
            yield path, ast.parse(path.read_text("utf-8"))


def of_the_code() -> Iterator[Said]:
    """All texts of the code but docstrings; the variables of an f-string stand as {}."""
    for path, tree in code():
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | statements:
                text = node.value
            else:
                continue
            yield Said(f"{path.relative_to(ROOT)}:{node.lineno}", text)


def of_the_rules() -> Iterator[Said]:
    """All texts of rules.yaml but its `exports`, whose labels are those of files and answers; also its comments."""
    text = (ROOT / "rules.yaml").read_text("utf-8")
    for key, value in yaml.compose(text).value:
        if key.value != "exports":
            yield from _scalars(value)
    for number, line in enumerate(text.splitlines(), start=1):
        if comment := re.search(r"(?:^|\s)#\s(.*)", line):
            yield Said(f"rules.yaml:{number}", comment[1])


def _scalars(node: yaml.Node) -> Iterator[Said]:
    if isinstance(node, yaml.ScalarNode):
        yield Said(f"rules.yaml:{node.start_mark.line + 1}", node.value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)


def of_the_pages() -> Iterator[Said]:
    for page in ("README.md", "processor/MANUAL.md", "processor/CHANGELOG.md"):
        for number, line in enumerate((ROOT / page).read_text("utf-8").splitlines(), start=1):
            yield Said(f"{page}:{number}", re.sub("`[^`]*`", "", line))  # not what one types, or what a rule says


def sentences() -> list[Said]:
    every = (*of_the_code(), *of_the_rules(), *of_the_pages())
    return [said for said in every if " " in said.text and re.search("[가-힣]", said.text)]


def test_the_sentences_of_the_product_are_found() -> None:
    found = sentences()
    for begins in (
        "processor/cli/",
        "processor/outbox/",
        "processor/intake/",
        "rules.yaml:",
        "README.md:",
        "processor/MANUAL.md:",
    ):
        assert sum(said.place.startswith(begins) for said in found) > 20, begins


def test_every_sentence_is_said_as_one_would_say_it() -> None:
    wrong = [
        f"{said.place}: {found[0]} → {plain}   in   {said.text}"
        for said in sentences()
        for pattern, plain in PLAIN.items()
        if (found := re.search(pattern, said.text))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "아직 싸지 않았고 발송 전이라 취소할 수 있습니다",
        "보류한 까닭이 풀리면 환불하세요",
        "다음부터 바뀐 것을 이것과 견줍니다",
        "구매자가 취소를 거두어 주문이 살아났습니다",
        "물건을 어디에서 거두면 되는지 알려 주세요",
        "이미 나갔으면 받으신 뒤 반품하시는 길을 알려 드리겠습니다",
        "부탁하시고 동의해 주신 대로 취소해 드립니다",
        "디스크가 말을 듣지 않습니다",
        "구매자동의 칸의 답을 알아듣지 못했습니다",
        "미포장 (송장 상태로 봄",
        "창고에 물어보기(쌌나·나갔나)",
        "지금 있는 패널티 점수",
        "제재에 닿는 날",
        "열의 이름은 화면 순서",
    ],
)
def test_what_nobody_would_say_is_found(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in PLAIN)


@pytest.mark.parametrize(
    "text",
    ["〈패널티〉부터 보세요", "판매자센터 처리 순서", "새 판매자 화면", "제재까지 갈 길이 멉니다", "송장을 뽑았습니다"],
)
def test_what_one_would_say_is_not(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in PLAIN)


def test_no_particle_is_glued_to_a_variable() -> None:
    """`josa` chooses it by the sound of what stands there. Text in brackets is not read: X(Y)은 goes by X."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and GLUED.search(_with_variables(node))
    ]
    assert not wrong, "\n".join(wrong)


def _with_variables(node: ast.JoinedStr) -> str:
    """The text of an f-string in which each variable is an unreadable sign."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else VARIABLE for part in node.values)
