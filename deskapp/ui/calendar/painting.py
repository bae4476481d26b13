"""How blocks, hours and load are drawn. Every text goes through `Labels`, which keeps where it went.

All coordinates are those of the calendar's content: x from the time scale, y from the top of the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from ...desk.values import CalendarBlock
from .. import icons, theme, words
from . import texts

BLOCK_RADIUS = 4.0
BAR = 3.0  # urgency, at the left of a block
DUTY = 3.0  # the band of who is on duty, along the top of a row
PROGRESS = 4.0
OUTLINE = 15.0  # the strip "was" above moved blocks
TURNED_BELOW = 42.0
WORDS_FROM = 70.0
BARE_BELOW = 14.0
_ICON = 12.0
_HATCH = 9

Left = Qt.AlignmentFlag.AlignLeft
Right = Qt.AlignmentFlag.AlignRight
Centre = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class PaintedLabel:
    """A text on the screen: where, what it would say, what it says, and the area it had to keep within."""

    rect: QRectF
    text: str
    shown: str
    inside: QRectF
    owner: str


class Labels:
    """Draws texts and remembers them, so that nothing can be clipped or overlap unseen."""

    def __init__(self) -> None:
        self.painted: list[PaintedLabel] = []

    def draw(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        font: QFont,
        color: QColor,
        align: Qt.AlignmentFlag = Left,
        owner: str = "",
        turned: bool = False,
    ) -> None:
        """One line, elided to ``rect``; nothing when not even two letters fit. ``turned``: written upward."""
        metrics = measured(font)
        along = rect.height() if turned else rect.width()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(along))
        if not shown or (shown != text and len(shown) < 3):
            return
        painter.setFont(font)
        painter.setPen(color)
        width, height = float(metrics.horizontalAdvance(shown)), float(metrics.height())
        shift = {Left: 0.0, Right: along - width, Centre: (along - width) / 2}[align]
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        if turned:
            painter.save()
            painter.translate(rect.left(), rect.bottom())
            painter.rotate(-90)
            painter.drawText(QRectF(0, 0, rect.height(), rect.width()), flags, shown)
            painter.restore()
            ink = QRectF(rect.center().x() - height / 2, rect.bottom() - shift - width, height, width)
        else:
            painter.drawText(rect, flags, shown)
            ink = QRectF(rect.left() + shift, rect.center().y() - height / 2, width, height)
        self.painted.append(PaintedLabel(ink, text, shown, QRectF(rect), owner))


@lru_cache(maxsize=64)
def _metrics_of(key: str) -> QFontMetrics:
    font = QFont()
    font.fromString(key)
    return QFontMetrics(font)


_measured: dict[int, tuple[QFont, QFontMetrics]] = {}


def measured(font: QFont) -> QFontMetrics:
    """Metrics of a font object, kept: making them costs more than using them."""
    found = _measured.get(id(font))
    if found is None or found[0] is not font:
        if len(_measured) > 64:
            _measured.clear()
        # The font is kept with its metrics, so that its identity cannot pass to another one.
        found = _measured[id(font)] = (font, QFontMetrics(font))
    return found[1]


class Look:
    """Fonts and hatch of the theme in force, fetched once for a whole drawing."""

    def __init__(self) -> None:
        look = theme.current()
        self.color = look.color
        self.u = look.u
        self.caption = look.font("caption")
        self.small = look.font("small")
        self.strong = look.font("strong")
        self.number = look.font("small")
        self.number.setWeight(QFont.Weight.DemiBold)
        self.caption_strong = look.font("caption")
        self.caption_strong.setWeight(QFont.Weight.DemiBold)
        self.caption_key = self.caption.toString()
        self._hatch: dict[float, QPixmap] = {}
        self._widths: dict[tuple[int, str], float] = {}

    def height(self, font: QFont) -> float:
        return float(measured(font).height())

    def width(self, font: QFont, text: str) -> float:
        key = (id(font), text)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > 8192:
                self._widths.clear()
            found = self._widths[key] = float(measured(font).horizontalAdvance(text))
        return found

    def hatch(self, painter: QPainter, rect: QRectF) -> None:
        """Time that is not worked: its ground, and lines from below left to above right."""
        dpr = painter.device().devicePixelRatioF()
        tile = self._hatch.get(dpr)
        if tile is None:
            tile = QPixmap(round(_HATCH * dpr), round(_HATCH * dpr))
            tile.fill(Qt.GlobalColor.transparent)
            side = tile.width()
            brush = QPainter(tile)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            brush.setPen(QPen(self.color("hatch"), max(1.0, dpr)))
            for shift in (-side, 0, side):
                brush.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
            brush.end()
            tile.setDevicePixelRatio(dpr)
            self._hatch[dpr] = tile
        painter.fillRect(rect, self.color("off"))
        painter.fillRect(rect, QBrush(tile))


#: What a block is about, in a row that is high enough.
_LINES_MOST = 4


@lru_cache(maxsize=4096)
def wrapped(text: str, font_key: str, width: int, lines: int) -> tuple[str, ...]:
    """``text`` broken at spaces into at most ``lines`` lines; the last one is elided by whoever draws it."""
    metrics = _metrics_of(font_key)
    result: list[str] = []
    left = text.replace("\u2116 ", f"\u2116{words.NBSP}").split(" ")  # a number sign stays with its number
    while left and len(result) < lines - 1:
        count = 1
        while count < len(left) and metrics.horizontalAdvance(" ".join(left[: count + 1])) <= width:
            count += 1
        result.append(" ".join(left[:count]))
        left = left[count:]
    if left:
        result.append(" ".join(left))
    return tuple(result)


def family(block: CalendarBlock) -> str:
    """Colour family: a visit looks like a visit, everything else like its urgency."""
    if block.kind in ("visit", "travel"):
        return "visit"
    return theme.URGENCY_TOKENS[min(max(block.urgency, 1), 4) - 1]


def is_late(block: CalendarBlock) -> bool:
    return block.state != "done" and block.slack is not None and block.slack < 0


def border(block: CalendarBlock) -> tuple[str, Qt.PenStyle, float]:
    """Colour role, line and width, which tell the slack (ui.md 5.4)."""
    tone = f"{family(block)}-bar"
    if block.state == "done":
        return "line", Qt.PenStyle.SolidLine, 1.0
    if block.promised_at is None or block.slack is None:
        return "low-bar", Qt.PenStyle.DotLine, 1.0
    if block.slack < 0:
        return "crit-bar", Qt.PenStyle.SolidLine, 2.0
    if block.slack < 120:
        return tone, Qt.PenStyle.SolidLine, 2.0
    if block.slack <= 480:
        return tone, Qt.PenStyle.DashLine, 1.0
    return tone, Qt.PenStyle.DotLine, 1.0


def frame(painter: QPainter, rect: QRectF, fill: QColor, edge: QColor, line: Qt.PenStyle, width: float) -> None:
    """A rounded block with the border line ``line``."""
    pen = QPen(edge, width)
    if line == Qt.PenStyle.DashLine:
        pen.setDashPattern([3, 2] if width > 1 else [4, 3])
    elif line == Qt.PenStyle.DotLine:
        pen.setDashPattern([1, 2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(fill)
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), BLOCK_RADIUS, BLOCK_RADIUS)


def paint_block(
    painter: QPainter, rect: QRectF, block: CalendarBlock, look: Look, labels: Labels, compact: bool = False
) -> None:
    """One piece of planned work. ``compact``: the number alone, as two weeks have no room for more."""
    done = block.state == "done"
    tone = family(block)
    edge, line, width = border(block)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = look.color("line" if done else f"{tone}-bar")
    if rect.width() + 2 < BARE_BELOW:
        painter.fillRect(QRectF(rect.left(), rect.top(), min(BAR, rect.width()), rect.height()), bar)
        return
    frame(painter, rect, look.color("bg-alt" if done else f"{tone}-bg"), look.color(edge), line, width)
    if not done:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bar)
        painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 0.5, BAR, rect.height() - 1), 1.5, 1.5)
        if block.state == "in_progress":
            done_part = (rect.width() - BAR) * min(1.0, max(0.0, block.progress))
            painter.fillRect(QRectF(rect.left() + BAR, rect.bottom() - PROGRESS - 1, done_part, PROGRESS), bar)
    if is_late(block):
        number = look.width(look.number, texts.number_in(block.number))
        beside = rect.width() - number - 10 if rect.width() >= TURNED_BELOW else rect.width()  # the number stays free
        size = min(14.0, rect.width() / 2, max(6.0, beside))
        right, top = rect.right() - 1, rect.top() + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("crit-bar"))
        painter.drawPolygon(QPolygonF([QPointF(right - size, top), QPointF(right, top), QPointF(right, top + size)]))
    _block_text(painter, rect, block, look, labels, compact)


def _block_icon(block: CalendarBlock) -> str:
    if block.state == "done":
        return "check"
    if block.pinned:
        return "pin"
    return "truck" if block.kind == "visit" else ""


def _block_text(
    painter: QPainter, rect: QRectF, block: CalendarBlock, look: Look, labels: Labels, compact: bool
) -> None:
    done = block.state == "done"
    tone = family(block)
    number_color = look.color("text3" if done else "text2" if tone == "low" else tone)
    number = texts.number_in(block.number)
    number_width = look.width(look.number, number)
    inner = rect.adjusted(6 if done else 7, 3, -4, -3)
    progress = PROGRESS if block.state == "in_progress" else 0.0
    if rect.width() < TURNED_BELOW or inner.width() < number_width:
        across = look.height(look.number)
        slim = QRectF(rect.center().x() - across / 2 + 1, rect.top() + 3, across, rect.height() - 6 - progress)
        if across <= rect.width() + 4 and slim.height() >= number_width:
            labels.draw(painter, slim, number, look.number, number_color, Centre, block.id, turned=True)
        return
    height = look.height(look.number)
    if inner.height() - progress < height - 3:
        return
    first = QRectF(inner.left(), inner.top(), number_width + 1, min(height, inner.height()))
    labels.draw(painter, first, number, look.number, number_color, owner=block.id)
    icon = _block_icon(block)
    corner = 12.0 if is_late(block) else 0.0
    if icon and inner.width() - corner >= number_width + _ICON + 3:
        area = QRectF(inner.right() - corner - _ICON + 1, inner.top() + (height - _ICON) / 2, _ICON, _ICON)
        icons.paint(painter, area, icon, "text3" if done else tone if tone != "low" else "text2")
    if compact:
        return
    caption = look.height(look.caption)
    top = inner.top() + height
    bottom = inner.bottom() - progress + 1
    wordings = texts.slack_texts(block)
    if wordings and rect.width() < WORDS_FROM:
        wordings = wordings[-1:]
    slack = next((text for text in wordings if look.width(look.caption, text) <= inner.width()), "")
    if slack and bottom - caption >= top - 1:
        color = look.color("crit") if is_late(block) else number_color
        area = QRectF(inner.left(), bottom - caption, inner.width(), caption)
        labels.draw(painter, area, slack, look.caption, color, owner=block.id)
        bottom -= caption
    room = int((bottom - top + 1) // caption)
    if room < 1:
        return
    if rect.width() < WORDS_FROM:
        lines: tuple[str, ...] = (block.customer or block.subject,)
    else:
        lines = wrapped(texts.about(block), look.caption_key, int(inner.width()), min(_LINES_MOST, room))
    body = look.color("text3" if done else "text")
    for index, text in enumerate(lines):
        area = QRectF(inner.left(), top + index * caption, inner.width(), caption)
        labels.draw(painter, area, text, look.caption, body, owner=block.id)


def paint_tag(painter: QPainter, rect: QRectF, text: str, look: Look, labels: Labels, owner: str) -> None:
    """A small label in the middle of hatched time; left out when it would not fit whole."""
    width, height = look.width(look.caption, text) + 13, look.height(look.caption) + 6
    if width > rect.width() - 2 or height > rect.height():
        return
    tag = QRectF(round(rect.center().x() - width / 2), round(rect.center().y() - height / 2), width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame(painter, tag, look.color("bg-window"), look.color("line"), Qt.PenStyle.SolidLine, 1.0)
    labels.draw(painter, tag.adjusted(6, 0, -6, 0), text, look.caption, look.color("text2"), Centre, owner)


def paint_ghost(painter: QPainter, rect: QRectF, number: str, customer: str, look: Look, labels: Labels) -> None:
    """What is being placed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame(painter, rect, look.color("accent-bg"), look.color("accent"), Qt.PenStyle.DashLine, 2.0)
    inner = rect.adjusted(7, 4, -6, -4)
    height = look.height(look.number)
    color = look.color("accent")
    if inner.width() < look.width(look.number, number):
        if rect.width() >= height and inner.height() >= look.width(look.number, number):
            slim = QRectF(rect.center().x() - height / 2, inner.top(), height, inner.height())
            labels.draw(painter, slim, number, look.number, color, Centre, "ghost", turned=True)
        return
    labels.draw(
        painter, QRectF(inner.left(), inner.top(), inner.width(), height), number, look.number, color, owner="ghost"
    )
    caption = look.height(look.caption)
    if customer and inner.height() >= height + caption:
        area = QRectF(inner.left(), inner.top() + height, inner.width(), caption)
        labels.draw(painter, area, customer, look.caption, look.color("text"), owner="ghost")


