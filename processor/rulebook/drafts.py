"""Messages to buyers as rules.yaml has them: words, variables, and optional segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from processor.model import Text

PRODUCT: Final = "상품"
VARIABLES: Final[Mapping[str, Text | None]] = {
    PRODUCT: Text("상품", "the product"),
    "수량": None,
    "주문번호": None,
    "금액": None,
    "편도": None,
    "왕복": None,
    "편도/왕복": None,
    "기한": None,
    "택배사": None,
    "송장": None,
    "일자": None,
    "기준": None,
    "처음배송비": None,
    "비용": None,
}
"""The text for a variable whose value is unknown. If it is None, the whole segment is left out."""
COSTS: Final = "비용"
"""The variable for what the buyer pays. The fee row chooses its sentence, so that no draft contradicts the fee."""
PARTICLES: Final = ("은/는", "이/가", "을/를", "과/와", "으로/로")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a variable, with the pair of particles of which one is put after it: `{상품|을/를}`."""

    variable: str
    particle: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Words and slots. An optional segment, `[[ … ]]`, is left out if a variable in it is unknown."""

    pieces: tuple[str | Slot, ...]
    optional: bool

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(piece.variable for piece in self.pieces if isinstance(piece, Slot))


Template = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One message in both languages."""

    ko: Template
    en: Template

    def said(self, lang: str) -> Template:
        return self.en if lang == "en" else self.ko


def with_costs(template: Template, sentence: Template | None) -> Template:
    """The template with the sentence in place of {비용}. Without a sentence the segment with {비용} is left out."""
    return tuple(
        part
        for segment in template
        for part in ([segment] if COSTS not in segment.variables else _instead(segment, sentence or ()))
    )


def _instead(segment: Segment, sentence: Template) -> Iterator[Segment]:
    at = segment.pieces.index(Slot(COSTS))
    if sentence:
        yield Segment(segment.pieces[:at], optional=False)
        yield from sentence
        yield Segment(segment.pieces[at + 1 :], optional=False)


def text_of(template: Template) -> str:
    """The text of a template as rules.yaml has it."""
    return "".join(_text(segment) for segment in template)


def _text(segment: Segment) -> str:
    words = "".join(
        piece if isinstance(piece, str) else f"{{{piece.variable}{f'|{piece.particle}' if piece.particle else ''}}}"
        for piece in segment.pieces
    )
    return f"[[{words}]]" if segment.optional else words


def least_of(template: Template, sentences: Iterable[Template]) -> int:
    """The least number of characters of the filled template, with the longest of these sentences about costs, or none."""
    return max(least(with_costs(template, sentence)) for sentence in (None, *sentences))


def least(template: Template) -> int:
    """The least number of characters of the filled template with all segments, counting one for each variable."""
    return sum(_least(piece) for segment in template for piece in segment.pieces)


def _least(piece: str | Slot) -> int:
    if isinstance(piece, str):
        return len(piece)
    return 1 + max(map(len, (piece.particle or "").split("/")))
