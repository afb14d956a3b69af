"""Finds the desks below a folder: every folder with rules.yaml that lies in no other desk."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from processor import disk
from processor.app.desk import Desk
from processor.app.errors import NoDesks


class Found(NamedTuple):
    desks: tuple[Desk, ...]  # by absolute path
    closed: tuple[tuple[Path, OSError], ...]  # folders that could not be looked into


def called(folder: Path, root: Path) -> str:
    """The path of a folder below that of all desks; the name of the latter itself."""
    below = folder.relative_to(root.absolute())
    return below.as_posix() if below.parts else folder.name


def home_of(name: str, root: Path) -> Path:
    """The folder of the desk that is `called` so."""
    return root if _is_desk(root) else root / name


def find_desks(root: Path) -> Found:
    """The desks below a folder, or the folder itself if it is one. Raises NoDesks.

    Hidden folders are passed over. A link counts if it leads to a desk that is not found otherwise, and nothing behind
    it is searched, so that links may lead round.
    """
    if not root.is_dir():
        raise NoDesks(root)
    homes, links, closed = [], [], []
    folders = [root.absolute()]
    while folders:
        folder = folders.pop()
        if _is_desk(folder):
            homes.append(folder)
            continue
        try:
            inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            closed.append((folder, error))
            continue
        folders += filter(disk.is_folder, inside)
        links += [path for path in inside if path.is_dir() and not disk.is_folder(path)]
    homes += _behind(sorted(links), homes)
    if not (homes or closed):
        raise NoDesks(root)
    return Found(tuple(map(Desk, sorted(homes))), tuple(sorted(closed)))


def _is_desk(folder: Path) -> bool:
    return disk.taken(folder / "rules.yaml")


def _behind(links: list[Path], homes: list[Path]) -> list[Path]:
    """The links that lead to a desk which is not among `homes`, in none of them, and holds none of them."""
    found, real = [], {home.resolve() for home in homes}
    above = {folder for home in real for folder in home.parents}
    for link in links:
        place = link.resolve()
        if _is_desk(link) and not (place in real or place in above or real.intersection(place.parents)):
            found.append(link)
            real.add(place)
            above |= {*place.parents}
    return found
