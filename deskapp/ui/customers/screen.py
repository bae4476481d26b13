"""The customers screen: the list at the left, the card of the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import customers, directory
from ...desk.customers import Card, CustomerItem, Unknown
from ...desk.values import Changes, Directory
from .. import theme, words
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..i18n import fill
from ..messages import error_words
from ..panes import Panes
from ..popups import Option, TypedPopup
from ..runner import TaskRunner
from ..screen import Screen
from ..searchline import SearchLine
from ..widgets import Button, Chip, ElidedLabel, EmptyState, Label, Panel, Segmented
from .contract import ContractTab
from .letters import LettersTab
from .list_view import UNKNOWN, CustomersList, expiry_words, kept_words
from .people import PeopleTab
from .sites import SitesTab
from .tab import Tab
from .tickets import HistoryTab, TicketsTab
from .unknown import UnknownPane

TABS: tuple[type[Tab], ...] = (PeopleTab, ContractTab, SitesTab, TicketsTab, LettersTab, HistoryTab)
_TYPING_MS = 120


class CustomersScreen(Screen):
    """``open_ticket`` carries a ticket, ``import_wanted`` asks for a file of customers."""

    open_ticket = Signal(str)
    import_wanted = Signal()

    def __init__(self, runner: TaskRunner, acts: Acts, actions: ActionRegistry) -> None:
        super().__init__()
        self.setObjectName("customers")
        self.runner, self.acts = runner, acts
        self.directory: Directory | None = None
        self._items: tuple[CustomerItem, ...] = ()
        self._senders: tuple[Unknown, ...] = ()
        self._card: Card | None = None
        self._wanted = ""
        self._stale = True
        self._after: list[Callable[[], object]] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._read_list)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._build()
        self._declare(actions)

    def _declare(self, actions: ActionRegistry) -> None:
        for action in (
            Action(
                "customers.new",
                QT_TRANSLATE_NOOP("Actions", "New customer"),
                self.new_customer,
                "plus",
                scope="customers",
            ),
            Action(
                "customers.merge",
                QT_TRANSLATE_NOOP("Actions", "Merge with another customer"),
                self.merge,
                "merge",
                "Shift+M",
                scope="customers",
                enabled_when=lambda: self._card is not None,
            ),
            Action(
                "customers.search",
                QT_TRANSLATE_NOOP("Actions", "Find a customer"),
                self._to_search,
                "search",
                "/",
                scope="customers",
            ),
        ):
            if action.id not in actions:
                actions.add(action)

    # -- building

    def _build(self) -> None:
        u = theme.current().u
        left = Panel("bg-base", "")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 2 * u, 0, 0)
        column.setSpacing(2 * u)
        row = QHBoxLayout()
        row.setContentsMargins(3 * u, 0, 3 * u, 0)
        row.setSpacing(2 * u)
        self.search = SearchLine(
            "customers.search", self.tr("Find a customer"), self.tr("Name, person, phone, contract")
        )
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.moved.connect(self._move)
        self.search.entered.connect(lambda: self.list.setFocus())
        row.addWidget(self.search, 1)
        self.add = Button(self.tr("New"), "plus")
        self.add.setObjectName("customers.new")
        self.add.setAccessibleName(self.tr("New customer"))
        self.add.clicked.connect(self.new_customer)
        row.addWidget(self.add)
        column.addLayout(row)
        self.list = CustomersList()
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._enter)
        column.addWidget(self.list, 1)
        self.stack = QStackedWidget()
        self.nothing = EmptyState("", icon="users")
        self.nothing.acted.connect(self._act_on_nothing)
        self.unknown = UnknownPane()
        self.unknown.chosen.connect(lambda contact, customer: self.save(customers.add_sender, contact, customer))
        self.unknown.other_wanted.connect(self._other)
        self.unknown.new_wanted.connect(self._new_for)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.unknown)
        self.stack.addWidget(self._card_box())
        self.panes = Panes("customers", left, self.stack)
        self._row.addWidget(self.panes)

    def _card_box(self) -> QWidget:
        u = theme.current().u
        box = QWidget()
        box.setObjectName("customers.card")
        column = QVBoxLayout(box)
        column.setContentsMargins(6 * u, 4 * u, 4 * u, 2 * u)
        column.setSpacing(2 * u)
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        self.name = ElidedLabel("", "title")
        self.name.setObjectName("customers.name")
        head.addWidget(self.name, 1)
        self.vip = Chip(self.tr("VIP"), "high")
        self.ends = Chip("", "high", "clock")
        self.ends.setObjectName("customers.ends")
        head.addWidget(self.vip)
        head.addWidget(self.ends)
        self.merge_button = Button(self.tr("Merge…"), "merge")
        self.merge_button.setObjectName("customers.merge")
        self.merge_button.setToolTip(self.tr("Merge with another customer  Shift+M"))
        self.merge_button.clicked.connect(self.merge)
        head.addWidget(self.merge_button)
        column.addLayout(head)
        self.facts = ElidedLabel("", "small", "text2")
        self.facts.setObjectName("customers.facts")
        column.addWidget(self.facts)
        self.segments = Segmented([kind.title() for kind in TABS], wraps=True)
        self.segments.setObjectName("customers.tabs")
        self.segments.setAccessibleName(self.tr("Parts of the card"))
        self.segments.chosen.connect(self.show_tab)
        column.addWidget(self.segments)
        self.says = Label("", "small", "crit")
        self.says.setObjectName("customers.says")
        self.says.setWordWrap(True)
        self.says.hide()
        column.addWidget(self.says)
        self.tabs = QStackedWidget()
        self._tabs: dict[int, Tab] = {}
        column.addWidget(self.tabs, 1)
        return box

    def tab(self, place: int) -> Tab:
        """A tab by its place, made when it is first wanted."""
        made = self._tabs.get(place)
        if made is None:
            made = self._tabs[place] = TABS[place](self)
            self.tabs.addWidget(made)
            if isinstance(made, PeopleTab) and self.directory is not None:
                made.set_directory(self.directory)
        return made

    # -- Screen

    def title(self) -> str:
        return self.tr("Customers")

    def window_title(self) -> str:
        return str(self._card.customer["name"]) if self._card else ""

    def activate(self) -> None:
        if self._stale:
            self.runner.run("reader", directory.read, on_done=self._directory_read, key="customers.directory")
            self._read_list()
        self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        watched = ("customer", "contact", "contract", "contract_target", "site", "equipment", "ticket", "template")
        if not changes.touches(*watched, "work_calendar"):
            return
        if not self.isVisible():
            self._stale = True
            return
        self._read_list()
        if self._wanted:
            self._read_card()

    def scopes(self) -> Sequence[str]:
        return ("customers",)

    def parts(self) -> Sequence[QWidget]:
        return (self.list, self.stack)

    def show_customer(self, customer_id: str, contact_id: str = "") -> None:
        """Open a customer's card, wherever the list stands; with ``contact_id`` at one of its people."""
        self.search.clear()
        self._wanted = customer_id
        if not self.list.select(customer_id):
            self._after_list = customer_id
            self._read_list()
        if contact_id:
            people = next(place for place, kind in enumerate(TABS) if kind is PeopleTab)
            self.segments.set_index(people)
            self.after_read(lambda: self.tab(people).table.select(contact_id))

    _after_list = ""

    def times(self) -> words.Times:
        zone = ZoneInfo(self.directory.zone_name if self.directory else "UTC")
        return words.Times(zone, self.runner.now())

    # -- reading

    def read(self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        self.runner.run("reader", fn, *args, on_done=done, key=f"customers.{fn.__name__}")

    def _directory_read(self, found: Directory) -> None:
        self.directory = found
        for made in self._tabs.values():
            if isinstance(made, PeopleTab):
                made.set_directory(found)

    def _read_list(self) -> None:
        self._stale = False
        self.runner.run("reader", _page, self.search.text(), on_done=self._list_read, key="customers.page")

    def _list_read(self, found: tuple[tuple[CustomerItem, ...], tuple[Unknown, ...]]) -> None:
        self._items, self._senders = found
        focus = self.focusWidget()
        among = focus is not None and self.unknown.isAncestorOf(focus)
        if among:  # the row that the focus is in goes
            self.list.setFocus()
        self.unknown.set_senders(self._senders)
        self.list.set_rows(self._items, len(self._senders))
        if self._after_list:
            self.list.select(self._after_list)
            self._after_list = ""
        if not self._items and not self._senders:
            self._show_nothing()
        elif self._card is not None:
            self._show_head()

    def _show_nothing(self) -> None:
        if self.search.text().strip():
            self.nothing.set(self.tr("Nobody is called that."), self.tr("Show all"))
        else:
            self.nothing.set(self.tr("Customers come from letters or from a file."), self.tr("Import from a file"))
        self._card = None
        self.stack.setCurrentWidget(self.nothing)

    def _act_on_nothing(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        else:
            self.import_wanted.emit()

    def _picked(self, customer_id: str) -> None:
        self._wanted = customer_id
        self.say("")
        if customer_id == UNKNOWN:
            self._card = None
            self.stack.setCurrentWidget(self.unknown)
        elif customer_id:
            self._read_card()
        self.title_changed.emit()

    def _read_card(self) -> None:
        if self._wanted and self._wanted != UNKNOWN:
            self.runner.run(
                "reader", customers.card, self._wanted, on_done=self._card_read, on_error=self._gone,
                key="customers.card",
            )  # fmt: skip

    def _gone(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self._read_list()

    def _card_read(self, card: Card) -> None:
        if card.customer["id"] != self._wanted:
            return
        self._card = card
        self._show_head()
        self.tab(self.segments.index()).show_card(card)
        self.tabs.setCurrentWidget(self.tab(self.segments.index()))
        self.stack.setCurrentWidget(self.stack.widget(2))
        self.title_changed.emit()
        waiting, self._after = self._after, []
        for each in waiting:
            each()

    def after_read(self, then: Callable[[], object]) -> None:
        """Once, when the card has been read again: the row that was just made is there then."""
        self._after.append(then)
        self._read_card()

    def _show_head(self) -> None:
        card = self._card
        if card is None:
            return
        item = next((one for one in self._items if one.id == card.customer["id"]), None)
        self.name.setText(card.customer["name"] or card.customer["domain"])
        self.vip.setVisible(bool(item.vip if item else card.customer["vip"]))
        ends, token = expiry_words(item.expires) if item and item.expires is not None else ("", "high")
        self.ends.setVisible(bool(ends))
        if ends:
            self.ends.set(ends, token, "clock")
        facts = [card.customer["domain"], card.customer["phone"]]
        if item is not None:
            facts += [item.contract, self.tr("%n open ticket(s)", None, item.open)]
            if item.kept is not None:
                told = self.tr("of %n promise(s) in a year", None, item.promises)
                facts.append(f"{kept_words(item)} {told}")
        self.facts.setText("   ".join(part for part in facts if part))

    def show_tab(self, place: int) -> None:
        self.say("")
        self.segments.set_index(place)
        tab = self.tab(place)
        if self._card is not None:
            tab.show_card(self._card)
        self.tabs.setCurrentWidget(tab)

    # -- doing

    def save(self, intention: Callable[..., Any], *args: Any, done: Callable[[Any], None] | None = None) -> None:
        def saved(changes: Changes) -> None:
            self.say("")
            if done is not None:
                done(changes)

        self.acts.act(intention, *args, on_done=saved, on_error=self.refused)

    def refused(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self.say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")
        self._read_card()

    def say(self, text: str) -> None:
        self.says.setText(text)
        self.says.setVisible(bool(text))

    def new_customer(self) -> None:
        self._make({"name": self.tr("New customer")})

    def _make(self, row: dict[str, Any], then: Callable[[str], None] | None = None) -> None:
        def made(changes: Changes) -> None:
            self.segments.set_index(0)
            if then is not None:
                then(str(changes.result))
            self._after.append(self._to_name)
            self.show_customer(str(changes.result))

        self.save(customers.save, row, done=made)

    def _to_name(self) -> None:
        tab = self.tab(0)
        assert isinstance(tab, PeopleTab)
        field: Any = tab.form.fields["name"]
        field.setFocus()
        field.selectAll()

    def _new_for(self, contact: str, name: str) -> None:
        self._make({"name": name}, lambda customer: self.save(customers.add_sender, contact, customer))

    def merge(self) -> None:
        """Another entry of the same customer, or of a person whose row is chosen."""
        if self._card is None:
            return
        people = self.tab(0)
        person = people.current_contact() if isinstance(people, PeopleTab) and self.segments.index() == 0 else None
        if person is not None:
            self._merge_person(person)
            return
        own = str(self._card.customer["id"])
        self._choose(
            self.tr("Merge with which customer? Its people, contracts and tickets come here."),
            [Option(row_id, name, "users") for row_id, name in self._card.doubles],
            [(item.id, item.name) for item in self._items if item.id != own],
            self.merge_button,
            lambda double: self.save(customers.merge, own, double),
        )

    def _merge_person(self, person: dict[str, Any]) -> None:
        assert self._card is not None
        others = [
            (row["id"], row["name"] or row["address"]) for row in self._card.contacts if row["id"] != person["id"]
        ]
        same = [Option(row_id, name, "user") for row_id, name in others]
        self._choose(
            fill(self.tr("Who else is %1? Their tickets come here."), person["name"] or person["address"]),
            same[:3],
            others,
            self.merge_button,
            lambda double: self.save(customers.merge_contacts, person["id"], double),
        )

    def _other(self, contact: str, button: QWidget) -> None:
        self._choose(
            self.tr("Whose is this sender?"),
            [],
            [(item.id, item.name) for item in self._items],
            button,
            lambda customer: self.save(customers.add_sender, contact, customer),
        )

    def _choose(
        self,
        title: str,
        suggestions: Sequence[Option],
        known: Sequence[tuple[str, str]],
        anchor: QWidget,
        taken: Callable[[str], object],
    ) -> None:
        """Choose one by a part of its name."""

        def parse(text: str) -> tuple[str, str] | None:
            typed = text.strip().casefold()
            if not typed:
                return None
            found = [one for one in known if typed in one[1].casefold()]
            found.sort(key=lambda one: (not one[1].casefold().startswith(typed), one[1].casefold()))
            return found[0] if found else None

        options = [Option((each.value, each.text), each.text, each.icon) for each in suggestions]
        popup = TypedPopup(self, title, parse, lambda one: one[1], self.tr("A part of the name"), options)
        popup.chosen.connect(lambda one, _go_on: taken(one[0]))
        popup.open_at(QRect(anchor.mapToGlobal(anchor.rect().topLeft()), QSize(anchor.size())))

    # -- keys

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _move(self, step: int) -> None:
        row = min(max(self.list.currentIndex().row() + step, 0), max(0, self.list.rows.rowCount() - 1))
        if self.list.rows.rowCount():
            self.list.setCurrentIndex(self.list.rows.index(row))

    def _enter(self) -> None:
        """From the list into the card."""
        if self.stack.currentWidget() is self.unknown:
            self.unknown.focusNextChild()
        else:
            self.segments.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            contract = self._tabs.get(1)
            if isinstance(contract, ContractTab) and contract.waits():
                contract.cancel()
            else:
                self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            place = self.segments.index()
            self._row.removeWidget(self.panes)
            self.panes.hide()
            self.panes.deleteLater()
            self._build()
            self.segments.set_index(place)
            self._read_list()


def _page(desk: Any, text: str) -> tuple[tuple[CustomerItem, ...], tuple[Unknown, ...]]:
    return customers.page(desk, text), () if text.strip() else customers.unknown(desk)
