"""Tells and changes the settings of a shop: `store:` of the desk's rules.yaml, whose comments stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from processor import disk, ledger
from processor.app.checking import read, read_text
from processor.app.desk import Desk
from processor.app.errors import RulesBroken, WrongUse
from processor.app.morning import ledger_troubles
from processor.model import Text, josa
from processor.rulebook.editing import NotEdited, entry, with_value
from processor.rulebook.load import Complaint, encoded, encoded_text_of, load
from processor.rulebook.settings import Named, Plain, in_force, named, understood


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
        for change in self.changes:
            if warning := change.named.setting.warning(change.after):
                yield Text(f"! {warning.ko}", f"! {warning.en}")
        yield _WRITTEN if self.written else _AS_BEFORE

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        changes = [{**_of(change.named, change.after, lang), "before": change.before} for change in self.changes]
        return {"type": "set", "written": self.written, "changes": changes}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings that are in force."""

    values_in_force: tuple[tuple[Named, Plain], ...]

    def lines(self) -> Iterator[Text]:
        for found, value in self.values_in_force:
            label, said, possible = found.label, found.setting.said(value), Text.joined(" · ", found.setting.possible)
            yield Text(f"{label.ko}: {said.ko}", f"{label.en}: {said.en}")
            yield Text(f"  {found.key} = {possible.ko}", f"  {found.key} = {possible.en}")
        yield from _HOW

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        settings = [
            {**_of(found, value, lang), "possible": [text.said(lang) for text in found.setting.possible]}
            for found, value in self.values_in_force
        ]
        return {"type": "settings", "settings": settings}


def settings(desk: Desk) -> Settings:
    """The settings in force. Raises RulesBroken."""
    return Settings(tuple(in_force(read(desk.rules))))


def change(desk: Desk, said: Iterable[tuple[str, str]]) -> SettingsChanged:
    """Gives settings these values if the rules are sound with them, else changes nothing.

    said: the name of a setting, and its value as a seller says it. Raises WrongUse, RulesBroken, Busy and OSError.
    """
    asked = _asked(said)
    with ledger_troubles(), ledger.alone(desk.outbox):
        complaints: list[Complaint] = []
        found = encoded_text_of(desk.rules, complaints)
        if found is None:
            raise RulesBroken(desk.rules.name, complaints)
        text, encoding = found
        edited = _edited(text, asked, desk.rules.name)
        read_text(edited.removeprefix(disk.BOM), desk.rules.name)
        before = _before(text.removeprefix(disk.BOM), list(asked), desk.rules.name)
        if edited != text:
            disk.write_whole(desk.rules, encoded(edited, encoding))
    return SettingsChanged(
        tuple(Changed(found, before[found], value) for found, value in asked.items()), edited != text
    )


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


def _edited(text: str, asked: Mapping[Named, Plain], name: str) -> str:
    try:
        for found, value in asked.items():
            text = with_value(text, found.path, value)
    except NotEdited as error:
        raise RulesBroken(name, error.complaints) from error
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


def _twice(key: str) -> Text:
    return Text(f"{josa(key, '을/를')} 두 번 다르게 적었습니다.", f"{key} is given twice.")


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
