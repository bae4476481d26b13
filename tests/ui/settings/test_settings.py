"""The settings over a real desk: every field applies at once, what is refused says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from deskapp.core.errors import UserFacingError, WrongPassword
from deskapp.desk import setup, standing_in, undo
from deskapp.desk.mailport import Checked
from deskapp.ui import i18n, letterwords
from deskapp.ui.actions import ActionRegistry
from deskapp.ui.acts import Acts
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.runner import Lane, TaskRunner
from deskapp.ui.settings.letters import sample
from deskapp.ui.settings.screen import PAGES, SettingsScreen
from deskapp.ui.undo import UndoStack
from tests.ui.composer.conftest import Shop, begun, shop  # noqa: F401

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QWidget):
    """What the screen asks of the main window."""

    def __init__(self) -> None:
        super().__init__()
        self.themes: list[str] = []
        self.keys = self
        self.single = True

    def set_theme(self, mode: str) -> None:
        self.themes.append(mode)

    def set_language(self, code: str) -> None:
        i18n.install(code)

    def set_single_letters(self, on: bool) -> None:
        self.single = on


@dataclass
class Bench:
    qtbot: Any
    shop: Shop
    window: Window
    screen: SettingsScreen
    runner: TaskRunner
    acts: Acts
    undo: UndoStack
    recorder: Recorder

    def open(self, page: str) -> Any:
        self.screen.open_page(page)
        self.settle()
        return self.screen.stack.currentWidget()

    def settle(self) -> None:
        self.runner.drain()
        assert not self.recorder.crashes, self.recorder.crashes

    def find(self, name: str) -> Any:
        found = self.screen.findChild(QWidget, name)
        assert found is not None, name
        return found

    def type(self, name: str, text: str) -> None:
        """Write into a field and leave it by Tab."""
        field = self.find(name)
        field.setFocus()
        field.selectAll()
        if text:
            QTest.keyClicks(field, text)
        else:
            QTest.keyClick(field, KEY.Key_Delete)
        QTest.keyClick(QApplication.activePopupWidget() or field, KEY.Key_Tab)  # suggestions get the keys first
        self.settle()


@pytest.fixture
def bench(qtbot, shop: Shop) -> Iterator[Bench]:  # noqa: F811
    messages = Messages()
    recorder = Recorder(messages)
    replica = shop.desk.replica
    lanes = {
        "writer": Lane(replica.connect, replica.disconnect),
        "reader": Lane(lambda: replica.connect(readonly=True), replica.disconnect),
        "net": Lane(replica.connect, replica.disconnect),
    }
    runner = TaskRunner(shop.desk, messages, lanes)
    stack = UndoStack(runner, messages, undo.revert, shop.clock.now)
    acts = Acts(runner, stack)
    window = Window()
    column = QVBoxLayout(window)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    shop.desk.settings.set("language", "en")
    screen = SettingsScreen(runner, acts, ActionRegistry(), window, shop.desk.settings)
    acts.changed.connect(screen.refresh)
    column.addWidget(screen)
    window.resize(1000, 700)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    screen.activate()
    runner.drain()
    yield Bench(qtbot, shop, window, screen, runner, acts, stack, recorder)
    runner.drain()
    runner.close()


def test_every_page_opens_by_keys_and_every_field_has_a_name(bench: Bench) -> None:
    view = bench.screen.list
    assert QApplication.focusWidget() is view
    seen = []
    for _ in PAGES:
        page: Any = bench.screen.stack.currentWidget()
        seen.append(page.id)
        assert page.loaded
        for field in page.findChildren(QWidget):
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isVisibleTo(page):
                assert field.accessibleName() or field.inherits("QAbstractButton"), field.objectName() or field
        QTest.keyClick(view, KEY.Key_Down)
        bench.settle()
    assert seen == [page.id for page in PAGES]
    assert {"me", "team", "calendars", "absences", "rule", "causes", "letters", "mail"} <= set(seen)


def test_search_finds_a_page_by_a_word_of_a_field(bench: Bench) -> None:
    search = bench.find("settings.search")
    search.setFocus()
    QTest.keyClicks(search, "time zone")
    assert bench.screen._filter.rowCount() == 1
    QTest.keyClick(search, KEY.Key_Return)
    assert bench.screen.stack.currentWidget().id == "calendars"
    assert bench.screen.stack.currentWidget().isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(search, KEY.Key_Escape)
    assert bench.screen._filter.rowCount() == len(PAGES)


# -- me


def test_signature_is_stored_when_it_is_left_and_can_be_undone(bench: Bench) -> None:
    bench.open("me")
    field = bench.find("settings.me.signature_en")
    field.setFocus()
    QTest.keyClicks(field, "Yours, Marina")
    QTest.keyClick(field, KEY.Key_Tab)
    bench.settle()
    me = bench.shop.desk.me

    def signature() -> str:
        return next(row for row in setup.specialists(bench.shop.desk) if row["id"] == me)["signature_en"]

    assert signature() == "Yours, Marina"
    bench.undo.undo()
    bench.settle()
    assert signature() == ""
    assert field.text() == ""


def test_another_person_another_theme_other_keys(bench: Bench, qtbot) -> None:
    bench.open("me")
    who = bench.find("settings.me.me")
    who.setFocus()
    with qtbot.waitSignal(bench.screen.person_switched):
        who.select(bench.shop.people["Орлов"])
        who.activated.emit(who.currentIndex())
    bench.settle()
    assert bench.shop.desk.me == bench.shop.people["Орлов"]
    assert bench.find("settings.me.name").text() == "Дмитрий Орлов"
    look = bench.find("settings.me.theme")
    look.select("dark")
    look.activated.emit(2)
    assert bench.window.themes == ["dark"]
    keys = bench.find("settings.me.single_keys")
    keys.setFocus()
    QTest.keyClick(keys, KEY.Key_Space)
    assert bench.window.single is False
    assert bench.shop.desk.settings.flag("single_keys") is False
    seconds = bench.find("settings.me.undo_seconds")
    seconds.setValue(40)
    seconds.editingFinished.emit()
    assert bench.shop.desk.settings.number("undo_seconds") == 40


def test_language_is_live_and_keeps_the_page(bench: Bench) -> None:
    bench.open("me")
    language = bench.find("settings.me.language")
    language.select("ru")
    language.activated.emit(1)
    bench.qtbot.waitUntil(lambda: bench.screen._language.isActive() is False)
    bench.settle()
    assert bench.shop.desk.settings.text("language") == "ru"
    assert bench.screen.stack.currentWidget().id == "me"
    assert bench.find("settings.me.language").currentData() == "ru"


# -- team


def test_a_colleague_is_added_with_lines_and_skills(bench: Bench) -> None:
    page = bench.open("team")
    bench.find("settings.team.add").click()
    bench.settle()
    assert QApplication.focusWidget() is bench.find("settings.team.name")
    QTest.keyClicks(QApplication.focusWidget(), "Svetlana Kim")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    bench.settle()
    line = bench.find("settings.team.line.3")
    line.setFocus()
    QTest.keyClick(line, KEY.Key_Space)
    bench.settle()
    skill = bench.find("settings.team.skill.1")
    skill.setFocus()
    QTest.keyClick(skill, KEY.Key_Space)
    bench.settle()
    row = next(row for row in setup.specialists(bench.shop.desk) if row["name"] == "Svetlana Kim")
    assert row["lines"] == [1, 3]
    assert [evidence["pace"] for evidence in row["skills"].values()] == [100]
    assert page.list.current() == row["id"]


def test_seen_tickets_of_a_skill_survive_another_pace(bench: Bench) -> None:
    page = bench.open("team")
    orlov = bench.shop.people["Орлов"]
    page.list.set_rows([(row["id"], row["name"]) for row in page._people], orlov)
    bench.settle()
    box, pace = page._skill_fields[bench.shop.skills["Обмены"]]
    assert box.isChecked()
    pace.setValue(80)
    pace.editingFinished.emit()
    bench.settle()
    row = next(row for row in setup.specialists(bench.shop.desk) if row["id"] == orlov)
    assert row["skills"][bench.shop.skills["Обмены"]] == {"seen": 9, "pace": 80}


def test_the_last_line_cannot_be_taken(bench: Bench) -> None:
    page = bench.open("team")
    for line in (1, 2):
        box = bench.find(f"settings.team.line.{line}")
        box.setFocus()
        QTest.keyClick(box, KEY.Key_Space)
        bench.settle()
    assert "one line at least" in page.says.text()
    assert bench.find("settings.team.line.2").isChecked()


# -- calendars


def test_hours_of_a_day_are_saved_and_nonsense_is_refused(bench: Bench) -> None:
    page = bench.open("calendars")
    bench.type("settings.calendars.day4", "9-13, 14-17")
    week = setup.calendars(bench.shop.desk)[0]["week"]
    assert week[4] == [[540, 780], [840, 1020]]
    bench.type("settings.calendars.day4", "all day")
    assert "are no hours" in page.says.text()
    assert setup.calendars(bench.shop.desk)[0]["week"] == week


def test_a_calendar_without_working_time_cannot_be_saved(bench: Bench) -> None:
    page = bench.open("calendars")
    for day in range(5):
        bench.type(f"settings.calendars.day{day}", "")
    assert page.says.text().startswith("A calendar needs working time")
    week = setup.calendars(bench.shop.desk)[0]["week"]
    assert [day for day in week if day]


def test_an_unknown_zone_is_refused(bench: Bench) -> None:
    page = bench.open("calendars")
    bench.type("settings.calendars.zone", "Mars/Base")
    assert page.says.text()
    assert setup.calendars(bench.shop.desk)[0]["zone"] == "Europe/Moscow"


def test_hours_that_are_none_are_said_until_hours_stand_there_again(bench: Bench) -> None:
    page = bench.open("calendars")
    kept = page._week.value("day1")
    bench.type("settings.calendars.day1", "9-18 lunch")
    assert "9-18 lunch" in page.says.text()
    bench.type("settings.calendars.day1", "9-13, 14-18")
    assert page.says.text() == "" and page._week.value("day1") == kept


def test_the_country_offered_is_that_of_the_zone_and_each_is_there_once(bench: Bench) -> None:
    page = bench.open("calendars")
    bench.find("settings.calendars.add").click()
    bench.settle()
    bench.type("settings.calendars.zone", "Asia/Almaty")
    assert page.country.currentData() == "KZ"
    names = [page.country.itemText(place) for place in range(page.country.count())]
    assert sum("Россия" in name for name in names) == 1 and sum("United States" in name for name in names) == 1


def test_holidays_are_filled_and_a_day_by_hand_is_kept(bench: Bench) -> None:
    page = bench.open("calendars")
    page.country.select("RU")
    page.last.setValue(2026)
    bench.find("settings.calendars.fill").click()
    bench.settle()
    days = {row["day"]: row for row in setup.calendars(bench.shop.desk)[0]["days"]}
    assert days["2026-01-01"]["kind"] == "holiday"
    assert days["2026-11-03"]["kind"] == "short"
    assert page.days.model.rowCount() == len(days)
    page.new_kind.select("short")
    page.new_hours.setText("9-15")
    bench.find("settings.calendars.add_day").click()
    bench.settle()
    assert {row["day"]: row["intervals"] for row in setup.calendars(bench.shop.desk)[0]["days"]}["2026-11-03"] == [
        [540, 900]
    ]


def test_a_shortened_day_needs_hours(bench: Bench) -> None:
    page = bench.open("calendars")
    page.new_kind.select("short")
    page.new_hours.setText("")
    bench.find("settings.calendars.add_day").click()
    bench.settle()
    assert "needs its hours" in page.says.text()


def test_a_date_is_removed_by_delete(bench: Bench) -> None:
    page = bench.open("calendars")
    view = page.days.view
    view.setFocus()
    view.setCurrentIndex(page.days.model.index(0, 2))
    QTest.keyClick(view, KEY.Key_Delete)
    bench.settle()
    assert [row["day"] for row in setup.calendars(bench.shop.desk)[0]["days"]] == ["2026-11-04"]


def test_absence_of_whole_days(bench: Bench) -> None:
    page = bench.open("absences")
    page.form_.fields["person"].select(bench.shop.people["Орлов"])
    page.start.setFocus()
    QTest.keySequence(page.start, QKeySequence("Ctrl+A"))
    page.start.setDate(page.start.date().addDays(6))
    page.end.setDate(page.start.date().addDays(4))
    bench.find("settings.absences.add").click()
    bench.settle()
    (row,) = setup.absences(bench.shop.desk)
    assert (row["end_at"] - row["start_at"]) == 5 * 86_400_000
    assert page.table.model.rows[0]["to"].replace("\u00a0", " ") == "Fri 13 Nov 2026"
    view = page.table.view
    view.setFocus()
    view.setCurrentIndex(page.table.model.index(0, 0))
    QTest.keyClick(view, KEY.Key_Delete)
    bench.settle()
    assert setup.absences(bench.shop.desk) == []


# -- rule, causes


def test_rule(bench: Bench) -> None:
    page = bench.open("rule")
    bench.type("settings.rule.margin", "45")
    bench.type("settings.rule.answer_minutes", "3h")
    rule = setup.rule(bench.shop.desk)
    assert (rule["margin"], rule["answer_minutes"]) == (45, 180)
    bench.type("settings.rule.round_to", "2d")
    assert page.says.text()
    assert setup.rule(bench.shop.desk)["round_to"] == 30


def test_causes_are_edited_in_place(bench: Bench) -> None:
    page = bench.open("causes")
    table = page._tables["cause"]
    QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = next(i for i, r in enumerate(table.model.rows) if r["name"] == "Оборудование")
    assert table.model.setData(table.model.index(row, 2), "1h30")
    bench.settle()
    assert {r["name"]: r["usual_minutes"] for r in setup.causes(bench.shop.desk)}["Оборудование"] == 90
    assert not table.model.setData(table.model.index(row, 2), "soon")
    table.model.setData(table.model.index(row, 0), "")
    bench.settle()
    assert page.says.text().startswith("A name is missing")
    assert table.model.rows[row]["name"] == "Оборудование"
    bench.find("settings.causes.cause.add").click()
    bench.settle()
    assert QApplication.focusWidget() is not None
    QTest.keyClicks(QApplication.focusWidget(), "Network")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    bench.qtbot.waitUntil(lambda: "Network" in [r["name"] for r in setup.causes(bench.shop.desk)])
    bench.settle()


# -- letters


def test_own_letter_with_preview_and_back(bench: Bench) -> None:
    page = bench.open("letters")
    assert page.list.current() == "ack"
    page.language.setFocus()
    QTest.keyClick(page.language, KEY.Key_Right)
    bench.settle()
    assert "4129" in page.preview.toPlainText()
    text = bench.find("settings.letters.text")
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, "Got it, {{ number }}.")
    QTest.keyClick(text, KEY.Key_Tab)
    bench.settle()
    stored = {(r["kind"], r["language"]): r for r in setup.letter_templates(bench.shop.desk)}
    assert stored["ack", "en"]["body"] == "Got it, {{ number }}."
    assert "Got it, 4129." in page.preview.toPlainText()
    bench.find("settings.letters.reset").click()
    bench.settle()
    assert "Got it" not in text.text()
    assert not setup.letter_templates(bench.shop.desk)[1]["own"]


def test_a_mistake_in_a_letter_is_named_and_the_typed_text_stays(bench: Bench) -> None:
    page = bench.open("letters")
    text = bench.find("settings.letters.text")
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, "Hello {{ nobody }}")
    QTest.keyClick(text, KEY.Key_Tab)
    bench.settle()
    assert "nobody" in page.says.text()
    assert text.text() == "Hello {{ nobody }}"
    assert not any(r["own"] for r in setup.letter_templates(bench.shop.desk))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_letter_has_a_sample_and_a_name(language: str) -> None:
    from deskapp.desk.templates import KINDS, unfilled

    for kind in KINDS:
        _subject, body = sample(kind, language, "", "")
        assert not unfilled(body), f"{kind}: its values in `sample` (ui/settings/letters.py)"
    for table in (letterwords.titles(), letterwords.chips()):
        assert set(table) == set(KINDS), "the names of letters stand in ui/letterwords.py"


# -- mail


class Post:
    """A mail room that answers a test."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, Any], str | None]] = []

    def check(self, _desk: Any, row: Any, password: str | None) -> Checked:
        self.asked.append((dict(row), password))
        if row["options"].get("host") == "down.example.com":
            raise UserFacingError("The mail server is not reachable", "%1", "down.example.com")
        if row["options"].get("host") == "shut.example.com":
            return Checked(False, error=WrongPassword("The mail server refuses the password", "%1", "shut.example.com"))
        return Checked(True, "works")

    def round(self, _desk: Any) -> Any:
        raise AssertionError


