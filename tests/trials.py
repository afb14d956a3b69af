"""Sets how many examples of a law the suite tries by default, and how many with THOROUGH.

By default the suite tries the same few examples on each run, so that it is short and gives the same result everywhere.
`THOROUGH=10 python -m pytest` tries ten times as many, drawn anew on each run, and leaves out nothing of what `some` thins out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

T = TypeVar("T")

TIMES = int(os.environ.get("THOROUGH", "1"))
THOROUGH = TIMES > 1


def load_profile() -> None:
    """The one profile of Hypothesis. Nothing in it depends on how busy the machine is: no deadline, no check of speed."""
    settings.register_profile(
        "claims",
        deadline=None,
        derandomize=not THOROUGH,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    settings.load_profile("claims")


def examples(count: int) -> settings:
    """A law that is tried on so many examples; `THOROUGH=10` tries ten times as many."""
    return settings(max_examples=count * TIMES)


def some(values: Sequence[T], count: int) -> Sequence[T]:
    """So many of these, evenly spread, the first and the last among them; with THOROUGH all of them."""
    if THOROUGH or len(values) <= count:
        return values
    return [values[round(place * (len(values) - 1) / (count - 1))] for place in range(count)]


def crossed(*axes: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Circumstances that are crossed: each value of each axis at least once; with THOROUGH each combination."""
    values = [list(axis) for axis in axes]
    if THOROUGH:
        return list(product(*values))
    return [tuple(axis[place % len(axis)] for axis in values) for place in range(max(map(len, values)))]


def across(axes: Mapping[str, Iterable[Any]]) -> pytest.MarkDecorator:
    """Parametrizes a test with circumstances that are crossed, see `crossed`. "day rule": each value is a pair of these."""
    names = [name for key in axes for name in key.split()]
    rows = [
        [part for key, value in zip(axes, row, strict=True) for part in (value if " " in key else (value,))]
        for row in crossed(*axes.values())
    ]
    return pytest.mark.parametrize(names, rows)
