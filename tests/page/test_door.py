"""Nobody comes in but the browser of the person who started the page, and nothing that it holds goes elsewhere."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil
import pytest
from page_starts import another_address, come_in
from playwright.sync_api import Request, expect
from test_house import ROOT

from processor.page import site

pytestmark = pytest.mark.slow

FOREIGN = "http://shop.example.com"
INTERNET = (socket.AF_INET, socket.AF_INET6)


def test_a_page_is_shown_to_whoever_came_in(visitor):
    answer = visitor.get("/")

    assert answer.status == 200
    assert ">옷가게</h1>" in answer.body.decode()


def test_an_address_is_good_once(page, visitor):
    again = page.asked("GET", page.url.removeprefix(page.origin), {})

    assert again.status == 403
    assert "시작" in again.body.decode()
    assert visitor.get(page.url.removeprefix(page.origin)).status == 303  # who has come in is only sent to the page


def test_the_cookie_is_kept_from_scripts_and_other_sites(page, visitor):
    other = visitor.page.asked("POST", "/another", {"Origin": page.origin, "X-Page-Key": page_key(page)})
    answer = page.asked("GET", other.values["url"].removeprefix(page.origin), {})

    _, *flags = answer.headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=strict"} <= set(flags)
    assert "token" not in answer.headers["Location"]


def page_key(page) -> str:
    return json.loads((page.desk.outbox / ".page.lock").read_text("utf-8"))["key"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": None},
        {"Cookie": "desk_1=guessed"},
        {"Host": "shop.example.com"},
        {"Host": "localhost:{port}"},
        {"Host": "127.0.0.1"},
        {"Origin": FOREIGN},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://{host}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/api/status", "/static/css/frame.css", "/nothing"])
def test_nobody_else_reads_anything(visitor, headers, path):
    host = visitor.page.host
    filled = {name: value and value.format(host=host, port=host.partition(":")[2]) for name, value in headers.items()}

    answer = visitor.get(path, **filled)

    assert answer.status == 403
    assert "옷가게" not in answer.body.decode()


@pytest.mark.parametrize("origin", [FOREIGN, "null", None, "http://localhost:80"])
def test_a_form_of_another_site_changes_nothing(visitor, origin):
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    assert visitor.post("/api/run", Origin=origin, **form).status == 403
    assert visitor.post("/api/files?name=a.csv", b"a", Origin=origin, **form).status == 403
    assert list(visitor.page.desk.inbox.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "/../rules.yaml",
        "/static/../../../rules.yaml",
        "/static/..%2f..%2f..%2frules.yaml",
        "/static/%2e%2e/%2e%2e/page/site.py",
        "/static/js/../../site.py",
        "/static//etc/passwd",
        "/static/js",
        "/workbook/../ledger.sqlite3",
        "/workbook/..%2fledger.sqlite3",
        "/workbook/20261123_090000",
        "/workbook/20261123_090000%00",
        "/api/outbox",
        "/api/run/../status",
        "/api/run/-1",
        "/api/run/1e9",
        "/api/__class__",
    ],
)
def test_no_path_leads_out(visitor, path):
    assert visitor.get(path).status == 404


@pytest.mark.parametrize("path", ["/", "/api/today", "/static/css/frame.css", "/static/js/main.js", "/nothing"])
@pytest.mark.parametrize("cookie", [True, False])
def test_every_answer_keeps_to_itself(visitor, path, cookie):
    headers = visitor.get(path, **({} if cookie else {"Cookie": None})).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "http" not in policy
    assert "unsafe" not in policy
    told = [headers[name] for name in ("X-Content-Type-Options", "Referrer-Policy", "Cache-Control")]
    assert told == ["nosniff", "no-referrer", "no-store"]
    assert headers["Access-Control-Allow-Origin"] is None


def test_the_page_names_no_other_place_and_has_no_script_or_style_in_it(visitor):
    text = visitor.get("/").body.decode()

    assert "://" not in text
    assert text.count("<script") == text.count('<script type="module" src="/static/') == 1
    assert "<style" not in text
    assert "style=" not in text
    assert " on" not in text.replace(" one", "")  # no handler in an attribute


def test_no_other_address_of_this_computer_leads_here(page):
    port = int(page.host.partition(":")[2])
    every = {own.address for owns in psutil.net_if_addrs().values() for own in owns if own.family in INTERNET}
    for address in {"127.0.0.2", "::1", *every} - {"127.0.0.1"}:
        with pytest.raises(OSError), socket.create_connection((address, port), 2):
            pass


@pytest.mark.parametrize("key", [None, "", "guessed"])
def test_another_address_is_given_only_to_who_can_read_the_desk(page, key):
    answer = page.asked("POST", "/another", {"Origin": page.origin, "X-Page-Key": key})

    assert answer.status == 403
    lock = page.desk.outbox / ".page.lock"
    assert sys.platform == "win32" or lock.stat().st_mode & 0o077 == 0  # there the rights of the desk's folder hold


def test_the_page_does_not_wait_for_heavy_libraries():
    heavy = {"pandas", "numpy", "yaml", "openpyxl", "sqlite3"}
    program = f"import sys, processor.cli.commands, processor.page.serving; print(*({heavy} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b'"a"', b"\xff", b"[" * 100_000, b" " * (1 << 20) + b"{}"],
    ids=["a list", "half", "a text", "no text", "deep", "long"],
)
def test_what_the_page_would_not_send_is_answered_by_a_sentence(visitor, body):
    answer = visitor.post("/api/answer", body)

    assert answer.status == 400
    assert answer.values["code"] == "not_understood"
    assert "새로 고침" in answer.values["message"]


@pytest.mark.parametrize("told", [{}, {"orders": "2026"}, {"orders": [1]}, {"orders": [], "cells": {"출고상태": 1}}])
def test_answers_of_another_shape_are_not_taken(visitor, told):
    assert visitor.post("/api/answer", told).values["code"] == "not_understood"
    assert list(visitor.page.desk.inbox.iterdir()) == []


# ── in a browser that has come in ──


def test_no_screen_asks_for_anything_elsewhere(page, tab):
    tab.goto(another_address(page))
    for screen in site._SCREENS:
        tab.goto(f"{page.origin}/#{screen}")
        expect(tab.locator(f"#{screen}")).to_be_visible()
        tab.wait_for_load_state("networkidle")

    assert {url.split("/")[2] for url in tab.asked} == {page.host}


ANOTHER_SITE = """<!doctype html>
<img src="{origin}/api/status"><script src="{origin}/static/js/main.js"></script><iframe src="{origin}/"></iframe>
<form method="post" action="{origin}/api/run"><button>Win a prize</button></form>
<script>fetch("{origin}/api/files?name=a.csv", {{method: "POST", mode: "no-cors", credentials: "include", body: "a"}})</script>
"""


@pytest.fixture
def another_site(page):
    """A site at another port of this computer: its visitor's browser sends the cookie, for the site counts as the same."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(ANOTHER_SITE.format(origin=page.origin).encode())

        def log_message(self, *_what):
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_what_another_site_has_a_visitor_send_is_kept_out(page, tab, another_site):
    tab.goto(another_address(page))
    before = come_in(page, another_address(page)).get("/api/run").values
    answered, unread = {}, set()

    def path(request: Request) -> tuple[str, str]:
        return request.method, request.url.removeprefix(page.origin).partition("?")[0]

    tab.goto(f"{page.origin}/nothing")
    tab.context.on("response", lambda answer: answered.update({path(answer.request): answer.status}))
    tab.context.on("requestfailed", lambda request: unread.add(path(request)))
    tab.goto(another_site)
    tab.wait_for_load_state("networkidle")
    tab.get_by_role("button", name="Win a prize").click()
    expect(tab.locator("body")).to_contain_text("시작한 사람만 볼 수 있습니다")

    assert (answered["GET", "/"], answered["POST", "/api/run"]) == (403, 403)
    assert {("GET", "/api/status"), ("GET", "/static/js/main.js"), ("POST", "/api/files")} <= unread
    assert come_in(page, another_address(page)).get("/api/run").values == before
    assert [*page.desk.inbox.iterdir()] == []
