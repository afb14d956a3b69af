"""Keyrings for the process that asks one: `PYTHON_KEYRING_BACKEND=drawer.Drawer`, with this folder on PYTHONPATH."""

import os
import sys
import time
from pathlib import Path

from keyring.backend import KeyringBackend


class Drawer(KeyringBackend):
    """Keeps a text in the file that the environment variable DRAWER names, and those of single desks beside it."""

    priority = 1

    def get_password(self, service, username):
        path = _kept(username)
        return path.read_text("utf-8") if path.exists() else None

    def set_password(self, service, username, password):
        _kept(username).write_text(password, "utf-8")


def _kept(username):
    path, (_, *desk) = Path(os.environ["DRAWER"]), username.split(": ")
    return path.with_name(f"{path.name} {Path(*desk).name}") if desk else path


class Loud(Drawer):
    """Works, and prints all the same."""

    def get_password(self, service, username):
        os.write(1, b"shouting")
        os.write(2, b"shouting")
        return super().get_password(service, username)


class Broken(KeyringBackend):
    """Fails in the way that the environment variable BROKEN names."""

    priority = 1

    def get_password(self, service, username):
        sys.stdout.write("shouting\n")
        sys.stderr.write("shouting\n")
        os.write(1, b"shouting")
        match os.environ["BROKEN"]:
            case "raises":
                raise ValueError("shouting")
            case "stops":
                raise KeyboardInterrupt
            case "exits":
                sys.exit(0)
            case "dies":
                os._exit(0)
            case "hangs":
                time.sleep(3600)
        return b"no text"

    set_password = get_password
