"""What the values of a column look like: whether they can be those of a role, and whether they tell of a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from processor.intake import cells
from processor.model import DATE_COLUMNS, ID_COLUMNS, NUMBER_COLUMNS, Col, Text, josa, space_free
from processor.opener.reply import Cell

Words = Mapping[str, frozenset[str]]
"""Role → the labels that its cells may have, as far as they are known."""
MOST: Final = 2_000
"""So many distinct values of a column are looked at."""


@dataclass(frozen=True, slots=True)
class Values:
    """The filled cells of a column: each distinct one, with the number of its rows, in the order of the file."""

    counts: Mapping[Cell, int]

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def repeat(self) -> bool:
        """Does any value stand in several rows?"""
        return self.rows > len(self.counts)

    def share(self, test: Callable[[Cell], bool]) -> float:
        """The part of the distinct values that pass a test; 0 if there are none."""
        some = [*self.counts][:MOST]
        return sum(map(test, some)) / len(some) if some else 0.0

    def labels(self) -> list[str]:
        return [cells.label(cell) for cell in [*self.counts][:MOST]]


class Fit(NamedTuple):
    """How well values fit a role: 1 = as only this role has them, 0 = they tell nothing; None = they can't be its."""

    weight: float | None
    why: Text


_TELLS_NOTHING: Final = Text("", "")
_BLANK: Final = Fit(0, Text("값이 없어 이름만 보았습니다", "it has no values, so only the name was compared"))
_ORDERS: Final = Text(
    "값이 모두 16자리 숫자이고 앞 8자리가 날짜입니다", "all values are 16 digits that begin with a day"
)
_DATES: Final = Text("값이 모두 날짜입니다", "all values are dates")
_NUMBERS: Final = Text("값이 모두 숫자입니다", "all values are numbers")
_INVOICES: Final = Text("값이 송장번호처럼 생겼습니다", "the values look like tracking numbers")
_COURIERS: Final = Text("값이 택배사 이름입니다", "the values are names of couriers")
_CODES: Final = Text("값이 상품번호처럼 긴 숫자입니다", "the values are long numbers, as product numbers are")
_OPTIONS: Final = Text("값이 '색상: 블루' 같은 옵션입니다", "the values are options such as '색상: 블루'")
_MOST_OF_THEM: Final = 0.9
_HALF: Final = 0.5
_LONGEST_LABEL: Final = 30

_COURIER: Final = re.compile(
    r"(?:.*택배|.*통운|.*통운택배|우체국.*|해외기타택배#.*|.*로지스틱스|.*익스프레스|DHL|EMS|UPS|FedEx)", re.IGNORECASE
)
_INVOICE: Final = re.compile(r"[A-Za-z]{0,4}\d[\d-]{7,28}[A-Za-z]{0,3}", re.ASCII)
_CODE: Final = re.compile(r"\d{6,15}", re.ASCII)
_ROUND: Final = re.compile(r"\d{1,3}(?:회차|회|차)?", re.ASCII)
_LETTER: Final = re.compile(r"[A-Za-z가-힣]")


def is_order_no(cell: Cell) -> bool:
    return bool(read) if isinstance(read := cells.order_no(cell), str) else False


def is_date(cell: Cell) -> bool:
    return isinstance(cells.moment(cell), datetime) or (not isinstance(cell, int) and cells.serial(cell) is not None)


def is_number(cell: Cell) -> bool:
    return isinstance(cells.won(cell), int)


def fit(role: str, values: Values, words: Words) -> Fit:
    """How well these values fit a role."""
    if not values.counts:
        return _BLANK
    if role in ID_COLUMNS:
        return _only(
            values.share(is_order_no), _ORDERS, "날짜로 시작하는 16자리 번호", "16-digit numbers that begin with a day"
        )
    if role in DATE_COLUMNS:
        return _only(values.share(is_date), _DATES, "날짜", "dates")
    if role in NUMBER_COLUMNS:
        found = _only(values.share(is_number), _NUMBERS, "숫자", "numbers")
        return found if found.weight is None else found._replace(weight=_amount(role, values))
    if (vocabulary := words.get(role)) is not None:
        return _of_labels(role, vocabulary, values, words)
    if (wrong := _of_another_kind(values)) or (wrong := _of_other_labels(role, values, words)):
        return Fit(None, wrong)
    return _of_texts(role, values)


