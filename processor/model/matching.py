"""How the cells of a column are matched with a vocabulary: headers, labels and answers are compared in one way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from processor.model.text import space_free


def named(values: pd.Series, names: Mapping[str, str | None], otherwise: str = "") -> pd.Series:
    """Each text by its name in a vocabulary; `otherwise` where that has none. Always text, however few are known."""
    codes, distinct = pd.factorize(values.to_numpy(object))
    words = [otherwise if (word := names.get(text)) is None else word for text in distinct]
    return pd.Series(np.array([*words, otherwise], object)[codes], index=values.index, dtype="str")


def space_free_words(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """Labels as cells hold them, each with its word."""
    return {space_free(label): word for label, word in vocabulary.items()}
