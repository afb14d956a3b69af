"""Files that are dropped on the page lie whole in the inbox, under a name of their own, or not at all."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from processor import disk
from processor.opener.litter import is_litter
from processor.page import arriving
from processor.page.errors import NotTaken

pytestmark = pytest.mark.slow

MIB = 1 << 20


@pytest.fixture
def inbox(visitor):
    """The inbox of the page, which is emptied afterwards for the other tests."""
    yield visitor.page.desk.inbox
    for path in visitor.page.desk.inbox.iterdir():
        path.unlink()


def dropped(visitor, name: str, content: bytes = b"a"):
    return visitor.post(f"/api/files?name={quote(name, errors='surrogatepass')}", content)


def lying(inbox) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in inbox.iterdir()}


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("취소관리_20261123_0856.xlsx", "취소관리_20261123_0856.xlsx"),
        (unicodedata.normalize("NFD", "취소관리.xlsx"), "취소관리.xlsx"),
        ("취소\x00관\u202e리\n.xlsx", "취소관리 .xlsx"),
        ("../../rules.yaml", ".._.._rules.yaml"),
        (r"C:\받은 파일\취소.xlsx", "C__받은 파일_취소.xlsx"),
        ('a<b>c:d"e|f?g*.csv', "a_b_c_d_e_f_g_.csv"),
        ("  취소.xlsx. . ", "취소.xlsx"),
        ("con.xlsx", "_con.xlsx"),
        ("COM1", "_COM1"),
        ("console.xlsx", "console.xlsx"),
        ("가" * 60 + ".xlsx", "가" * 58 + ".xlsx"),  # 174 bytes and the ending; a 59th letter would make 182
    ],
)
def test_a_name_becomes_one_that_every_system_knows(name, clean):
    if clean.startswith("."):
        with pytest.raises(NotTaken):
            arriving.clean_name(name)
    else:
        assert arriving.clean_name(name) == clean
        assert disk.is_name(clean)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "///", "\u200b", ".hidden.xlsx", "~$취소.xlsx", "a.tmp", "바로가기.lnk"]
)
def test_what_nobody_means_is_not_taken(name):
    with pytest.raises(NotTaken) as refused:
        arriving.clean_name(name)

    assert refused.value.message.ko.count("넣")


def test_a_dropped_file_lies_in_the_inbox_as_it_is(visitor, inbox):
    content = bytes(range(256)) * 5000

    answer = dropped(visitor, unicodedata.normalize("NFD", "취소관리.xlsx"), content)

    assert (answer.status, answer.values) == (201, {"type": "file", "name": "취소관리.xlsx"})
    assert lying(inbox) == {"취소관리.xlsx": content}
    listed = visitor.get("/api/files").values
    assert [(file["name"], file["size"]) for file in listed["files"]] == [("취소관리.xlsx", len(content))]


def test_nothing_that_lies_there_is_overwritten(visitor, inbox):
    names = [dropped(visitor, "취소.xlsx", content).values["name"] for content in (b"1", b"2", b"3")]

    assert names == ["취소.xlsx", "취소_2.xlsx", "취소_3.xlsx"]
    assert lying(inbox) == dict(zip(names, (b"1", b"2", b"3"), strict=True))


def test_five_hundred_files_at_once_all_arrive(visitor, inbox):
    for number in range(500):
        assert dropped(visitor, f"{number}.csv", str(number).encode()).status == 201

    assert lying(inbox) == {f"{number}.csv": str(number).encode() for number in range(500)}


def test_a_file_that_is_too_large_is_told_and_leaves_nothing(visitor, inbox, edited):
    rules = visitor.page.desk.rules
    whole = rules.read_text("utf-8")
    try:
        rules.write_bytes(edited("file_mib: 50", "file_mib: 1").read_bytes())
        too_large = dropped(visitor, "큰.xlsx", b"a" * (MIB + 1))
        as_large = dropped(visitor, "맞는.xlsx", b"a" * MIB)
    finally:
        rules.write_text(whole, "utf-8")

    assert too_large.status == 400
    assert too_large.values["code"] == "file_not_taken"
    assert too_large.values["message"].startswith("1 MiB가 넘어 넣지 않았습니다: 큰.xlsx.")
    assert as_large.status == 201
    assert [*lying(inbox)] == ["맞는.xlsx"]


def test_broken_rules_are_told_at_the_drop(visitor, inbox):
    rules = visitor.page.desk.rules
    whole = rules.read_text("utf-8")
    try:
        rules.write_text("store: [", "utf-8")
        answer = dropped(visitor, "취소.xlsx")
    finally:
        rules.write_text(whole, "utf-8")

    assert answer.values["code"] == "rules_broken"
    assert answer.values["message"].startswith("rules.yaml:1:")
    assert lying(inbox) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be bounded for a process")
@pytest.mark.parametrize("size", [65 << 10, 3 * MIB])
def test_a_full_disk_leaves_nothing_of_the_file(tmp_path, size):
    import resource  # noqa: PLC0415 - Windows has none

    async def pieces():
        for _ in range(size >> 10):
            yield b"a" * 1024

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 10, before[1]))
    try:
        with (
            ThreadPoolExecutor() as aside,
            pytest.raises(OSError),
        ):  # the browser of other tests has a loop in this thread
            aside.submit(lambda: asyncio.run(arriving.arrive(tmp_path, "취소.xlsx", pieces(), 50))).result()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_goes_half_way_leaves_nothing(visitor, inbox):
    page = visitor.page
    head = f"POST /api/files?name=a.csv HTTP/1.1\r\nHost: {page.host}\r\nOrigin: {page.origin}\r\n"
    head += f"Cookie: {visitor.cookie}\r\nContent-Length: {2 * MIB}\r\n\r\n"
    name, port = page.host.split(":")
    with socket.create_connection((name, int(port))) as browser:
        browser.sendall(head.encode() + b"a" * MIB)
        while not lying(inbox):
            time.sleep(0.01)
        (unfinished,) = lying(inbox)
        assert is_litter(unfinished)
        assert visitor.get("/api/files").values["files"] == []

    while lying(inbox):
        time.sleep(0.01)


def test_nothing_is_put_into_a_folder_elsewhere(visitor, inbox, tmp_path):
    aside = inbox.rename(inbox.with_name("aside"))
    try:
        inbox.symlink_to(tmp_path)
        answer = dropped(visitor, "취소.xlsx")
    finally:
        inbox.unlink()
        aside.rename(inbox)

    assert answer.status == 409
    assert "링크" in answer.values["message"]
    assert list(tmp_path.iterdir()) == []
