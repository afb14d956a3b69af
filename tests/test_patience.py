"""Changes to the disk that Windows refuses while another program looks at the file."""

from __future__ import annotations

import pytest

from processor.disk import patience, patiently


class InUse(PermissionError):
    winerror = 32


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    taken = []
    monkeypatch.setattr(patience.time, "sleep", taken.append)
    return taken


def refused(times: int, error: OSError):
    """A change that is refused so many times, and then says how often it was tried."""
    tries = []

    def change() -> int:
        tries.append(1)
        if len(tries) <= times:
            raise error
        return len(tries)

    return change


def test_a_file_that_is_looked_at_is_tried_again_until_it_is_free(pauses):
    assert patiently(refused(3, InUse())) == 4
    assert pauses == sorted(pauses)
    assert len(pauses) == 3


def test_a_file_that_stays_in_use_is_told_in_the_end(pauses):
    with pytest.raises(InUse):
        patiently(refused(99, InUse()))
    assert 1 < sum(pauses) < 3  # seconds: a person waits for it


def test_what_is_not_permitted_at_all_is_told_at_once(pauses):
    with pytest.raises(PermissionError):
        patiently(refused(1, PermissionError(13, "no")))
    assert pauses == []
