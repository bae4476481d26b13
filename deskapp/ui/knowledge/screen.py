"""The knowledge base: search as one types, four tabs, the article beside it, and beside that how it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import conflicts, drafts, files, knowledge
from ...desk.knowledge import TABS, ArticleItem, ArticleView
from ...desk.values import Changes, Directory
from .. import theme
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..i18n import translate
from ..messages import error_words
from ..pane_screen import PaneScreen
from ..panes import Panes
from ..runner import TaskRunner
from ..timers import pause
from ..widgets import Button, EmptyState, Panel, Segmented
from . import texts
from .editing import Editing, png
from .list_view import ArticleList
from .reading import Reading
from .side import ArticleSide

_TYPING_MS = 100
_DRAFT_MS = 400
_TABLES = ("article", "article_use", "attachment", "specialist", "cause", "conflict")


class KnowledgeScreen(PaneScreen):
    """``ticket_wanted`` carries a ticket to be shown."""

    ticket_wanted = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("knowledge", runner, acts, actions, now, parent)
        self._view: ArticleView | None = None
        self._draft: dict[str, Any] = {}
        self._wanted = ""
        self._edit_then = False
        self._build()
        self._declare()
        self._typing = pause(self, _TYPING_MS, self.read)
        self._pause = pause(self, _DRAFT_MS, self.flush)

    def _build(self) -> None:
        u = theme.current().u
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        left = Panel("bg-base", "")
        left.setObjectName("knowledge.left")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 3 * u, 0, 0)
        column.setSpacing(2 * u)
        top = QHBoxLayout()
        top.setContentsMargins(3 * u, 0, 3 * u, 0)
        top.setSpacing(2 * u)
        self.search = QLineEdit()
        self.search.setObjectName("knowledge.search")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(7 * u)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._to_list)
        self.new = Button("", "plus")
        self.new.setObjectName("knowledge.new")
        self.new.clicked.connect(self.make)
        top.addWidget(self.search, 1)
        top.addWidget(self.new)
        column.addLayout(top)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(3 * u, 0, 3 * u, 0)
        self.tabs = Segmented()
        self.tabs.setObjectName("knowledge.tabs")
        self.tabs.setFixedHeight(7 * u)
        self.tabs.chosen.connect(lambda _index: self.read())
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        column.addLayout(tabs)
        self.list = ArticleList()
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _article: self.reading.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.empty = EmptyState("", icon="book-open")
        self.empty.setObjectName("knowledge.empty")
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)  # first: a layout without a parent would show its first page as a window
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        main = Panel("bg-base", "")
        self._main = QStackedLayout(main)
        self._main.setContentsMargins(0, 0, 0, 0)
        self.nothing = QWidget()
        self.reading = Reading()
        self.reading.compare_wanted.connect(self.compare)
        self._main.addWidget(self.nothing)
        self._main.addWidget(self.reading)
        self._make_editing()
        self.side = ArticleSide()
        self.side.opened.connect(self.show_article)
        self.side.ticket_wanted.connect(self.ticket_wanted)
        self.side.act_wanted.connect(self._act)
        self.panes = Panes("knowledge", left, main, self.side)
        outer.addWidget(self.panes)
        self._say()

    def _make_editing(self) -> None:
        self.editing = Editing()
        self.editing.save_wanted.connect(self.save)
        self.editing.left.connect(self.leave)
        self.editing.edited.connect(lambda: self._pause.start())
        self.editing.image_pasted.connect(self._image_pasted)
        self._main.addWidget(self.editing)

    def _say(self) -> None:
        self.search.setPlaceholderText(translate("Knowledge", "Find in the knowledge base"))
        self.search.setAccessibleName(translate("Knowledge", "Find in the knowledge base"))
        self.new.setText(translate("Knowledge", "New article"))
        self.new.set_bare(True)
        self.tabs.setAccessibleName(translate("Knowledge", "Which articles"))
        self._say_tabs({})

    def _say_tabs(self, counts: dict[str, int]) -> None:
        names = (
            translate("Knowledge", "All"),
            translate("Knowledge", "Mine"),
            translate("Knowledge", "Drafts"),
            translate("Knowledge", "Old"),
        )
        shown = [f"{name} {counts[tab]}" if counts.get(tab) else name for tab, name in zip(TABS, names, strict=True)]
        if shown != self.tabs.options():
            chosen = self.tabs.index()
            self.tabs.set_options(shown)
            self.tabs.set_index(max(0, chosen))

    def _declare(self) -> None:
        def here(name: str, text: str, key: str, run: Callable[[], object], icon: str = "", **more: Any) -> Action:
            return Action(f"knowledge.{name}", text, run, icon, key, scope="knowledge", **more)

        self._actions.add(
            here("find", QT_TRANSLATE_NOOP("Actions", "Find an article"), "/", self.search.setFocus, "search"),
            here("edit", QT_TRANSLATE_NOOP("Actions", "Edit the article"), "F2", self.edit, "pencil",
                 enabled_when=lambda: self._view is not None),
            here("make", QT_TRANSLATE_NOOP("Actions", "New article"), "Ins", self.make, "plus"),
            here("save", QT_TRANSLATE_NOOP("Actions", "Save the article"), "Ctrl+Return", self.save, "check",
                 enabled_when=self.is_editing, more_keys=("Ctrl+Enter",)),
            here("compare", QT_TRANSLATE_NOOP("Actions", "Compare the two versions"), "V", self.compare, "git-fork",
                 enabled_when=lambda: self._view is not None and self._view.two and not self.is_editing()),
            here("leave", QT_TRANSLATE_NOOP("Actions", "Leave the editor, the draft stays"), "Esc", self.leave,
                 enabled_when=self.is_editing),
        )  # fmt: skip

    # -- what the window asks

    def title(self) -> str:
        return translate("Knowledge", "Knowledge")

    def window_title(self) -> str:
        return texts.titled(self._view.number, self._view.title) if self._view is not None else ""

    def parts(self) -> Sequence[QWidget]:
        found: list[QWidget] = [self.search, self.tabs, self.list]
        found.append(self.editing.first_focus() if self.is_editing() else self.reading.text)
        if self.panes.side_visible():
            found.append(self.side)
        return found

    def activate(self) -> None:
        self._read_directory()
        self.read()
        if not self.is_editing():
            self._to_list()

    def refresh(self, changes: Changes) -> None:
        if self._directory is not None and changes.touches(*_TABLES):
            self.read()
            if self._wanted:
                self._read_article()

    def is_editing(self) -> bool:
        return self._main.currentWidget() is self.editing

    # -- reading

    def _directory_read(self, found: Directory) -> None:
        super()._directory_read(found)
        self.editing.set_directory(found)
        if self._view is not None:
            self._show()

    def read(self) -> None:
        tab, typed = TABS[self.tabs.index()], self.search.text()
        self._runner.run("reader", _list, tab, typed, on_done=partial(self._listed, tab, typed), key="knowledge.list")

    def _listed(self, tab: str, typed: str, found: tuple[tuple[ArticleItem, ...], dict[str, int]]) -> None:
        if tab != TABS[self.tabs.index()] or typed != self.search.text():
            return
        items, counts = found
        self._say_tabs(counts)
        had_focus = self.list.hasFocus()
        self._stack.setCurrentWidget(self.list if items else self.empty)
        if not items:
            if typed.strip():
                self.empty.set(translate("Knowledge", "Nothing matches."))
            elif tab == "all":
                self.empty.set(translate("Knowledge", "No articles yet. The first comes from a solved ticket (B)."))
            else:
                self.empty.set(translate("Knowledge", "Nothing here."))
            if had_focus:
                self.search.setFocus()
        self.list.set_items(items, self._wanted)
        if items and not self._wanted:
            self._picked(self.list.current())

    def _picked(self, article_id: str) -> None:
        if article_id == self._wanted:
            return
        self.flush()
        self._wanted = article_id
        if self.is_editing():
            self._main.setCurrentWidget(self.reading)
        self._read_article()

    def _read_article(self) -> None:
        self._runner.run("reader", _article, self._wanted, on_done=self._article_read, key="knowledge.article",
                         on_error=self._gone)  # fmt: skip

    def _gone(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self._view, self._wanted = None, ""
        self._main.setCurrentWidget(self.nothing)
        self.side.set_view(None, self._known(), self.times())

    def _known(self) -> Directory:
        return self._directory or Directory(None, {}, (), (), (), "UTC", "", 0)

    def _article_read(self, found: tuple[ArticleView, dict[str, Any]]) -> None:
        view, draft = found
        if view.id != self._wanted:
            return
        same = self._view is not None and self._view.id == view.id
        self._view, self._draft = view, draft
        self._show()
        if self._edit_then:
            self._edit_then = False
            self.edit()
        elif self.is_editing() and same and not self.editing.changed():
            self.editing.load(view, draft)
        self.title_changed.emit()

    def _show(self) -> None:
        view = self._view
        if view is None or self._directory is None:
            return
        self.reading.set_view(view, self._directory, self.times())
        self.side.set_view(view, self._directory, self.times())
        if not self.is_editing():
            self._main.setCurrentWidget(self.reading)
        missing = [sha256 for sha256 in self.reading.images_wanted() if sha256 not in self.reading.text.images]
        if missing:
            self._runner.run("reader", _images, missing, on_done=self.reading.set_images, key="knowledge.images")

    def show_article(self, article_id: str, edit: bool = False) -> None:
        """Open an article from elsewhere; in all tabs it is looked for among all."""
        self.search.clear()
        self.tabs.set_index(0)
        self._wanted = article_id
        self._edit_then = edit
        self._read_article()
        self.read()

    # -- writing

    def make(self) -> None:
        title = translate("Knowledge", "New article")

        def done(changes: Changes) -> None:
            self.show_article(str(changes.result), edit=True)

        self._acts.act(partial(knowledge.create, title=title), on_done=done)

    def compare(self) -> None:
        """Two people wrote it: both versions side by side, one of them to be kept."""
        view = self._view
        if view is None or not view.two:
            return
        from .versions import VersionsDialog

        dialog = VersionsDialog(view, self._known(), self.times(), self)
        dialog.chosen.connect(lambda which: self._acts.act(conflicts.choose_version, view.id, which))
        dialog.open()

    def edit(self) -> None:
        if self._view is None:
            return
        self.editing.load(self._view, self._draft)
        self._main.setCurrentWidget(self.editing)
        self.editing.first_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._draft:
            self.editing.say(translate("Knowledge", "What you typed before is here; it is not saved yet."))

    def flush(self) -> None:
        """Keep what is being typed."""
        self._pause.stop()
        view = self._view
        if view is None or not self.is_editing():
            return
        self._draft = self.editing.draft()
        if self._draft:
            self._runner.run("writer", drafts.save, view.id, "article", self._draft)
        else:
            self._runner.run("writer", drafts.drop, view.id, "article")

    def leave(self) -> None:
        """Back to reading; what was typed stays as a draft."""
        if self.is_editing():
            self.flush()
            self._main.setCurrentWidget(self.reading)
            self._to_list()

    def save(self) -> None:
        view = self._view
        if view is None or not self.is_editing():
            return
        values = self.editing.changed()
        self._pause.stop()

        def done(_changes: Changes) -> None:
            self._draft = {}
            self._runner.run("writer", drafts.drop, view.id, "article")
            self._main.setCurrentWidget(self.reading)
            self._read_article()
            self._to_list()

        if not values:
            self.leave()
        else:
            was = self.editing.was()
            self._acts.act(partial(knowledge.save, was=was), view.id, values, on_done=done, on_error=self._refused)

    def _refused(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        text = ". ".join(part.rstrip(".") for part in error_words(trouble) if part) + "."
        if self.is_editing():
            self.editing.say(text, trouble=True)
        else:
            self.edit()
            self.editing.say(text, trouble=True)

    def _image_pasted(self, name: str, image: QImage) -> None:
        if self._view is not None:
            self._acts.act(
                knowledge.add_image,
                self._view.id,
                png(image),
                on_done=lambda changes: self.editing.insert(name, str(changes.result)),
            )

    def _act(self, name: str) -> None:
        view = self._view
        if view is None:
            return
        if name == "edit":
            self.edit()
        elif name == "checked":
            self._acts.act(knowledge.checked, view.id)
        else:
            state = {"publish": "published", "retire": "retired"}[name]
            self._acts.act(knowledge.set_state, view.id, state, on_error=self._refused)

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- another language

    def _retranslate(self) -> None:
        self.flush()
        was = self.is_editing()
        self._main.removeWidget(self.editing)
        self.editing.deleteLater()
        self._make_editing()
        self._say()
        if self._directory is not None:
            self.editing.set_directory(self._directory)
        self._show()
        self.read()
        if was:
            self.edit()


def _list(desk: Any, tab: str, typed: str) -> tuple[tuple[ArticleItem, ...], dict[str, int]]:
    return knowledge.articles(desk, tab, typed), knowledge.counts(desk)


def _article(desk: Any, article_id: str) -> tuple[ArticleView, dict[str, Any]]:
    return knowledge.view(desk, article_id), drafts.load(desk, article_id).get("article", {})


def _images(desk: Any, hashes: Sequence[str]) -> dict[str, QImage]:
    found = {}
    for sha256 in hashes:
        try:
            found[sha256] = QImage.fromData(files.read(desk, sha256))
        except UserFacingError:
            continue  # not on this machine yet: its place stays empty
    return found
