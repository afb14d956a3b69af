"""Times the page of a desk of 1,000 orders in a real Chromium, and what its processes hold and use.

An answer counts from the click until the order is laid out anew with what follows from it; the first page from the
start of its process until it is there. Needs Linux for the memory, and Playwright with a Chromium.
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil
from playwright.sync_api import Page, sync_playwright

from processor import rulebook
from processor.cli import clock

from .days import AS_AT_HOME, HERE, drop, run

ORDERS = 1_000
ANSWERS = 20
_IDLE = 60  # seconds
_CLICKED = """async ([selector, until]) => {
    const target = document.querySelector(selector);
    const began = performance.now();
    target.click();
    const reached = () => Boolean(document.querySelector('[data-name^="back "]')) === until;
    await new Promise((done) => {
        const seen = new MutationObserver(() => reached() && (seen.disconnect(), done()));
        seen.observe(document.getElementById("order-parts"), { childList: true, subtree: true });
    });
    return (performance.now() - began) / 1000;
}"""


def lines(scratch: Path, turns: int) -> Iterator[tuple[object, ...]]:
    home = _desk(scratch / "page")
    pandas = [_pandas() for _ in range(turns)]
    first = []
    for _ in range(turns):
        pandas.append(_pandas())
        first.append(_first_page(home))
    answers, takings, held, used = _answers(home)
    pandas += [_pandas() for _ in range(turns)]
    base = median(pandas)
    yield "page: import pandas", base, "s"
    yield "page: the first page / import pandas", median(first) / base, "×", "≤ 1.5"
    yield f"page: an answer's effect, {ORDERS:,} orders / import pandas", median(answers) / base, "×", "≤ 2.5"
    yield "page: taking it back / import pandas", median(takings) / base, "×", "≤ 2.5"
    for name, mib in held.items():
        yield f"page: memory (PSS), {name}", mib, "MiB"
    yield "page: CPU of all its processes in an idle minute", used / _IDLE * 100, "%", "≤ 0.5"


def _desk(home: Path) -> Path:
    """A desk that has run this morning on that many orders."""
    now = clock.moment(None).replace(second=0)
    for folder in ("inbox", "outbox"):
        (home / folder).mkdir(parents=True)
    shutil.copy(rulebook.default_rules(), home / "rules.yaml")
    drop(home / "inbox", ORDERS, as_of=now)
    run(home, now)
    return home


def _pandas() -> float:
    code = "from time import perf_counter as now; began = now(); import pandas; print(now() - began)"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=AS_AT_HOME).stdout)


def _started(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    command = [sys.executable, "-m", "processor", "page", "--home", str(home), "--json"]
    process = subprocess.Popen(command, cwd=HERE.parents[1], env=AS_AT_HOME, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())["url"]


def _first_page(home: Path) -> float:
    began = perf_counter()
    process, url = _started(home)
    host = url.split("/")[2]
    connection = http.client.HTTPConnection(host)
    connection.request("GET", url.partition(host)[2])
    came_in = connection.getresponse()
    came_in.read()
    cookie = str(came_in.headers["Set-Cookie"]).split(";", 1)[0]
    connection.request("GET", "/", headers={"Cookie": cookie})
    assert b"<main" in connection.getresponse().read()
    took = perf_counter() - began
    _end(process)
    return took


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.communicate()


def _answers(home: Path) -> tuple[list[float], list[float], dict[str, float], float]:
    """Seconds of each answer and of each taking back, MiB of each process, and CPU seconds of an idle minute."""
    process, url = _started(home)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 720})
        tab.goto(url)
        tab.wait_for_selector("#outcomes *")
        answers, takings = [], []
        for number in _to_answer(tab):
            tab.goto(f"{url.partition('?')[0]}#order/{number}")
            tab.wait_for_selector(f".order-number >> text={number}")
            tab.wait_for_selector('#order-parts [data-name^="answer "]')
            answers.append(tab.evaluate(_CLICKED, ['#order-parts [data-name^="answer "]', True]))
            takings.append(tab.evaluate(_CLICKED, ['[data-name^="back "]', False]))
        held = {name: each.memory_full_info().pss / 2**20 for name, each in _processes(process).items()}
        began = _cpu(process)
        time.sleep(_IDLE)
        used = _cpu(process) - began
        browser.close()
    _end(process)
    return answers, takings, held, used


def _to_answer(tab: Page) -> list[str]:
    """The numbers of orders to which an answer changes something, and to which nothing has been told yet."""
    found: list[str] = tab.evaluate(
        """async () => (await (await fetch("/api/today")).json()).outcomes
            .flatMap(({ groups }) => groups).flatMap(({ orders }) => orders)
            .filter(({ answers, told }) => !Object.keys(told).length && answers.some(({ changes }) => changes))
            .map(({ number }) => number)"""
    )
    return found[:: max(len(found) // ANSWERS, 1)][:ANSWERS]


def _processes(process: subprocess.Popen[bytes]) -> dict[str, psutil.Process]:
    main = psutil.Process(process.pid)
    return {"the server": main} | {
        f"process {place} that it has started": each for place, each in enumerate(main.children(recursive=True), 1)
    }


def _cpu(process: subprocess.Popen[bytes]) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in _processes(process).values())
