"""The section of the side panel that tells the contract's clocks: used share, when due, why one stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ...desk.values import ContractView, TargetView
from .. import theme, words
from ..buttons import EnterPresses
from ..i18n import fill, translate

if TYPE_CHECKING:
    from ...desk.sla import Preview


def target_name(name: str) -> str:
    return {
        "reaction": translate("Contract", "Reaction"),
        "solution": translate("Contract", "Solution"),
        "replacement": translate("Contract", "Part replaced"),
    }[name]


def pause_name(why: str) -> str:
    return {
        "customer": translate("Contract", "waiting for the customer"),
        "third": translate("Contract", "waiting for a third party"),
        "parts": translate("Contract", "waiting for a part"),
        "visit": translate("Contract", "waiting for the visit"),
    }.get(why, why)


def state_words(target: TargetView, times: words.Times) -> tuple[str, str]:
    """What stands at the right of a clock, and its colour."""
    if target.state == "paused":
        return fill(translate("Contract", "paused, %1 left"), words.duration(max(0, target.left))), "text2"
    if target.state == "kept":
        return translate("Contract", "kept"), "ok"
    if target.state == "broken":
        return fill(translate("Contract", "broken by %1"), words.duration(max(0, -target.left))), "crit"
    if target.state == "over":
        return fill(translate("Contract", "over by %1"), words.duration(max(0, -target.left))), "crit"
    if target.due is None:
        return fill(translate("Contract", "%1 left"), words.duration(target.left)), "text"
    near = target.share >= 0.75
    return fill(translate("Contract", "until %1"), times.moment_brief(target.due)), "high" if near else "text"


def rule_words(contract: ContractView) -> str:
    """Which rule holds and why: "24×7, normal urgency: the customer's contract at receipt"."""
    why = (
        translate("Contract", "named by the ticket")
        if contract.how == "ticket"
        else translate("Contract", "the customer's when the ticket came")
    )
    parts = [contract.number, contract.hours, words.urgency(contract.urgency).lower(), why]
    return ", ".join(part for part in parts if part)


def due_lines(preview: Preview, times: words.Times, most: int) -> list[str]:
    """Which due times of open tickets a change would move, one a line: what is over at once first."""
    lines = []
    for each in sorted(preview.moved, key=lambda moved: not moved.breaks)[:most]:
        before, after = (times.moment(at) if at else words.EN_DASH for at in (each.before, each.after))
        lines.append(f"{words.number(each.number)} {target_name(each.what).lower()}: {before} → {after}")
    return lines


def moved_words(preview: Preview | None) -> str:
    """What a change of hours did to the due times of open tickets; "" where it did nothing."""
    if preview is None or not preview.moved:
        return ""
    text = translate("Contract", "%n due time(s) by contracts moved", None, len(preview.moved))
    if preview.breaking:
        over = translate("Contract", "%n over at once", None, preview.breaking)
        text = fill(translate("Contract", "%1, %2"), text, over)
    return fill(translate("Contract", "%1. Undo takes it back."), text)


class TargetRow(EnterPresses, QAbstractButton):
    """A clock: its name, a bar of what is used, when it is due. A click or Enter tells why."""

    def __init__(self, target: TargetView, times: words.Times) -> None:
        super().__init__()
        self.target = target
        self._right, self._token = state_words(target, times)
        self.setObjectName(f"ticket.contract.{target.name}")
        self.setText(target_name(target.name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        used = fill(translate("Contract", "%1 of %2 used"), words.duration(target.used), words.duration(target.granted))
        before = (
            translate("Contract", "It was broken before the ticket was opened again") if target.broken_before else ""
        )
        said = [self.text(), self._right, used, pause_name(target.why) if target.why else "", before]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip("\n".join(part for part in [used, *said[3:], translate("Contract", "Why this date")] if part))
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(50 * look.u, QFontMetrics(look.font("body")).height() + 3 * look.u)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), look.color("bg-hover"))
        painter.setFont(look.font("body"))
        metrics = painter.fontMetrics()
        line = QRect(0, 0, self.width(), metrics.height() + u)
        right = metrics.elidedText(self._right, Qt.TextElideMode.ElideRight, self.width() * 2 // 3)
        painter.setPen(look.color(self._token))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        room = self.width() - metrics.horizontalAdvance(right) - 2 * u
        painter.setPen(look.color("text2"))
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        bar = QRectF(0, line.bottom() + u / 2, self.width(), max(3.0, u * 0.75))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("hatch"))
        painter.drawRoundedRect(bar, 2, 2)
        share = min(1.0, self.target.share)
        if share > 0:
            token = "crit-bar" if self.target.state in ("over", "broken") else "high-bar" if share >= 0.75 else "ok-bar"
            painter.setBrush(look.color("text3" if self.target.state == "paused" else token))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 2, 2)
