"""Rules that this program has proved are not proved again, by the word of the user's own folder and of nothing on the desk."""

from __future__ import annotations

import hashlib
import os
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

import crafted
import opened
import pytest

from processor import app, ledger
from processor.app import proofs
from processor.app.errors import RulesBroken
from processor.app.outcomes import NothingNew
from processor.app.program import program
from processor.rulebook import sense

pytestmark = pytest.mark.slow

MORNING = datetime(2026, 11, 23, 9)
SHA = "a" * 64


@pytest.fixture
def proofs_made(monkeypatch) -> list[str]:
    """The SHA-256 of the rules that were proved, in their order."""
    made, check = [], sense.check
    monkeypatch.setattr(sense, "check", lambda book, notes: (made.append(book.sha256), check(book, notes))[1])
    return made


@pytest.fixture
def morning(empty_desk, monkeypatch):
    monkeypatch.setattr(app, "ReadingProcess", lambda *_ahead: nullcontext(opened.process()))
    return lambda marks, **options: app.run(empty_desk, MORNING, app.Passwords([]), marks=marks, **options)


def test_rules_are_proved_once_and_again_where_nothing_can_be_kept(morning, tmp_path, proofs_made):
    marks = tmp_path / "cache" / "desk"
    assert isinstance(morning(marks, dry_run=True), NothingNew)
    assert not marks.exists(), "a dry run writes nothing"
    morning(marks)
    morning(marks)
    assert len(proofs_made) == 2
    morning(None)
    (tmp_path / "file").write_text("")
    morning(tmp_path / "file")
    assert len(proofs_made) == 4


def test_rules_that_a_desk_says_were_proved_are_proved(morning, empty_desk, edited, tmp_path):
    """They say that what is on its way is still to be sent, and the ledger that this program has made a run by them."""
    text = edited("배송중: 배송중,", "배송중: 발송대기,").read_text("utf-8")
    empty_desk.rules.write_text(text, "utf-8")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with ledger.opened(empty_desk.ledger, writing=True) as memory:
        memory.record(replace(crafted.entry(), version=program(), rules=sha256))
    with pytest.raises(RulesBroken) as broken:
        morning(tmp_path / "cache")
    assert "'배송중'은 '배송중'입니다" in broken.value.message.ko
    assert not (tmp_path / "cache").exists(), "what has complaints is not marked"


def test_a_mark_holds_for_the_very_program_that_made_it(tmp_path, monkeypatch):
    proofs.remember(tmp_path, SHA)
    assert proofs.proved(tmp_path) == {SHA}
    monkeypatch.setattr(proofs, "program", lambda: "0.1.0+another")
    assert proofs.proved(tmp_path) == set()
    proofs.remember(tmp_path, "b" * 64)
    assert proofs.proved(tmp_path) == {"b" * 64}


def test_only_the_newest_marks_are_kept(tmp_path):
    for numbers in (range(5_000), range(5_000, 5_002)):
        proofs.remember(tmp_path, *(f"{number:064}" for number in numbers))
    assert proofs.proved(tmp_path) == {f"{number:064}" for number in range(2, 5_002)}


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"x" * (1 << 17), b"\n \n  \n", f"{SHA}\n".encode()],
    ids=["no text", "too long", "blank", "half a mark"],
)
def test_marks_of_another_shape_prove_nothing_and_are_made_anew(content, tmp_path):
    (tmp_path / "proved.txt").write_bytes(content)
    assert proofs.proved(tmp_path) == set()
    proofs.remember(tmp_path, SHA)
    assert proofs.proved(tmp_path) == {SHA}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_no_link_is_followed_to_marks(tmp_path):
    proofs.remember(tmp_path / "foreign", SHA)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "proved.txt").symlink_to(tmp_path / "foreign" / "proved.txt")
    assert proofs.proved(tmp_path / "own") == set()
    (tmp_path / "linked").symlink_to(tmp_path / "foreign")
    proofs.remember(tmp_path / "linked", "b" * 64)
    assert proofs.proved(tmp_path / "foreign") == {SHA}
