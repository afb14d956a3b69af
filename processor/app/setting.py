"""Tells and changes the settings of a shop: `store:` of the desk's rules.yaml, whose comments stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import disk
from processor.app import own_rules
from processor.app.checking import read, read_text
from processor.app.desk import Desk
from processor.app.errors import RulesBroken, WrongUse, WrongValues
from processor.app.foreseeing import Foreseen
from processor.app.own_rules import Edited
from processor.model import Col, Text, josa, one_line
from processor.outbox import Listing
from processor.rulebook.editing import entry, with_value, without
from processor.rulebook.load import Complaint, load
from processor.rulebook.settings import ONE_PRODUCT, Named, Plain, Setting, in_force, named, understood


@dataclass(frozen=True, slots=True)
class Changed:
    """One setting, and its value before and after. They are equal if it was so already."""

    named: Named
    before: Any  # if it could not be understood, as it stands in the file
    after: Plain

    @property
    def text(self) -> Text:
        label, setting = self.named.label, self.named.setting
        before, after = setting.said(self.before), setting.said(self.after)
        if before == after:
            return Text(f"{label.ko}: 그대로 {after.ko}", f"{label.en}: still {after.en}")
        return Text(f"{label.ko}: {before.ko} → {after.ko}", f"{label.en}: {before.en} → {after.en}")


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """What `change` has done. written: False if all was so already."""

    changes: tuple[Changed, ...]
    written: bool

    def lines(self) -> Iterator[Text]:
        yield from (change.text for change in self.changes)
        yield from (Text(f"! {each.ko}", f"! {each.en}") for each in _warnings(self.changes))
        yield _WRITTEN if self.written else _AS_BEFORE

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {"type": "set", "written": self.written, "changes": _told(self.changes, lang)}


@dataclass(frozen=True, slots=True)
class SettingsTried:
    """What other settings would do, before they are written."""

    changes: tuple[Changed, ...]
    foreseen: Foreseen

    def values(self, lang: str) -> dict[str, Any]:
        """All of it for programs; the keys are a contract."""
        warnings = [text.said(lang) for text in _warnings(self.changes)]
        changes = [change for change in self.changes if change.before != change.after]
        said = [change.text.said(lang) for change in changes]
        told = {"changes": _told(changes, lang), "said": said, "warnings": warnings}
        return {"type": "settings_tried", **told, **self.foreseen.values(lang)}


def _told(changes: Iterable[Changed], lang: str) -> list[dict[str, Any]]:
    return [{**_of(change.named, change.after, lang), "before": change.before} for change in changes]


def _warnings(changes: Iterable[Changed]) -> Iterator[Text]:
    yield from filter(None, (change.named.setting.warning(change.after) for change in changes))


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings that are in force."""

    values_in_force: tuple[tuple[Named, Plain], ...]
    goods: tuple[Text, ...] = ()  # the kinds that a product may be
    stages: tuple[Text, ...] = ()  # of sanctions

    def lines(self) -> Iterator[Text]:
        for found, value in self.values_in_force:
            label, said, possible = found.label, found.setting.said(value), Text.joined(" · ", found.setting.possible)
            yield Text(f"{label.ko}: {said.ko}", f"{label.en}: {said.en}")
            yield Text(f"  {found.key} = {possible.ko}", f"  {found.key} = {possible.en}")
        yield from _HOW

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        settings = [
            {**_of(found, value, lang), **_possible(found.setting, lang)} for found, value in self.values_in_force
        ]
        words = {
            name: [{"word": text.ko, "said": text.said(lang)} for text in texts]
            for name, texts in {"goods": self.goods, "stages": self.stages}.items()
        }
        return {"type": "settings", "settings": settings, **words}


def settings(desk: Desk) -> Settings:
    """The settings in force. Raises RulesBroken."""
    book = read(desk.rules)
    kinds = book.words["상품"]
    goods = zip(kinds.values or (), kinds.english[1:], strict=False)
    return Settings(
        tuple(in_force(book)), tuple(Text(*kind) for kind in goods), (_NO_STAGE, *book.penalties.steps.stages)
    )


class Ordered(NamedTuple):
    """A product of the list of the day, and how many orders it has there."""

    number: str
    name: str
    orders: int


def ordered(listing: Listing) -> list[Ordered]:
    """The products of all orders of the day, also of those that ask nothing, most ordered first."""
    rows = listing.report.rows[[Col.PRODUCT_NO, Col.PRODUCT_NAME]].fillna("")
    counted = Counter(rows.itertuples(index=False, name=None))
    return [Ordered(number, one_line(name), count) for (number, name), count in counted.most_common() if number]


def tried(desk: Desk, said: Iterable[tuple[str, str]], as_of: datetime, marks: Path | None) -> SettingsTried:
    """What these values would do to the list of the day; nothing is written.

    Raises WrongUse, WrongValues, RulesBroken, Busy and LedgerUnusable.
    """
    said = [*said]
    asked = _asked(said)
    if wrong := {
        found.key: sentence
        for found, value in asked.items()
        if isinstance(value, str) and isinstance(sentence := found.setting.read(value), Text)
    }:
        raise WrongValues(wrong)
    new = own_rules.edited(desk, lambda text: _edited(text, asked))
    try:
        book = own_rules.proved(desk, new, marks)
    except RulesBroken as broken:
        if wrong := _whose(broken.complaints, new.after, asked):
            raise WrongValues(wrong) from broken
        raise
    return SettingsTried(_changes(new, asked, desk.rules.name), own_rules.foresee(desk, book, as_of, marks))


