"""Checks that rules.yaml takes no evidence away: what rules may never say, `exports` and `reasons` may not say either.

An approval rests on what files show. If 배송중 stood for 발송대기 or 송장번호 were read from a column that does not exist, a
dispatched order would be approved by rules that are otherwise sound (laws 3 and 4). So Naver's own words and headers keep
their meaning, and so do the answers that the workbook offers. More labels and headers may be added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from processor.market import labels
from processor.model import ANSWER_CELLS, Holds, Spelling, Text, josa, space_free
from processor.rulebook.load import Path_
from processor.rulebook.reasons import by_label
from processor.rulebook.tables import Notes
from processor.rulebook.types import Exports, Reason

_BUYER: Final = "구매자"
_SELLER: Final = "판매자"
_PLAIN: Final[Mapping[str, Mapping[str, str]]] = {
    "handover": {
        "집하": "집화",
        "픽업": "집화",
        "픽업완료": "집화",
        "집화완료": "집화",
        "집하완료": "집화",
        "택배사 가져감": "집화",
        "모름": "모름",
    },
    "consent": {
        "아니요": "아니오",
        "아뇨": "아니오",
        "ㄴㄴ": "아니오",
        "미동의": "아니오",
        "거절": "아니오",
        "N": "아니오",
        "X": "아니오",
        "모름": "모름",
    },
}
"""Other plain words for the answers that stop a cancel. A rule file need not have them."""


def check(exports: Exports, reasons: tuple[Reason, ...], notes: Notes) -> None:
    """Adds a complaint for each word of Naver, header, answer or reason that lost its meaning."""
    for section, vocabularies in (("states", exports.states), ("hints", exports.hints)):
        for role, vocabulary in vocabularies.items():
            _words_keep_their_meaning(("exports", section, role), vocabulary, role, notes)
    _claims_are_shown(exports, notes)
    _headers_are_read(exports, notes)
    _exports_are_no_lists(exports, notes)
    _faults_stay(reasons, notes)


def doubt_about(exports: Exports) -> Text | None:
    """The warning about labels and headers that the seller has added and no check can judge; None if there are none."""
    added = Text.joined(", ", _added(exports))
    return (
        Text(
            f"rules.yaml의 exports에 더한 말이 틀리면 이미 나간 주문을 취소할 수 있습니다: {added.ko}. 판매자센터에서 뜻을 확인하고, "
            "틀리면 지워 주세요.",
            f"If what was added to exports in rules.yaml is wrong, an order that has left could be cancelled: {added.en}. Look up "
            "what it means in the Seller Center, and delete it if it is wrong.",
        )
        if added.ko
        else None
    )


def _added(exports: Exports) -> Iterator[Text]:
    """Labels with which an order may be cancelled or sent, and further headers of columns that show a dispatch."""
    for role, known in labels.PERMITTING.items():
        header = labels.HEADERS[role]
        for label, word in {**exports.states, **exports.hints}[role].items():
            if word in known and space_free(label).casefold() not in {one.casefold() for one in known[word]}:
                yield Text.same(f"{header} '{label}' → '{word}'")
    for role in labels.SHOW_A_DISPATCH:
        for header in exports.columns[role][1:]:
            name = labels.HEADERS[role]
            yield Text(f"열 '{header}' → '{name}'", f"column '{header}' → '{name}'")


def _meanings(role: str) -> dict[str, str]:
    """What the labels of a column must stand for: Naver's, and the choices that the workbook offers."""
    offered = {
        name: choice.ko
        for cell in ANSWER_CELLS
        if cell.column == role and cell.spelling in (Spelling.STATES, Spelling.HINTS)
        for choice in cell.choices
        for name in choice
    }
    return {**labels.LABELS.get(role, {}), **offered}


def _words_keep_their_meaning(path: Path_, vocabulary: Mapping[str, str], role: str, notes: Notes) -> None:
    meanings = _meanings(role)
    meant = {space_free(label).casefold(): word for label, word in {**meanings, **_PLAIN.get(role, {})}.items()}
    for label, word in vocabulary.items():
        if (right := meant.get(space_free(label).casefold(), word)) != word:
            notes.say((*path, label), _other_meaning(label, word, right))
    listed = set(map(space_free, vocabulary))
    for label, word in meanings.items():
        if space_free(label) not in listed:
            notes.say(path, _taken_away(label, word))


def _claims_are_shown(exports: Exports, notes: Notes) -> None:
    """A label of 클레임상태 that the three status columns know is theirs, so `claim_status` may not call it no claim."""
    owned = {space_free(label) for role in _STATUS for label in labels.LABELS[role]}
    own = set(map(space_free, labels.LABELS["claim_status"]))
    for label, word in exports.states["claim_status"].items():
        if word == "없음" and space_free(label) in owned - own:
            notes.say(("exports", "states", "claim_status", label), _other_meaning(label, word, "모름"))


_STATUS: Final = ("cancel_status", "return_status", "exchange_status")