def test_mailbox_with_its_password_in_the_keyring_and_a_test(bench: Bench) -> None:
    post = Post()
    bench.shop.desk.mail = post
    page = bench.open("mail")
    bench.find("settings.mail.add").click()
    bench.settle()
    bench.type("settings.mail.address", "support@firm.example")
    bench.type("settings.mail.host", "mail.firm.example")
    bench.type("settings.mail.password", "s3cret")
    (row,) = setup.mailboxes(bench.shop.desk)
    assert row["address"] == "support@firm.example"
    assert row["name"] == "", "customers would read a made-up name as the sender"
    assert row["options"]["host"] == "mail.firm.example"
    assert "s3cret" not in str(row)
    assert bench.shop.desk.secrets.get(f"mailbox:{row['id']}") == "s3cret"
    security = bench.find("settings.mail.security")
    security.select("starttls")
    security.activated.emit(1)
    bench.settle()
    assert setup.mailboxes(bench.shop.desk)[0]["options"]["port"] == 143
    bench.find("settings.mail.test").click()
    bench.settle()
    assert page.result.text() == "The mailbox can be read and the server takes letters."
    assert post.asked[-1][0]["options"]["host"] == "mail.firm.example"
    bench.type("settings.mail.host", "shut.example.com")
    bench.find("settings.mail.test").click()
    bench.settle()
    assert page.result.text() == "The mail server refuses the password. shut.example.com."
    bench.type("settings.mail.host", "down.example.com")
    bench.find("settings.mail.test").click()
    bench.settle()
    assert "not reachable" in page.says.text()
    kind = bench.find("settings.mail.kind")
    kind.select("folder")
    kind.activated.emit(1)
    bench.settle()
    assert bench.find("settings.mail.host").isHidden() or not bench.find("settings.mail.host").isVisible()
    bench.type("settings.mail.path", "/tmp/letters")
    assert setup.mailboxes(bench.shop.desk)[0]["options"]["folder"] == "/tmp/letters"


