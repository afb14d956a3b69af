"""Keeps the default rules of today as the released default of their version, on which desks can build for ever.

Run it when a version is released: `python .ci/release_rules.py`. `tests/test_owners.py` notices rules that were changed
without a new version.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from processor.rulebook import default

FOLDER = Path(default.__file__).parent / "released"

if __name__ == "__main__":
    data = default.as_written()
    FOLDER.mkdir(exist_ok=True)
    packed = lzma.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), preset=9)
    (FOLDER / f"{data['version']}.json.xz").write_bytes(packed)
