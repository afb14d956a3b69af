"""A Dask cluster as the executor of many desks. Before anything is decided, each worker shows that it can take part."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import dask

from processor import disk
from processor.app.errors import ClusterUnfit
from processor.app.program import program
from processor.model import Text, josa

_SILENT: Final = dict.fromkeys(("distributed", "distributed.client"), "critical")
dask.config.set(logging=_SILENT)  # it is read as soon as `distributed` is imported

from distributed import Client  # noqa: E402

_PATIENCE: Final = "10s"  # in which the scheduler must answer
_SIGHT: Final = ".모든가게_확인.tmp"
_SHOWN: Final = 5


class _Shown(NamedTuple):
    """What a worker shows: which program it has, and what it reads in the folder of all desks."""

    program: str
    seen: bytes


@contextmanager
def cluster(address: str, root: Path) -> Iterator[Executor]:
    """The workers of the cluster at that address, each of which sees `root` and has this very program.

    Raises ClusterUnfit, and OSError if nothing can be written into `root`. Whoever leaves early waits for no further
    work; what a worker has begun, it ends.
    """
    client = _connected(address)
    try:
        _check(client, root.absolute())
        executor = client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
    finally:
        with suppress(Exception):  # of a cluster that is gone already
            client.close(timeout=1)


def _connected(address: str) -> Client:
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterUnfit(
            "no_cluster",
            Text(
                f"{address}에서 Dask 클러스터(스케줄러)가 응답하지 않습니다. 주소를 확인하고, 스케줄러가 실행 중인지 보세요.",
                f"No Dask scheduler answers at {address}. Check the address, and whether the scheduler runs.",
            ),
        ) from None


def _check(client: Client, root: Path) -> None:
    """Raises ClusterUnfit unless each worker sees the folder at the same path and has this program."""
    sight, token = root / _SIGHT, secrets.token_hex(16).encode()
    disk.write_new(sight, token)
    try:
        shown: Mapping[str, Any] = client.run(_show, sight, on_error="return")
    finally:
        sight.unlink(missing_ok=True)
    if not shown:
        raise ClusterUnfit(
            "no_workers",
            Text(
                "클러스터에 일할 프로그램(dask worker)이 하나도 없습니다. 먼저 켜 주세요.",
                "The cluster has no workers. Start some first.",
            ),
        )
    if others := [worker for worker, its in shown.items() if not isinstance(its, _Shown) or its.program != program()]:
        raise ClusterUnfit(
            "other_program",
            Text(
                f"이 프로그램과 같은 버전이 없는 컴퓨터가 있습니다: {_named(others)}. 모든 컴퓨터에 같은 버전을 설치하고 다시 실행하세요.",
                f"Workers without the same version of this program: {_named(others)}. Install the same one everywhere and run again.",
            ),
        )
    if blind := [worker for worker, its in shown.items() if its.seen != token]:
        raise ClusterUnfit(
            "root_not_seen",
            Text(
                f"{josa(str(root), '을/를')} 같은 경로로 볼 수 없는 컴퓨터가 있습니다: {_named(blind)}. 공유 폴더를 모든 컴퓨터에 같은 경로로 연결하고 "
                "다시 실행하세요.",
                f"Workers that do not see {root} at the same path: {_named(blind)}. Connect the shared folder at the same path everywhere "
                "and run again.",
            ),
        )


def _show(sight: Path) -> _Shown:
    try:
        return _Shown(program(), disk.read(sight, 100))
    except OSError:
        return _Shown(program(), b"")


def _named(workers: Iterable[str]) -> str:
    found = sorted(workers)
    return ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
