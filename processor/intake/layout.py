"""Prepares the `exports:` section of rules.yaml for matching: space-free headers and labels, and the roles of each
kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from processor.model import (
    ANSWER_CELLS,
    ANSWER_COLUMNS,
    CLAIM_STATES,
    AnswerCell,
    Col,
    Holds,
    Kind,
    Spelling,
    Text,
    space_free,
)
from processor.model.tables import SOLD_OUT
from processor.opener.header_rows import Headers
from processor.rulebook.reasons import by_label, causes
from processor.rulebook.types import ASKED_FOR, OPEN_CANCEL, Export, Exports, Reason

LIST_COLUMNS = tuple(SOLD_OUT)
"""The columns that a sheet 품절상품 may have."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How one kind of sheet is recognised. Headers are space-free; `export` has them as written, for messages."""

    export: Export
    sheets: frozenset[str]
    required: tuple[frozenset[str], ...]  # the accepted headers of each required column
    any_of: frozenset[str]
    none_of: frozenset[str]

    @property
    def by_name(self) -> bool:
        """Is this kind recognised by its sheet name? It is if it requires no header."""
        return not self.required

    def fits(self, sheet: str, headers: frozenset[str]) -> bool:
        named = not self.by_name or sheet in self.sheets
        some = not self.any_of or bool(self.any_of & headers)
        complete = all(names & headers for names in self.required)
        return named and some and complete and not self.none_of & headers


@dataclass(frozen=True, slots=True)
class Layout:
    signatures: tuple[Signature, ...]
    roles: Mapping[str, tuple[str, ...]]  # role → headers, the preferred one first
    keys: frozenset[str]  # headers of 상품주문번호
    known: frozenset[str]  # all known headers
    labels: Mapping[str, frozenset[str]]  # role → the closed vocabulary of its cells
    answers: Mapping[str, Text]  # role of a closed answer cell → the answers that its list offers, for messages
    words: Mapping[str, Mapping[str, str]]  # role of an answer → spelling → word of the rules
    open_labels: frozenset[str]  # roles whose cells may have labels that are not listed
    claim_routes: Mapping[str, str]  # label of 클레임상태 → the one status column that has this label
    dispatched: frozenset[str]  # labels of 주문상태 that prove dispatch
    partial: frozenset[str]  # labels of 수량클레임 여부 that mean a partial claim
    open_cancel: frozenset[str]  # labels of a cancel that is not finished
    waiting_cancel: frozenset[str]  # those of them that wait for an approval

    def headers(self, key: int | None) -> Headers:
        """What identifies further header rows in a sheet with 상품주문번호 in column `key`."""
        return Headers(self.keys, self.known, key)

    def roles_of(self, kind: Kind) -> Sequence[str]:
        """The roles that are read from a kind of sheet.

        From a returned workbook only the seller's own cells are read.
        """
        holds = kind.holds
        match holds:
            case Holds.ANSWERS:
                return [Col.PRODUCT_ORDER_NO, *ANSWER_COLUMNS, Col.STATED_ACTION]
            case Holds.GOODS:
                return LIST_COLUMNS
            case Holds.CLAIMS | Holds.ORDERS:
                return list(self.roles)
            case _:
                assert_never(holds)


def layout(exports: Exports, reasons: Sequence[Reason]) -> Layout:
    roles = {role: tuple(map(space_free, headers)) for role, headers in exports.columns.items()}
    signatures = tuple(_signature(export, exports) for export in exports.kinds)
    named = [header for each in signatures for header in each.any_of.union(*each.required)]
    words = [header for headers in roles.values() for header in headers]
    return Layout(
        signatures=signatures,
        roles=roles,
        keys=frozenset(roles[Col.PRODUCT_ORDER_NO]),
        known=frozenset([*words, *named, *map(space_free, exports.personal)]),
        labels=_labels(exports, reasons),
        answers={cell.column: _choices(cell) for cell in ANSWER_CELLS if cell.closed},
        words=_words(exports, reasons),
        open_labels=frozenset([*exports.hints, Col.FEE_POLICY]) - set(ANSWER_COLUMNS),  # answers are shown as written
        claim_routes=_claim_routes(exports),
        dispatched=_labels_of(exports, Col.ORDER_STATUS, "배송중", "배송완료", "구매확정"),
        partial=_labels_of(exports, Col.QUANTITY_CLAIM, "일부"),
        open_cancel=_labels_of(exports, Col.CANCEL_STATUS, *OPEN_CANCEL),
        waiting_cancel=_labels_of(exports, Col.CANCEL_STATUS, ASKED_FOR),
    )