def test_a_mailbox_on_an_exchange_server_has_its_own_fields(bench: Bench) -> None:
    bench.open("mail")
    bench.find("settings.mail.add").click()
    bench.settle()
    bench.type("settings.mail.host", "imap.firm.example")
    kind = bench.find("settings.mail.kind")
    kind.select("ews")
    kind.activated.emit(1)
    bench.settle()
    for name, shown in (("server", True), ("password", True), ("mailbox", True), ("host", False), ("smtp_port", False)):
        assert bench.find(f"settings.mail.{name}").isVisibleTo(bench.find("settings.mail")) is shown, name
    bench.type("settings.mail.server", "mail.firm.example")
    bench.type("settings.mail.login", "FIRM\\desk")
    bench.type("settings.mail.mailbox", "desk@firm.example")
    after = bench.find("settings.mail.after")
    after.select("move")
    after.activated.emit(1)
    bench.settle()
    bench.type("settings.mail.processed", "Done")
    (row,) = setup.mailboxes(bench.shop.desk)
    assert row["kind"] == "ews"
    assert {key: row["options"][key] for key in ("server", "login", "mailbox", "after", "processed")} == {
        "server": "mail.firm.example",
        "login": "FIRM\\desk",
        "mailbox": "desk@firm.example",
        "after": "move",
        "processed": "Done",
    }


