"""Knowledge, visits and parts through the real window by keys, on the demo desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from deskapp.desk import knowledge, stock, ticket, visits
from deskapp.ui import theme
from deskapp.ui.ticket import service
from deskapp.ui.visits import sheet
from tests.ui.demo_window import DemoStage, demo_window


def dialog(name: str) -> Any:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.objectName() == name)


def ticket_id(stage: DemoStage, number: int) -> str:
    return str(stage.ask(ticket.find, number))


def back(stage: DemoStage) -> None:
    """A dialog has closed: the window is in front again."""
    stage.window.activateWindow()
    screen = stage.window.screen_now()
    assert screen is not None
    screen.activate()
    stage.settle()


def waited(stage: DemoStage, true: Callable[[], bool]) -> None:
    stage.settle()
    assert true()


def test_an_article_is_found_read_written_and_undone(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "ru") as stage:
        stage.press("Ctrl+3", "/")
        screen: Any = stage.window.screen_now()
        stage.type("закрытые периоды")
        assert [item.number for item in screen.list.items()] == [214]
        assert "Снимите запрет" in screen.reading.text.toPlainText()
        assert "строка «все» ломает роли" in screen.reading.text.toPlainText()
        stage.press("Return", "F2")
        assert stage.focus().objectName() == "knowledge.field.fix"
        stage.press("Ctrl+End")
        stage.type(" И пятое.")
        screen.editing.image_pasted.emit("fix", QImage(8, 8, QImage.Format.Format_RGB32))
        stage.settle()
        stage.press("Esc")  # what was typed is kept, not saved
        article = screen.list.current()
        assert "И пятое" not in stage.ask(knowledge.view, article).fix
        stage.press("F2")
        assert "И пятое" in stage.focus().toPlainText()
        stage.press("Ctrl+Return")
        saved = stage.ask(knowledge.view, article)
        assert "И пятое" in saved.fix and len(saved.files) == 1 and f"sha256:{saved.files[0].sha256}" in saved.fix
        assert not screen.is_editing() and stage.line() == "БЗ-214: статья изменена"
        stage.press("Ctrl+Z")
        assert "И пятое" not in stage.ask(knowledge.view, article).fix
        stage.press("/", "Ctrl+A", "Del")
        screen.tabs.choose(3)
        stage.settle()
        assert [item.number for item in screen.list.items()] == [187]  # its check is overdue
        stage.find("knowledge.act.checked").click()  # type: ignore[attr-defined]
        waited(stage, lambda: not screen.list.items())


def test_two_versions_of_an_article_are_compared_and_one_is_kept(qapp: QApplication, tmp_path: Path) -> None:
    """A colleague's words come while I write: both stay, are marked, and a key keeps one of them."""
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        stage.press("Ctrl+3")
        screen: Any = stage.window.screen_now()
        article = screen.list.current()
        before = stage.ask(knowledge.view, article).fix
        stage.press("F2", "Ctrl+End")
        stage.type(" And restart it.")
        stage.press("Esc")  # a draft, begun before the colleague saved
        stage.desktop.acts.act(knowledge.save, article, {"fix": "Ask the owner first.\n\n" + before})
        stage.settle()
        assert not screen.reading.bar.isVisible()
        stage.press("F2", "Ctrl+Return")
        view = stage.ask(knowledge.view, article)
        assert view.two and view.fix.endswith(" And restart it.") and "Ask the owner" not in view.fix
        assert screen.reading.bar.isVisible() and "Two versions" in screen.reading.bar.text.text()
        assert screen.list.items()[0].two
        glyph = screen.reading.bar.grab(QRect(0, 0, 32, screen.reading.bar.height())).toImage()
        ground = theme.current().color("crit-bg").lightness()
        lights = [glyph.pixelColor(x, y).lightness() for x in range(glyph.width()) for y in range(glyph.height())]
        assert ground - min(lights) > 60, "the sign is seen on the ground of the bar"
        stage.press("V")
        form = dialog("knowledge.versions")
        form.activateWindow()
        stage.settle()
        theirs, mine = (text.toPlainText() for text in form.texts)
        assert "Ask the owner first." in theirs and "And restart it." in mine
        assert form.choices[1].isChecked(), "what is in force is chosen first"
        stage.press("1", "Return")
        back(stage)
        view = stage.ask(knowledge.view, article)
        assert not view.two and view.fix.startswith("Ask the owner first.") and "restart it" not in view.fix
        assert not screen.reading.bar.isVisible() and stage.line().endswith("version chosen")
        stage.press("Ctrl+Z")
        assert stage.ask(knowledge.view, article).two and screen.reading.bar.isVisible()
        screen = stage.window.open("sync")
        stage.settle()
        assert any("KB-" in text.text() for text in screen.findChildren(QLabel) if text.isVisible())


