"""An absence is told over its preview as a person would say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.demo_window import demo_window


def test_an_absence_of_one_day_names_it_once(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk") as stage:
        screen: Any = stage.window.open("settings")
        screen.open_page("absences")
        stage.settle()
        page: Any = screen.stack.currentWidget()
        person = page.form_.fields["person"]
        person.select(next(person.itemData(i) for i in range(person.count()) if "Kim" in person.itemText(i)))
        for field in (page.start, page.end):
            field.setDate(QDate(2026, 11, 5))
        stage.find("settings.absences.add").click()  # type: ignore[attr-defined]
        stage.settle()
        dialog: Any = next(one for one in page.findChildren(QDialog, "consequences") if one.isVisible())
        assert dialog.heading.text().replace("\u00a0", " ").endswith("Kim is away on Thu 5 Nov 2026")
        dialog.reject()
        stage.settle()
        two = page.away_words("Kim", "Thu 5 Nov", "Fri 6 Nov")
        assert two == "Kim is away Thu 5 Nov to Fri 6 Nov"
