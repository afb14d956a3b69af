"""The lines on how the rule was found: the rows that nearly fitted, why the others did not, and the row that fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from processor.model import Text, Tried, josa, several
from processor.outbox.story.story import Story

_SHOWN = 3  # the most unmet conditions that are shown of one row


def row_lines(story: Story, lang: str) -> Iterator[str]:
    hit, above, near = story.trail.hit, story.trail.above, story.nearest
    name = _name(hit, lang)
    yield Text(
        f"규칙은 위에서부터 읽고 처음 맞는 줄을 씁니다. {josa(name, '이/가')} 맞았습니다. 그 위의 {len(above)}줄은 맞지 않았습니다.",
        f"Rules are read from the top, and the first that fits counts: {name}. None of the {several(len(above), 'row')} above it fits.",
    ).said(lang)
    if near:
        yield Text("가장 가까웠던 줄:", "The nearest ones:").said(lang)
        yield from (f"- {_name(row, lang)}: {_missed(row, lang)}" for row in near)
    if rest := [row for row in above if row not in near]:
        yield _summed_up(rest, story, lang)
    yield Text(f"맞은 줄 {name}:", f"The row that fits, {name}:").said(lang)
    yield from (f"✓ {condition.said.said(lang)}" for condition in hit.conditions)
    if not hit.conditions:
        yield Text(
            "✓ 위의 어느 줄도 맞지 않을 때 쓰는 마지막 줄입니다", "✓ the last row, for all that no other row fits"
        ).said(lang)


def _name(row: Tried, lang: str) -> str:
    return Text(f"{row.rule}({row.outcome.ko})", f"{row.rule} ({row.outcome.en})").said(lang)


def _missed(row: Tried, lang: str) -> str:
    unmet = [condition.said.said(lang) for condition in row.misses[:_SHOWN]]
    if (more := len(row.misses) - _SHOWN) > 0:
        unmet.append(Text(f"그 밖에도 {more}가지가 다릅니다", f"{several(more, 'more condition')} unmet").said(lang))
    return ". ".join(unmet) + "."


def _summed_up(rest: Sequence[Tried], story: Story, lang: str) -> str:
    """The other rows, counted by the first condition that each of them missed."""
    causes = Counter(row.misses[0].word for row in rest)
    by_count = [
        (count, [*words])
        for count, words in groupby(sorted(causes, key=causes.__getitem__, reverse=True), causes.__getitem__)
    ]
    ko = ", ".join(
        f"{josa('·'.join(words), '이/가')} 달라서 {count}줄{'씩' if len(words) > 1 else ''}"
        for count, words in by_count
    )
    en = ", ".join(f"{count} by {story.book.words[word].text.en}" for count, words in by_count for word in words)
    return Text(
        f"나머지 {len(rest)}줄이 맞지 않은 이유: {ko}.",
        f"The other {several(len(rest), 'row')} were kept out: {en}.",
    ).said(lang)
