"""The customers screen over the demo desk, driven by keys: finding, editing in place, contracts with a preview,
merging, unknown senders; and the page that reads files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from deskapp.desk import contracts, customers, exporting, intake, setup
from deskapp.desk.customers import Card
from deskapp.ui.customers.contract import ContractTab
from deskapp.ui.customers.people import PeopleTab
from deskapp.ui.customers.screen import CustomersScreen
from deskapp.ui.customers.tickets import TicketsTab
from deskapp.ui.exchange.page import ExchangePage
from deskapp.ui.settings.screen import SettingsScreen
from tests.ui.demo_window import DemoStage, demo_window


def screen(stage: DemoStage) -> CustomersScreen:
    (found,) = stage.window.findChildren(CustomersScreen)
    return found


def card(stage: DemoStage) -> Card:
    found = stage.ask(customers.card, screen(stage).list.current())
    assert isinstance(found, Card)
    return found


def test_customers_by_keys(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        stage.press("Ctrl+4")
        here = screen(stage)
        assert here.list.rows.rowCount() == len(here._items) == 14
        assert here.name.text() and here.stack.currentWidget().objectName() == "customers.card"
        # find by a part of a person's name, as one types
        stage.press("/")
        stage.type("хасанов")
        assert [item.name for item in here._items] == ["Телесеть-Плюс"]
        stage.press("Down", "Return")
        assert here.name.text() == "Телесеть-Плюс" and stage.within("customers.list")
        assert here.window_title() == "Телесеть-Плюс"
        # into the card, along its tabs
        stage.press("Return")
        assert stage.within("customers.tabs")
        stage.press("Right")
        contract = here.tab(1)
        assert isinstance(contract, ContractTab) and contract.isVisible()
        assert [row["solution"] for row in contract.targets.model.rows] == [480, 960, 2400, 4800]
        # a stricter target is shown before it is saved; Esc leaves everything as it was
        index = contract.targets.model.index(2, 2)
        contract.targets.model.setData(index, "1h")
        stage.settle()
        assert contract.preview.isVisible() and "3 due times" in contract.preview.text.text()
        stage.press("Esc")
        assert not contract.preview.isVisible()
        assert contract.targets.model.rows[2]["solution"] == 2400
        contract.targets.model.setData(index, "1h")
        stage.settle()
        contract.preview.apply.click()
        stage.settle()
        assert card(stage).contracts[0]["targets"][3]["solution"] == 60
        assert "Contract ТП-064" in stage.line().replace("\u00a0", " ")
        stage.press("Ctrl+Alt+Z")
        assert card(stage).contracts[0]["targets"][3]["solution"] == 2400
        # what no clock rests on is saved at once
        here.list.setFocus()
        people = here.tab(0)
        here.show_tab(0)
        assert isinstance(people, PeopleTab)
        people.table.model.setData(people.table.model.index(0, 1), "head of the network")
        stage.settle()
        assert card(stage).contacts[0]["post"] == "head of the network"
        agree = people.table.model.index(0, 5)
        people.table.model.setData(agree, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
        stage.settle()
        assert card(stage).contacts[0]["may_agree"] == 0
        # a refused value says why, and the old one stands
        people.table.model.setData(people.table.model.index(0, 3), "nobody")
        stage.settle()
        assert "no @" in here.says.text() and card(stage).contacts[0]["address"] == "i.hasanov@teleset-plus.example"
        # the tickets open
        here.show_tab(3)
        tickets = here.tab(3)
        assert isinstance(tickets, TicketsTab)
        tickets.table.setFocus()
        number = tickets._items[0].number
        stage.press("Return")
        assert str(number) in stage.window.windowTitle()


def test_doubles_and_unknown_senders(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "ru", (1024, 680)) as stage:
        desktop = stage.desktop
        desktop.acts.act(customers.save, {"name": "ООО Телесеть-Плюс", "domain": "teleset-kazan.example"})
        desktop.acts.act(intake.by_hand, "Нет связи", "", "Лапин", "v.lapin@grand-avto-sklad.example", "", "", "mail")
        stage.settle()
        stage.press("Ctrl+4")
        here = screen(stage)
        # the sender's company is but a domain yet: guesses stand beside it, and 1 takes the first
        assert here.list.rows.unknown == 1
        assert here.list.select("unknown")
        stage.settle()
        assert here.unknown.isVisible() and here._senders[0].guesses[0][1] == "Гранд-Авто"
        button: Any = stage.find("customers.unknown.guess.0")
        button.setFocus()
        stage.press("1")
        assert here.list.rows.unknown == 0 and stage.within("customers.list")
        # the double gives all it has to the one that stays
        double = next(item for item in here._items if item.name == "ООО Телесеть-Плюс")
        here.show_customer(double.id)
        stage.settle()
        assert [name for _id, name in card(stage).doubles] == ["Телесеть-Плюс"]
        stage.press("Shift+M")
        stage.type("телесеть")
        stage.press("Return")
        merged = card(stage)
        assert merged.customer["id"] == double.id and len(merged.contracts) == 1 and len(merged.tickets) == 7
        stage.press("Ctrl+Alt+Z")
        assert len(card(stage).tickets) == 0


def test_who_never_wrote_is_found_in_the_one_box(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        desktop = stage.desktop
        customer = next(item for item in stage.ask(customers.page) if item.name == "Телесеть-Плюс")
        person = {"name": "Мария Фёклова", "phone": "8 (900) 555-12-34"}
        desktop.acts.act(customers.save_contact, {**person, "customer_id": customer.id})
        desktop.acts.act(customers.save_contact, {**person, "name": "Пётр Ничей"})
        stage.settle()
        for typed, name in (("феклова", "Мария Фёклова"), ("9005551234", "Мария Фёклова")):
            stage.press("Ctrl+K")
            stage.type(typed)
            stage.settle()
            rows = stage.window.palette_box.rows()
            place = next(i for i, row in enumerate(rows) if row.text == name)
            assert "Телесеть-Плюс" in rows[place].detail and rows[place - 1].text in (
                "People of customers",
                "Пётр Ничей",
            )
            stage.window.palette_box._select(place)
            stage.press("Return")
            stage.settle()
            here = screen(stage)
            assert here.name.text() == "Телесеть-Плюс" and here.segments.index() == 0
            tab: Any = here.tab(0)
            assert tab.table.current()["name"] == name and stage.within("customers.people.table")
            stage.press("Ctrl+1")
        stage.press("Ctrl+K")
        stage.type("ничей")
        stage.settle()
        stage.press("Return")
        stage.settle()
        form = desktop._call
        assert form is not None and form.who.text() == "Пётр Ничей"
        form.reject()


def test_nobody_there_offers_a_file(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        stage.press("Ctrl+4", "/")
        stage.type("nobody at all")
        here = screen(stage)
        assert here.nothing.isVisible() and "Nobody" in here.nothing.label.text()
        stage.press("Esc")
        assert len(here._items) == 14
        # the empty state leads to the page that reads files
        here.import_wanted.emit()
        stage.settle()
        (settings,) = stage.window.findChildren(SettingsScreen)
        page = settings.stack.currentWidget()
        assert isinstance(page, ExchangePage)
        text = "Тема;Дата создания;Приоритет;Клиент\nA;01.02.2026;высокий;Астра\nB;32.02.2026;;\n"
        (tmp_path / "t.csv").write_text(text, "cp1251")
        page.look_at(str(tmp_path / "t.csv"))
        stage.settle()
        assert page.told.text().startswith("2 rows in the file, 1 of them would be left out.")
        assert page.rows is not None and "no date" in page.rows.words.rows()[1][1]
        # the priority's column means nothing any more, then it is chosen again
        place = next(i for i, row in enumerate(page.columns.model.rows) if row["id"] == "urgency")
        for column in (-1, 2):
            page.columns.model.setData(page.columns.model.index(place, 1), column)
            stage.settle()
            assert page._seen is not None and page._seen.mapping.get("urgency", -1) == column
        page.go.click()
        stage.settle()
        assert page.says.text() == "1 row imported, 1 left out."
        assert any(item.name == "Астра" for item in stage.ask(customers.page))
        stage.press("Ctrl+Alt+Z")
        assert not any(item.name == "Астра" for item in stage.ask(customers.page))
        # the whole desk goes out
        page.write_desk(str(tmp_path / "desk-out"))
        stage.settle()
        assert exporting.about(tmp_path / "desk-out.zip")["tables"]["ticket"] > 80
        assert "desk-out.zip" in page.says.text()
        # letters of before become tickets and answer nobody
        letter = "From: a@b.example\nTo: help@desk.example\nSubject: Old\nMessage-ID: <old@b>\n\nText\n"
        (tmp_path / "old.eml").write_text(letter)
        page.take_letters([str(tmp_path / "old.eml")])
        stage.settle()
        assert page.says.text().startswith("1 ticket made")


def test_a_contract_is_made_by_keys(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "ru") as stage:
        stage.press("Ctrl+4")
        here = screen(stage)
        here.new_customer()
        stage.settle()
        assert stage.focus().objectName() == "customers.people.name"
        stage.type("Новая Волна")
        stage.press("Tab")
        assert card(stage).customer["name"] == "Новая Волна"
        here.show_tab(1)
        contract = here.tab(1)
        assert isinstance(contract, ContractTab) and contract.empty.isVisible()
        contract.add.click()
        stage.settle()
        assert stage.focus().objectName() == "customers.contract.number"
        stage.type("ТП-200")
        stage.press("Tab")
        until: Any = contract.form.fields["until"]
        until.setFocus()
        stage.type("30.11.2026")
        stage.press("Tab")
        (row,) = stage.ask(contracts.rows_of, here.list.current())
        assert (row["number"], row["until"], sorted(row["targets"])) == ("ТП-200", "2026-11-30", [1, 2, 3, 4])
        assert here.ends.isVisible() and "27" in here.ends.text()


def test_other_hours_tell_which_due_times_moved(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk", "en") as stage:
        stage.press("Ctrl+,")
        (settings,) = stage.window.findChildren(SettingsScreen)
        settings.open_page("calendars")
        stage.settle()
        page: Any = settings.stack.currentWidget()
        (calendar,) = stage.ask(setup.calendars)
        day = {"calendar_id": calendar["id"], "day": "2026-11-14", "kind": "working", "intervals": [[540, 1020]]}
        page.save_hours("A working Saturday", setup.save_day, {**day, "name": "Рабочая суббота"})
        stage.settle()
        (dialog,) = page.findChildren(QDialog, "consequences")
        assert "→" in dialog.dues.text() and not page.says.text()
        dialog.do_apply()
        stage.settle()
        assert "by contracts moved" in page.says.text()
