"""The settings screen: search, list of pages, the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSortFilterProxyModel, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from ...core.settings import Settings
from ...desk import directory
from ...desk.values import Changes, Directory
from .. import i18n, theme
from ..actions import ActionRegistry
from ..acts import Acts
from ..exchange.page import ExchangePage
from ..runner import TaskRunner
from ..screen import Screen
from ..searchline import SearchLine
from ..widgets import Panel
from .assignment import AssignmentPage
from .calendars import AbsencesPage, CalendarsPage
from .data import DataPage
from .letters import LettersPage
from .lists import CausesPage
from .macros import MacrosPage
from .mail import MailPage
from .me import MePage
from .page import SettingsPage
from .roster import DutyPage, MaintenancePage
from .rows import TallRows
from .rule import RulePage
from .sharing import SharingPage
from .team import TeamPage

PAGES: tuple[type[SettingsPage], ...] = (
    MePage,
    TeamPage,
    CalendarsPage,
    AbsencesPage,
    DutyPage,
    RulePage,
    CausesPage,
    AssignmentPage,
    MaintenancePage,
    LettersPage,
    MacrosPage,
    MailPage,
    SharingPage,
    DataPage,
    ExchangePage,
)


class SettingsScreen(Screen):
    """``window`` applies what is live: language, theme, single-letter keys.

    ``person_switched`` after somebody else works here, ``setting_switched`` with the key of a setting of this machine,
    ``sharing_changed`` when the desk was shared, joined, moved or left.
    """

    person_switched = Signal()
    setting_switched = Signal(str)
    sharing_changed = Signal()

    def __init__(
        self, runner: TaskRunner, acts: Acts, actions: ActionRegistry, window: Any, settings: Settings
    ) -> None:
        super().__init__()
        self.runner, self.acts, self.actions, self.window_, self.settings = runner, acts, actions, window, settings
        self.directory: Directory | None = None
        self.setObjectName("settings")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._language = QTimer(self)
        self._language.setSingleShot(True)
        self._language.setInterval(0)
        self._language.timeout.connect(self._rebuild)
        self._build()

    def _build(self) -> None:
        u = theme.current().u
        left = Panel("bg-base", "r")
        left.setFixedWidth(56 * u)
        column = QVBoxLayout(left)
        column.setContentsMargins(3 * u, 3 * u, 3 * u + 1, 3 * u)
        column.setSpacing(2 * u)
        self.search = SearchLine("settings.search", self.tr("Find a setting"))
        column.addWidget(self.search)
        self._titles = QStringListModel(self)
        self._filter = _Filter(self)
        self._filter.setSourceModel(self._titles)
        self.list = QListView()
        self.list.setObjectName("settings.pages")
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setModel(self._filter)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setItemDelegate(TallRows(self.list))
        column.addWidget(self.list, 1)
        self.stack = QStackedWidget()
        self._pages: dict[str, SettingsPage] = {}
        self._filter.texts = []
        self._titles.setStringList([kind.title() for kind in PAGES])
        self._row.addWidget(left)
        self._row.addWidget(self.stack, 1)
        self._left = left
        self.search.textChanged.connect(self._search)
        self.search.moved.connect(self._move)
        self.search.entered.connect(self._enter)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._show(now))
        self.list.activated.connect(lambda _index: self._enter())
        self.list.setCurrentIndex(self._filter.index(0, 0))

    # -- Screen

    def title(self) -> str:
        return self.tr("Settings")

    def chapter(self) -> str:
        shown: Any = self.stack.currentWidget()
        return shown.id if shown is not None else ""

    def activate(self) -> None:
        self.list.setFocus()
        self._read_directory()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("specialist", "cause", "fault_zone", "skill", "work_calendar", "desk_setting"):
            self._read_directory()
        for page in self._pages.values():
            if page.loaded and changes.touches(*page.tables):
                page.load()

    def parts(self) -> Sequence[QWidget]:
        return (self.list, self.stack)

    def page(self, place: int) -> SettingsPage:
        """A page by its place, made when it is first wanted."""
        kind = PAGES[place]
        page = self._pages.get(kind.id)
        if page is None:
            page = self._pages[kind.id] = kind(self)
            self.stack.addWidget(page)
        return page

    def embed(self, page_id: str) -> SettingsPage:
        """A page by its id, for another place than this screen; it is loaded when the directory is known."""
        page = self.page(next(place for place, kind in enumerate(PAGES) if kind.id == page_id))
        if self.directory is not None and not page.loaded:
            self._load(page)
        return page

    def take_directory(self, found: Directory) -> None:
        """What was read elsewhere serves here too: every page that is made is filled."""
        self.directory = found
        for page in self._pages.values():
            if not page.loaded:
                self._load(page)

    def open_page(self, page_id: str) -> None:
        """Show a page by its id ("mail")."""
        self.search.clear()
        for place, kind in enumerate(PAGES):
            if kind.id == page_id:
                self.list.setCurrentIndex(self._filter.mapFromSource(self._titles.index(place, 0)))

    def set_language(self, code: str) -> None:
        """Switch now; empty means the system's."""
        self.window_.set_language(code or i18n.system_language())
        self.settings.set("language", code)

    # -- inside

    def _read_directory(self) -> None:
        self.runner.run("reader", directory.read, on_done=self._directory_read, key="settings.directory")

    def _directory_read(self, found: Directory) -> None:
        self.directory = found
        page = self.stack.currentWidget()
        if isinstance(page, SettingsPage) and not page.loaded:
            self._load(page)
        for each in self._pages.values():
            each.follow_rights(found.rights)

    def _load(self, page: SettingsPage) -> None:
        page.loaded = True
        page.load()
        if self.directory is not None:
            page.follow_rights(self.directory.rights)

    def _show(self, index: Any) -> None:
        if not index.isValid():
            return
        page = self.page(self._filter.mapToSource(index).row())
        self.stack.setCurrentWidget(page)
        if self.directory is not None and not page.loaded:
            self._load(page)

    def _search(self, text: str) -> None:
        if not self._filter.texts:
            self._filter.texts = [self.page(place).words() for place in range(len(PAGES))]
        self._filter.set_words(text)
        if not self.list.currentIndex().isValid() and self._filter.rowCount():
            self.list.setCurrentIndex(self._filter.index(0, 0))

    def _move(self, step: int) -> None:
        row = min(max(self.list.currentIndex().row() + step, 0), max(0, self._filter.rowCount() - 1))
        self.list.setCurrentIndex(self._filter.index(row, 0))

    def _enter(self) -> None:
        """Into the first field of the page."""
        page = self.stack.currentWidget()
        for field in page.findChildren(QWidget):
            takes = field.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and field.isVisible() and field.isEnabled() and not field.inherits("QAbstractScrollArea"):
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._language.start()  # several of these come for one switch

    def _rebuild(self) -> None:
        """Another language: the same page, made anew."""
        current = self.list.currentIndex()
        shown = self._filter.mapToSource(current).row() if current.isValid() else 0
        focus = self.focusWidget().objectName() if self.focusWidget() else ""
        for widget in (self._left, self.stack):
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._build()
        self.list.setCurrentIndex(self._filter.index(shown, 0))
        self._read_directory()
        again = self.findChild(QWidget, focus) if focus else None
        if again is not None:
            again.setFocus()


class _Filter(QSortFilterProxyModel):
    """Pages on which all words of the search are written."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.texts: list[str] = []
        self._words: list[str] = []

    def set_words(self, text: str) -> None:
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Any) -> bool:
        return not self._words or all(word in self.texts[row] for word in self._words)
