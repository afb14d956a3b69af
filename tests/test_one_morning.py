"""One morning typed at the command line, from the exports to the workbook: of the slow tests' kind, but always run."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import APPROVED, AT_LEISURE, QUESTION, put_exports, workbooks


@pytest.fixture
def desk(empty_desk) -> Path:
    return empty_desk.home


def test_code_0_when_every_row_is_settled(desk, typed):
    put_exports(desk / "inbox", APPROVED, AT_LEISURE)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")

    assert ended.code == 0
    assert "취소승인 1" in ended.out
    assert "조치없음 1" in ended.out
    assert workbooks(desk)[0].name in ended.out


def test_code_1_when_a_row_must_be_asked_about(desk, typed):
    put_exports(desk / "inbox", APPROVED, QUESTION)

    ended = typed("run", "--home", desk, "--as-of", "2026-11-23T09:00")

    assert ended.code == 1
    assert "확인필요 1" in ended.out
