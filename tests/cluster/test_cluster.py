"""A real scheduler and two workers on this computer run the desks: equally, whole, and only if they can take part."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import clusters
import forked
import pytest
from clusters import Cluster
from distributed import Client
from many_desks import AT, Here, a_desk, left

from processor import app
from processor.app.cluster import cluster
from processor.app.errors import ClusterUnfit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are killed by signals, and /proc is looked into"),
]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory) -> Iterator[Cluster]:
    with clusters.scheduler(tmp_path_factory.mktemp("cluster")) as found, found.workers(2):
        with Client(found.address, set_as_default=False) as client:
            client.wait_for_workers(2)
        yield found


def run_every(root: Path, executor, marks, **more):
    return app.run_every(root, AT, executor, lambda _desk: (), marks=marks, **more)


def several(root: Path, count: int) -> Path:
    for seed in range(count):
        a_desk(root / f"가게{seed}", seed=seed)
    return root


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, marks) -> Path:
    """Four desks as they are left when nothing happens."""
    root = several(tmp_path_factory.mktemp("undisturbed") / "가게들", 4)
    shutil.copytree(root, root.with_name("before"))
    run_every(root, Here(), marks)
    return root


def test_a_cluster_makes_the_same_lists_and_the_same_workbook_about_all(two_workers, undisturbed, tmp_path, marks):
    root = shutil.copytree(undisturbed.with_name("before"), tmp_path / "가게들")
    with cluster(two_workers.address, root) as executor:
        done = run_every(root, executor, marks)

    assert not done.failed
    assert left(root) == left(undisturbed)


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_done_twice(two_workers, undisturbed, tmp_path, marks):
    root = shutil.copytree(undisturbed.with_name("before"), tmp_path / "가게들")
    with Client(two_workers.address, set_as_default=False) as client:
        workers = [*client.run(os.getpid).values()]
    heard = []

    def kill_once(ended, done, _of):
        heard.append(ended.line.name)
        if done == 1:
            os.kill(workers[0], signal.SIGKILL)

    with cluster(two_workers.address, root) as executor:
        done = run_every(root, executor, marks, on_desk=kill_once)

    assert sorted(heard) == [f"가게{number}" for number in range(4)]
    assert not done.failed
    assert left(root) == left(undisturbed)


def test_workers_that_do_not_see_the_folder_at_the_same_path_are_named_and_nothing_is_decided(
    two_workers, tmp_path, monkeypatch
):
    several(tmp_path / "가게들", 1)
    before = left(tmp_path)
    monkeypatch.chdir(tmp_path)
    root = Path("/proc/self/cwd/가게들")  # for each process another folder

    with pytest.raises(ClusterUnfit) as refused, cluster(two_workers.address, root):
        pass

    assert refused.value.code == "root_not_seen"
    assert refused.value.message.ko.startswith(f"{root}을 같은 경로로 볼 수 없는 컴퓨터가 있습니다: tcp://127.0.0.1:")
    assert left(tmp_path) == before


def test_a_worker_with_another_version_of_the_program_is_named_and_nothing_is_decided(two_workers, tmp_path):
    other = shutil.copytree(clusters.ROOT / "processor", tmp_path / "other/processor")
    shutil.copy(clusters.ROOT / "rules.yaml", other.parent)
    (other / "model/nothing.py").write_text("# another line\n", "utf-8")
    root = several(tmp_path / "가게들", 1)

    with two_workers.workers(1, "--no-nanny", PYTHONPATH=str(other.parent)):
        with Client(two_workers.address, set_as_default=False) as client:
            client.wait_for_workers(3)
        with pytest.raises(ClusterUnfit) as refused, cluster(two_workers.address, root):
            pass

    assert refused.value.code == "other_program"
    assert refused.value.message.ko.count("tcp://") == 1


def test_where_there_is_no_cluster_the_command_says_so(tmp_path, typed):
    root = several(tmp_path / "가게들", 1)
    ended = typed("run", "--every", root, "--dask", "tcp://127.0.0.1:9", "--as-of", "2026-11-23", "--json")

    assert (ended.code, [line["code"] for line in ended.lines]) == (3, ["no_cluster"])


def test_a_scheduler_that_is_lost_ends_the_command_with_a_sentence_and_whole_desks(undisturbed, tmp_path, marks):
    root = shutil.copytree(undisturbed.with_name("before"), tmp_path / "가게들")
    folder = tmp_path / "cluster"
    folder.mkdir()
    with clusters.scheduler(folder) as found, found.workers(1, "--no-nanny"):
        with Client(found.address, set_as_default=False) as client:
            client.wait_for_workers(1)
        words = ["run", "--every", str(root), "--dask", found.address, "--as-of", f"{AT:%Y-%m-%dT%H:%M}"]
        program = forked.started(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert program.stderr.readline().startswith(b"1/4 ")
        found.scheduler.kill()
        out, err = program.communicate()

    assert (program.returncode, out) == (3, b"")
    assert err.decode().splitlines()[-1].startswith("클러스터와 연결이 끊겨 가게 4곳 가운데 ")
    run_every(root, Here(), marks)
    assert left(root) == left(undisturbed)
