"""Matches the cells of a column with a vocabulary. Headers, labels and answers are all compared in this way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from processor.model.text import space_free


def named(values: pd.Series, names: Mapping[str, str | None], otherwise: str = "") -> pd.Series:
    """The name of each text in a vocabulary, or `otherwise` if it has none. The result is always a column of text."""
    codes, distinct = pd.factorize(values.to_numpy(object))
    words = [otherwise if (word := names.get(text)) is None else word for text in distinct]
    return pd.Series(np.array([*words, otherwise], object)[codes], index=values.index, dtype="str")


def space_free_words(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """The vocabulary with space-free labels."""
    return {space_free(label): word for label, word in vocabulary.items()}
