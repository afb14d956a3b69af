"""The sentence about an order that no file has: similar numbers, and the files that were searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from processor import outbox
from processor.market.order_numbers import has_all_digits
from processor.model import Problem, Text, josa

_SHOWN: Final = 10
_DAMAGED: Final = Text(
    "상품주문번호는 날짜로 시작하는 16자리 숫자입니다. 엑셀이 번호를 바꾸었을 수 있으니 판매자센터에서 복사해 주세요.",
    "A product order number has 16 digits and begins with a date. A spreadsheet may have changed it: copy it from the Seller "
    "Center.",
)
_NO_FILES: Final = Text(
    "inbox에 살펴볼 파일이 없습니다. 판매자센터에서 받은 파일을 넣어 주세요.",
    "There is no file to look through: drop your exports into inbox.",
)


def not_found(number: str, looked: Sequence[str], near: Sequence[str], unread: Sequence[Problem]) -> Iterator[Text]:
    quoted = f"'{number}'"
    if unread:
        yield Text(
            f"{quoted} 주문이 적힌 줄은 있지만 문제가 있어 판단하지 않았습니다.",
            f"There are rows of {quoted}, but something is wrong with them, so nothing was decided.",
        )
    else:
        yield Text(f"{josa(quoted, '을/를')} 찾지 못했습니다.", f"There is no {quoted}.")
        yield from _instead(number, near)
    yield from _unread(unread)
    if not looked:
        yield _NO_FILES
        return
    yield Text("살펴본 파일:", "Files looked through:")
    yield from (Text(f"  {name}", f"  {name}") for name in looked[:_SHOWN])
    if (more := len(looked) - _SHOWN) > 0:
        yield Text(f"  … 그 밖에 {more}개", f"  … and {more} more")


def _instead(number: str, near: Sequence[str]) -> Iterator[Text]:
    """Sentences on what else may have been meant."""
    if near:
        numbers = ", ".join(near)
        yield Text(f"혹시 이 번호인가요? {numbers}", f"Did you mean {numbers}?")
    elif not has_all_digits(number):
        yield _DAMAGED


def _unread(unread: Sequence[Problem]) -> Iterator[Text]:
    for problem in unread:
        both = (outbox.problem_lines(problem, lang) for lang in ("ko", "en"))
        yield from (Text(ko, en) for ko, en in zip(*both, strict=True))