def paint_outline(painter: QPainter, rect: QRectF, number: str, look: Look, labels: Labels) -> None:
    """Where a block stood before: an empty strip with its number."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame(painter, rect, look.color("bg-base"), look.color("line-ctl"), Qt.PenStyle.SolidLine, 1.0)
    if rect.width() - 8 >= look.width(look.caption, number):
        labels.draw(painter, rect.adjusted(4, 0, -4, 0), number, look.caption, look.color("text2"), owner="was")


def paint_bar(painter: QPainter, track: QRectF, share: float, tone: str, look: Look) -> None:
    """A flat bar, filled by ``share``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("bg-hover"))
    painter.drawRoundedRect(track, 2, 2)
    taken = QRectF(track)
    taken.setWidth(track.width() * min(1.0, share))
    if taken.width() >= 1:
        painter.setBrush(look.color(f"{tone}-bar"))
        painter.drawRoundedRect(taken, 2, 2)


def load_tone(share: float) -> str:
    """Blue to 90 per cent, amber to 100, red above."""
    return "norm" if share <= 0.9 else "high" if share <= 1.0 else "crit"


def paint_load(
    painter: QPainter, rect: QRectF, booked: int, working: int, look: Look, labels: Labels, owner: str
) -> None:
    """How much of a day is planned: bar and per cent in ``rect``; nothing for a day without work."""
    if working <= 0:
        return
    share = booked / working
    tone = load_tone(share)
    font = look.caption if tone == "norm" else look.caption_strong
    text = words.percent(share)
    width = look.width(font, text)
    room = rect.width() - width - 6
    if room < 12:  # no place for the figure
        room, text = rect.width(), ""
    paint_bar(painter, QRectF(rect.left(), rect.center().y() - 2, room, 4), share, tone, look)
    if text:
        area = QRectF(rect.right() - width - 1, rect.top(), width + 1, rect.height())
        color = look.color("text3" if tone == "norm" else tone)
        labels.draw(painter, area, text, font, color, Right, owner)