def _only(share: float, why: Text, ko: str, en: str) -> Fit:
    """For a role whose values have one form: most must have it."""
    if share >= _MOST_OF_THEM:
        return Fit(1.0, why)
    if share < _HALF:
        return Fit(None, Text(f"값이 {josa(ko, '이/가')} 아닙니다", f"its values are no {en}"))
    return Fit(share / 2, _TELLS_NOTHING)


def _amount(role: str, values: Values) -> float:
    """Quantities are small, and amounts mostly whole tens of won."""
    amounts = [abs(won) for cell in values.counts if isinstance(won := cells.won(cell), int) and won]
    if not amounts:
        return 0.3
    small = max(amounts) < 100
    return 1.0 if small == (role == Col.QUANTITY) else 0.2


def _of_labels(role: str, vocabulary: frozenset[str], values: Values, words: Words) -> Fit:
    labels = values.labels()
    known = [label for label in labels if label in vocabulary]
    if known:
        some = " · ".join(known[:3])
        return Fit(
            1.0 if len(known) * 2 >= len(labels) else 0.6,
            Text(f"값에 이 열에서 쓰는 말이 있습니다: {some}", f"the values have labels of this column: {some}"),
        )
    if wrong := _of_another_kind(values) or _of_other_labels(role, values, words):
        return Fit(None, wrong)
    if max(map(len, labels)) > _LONGEST_LABEL or values.share(is_number) >= _HALF:
        return Fit(None, Text("값이 상태나 구분을 나타내는 말이 아닙니다", "its values are no labels"))
    return Fit(0.1, _TELLS_NOTHING)


def _of_another_kind(values: Values) -> Text | None:
    """The sentence if the values are order numbers or dates, which only their own roles have."""
    if values.share(is_order_no) >= _HALF:
        return Text("값이 16자리 주문번호입니다", "its values are 16-digit order numbers")
    if values.share(is_date) >= _HALF:
        return Text("값이 날짜입니다", "its values are dates")
    return None


def _of_other_labels(role: str, values: Values, words: Words) -> Text | None:
    """The sentence if nearly all values are labels of other columns."""
    labels = values.labels()
    others = [theirs for other, theirs in words.items() if other != role]
    if any(sum(label in theirs for label in labels) >= _MOST_OF_THEM * len(labels) for theirs in others):
        some = " · ".join(labels[:3])
        return Text(f"값이 다른 열에서 쓰는 말입니다: {some}", f"its values are labels of other columns: {some}")
    return None


def _of_texts(role: str, values: Values) -> Fit:
    """For a role with identifiers or text; its values are no order numbers, dates or known labels."""

    def written(pattern: re.Pattern[str]) -> float:
        return values.share(lambda cell: pattern.fullmatch(cells.identifier(cell)) is not None)

    letters, couriers = values.share(lambda cell: _LETTER.search(cells.text(cell)) is not None), written(_COURIER)
    match role:
        case Col.TRACKING_NO:
            found = _only(written(_INVOICE), _INVOICES, "송장번호", "tracking numbers")
            return found if found.weight is None else found._replace(weight=min(found.weight, 0.8))
        case Col.COURIER:
            if couriers >= _HALF:
                return Fit(1.0, _COURIERS)
            return (
                Fit(0.1, _TELLS_NOTHING)
                if letters >= _HALF
                else Fit(None, _no_texts("택배사 이름", "names of couriers"))
            )
        case Col.PRODUCT_NO:
            found = _only(written(_CODE), _CODES, "숫자로 된 상품번호", "product numbers")
            return found if found.weight is None else found._replace(weight=min(found.weight, 0.8))
        case Col.SUBSCRIPTION:
            return _only(written(_ROUND), _NUMBERS, "회차", "numbers of rounds")
        case Col.PRODUCT_NAME | Col.OPTION | Col.FULFILLMENT:
            if letters < _HALF:
                return Fit(None, _no_texts("글", "texts"))
            if couriers >= _HALF:
                return Fit(None, _COURIERS)
            pairs = values.share(lambda cell: ":" in cells.text(cell)) >= _HALF
            if role == Col.OPTION and pairs:
                return Fit(1.0, _OPTIONS)
            return Fit(0.0 if pairs else 0.1, _TELLS_NOTHING)
    return Fit(0.1, _TELLS_NOTHING)


