"""The commands about what earlier runs left: what still waits, and forgetting what is old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from processor.cli.clock import moment
from processor.cli.errors import stop, trouble_with_the_ledger
from processor.cli.language import LANG, said
from processor.cli.options import as_json, as_of, before, for_good, home, lang
from processor.cli.speech import AS_JSON, answer, json_line, tell
from processor.model import CELL_NAMED, RESULT, Text, Turn

if TYPE_CHECKING:  # heavy rooms; the commands import them when they run
    from processor.app.desk import Desk
    from processor.app.forget import Old
    from processor.ledger import Item, Waiting

_SHOWN: Final = 20


@home
@as_of
@as_json
@lang
def status(home: Path, as_of: str | None) -> None:
    from processor import ledger

    today = moment(as_of).date()
    with trouble_with_the_ledger():
        found = ledger.waiting(_desk(home).ledger)
    answer([json_line(_as_json(found, today))] if AS_JSON else _lines(found, today))


@before
@home
@for_good
@as_json
@lang
def forget(before: str, home: Path, yes: bool) -> NoReturn:
    from processor.app.forget import forget as forget_old
    from processor.app.forget import old

    desk, day = _desk(home), moment(before, "--before").date()
    with trouble_with_the_ledger():
        found = forget_old(desk, day) if yes else old(desk, day)
    if AS_JSON:
        kept = {"type": "forget", "before": day.isoformat(), "removed": yes, **found.entries._asdict()}
        tell([json_line(kept | {"folders": [str(folder) for folder in found.folders]})])
    else:
        tell(_forgotten(found, day, yes))
    raise click.exceptions.Exit(0)


def _desk(home: Path) -> Desk:
    from processor.app.desk import Desk

    if not (desk := Desk(home)).rules.exists():
        no_desk = Text(
            f"{home}에 rules.yaml이 없으니 작업 폴더가 아닙니다. 폴더를 --home으로 알려 주세요.",
            f"{home} has no rules.yaml, so it is no desk. Name the folder with --home.",
        )
        stop(2, "no_desk", no_desk)
    return desk


def _lines(found: Waiting, today: date) -> Iterator[str]:

    if found.last_run is None:
        yield said("아직 한 번도 처리하지 않았습니다.", "Nothing has been handled yet.")
        return
    yield said(
        f"{found.last_run:%Y-%m-%d %H:%M}까지 처리한 것 가운데 기다리는 일 {len(found.items):,}건 (오늘 {today})",
        f"Waiting, by what was handled up to {found.last_run:%Y-%m-%d %H:%M}: {len(found.items):,} (today is {today})",
    )
    for turn in Turn:
        here = [item for item in found.items if item.turn is turn]
        if here:
            yield ""
            counts = Counter(said(item.action.ko, item.action.en) for item in here)
            kinds = " · ".join(f"{action} {count:,}" for action, count in counts.items())
            yield f"■ {turn.text.said(LANG)} {len(here):,}" + (f" ({kinds})" if len(counts) > 1 else "")
            yield from (_line(item, today) for item in here[:_SHOWN])
            if (more := len(here) - _SHOWN) > 0:
                yield said(
                    f"  … 그 밖에 {more:,}건 (--json에 모두 있습니다)", f"  … and {more:,} more (--json has them all)"
                )
    if found.done:
        yield ""
        yield said(
            f"처리결과에 완료라고 적으셔서 빼 둔 일 {found.done}건. 새 파일에 그대로 있으면 다시 나옵니다.",
            f"Left out because you called them done: {found.done}. They come back if a newer export shows them unchanged.",
        )


def _line(item: Item, today: date) -> str:
    """The deadline, the action, the order, since when, and what would settle it."""
    since = f"{item.since:%m-%d %H:%M}"
    parts = [
        f"  {_deadline(item.act_by, today)}  {said(item.action.ko, item.action.en)}  {item.product_order_no}  {item.product}".rstrip(),
        said(f"{since}부터", f"since {since}"),
    ]
    if item.asks:
        parts.append(
            said(
                f"적을 칸: {' · '.join(item.asks)}",
                f"to fill: {' · '.join(CELL_NAMED[cell].header.en for cell in item.asks)}",
            )
        )
    if item.result:
        english = {choice.ko: choice.en for choice in RESULT.choices}
        parts.append(said(f"처리결과 {item.result}", f"result {english.get(item.result, item.result)}"))
    return " · ".join(parts)


def _deadline(act_by: date | None, today: date) -> str:
    if act_by is None:
        return said("기한 없음  ", "no deadline")
    if act_by < today:
        return said(f"{act_by} 지남", f"{act_by} over")
    return said(f"{act_by} 오늘", f"{act_by} today") if act_by == today else f"{act_by}     "


def _as_json(found: Waiting, today: date) -> dict[str, Any]:
    return {
        "type": "status",
        "as_of": today.isoformat(),
        "last_run": found.last_run.isoformat(timespec="seconds") if found.last_run else None,
        "done": found.done,
        "waiting": [
            {
                "waits_for": item.turn.value,
                "product_order_no": item.product_order_no,
                "order_no": item.order_no,
                "product": item.product,
                "action": item.action.value,
                "rule": item.rule,
                "since": item.since.isoformat(timespec="seconds"),
                "act_by": item.act_by.isoformat() if item.act_by else None,
                "asks": list(item.asks),
                "flags": list(item.flags),
                "workbook": item.workbook,
                "result": item.result,
            }
            for item in found.items
        ],
    }


def _forgotten(found: Old, day: date, yes: bool) -> Iterator[str]:
    entries, folders = found.entries, len(found.folders)
    if yes:
        yield said(
            f"{day} 전의 것을 지웠습니다: 끝난 주문 {entries.orders}건 · 벌점 {entries.points}건 · 파일 기록 {entries.files}개 · 원본 폴더 "
            f"{folders}개",
            f"Removed what is older than {day}: {entries.orders} closed orders, {entries.points} entries of points, "
            f"{entries.files} records of files, {folders} folders of inputs",
        )
    else:
        yield said(
            f"{day} 전의 것: 끝난 주문 {entries.orders}건 · 벌점 {entries.points}건 · 파일 기록 {entries.files}개 · 원본 폴더 {folders}개",
            f"Older than {day}: {entries.orders} closed orders, {entries.points} entries of points, {entries.files} records of "
            f"files, {folders} folders of inputs",
        )
        yield from (f"  {folder}" for folder in found.folders)
    if entries.still_open:
        yield said(
            f"아직 끝나지 않은 주문 {entries.still_open}건은 오래됐어도 남깁니다.",
            f"Orders that are still open stay, however old: {entries.still_open}",
        )
    if not yes:
        yield said(
            "아직 아무것도 지우지 않았습니다. 지우려면 --yes를 붙이세요.",
            "Nothing was removed yet: add --yes to do it.",
        )
