"""`processor watch` handles what arrives in the inbox, says each thing once, and reminds of what is due."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from forked import started

from processor import app, samples
from processor.app.choices import Choices, choices, choose
from processor.app.desk import Desk
from processor.app.reminding import reminders, time_of_day
from processor.cli import clock, notifying

MONDAY = datetime(2026, 11, 23, 9)


until_ctrl_c = pytest.mark.skipif(sys.platform == "win32", reason="no test can press Ctrl-C there")


class Watching:
    """The command in a process of its own, told line by line."""

    def __init__(self, desk: Desk, *words: str, at: datetime = MONDAY, **environment: str) -> None:
        def within() -> None:
            clock.moment = lambda _written=None, _option="": at

        command = ["watch", "--home", str(desk.home), "--seconds", "0.5", "--json", *words]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
        self.process = started(command, environment, within=within, stdout=-1)

    def line(self) -> dict:
        return json.loads(self.process.stdout.readline())

    def ended(self) -> list[dict]:
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate()
        assert self.process.returncode == 3
        return [json.loads(line) for line in rest.splitlines()]


def few(folder: Path) -> list[Path]:
    """The exports of Monday."""
    folder.mkdir(exist_ok=True)
    before = {*folder.iterdir()}
    samples.write_morning(folder, samples.mornings(MONDAY)[0])
    return sorted({*folder.iterdir()} - before)


@pytest.mark.slow
@until_ctrl_c
def test_what_arrives_is_handled_and_what_is_refused_is_said_once(empty_desk, marks):
    desk = empty_desk
    rules = desk.rules.read_text("utf-8")
    watching = Watching(desk)
    assert watching.line() == {"type": "watching", "inbox": str(desk.inbox)}

    exports = few(desk.inbox)
    assert watching.line()["type"] == "run"
    assert sorted(path.name for path in desk.inbox.glob("done/*/*")) == [path.name for path in exports]

    desk.rules.write_text("store: [", "utf-8")
    (again,) = [path for path in desk.inbox.glob("done/*/*") if "취소관리" in path.name]
    shutil.copy(again, desk.inbox / "또.xlsx")
    assert watching.line()["type"] == "error"
    shutil.copy(again, desk.inbox / "또또.xlsx")  # if it is tried before the rules are mended, nothing is said again
    desk.rules.write_text(rules, "utf-8")
    assert watching.line()["type"] == "nothing_new"
    assert [line["code"] for line in watching.ended()] == ["stopped"]


@pytest.mark.slow
@until_ctrl_c
def test_todays_exports_in_the_downloads_folder_are_copied_and_handled_if_that_is_allowed(empty_desk, tmp_path, marks):
    downloads = tmp_path / "다운로드"
    exports = few(downloads)
    for path in exports:
        os.utime(path, (MONDAY.timestamp() - 9 * 3600,) * 2)  # by Korean time the same day
    watching = Watching(empty_desk, "--downloads", XDG_DOWNLOAD_DIR=str(downloads))
    assert watching.line()["type"] == "watching"

    copied = [watching.line() for _ in exports]
    assert [line["type"] for line in copied] == ["fetched"] * len(exports)
    assert sorted(line["file"] for line in copied) == [path.name for path in exports]
    assert watching.line()["type"] == "run"
    watching.ended()
    assert sorted(downloads.iterdir()) == exports


@pytest.mark.slow
@until_ctrl_c
def test_a_reminder_is_said_once_for_its_time_of_the_day(empty_desk, marks):
    few(empty_desk.inbox)
    app.run(empty_desk, MONDAY, app.Passwords(), marks=marks)
    late = datetime(2026, 11, 24, 14, 5)

    watching = Watching(empty_desk, "--remind", at=late)
    watching.line()
    told = [watching.line()]
    told += [line for line in watching.ended() if line["type"] != "error"]
    assert {line["type"] for line in told} == {"reminder"}
    assert told[0]["message"] == "오늘 파일을 아직 안 넣었습니다."
    assert all("2026" not in line["message"] for line in told)  # counts only, no order's number

    again = Watching(empty_desk, "--remind", at=late + timedelta(hours=1))
    again.line()
    assert [line["type"] for line in again.ended()] == ["error"]


def test_a_folder_that_is_no_desk_is_not_watched(typed, tmp_path):
    ended = typed("watch", "--home", tmp_path, "--json")

    assert (ended.code, ended.lines[0]["code"]) == (2, "no_desk")


# ── what is due ──


def open_work(*act_by: date | None, last_run: datetime | None = MONDAY) -> SimpleNamespace:
    return SimpleNamespace(items=[SimpleNamespace(act_by=day) for day in act_by], last_run=last_run)


TODAY, YESTERDAY, TOMORROW = MONDAY.date(), MONDAY.date() - timedelta(days=1), MONDAY.date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("clock", "time_of_its"),
    [("09:59", None), ("10:00", 10), ("13:59", 10), ("14:00", 14), ("17:00", 17), ("23:59", 17)],
)
def test_reminders_have_three_times_of_the_day(clock, time_of_its):
    found = time_of_day(datetime.combine(TODAY, time.fromisoformat(clock)))

    assert found == (None if time_of_its is None else datetime.combine(TODAY, time(time_of_its)))


FILES = "오늘 파일을 아직 안 넣었습니다."
STALE = datetime(2026, 11, 20, 9)


@pytest.mark.parametrize(
    ("hour", "work", "workday", "said"),
    [
        (9, open_work(TODAY, last_run=STALE), True, []),
        (10, open_work(TODAY, last_run=STALE), True, [FILES]),
        (10, open_work(TODAY, last_run=STALE), False, []),
        (10, open_work(TODAY), True, []),
        (10, open_work(last_run=None), True, []),
        (14, open_work(TODAY, TODAY, TODAY, TOMORROW, None), True, ["오늘 안에 3건 남았습니다."]),
        (14, open_work(TODAY, last_run=STALE), True, [FILES, "오늘 안에 1건 남았습니다."]),
        (17, open_work(TODAY, last_run=STALE), True, ["오늘 안에 1건 남았습니다."]),
        (17, open_work(TODAY, YESTERDAY), True, ["오늘 안에 1건 남았습니다. 기한이 지난 것도 1건 있습니다."]),
        (17, open_work(YESTERDAY, YESTERDAY), False, ["기한이 지난 일이 2건 남았습니다."]),
        (17, open_work(TOMORROW, None), True, []),
    ],
)
def test_reminders_tell_counts_and_deadlines_at_their_times(hour, work, workday, said):
    assert [text.ko for text in reminders(work, datetime.combine(TODAY, time(hour)), workday=workday)] == said


def test_on_a_holiday_nobody_is_reminded_of_files(empty_desk, marks):
    few(empty_desk.inbox)
    app.run(empty_desk, MONDAY, app.Passwords(), marks=marks)

    sunday, monday = (app.reminders(empty_desk, datetime(2026, 11, day, 10), marks) for day in (29, 30))

    assert ([text.ko for text in sunday], [text.ko for text in monday]) == ([], [FILES])


# ── what is allowed ──


def test_nothing_is_allowed_until_somebody_allows_it_and_it_can_be_taken_back(empty_desk, tmp_path):
    folder, other = tmp_path / "config", Desk(tmp_path / "other")
    assert choices(folder, empty_desk) == choices(None, empty_desk) == Choices(False, False, None)

    chosen = Choices(downloads=True, reminders=True, reminded=MONDAY)
    assert choose(folder, empty_desk, chosen)
    assert (choices(folder, empty_desk), choices(folder, other)) == (chosen, Choices())
    assert choose(folder, other, Choices(downloads=True))
    assert choose(folder, empty_desk, Choices())
    assert (choices(folder, empty_desk), choices(folder, other)) == (Choices(), Choices(downloads=True))
    assert not choose(None, empty_desk, chosen)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"KEY": 1}', '{"KEY": {"downloads": 1, "reminders": "yes", "reminded": 3}}']
)
def test_what_cannot_be_read_allows_nothing(empty_desk, tmp_path, content):
    (tmp_path / "choices.json").write_text(content.replace("KEY", str(empty_desk.home.resolve())), "utf-8")

    assert choices(tmp_path, empty_desk) == Choices()


def test_choices_that_cannot_be_kept_are_told(empty_desk, tmp_path):
    (tmp_path / "file").write_text("")

    assert not choose(tmp_path / "file", empty_desk, Choices(downloads=True))


def test_a_notice_is_shown_by_the_package_if_it_is_there(monkeypatch):
    shown = []

    class Notifier:
        def __init__(self, app_name):
            pass

        def send(self, **notice):
            shown.append(notice)

    monkeypatch.setattr(
        notifying.threading, "Thread", lambda target, args, daemon: SimpleNamespace(start=lambda: target(*args))
    )
    monkeypatch.setitem(sys.modules, "desktop_notifier", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "desktop_notifier.sync", SimpleNamespace(DesktopNotifierSync=Notifier))
    notifying.notify("옷가게", FILES)
    monkeypatch.setitem(sys.modules, "desktop_notifier.sync", None)
    notifying.notify("옷가게", FILES)

    assert shown == [{"title": "옷가게", "message": FILES}]
