"""Finds reasons by their labels, which are compared space-free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from processor.model import space_free
from processor.rulebook.types import Reason


def by_label(reasons: Iterable[Reason]) -> Mapping[str, Reason]:
    """Every label in both languages with its reason.

    If two reasons have the same label, the first in rules.yaml counts.
    """
    return _by_label(tuple(reasons))


@lru_cache(maxsize=8)  # a run asks a dozen times, each time of the same reasons
def _by_label(reasons: tuple[Reason, ...]) -> Mapping[str, Reason]:
    found: dict[str, Reason] = {}
    for reason in reasons:
        for label in (reason.name, reason.cause, *reason.labels, reason.label.en):
            found.setdefault(space_free(label), reason)
    return found


def causes(reasons: Iterable[Reason]) -> dict[str, str]:
    """Every label that the seller may write as 실제사유, with the word that it stands for."""
    return {label: reason.cause for label, reason in by_label(reasons).items()}


def choices(reasons: Iterable[Reason]) -> list[str]:
    """The true causes that the seller can choose from, each once."""
    return [*dict.fromkeys(reason.cause for reason in reasons if reason.offered)]


def none_fits(reasons: Iterable[Reason]) -> str:
    """The true cause that says that none of the seven fits; "" where rules.yaml has none."""
    return next((reason.cause for reason in reasons if reason.offered and not reason.seller_chooses), "")


def sold_out(reasons: Iterable[Reason]) -> Reason:
    """The one reason that brings cancel points."""
    return next(reason for reason in reasons if reason.code == "SOLD_OUT")
