"""Answers of the seller in one cell that contradict each other, so that he is asked for the right one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from processor.model.answer_cells import CELL_OF
from processor.model.inputs import Place
from processor.model.text import Text


class Told(NamedTuple):
    """One of the answers that contradict each other."""

    said: Text  # as it was written, and in English; blank = it was erased
    at: datetime | None  # when it was written, as far as is known
    place: Place | None  # None: it was told on an earlier day

    @property
    def text(self) -> Text:
        if self.place is None:
            return Text(f"전에 적으신 '{self.said.ko}'", f"'{self.said.en}' told before")
        said = Text(f"'{self.said.ko}'", f"'{self.said.en}'") if self.said.ko else Text("지워짐", "erased")
        file, sheet, row = self.place
        return Text(f"{said.ko} ({file} › {sheet} › {row}행)", f"{said.en} ({file} › {sheet} › row {row})")


class Contradiction(NamedTuple):
    """One cell of one order, of which nobody knows what the seller means."""

    cell: str  # a name of ANSWER_COLUMNS
    told: tuple[Told, ...]  # in the order in which they were written; none: they are of an earlier day

    @property
    def text(self) -> Text:
        header = CELL_OF[self.cell].header
        if not self.told:
            return Text(
                f"{header.ko}: 서로 다른 답이 있어 맞는 것을 기다립니다",
                f"{header.en}: still waiting for the right one of several answers",
            )
        return Text.joined(": ", [header, Text.joined(" ↔ ", [each.text for each in self.told])])
