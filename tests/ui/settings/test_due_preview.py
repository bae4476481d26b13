"""Other hours of a calendar: the contract dates that they move are shown before anything is saved; history stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from deskapp.desk import contracts, setup, ticket, undo
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from tests.ui.demo_window import demo_window


def _own_hours(desk: Desk) -> str:
    """A calendar that only contracts count by: no person works by it, so that the plan does not care."""
    own = str(setup.save_calendar(desk, {"name": "Own", "zone": "Europe/Moscow", "week": [[[480, 1200]]] * 7}).result)
    for (row,) in desk.replica.rows("SELECT id FROM contract WHERE hours = '8×5'"):
        contracts.save(desk, {"id": row, "calendar_id": own})
    return own


def _clocks(desk: Desk, statuses: str) -> dict[int, object]:
    """What the clocks of tickets are due by."""
    rows = desk.replica.rows(f"SELECT id, number FROM ticket WHERE status {statuses} ORDER BY number")
    found = {}
    for row, number in rows:
        contract = ticket.view(desk, row).contract
        if contract is not None:
            found[number] = [(one.name, one.state, one.due, one.used) for one in contract.targets]
    return found


def test_contract_dates_are_shown_before_other_hours_are_saved(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        made: list[str] = []
        stage.desktop.runner.run("writer", _own_hours, on_done=made.append)
        stage.settle()
        (own,) = made
        done = stage.ask(_clocks, "IN ('resolved', 'closed', 'refused')")
        before = stage.ask(_clocks, "NOT IN ('resolved', 'closed', 'refused')")
        assert done and before
        screen: Any = stage.window.open("settings")
        screen.open_page("calendars")
        stage.settle()
        page: Any = screen.stack.currentWidget()
        saved: list[Changes] = []
        shorter = {"id": own, "week": [[[480, 600]]] * 7}

        def try_it() -> Any:
            page.save_hours("Hours of “Own”", setup.save_calendar, shorter, done=saved.append)
            stage.settle()
            return next(one for one in page.findChildren(QDialog, "consequences") if one.isVisible())

        dialog = try_it()
        lines = dialog.findChild(QLabel, "plan.dues").text().splitlines()
        assert lines.pop().startswith("and ") and len(lines) == 8
        assert all(line.startswith("#") and "→" in line for line in lines)
        for line in lines:
            was, then = line.split(": ", 1)[1].split(" → ")
            assert was != then and ":" in was and ":" in then, "what moves within a day is seen to move"
        assert not dialog.panel.isVisible() and not dialog.findChild(QPushButton, "plan.refine").isVisible()
        assert stage.ask(_clocks, "NOT IN ('resolved', 'closed', 'refused')") == before, "nothing is saved yet"
        dialog.reject()
        stage.settle()
        assert stage.ask(_clocks, "NOT IN ('resolved', 'closed', 'refused')") == before
        dialog = try_it()
        dialog.findChild(QPushButton, "plan.apply").click()
        stage.settle()
        assert "by contracts moved" in page.says.text()
        after = stage.ask(_clocks, "NOT IN ('resolved', 'closed', 'refused')")
        moved = {number for number in before if after[number] != before[number]}
        assert {int(line[1:5]) for line in lines} <= moved
        assert stage.ask(_clocks, "IN ('resolved', 'closed', 'refused')") == done, "history stays as it was told"
        (changes,) = saved
        stage.desktop.acts.act(undo.revert, changes.tx)
        stage.settle()
        assert stage.ask(_clocks, "NOT IN ('resolved', 'closed', 'refused')") == before
