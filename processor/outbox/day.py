"""What a list says of the earlier lists of its day, which it takes the place of."""

from __future__ import annotations

from collections.abc import Iterator

from processor.model import Report, Text
from processor.outbox.english import several


def of_the_day(report: Report) -> Iterator[Text]:
    """Nothing for the first list of a day."""
    if report.replaces and not report.says_nothing:
        last = report.replaces[-1]
        yield Text(
            f"이 처리목록이 오늘 먼저 만든 처리목록_{last}.xlsx를 대신합니다. 이제 이것만 보세요: 그 목록의 할 일 가운데 {report.remaining:,}건이 "
            "남아 있습니다.",
            f"This workbook takes the place of today's earlier 처리목록_{last}.xlsx. Work by this one alone: of what that one "
            f"asked for, {several(report.remaining, 'order is', 'orders are')} left.",
        )
    if report.done:
        yield Text(
            f"처리결과에 완료라고 적으신 {report.done:,}건은 뺐습니다. 더 나중에 받은 파일에 그대로 있으면 다시 나옵니다.",
            f"Left out because you called them done: {report.done:,}. They come back if a newer export shows them unchanged.",
        )