def _whose(complaints: Iterable[Complaint], text: str, asked: Iterable[Named]) -> dict[str, Text]:
    """The complaints by the settings that were asked for; empty if one of them is about something else."""
    document = load(text.removeprefix(disk.BOM), [])
    if document is None:
        return {}
    places: dict[tuple[int, int], Named] = {}
    for found in asked:
        for depth in range(len(found.path), 1, -1):  # also what stands around it, such as the product
            path = found.path[:depth]
            places.setdefault(document.mark(path), found)
            places.setdefault(document.key(path), found)
    whose = [(places.get((each.line, each.column)), each.message) for each in complaints]
    if any(found is None for found, _ in whose):
        return {}
    return {found.key: message for found, message in whose if found}


def change(desk: Desk, said: Iterable[tuple[str, str]], marks: Path | None = None) -> SettingsChanged:
    """Gives settings these values if the rules are sound with them, else changes nothing.

    said: the name of a setting, and its value as a seller says it. Raises WrongUse, RulesBroken, Busy and OSError.
    """
    asked = _asked(said)
    new = own_rules.change(desk, lambda text: _edited(text, asked), marks)
    return SettingsChanged(_changes(new, asked, desk.rules.name), new.changed)


def _changes(new: Edited, asked: Mapping[Named, Plain], name: str) -> tuple[Changed, ...]:
    before = _before(new.before.removeprefix(disk.BOM), list(asked), name)
    return tuple(Changed(found, before[found], value) for found, value in asked.items())


def _asked(said: Iterable[tuple[str, str]]) -> dict[Named, Plain]:
    """The settings that are named, with the values that are meant.

    What can't be understood is left as it was said: the check of the rules refuses it in its own words.
    """
    asked: dict[Named, Plain] = {}
    wrong: list[Text] = []
    for name, written in said:
        found = named(name)
        if isinstance(found, Text):
            wrong.append(found)
            continue
        value = found.setting.read(written)
        meant = written if isinstance(value, Text) else value
        if asked.setdefault(found, meant) != meant:
            wrong.append(_twice(found.key))
    if wrong:
        raise WrongUse(*wrong)
    return asked


def _edited(text: str, asked: Mapping[Named, Plain]) -> str:
    """The text with these values. What is told of a product goes as a whole. Raises NotEdited."""
    for found, value in asked.items():
        gone = found.setting is ONE_PRODUCT and value is None
        text = without(text, found.path) if gone else with_value(text, found.path, value)
    return text


def _before(text: str, asked: Iterable[Named], name: str) -> dict[Named, Any]:
    """The values that stood in the file, or else in the rules on which it builds."""
    document = load(text, [])
    values: dict[Named, Any] = {}
    if document:
        own = understood(document)[0]
        values = {found: value for found in asked for value, missing in [entry(own, found.path)] if not missing}
    if values.keys() >= set(asked):
        return values
    try:
        return {**dict.fromkeys(asked), **dict(in_force(read_text(text, name))), **values}
    except RulesBroken:
        return {**dict.fromkeys(asked), **values}


def _of(found: Named, value: Plain, lang: str) -> dict[str, Any]:
    return {
        "key": found.key,
        "label": found.label.said(lang),
        "value": value,
        "said": found.setting.said(value).said(lang),
    }


def _possible(setting: Setting, lang: str) -> dict[str, Any]:
    """What may be written for it: in words, and each choice with the word of the file and what to bear in mind."""
    return {
        "possible": [text.said(lang) for text in setting.possible],
        "free": setting.grammar is not None,
        "choices": [
            {
                "word": choice.word,
                "said": choice.text.said(lang),
                "warning": choice.warning.said(lang) if choice.warning else "",
            }
            for choice in setting.choices
        ],
    }


def _twice(key: str) -> Text:
    return Text(f"{josa(key, '을/를')} 두 번 다르게 적었습니다.", f"{key} is given twice.")


_NO_STAGE: Final = Text("없음", "none")
_WRITTEN: Final = Text(
    "rules.yaml에 적었습니다. 다음 처리부터 이대로 합니다.", "Written to rules.yaml. The next run goes by it."
)
_AS_BEFORE: Final = Text(
    "바뀐 것이 없어 rules.yaml을 그대로 두었습니다.", "Nothing changed: rules.yaml was left alone."
)
_HOW: Final = (
    Text(
        '바꾸려면: python -m processor set return_fee=3,000원 "today_cutoff=오후 2시"',
        'To change some: python -m processor set return_fee=3,000원 "today_cutoff=2 PM"',
    ),
    Text(
        "상품마다 다르면: products.상품번호.return_fee=5,000원 (그 밖에 상품 · 제작동의 · outbound_fee · free_shipping_over)",
        "For one product: products.NUMBER.return_fee=5,000원 (or 상품 · 제작동의 · outbound_fee · free_shipping_over)",
    ),
    Text(
        "내 벌점: penalty_now.day=2026-11-20 penalty_now.points=6점 (그 밖에 ratio_percent · stage · stage_since)",
        "Penalty points: penalty_now.day=2026-11-20 penalty_now.points=6 (or ratio_percent · stage · stage_since)",
    ),
)