def test_who_stands_in_for_whom(bench: Bench) -> None:
    page = bench.open("team")
    first = page.form_.fields["stands_in_1"]
    person = page.list.current()
    other = next(first.itemData(index) for index in range(first.count()) if first.itemData(index))
    assert person not in [first.itemData(index) for index in range(first.count())]
    first.select(other)
    first.activated.emit(first.currentIndex())
    bench.settle()
    assert standing_in.substitutes(bench.shop.desk)[person] == (other,)
    bench.undo.undo()
    bench.settle()
    assert standing_in.substitutes(bench.shop.desk) == {}
    assert first.currentData() == ""


def test_a_meeting_of_several_and_another_end(bench: Bench) -> None:
    page = bench.open("absences")
    choice = page.form_.fields["person"]
    assert not page.several.isVisible()
    choice.setCurrentIndex(choice.count() - 1)
    choice.activated.emit(choice.currentIndex())
    assert page.several.isVisible()
    boxes = list(page._boxes.values())
    for box in boxes[:2]:
        box.setChecked(True)
    page.form_.fields["kind"].select("meeting")
    bench.find("settings.absences.add").click()
    bench.settle()
    rows = setup.absences(bench.shop.desk)
    assert len(rows) == 2 and {row["kind"] for row in rows} == {"meeting"}
    shown = page.table.model.rows[0]
    page._edited(shown, "to", "24.12.2030")
    bench.settle()
    ends = {row["id"]: row["end_at"] for row in setup.absences(bench.shop.desk)}
    assert ends[shown["id"]] > shown["end_at"]
    page._edited(shown, "to", "soon")
    assert "is no date" in page.says.text()
    page._drop(shown)
    bench.settle()
    assert len(setup.absences(bench.shop.desk)) == 1