def test_from_the_ticket_insert_make_reserve_and_plan(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        stage.go_to(4117)
        shown = [
            row.text() for row in stage.find("ticket.section.similar").findChildren(QWidget) if hasattr(row, "text")
        ]
        assert any("KB-214" in text for text in shown)
        stage.press("R", "Ctrl+B")
        stage.press("Return")
        letter = stage.focus().toPlainText()  # type: ignore[attr-defined]
        assert "Снимите запрет" in letter and "ломает роли" not in letter
        assert stage.ask(knowledge.articles, "all", "214")[0].uses == 10
        stage.press("Esc", "P")
        stage.type("sfp ×2")
        stage.press("Return")
        one = ticket_id(stage, 4117)
        (kept,) = stage.ask(stock.for_ticket, one)
        assert (kept.code, kept.quantity) == ("SFP-1G-LX", 2)
        stage.press("Ctrl+Z")
        assert stage.ask(stock.for_ticket, one) == ()
        stage.press("V")
        plan = dialog("visit.plan")
        assert plan.option() is not None and "Marina Sokolova" not in plan.letter.edit.text()[:20]
        plan.how.choose(1)
        plan.who.setText("Елена Рудакова")
        plan.go()
        stage.settle()
        back(stage)
        (visit,) = stage.ask(visits.of_ticket, one)
        assert visit.confirmed_at is not None and visit.state == "planned"
        stage.go_to(4117)
        stage.press("V")  # it is planned: shown
        screen: Any = stage.window.screen_now()
        assert screen.objectName() == "visits" and screen.list.current().id == visit.id
        stage.press("Ctrl+1")
        stage.go_to(4117)
        stage.press("B")
        assert stage.window.screen_now().objectName() == "knowledge"  # type: ignore[union-attr]
        (draft,) = [item for item in stage.ask(knowledge.articles, "drafts") if item.number != 221]
        assert stage.ask(knowledge.view, draft.id).ticket_number == 4117


def test_a_visit_from_the_road_to_the_signature_and_parts_on_their_way(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "ru") as stage:
        stage.press("Ctrl+5")
        screen: Any = stage.window.screen_now()
        assert [row.number for row in screen.list.rows() if hasattr(row, "number")] == [4087, 4111, 4135]
        screen.save_sheet(str(tmp_path / "sheet.pdf"))
        assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
        start = screen._visit.item.window[0]
        cut = ((start, start + timedelta(hours=1)), (start + timedelta(hours=2), start + timedelta(hours=4)))
        said = [
            sheet.html(replace(screen._visit, pieces=pieces), screen._directory, screen.times())
            for pieces in (cut[:1], cut)
        ]
        assert ["(с перерывом: " in text for text in said] == [False, True]
        visit = screen.list.current().id
        stage.press("N")
        assert stage.ask(visits.view, visit).item.state == "on_site"
        stage.press("N")
        end = dialog("visit.end")
        end.go()
        stage.settle()
        assert end.says.text()  # what was fixed is asked for
        end.fixed.set_text("Заменён коммутатор")
        end.go()
        stage.settle()
        back(stage)
        done = stage.ask(visits.view, visit)
        assert (done.item.state, done.accepted_by) == ("done", "Олег Петров")
        switch = next(one for one in stage.ask(stock.parts) if one.code == "SW-24G")
        assert (switch.count, switch.reserved) == (1, 0)
        screen.tabs.choose(1)
        stage.settle()
        assert [row.number for row in screen.list.rows() if hasattr(row, "number")] == [4087]

        screen.tabs.choose(2)
        screen.parts_list.setFocus()
        stage.settle()
        stage.press("/")
        stage.type("батарея")
        assert [row.code for row in screen.parts_list.rows()] == ["UPS-BAT-9"]
        screen.parts_list.setFocus()
        stage.press("O")
        form = stage.find("stock.order")
        form.fields["expected"].setText("12.11")  # type: ignore[attr-defined]
        stage.press("Return")
        battery = next(one for one in stage.ask(stock.parts) if one.code == "UPS-BAT-9")
        assert (battery.on_order, battery.expected) == (1, "2026-11-12")
        stage.press("C")
        (store, car) = (place.id for place in stage.ask(stock.places))
        stage.find("stock.count").fields[store].setValue(9)  # type: ignore[attr-defined]
        stage.press("Return")
        assert next(one for one in stage.ask(stock.parts) if one.code == "UPS-BAT-9").count == 9
        assert car and stage.line() == "Склад пересчитан"


def test_duty_and_maintenance_in_settings(qapp: QApplication, tmp_path: Path) -> None:
    from deskapp.desk import duty, recurring

    with demo_window(qapp, tmp_path / "desk", "ru") as stage:
        stage.press("Ctrl+,")
        screen: Any = stage.window.screen_now()
        screen.open_page("duty")
        stage.settle()
        page = screen.stack.currentWidget()
        assert [row["from"] for row in page.table.model.rows][:2] == ["03.11.2026 09:00", "03.11.2026 17:00"]
        page.table.added.emit()
        stage.settle()
        last = stage.ask(duty.shifts)[-1]
        assert f"{last.start:%d}" == "06" and last.end > last.start
        row = page.table.model.rows[0]
        row["to"] = "когда-нибудь"
        page._edited(row, "to", row["to"])
        stage.settle()
        assert page.table.model.rows[0]["to"] == "03.11.2026 17:00" and page.says.text()
        screen.open_page("maintenance")
        stage.settle()
        page = screen.stack.currentWidget()
        page.form_.fields["step"].setValue(2)
        page.form_.fields["step"].editingFinished.emit()
        stage.settle()
        assert stage.ask(recurring.rules)[0].row["step"] == 2
        first = page.form_.fields["first_on"]
        assert first.text() == "01.12.2026", "as people write it"
        first.setFocus()
        stage.press("Ctrl+A")
        stage.type("2.12")
        stage.press("Tab")
        assert stage.ask(recurring.rules)[0].row["first_on"] == "2026-12-02" and first.text() == "02.12.2026"
        begins = page.form_.fields["minute"]
        assert begins.text() == "10:00", "a time of the day is no effort"
        begins.setFocus()
        stage.press("Ctrl+A")
        stage.type("полдень")
        stage.press("Tab")
        assert page.says.text() == "Напишите время как 10:00 или оставьте пустым."
        begins.setFocus()
        stage.press("Ctrl+A")
        stage.type("8.30")
        stage.press("Tab")
        assert stage.ask(recurring.rules)[0].row["minute"] == 510 and begins.text() == "08:30"


def test_a_part_on_order_tells_its_day_in_words(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        ordered = next(one for one in stage.ask(stock.parts) if one.expected and one.free <= 0)
        note = service._part_option(ordered).note
        assert ordered.expected not in note and "Nov" in note, note
