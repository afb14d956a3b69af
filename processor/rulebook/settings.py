"""The settings of a shop (`store:` of rules.yaml): what each is called, what may be written for it, and how it is said back.

A value may stand in the file, or be typed, as a seller says it. What may mean two things is a complaint, never a guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from processor.model import Text, josa, space_free
from processor.model.numbers import narrow
from processor.rulebook import spoken
from processor.rulebook.load import Complaint, Document, Path_
from processor.rulebook.nearest import not_one_of, unknown
from processor.rulebook.nearest import written as shortened
from processor.rulebook.spoken import Grammar
from processor.rulebook.types import Rulebook

Plain = str | int | None
"""A value as rules.yaml has it: text, a whole number, true, false or nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value with words of its own: the file's word, the one that a person reads, and others that mean the same."""

    value: Plain
    text: Text
    also: tuple[str, ...] = ()
    warning: Text | None = None  # what to bear in mind with it

    @property
    def word(self) -> str:
        """The file's word."""
        return self.value if isinstance(self.value, str) else json.dumps(self.value)

    @property
    def words(self) -> tuple[str, ...]:
        return (self.word, self.text.ko, self.text.en, *self.also)

    @property
    def shown(self) -> Text:
        """What a person reads, with the file's word."""
        if self.word == self.text.ko:
            return self.text
        return Text(f"{self.text.ko}({self.word})", f"{self.text.en} ({self.word})")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `key`: the names below `store:`; ANY stands for the number of a product.

    Its values are those of `choices`, and what `grammar` reads.
    """

    key: tuple[str, ...]
    label: Text
    choices: tuple[Choice, ...] = ()
    grammar: Grammar | None = None

    def read(self, written: str) -> Plain | Text:
        """The value that is meant, or the sentence that says what to write instead."""
        word = _compared(written)
        for choice in self.choices:
            if word in map(_compared, choice.words):
                return choice.value
        found = self.grammar.read(written) if self.grammar else None
        return self._wrong(written) if found is None else found

    def said(self, value: Any) -> Text:  # noqa: ANN401 - also a value of the file that can't be understood
        """The value as a person reads it."""
        if choice := self._choice(value):
            return choice.text
        if value is None:
            return _NONE
        return self.grammar.said(value) if self.grammar and isinstance(value, str | int) else Text.same(str(value))

    def warning(self, value: Plain) -> Text | None:
        """What to bear in mind with that value."""
        choice = self._choice(value)
        return choice.warning if choice else None

    @property
    def possible(self) -> tuple[Text, ...]:
        """What may be written for it."""
        return (*((self.grammar.example,) if self.grammar else ()), *(choice.shown for choice in self.choices))

    def _choice(self, value: Plain) -> Choice | None:
        return next((choice for choice in self.choices if choice.value == value), None)

    def _wrong(self, written: str) -> Text:
        words = [choice.shown for choice in self.choices]
        if self.grammar is None:
            return not_one_of(written, [word for choice in self.choices for word in choice.words], words)
        how, others, shown = self.grammar.example, Text.joined("·", words), shortened(written)
        return Text(
            f"'{shown}' 대신 '{how.ko}'처럼 적으세요." + (f" 그 밖에 쓸 수 있는 말: {others.ko}" if words else ""),
            f"Instead of '{shown}' write it like '{how.en}'." + (f" Also possible: {others.en}" if words else ""),
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A setting of this shop, and where its value stands in rules.yaml."""

    setting: Setting
    path: Path_

    @property
    def key(self) -> str:
        """As it is typed: `return_fee`, `products.1234567890.return_fee`."""
        return ".".join(map(str, self.path[1:]))

    @property
    def label(self) -> Text:
        *around, _ = self.path[1:]
        sections = [_SECTIONS[str(name)] if name in _SECTIONS else Text.same(str(name)) for name in around]
        return Text.joined(" › ", [*sections, self.setting.label])


def named(name: str) -> Named | Text:
    """The setting of that name, the file's or its label: `return_fee`, `반품 배송비`, `products.1234567890.return_fee`.

    Else the sentence that says which was probably meant.
    """
    parts = [narrow(part).strip() for part in name.split(".")]
    if parts[0] == "store":
        parts = parts[1:]
    fitting: tuple[Setting, ...] = SETTINGS
    for depth, part in enumerate(parts):
        beside = tuple(setting for setting in fitting if len(setting.key) > depth)
        fitting = tuple(
            setting for setting in beside if _compared(part) in map(_compared, _names(setting, depth, part))
        )
        if not fitting:
            return _unknown(part, beside, depth)
    whole = next((setting for setting in fitting if len(setting.key) == len(parts)), None)
    if whole is None:
        return _in_parts(name, fitting)
    return Named(whole, ("store", *(part if key is ANY else key for part, key in zip(parts, whole.key, strict=True))))


def understood(document: Document) -> tuple[Document, list[Complaint]]:
    """The document with the values of `store:` as rules.yaml has them, and a complaint for each that can't be understood."""
    complaints: list[Complaint] = []
    store = document.data.get("store")
    data = {**document.data, "store": _plain(store, (), document, complaints)} if store else document.data
    return replace(document, data=data), complaints


