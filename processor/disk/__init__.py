"""Opens, writes and lists the files of a desk without trusting what lies there.

Somebody else may have made the desk, and it may lie in a synchronised folder. A link in it is never followed; the desk
itself may be one.
"""

from processor.disk.holding import Held, held
from processor.disk.patience import patiently, remove, remove_folder
from processor.disk.plain import (
    NotPlain,
    TooLarge,
    check_file,
    check_folder,
    check_own,
    files,
    folder,
    is_file,
    is_folder,
    is_name,
    opened,
    read,
    taken,
)
from processor.disk.text import BOM, decoded
from processor.disk.writing import publish, publish_beside, write_new, write_whole

__all__ = [
    "BOM",
    "Held",
    "NotPlain",
    "TooLarge",
    "check_file",
    "check_folder",
    "check_own",
    "decoded",
    "files",
    "folder",
    "held",
    "is_file",
    "is_folder",
    "is_name",
    "opened",
    "patiently",
    "publish",
    "publish_beside",
    "read",
    "remove",
    "remove_folder",
    "taken",
    "write_new",
    "write_whole",
]
