"""Which cards of the first run were answered is kept in the user's own folder, for each desk."""

from __future__ import annotations

from pathlib import Path

from processor.app import first_run
from processor.app.desk import Desk


def test_cards_are_remembered_for_the_desk_on_which_they_were_answered(tmp_path: Path) -> None:
    folder, desk, other = tmp_path / "own" / "folder", Desk(tmp_path / "옷가게"), Desk(tmp_path / "신발가게")

    first_run.answer(desk, ["points", "practice"], folder)
    first_run.answer(desk, ["practice"], folder)
    first_run.answer(other, ["orders", "no card"], folder)

    assert first_run.answered(desk, folder) == ["practice", "points"]
    assert first_run.answered(other, folder) == ["orders"]
    (kept,) = folder.iterdir()
    assert len(kept.read_text().splitlines()) == 3
    assert "옷가게" not in kept.read_text("utf-8")


def test_a_folder_that_is_missing_or_damaged_means_that_no_card_was_answered(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    first_run.answer(desk, ["points"], None)
    assert first_run.answered(desk, None) == first_run.answered(desk, tmp_path / "none") == []

    for content in (b"\xff\xfe", b"x" * 70_000):
        (tmp_path / "first_run.txt").write_bytes(content)
        assert first_run.answered(desk, tmp_path) == []
    first_run.answer(desk, ["points"], tmp_path)
    assert first_run.answered(desk, tmp_path) == ["points"]

    (tmp_path / "file").write_text("")
    first_run.answer(desk, ["points"], tmp_path / "file")  # it can't be kept, and nothing else is hindered
