"""The seven sheets to work through: one for each action, in the order to work in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final

from processor.model import Action, Report, Text
from processor.outbox.columns import ACTION_COLUMNS, hinted
from processor.outbox.english import several
from processor.outbox.part import Part, at, some
from processor.outbox.sheet import LINKS, Line, Look, Sheet, Table, Tone, table_of

PROBLEM_SHEET: Final = "입력파일"
SUMMARY_SHEET: Final = "요약"
_FROZEN: Final = 2  # 처리결과 and 상품주문번호 stay in sight
_ANSWER: Final = Text(
    "노란 칸에 답을 고르고 저장한 뒤, 이 파일을 그대로 inbox 폴더에 넣으면 이어서 처리합니다.",
    "Choose the answers in the yellow cells, save, and drop this very file into the inbox folder to go on.",
)
_ASKED: Final = Text(" 짙은 주황색 칸은 꼭 적어 주세요.", " Please do fill the dark orange cells.")
_WARNINGS_SHOWN: Final = 3  # few, for whoever reads the sheet looks for its headers near the top
_MORE_WARNINGS: Final = Text(
    "알릴 것이 더 있습니다. 여기를 누르면 〈요약〉 시트에 모두 있습니다.",
    "There are more warnings. Click here: all of them are on 〈요약〉.",
)
_LINKS_END: Final = Text(
    f" 주문 화면으로 가는 연결은 위에서부터 {LINKS:,}줄까지만 있습니다.",
    f" Only the first {LINKS:,} rows lead to their order's screen.",
)
_TASKS: Final = {
    Action.APPROVE: Text(
        "취소 요청을 승인할 주문입니다. 한번 승인하면 되돌릴 수 없으니 상품주문번호를 다시 확인해 주세요.",
        "Cancel requests to approve. An approval cannot be undone: check each 상품주문번호 again.",
    ),
    Action.SELLER_CANCEL: Text(
        "판매자가 직접 취소할 주문입니다. 되돌릴 수 없습니다. 화면에서는 한 번에 한 가지 사유만 고를 수 있어 사유별로 모았습니다.",
        "Orders that you cancel yourself. This cannot be undone. They stand by reason, for the screen takes one reason at a time.",
    ),
    Action.RETURN: Text(
        "이미 보낸 주문이라 취소가 아니라 반품으로 처리합니다.",
        "Already dispatched: these are handled as returns, not as cancels.",
    ),
    Action.NEGOTIATE: Text(
        "먼저 구매자와 이야기해야 하는 주문입니다. 답을 받기 전에는 취소하지 마세요.",
        "Talk to the buyer first. Do not cancel before there is an answer.",
    ),
    Action.SHIP: Text(
        "보내야 하는 주문입니다. 처리기한이 빠른 것부터 적었습니다.",
        "Orders to dispatch, the most urgent first.",
    ),
    Action.REVIEW: Text(
        "알려진 것만으로는 정할 수 없는 주문입니다. ‘이유’ 칸이 무엇을 알려 주시면 되는지 말합니다.",
        "What is known does not settle these. 〈이유〉 says what is needed.",
    ),
    Action.NONE: Text(
        "지금은 하실 일이 없는 주문입니다. 참고로만 보세요.",
        "Nothing to do for these now; for your information.",
    ),
}
_EMPTY: Final = Text(
    "오늘 이 시트에는 처리할 주문이 한 건도 없습니다.", "Today there is not a single order on this sheet."
)


def action_sheets(part: Part) -> list[Sheet]:
    return [_sheet(action, part) for action in Action]


def _sheet(action: Action, part: Part) -> Sheet:
    here = some(part, [verdict.action is action for verdict in part.report.verdicts])
    if action is Action.SELLER_CANCEL:
        here = _by_reason(here)
    table = _table(action, here)
    return Sheet(action.ko, (Line(_title(action, here), Tone.TITLE), *_lines(action, here, table), table), _FROZEN)


def _by_reason(part: Part) -> Part:
    """The same rows with equal reasons together; the reason of the most urgent row comes first."""
    reasons = _chosen(part)
    rank = {reason: number for number, reason in enumerate(dict.fromkeys(reasons))}
    return at(part, sorted(range(len(reasons)), key=lambda place: rank[reasons[place]]))


def _chosen(part: Part) -> list[str]:
    """For each row the reason to choose on the screen."""
    known = {reason.name: reason.seller_chooses for reason in part.book.reasons}
    chosen = [known.get(str(verdict.facts.get("사유", ""))) for verdict in part.report.verdicts]
    return [chosen[situation] or part.told[situation].reason for situation in part.situations]


def _title(action: Action, part: Part) -> str:
    count = len(part.situations)
    said = Text(f"{action.ko} {count:,}건", f"{action.ko} ({action.value}): {several(count, 'order')}").said(part.lang)
    if not count:
        return f"{said} — {_EMPTY.said(part.lang)}"
    said = f"{said} — {_TASKS[action].said(part.lang)}"
    if action is not Action.SELLER_CANCEL:
        return said
    reasons = Counter(_chosen(part))
    return f"{said} ({' · '.join(f'{reason} {times:,}' for reason, times in reasons.items())})"


def _lines(action: Action, part: Part, table: Table) -> Iterator[Line]:
    """How to answer, and what must be known before this sheet is worked through."""
    said = [_ANSWER]
    said += [_ASKED] if any(table.asked.values()) else []
    said += [_LINKS_END] if len(part.situations) > LINKS else []
    yield Line("".join(one.said(part.lang) for one in said))
    problems = len(part.report.batch.row_problems) + len(part.report.batch.file_problems)
    if action is Action.REVIEW and problems:
        yield Line(problem_notice(problems).said(part.lang), Tone.WARNING, PROBLEM_SHEET)
    if action is Action.SHIP and part.situations:
        yield from _warnings(part)


def _warnings(part: Part) -> list[Line]:
    lines = warning_lines(part.report, part.lang)
    if len(lines) <= _WARNINGS_SHOWN:
        return lines
    return [*lines[: _WARNINGS_SHOWN - 1], Line(_MORE_WARNINGS.said(part.lang), Tone.WARNING, SUMMARY_SHEET)]


def warning_lines(report: Report, lang: str) -> list[Line]:
    return [Line(f"※ {warning.said(lang)}", Tone.WARNING) for warning in report.warnings]


def problem_notice(problems: int) -> Text:
    return Text(
        f"이 밖에 읽지 못한 줄이나 파일이 {problems:,}개 있습니다. 여기를 누르면 〈{PROBLEM_SHEET}〉 시트의 문제 목록으로 갑니다.",
        f"Besides these, {several(problems, 'row or file', 'rows or files')} could not be read. Click here for the list on 〈{PROBLEM_SHEET}〉.",
    )


def _table(action: Action, part: Part) -> Table:
    reasons = part.book.reasons
    columns = ((hinted(column, part.lang, reasons), fill(part)) for column, fill in ACTION_COLUMNS)
    table = table_of(f"claims_{action.value}", columns)
    return Table(table.name, table.columns, table.cells, asked=_asked(part))


def _asked(part: Part) -> dict[str, frozenset[int]]:
    """The answer cells that would settle a row, to be marked."""
    answers = {column.header for column, _ in ACTION_COLUMNS if column.look is Look.ANSWER}
    asks = [verdict.asks for verdict in part.report.verdicts]
    wanted = answers & set(chain.from_iterable(asks))
    return {
        header: frozenset(row for row, situation in enumerate(part.situations) if header in asks[situation])
        for header in sorted(wanted)
    }