def test_a_production_calendar_is_read_from_a_file(bench: Bench, tmp_path: Path) -> None:
    page = bench.open("calendars")
    path = tmp_path / "2031.xml"
    path.write_text("<calendar year='2031'><holidays/><days><day d='02.21' t='2'/></days></calendar>", "utf-8")
    page.read_file(path)
    bench.settle()
    assert page.says.text() == "1 date read."
    days = [row for one in setup.calendars(bench.shop.desk) for row in one["days"] if row["day"] == "2031-02-21"]
    assert [row["kind"] for row in days] == ["short"]
    path.write_text("nothing of the kind", "utf-8")
    page.read_file(path)
    bench.settle()
    assert "production calendar" in page.says.text()
    page.read_file(tmp_path / "missing.xml")
    assert "cannot be read" in page.says.text()


def test_what_has_two_names_is_called_in_the_language_of_the_window(bench: Bench) -> None:
    desk = bench.shop.desk
    for row in setup.specialists(desk):
        if row["name"] == "Марина Соколова":
            setup.save_specialist(desk, {"id": row["id"], "name_en": "Marina Sokolova"})
    bench.acts.changed.emit(setup.save_rule(desk, {"desk_name": "Desk"}))
    page = bench.open("team")
    bench.settle()
    names = page.list.view.model().stringList()
    assert "Marina Sokolova" in names and "Марина Соколова" not in names
    skill = setup.skills(desk)[0]
    assert skill["name_en"] != skill["name"] and bench.find("settings.team.skill.1").text() == skill["name_en"]
    page = bench.open("calendars")
    cell = page.days.model.index(0, 2)
    day = setup.calendars(desk)[0]["days"][0]
    assert day["name_en"] and cell.data() == day["name_en"]
    page.days.model.setData(cell, "Early closing")
    bench.settle()
    kept = setup.calendars(desk)[0]["days"][0]
    assert (kept["name"], kept["name_en"]) == (day["name"], "Early closing")
