"""What stands in the rules beside the rows of the tables, as sentences: files, reasons, days, numbers, texts, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from processor.model import NOTHING, Text, several
from processor.outbox.rule_sentences import WORKING_DAYS, cited, deadline, number, open_deadline
from processor.outbox.wording import CERTAINTIES, steps
from processor.rulebook.changes import written
from processor.rulebook.types import Rulebook

Said = Iterator[Text]


def _pair(name: Text | str, value: Text | str) -> Text:
    names, values = (Text.same(each) if isinstance(each, str) else each for each in (name, value))
    return Text(f"{names.ko}: {values.ko}", f"{names.en}: {values.en}")


def _exports(book: Rulebook, _day: date) -> Said:
    exports = book.exports
    for kind in exports.kinds:
        sheets, columns = " · ".join(kind.sheets), " · ".join(kind.required or kind.any_of)
        yield _pair(kind.label, Text(f"시트 {sheets}, 열 {columns}", f"sheets {sheets}, columns {columns}"))
    for role, headers in exports.columns.items():
        yield _pair(role, " · ".join(headers))
    for role, labels in {**exports.states, **exports.hints}.items():
        yield _pair(role, ", ".join(f"{label} → {word}" for label, word in labels.items()))
    yield _pair(Text("읽지 않는 구매자 정보 열", "columns about buyers, never read"), " · ".join(exports.personal))
    yield _pair(Text("파일의 한도", "limits of a file"), written(exports.limits))


def _reasons(book: Rulebook, _day: date) -> Said:
    for reason in book.reasons:
        fault = reason.fault_if_buyer
        if reason.fault_if_seller != reason.fault_if_buyer:
            fault = f"{fault}, 판매자가 접수하면 {reason.fault_if_seller}"
        labels = " · ".join(reason.labels)
        yield _pair(reason.label, Text(f"귀책 {fault}. 적히는 말: {labels}", f"fault {fault}. Labels: {labels}"))


def _impossible(_book: Rulebook, _day: date) -> Said:
    return iter(())


def _decisions(book: Rulebook, _day: date) -> Said:
    for its in book.open_deadlines:
        yield _pair(Text("열려 있는 일의 기한", "deadline of what is open"), open_deadline(its, book))


def _fees(book: Rulebook, day: date) -> Said:
    interest = book.delay_interest
    rate, basis = interest.percent.on(day) or 0, cited(interest.sources, book)
    for request, name in interest.after.items():
        yield _pair(
            Text("환불 지연배상", "interest on a late refund"),
            Text(
                f"{request}에서 {name} 기한이 지나면 한 해 {rate}% ({basis.ko})",
                f"{request}: {rate}% a year once {name} has passed ({basis.en})",
            ),
        )


def _penalties(book: Rulebook, day: date) -> Said:
    its = book.penalties
    bounds, early = its.sanction, its.early
    yield _pair(
        Text("제재", "sanction"),
        Text(
            f"{bounds.window_days}일 동안 {bounds.points}점 이상이면서 결제건수의 {bounds.ratio_percent}% 이상",
            f"{several(bounds.points, 'point')} in {bounds.window_days} days, and {bounds.ratio_percent}% of the paid orders",
        ),
    )
    yield _pair(
        Text("미리 알림", "warning"),
        Text(
            f"{early.points}점이나 {early.ratio_percent}%부터",
            f"from {several(early.points, 'point')} or {early.ratio_percent}% on",
        ),
    )
    for stage, restricts in zip(its.steps.stages, its.steps.restricts, strict=True):
        yield _pair(Text(f"단계 · {stage.ko}", f"stage · {stage.en}"), restricts)
    yield _pair(
        Text("단계를 잊는 날", "stages are forgotten"),
        Text(f"마지막 제재에서 {its.steps.memory_days}일 뒤", f"{its.steps.memory_days} days after the last sanction"),
    )
    yield _pair(
        Text("같은 상품의 반복 취소", "repeated cancels of a product"),
        Text(f"{its.repeats.times}번부터 알림", f"told from {its.repeats.times} on"),
    )
    for span in its.moratoria:
        yield _pair(Text("벌점이 없는 기간", "no points are given"), f"{span.first} ~ {span.last}")


def _calendar(book: Rulebook, day: date) -> Said:
    calendar = book.calendar
    for name, days in (
        (Text("더한 휴일", "more holidays"), calendar.closed),
        (Text("휴일이지만 일하는 날", "holidays that are working days"), calendar.open),
        (Text("가게가 쉬는 날", "days off of the shop"), calendar.store_closed),
    ):
        yield _pair(name, Text.same(", ".join(map(str, days))) if days else Text("없음", "none"))
    for kind, numbers in calendar.dispatch_days.items():
        left = number(numbers, day, WORKING_DAYS)
        yield _pair(
            Text(f"발송기한 · {kind}", f"dispatch deadline · {kind}"),
            Text(f"결제일에서 {left.ko}", f"{left.en} after the payment"),
        )
    for its in calendar.deadlines.values():
        yield _pair(Text(f"기한 · {its.name}", f"deadline · {its.name}"), deadline(its, book, day))


def _messages(book: Rulebook, _day: date) -> Said:
    messages = book.messages
    for name, draft in {**messages.drafts, **messages.costs}.items():
        yield _pair(name, written(draft))
    for name, clicks in messages.screens.items():
        said, limit = steps(clicks), messages.limits.get(name)
        most = Text(f" (글은 {limit}자까지)", f" (at most {limit} characters)") if limit else NOTHING
        yield _pair(Text(f"화면 · {name}{most.ko}", f"screen · {name}{most.en}"), said)


def _sources(book: Rulebook, _day: date) -> Said:
    for name, source in book.sources.items():
        sure, review = CERTAINTIES[source.certainty], source.review_by
        again = Text(f", {review}까지 다시 확인", f", to be checked again by {review}") if review else NOTHING
        yield _pair(name, Text(f"{source.title.ko} ({sure.ko}{again.ko})", f"{source.title.en} ({sure.en}{again.en})"))


SECTIONS: Final[Mapping[str, tuple[Text, Callable[[Rulebook, date], Said]]]] = {
    "exports": (Text("엑셀 파일을 알아보는 법", "How files are recognised"), _exports),
    "reasons": (Text("사유", "Reasons"), _reasons),
    "impossible": (Text("있을 수 없는 상황", "What can't be"), _impossible),
    "decisions": (Text("판단: 처음 맞는 줄 하나", "Decisions: the first row that fits"), _decisions),
    "fees": (Text("배송비: 처음 맞는 줄 하나", "Shipping fees: the first row that fits"), _fees),
    "penalties": (Text("벌점: 맞는 줄 모두", "Penalty points: every row that fits"), _penalties),
    "calendar": (Text("날과 기한", "Days and deadlines"), _calendar),
    "messages": (Text("안내문과 판매자센터 처리 순서", "Messages, and what to click"), _messages),
    "sources": (Text("출처와 확실한 정도", "Sources, and how certain they are"), _sources),
}
"""Section of rules.yaml → its heading, and what stands in it beside the rows of a table."""
