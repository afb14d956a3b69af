"""Packs the data of every complete rules.yaml of this repository's history, oldest first.

`processor upgrade` finds in them the text from which a seller's complete file comes. Run it if a seller can have got a
complete file that is not among them: `python .ci/pack_complete_rules.py`. It needs the whole history of git.
"""

from __future__ import annotations

import json
import lzma
import subprocess
from typing import Any

from processor.rulebook import complete
from processor.rulebook.load import loaded


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, encoding="utf-8").stdout


def history() -> list[dict[str, Any]]:
    """The data of each text, oldest first; of texts with equal data the first."""
    commits = _git("log", "--reverse", "--topo-order", "--format=%H", "--", "rules.yaml").split()
    found = {}
    for commit in commits:
        data = loaded(_git("show", f"{commit}:rules.yaml"))
        found.setdefault(json.dumps(data), data)
    return list(found.values())


if __name__ == "__main__":
    text = json.dumps(history(), ensure_ascii=False, separators=(",", ":"))
    complete.PACKED.parent.mkdir(exist_ok=True)
    complete.PACKED.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
