"""The composer at the foot of a ticket: promise or reply, solution, refusal, question, protocol, note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import drafts
from ...desk.values import Changes, Directory, Entry, Similar, TicketView
from .. import words
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..fields import TextField
from ..i18n import translate
from ..messages import error_words
from ..runner import TaskRunner
from ..widgets import Panel
from . import calls
from .escalation import EscalationPage
from .finish_page import FinishPage
from .letters_pages import LetterPage, QuestionPage, RefusePage, RemindPage, ReplyPage, SlipPage
from .macros import MacroPicker
from .notes_pages import CorrectPage, NotePage, ProtocolPage
from .page import Page
from .promise import PromisePage
from .tabs import KeyTabs, Stack

if TYPE_CHECKING:
    from ...desk.families import Member
    from ...desk.knowledge import ArticleItem

DRAFT_PAUSE = 400  # ms after the last key

#: Names that stand for whichever of several tabs a ticket has: they share a key.
SHARED = {"answer": ("promise", "reply"), "inform": ("slip", "remind")}

#: Tab -> its key, in the order of the tabs.
KEYS = {
    "promise": "R",
    "reply": "R",
    "finish": "F",
    "slip": "I",
    "remind": "I",
    "refuse": "X",
    "question": "Q",
    "protocol": "L",
    "note": "N",
    "escalation": "E",
    "correct": "F2",
}
_PAGES: Mapping[str, type[Page]] = {
    "promise": PromisePage,
    "reply": ReplyPage,
    "finish": FinishPage,
    "slip": SlipPage,
    "remind": RemindPage,
    "refuse": RefusePage,
    "question": QuestionPage,
    "protocol": ProtocolPage,
    "note": NotePage,
    "escalation": EscalationPage,
    "correct": CorrectPage,
}


#: Tabs in which a letter to the requester is written: colleagues are told.
LETTERS = frozenset({"promise", "reply", "finish", "slip", "remind", "refuse", "question"})


def tabs_for(view: TicketView) -> list[str]:
    """Which tabs a ticket has, in order: a date is owed first of all, afterwards it is work and letters."""
    acts = view.acts
    owes_date = "promise" in acts and (view.promised_at is None or view.needs == "date")
    tabs = []
    if owes_date:
        tabs.append("promise")
    elif "reply" in acts:
        tabs.append("reply")
    later = ["finish", "remind", "refuse", "question", "protocol", "note"]
    if not owes_date:
        later = ["remind", "protocol", "note", "question", "slip", "finish", "refuse"]
    for name in later:
        if name in ("protocol", "note"):
            if view.status != "merged":
                tabs.append(name)
        elif (name if name != "slip" else "promise") in acts:
            tabs.append(name)
    if "start" in acts:
        tabs.insert(tabs.index("note") + 1, "escalation")
    if view.drafts.get("correct"):
        tabs.append("correct")
    return tabs


_TITLES = {
    "promise": QT_TRANSLATE_NOOP("Composer", "Promise"),
    "reply": QT_TRANSLATE_NOOP("Composer", "Reply"),
    "finish": QT_TRANSLATE_NOOP("Composer", "Finish"),
    "slip": QT_TRANSLATE_NOOP("Composer", "New date"),
    "remind": QT_TRANSLATE_NOOP("Composer", "Reminder"),
    "refuse": QT_TRANSLATE_NOOP("Composer", "Refuse"),
    "question": QT_TRANSLATE_NOOP("Composer", "Question"),
    "protocol": QT_TRANSLATE_NOOP("Composer", "Protocol"),
    "note": QT_TRANSLATE_NOOP("Composer", "Note"),
    "escalation": QT_TRANSLATE_NOOP("Composer", "Escalation"),
    "correct": QT_TRANSLATE_NOOP("Composer", "Correction"),
}


class Composer(Panel):
    """Embedded by the ticket screen.

    ``set_ticket`` shows a ticket (the same one again: its new state, typed text stays), ``open_tab`` opens a tab with
    the focus in its first field. ``changed`` carries the Changes of an act when no ``acts`` were given; with
    them they take the usual road. ``side_panel`` is what stands beside a promise, None otherwise; ``side_changed`` when
    that changes.
    """

    changed = Signal(object)
    side_changed = Signal()
    escaped = Signal()  # Esc: back to the ticket or the list
    sent = Signal()  # what stood in the form under the cursor has become part of the ticket
    tab_opened = Signal(str)
    pick_in_calendar = Signal(str, int)  # ticket id, minutes
    open_ticket = Signal(str)
    open_article = Signal(str)
    open_day = Signal(object)  # a date to look at in the calendar
    wrote = Signal(str, str, str)  # a letter grows: ticket id, tab, the text so far; the ticket alone: it is done

    def __init__(
        self,
        runner: TaskRunner,
        actions: ActionRegistry,
        parent: QWidget | None = None,
        acts: Acts | None = None,
        undo_seconds: Callable[[], int] = lambda: 15,
    ) -> None:
        super().__init__("bg-window", "t", parent)
        self.setObjectName("composer")
        self.setProperty("scope", "composer")
        self.runner = runner
        self._actions = actions
        self._acts = acts
        self.undo_seconds = undo_seconds
        self.offline = False
        self._view: TicketView | None = None
        self._directory: Directory | None = None
        self._pages: dict[str, Page] = {}
        self._dirty: set[str] = set()
        self._sent: dict[str, tuple[str, str, dict[str, Any]]] = {}  # transaction -> ticket, tab, what was typed
        self._chosen: dict[str, str] = {}  # ticket -> tab that a person opened
        self._correcting = ""  # ticket of which an entry is being corrected
        self._side: QWidget | None = None
        self._similar: tuple[Similar | ArticleItem, ...] = ()
        self.children_told: tuple[Member, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE)
        self._pause.timeout.connect(self.flush)
        self._language = QTimer(self)
        self._language.setSingleShot(True)
        self._language.setInterval(0)
        self._language.timeout.connect(self._retranslate)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        self.tabs = KeyTabs()
        self.tabs.setObjectName("composer.tabs")
        self.tabs.setAccessibleName(self.tr("What to write"))
        self.tabs.currentChanged.connect(self._tab_changed)
        self.stack = Stack()
        bar = QVBoxLayout()
        bar.setContentsMargins(8, 0, 8, 0)
        bar.addWidget(self.tabs)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.hide()
        self.macros = MacroPicker(self)
        self._register()
        if acts is not None:
            acts.changed.connect(self.heard)

    # -- what the ticket screen calls

    def set_offline(self, offline: bool) -> None:
        """Whether what is promised is confirmed only later."""
        if offline != self.offline:
            self.offline = offline
            page = self._pages.get("promise")
            if isinstance(page, PromisePage) and page.view is not None:
                page.tell_hint()

    def put_above(self, widget: QWidget) -> None:
        """A line over the tabs."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, widget)

    @property
    def directory(self) -> Directory:
        assert self._directory is not None
        return self._directory

    def times(self) -> words.Times:
        return words.Times(ZoneInfo(self.directory.zone_name), self.runner.now())

    def ticket_id(self) -> str:
        return self._view.id if self._view else ""

    def set_ticket(self, view: TicketView, directory: Directory) -> None:
        """Show a ticket. The same one again takes over what changed; nothing typed is touched."""
        same = self._view is not None and self._view.id == view.id
        if not same:
            self.flush()
        self._view, self._directory = view, directory
        names = self._names(view)
        self._show_tabs(names)
        for name in names:
            page = self._pages.get(name)
            if page is None:
                continue
            if same and page.view is not None and page.view.id == view.id:
                page.refresh(view)
                if name not in self._dirty and not page.state() and view.drafts.get(name):
                    page.load(view, view.drafts[name])
            elif name == self.tabs.name():
                page.load(view, view.drafts.get(name, {}))
            else:
                page.view = None  # loaded when it is opened
        if not same:
            wanted = self._chosen.get(view.id) or _first_tab(view, names)
            self._switch(wanted if wanted in names else names[0] if names else "")
        elif self.tabs.name() not in names or self.stack.currentWidget() is not self._pages.get(self.tabs.name()):
            self._switch(names[0] if names else "")
        self.setVisible(bool(names))
        self._tell_side()

    def open_tab(self, name: str) -> bool:
        """Open a tab with the focus in it: its name, or one of ``SHARED``. False if there is none."""
        names = self.tabs.names()
        for several in SHARED.values():
            if name in several and name not in names:
                name = next((each for each in several if each in names), "")
        if name in SHARED:
            name = next((each for each in SHARED[name] if each in names), "")
        if name not in names or self._view is None:
            return False
        self._chosen[self._view.id] = name
        self._switch(name)
        self._pages[name].first_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def correct(self, entry: Entry) -> None:
        """Put an entry of the protocol right, in a tab that is there only meanwhile."""
        view = self._view
        if view is None:
            return
        self._correcting = view.id
        draft = view.drafts.get("correct", {})
        self._show_tabs(self._names(view))
        page = self._pages["correct"]
        typed = page.view is not None and page.view.id == view.id and page.state()
        if not typed or typed["note"] != entry.id:
            mine = draft if draft.get("note") == entry.id else {"note": entry.id, "was": entry.text}
            page.load(view, mine)
        self.open_tab("correct")

    def write(self, kind: str) -> None:
        """Make the reply a letter of ``templates.BY_HAND``."""
        if self.open_tab("reply"):
            page = self._pages["reply"]
            assert isinstance(page, ReplyPage)
            page.choose(kind)

    def current_tab(self) -> str:
        return self.tabs.name()

    def insert(self, text: str, title: str) -> str:
        """Put an article into what is being written: its text into a letter, its title into what stays at the desk.
        "letter" or "note", empty where nothing is open for it."""
        page = self._pages.get(self.tabs.name())
        if isinstance(page, LetterPage | PromisePage) and page.letter.isVisible():
            page.letter.edit.insert(text)
            page.letter.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return "letter"
        field = getattr(page, "text", None)
        if isinstance(field, TextField):
            before = field.text()
            field.insertPlainText(("" if not before or before[-1].isspace() else " ") + title)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return "note"
        return ""

    def set_children(self, children: Sequence[Member]) -> None:
        """Tickets of the same fault, whose requesters a new date and the solution are told too."""
        self.children_told = tuple(children)
        for name in ("finish", "slip"):
            page = self._pages.get(name)
            if page is not None and page.view is not None:
                page.refresh_view()

    def set_similar(self, found: Sequence[Similar | ArticleItem]) -> None:
        """Articles and tickets that look like this one, beside a promise."""
        self._similar = tuple(found)
        page = self._pages.get("promise")
        if isinstance(page, PromisePage):
            page.side.set_similar(self._similar)

    def side_panel(self) -> QWidget | None:
        """What replaces the ordinary side panel now."""
        page = self._pages.get(self.tabs.name())
        return page.side if isinstance(page, PromisePage) and self._view is not None else None

    def composing_promise(self) -> bool:
        return self.tabs.name() == "promise"

    def heard(self, changes: Changes) -> None:
        """Every change of the desk: a letter that was taken back is put back into its form."""
        code, args = changes.said
        if code != "undone":
            return
        sent = self._sent.pop(str(args.get("tx", "")), None)
        if sent is None:
            return
        ticket_id, name, state = sent
        self.runner.run("writer", drafts.save, ticket_id, name, state)
        page = self._pages.get(name)
        if self._view is not None and self._view.id == ticket_id and page is not None and not page.state():
            page.load(self._view, state)

    def flush(self) -> None:
        """Store what is being typed now."""
        self._pause.stop()
        for name in sorted(self._dirty):
            page = self._pages[name]
            if page.view is None:
                continue
            state = page.state()
            if state:
                self.runner.run("writer", drafts.save, page.view.id, name, state)
                if name in LETTERS:
                    self.wrote.emit(page.view.id, name, "".join((state.get("letter") or {}).get("parts", ())))
            else:
                self.runner.run("writer", drafts.drop, page.view.id, name)
        self._dirty.clear()

    def _register(self) -> None:
        """Declare the composer's commands, once in a window: the tabs for the ticket, the rest for the form."""
        if "composer.send" in self._actions:
            return
        tab_words = {
            "R": ("composer.answer", QT_TRANSLATE_NOOP("Actions", "Answer or promise"), "reply", "answer"),
            "F": ("composer.finish", QT_TRANSLATE_NOOP("Actions", "Finish"), "check", "finish"),
            "I": ("composer.slip", QT_TRANSLATE_NOOP("Actions", "Tell a new date, or remind"), "clock", "inform"),
            "X": ("composer.refuse", QT_TRANSLATE_NOOP("Actions", "Refuse"), "ban", "refuse"),
            "Q": (
                "composer.question",
                QT_TRANSLATE_NOOP("Actions", "Ask the requester"),
                "circle-question-mark",
                "question",
            ),
            "L": ("composer.protocol", QT_TRANSLATE_NOOP("Actions", "Protocol"), "list", "protocol"),
            "N": ("composer.note", QT_TRANSLATE_NOOP("Actions", "Note"), "sticky-note", "note"),
            "E": ("composer.escalation", QT_TRANSLATE_NOOP("Actions", "Escalate"), "arrow-up", "escalation"),
        }
        for key, (action_id, text, icon, tab) in tab_words.items():
            run = partial(self.open_tab, tab)
            enabled = partial(self._has, tab)
            self._actions.add(Action(action_id, text, run, icon, key, scope="ticket", enabled_when=enabled))
        form = (
            ("composer.send", QT_TRANSLATE_NOOP("Actions", "Send or record"), "send", ("Ctrl+Return", "Ctrl+Enter")),
            ("composer.slot.1", QT_TRANSLATE_NOOP("Actions", "First slot"), "", ("Alt+1",)),
            ("composer.slot.2", QT_TRANSLATE_NOOP("Actions", "Second slot"), "", ("Alt+2",)),
            ("composer.slot.3", QT_TRANSLATE_NOOP("Actions", "Third slot"), "", ("Alt+3",)),
            ("composer.more_slots", QT_TRANSLATE_NOOP("Actions", "More slots"), "table", ("Ctrl+Down",)),
            ("composer.attach", QT_TRANSLATE_NOOP("Actions", "Attach files"), "paperclip", ("Ctrl+Shift+A",)),
            ("composer.macros", QT_TRANSLATE_NOOP("Actions", "Macros"), "zap", ("Ctrl+M",)),
            ("composer.leave", QT_TRANSLATE_NOOP("Actions", "Leave the editor, the draft stays"), "", ("Esc",)),
        )
        for action_id, text, icon, keys in form:
            slot = action_id.startswith("composer.slot.") or action_id == "composer.more_slots"
            enabled = self.composing_promise if slot else self.isVisible
            self._actions.add(
                Action(
                    action_id,
                    text,
                    partial(self._press, action_id),
                    icon,
                    keys[0],
                    scope="composer",
                    enabled_when=enabled,
                    more_keys=keys[1:],
                    hidden=slot,
                )
            )

    # -- what the pages call

    def start(
        self, page: Page, intention: Callable[..., Changes], args: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        """Run an intention of a page. Done: its form is empty; refused: it stays and says why."""
        view = page.view
        assert view is not None
        attached = named.pop("attached", ())
        state = page.state()

        def done(changes: Changes) -> None:
            page.ended()
            inside = page.isAncestorOf(QApplication.focusWidget())
            if state:
                self._sent[changes.tx] = (view.id, page.name, state)
            self._dirty.discard(page.name)
            if page.view is not None and page.view.id == view.id:
                page.wipe()
            self._dirty.discard(page.name)
            self._chosen.pop(view.id, None)
            self.wrote.emit(view.id, "", "")
            if page.name == "correct":
                self._correcting = ""
            self.runner.run("writer", drafts.drop, view.id, page.name)
            if self._acts is None:
                self.changed.emit(changes)
            if inside:
                self.sent.emit()

        def failed(trouble: BaseException) -> None:
            if not isinstance(trouble, UserFacingError):
                page.ended(translate("Composer", "Nothing was sent. What you wrote is kept."))
                raise trouble
            page.ended(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")

        run: tuple[Any, ...] = (calls.act_with_files, intention, args, named, attached)
        if self._acts is None:
            self.runner.run("writer", *run, on_done=done, on_error=failed)
        else:
            self._acts.act(*run, on_done=done, on_error=failed)

    def act(self, intention: Callable[..., Changes], *args: Any, done: Callable[[Changes], None]) -> None:
        """Run an intention that is no page's; its step can be undone like any other."""
        if self._acts is None:
            self.runner.run("writer", intention, *args, on_done=done)
        else:
            self._acts.act(intention, *args, on_done=done)

    # -- inside

    def _has(self, tab: str) -> bool:
        names = self.tabs.names()
        return any(each in names for each in SHARED.get(tab, (tab,)))

    def _names(self, view: TicketView) -> list[str]:
        names = tabs_for(view)
        if self._correcting == view.id and "correct" not in names:
            names.append("correct")
        return names

    def _show_tabs(self, names: list[str]) -> None:
        assert self._view is not None
        for name in names:
            if name not in self._pages:
                page = _PAGES[name](self)
                self._pages[name] = page
                page.edited.connect(partial(self._edited, name))
                page.left.connect(self.flush)
                self.stack.addWidget(page)
                if isinstance(page, PromisePage):
                    page.side.open_ticket.connect(self.open_ticket)
                    page.side.open_day.connect(self.open_day)
                    page.side.open_article.connect(self.open_article)
                    page.side.set_similar(self._similar)
        shown = [(name, self._title(name), KEYS[name]) for name in names]
        self.tabs.set_tabs(shown)

    def _title(self, name: str) -> str:
        view = self._view
        if name == "finish" and view is not None and view.answered_at is None and view.status == "new":
            return translate("Composer", "Solved at once")
        return translate("Composer", _TITLES[name])

    def _switch(self, name: str) -> None:
        if not name or self._view is None:
            return
        self.tabs.blockSignals(True)
        self.tabs.select(name)
        self.tabs.blockSignals(False)
        self._tab_changed()

    def _tab_changed(self) -> None:
        name = self.tabs.name()
        page = self._pages.get(name)
        if page is None or self._view is None:
            return
        if self.tabs.hasFocus():
            self._chosen[self._view.id] = name
        if page.view is None or page.view.id != self._view.id:
            page.load(self._view, self._view.drafts.get(name, {}))
        self.stack.setCurrentWidget(page)
        self.stack.updateGeometry()
        self.updateGeometry()
        self.tab_opened.emit(name)
        self._tell_side()

    def _tell_side(self) -> None:
        side = self.side_panel()
        if side is not self._side:
            self._side = side
            self.side_changed.emit()

    def _edited(self, name: str) -> None:
        self._dirty.add(name)
        self._pause.start()

    def _press(self, action_id: str) -> None:
        """A command of the form."""
        page = self._pages.get(self.tabs.name())
        if page is None:
            return
        if action_id == "composer.send":
            page.submit()
        elif action_id == "composer.leave":
            if not page.step_back():
                self.leave()
        elif action_id == "composer.attach":
            page.attach()
        elif action_id == "composer.macros":
            self.macros.open()
        elif isinstance(page, PromisePage):
            if action_id == "composer.more_slots":
                page.open_more()
            else:
                page.choose(int(action_id[-1]) - 1)

    def leave(self) -> None:
        """Out of the editor; what was typed stays as a draft."""
        self.flush()
        self._give_up_correction()
        self.escaped.emit()

    def _give_up_correction(self) -> None:
        """Left as it was: its tab goes again."""
        view, page = self._view, self._pages.get("correct")
        if view is None or page is None or self.tabs.name() != "correct" or page.state():
            return
        self._correcting = ""
        self.set_ticket(replace(view, drafts={k: v for k, v in view.drafts.items() if k != "correct"}), self.directory)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._view is not None:
            self._language.start()  # several of these come for one switch

    def _retranslate(self) -> None:
        """Another language: the pages are made anew, what was typed goes over."""
        view, directory, name = self._view, self._directory, self.tabs.name()
        assert view is not None and directory is not None
        self.flush()
        states = {each: page.state() for each, page in self._pages.items() if page.view is not None}
        for each, page in self._pages.items():
            for asked in ("composer.propose", f"composer.{each}.letter"):
                self.runner.cancel(asked)  # the answer would find a page that is gone
            self.stack.removeWidget(page)
            page.deleteLater()
            if isinstance(page, PromisePage):
                page.side.deleteLater()  # it stands elsewhere in the window, and would stay there
        self._pages.clear()
        names = self._names(view)
        self._show_tabs(names)
        for each in names:
            state = states.get(each)
            if state or each == name:
                self._pages[each].load(view, state or view.drafts.get(each, {}))
        self._side = None
        self._switch(name)


def _first_tab(view: TicketView, names: list[str]) -> str:
    """The tab to begin with: the promise while one is owed, else where a draft waits, else the protocol of work."""
    if "promise" in names:
        return "promise"
    for name in names:
        if view.drafts.get(name):
            return name
    if view.status == "in_progress" and "protocol" in names:
        return "protocol"
    return names[0] if names else ""
