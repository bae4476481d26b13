"""A change of plan before it is made: chips, before and after, effects (three layers of the same data), its letters."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ...desk.diffs import DiffView, Effect, SlipNotice
from ...desk.values import Directory
from ...planning.values import PlanDiff
from .. import icons, theme, words
from ..fields import TextField
from ..i18n import fill, translate
from ..widgets import Chip, ElidedLabel, Label, Segmented
from ..words import Times
from .diff_rows import BeforeAfter, Legend
from .diff_table import EffectsTable

_LANGUAGES = ("en", "ru")


def chips(diff: PlanDiff) -> list[tuple[str, str, str]]:
    """(text, colour family, icon) of what a diff does; a ticket is counted once in each."""

    def tickets(group: str) -> int:
        return len({move.busy.ticket_id for move in getattr(diff, group) if move.busy.kind != "travel"})

    found = []
    if diff.assigned:
        count = len({ticket for ticket, _p, _s in diff.assigned})
        found.append((translate("Calendar", "Assigned %n", None, count), "norm", "plus"))
    for group, text, token, icon in (
        ("moved", translate("Calendar", "Moved %n within slack", None, tickets("moved")), "norm", "arrow-right"),
        ("reassigned", translate("Calendar", "Reassigned %n", None, tickets("reassigned")), "esc", "arrow-left-right"),
        ("broken", translate("Calendar", "Promises broken %n", None, tickets("broken")), "crit", "triangle-alert"),
    ):
        if tickets(group):
            found.append((text, token, icon))
    if diff.wont_fit:
        count = len(set(diff.wont_fit))
        found.append((translate("Calendar", "Won't fit %n", None, count), "high", "ban"))
    elif not tickets("broken"):
        found.append((translate("Replan", "No promise breaks"), "ok", "check"))
    return found


class _Frame(QFrame):
    """A white field with a rounded line."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("bg-base"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)


class _Letter(TextField):
    """As high as its lines, within its bounds."""

    def sizeHint(self) -> QSize:
        lines = self.document().blockCount() * self.fontMetrics().lineSpacing() + 4 * theme.current().u + 2
        return QSize(super().sizeHint().width(), min(max(lines, self.minimumHeight()), self.maximumHeight()))

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self.updateGeometry()


