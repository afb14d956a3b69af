"""Lets a daemonic process start processes of its own.

**Why.** The workers of a Dask cluster are daemonic unless their configuration says otherwise, and Python lets no
daemonic process start another one, because that one would be left behind. Ours is not: the process that opens files ends
by itself with whoever started it (`processes.started`).

**What is reached into.** `Process._config["daemon"]` of this very process, which is asked when it starts another one.
Whoever started this process goes by a value of his own, so it still ends this one.

**Tried** with Python 3.11 to 3.14.

**The plain way**, where there is no such entry: nothing is changed, and the workers must be started with
DASK_DISTRIBUTED__WORKER__DAEMON=False. `tests/cluster/` runs desks in daemonic workers.
"""

from __future__ import annotations

import multiprocessing


def let_this_process_start_others() -> None:
    """From now on; harmless in a process that may do so anyway."""
    process = multiprocessing.current_process()
    config = getattr(process, "_config", None)
    if process.daemon and isinstance(config, dict):
        config["daemon"] = False
