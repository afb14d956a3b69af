"""Passwords typed by a person at a terminal: which questions are asked, what is printed, and when nothing is asked."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import forked
import pytest

from processor import samples
from processor.app.desk import Desk

if sys.platform == "win32":
    pytest.skip("a Windows console is no file that a test could type into", allow_module_level=True)
import fcntl
import pty
import termios

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")
SECRET, OTHER = "tiger-9963", "hunter-2741"
CANCEL = "스마트스토어_취소관리_20261123_0856.xlsx"
DISPATCH = "스마트스토어_전체주문발주발송관리_20261123_0855.xlsx"
PROMPT = "{}의 비밀번호 (입력하는 글자는 화면에 보이지 않습니다. 모르면 그냥 Enter): "
WRONG = "비밀번호가 틀렸습니다. 다시 입력하세요."
OFFER = "다음부터 묻지 않게 방금 입력하신 비밀번호를 이 컴퓨터의 비밀번호 보관함에 저장할까요? (y/N) "


def have_this_terminal() -> None:
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)


class Terminal:
    """A program at a terminal of its own: it is typed into, and what the screen shows is read."""

    def __init__(self, environment: dict[str, str], *words: object, **streams: int) -> None:
        self._screen, inside = pty.openpty()
        streams = {"stdin": inside, "stdout": inside, "stderr": inside, **streams}
        self.program = forked.started(
            [*map(str, words)], environment, have_this_terminal, start_new_session=True, **streams
        )
        os.close(inside)
        self.shown = ""
        self._read = 0

    def until(self, words: str) -> str:
        """What comes up to these words, which are waited for."""
        give_up = time.monotonic() + 120
        while (at := self.shown.find(words, self._read)) < 0:
            assert self._more(give_up), f"{words!r} never came: {self.shown!r}"
        came, self._read = self.shown[self._read : at], at + len(words)
        return came

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def ended(self) -> tuple[int, str]:
        """The exit code, and the rest of what was shown."""
        give_up = time.monotonic() + 120
        while self._more(give_up):
            pass
        os.close(self._screen)
        return self.program.wait(120), self.shown[self._read :]

    def _more(self, give_up: float) -> bool:
        if not select.select([self._screen], [], [], max(give_up - time.monotonic(), 0))[0]:
            self.program.send_signal(signal.SIGKILL)
            return False
        try:
            came = os.read(self._screen, 65536)
        except OSError:  # the program has gone, and its side of the terminal with it
            return False
        self._bytes = getattr(self, "_bytes", b"") + came
        self.shown = self._bytes.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(came)


@pytest.fixture(scope="module")
def locked(tmp_path_factory) -> Path:
    """Two exports, locked with one password; to be copied, never touched."""
    folder = tmp_path_factory.mktemp("locked")
    orders = [order for story, order in samples.stories(MORNING) if story == "8 취소요청 · 송장 없음 · 미포장"]
    samples.write_dispatch(folder / DISPATCH, orders, downloaded_at=MORNING, password=SECRET)
    samples.write_cancel(folder / CANCEL, orders, downloaded_at=MORNING, password=SECRET)
    for path in folder.iterdir():
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    return folder


@pytest.fixture
def desk(empty_desk, locked) -> Desk:
    shutil.copytree(locked, empty_desk.inbox, dirs_exist_ok=True)
    return empty_desk


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """With a keyring that holds nothing yet."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    kept.pop("PROCESSOR_PASSWORDS", None)
    drawer = {
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHON_KEYRING_BACKEND": "drawer.Drawer",
        "DRAWER": str(tmp_path / "drawer"),
    }
    return {**kept, **drawer, "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def kept(tmp_path):
    """What the keyring holds."""
    return lambda: (tmp_path / "drawer").read_text("utf-8") if (tmp_path / "drawer").exists() else ""


def of_the_inbox(desk) -> list[str]:
    return sorted(path.name for path in desk.inbox.rglob("*") if path.is_file())


def a_run(desk, environment, *words, **streams) -> Terminal:
    return Terminal(environment, "run", "--home", desk.home, "--as-of", "2026-11-23T09:00", *words, **streams)


def test_a_wrong_password_is_asked_again_and_the_right_one_kept_where_one_says_so(desk, environment, kept):
    terminal = a_run(desk, environment)
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{OTHER}\n")
    assert WRONG in terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{SECRET}\n")
    assert "가장 새 처리목록을 여세요: " in terminal.until(OFFER)  # it opened the other file as well
    terminal.type("y\n")
    code, rest = terminal.ended()

    assert (code, rest.splitlines()[-1]) == (0, "저장했습니다. 이제 묻지 않고 엽니다.")
    assert kept() == SECRET
    assert terminal.shown.count("의 비밀번호 (") == 2
    assert not re.search(f"{SECRET}|{OTHER}", terminal.shown)


def test_what_is_kept_is_neither_asked_for_nor_offered_again(desk, environment, tmp_path):
    (tmp_path / "drawer").write_text(f"{OTHER}\n{SECRET}", "utf-8")

    terminal = a_run(desk, environment, "--dry-run")

    assert terminal.ended()[0] == 0
    assert "(y/N)" not in terminal.shown
    assert "비밀번호" not in terminal.shown


@pytest.mark.parametrize("said", ["\n", "아니요\n", "\x04", "\x03"], ids=["Enter", "no", "Ctrl-D", "Ctrl-C"])
def test_without_a_yes_nothing_is_kept_and_the_run_stays_done(said, desk, environment, kept):
    terminal = a_run(desk, environment)
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{SECRET}\n")
    terminal.until(OFFER)
    terminal.type(said)

    assert terminal.ended()[0] == 0
    assert kept() == ""
    assert (desk.outbox / "처리목록_20261123_090000.xlsx").exists()


@pytest.mark.parametrize("said", ["Y", "ㅛ", "네"])
def test_a_yes_may_be_typed_in_either_alphabet(said, desk, environment, kept):
    terminal = a_run(desk, environment, "--dry-run")
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{SECRET}\n")
    terminal.until(OFFER)
    terminal.type(f"{said}\n")

    assert terminal.ended()[0] == 0
    assert kept() == SECRET


def test_without_a_keyring_nothing_is_offered(desk, environment):
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    terminal = a_run(desk, environment)
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{SECRET}\n")

    assert terminal.ended()[0] == 0
    assert "(y/N)" not in terminal.shown


@pytest.mark.parametrize("keys", ["\n", "\x04"], ids=["Enter", "Ctrl-D"])
def test_who_gives_up_is_asked_for_the_next_file_and_then_nothing_is_done(keys, desk, environment):
    before = of_the_inbox(desk)
    terminal = a_run(desk, environment)
    for name in (DISPATCH, CANCEL):
        terminal.until(PROMPT.format(name))
        terminal.type(keys)
    code, rest = terminal.ended()

    assert code == 3
    assert rest.strip().startswith(f"비밀번호를 몰라 열지 못한 파일이 있습니다: {DISPATCH}, {CANCEL}. ")
    assert of_the_inbox(desk) == before
    assert list(desk.outbox.glob("처리목록*")) == []


def test_a_password_that_opened_one_file_is_offered_though_another_stays_locked(desk, environment, kept):
    (desk.inbox / CANCEL).unlink()
    samples.write_return(
        desk.inbox / "반품관리.xlsx",
        [order for _, order in samples.stories(MORNING)],
        downloaded_at=MORNING,
        password=OTHER,
    )
    terminal = a_run(desk, environment)
    terminal.until(PROMPT.format("반품관리.xlsx"))
    terminal.type("\n")
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{SECRET}\n")
    assert "비밀번호를 몰라 열지 못한 파일이 있습니다: 반품관리.xlsx. " in terminal.until(OFFER)
    terminal.type("y\n")

    assert terminal.ended()[0] == 3
    assert kept() == SECRET


def test_ctrl_c_ends_it_with_a_sentence_and_no_further_question(desk, environment):
    before = of_the_inbox(desk)
    terminal = a_run(desk, environment)
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type("\x03")
    code, rest = terminal.ended()

    assert code == 3
    assert rest.strip() == "요청하신 대로 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요."
    assert of_the_inbox(desk) == before


def test_explain_asks_too(desk, environment, kept):
    [number] = {
        order.product_order_no
        for story, order in samples.stories(MORNING)
        if story.startswith("8 취소요청 · 송장 없음")
    }
    terminal = Terminal(environment, "explain", number, "--home", desk.home, "--as-of", "2026-11-23T09:00")
    terminal.until(PROMPT.format(DISPATCH))
    terminal.type(f"{SECRET}\n")
    assert "할 일: 취소승인" in terminal.until(OFFER)
    terminal.type("y\n")

    assert terminal.ended()[0] == 0
    assert kept() == SECRET


@pytest.mark.parametrize("word", ["--quiet", "--json"])
def test_who_wants_no_words_is_not_asked(word, desk, environment):
    code, shown = a_run(desk, environment, word).ended()

    assert code == 3
    assert "의 비밀번호 (" not in shown
    assert DISPATCH in shown


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_nobody_is_asked_where_one_stream_is_no_terminal(stream, desk, environment):
    """A task that was begun by another program may have a terminal, but nobody who reads or types there."""
    terminal = a_run(desk, environment, **{stream: subprocess.DEVNULL})

    code, shown = terminal.ended()

    assert code == 3
    assert "의 비밀번호 (" not in shown
