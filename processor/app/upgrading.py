"""Puts a desk's rules on the newest default: shows what that changes, and if it is asked to, swaps rules.yaml.

Nothing is swapped that is not proved. The old file stays beside the new one. First it gets its second name, then the new
file takes its place in one step, so whoever is killed in between leaves a whole rules.yaml, the old or the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from processor import disk, ledger, rulebook
from processor.app import desks, proofs, trying
from processor.app.desk import Desk
from processor.app.errors import NotCarried, RulesBroken
from processor.app.morning import ledger_troubles
from processor.app.past_runs import PastRuns
from processor.app.rereading import Rereading
from processor.app.trying import Compared
from processor.judge import WORDS
from processor.model import NOTHING, Text, several
from processor.opener.process import Opening
from processor.rulebook import Rulebook, RulesError, default, load
from processor.rulebook.carrying import Meeting, Names, Told
from processor.rulebook.editing import on_one_line
from processor.rulebook.rebasing import Rebased, rebased

_NAME: Final = "rules.yaml"
DAYS: Final = 30
"""The days of which past runs are tried."""
_SHOWN: Final = 8
"""Entries of one kind that are told on the screen; programs get all of them."""
_LONGEST: Final = 70
"""Characters of a value that are shown on the screen."""


@dataclass(frozen=True, eq=False, slots=True)
class Upgrade:
    """What the newest default changes for a desk, and whether its rules.yaml has been swapped.

    rebased: the new rules; None if the desk builds on the newest default already. compared: the impact on the past runs.
    kept: the old file, under its new name; None if nothing was swapped.
    """

    newest: str
    rebased: Rebased | None = None
    compared: Compared | None = None
    kept: Path | None = None

    @property
    def needs_you(self) -> bool:
        """Have the seller and the default changed the same entry, so that he should look at it?"""
        return self.rebased is not None and bool(self.rebased.meetings)

    def lines(self) -> Iterator[Text]:
        found = self.rebased
        if found is None or self.compared is None:
            yield self._newest_already
            return
        yield _head(found)
        yield from _of_default(found.told)
        yield from _met(found.meetings)
        yield from _renamed(found)
        yield from _tried(self.compared)
        yield _NOT_YET if self.kept is None else _swapped(self.kept)

    @property
    def _newest_already(self) -> Text:
        return Text(
            f"이미 가장 새 기본 규칙({self.newest})을 쓰고 있습니다. 바꿀 것이 없습니다.",
            f"These rules build on the newest default ({self.newest}) already. There is nothing to change.",
        )

    def told(self, lang: str) -> dict[str, Any]:
        """The same for a face that shows it all: `kinds` of entries of the default, `meets`, and the orders that flip."""
        found, compared = self.rebased, self.compared
        if found is None or compared is None:
            return {"type": "upgrade_told", "summary": [self._newest_already.said(lang)], "nothing": True}
        return {
            "type": "upgrade_told",
            "nothing": False,
            "summary": [text.said(lang) for text in (_head(found), *_renamed(found))],
            "kinds": [
                {
                    "heading": title.said(lang),
                    "entries": [[_name(each.names), _difference(each)] for each in entries],
                }
                for title, entries in _kinds(found.told)
            ],
            "meets": [
                [line, _name(each.names), _value(each.own).said(lang), _value(each.after).said(lang)]
                for line, each in found.meetings
            ],
            "impact": [text.said(lang) for text in _on_the_past(compared)],
            "flips": compared.told(lang),
            "swapped": None if self.kept is None else _swapped(self.kept).said(lang),
        }

    def values(self, lang: str) -> list[dict[str, Any]]:
        """The same for programs, the summary last; the keys are a contract."""
        found, compared = self.rebased, self.compared
        return [
            *(_of_told(each) for each in (found.told if found else ())),
            *(_of_meeting(line, each) for line, each in (found.meetings if found else ())),
            *(compared.values(lang) if compared else ()),
            {
                "type": "upgrade",
                "from": found.before if found else self.newest,
                "to": self.newest,
                "was_complete": found.was_complete if found else False,
                "renamed": dict(found.renamed) if found else {},
                "swapped": self.kept is not None,
                "kept": str(self.kept) if self.kept else None,
            },
        ]


def upgrade(desk: Desk, moment: datetime, opening: Opening, marks: Path | None, *, yes: bool) -> Upgrade:
    """Shows what the newest default changes; with `yes` swaps rules.yaml. Raises RulesBroken, NotCarried, Busy, OSError."""
    newest = default.newest()
    version = str(newest["version"])
    if desk.rules.samefile(rulebook.default_rules()):
        return Upgrade(version)
    with ExitStack() as held:
        if yes:
            held.enter_context(ledger_troubles())
            held.enter_context(ledger.alone(desk.outbox))
        before = disk.read(desk.rules, load.MOST_BYTES)
        document, whole, encoding = _document(desk.rules)
        text = whole.removeprefix(disk.BOM)
        found = _rebased(document, text, newest)
        if found is None:
            return Upgrade(version)
        old, new = _old(text, found), _proved(found)
        runs = PastRuns(desk, proofs.proved(marks), {book.sha256: book for book in (new, old) if book})
        since = moment.date() - timedelta(days=DAYS)
        compared = trying.impact(runs, Rereading(runs, opening), new, moment.date(), old, since)
        after = load.encoded(whole[: len(whole) - len(text)] + found.text, encoding)
        kept = desks.swap_rules(desk, before, after, moment) if yes else None
    return Upgrade(version, found, compared, kept)


def _document(path: Path) -> tuple[load.Document, str, str]:
    """What rules.yaml says, its text with its BOM, and its encoding. Raises RulesBroken."""
    complaints: list[rulebook.Complaint] = []
    found = load.encoded_text_of(path, complaints)
    document = None if found is None else load.load(found[0].removeprefix(disk.BOM), complaints)
    if found is None or document is None or complaints:
        raise RulesBroken(path.name, complaints)
    return document, *found


def _rebased(document: load.Document, text: str, newest: dict[str, Any]) -> Rebased | None:
    try:
        return rebased(document, text, _NAME, newest)
    except RulesError as error:
        raise NotCarried(error.file, error.complaints) from error


def _old(text: str, found: Rebased) -> Rulebook | None:
    """The rules of until now; None if this program can't use them, as many a complete file of an earlier one.

    Raises RulesBroken if they build on a default: those must be mended first.
    """
    try:
        return rulebook.read_text(text, _NAME, WORDS)
    except RulesError as error:
        if found.was_complete:
            return None
        raise RulesBroken(error.file, error.complaints) from error


def _proved(found: Rebased) -> Rulebook:
    """The new rules. Raises NotCarried with the complaints about them, at the places of the seller's file."""
    try:
        return rulebook.read_text(found.text, _NAME, WORDS)
    except RulesError as error:
        raise NotCarried(error.file, found.in_the_file(error.complaints)) from error


