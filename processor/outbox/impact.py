"""The workbook about other rules: what they would have decided on past runs, in sheets as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from processor.model import NOTHING, Payer, Text, josa, several
from processor.model.impact import Flip, Impact, NotSeen, Side
from processor.outbox import captions
from processor.outbox.publish import write_sheets
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Tone, Value, table_by_row
from processor.rulebook import Rulebook
from processor.rulebook.changes import Change
from processor.rulebook.compared import Difference, Differences
from processor.rulebook.types import Cell

_SUMMARY: Final = Text("요약", "Summary")
_FLIPS: Final = Text("뒤집힌 주문", "Flipped orders")
_BY_RULE: Final = Text("규칙별", "By rule")
_POINTS: Final = Text("벌점", "Points")
_MONEY: Final = Text("비용", "Money")
_NOT_SEEN: Final = Text("못 본 것", "Not seen")
_NOTHING_TO_SHOW: Final = Line(Text("해당하는 것이 없습니다.", "There is none."))
_NOT_DECIDED: Final = Text("목록에 없음", "Not on the lists")

_BEFORE: Final = Text("지금", "Now")
_AFTER: Final = Text("바꾸면", "Changed")


def _of(what: Text, side: Text) -> Text:
    return Text(f"{what.ko} ({side.ko})", f"{what.en} ({side.en.lower()})")


_ACTION, _RULE, _WON, _SCORE, _WHO = (
    Text("조치", "Action"),
    captions.RULE,
    Text("배송비", "Shipping"),
    Text("벌점", "Points"),
    Text("부담", "Who pays"),
)
_ORDER: Final = Column(captions.PRODUCT_ORDER_NO, Look.ORDER, 18, 18)
_PRODUCT: Final = Column(captions.PRODUCT_NAME, Look.TEXT, 16, 30)
_FLIP_COLUMNS: Final = (
    Column(Text("되돌릴 수 있나", "Can it be undone"), Look.WORDS, 14, 16),
    _ORDER,
    _PRODUCT,
    Column(captions.OPTION, Look.TEXT, 10, 18),
    Column(_of(_ACTION, _BEFORE), Look.WORDS, 12, 14),
    Column(_of(_ACTION, _AFTER), Look.WORDS, 12, 14),
    Column(captions.WHY, Look.TEXT, 30, 60),
    Column(_of(_RULE, _BEFORE), Look.TEXT, 10, 12),
    Column(_of(_RULE, _AFTER), Look.TEXT, 10, 12),
    Column(_of(_SCORE, _BEFORE), Look.COUNT, 10, 12),
    Column(_of(_SCORE, _AFTER), Look.COUNT, 10, 12),
    Column(_of(_WON, _BEFORE), Look.WON, 12, 14),
    Column(_of(_WON, _AFTER), Look.WON, 12, 14),
    Column(Text("마지막으로 판단한 처리", "Last decided by"), Look.TEXT, 20, 22),
)
_STEP_COLUMNS: Final = (
    Column(_of(_ACTION, _BEFORE), Look.WORDS, 14, 16),
    Column(_of(_ACTION, _AFTER), Look.WORDS, 14, 16),
    Column(captions.COUNT, Look.COUNT, 10, 12),
)
_RULE_COLUMNS: Final = (
    Column(_of(_RULE, _BEFORE), Look.TEXT, 14, 16),
    Column(_of(_RULE, _AFTER), Look.TEXT, 14, 16),
    *_STEP_COLUMNS,
)
_POINT_COLUMNS: Final = (
    _ORDER,
    _PRODUCT,
    Column(_of(_SCORE, _BEFORE), Look.COUNT, 10, 12),
    Column(_of(_SCORE, _AFTER), Look.COUNT, 10, 12),
)
_MONEY_COLUMNS: Final = (
    _ORDER,
    _PRODUCT,
    Column(_of(_WHO, _BEFORE), Look.WORDS, 12, 14),
    Column(_of(_WHO, _AFTER), Look.WORDS, 12, 14),
    Column(_of(_WON, _BEFORE), Look.WON, 12, 14),
    Column(_of(_WON, _AFTER), Look.WON, 12, 14),
)
_SITUATION_COLUMNS: Final = (
    Column(Text("되돌릴 수 있나", "Can it be undone"), Look.WORDS, 14, 16),
    Column(_of(_RULE, _BEFORE), Look.TEXT, 14, 16),
    Column(_of(_RULE, _AFTER), Look.TEXT, 14, 16),
    Column(Text("이런 주문이면", "For orders with"), Look.LONG, 40, 60),
    Column(Text("달라지는 것", "What changes"), Look.LONG, 30, 44),
    Column(Text("예", "Example"), Look.LONG, 30, 60),
)
_CHANGE_COLUMNS: Final = (
    Column(Text("rules.yaml의 항목", "Entry of rules.yaml"), Look.TEXT, 30, 40),
    Column(_BEFORE, Look.LONG, 20, 44),
    Column(_AFTER, Look.LONG, 20, 44),
)
_SUM_COLUMNS: Final = (
    Column(Text("달라지는 것", "What changes"), Look.LONG, 40, 44),
    Column(_BEFORE, Look.COUNT, 12, 14),
    Column(_AFTER, Look.COUNT, 12, 14),
    Column(Text("단위", "Unit"), Look.WORDS, 8, 10, names=True),
)
_UNSEEN_COLUMNS: Final = (
    Column(Text("처리", "Run"), Look.TEXT, 20, 22),
    _ORDER,
    Column(captions.WHY, Look.TEXT, 40, 100),
)


def impact_sheets(
    impact: Impact,
    new: Rulebook,
    against: Rulebook | None,
    differences: Differences | None,
    changes: Sequence[Change],
) -> tuple[Sheet, ...]:
    """The sheets in both languages. against: the rules that were compared with; None = those of each run."""
    points = [flip for flip in impact.flips if _points(flip.before) != _points(flip.after)]
    money = [flip for flip in impact.flips if _money(flip.before) != _money(flip.after)]
    return (
        Sheet(_SUMMARY, tuple(_summary(impact, new, against)), upright=True),
        _list(_FLIPS, "flips", _FLIP_COLUMNS, impact.flips, _flip_row, frozen=2),
        Sheet(_BY_RULE, (*_by_rule(impact), *_situations(differences), *_changes(changes))),
        _list(_POINTS, "points", _POINT_COLUMNS, points, _point_row, totals=(2, 3)),
        _list(_MONEY, "money", _MONEY_COLUMNS, money, _money_row, totals=(4, 5)),
        _list(_NOT_SEEN, "not_seen", _UNSEEN_COLUMNS, impact.not_seen, _unseen_row),
    )


def write_impact(
    path: Path,
    impact: Impact,
    new: Rulebook,
    against: Rulebook | None,
    differences: Differences | None,
    changes: Sequence[Change],
    moment: datetime,
    lang: str,
) -> None:
    """Writes the workbook, whole or not at all. Raises OSError when the disk refuses or the name is taken."""
    write_sheets(
        path,
        impact_sheets(impact, new, against, differences, changes),
        Text("규칙 변경의 영향", "Impact of other rules"),
        moment,
        lang,
    )


def _list(
    name: Text,
    table: str,
    columns: tuple[Column, ...],
    entries: Sequence[object],
    row: Callable[..., tuple[Value, ...]],
    totals: tuple[int, ...] = (),
    frozen: int | None = None,
) -> Sheet:
    if not entries:
        return Sheet(name, (_NOTHING_TO_SHOW,))
    summed = tuple(columns[at].name for at in totals)
    return Sheet(name, (table_by_row(f"impact_{table}", columns, map(row, entries), summed),), frozen=frozen)


def _summary(impact: Impact, new: Rulebook, against: Rulebook | None) -> Iterator[Block]:
    flips, runs = impact.flips, impact.runs
    other = (
        Text(f"{against.version} 규칙", f"rules {against.version}")
        if against
        else Text("그때의 규칙", "the rules of then")
    )
    yield Line(
        Text(
            f"규칙 {josa(new.version, '으로/로')} 바꾸면 주문 {impact.orders:,}건 가운데 {len(flips):,}건이 달라집니다",
            f"With rules {new.version}, {len(flips):,} of {several(impact.orders, 'order')} come out otherwise",
        ),
        Tone.TITLE,
    )
    yield Line(_period(impact, other))
    yield Line(
        Text(
            "처리마다 그때 실제로 알던 것으로 판단했습니다. 새 규칙이었다면 달라졌을 다음 날의 일까지 이어서 보지는 않았고, 여러 날 나온 주문은 마지막 판단만 셉니다.",
            "Each run is judged with the memory that it really had; what the other rules would have changed for the days after is not played on. "
            "An order of several mornings counts once, by its last decision.",
        )
    )
    if not runs:
        yield Line(Text("해 볼 지난 처리가 없습니다.", "There is no past run to try."), Tone.WARNING)
    grave = sum(flip.irreversible for flip in flips)
    if grave:
        yield Line(
            Text(
                f"되돌릴 수 없는 조치가 달라지는 주문이 {grave:,}건 있습니다. 〈뒤집힌 주문〉 맨 위에 있습니다.",
                f"{several(grave, 'order is', 'orders are')} about an action that can't be undone: the first ones on 〈Flipped orders〉.",
            ),
            Tone.WARNING,
            _FLIPS,
        )
    if impact.not_seen:
        yield Line(
            Text(
                f"해 보지 못한 것이 {len(impact.not_seen):,}건 있습니다. 〈못 본 것〉에 이유와 함께 있습니다.",
                f"{several(len(impact.not_seen), 'entry', 'entries')} could not be tried: see 〈Not seen〉.",
            ),
            Tone.WARNING,
            _NOT_SEEN,
        )
    steps = Counter((_action(flip.before), _action(flip.after)) for flip in flips)
    if steps:
        rows = [(*step, count) for step, count in steps.most_common()]
        yield table_by_row("impact_steps", _STEP_COLUMNS, rows, (_STEP_COLUMNS[2].name,))
    yield table_by_row("impact_sums", _SUM_COLUMNS, _sums(flips))


def _period(impact: Impact, other: Text) -> Text:
    if not impact.runs:
        return Text(f"비교할 것: {other.ko}", f"Compared with {other.en}")
    first, last = (f"{moment:%Y-%m-%d}" for moment in (impact.runs[0][1], impact.runs[-1][1]))
    return Text(
        f"{first}부터 {last}까지의 처리 {len(impact.runs):,}번을 {josa(other.ko, '과/와')} 비교했습니다.",
        f"{several(len(impact.runs), 'run')} from {first} to {last}, compared with {other.en}.",
    )


def _sums(flips: Sequence[Flip]) -> Iterator[tuple[Value, ...]]:
    """Points, and won as far as they are known, of the flipped orders; and how many amounts are not known."""
    before, after = [flip.before for flip in flips], [flip.after for flip in flips]
    yield (
        Text("달라지는 주문의 벌점", "Points of these orders"),
        sum(map(_points, before)),
        sum(map(_points, after)),
        Text("점", "points"),
    )
    for payer in (Payer.BUYER, Payer.SELLER):
        name = Text(
            f"{josa(payer.text.ko, '이/가')} 내는 배송비 (아는 금액만)",
            f"Shipping borne by the {payer.text.en} (known amounts only)",
        )
        yield name, _won(before, payer), _won(after, payer), Text("원", "won")
    yield (
        Text("금액을 모르는 주문", "Orders of unknown amount"),
        _unknown(before),
        _unknown(after),
        Text("건", "orders"),
    )


def _won(sides: Iterable[Side | None], payer: Payer) -> int:
    return sum(side.amount or 0 for side in sides if side is not None and side.payer is payer)


def _unknown(sides: Iterable[Side | None]) -> int:
    return sum(side is not None and side.payer is not Payer.NONE and side.amount is None for side in sides)


def _by_rule(impact: Impact) -> Iterator[Block]:
    found = Counter(
        (_rule(flip.before), _rule(flip.after), _action(flip.before), _action(flip.after)) for flip in impact.flips
    )
    if not found:
        yield _NOTHING_TO_SHOW
        return
    yield table_by_row(
        "impact_rules",
        _RULE_COLUMNS,
        [(*rules, count) for rules, count in found.most_common()],
        (_RULE_COLUMNS[-1].name,),
    )


def _situations(differences: Differences | None) -> Iterator[Block]:
    """What the tables answer otherwise, by proof, whether or not an order was in such a situation."""
    if differences is None:
        return
    yield Line(
        Text(
            "두 규칙이 다르게 답하는 상황 (지난 주문에 있었든 없었든, 증명으로 찾은 것)",
            "Situations that the two rulebooks answer differently, found by proof, whether or not an order was in one",
        ),
        Tone.HEADING,
    )
    if differences.unfinished:
        tables = ", ".join(differences.unfinished)
        yield Line(
            Text(
                f"너무 복잡해 다 찾지 못한 표가 있습니다: {tables}. 아래에 없는 차이가 더 있을 수 있습니다.",
                f"Too much work to find all of these tables: {tables}. There may be more differences than are listed.",
            ),
            Tone.WARNING,
        )
    if differences.found:
        yield table_by_row("impact_situations", _SITUATION_COLUMNS, map(_situation_row, differences.found))
    else:
        yield _NOTHING_TO_SHOW


def _changes(changes: Sequence[Change]) -> Iterator[Block]:
    if changes:
        yield Line(Text("그 밖에 다른 항목", "What else stands otherwise"), Tone.HEADING)
        yield table_by_row("impact_changes", _CHANGE_COLUMNS, ((one.name, one.before, one.after) for one in changes))


def condition(cell: Cell) -> str:
    """A condition as one would write it in rules.yaml."""
    return cell.written or " · ".join(sorted(cell.values))


# ── one row ──


def _situation_row(each: Difference) -> tuple[Value, ...]:
    when = " / ".join(f"{word}: {condition(cell)}" for word, cell in each.conditions.items())
    changed = Text.joined(
        "\n",
        [
            Text(f"{one.name}: {one.before.ko} → {one.after.ko}", f"{one.name}: {one.before.en} → {one.after.en}")
            for one in each.changes
        ],
    )
    example = " / ".join(f"{word}: {value}" for word, value in each.example.items())
    grave = Text("되돌릴 수 없음", "can't be undone") if each.irreversible else NOTHING
    return grave, *(row.id if row else None for row in (each.before, each.after)), when, changed, example


def _flip_row(flip: Flip) -> tuple[Value, ...]:
    return (
        Text("되돌릴 수 없음", "can't be undone") if flip.irreversible else NOTHING,
        flip.product_order_no,
        flip.product,
        flip.option,
        _action(flip.before),
        _action(flip.after),
        flip.why,
        _rule(flip.before),
        _rule(flip.after),
        flip.before and flip.before.points,
        flip.after and flip.after.points,
        flip.before and flip.before.amount,
        flip.after and flip.after.amount,
        flip.run,
    )


def _point_row(flip: Flip) -> tuple[Value, ...]:
    return flip.product_order_no, flip.product, _points(flip.before), _points(flip.after)


def _money_row(flip: Flip) -> tuple[Value, ...]:
    payers = (side.payer.text if side else _NOT_DECIDED for side in (flip.before, flip.after))
    return (
        flip.product_order_no,
        flip.product,
        *payers,
        flip.before and flip.before.amount,
        flip.after and flip.after.amount,
    )


def _unseen_row(each: NotSeen) -> tuple[Value, ...]:
    return each.run, each.product_order_no, each.why


def _action(side: Side | None) -> Text:
    return side.action.text if side else _NOT_DECIDED


def _rule(side: Side | None) -> str:
    return side.rule if side else ""


def _points(side: Side | None) -> int:
    return side.points if side else 0


def _money(side: Side | None) -> tuple[Payer, int | None]:
    return (side.payer, side.amount) if side else (Payer.NONE, 0)
