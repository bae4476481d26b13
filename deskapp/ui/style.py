"""The one style: Fusion drawn flat. Anything that a palette can say is said there and not here."""

from __future__ import annotations

from PySide6 import QtWidgets
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

# A class is made, with its enumerations, when it is first named. Of what the first picture has nothing of, the class is
# named where something of it is drawn.
from PySide6.QtWidgets import QFocusFrame, QFrame, QProxyStyle, QPushButton, QStyle, QWidget

from . import icons, theme

_State = QStyle.StateFlag
SCROLL_BAR = 12  # logical pixels; the handle is thinner and keeps off the edges
RADIUS = 5.0
#: Room left and right of a word in a table, its heading and its cells alike; a list's words stand nearer to its edge.
CELL_PAD, LIST_PAD = 7, 5


def control_frame(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: str,
    border: str,
    width: float = 1.0,
    radius: float = RADIUS,
) -> None:
    """A rounded control: fill and border by theme role, lines on whole device pixels."""
    color = theme.current().color
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color(border), width))
    painter.setBrush(color(fill))
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


class DeskStyle(QProxyStyle):
    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QtWidgets.QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_ScrollBarExtent:
            return SCROLL_BAR
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            if (
                metric == QStyle.PixelMetric.PM_FocusFrameHMargin
                and widget is not None
                and widget.inherits("QAbstractItemView")
            ):
                return CELL_PAD if widget.inherits("QTableView") else LIST_PAD
            return 3
        if metric == QStyle.PixelMetric.PM_HeaderMargin:
            return CELL_PAD + 1
        if metric in (QStyle.PixelMetric.PM_ButtonShiftHorizontal, QStyle.PixelMetric.PM_ButtonShiftVertical):
            return 0
        return super().pixelMetric(metric, option, widget)

    def styleHint(self, hint, option=None, widget=None, returnData=None):  # type: ignore[no-untyped-def]
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_EtchDisabledText or hint == QStyle.StyleHint.SH_DitherDisabledText:
            return 0
        if hint == QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return 500
        return super().styleHint(hint, option, widget, returnData)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QtWidgets.QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        kind = QStyle.PrimitiveElement
        state = option.state
        if element == kind.PE_FrameFocusRect:
            if widget is None or not _has_ring(widget):
                _focus_ring(painter, QRectF(option.rect).adjusted(1, 1, -1, -1))
        elif element == kind.PE_PanelButtonCommand:
            pressed = bool(state & (_State.State_Sunken | _State.State_On))
            hover = bool(state & _State.State_MouseOver) and bool(state & _State.State_Enabled)
            fill = "bg-sel" if pressed else "bg-hover" if hover else "bg-base"
            border = "line-ctl" if state & _State.State_Enabled else "line"
            control_frame(painter, option.rect, fill, border)
        elif element == kind.PE_PanelButtonTool:
            if state & (_State.State_Sunken | _State.State_On):
                control_frame(painter, option.rect, "bg-sel", "bg-sel")
            elif state & _State.State_MouseOver and state & _State.State_Enabled:
                control_frame(painter, option.rect, "bg-hover", "bg-hover")
        elif element == kind.PE_PanelLineEdit:
            if getattr(option, "lineWidth", 1) > 0 and not _in_combo_box(widget):
                focused = bool(state & _State.State_HasFocus)
                fill = "bg-base" if state & _State.State_Enabled else "bg-window"
                control_frame(painter, option.rect, fill, *_edit_border(focused))
        elif element == kind.PE_FrameLineEdit:
            return
        elif element == kind.PE_Frame and widget is not None and widget.property("control") is True:
            control_frame(painter, option.rect, "bg-base", *_edit_border(_focus_within(widget)))
        elif element in (kind.PE_Frame, kind.PE_FrameMenu, kind.PE_FrameGroupBox):
            painter.save()
            painter.setPen(QPen(theme.current().color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))
            painter.restore()
        elif element == kind.PE_IndicatorCheckBox:
            _check_box(painter, option)
        elif element == kind.PE_IndicatorRadioButton:
            _radio_button(painter, option)
        elif element in (kind.PE_IndicatorArrowDown, kind.PE_IndicatorArrowUp):
            name = "chevron-down" if element == kind.PE_IndicatorArrowDown else "chevron-up"
            side = min(14, option.rect.width(), option.rect.height())
            area = QRect(0, 0, side, side)
            area.moveCenter(option.rect.center())
            if side > 0:
                icons.paint(painter, area, name, "text2" if state & _State.State_Enabled else "line-ctl")
        elif element == kind.PE_PanelTipLabel:
            control_frame(painter, option.rect, "bg-base", "line-ctl")
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QtWidgets.QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == QStyle.ControlElement.CE_FocusFrame:
            _focus_ring(painter, QRectF(option.rect).adjusted(1, 1, -1, -1))
            return
        if element == QStyle.ControlElement.CE_PushButtonBevel and isinstance(widget, QPushButton):
            flat = widget.isFlat() and not option.state & (
                _State.State_Sunken | _State.State_On | _State.State_MouseOver
            )
            if not flat:
                primitive = QStyle.PrimitiveElement
                panel = primitive.PE_PanelButtonTool if widget.isFlat() else primitive.PE_PanelButtonCommand
                self.drawPrimitive(panel, option, painter, widget)
            return
        if element == QStyle.ControlElement.CE_ProgressBar and isinstance(option, QtWidgets.QStyleOptionProgressBar):
            _progress_bar(painter, option)
            return
        if element == QStyle.ControlElement.CE_HeaderSection and isinstance(widget, QtWidgets.QHeaderView):
            _heading(painter, option)
            return
        if element == QStyle.ControlElement.CE_HeaderEmptyArea:
            _heading(painter, option)
            return
        if element == QStyle.ControlElement.CE_HeaderLabel and isinstance(option, QtWidgets.QStyleOptionHeader):
            option.palette.setColor(QPalette.ColorRole.ButtonText, theme.current().color("text2"))
        super().drawControl(element, option, painter, widget)

    def sizeFromContents(self, kind, option, size, widget=None):  # type: ignore[no-untyped-def]
        wanted = super().sizeFromContents(kind, option, size, widget)
        types = QStyle.ContentsType
        if kind in (types.CT_LineEdit, types.CT_ComboBox, types.CT_SpinBox):
            framed = getattr(option, "frame", True) and getattr(option, "lineWidth", 1) > 0
            return QSize(wanted.width(), max(wanted.height(), 7 * theme.current().u)) if framed else wanted
        if kind == types.CT_HeaderSection and isinstance(widget, QtWidgets.QHeaderView):
            if widget.orientation() == Qt.Orientation.Horizontal:
                return QSize(wanted.width(), max(wanted.height(), 7 * theme.current().u))
        return wanted

    def drawComplexControl(self, control, option, painter, widget=None):  # type: ignore[no-untyped-def]
        kind = QStyle.ComplexControl
        if control == kind.CC_ScrollBar and isinstance(option, QtWidgets.QStyleOptionSlider):
            self._scroll_bar(option, painter, widget)
            return
        if control == kind.CC_ComboBox:
            enabled = bool(option.state & _State.State_Enabled)
            if option.frame:
                fill = "bg-base" if enabled else "bg-window"
                focused = bool(option.state & _State.State_HasFocus) and option.editable
                control_frame(painter, option.rect, fill, *_edit_border(focused))
            arrow = self.subControlRect(control, option, QStyle.SubControl.SC_ComboBoxArrow, widget)
            side = QRect(0, 0, 14, 14)
            side.moveCenter(arrow.center())
            icons.paint(painter, side, "chevron-down", "text2" if enabled else "line-ctl")
            return
        if control == kind.CC_SpinBox and option.frame:
            focused = bool(option.state & _State.State_HasFocus)
            control_frame(painter, option.rect, "bg-base", *_edit_border(focused))
            for sub, primitive in (
                (QStyle.SubControl.SC_SpinBoxUp, QStyle.PrimitiveElement.PE_IndicatorArrowUp),
                (QStyle.SubControl.SC_SpinBoxDown, QStyle.PrimitiveElement.PE_IndicatorArrowDown),
            ):
                arrow_option = QtWidgets.QStyleOption(option)
                arrow_option.rect = self.subControlRect(control, option, sub, widget)
                self.drawPrimitive(primitive, arrow_option, painter, widget)
            return
        super().drawComplexControl(control, option, painter, widget)

    def subElementRect(self, element, option, widget=None):  # type: ignore[no-untyped-def]
        rect = super().subElementRect(element, option, widget)
        if element == QStyle.SubElement.SE_LineEditContents:
            return rect.adjusted(3, 0, -3, 0)
        return rect

    def subControlRect(self, control, option, sub, widget=None):  # type: ignore[no-untyped-def]
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QtWidgets.QStyleOptionSlider):
            if sub in (QStyle.SubControl.SC_ScrollBarAddLine, QStyle.SubControl.SC_ScrollBarSubLine):
                return QRect()
            groove = QRect(option.rect)
            if sub == QStyle.SubControl.SC_ScrollBarGroove:
                return groove
            return self._scroll_part(option, sub, groove)
        return super().subControlRect(control, option, sub, widget)

    def _scroll_part(self, option: QtWidgets.QStyleOptionSlider, sub: QStyle.SubControl, groove: QRect) -> QRect:
        horizontal = option.orientation == Qt.Orientation.Horizontal
        length = groove.width() if horizontal else groove.height()
        span = option.maximum - option.minimum
        handle = length if span <= 0 else max(28, length * option.pageStep // max(1, span + option.pageStep))
        handle = min(handle, length)
        start = QStyle.sliderPositionFromValue(
            option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown
        )
        first, size = {
            QStyle.SubControl.SC_ScrollBarSlider: (start, handle),
            QStyle.SubControl.SC_ScrollBarSubPage: (0, start),
            QStyle.SubControl.SC_ScrollBarAddPage: (start + handle, length - start - handle),
        }.get(sub, (0, 0))
        if horizontal:
            return QRect(groove.x() + first, groove.y(), size, groove.height())
        return QRect(groove.x(), groove.y() + first, groove.width(), size)

    def _scroll_bar(self, option: QtWidgets.QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        if option.maximum <= option.minimum:
            return
        rect = self.subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, widget
        )
        active = bool(option.state & (_State.State_MouseOver | _State.State_Sunken))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("line-ctl" if active else "hatch"))
        margin = 2 if active else 3
        handle = QRectF(rect).adjusted(margin, margin, -margin, -margin)
        radius = min(handle.width(), handle.height()) / 2
        painter.drawRoundedRect(handle, radius, radius)
        painter.restore()


