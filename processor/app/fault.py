"""A fault of this program: the sentence for the seller, and a diagnosis for whoever maintains the program.

A diagnosis holds places in the code, types of errors, versions and the system. It holds no value, no message of an
error, no name of a file or folder of the seller and nothing about orders, so it may be sent to anybody.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import Final

from processor import __version__, disk
from processor.model import Text

_STEM: Final = "프로그램오류"
_OURS: Final = Path(__file__).parents[1]
_STANDARD: Final = Path(os.__file__).parent
_LIBRARIES: Final = ("site-packages", "dist-packages")
_DISTRIBUTION: Final = "smartstore-claim-desk"
_CHAIN: Final = 10  # errors that led to one another
_FIRST, _LAST = 20, 40  # places of one error: an endless recursion has a thousand


def sentence(error: BaseException, written: Path | None) -> Text:
    """The sentence for the seller. written: the file of the diagnosis; None if it could not be written."""
    ko, en = (
        (
            f"이 파일을 프로그램 담당자에게 보내 주세요(주문 내용은 들어 있지 않습니다): {written}",
            f"send this file to whoever maintains the program (it holds nothing about orders): {written}",
        )
        if written is not None
        else (
            f"이 내용을 프로그램 담당자에게 알려 주세요: {_in_short(error)}",
            f"tell this to whoever maintains the program: {_in_short(error)}",
        )
    )
    return Text(
        "프로그램 오류로 끝내지 못했습니다. 사용하신 분의 잘못이 아닙니다. 잃어버린 파일은 없으니 다시 실행해 보고, 또 그러면 "
        + ko,
        "Could not finish: this is a fault of the program, not yours. No file was lost. Run again; if it happens again, "
        + en,
    )


def write_diagnosis(error: BaseException, command: str, outbox: Path | None) -> Path | None:
    """Writes the diagnosis into the outbox, else into the folder for temporary files, under a name that is not taken.

    command: the name of the command that was running. Returns None where nothing can be written. Raises no OSError.
    """
    text = "\n".join(diagnosis(error, command)) + "\n"
    for folder in _folders(outbox):
        with suppress(OSError):
            return _written(text, folder)
    return None


def diagnosis(error: BaseException, command: str) -> Iterator[str]:
    """The lines of the diagnosis."""
    yield f"Smart Store claim desk {__version__}: {command}"
    yield f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}"
    yield f"{sys.getfilesystemencoding()}, {'64' if sys.maxsize > 2**32 else '32'} bit"
    yield ", ".join(f"{name} {version}" for name, version in _versions())
    for one in _chain(error):
        yield ""
        yield _type(one)
        yield from (f"  {place}" for place in _shortened(list(_places(one))))


def _in_short(error: BaseException) -> str:
    return ", ".join([_type(error), *[*_places(error)][-1:]])


def _folders(outbox: Path | None) -> Iterator[Path]:
    if outbox is not None and disk.is_folder(outbox):
        yield outbox
    with suppress(OSError):  # there is no such folder into which anything can be written
        yield Path(tempfile.gettempdir())


def _written(text: str, folder: Path) -> Path:
    names = (f"{_STEM}.txt" if number == 1 else f"{_STEM}_{number}.txt" for number in count(1))
    path = next(folder / name for name in names if not disk.taken(folder / name))
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _versions() -> Iterator[tuple[str, str]]:
    """The libraries that this program needs, as they are installed here."""
    with suppress(metadata.PackageNotFoundError):
        for needed in metadata.requires(_DISTRIBUTION) or ():
            name = re.split(r"[^\w.-]", needed, maxsplit=1)[0]
            if "extra ==" not in needed:
                with suppress(metadata.PackageNotFoundError):
                    yield name, metadata.version(name)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then the one that led to it, and so on; of a group its first as well."""
    one: BaseException | None = error
    for _ in range(_CHAIN):  # some lead to themselves
        if one is None:
            return
        yield one
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        one = one.exceptions[0] if isinstance(one, BaseExceptionGroup) else before


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> Iterator[str]:
    """File, line and function of each call, the innermost last."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{_file(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"


def _file(name: str) -> str:
    """The file of code without the folders above its library, for these may have a person's name."""
    path = Path(name)
    if path.is_relative_to(_OURS):
        return path.relative_to(_OURS.parent).as_posix()
    for folder in _LIBRARIES:
        if folder in path.parts:
            return Path(*path.parts[path.parts.index(folder) + 1 :]).as_posix()
    return path.relative_to(_STANDARD).as_posix() if path.is_relative_to(_STANDARD) else path.name


def _shortened(places: Sequence[str]) -> list[str]:
    if len(places) <= _FIRST + _LAST:
        return list(places)
    return [*places[:_FIRST], f"… {len(places) - _FIRST - _LAST} more", *places[-_LAST:]]
