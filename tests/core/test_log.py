"""Logs stay small, whoever else holds them open."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core import log


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    before = list(logging.getLogger().handlers)
    yield logging.getLogger("deskapp.trial")
    for one in [one for one in logging.getLogger().handlers if one not in before]:
        logging.getLogger().removeHandler(one)
        one.close()


def test_a_log_is_rotated_and_kept_small(logger: logging.Logger, tmp_path: Path) -> None:
    log.start(tmp_path, name="agent", structured=True)
    for number in range(900):
        logger.info("line %s %s", number, "x" * 8_000)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert len(sizes) == 5 and all(size <= 1_010_000 for size in sizes.values())


def test_a_log_that_cannot_be_renamed_goes_on(
    logger: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: str) -> Path:
        raise PermissionError("another process has it open")

    log.start(tmp_path)
    monkeypatch.setattr(Path, "replace", refuse)
    for number in range(150):
        logger.info("line %s %s", number, "x" * 8_000)
    assert "line 149 " in (tmp_path / "deskapp.log").read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_log_that_cannot_be_written_stops_nothing(
    logger: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deskapp.log").mkdir()
    log.start(tmp_path)
    logger.info("nobody reads it")
    (tmp_path / "deskapp.log").rmdir()
    logger.info("and it goes on")
    assert "and it goes on" in (tmp_path / "deskapp.log").read_text("utf-8")
    (tmp_path / "full.log").symlink_to("/dev/full")
    log.start(tmp_path, name="full")
    logger.info("the disk is full")
    assert capsys.readouterr().err == ""