def _no_texts(ko: str, en: str) -> Text:
    return Text(f"값이 {josa(ko, '이/가')} 아닙니다", f"its values are no {en}")


# ── is it about a person? ──

_SURNAMES: Final = (
    "김이박최정강조윤장임한오서신권황안송류전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용"
)
_NAME: Final = re.compile(rf"[{_SURNAMES}][가-힣]{{1,3}}|[가-힣][*○●＊][가-힣*○●＊]{{0,3}}|[A-Z][a-z]+ [A-Z][a-z]+")
_NO_NAME: Final = re.compile(
    r".*(?:택배|통운|배송|발송|완료|대기|요청|중|처리|철회|보류|확인|취소|반품|교환|결제|변심|품절|지연|불량|파손|상품|주문|수령|전달|없음|무료|유료|착불|선불)"
)
_TELLS: Final = re.compile(
    r"(?<![0-9])(?:\+?82[-. ]?)?0(?:1[016-9]|2|[3-6][1-5]|70|50\d)[-. )]{0,2}[0-9]{3,4}[-. ]?[0-9]{4}(?![0-9])"  # a phone
    r"|[\w.+*-]+@[\w*-]+\.[\w.*-]+|\*{2,}"  # e-mail, masked id
    r"|[0-9]{6}-[0-9*]{7}|P[0-9]{12}"  # number of a resident, of customs
    r"|[가-힣]{2,4} ?(?:님|씨|고객)(?![가-힣])"
    r"|(?:특별시|광역시|특별자치|[가-힣](?:시|도) [가-힣]+(?:시|군|구)|[가-힣](?:읍|면|동|로|길|가) ?[0-9]+|[0-9]+동 ?[0-9]+호)"
)
_POSTAL: Final = re.compile(r"[0-9]{5}|[0-9]{3}-[0-9]{3}", re.ASCII)
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./:#-]+", re.ASCII)
_AGAIN: Final = 3
"""A column in which each value stands in so many rows has labels."""
_SENTENCE: Final = 20  # characters: longer cells are no labels, and may be anything


def tells_of_a_person(values: Values, words: Words) -> bool:
    """Do the values look like names, phones, addresses, e-mails or postal codes? In doubt they do."""
    texts = {cells.text(cell) for cell in [*values.counts][:MOST] if not is_order_no(cell) and not is_date(cell)}
    known = {text for text in texts if _is_known(text, words)}
    strange = texts - known
    if any(map(is_personal_text, strange)):
        return True
    names = [text for text in strange if _NAME.fullmatch(text) and not _NO_NAME.fullmatch(text)]
    if names and len(names) * 2 >= len(texts):
        return True
    postal = [text for text in strange if _POSTAL.fullmatch(text)]
    round_sums = [text for text in postal if text.endswith("0") and not text.startswith("0")]
    return bool(postal) and len(postal) >= _MOST_OF_THEM * len(texts) and len(round_sums) < _MOST_OF_THEM * len(postal)


def is_personal_text(text: str) -> bool:
    """Does one cell hold a phone number, an address, an e-mail, an id or somebody with 님?"""
    return _TELLS.search(text) is not None


def _is_known(text: str, words: Words) -> bool:
    label = space_free(text)
    return _COURIER.fullmatch(text) is not None or any(label in theirs for theirs in words.values())


def may_be_shown(values: Values, words: Words) -> list[str]:
    """The cells that tell of nobody: numbers, dates, codes, known labels, and what stands in rows again and again.

    None of a column with longer texts, where anybody may have written anything.
    """
    texts = {cell: cells.text(cell) for cell in values.counts}
    if any(len(text) > _SENTENCE and _LETTER.search(text) for text in texts.values()):
        return []
    again = len(values.counts) <= values.rows // _AGAIN
    return [
        text
        for cell, text in texts.items()
        if again
        or is_order_no(cell)
        or is_date(cell)
        or is_number(cell)
        or _PLAIN.fullmatch(text)
        or _is_known(text, words)
    ]
