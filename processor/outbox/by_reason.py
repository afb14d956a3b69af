"""Groups 판매자취소 by reason: its screen takes one reason and one message to the buyers for all ticked orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from processor.model import NOTHING, Text, several
from processor.outbox import drafts
from processor.outbox.action_columns import DRAFT, MEANING, REASON, drafted
from processor.outbox.part import Fill, Part, at
from processor.outbox.sheet import Line, Tone, Value
from processor.outbox.wording import as_spelled


def by_reason(part: Part) -> Part:
    """The rows sorted into blocks by reason; the reason of the most urgent row comes first.

    Within a reason, rows whose messages say the same about costs stand together, for one message goes to a whole block.
    """
    reasons, blocks = _chosen(part), _blocks(part)
    rank = {reason: number for number, reason in enumerate(dict.fromkeys(reasons))}
    inside = {block: number for number, block in enumerate(dict.fromkeys(blocks))}
    return at(part, sorted(range(len(reasons)), key=lambda place: (rank[reasons[place]], inside[blocks[place]])))


def _blocks(part: Part) -> Sequence[tuple[Text, str | None]]:
    """The block of each row: the reason to choose, and the sentence about costs of its message (a key, or None)."""
    verdicts = part.report.verdicts
    costs = (verdicts[situation].fee.says for situation in part.situations)
    return list(zip(_chosen(part), costs, strict=True))


def _chosen(part: Part) -> Sequence[Text]:
    """For each row the reason to choose on the screen."""
    reasons = part.book.reasons
    spelled = {reason.name: Text(reason.name, as_spelled(reason).en) for reason in reasons}
    known = {reason.name: spelled[reason.seller_chooses] for reason in reasons if reason.seller_chooses}
    chosen = [known.get(str(verdict.facts.get("사유", ""))) for verdict in part.report.verdicts]
    return [chosen[situation] or part.wordings[situation].reason for situation in part.situations]


def block_lines(part: Part) -> Iterator[Line]:
    """A line for each block: which reason to choose on the screen, and for how many orders at once."""
    blocks = Counter(_blocks(part))
    texts = Counter(reason for reason, _ in blocks)
    for (reason, _), count in blocks.items():
        apart = _APART if texts[reason] > 1 else NOTHING
        yield Line(
            Text(
                f"▸ {reason.ko} {count:,}건: 화면에서 이 사유를 고르고 〈안내문〉을 붙여 넣습니다.{apart.ko}",
                f"▸ {reason.en}, {several(count, 'order')}: choose this reason on the screen and paste 〈안내문〉.{apart.en}",
            ),
            Tone.HEADING,
        )


_APART: Final = Text(
    " 같은 사유라도 배송비를 알리는 글이 다르니 이 주문들만 따로 고르세요.",
    " The same reason stands twice, since the messages differ on shipping: tick these orders apart.",
)


def _shared_drafts(part: Part, language: str) -> Sequence[Value]:
    own, verdicts = drafted(part, language), part.report.verdicts
    blocks = [reason.ko for reason in _chosen(part)]
    return drafts.shared(own, blocks, part.situations, verdicts, part.book.messages, language)


FILLS: Final[Mapping[str, Fill]] = {
    REASON.name: _chosen,
    DRAFT.name: lambda part: _shared_drafts(part, "ko"),
    MEANING.name: lambda part: _shared_drafts(part, "en"),
}
