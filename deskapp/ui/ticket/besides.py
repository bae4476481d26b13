"""Rows of the side panel: an article, a visit, a part, a ticket of the same fault; each leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from .. import icons, theme, words
from ..buttons import EnterPresses
from ..i18n import fill, translate
from ..knowledge import texts as articles
from ..visits import texts

if TYPE_CHECKING:
    from ...desk.beside import Beside
    from ...desk.families import Member
    from ...desk.knowledge import ArticleItem
    from ...desk.values import Similar


class FactRow(EnterPresses, QAbstractButton):
    """An icon, words, and a few more at the right; ``token`` colours the words."""

    def __init__(
        self, icon: str, text: str, right: str = "", run: Callable[[], object] | None = None, token: str = "text"
    ) -> None:
        super().__init__()
        self._icon, self._right, self._token = icon, right, token
        self.setText(text)
        self.setAccessibleName(", ".join(filter(None, [text, right])))
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if run is not None:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _on=False: run())
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._leads = run is not None
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(50 * look.u, max(6 * look.u, QFontMetrics(look.font("body")).height() + look.u))

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        if self._leads and self.underMouse():
            painter.fillRect(self.rect(), look.color("bg-hover"))
        icons.paint(painter, QRect(0, 0, 4 * u, self.height()), self._icon, "text2")
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        room = self.width() // 2
        right = painter.fontMetrics().elidedText(self._right, Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(right)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        painter.setFont(look.font("body"))
        painter.setPen(look.color(self._token))
        area = self.rect().adjusted(round(5.5 * u), 0, -width - 2 * u, 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def article(item: ArticleItem, open_: Callable[[str], object]) -> QWidget:
    return FactRow("book-open", articles.titled(item.number, item.title), "", lambda: open_(item.id), "accent")


def similar(one: Similar, open_: Callable[[str], object]) -> QWidget:
    """A ticket like this one: solved in how long, or still open."""
    solved = one.status in ("resolved", "closed")
    right = words.duration(one.minutes) if solved else translate("Side", "open")
    text = f"{words.number(one.number)} {one.subject}"
    return FactRow("check" if solved else "link", text, right, lambda: open_(one.ticket_id))


def service_rows(
    found: Beside, times: words.Times, visit: Callable[[], object], part: Callable[[str], object]
) -> list[QWidget]:
    """Visits and parts of a ticket; one line that says there are none, and leads to the first."""
    rows: list[QWidget] = []
    for item in found.visits[:2]:
        when = f"{texts.day(item, times)}, {texts.window(item, times)}"
        state, _token = texts.state(item.state)
        rows.append(FactRow("truck", when, state, visit, "text" if item.holds else "crit"))
    for one in found.parts:
        here = one.here >= one.quantity
        rows.append(FactRow("package", texts.reserved(one), "", partial(part, one.part_id), "text" if here else "high"))
    due = next((one.due for one in found.parts if one.due is not None), None)
    if due is not None:
        rows.append(FactRow("clock", fill(translate("Side", "replacement due %1"), times.moment(due))))
    if not rows:
        rows.append(FactRow("truck", translate("Side", "Plan a visit"), "V", visit))
        rows.append(FactRow("package", translate("Side", "Reserve a part"), "P", partial(part, "")))
    return rows


def family_rows(found: Beside, open_: Callable[[str], object]) -> list[QWidget]:
    """The fault that a ticket is a part of, or the tickets that are parts of it."""

    def row(icon: str, member: Member) -> QWidget:
        text = f"{words.number(member.number)} {member.customer or member.subject}"
        return FactRow(icon, text, words.status(member.status), lambda: open_(member.ticket_id))

    rows = [row("arrow-up", found.family.parent)] if found.family.parent is not None else []
    return rows + [row("link", child) for child in found.family.children[:12]]


def silence_row(found: Beside, times: words.Times) -> QWidget | None:
    """What happens by itself when nobody answers."""
    if found.next_step is None:
        return None
    code, at = found.next_step
    text = translate("Side", "reminder leaves %1") if code == "reminder" else translate("Side", "closed by silence %1")
    return FactRow("bell", fill(text, times.moment(at)))
