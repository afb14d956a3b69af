"""What memory has to say of single orders, beside what all orders of their situation share."""

from __future__ import annotations

import pandas as pd

from processor.model import Col, Text

_COLUMNS = {Col.NOTE_KO: "ko", Col.NOTE_EN: "en"}


class Notes:
    """Sentences by row of the claims table."""

    def __init__(self) -> None:
        self._said: dict[int, list[Text]] = {}

    def add(self, at: int, note: Text) -> None:
        self._said.setdefault(at, []).append(note)

    def written(self, claims: pd.DataFrame) -> pd.DataFrame:
        """The table with these sentences behind those that it has."""
        return claims.assign(**{role: self._column(claims[role], lang) for role, lang in _COLUMNS.items()})

    def _column(self, before: pd.Series[str], lang: str) -> pd.Series[str]:
        said = before.tolist()
        for at, notes in self._said.items():
            said[at] = " ".join(filter(None, [said[at], *(note.said(lang) for note in notes)]))
        return pd.Series(said, index=before.index, dtype="str")
