"""Turns the claims table into facts: the only link between the columns of files and the words that rules use.

`words.py` lists the function that finds each word. An unknown fact is 모름 (text) or missing (counted words).
Nothing is guessed: where a fact is inferred, `because` holds what it was inferred from.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from processor.judge.facts.claims import Claims, Column
from processor.judge.facts.words import ANSWERED, IN_ORDER, Fact
from processor.judge.workdays import Workdays
from processor.model import Batch
from processor.rulebook.types import Rulebook


def find(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays) -> Claims:
    """All facts of all orders."""
    claims = Claims(batch, book, as_of, calendar)
    for fact in IN_ORDER:
        claims.facts[fact.word.name] = found(fact, claims)
    return claims


def found(fact: Fact, claims: Claims) -> Column:
    """One fact for all orders. The seller's answer counts before the files. Uses the facts found before it."""
    word = fact.word.name
    if fact.setting is not None:
        return claims.choose(otherwise=fact.setting(claims.book))
    column = claims.choose() if fact.find is None else fact.find(claims)
    if word not in ANSWERED:
        return column
    answer = claims.state(ANSWERED[word])
    if (because := claims.because.get(word)) is not None:
        claims.because[word] = np.where(answer != "", "답변", because)
    return np.where(answer != "", answer, column)
