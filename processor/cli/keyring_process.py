"""Asks the operating system's keyring, in a process of its own, which `passwords` starts and ends.

What stands behind a keyring is not ours: it may print, open a window, wait for ever, end the process or crash.

Argument: the service. On stdin, as JSON: a list of users, and the text to keep for each, or null to ask for the kept
ones. On stdout, as JSON: for each user the kept text, or null. Exit code: 0 answered · `NO_KEYRING` this computer
has none · any other: it is broken.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Final

NO_KEYRING: Final = 69


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    import keyring
    from keyring.errors import KeyringError

    try:
        users, text = json.load(sys.stdin)
        service = sys.argv[1]
        if text is None:
            kept = [keyring.get_password(service, user) for user in users]
        else:
            for user in users:
                keyring.set_password(service, user, text)
            kept = [None for _ in users]
        answers.write(json.dumps(kept))
        answers.flush()
    except KeyringError:
        os._exit(NO_KEYRING)
    os._exit(0)  # at once: the keyring's threads are not waited for


if __name__ == "__main__":
    main()