# ── what a person reads ──


def _head(found: Rebased) -> Text:
    if found.was_complete:
        return Text(
            f"지금 파일은 {found.before}의 규칙을 통째로 적은 것입니다. 새 파일은 기본 규칙 {found.after}에 내 설정과 고친 것만 더합니다.",
            f"This file is a whole copy of the rules of {found.before}. The new one has only your settings and changes, and builds "
            f"on the default rules {found.after}.",
        )
    return Text(f"기본 규칙 {found.before} → {found.after}", f"Default rules {found.before} → {found.after}")


def _of_default(told: Sequence[Told]) -> Iterator[Text]:
    """The first few of each kind."""
    for title, found in _kinds(told):
        yield Text(f"{title.ko} {len(found):,}개:", f"{title.en}, {len(found):,}:")
        for each in found[:_SHOWN]:
            yield Text.same(f"  {_name(each.names)}: {_difference(each)}")
        if (more := len(found) - _SHOWN) > 0:
            yield Text(f"  … 그 밖에 {more:,}개", f"  … and {more:,} more")


def _kinds(told: Sequence[Told]) -> Iterator[tuple[Text, Sequence[Told]]]:
    """New, changed and dropped rows, and then everything else, as far as there are any."""
    rows = [each for each in told if _is_row(each.names)]
    groups = (
        (Text("새 줄", "New rows"), [each for each in rows if each.before is None]),
        (Text("바뀐 줄", "Changed rows"), [each for each in rows if None not in (each.before, each.after)]),
        (Text("없어진 줄", "Dropped rows"), [each for each in rows if each.after is None]),
        (
            Text("그 밖에 바뀐 숫자·말·글", "Other numbers, words and texts"),
            [each for each in told if each not in rows],
        ),
    )
    yield from ((title, found) for title, found in groups if found)