def _heading(painter: QPainter, option: QtWidgets.QStyleOption) -> None:
    """The heading of a table: a quiet strip and one line under it, none between its words."""
    color = theme.current().color
    painter.fillRect(option.rect, color("bg-alt"))
    painter.fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), color("line"))


def _edit_border(focused: bool) -> tuple[str, float]:
    return ("accent", 2.0) if focused else ("line-ctl", 1.0)


def _focus_within(widget: QWidget) -> bool:
    focused = widget.window().focusWidget() if widget.isActiveWindow() else None
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def _focus_ring(painter: QPainter, rect: QRectF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, RADIUS + 1, RADIUS + 1)
    painter.restore()


def _progress_bar(painter: QPainter, option: QtWidgets.QStyleOptionProgressBar) -> None:
    """A flat track of 6 px, the words (if shown) over it; with no known end the track is filled by half."""
    color = theme.current().color
    rect = QRectF(option.rect)
    track = QRectF(rect.x(), rect.center().y() - 3, rect.width(), 6)
    if option.textVisible and option.text:
        track.moveBottom(rect.bottom())
        painter.setPen(color("text2"))
        painter.drawText(rect.adjusted(0, 0, 0, -7), Qt.AlignmentFlag.AlignCenter, option.text)
    span = option.maximum - option.minimum
    share = (option.progress - option.minimum) / span if span > 0 else 0.5
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("hatch"))
    painter.drawRoundedRect(track, 3, 3)
    painter.setBrush(color("accent-fill"))
    painter.drawRoundedRect(QRectF(track.x(), track.y(), track.width() * max(0.0, share), 6), 3, 3)
    painter.restore()