class NoticePanel(_Frame):
    """The letter of one slip: to whom, in which language, its text. What is typed stays while the dialog is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diff.notice")
        u = theme.current().u
        self._notice: SlipNotice | None = None
        self._typed: dict[tuple[str, str], str] = {}
        self._language: dict[str, str] = {}
        self._loading = False
        self._glyph = Label()
        self._glyph.setFixedSize(4 * u, 4 * u)
        self.title = Label("", "strong")
        self.title.setObjectName("diff.notice.title")
        self.to = ElidedLabel("", "small", "text2")
        self.languages = Segmented(["English", "Русский"])
        self.languages.setObjectName("diff.notice.language")
        self.languages.chosen.connect(self._language_chosen)
        self.text = _Letter("", 6, 9)
        self.text.setObjectName("diff.notice.text")
        self.text.textChanged.connect(self._edited)
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        head.addWidget(self._glyph)
        head.addWidget(self.title)
        head.addWidget(self.to, 1)
        head.addWidget(self.languages)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * u, 2 * u, 3 * u, 3 * u)
        column.setSpacing(2 * u)
        column.addLayout(head)
        column.addWidget(self.text)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._glyph.setPixmap(icons.pixmap("mail", "text", 16, self.devicePixelRatioF()))

    def show_notice(self, notice: SlipNotice | None) -> None:
        self._notice = notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        language = self.language_of(notice)
        self.title.setText(fill(translate("Replan", "Slip notice for %1"), words.number(notice.number)))
        to = notice.letters[language].to
        self.to.setText(
            fill(translate("Replan", "to %1"), ", ".join(address for _name, address in to))
            if to
            else translate("Replan", "no mail address: tell them by phone")
        )
        self.languages.setAccessibleName(translate("Replan", "Language of the letter"))
        self.languages.set_index(_LANGUAGES.index(language))
        self.text.setAccessibleName(self.title.text())
        self._loading = True
        self.text.set_text(self.body_of(notice))
        self._loading = False

    def language_of(self, notice: SlipNotice) -> str:
        return self._language.get(notice.ticket_id, notice.language)

    def body_of(self, notice: SlipNotice) -> str:
        language = self.language_of(notice)
        return self._typed.get((notice.ticket_id, language), notice.letters[language].body)

    def chosen(self, notice: SlipNotice) -> tuple[str, str]:
        """Language and text as they stand here; the text empty where nobody has typed."""
        language = self.language_of(notice)
        return language, self._typed.get((notice.ticket_id, language), "")

    def _language_chosen(self, index: int) -> None:
        if self._notice is not None:
            self._language[self._notice.ticket_id] = _LANGUAGES[index]
            self.show_notice(self._notice)

    def _edited(self) -> None:
        if self._notice is not None and not self._loading:
            self._typed[self._notice.ticket_id, self.language_of(self._notice)] = self.text.text()


class DiffPanel(QWidget):
    """`changed`: a letter was ticked or not."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diff")
        u = theme.current().u
        self._view: DiffView | None = None
        self._ticked: dict[str, bool] = {}
        self.heading = Label("", "strong")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(2 * u)
        self.people = ElidedLabel("", "small", "text2")
        self.legend = Legend()
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        head.addWidget(self.heading)
        head.addLayout(self._chips)
        head.addWidget(self.people, 1)
        head.addWidget(self.legend)
        self.rows = BeforeAfter()
        self.table = EffectsTable()
        self.table.chosen.connect(self._chosen)
        self.table.effects.ticked_changed.connect(self._ticked_changed)
        self.untouched = Label("", "small", "text2")
        self.untouched.setObjectName("diff.untouched")
        self.untouched.setWordWrap(True)
        frame = _Frame()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * u, u + 2, 3 * u, u + 2)
        foot.addWidget(self.untouched, 1)
        inner.addLayout(foot)
        self.notice = NoticePanel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * u)
        column.addLayout(head)
        column.addWidget(self.rows)
        column.addWidget(frame)
        column.addWidget(self.notice)

    def show_view(self, view: DiffView, directory: Directory, times: Times) -> None:
        self._view = view
        self.heading.setText(translate("Replan", "What changes"))
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        said = chips(view.diff)
        for text, token, icon in said:
            self._chips.addWidget(Chip(text, token, icon))
        text = translate("Replan", "%n of %1 people affected", None, len(view.rows))
        self.people.setText(fill(text, view.people))
        self.rows.show_view(view, directory, times)
        self.rows.setVisible(bool(view.rows))
        self.table.effects.show_view(view, directory, times, self._ticked)
        self.table.setVisible(bool(view.effects))
        self.untouched.setText(self._untouched(view))
        notices = view.notices
        self.notice.show_notice(notices[0] if notices else None)
        self.setAccessibleDescription(". ".join([*(text for text, _, _ in said), self.people.text()]))

    def _untouched(self, view: DiffView) -> str:
        others = translate("Replan", "%n other planned ticket(s)", None, view.untouched)
        if view.working:
            numbers = ", ".join(words.number(number) for number in view.working)
            text = fill(translate("Replan", "Not touched: work in progress (%1) and %2"), numbers, others)
        else:
            text = fill(translate("Replan", "Not touched: %1"), others)
        if view.lacking:
            names = ", ".join(words.quoted(name) for name in view.lacking)
            text = f"{fill(translate('Replan', 'Nobody else has the skill %1.'), names)} {text}"
        return text

    def notices(self) -> dict[str, tuple[str, str]]:
        """Ticket -> (language, typed text) of the letters that are ticked."""
        if self._view is None:
            return {}
        return {
            notice.ticket_id: self.notice.chosen(notice)
            for notice in self._view.notices
            if notice.ticket_id in self.table.effects.ticked
        }

    def _chosen(self, effect: Effect) -> None:
        if effect.notice is not None:
            self.notice.show_notice(effect.notice)

    def _ticked_changed(self) -> None:
        for notice in self._view.notices if self._view is not None else ():
            self._ticked[notice.ticket_id] = notice.ticket_id in self.table.effects.ticked
        self.changed.emit()

    def edit_notice(self) -> None:
        """E: into the letter."""
        if self.notice.isVisibleTo(self):
            self.notice.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
