"""Recognises files in folders and zips that nobody means as input. They are not read, moved or mentioned.

Operating systems, file servers and sync programs create such files, and browsers leave unfinished downloads. They are
recognised by their names only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_NAMES: Final = frozenset(
    {
        *("desktop.ini", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "autorun.inf", "iconcache.db"),  # Windows
        *("$recycle.bin", "recycler", "recycled", "system volume information", "found.000"),
        *("icon\r", "desktop db", "desktop df", "__macosx", "network trash folder", "temporary items"),  # macOS
        "lost+found",  # Linux
        *("@eadir", "@tmp", "#recycle", "#snapshot", "@recycle", "@recently-snapshot"),  # file servers
    }
)
_LINKS: Final = (".url", ".lnk", ".webloc", ".website", ".fileloc", ".inetloc")
_IN_THE_CLOUD: Final = (
    *(".gsheet", ".gdoc", ".gslides", ".gform", ".gdraw", ".gtable", ".gmap", ".gsite", ".gjam", ".glink", ".gscript"),
    ".icloud",
)
"""Files with only the address of an online document, without its content."""
_UNFINISHED: Final = (
    *(".tmp", ".crdownload", ".part", ".partial", ".filepart", ".opdownload", ".download", ".fdmdownload"),
    *(".aria2", ".!ut", ".!qb", ".bc!", ".xltd"),
)
_ENDINGS: Final = (*_LINKS, *_IN_THE_CLOUD, *_UNFINISHED)
_COPY: Final = re.compile(r" \(\d+\)(?=\.\w+$)")
_SEPARATORS: Final = re.compile(r"[/\\]")


def meant(lying: Iterable[Path], folder: Path) -> Iterator[Path]:
    """Those of the files in a folder that somebody means as input and that no download program still writes, by their names."""
    paths = sorted(lying)
    half_there = {
        path.with_suffix("") for path in paths if path.suffix == ".aria2"
    }  # aria2 removes its mark at the end
    for path in paths:
        if path not in half_there and not is_litter(path.relative_to(folder).as_posix()):
            yield path


def is_litter(path: str) -> bool:
    """Is the file, or a folder in its path, not meant as input?

    Hidden files and lock files of open workbooks count too.
    """
    return any(map(_is_litter, _SEPARATORS.split(path)))


def _is_litter(name: str) -> bool:
    if name in ("", ".", ".."):
        return False
    name = unicodedata.normalize("NFC", name).casefold()
    return name.startswith((".", "~$")) or name.endswith(_ENDINGS) or _COPY.sub("", name) in _NAMES