def _check_box(painter: QPainter, option: QtWidgets.QStyleOption) -> None:
    on = bool(option.state & (_State.State_On | _State.State_NoChange))
    enabled = bool(option.state & _State.State_Enabled)
    fill = ("accent-fill" if enabled else "line-ctl") if on else "bg-base"
    border = fill if on else "line-ctl"
    side = min(option.rect.width(), option.rect.height(), 16)
    area = QRect(0, 0, side, side)
    area.moveCenter(option.rect.center())
    control_frame(painter, area, fill, border, radius=3)
    if on:
        name = "minus" if option.state & _State.State_NoChange else "check"
        icons.paint(painter, area.adjusted(2, 2, -2, -2), name, "on-accent")


def _radio_button(painter: QPainter, option: QtWidgets.QStyleOption) -> None:
    color = theme.current().color
    on = bool(option.state & _State.State_On)
    side = min(option.rect.width(), option.rect.height(), 16) - 1
    center = QPointF(QRectF(option.rect).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("accent-fill" if on else "line-ctl"), 1))
    painter.setBrush(color("accent-fill" if on else "bg-base"))
    painter.drawEllipse(center, side / 2, side / 2)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("on-accent"))
        painter.drawEllipse(center, side / 5, side / 5)
    painter.restore()


def _has_ring(widget: QWidget) -> bool:
    """Whether the floating ring (FocusRing) shows this widget's focus, so that nothing need be drawn inside
    it.
    """
    return widget.property("ownFocus") is not True and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _in_combo_box(field: QWidget | None) -> bool:
    parent = field.parent() if field is not None else None
    return parent is not None and parent.inherits("QComboBox")


class FocusRing(QFocusFrame):
    """The ring around whatever has the focus: 2 px, outside the control, so that it shows on filled buttons
    too.

    Text fields thicken their own border instead, and views draw the ring at their current row.
    """

    def follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.setWidget(now if now is not None and _wants_ring(now) else None)  # type: ignore[arg-type]


def _wants_ring(widget: QWidget) -> bool:
    from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QLineEdit, QMenuBar

    if isinstance(widget, QAbstractScrollArea | QLineEdit | QAbstractSpinBox | QMenuBar):
        return False
    if widget.isWindow() or widget.property("ownFocus") is True:
        return False
    return not (isinstance(widget, QFrame) and widget.property("control") is True)