def _met(meetings: Sequence[tuple[int, Meeting]]) -> Iterator[Text]:
    if meetings:
        yield Text(
            f"직접 고치신 곳 가운데 {len(meetings):,}곳을 새 기본 규칙도 고쳤습니다. 고치신 것을 그대로 둡니다:",
            f"Of what you have changed, the new default changes {several(len(meetings), 'entry', 'entries')} too. Yours stay:",
        )
    for line, each in meetings:
        yield Text(f"  rules.yaml {line}줄, {_name(each.names)}", f"  rules.yaml, line {line}, {_name(each.names)}")
        own, after = _value(each.own), _value(each.after)
        yield Text(f"    내 것: {own.ko}", f"    yours: {own.en}")
        yield Text(f"    새 기본 규칙: {after.ko}", f"    the new default: {after.en}")


def _renamed(found: Rebased) -> Iterator[Text]:
    if found.renamed:
        names = ", ".join(f"{old} → {new}" for old, new in found.renamed.items())
        yield Text(f"내 가게만의 줄은 번호가 바뀝니다: {names}", f"Your own rows get other ids: {names}")


def _tried(compared: Compared) -> Iterator[Text]:
    if compared.impact.runs or compared.impact.not_seen:
        yield Text(f"지난 {DAYS}일의 처리와 비교하면:", f"Compared with the runs of the last {DAYS} days:")
        yield from compared.lines()
    else:
        yield _NO_PAST
    yield from _of_situations(compared, _SEE_ALL)


def _on_the_past(compared: Compared) -> Iterator[Text]:
    """What came out otherwise in the last days, and what would."""
    yield compared.how_many if compared.impact.runs else _NO_PAST
    yield from compared.not_tried
    yield from _of_situations(compared, NOTHING)


def _of_situations(compared: Compared, see_all: Text) -> Iterator[Text]:
    """How many kinds of orders are answered otherwise, whether there was one or not. see_all: where they can be seen."""
    if compared.against is not None and compared.differences is not None:
        count = len(compared.differences.found)
        yield Text(
            f"모든 상황을 따져 보면 지금과 다르게 답하는 상황이 {count:,}가지입니다{see_all.ko}."
            if count
            else "모든 상황을 따져 보아도 답이 지금과 똑같습니다.",
            f"Of all situations, {several(count, 'kind')} would be answered otherwise than now{see_all.en}."
            if count
            else "All situations are answered as now.",
        )


def _swapped(kept: Path) -> Text:
    return Text(
        f"rules.yaml을 바꿨습니다. 예전 파일은 {kept}에 그대로 있습니다.",
        f"rules.yaml has been changed. The old file is kept as {kept}.",
    )


def _is_row(names: Names) -> bool:
    return len(names) == 3 and names[1] == "rows"


def _name(names: Names) -> str:
    return names[-1] if _is_row(names) else " › ".join(names)


def _difference(each: Told) -> str:
    """What is different; of a row the cells that are, or its reason if it is new or gone."""
    before, after = each.before, each.after
    if isinstance(before, dict) and isinstance(after, dict) and _is_row(each.names):
        cells = [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]
        return " · ".join(f"{key} {_short(before.get(key))} → {_short(after.get(key))}" for key in cells)
    if _is_row(each.names):
        return str((after or before).get("이유", ""))
    return f"{_short(before)} → {_short(after)}"


def _short(value: Any) -> str:  # noqa: ANN401 - any part of the rules
    said = "–" if value is None else value if isinstance(value, str) else on_one_line(value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _value(value: Any) -> Text:  # noqa: ANN401 - any part of the rules
    return _ABSENT if value is None else Text.same(on_one_line(value))


# ── what a program reads ──


def _of_told(each: Told) -> dict[str, Any]:
    what = "new" if each.before is None else "dropped" if each.after is None else "changed"
    return {"type": "default", "what": what, "name": ".".join(each.names), "before": each.before, "after": each.after}


def _of_meeting(line: int, each: Meeting) -> dict[str, Any]:
    name = ".".join(each.names)
    return {"type": "meets", "line": line, "name": name, "own": each.own, "before": each.before, "after": each.after}


_ABSENT: Final = Text("없음 (쓰지 않음)", "none (not used)")
_NO_PAST: Final = Text(
    f"지난 {DAYS}일의 처리 기록이 없어서, 주문이 어떻게 달라졌을지는 보여 드릴 수 없습니다.",
    f"There is no record of a run in the last {DAYS} days, so it can't be told which orders would have come out otherwise.",
)
_SEE_ALL: Final = Text(" (모두 보기: --json)", " (see them all: --json)")
_NOT_YET: Final = Text(
    "아직 아무것도 바꾸지 않았습니다. 바꾸려면 --yes를 붙이세요.", "Nothing was changed yet: add --yes to do it."
)