def _headers_are_read(exports: Exports, notes: Notes) -> None:
    """Naver's headers stand first in their columns, and no personal column or other column has them."""
    for role, header in labels.HEADERS.items():
        headers = exports.columns[role]
        if not headers or space_free(headers[0]) != space_free(header):
            notes.say(("exports", "columns", role), _not_first(header))
    evidence = set(map(space_free, labels.HEADERS.values()))
    for index, header in enumerate(exports.personal):
        if space_free(header) in evidence:
            notes.say(("exports", "personal", index), _dropped(header))


def _exports_are_no_lists(exports: Exports, notes: Notes) -> None:
    """A sheet with evidence is never read as a list of the seller's, from which only his answers or goods are taken."""
    for index, export in enumerate(exports.kinds):
        holds = export.kind.holds
        wanted = {Holds.ANSWERS: labels.ONLY_IN_EXPORTS, Holds.GOODS: (labels.HEADERS["product_order_no"],)}
        excluded = set(map(space_free, export.none_of))
        for header in wanted.get(holds, ()):
            if space_free(header) not in excluded:
                notes.say(("exports", "kinds", index, "none_of"), _not_excluded(header))


def _faults_stay(reasons: tuple[Reason, ...], notes: Notes) -> None:
    """Reasons of the seller's fault stay his, and none is chosen or meant as a buyer's reason."""
    found, names = by_label(reasons), {reason.name: index for index, reason in enumerate(reasons)}
    for label, index in _misjudged(found, names):
        notes.say(("reasons", index), _not_the_buyers(label))
    of_name = {reason.name: reason for reason in reasons}
    for index, reason in enumerate(reasons):
        chosen = of_name[reason.seller_chooses or reason.name]
        if reason.fault_if_seller != _BUYER and chosen.fault_if_seller == _BUYER:
            notes.say(("reasons", index, "seller"), _not_the_buyers(reason.name))
        buyers = any(other.cause == reason.cause and other.fault_if_seller == _BUYER for other in reasons)
        if buyers and reason.fault_if_seller != _BUYER:
            notes.say(("reasons", index), _not_the_buyers(reason.name))


def _misjudged(found: Mapping[str, Reason], names: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Naver's labels that stand for a reason of another fault, with the place of that reason."""
    for label in (*labels.SELLERS_FAULT, *labels.OF_TWO_CODES):
        reason = found.get(space_free(label))
        if reason is None:
            continue
        wrong = reason.fault_if_seller != _SELLER
        wrong |= reason.fault_if_buyer == _BUYER if label in labels.OF_TWO_CODES else reason.fault_if_buyer != _SELLER
        if wrong or (label == labels.SOLD_OUT) != (reason.code == "SOLD_OUT"):
            yield label, names[reason.name]


def _other_meaning(label: str, word: str, right: str) -> Text:
    name, other = f"'{label}'", f"'{word}'"
    return Text(
        f"{josa(name, '은/는')} '{right}'입니다. {josa(other, '이라고/라고')} 적으면 취소하면 안 되는 주문을 취소할 수 있어 쓸 수 없습니다. 고쳐 주세요.",
        f"{name} is '{right}'. As {other} it could let an order be cancelled that must not be. Mend it.",
    )


def _taken_away(label: str, word: str) -> Text:
    entry = f"'{label}: {word}'"
    return Text(
        f"{josa(entry, '이/가')} 빠졌습니다. 네이버와 처리목록이 쓰는 말은 뺄 수 없으니 다시 적어 주세요.",
        f"{entry} is missing. Naver or the workbook writes it, so it can't be left out. Add it again.",
    )


def _not_first(header: str) -> Text:
    name = f"'{header}'"
    return Text(
        f"{josa(name, '을/를')} 맨 앞에 적어 주세요. 이 열을 못 읽으면 이미 나간 주문을 취소할 수 있습니다. 다른 이름은 뒤에 더하세요.",
        f"{name} must stand first: an order that has left could be cancelled if this column is not read. Add other names after it.",
    )


def _dropped(header: str) -> Text:
    name = f"'{header}'"
    return Text(
        f"{josa(name, '은/는')} 판단에 꼭 필요해서 개인정보로 뺄 수 없습니다. 여기서 지우세요.",
        f"{name} is needed to decide and can't be dropped as personal. Delete it here.",
    )


def _not_excluded(header: str) -> Text:
    name = f"'{header}'"
    return Text(
        f"none_of에 {josa(name, '을/를')} 적어 주세요. 빼면 판매자센터 엑셀을 내가 만든 목록으로 잘못 읽을 수 있습니다.",
        f"Add {name} to none_of: without it an export could be taken for a list of your own.",
    )


def _not_the_buyers(label: str) -> Text:
    name = f"'{label}'"
    return Text(
        f"{josa(name, '은/는')} 구매자 사유로 바꿀 수 없습니다. 사실과 다른 사유로 취소하면 바로 제재를 받습니다. 귀책·code·seller·실제사유를 처음대로 되돌리세요.",
        f"{name} can't be made a buyer's reason: a false reason is sanctioned at once. Put 귀책, code, seller and 실제사유 back.",
    )
