"""Notes of earlier runs on single orders, in addition to the sentences that all orders of a situation share."""

from __future__ import annotations

import pandas as pd

from processor.model import Col, Text

_COLUMNS = {Col.NOTE_KO: "ko", Col.NOTE_EN: "en"}


class Notes:
    """Collects sentences for rows of the claims table."""

    def __init__(self) -> None:
        self._said: dict[int, list[Text]] = {}

    def add(self, at: int, note: Text) -> None:
        self._said.setdefault(at, []).append(note)

    def written(self, claims: pd.DataFrame) -> pd.DataFrame:
        """The table with these sentences appended to its notes."""
        if not self._said:
            return claims
        return claims.assign(**{role: self._column(claims[role], lang) for role, lang in _COLUMNS.items()})

    def _column(self, before: pd.Series[str], lang: str) -> pd.Series[str]:
        said = before.tolist()
        for at, notes in self._said.items():
            said[at] = " ".join(filter(None, [said[at], *(note.said(lang) for note in notes)]))
        return pd.Series(said, index=before.index, dtype="str")
