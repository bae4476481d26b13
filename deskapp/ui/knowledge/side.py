"""Beside an article: how it is used, what is like it, what was changed, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ...desk.knowledge import ArticleView
from ...desk.values import Directory
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import Button, EvenLayout, Label, Line, LinkButton
from . import texts


class ArticleSide(QScrollArea):
    """``opened`` carries another article, ``ticket_wanted`` a ticket; ``act_wanted`` edit, publish, retire, checked."""

    opened = Signal(str)
    ticket_wanted = Signal(str)
    act_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("knowledge.side")
        self.setAccessibleName(translate("Knowledge", "About the article"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        palette = QPalette(theme.current().palette())
        self.setPalette(palette)
        self.viewport().setPalette(palette)

    def set_view(self, view: ArticleView | None, directory: Directory, times: words.Times) -> None:
        u = theme.current().u
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(round(3.5 * u), 3 * u, round(3.5 * u), 3 * u)
        column.setSpacing(2 * u)
        if view is not None:
            self._acts(column, view)
            self._use(column, view, times)
            self._alike(column, view)
            self._history(column, view, directory, times)
        column.addStretch(1)
        self.setWidget(inner)

    def _acts(self, column: QVBoxLayout, view: ArticleView) -> None:
        acts: list[tuple[str, str, str, str]] = [("edit", translate("Knowledge", "Edit"), "pencil", "F2")]
        if view.state != "published":
            acts.append(("publish", translate("Knowledge", "Publish"), "check", ""))
        if view.state == "published":
            acts.append(("checked", translate("Knowledge", "Still true, checked"), "circle-check", ""))
        if view.state != "retired":
            acts.append(("retire", translate("Knowledge", "Retire"), "archive", ""))
        box = QWidget()
        flow = EvenLayout(box, 2 * theme.current().u)
        for name, text, icon, key in acts:
            button = Button(text, icon, key)
            button.setObjectName(f"knowledge.act.{name}")
            button.clicked.connect(lambda _on=False, name=name: self.act_wanted.emit(name))
            flow.addWidget(button)
        column.addWidget(box)

    def _section(self, column: QVBoxLayout, title: str) -> None:
        column.addSpacing(2 * theme.current().u)
        column.addWidget(Line())
        column.addWidget(Label(title, "strong", "text2"))

    def _use(self, column: QVBoxLayout, view: ArticleView, times: words.Times) -> None:
        self._section(column, translate("Knowledge", "Use"))
        used = translate("Knowledge", "used in %n ticket(s)", None, view.uses)
        column.addWidget(Label(used if view.uses else texts.uses(0)))
        if view.saved:
            column.addWidget(Label(fill(translate("Knowledge", "saved %1"), words.duration(view.saved))))
        if view.last is not None:
            ticket_id, number, at = view.last
            text = fill(translate("Knowledge", "last: %1, %2"), words.number(number), times.day(times.local(at).date()))
            self._link(column, text, lambda: self.ticket_wanted.emit(ticket_id))
        if view.ticket_id:
            text = fill(translate("Knowledge", "made from %1"), words.number(view.ticket_number))
            self._link(column, text, lambda: self.ticket_wanted.emit(view.ticket_id))

    def _alike(self, column: QVBoxLayout, view: ArticleView) -> None:
        if not view.similar:
            return
        self._section(column, translate("Knowledge", "Similar"))
        for item in view.similar:
            self._link(column, texts.titled(item.number, item.title), lambda item=item: self.opened.emit(item.id))

    def _history(self, column: QVBoxLayout, view: ArticleView, directory: Directory, times: words.Times) -> None:
        if not view.history:
            return
        self._section(column, translate("Knowledge", "History"))
        for line in view.history[:8]:
            person = directory.people.get(line.author_id)
            who = f"{person.short}: " if person else ""
            text = f"{times.day(times.local(line.at).date())}, {who}{texts.change(line.what)}"
            label = Label(text, "small", "text2")
            label.setWordWrap(True)
            column.addWidget(label)

    def _link(self, column: QVBoxLayout, text: str, run: Callable[[], object]) -> None:
        look = theme.current()
        shown = QFontMetrics(look.font("body")).elidedText(text, Qt.TextElideMode.ElideRight, 56 * look.u)
        link = LinkButton(shown)
        link.setAccessibleName(text)
        link.setToolTip(text if shown != text else "")
        link.clicked.connect(lambda _on=False: run())
        column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)