def _signature(export: Export, exports: Exports) -> Signature:
    """The signature of a kind of sheet, with all headers that `columns` allows for each column."""

    def free(names: Iterable[str]) -> frozenset[str]:
        return frozenset(map(space_free, names))

    def called(header: str) -> frozenset[str]:
        return free([header, *(name for names in exports.columns.values() if header in names for name in names)])

    return Signature(
        export,
        sheets=free(export.sheets),
        required=tuple(map(called, export.required)),
        any_of=frozenset().union(*map(called, export.any_of)),
        none_of=frozenset().union(*map(called, export.none_of)),
    )


def _labels(exports: Exports, reasons: Sequence[Reason]) -> dict[str, frozenset[str]]:
    states = {role: frozenset(map(space_free, words)) for role, words in exports.states.items()}
    claims = frozenset[str]().union(*(states.get(role, frozenset()) for role in CLAIM_STATES.values()))
    spoken = frozenset(
        space_free(name) for reason in reasons for name in (reason.name, reason.label.ko, *reason.labels)
    )
    return states | {
        Col.CLAIM_STATUS: states.get(Col.CLAIM_STATUS, frozenset()) | claims,
        Col.CLAIM_REASON: spoken,
        **{
            cell.column: spoken | frozenset(map(space_free, by_label(reasons)))
            for cell in ANSWER_CELLS
            if cell.spelling is Spelling.CAUSES
        },
    }


def _choices(cell: AnswerCell) -> Text:
    """The answers that the cell's list offers, as messages name them."""
    return Text("·".join(choice.ko for choice in cell.choices), ", ".join(choice.en for choice in cell.choices))


def _words(exports: Exports, reasons: Sequence[Reason]) -> dict[str, dict[str, str]]:
    """For each answer column: every spelling, in both languages, with the word of the rules that it stands for."""
    known = {cell.column: _spellings(cell, exports, reasons) for cell in ANSWER_CELLS}
    return {role: {space_free(label): word for label, word in words.items()} for role, words in known.items()}


def _spellings(cell: AnswerCell, exports: Exports, reasons: Sequence[Reason]) -> Mapping[str, str]:
    spelling = cell.spelling
    match spelling:
        case Spelling.STATES:
            return exports.states.get(cell.column, {})
        case Spelling.HINTS:
            return exports.hints.get(cell.column, {})
        case Spelling.CAUSES:
            return causes(reasons)
        case Spelling.REASONS:
            return {label: reason.name for label, reason in by_label(reasons).items()}
        case Spelling.FREE:
            return {}
        case _:
            assert_never(spelling)


def _claim_routes(exports: Exports) -> dict[str, str]:
    """The status column of each label of 클레임상태. A label of two columns (수거중) is left out, so its cell is not moved."""
    owners: dict[str, list[str]] = {}
    for role in CLAIM_STATES.values():
        for label in exports.states.get(role, {}):
            owners.setdefault(space_free(label), []).append(role)
    return {label: roles[0] for label, roles in owners.items() if len(roles) == 1}


def _labels_of(exports: Exports, role: str, *words: str) -> frozenset[str]:
    """The labels that rules.yaml maps to one of these words."""
    return frozenset(space_free(label) for label, word in exports.states.get(role, {}).items() if word in words)
