"""The calendar screen over a real desk, by keys and by mouse."""

from __future__ import annotations

from .conftest import Bench


def test_shot(bench: Bench) -> None:
    bench.window.grab().save("/tmp/cal.png")
    assert not bench.recorder.failures and not bench.recorder.crashes
