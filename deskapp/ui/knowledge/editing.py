"""An article being written: plain text with headings, lists and code, pictures by paste. What is typed is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...desk.knowledge import PARTS, ArticleView
from ...desk.values import Directory
from .. import theme, typed_days
from ..fields import Body, Captioned, Choice, LineField, TextField, in_order
from ..i18n import translate
from ..widgets import Button, Label, PrimaryButton
from . import texts

TEXTS = (*PARTS, "internal")
_WAS = ":was"  # in a draft


class _Text(TextField):
    """A part's text; a picture that is pasted goes into the desk's files."""

    image_pasted = Signal(QImage)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasImage():
            image = QImage(source.imageData())
            if not image.isNull():
                self.image_pasted.emit(image)
                return
        super().insertFromMimeData(source)


def png(image: QImage) -> bytes:
    """The picture as it is kept."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


class Editing(QWidget):
    """``save_wanted`` and ``left`` for its two buttons; ``edited`` while somebody types; ``image_pasted`` carries the
    part's name and a picture."""

    save_wanted = Signal()
    left = Signal()
    edited = Signal()
    image_pasted = Signal(str, QImage)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("knowledge.editing")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 4 * u, 6 * u, 3 * u)
        column.setSpacing(2 * u)
        self.title = LineField(translate("Knowledge", "Title"))
        self.product = LineField(translate("Knowledge", "Product"))
        self.version = LineField(translate("Knowledge", "Version"))
        self.cause = Choice()
        self.owner = Choice()
        self.language = Choice()
        self.check_by = LineField(translate("Knowledge", "Check by"), "01.05.2027")
        for code, text in (("ru", "Русский"), ("en", "English")):
            self.language.addItem(text, code)
        captions = (
            (self.title, "title", translate("Knowledge", "Title")),
            (self.product, "product", translate("Knowledge", "Product")),
            (self.version, "version", translate("Knowledge", "Version")),
            (self.cause, "cause_id", translate("Knowledge", "Cause of the fault")),
            (self.owner, "owner_id", translate("Knowledge", "Owner")),
            (self.language, "language", translate("Knowledge", "Language")),
            (self.check_by, "check_by", translate("Knowledge", "Check by")),
        )
        self._fields: dict[str, Any] = {}
        grid = QGridLayout()
        grid.setSpacing(2 * u)
        places = ((0, 0, 6), (1, 0, 2), (1, 2, 2), (1, 4, 2), (2, 0, 2), (2, 2, 2), (2, 4, 2))
        for (field, name, caption), (row, left, span) in zip(captions, places, strict=True):
            field.setObjectName(f"knowledge.field.{name}")
            field.setAccessibleName(caption)
            field.setMinimumHeight(7 * u)
            self._fields[name] = field
            grid.addWidget(Captioned(caption, field), row, left, 1, span)
        area = Body(20 * u)
        area.column.addLayout(grid)
        for name in TEXTS:
            text = _Text(texts.part(name), 3 if name != "fix" else 6)
            text.setObjectName(f"knowledge.field.{name}")
            text.image_pasted.connect(lambda image, name=name: self.image_pasted.emit(name, image))
            self._fields[name] = text
            area.column.addWidget(Captioned(texts.part(name), text), 2 if name == "fix" else 1)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(2 * u)
        self.says = Label("", "small", "text2")
        self.says.setObjectName("knowledge.says")
        self.says.setWordWrap(True)
        self.cancel = Button(translate("Knowledge", "Leave"), key="Esc")
        self.cancel.setObjectName("knowledge.leave")
        self.cancel.clicked.connect(self.left)
        self.save = PrimaryButton(translate("Knowledge", "Save"), "check", "Ctrl+Return")
        self.save.setObjectName("knowledge.save")
        self.save.clicked.connect(self.save_wanted)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column.addLayout(foot)
        in_order(*(self._fields[name] for _f, name, _c in captions), *(self._fields[n] for n in TEXTS), self.save)
        for field in self._fields.values():
            if isinstance(field, Choice):
                field.activated.connect(lambda _index: self.edited.emit())
            elif isinstance(field, LineField):
                field.textEdited.connect(lambda _text: self.edited.emit())
            else:
                field.textChanged.connect(self.edited)
        self._base: dict[str, Any] = {}
        self._was: dict[str, Any] = {}

    def set_directory(self, directory: Directory) -> None:
        for box, entries in (
            (self.cause, [("", translate("Knowledge", "any")), *((one.id, one.name) for one in directory.causes)]),
            (self.owner, [(one.id, one.name) for one in directory.people.values() if one.active]),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            for value, text in entries:
                box.addItem(text, value)
            box.select(chosen)
            box.blockSignals(False)

    def load(self, view: ArticleView, draft: Mapping[str, Any]) -> None:
        """Show an article, and over it what was typed before and not saved."""
        self._base = {name: getattr(view, name) for name in self._fields}
        self._was = {**self._base, **draft.get(_WAS, {})}
        for name, field in self._fields.items():
            self._set(field, draft.get(name, self._base[name]))
        self.say("")

    def _set(self, field: Any, value: Any) -> None:
        blocked = field.blockSignals(True)
        if isinstance(field, Choice):
            field.select(value)
        elif isinstance(field, LineField):
            field.setText(typed_days.written(str(value)) if field is self.check_by else str(value))
            field.setCursorPosition(0)
        else:
            field.set_text(str(value))
        field.blockSignals(blocked)

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in self._fields.items():
            if isinstance(field, Choice):
                found[name] = field.currentData()
            else:
                found[name] = field.text().strip() if isinstance(field, LineField) else field.text().rstrip()
        found["check_by"] = typed_days.iso(found["check_by"])
        return found

    def changed(self) -> dict[str, Any]:
        """What differs from the article; what is saved."""
        return {name: value for name, value in self.values().items() if value != self._base.get(name)}

    def was(self) -> dict[str, Any]:
        """The article as it was when the writing began, be it before a draft was laid aside."""
        return dict(self._was)

    def draft(self) -> dict[str, Any]:
        """What is kept until it is saved: what differs, and what stood there when the writing began."""
        changed = self.changed()
        return {**changed, _WAS: {name: self._was[name] for name in changed}} if changed else {}

    def insert(self, name: str, text: str) -> None:
        """At the cursor of a part: a picture that was kept."""
        self._fields[name].insertPlainText(f"\n{text}\n")

    def first_focus(self) -> QWidget:
        title: QWidget = self.title
        fix: QWidget = self._fields["fix"]
        return fix if self.title.text() else title

    def say(self, text: str, trouble: bool = False) -> None:
        self.says.setText(text)
        self.says.set_token("crit" if trouble else "text2")
