"""What lies in folders and zips without anybody having put it there to be read: it is left alone and not mentioned.

Systems, file servers and sync programs leave such files, whichever computer the folder is looked at from; browsers
leave downloads that have not ended. They are known by their names alone.
"""

from __future__ import annotations

import re
import unicodedata
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
"""They hold the address of a document and nothing of what it says."""
_UNFINISHED: Final = (
    *(".tmp", ".crdownload", ".part", ".partial", ".filepart", ".opdownload", ".download", ".fdmdownload"),
    *(".aria2", ".!ut", ".!qb", ".bc!", ".xltd"),
)
_ENDINGS: Final = (*_LINKS, *_IN_THE_CLOUD, *_UNFINISHED)
_COPY: Final = re.compile(r" \(\d+\)(?=\.\w+$)")
_SEPARATORS: Final = re.compile(r"[/\\]")


def is_litter(path: str) -> bool:
    """Is the file, or a folder that it lies in, such a thing?

    Hidden files, and the locks of open workbooks, are too.
    """
    return any(map(_is_litter, _SEPARATORS.split(path)))


def _is_litter(name: str) -> bool:
    if name in ("", ".", ".."):
        return False
    name = unicodedata.normalize("NFC", name).casefold()
    return name.startswith((".", "~$")) or name.endswith(_ENDINGS) or _COPY.sub("", name) in _NAMES