def _plain(value: Any, key: tuple[str, ...], document: Document, complaints: list[Complaint]) -> Any:  # noqa: ANN401 - plain data of any shape
    if isinstance(value, dict):
        return {name: _plain(inner, (*key, name), document, complaints) for name, inner in value.items()}
    setting = next((each for each in SETTINGS if _fits(key, each)), None)
    found = setting.read(value) if setting and isinstance(value, str) else value
    if not isinstance(found, Text):
        return found
    complaints.append(Complaint(*document.mark(("store", *key)), found))
    return value


def in_force(book: Rulebook) -> Iterator[tuple[Named, Plain]]:
    """The settings of a shop with their values, in the order of `SETTINGS`; of products and points those that are given."""
    store, now = book.store, book.store.penalty_now
    stages = ("없음", *(stage.ko for stage in book.penalties.steps.stages))
    for setting in SETTINGS:
        path, name = ("store", *setting.key), setting.key[-1]
        if setting is ONE_PRODUCT:
            continue
        if setting.key[0] == "products":
            for number, product in store.products.items():
                value = getattr(product, _FIELDS.get(name, name))
                if value is not None:
                    yield Named(setting, ("store", "products", number, name)), value
        elif len(setting.key) == 1:
            if name != "penalty_now" or now is None:
                yield Named(setting, path), None if getattr(store, name) == "" else getattr(store, name)
        elif now is not None and (value := getattr(now, name)) is not None:
            yield Named(setting, path), stages[value] if name == "stage" else value if name in _COUNTS else str(value)


def _fits(key: tuple[str, ...], setting: Setting) -> bool:
    return len(key) == len(setting.key) and all(own in (ANY, part) for own, part in zip(setting.key, key, strict=True))


def _compared(word: str) -> str:
    return space_free(word).casefold()


def _names(setting: Setting, depth: int, part: str) -> tuple[str, ...]:
    """The words for that part of the setting's name. A product is named by its number, which is `part` itself."""
    key = setting.key[depth]
    if key is ANY:
        return (part,) if part.isdigit() and part.isascii() else ()
    if depth < len(setting.key) - 1:
        return (key, *_SECTIONS[key])
    return (key, *setting.label, _BRACKETS.sub("", setting.label.ko))


def _unknown(part: str, beside: tuple[Setting, ...], depth: int) -> Text:
    if not beside or beside[0].key[depth] is ANY:
        return _no_product(part) if beside else _NO_PARTS
    known = dict.fromkeys(setting.key[depth] for setting in beside)
    return unknown(_SETTING, part, [name for setting in beside for name in _names(setting, depth, part)], [*known])


def _no_product(part: str) -> Text:
    quoted = f"'{part}'"
    return Text(
        f"{josa(quoted, '은/는')} 상품번호가 아닙니다. products.1234567890.return_fee처럼 적으세요.",
        f"{quoted} is no product number. Write it like products.1234567890.return_fee.",
    )


def _in_parts(name: str, inside: tuple[Setting, ...]) -> Text:
    example = ".".join("1234567890" if key is ANY else key for key in inside[0].key)
    return Text(
        f"{josa(name, '은/는')} 한 번에 바꿀 수 없습니다. {example}처럼 칸마다 적으세요.",
        f"{name} can't be set at once. Name each part, like {example}.",
    )


_NONE: Final = Text("없음", "none")
ANY: Final = "*"
_SETTING: Final = Text("설정", "setting")
_NO_PARTS: Final = Text("이 설정에는 더 안쪽의 칸이 없습니다.", "This setting has no parts.")
_SECTIONS: Final = {"products": Text("상품별 예외", "products"), "penalty_now": Text("지금 벌점", "penalty points now")}
_BRACKETS: Final = re.compile(r" ?\(.*\)")
_FIELDS: Final = {"상품": "goods", "제작동의": "agreed"}
"""The entries of a product whose fields in `Product` have other names."""
_COUNTS: Final = ("points", "ratio_percent")

_NOT_KNOWN: Final = Choice(None, Text("모름", "unknown"), ("미정",))
_FREE: Final = Choice(0, Text("무료", "free"))
_AS_THE_SHOP: Final = Choice(None, Text("가게와 같음", "as the shop"))
_GOODS: Final = replace(spoken.NAME, example=Text("주문제작", "주문제작"))
_STAGE: Final = replace(spoken.NAME, example=Text("주의", "주의"))

ONE_PRODUCT: Final = Setting(
    ("products", ANY), Text("이 상품의 예외", "of this product"), (Choice(None, _NONE, ("모름",)),)
)
"""All that is told of one product, which can only be taken away as a whole."""

SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        ("name",),
        Text("가게 이름", "shop name"),
        (Choice(None, _NONE, ("",)),),
        spoken.NAME,
    ),
    Setting(
        ("no_invoice_means",),
        Text("송장이 없는 주문", "orders without an invoice"),
        (
            Choice("미포장", Text("포장 전으로 봅니다", "taken as unpacked"), ("포장 전", "포장 전으로봄", "unpacked")),
            Choice("모름", Text("물어봅니다", "ask"), ("물어봄", "unknown")),
        ),
    ),
    Setting(
        ("packed",),
        Text("포장했지만 택배사가 가져가기 전의 취소요청", "cancel requests for what is packed and not picked up yet"),
        (
            Choice(
                "negotiate",
                Text("구매자와 이야기", "talk to the buyer"),
                ("협의", "고객협의", "구매자협의", "구매자와 협의"),
            ),
            Choice("approve", Text("바로 승인", "approve at once"), ("승인", "취소승인")),
        ),
    ),
    Setting(
        ("unknown_handover",),
        Text("포장했는지 알 수 없으면", "where nobody knows whether it is packed"),
        (
            Choice("review", Text("물어봅니다", "ask"), ("물어봄", "확인필요")),
            Choice(
                "assume_unpacked",
                Text("포장 전으로 봅니다", "taken as unpacked"),
                ("포장 전", "포장 전으로봄", "미포장", "unpacked"),
                Text("이미 나간 상품이 환불될 수 있습니다.", "Goods that have left may be refunded."),
            ),
        ),
    ),
    Setting(
        ("free_shipping_on_change_of_mind",),
        Text(
            "무료배송 상품의 변심 반품: 처음 배송비",
            "first shipping of free-shipping goods returned for a change of mind",
        ),
        (
            Choice(
                "charge",
                Text("받음", "charged"),
                ("받습니다", "청구"),
                Text(
                    "상품 페이지에 미리 알린 경우에만 받을 수 있습니다.", "Only if the product page says so beforehand."
                ),
            ),
            Choice("waive", Text("안 받음", "waived"), ("받지 않음", "안 받습니다", "받지 않습니다", "면제")),
        ),
    ),
    Setting(("return_fee",), Text("반품 배송비 (편도)", "return shipping (one way)"), (_FREE, _NOT_KNOWN), spoken.WON),
    Setting(("outbound_fee",), Text("처음 배송비 (편도)", "first shipping (one way)"), (_FREE, _NOT_KNOWN), spoken.WON),
    Setting(("free_shipping_over",), Text("무료배송 기준", "free shipping from"), (_NOT_KNOWN,), spoken.WON),
    Setting(
        ("today_cutoff",),
        Text("오늘출발 마감", "cut-off of same-day dispatch"),
        (Choice(None, _NONE, ("모름", "안 함", "끔")),),
        spoken.TIME,
    ),
    Setting(
        ("approve_limit",),
        Text("한 번에 승인이 이보다 많으면 멈춤", "stop if more than this many would be approved at once"),
        (Choice(None, Text("끔", "off"), ("없음", "안 멈춤", "제한 없음")),),
        spoken.ORDERS,
    ),
    Setting(
        ("personal",),
        Text("수정 파일의 구매자 정보", "buyers' data in correction copies"),
        (
            Choice("drop", Text("비움", "blanked"), ("비웁니다",)),
            Choice("keep", Text("그대로", "kept"), ("그대로 둠", "그대로 둡니다")),
        ),
    ),
    Setting(
        ("protect_outbox",),
        Text("처리목록 잠그기", "lock the workbooks"),
        (
            Choice(True, Text("켬", "on"), ("예", "네", "잠금", "yes")),
            Choice(False, Text("끔", "off"), ("아니오", "아니요", "안 잠금", "no")),
        ),
    ),
    Setting(("penalty_now",), _SECTIONS["penalty_now"], (Choice(None, _NONE, ("모름",)),)),
    Setting(("penalty_now", "day"), Text("기준일", "day"), (), spoken.DAY),
    Setting(("penalty_now", "points"), Text("점수", "points"), (), spoken.POINTS),
    Setting(("penalty_now", "ratio_percent"), Text("비율", "ratio"), (), spoken.PERCENT),
    Setting(("penalty_now", "stage"), Text("단계", "stage"), (), _STAGE),
    Setting(("penalty_now", "stage_since"), Text("제재를 받은 날", "day of the sanction"), (), spoken.DAY),
    Setting(("products", ANY, "상품"), Text("상품", "kind of goods"), (), _GOODS),
    Setting(
        ("products", ANY, "제작동의"),
        Text("제작동의", "consent to made-to-order"),
        (
            Choice("예", Text("예", "yes"), ("네",)),
            Choice("아니오", Text("아니오", "no"), ("아니요",)),
            Choice("모름", Text("모름", "unknown")),
        ),
    ),
    Setting(
        ("products", ANY, "return_fee"),
        Text("반품 배송비 (편도)", "return shipping (one way)"),
        (_FREE, _AS_THE_SHOP),
        spoken.WON,
    ),
    Setting(
        ("products", ANY, "outbound_fee"),
        Text("처음 배송비 (편도)", "first shipping (one way)"),
        (_FREE, _AS_THE_SHOP),
        spoken.WON,
    ),
    Setting(
        ("products", ANY, "free_shipping_over"),
        Text("무료배송 기준", "free shipping from"),
        (_AS_THE_SHOP,),
        spoken.WON,
    ),
    ONE_PRODUCT,
)
"""All settings, in the order of rules.yaml."""
