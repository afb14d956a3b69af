"""The open work by the last runs: who must act, since when, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from processor import ledger
from processor.app.desk import Desk
from processor.app.morning import ledger_troubles
from processor.ledger import Item
from processor.model import CELL_NAMED, RESULT, Text, Turn

_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Status:
    """All open work, the next deadline first."""

    waiting: ledger.Waiting
    today: date

    def lines(self, *, everything: bool = False) -> Iterator[Text]:
        """The lines for a person, grouped by who must act: of each group all, or the first few."""
        found = self.waiting
        if found.last_run is None:
            yield Text("아직 한 번도 처리하지 않았습니다.", "Nothing has been handled yet.")
            return
        last = f"{found.last_run:%Y-%m-%d %H:%M}"
        yield Text(
            f"{last}까지 처리한 것 가운데 기다리는 일 {len(found.items):,}건 (오늘 {self.today})",
            f"Waiting, by what was handled up to {last}: {len(found.items):,} (today is {self.today})",
        )
        for turn in Turn:
            yield from self._of_turn(turn, None if everything else _SHOWN)
        if found.done:
            yield Text("", "")
            yield Text(
                f"처리결과에 완료라고 적으셔서 빼 둔 일 {found.done}건. 새 파일에 그대로 있으면 다시 나옵니다.",
                f"Left out because you called them done: {found.done}. They come back if a newer export shows them unchanged.",
            )

    def _of_turn(self, turn: Turn, most: int | None) -> Iterator[Text]:
        here = [item for item in self.waiting.items if item.turn is turn]
        if not here:
            return
        yield Text("", "")
        counts = Counter(item.action for item in here)
        kinds = Text(
            " · ".join(f"{action.ko} {count:,}" for action, count in counts.items()),
            " · ".join(f"{action.en} {count:,}" for action, count in counts.items()),
        )
        ko, en = (f" ({kinds.ko})", f" ({kinds.en})") if len(counts) > 1 else ("", "")
        yield Text(
            f"■ {turn.text.ko} {len(here):,}{ko}", f"■ {turn.text.en[0].upper()}{turn.text.en[1:]}: {len(here):,}{en}"
        )
        yield from (_line(item, self.today) for item in here[:most])
        if most is not None and (more := len(here) - most) > 0:
            yield Text(
                f"  … 외 {more:,}건. 모두 보려면 status --all", f"  … and {more:,} more. To see them all: status --all"
            )

    def values(self) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        found = self.waiting
        return {
            "type": "status",
            "as_of": self.today.isoformat(),
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


def status(desk: Desk, today: date) -> Status:
    """The open work. Reads only the ledger. Raises LedgerUnusable."""
    with ledger_troubles():
        return Status(ledger.waiting(desk.ledger), today)


def _line(item: Item, today: date) -> Text:
    """The line of one order: deadline, action, number, since when, and which answer would settle it."""
    deadline, since = _deadline(item.act_by, today), f"{item.since:%m-%d %H:%M}"
    order = f"{item.product_order_no}  {item.product}"
    ko = [f"  {deadline.ko}  {item.action.ko}  {order}".rstrip(), f"{since}부터"]
    en = [f"  {deadline.en}  {item.action.en}  {order}".rstrip(), f"since {since}"]
    if item.asks:
        ko.append(f"적을 칸: {' · '.join(item.asks)}")
        en.append(f"to fill: {' · '.join(CELL_NAMED[cell].header.en for cell in item.asks)}")
    if item.result:
        ko.append(f"처리결과 {item.result}")
        english = {choice.ko: choice.en for choice in RESULT.choices}
        en.append(f"result {english.get(item.result, item.result)}")
    return Text(" · ".join(ko), " · ".join(en))


def _deadline(act_by: date | None, today: date) -> Text:
    if act_by is None:
        return Text("기한 없음  ", "no deadline")
    if act_by < today:
        return Text(f"{act_by} 지남", f"{act_by} over")
    return Text(f"{act_by} 오늘", f"{act_by} today") if act_by == today else Text(f"{act_by}     ", f"{act_by}     ")
