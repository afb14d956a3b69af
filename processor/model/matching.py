"""Matches the cells of a column with a vocabulary. Headers, labels and answers are all compared in this way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.model.text import space_free

Texts = npt.NDArray[np.object_]
"""A column of text, without missing cells."""


def named(values: Texts, names: Mapping[str, str | None], otherwise: str = "") -> Texts:
    """The name of each text in a vocabulary, or `otherwise` if it has none."""
    codes, distinct = pd.factorize(values)
    words = [otherwise if (word := names.get(text)) is None else word for text in distinct]
    return np.array([*words, otherwise], object)[codes]


def space_free_words(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """The vocabulary with space-free labels."""
    return {space_free(label): word for label, word in vocabulary.items()}


def texts(column: pd.Series[str]) -> Texts:
    """The column, with "" where it is missing."""
    found: Texts = column.to_numpy(object, na_value="")
    return found
