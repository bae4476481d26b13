"""Care of the desk on this machine: its copies, a look at what may be broken, and what was erased."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ...core.errors import UserFacingError
from ...desk import backups, checkup, erase
from ...desk.backups import Backup, Preview
from ...desk.doctor import Finding
from .. import theme
from ..i18n import fill, translate
from ..later import while_there
from ..messages import error_words
from ..widgets import Button, DangerButton, Label, LinkButton, paint_nothing
from ..words import Times
from .rows import TallRows

if TYPE_CHECKING:
    from .screen import SettingsScreen

_NAME = Qt.ItemDataRole.UserRole


class _Copies(QListWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count():
            paint_nothing(self, translate("Settings pages", "Nothing here yet."))


def sentence(trouble: BaseException) -> str:
    """What a person is told of it; a bug goes on its own way."""
    if not isinstance(trouble, UserFacingError):
        raise trouble
    return ". ".join(part.rstrip(".") for part in error_words(trouble) if part) + "."


def megabytes(size: int) -> str:
    return fill(translate("Care", "%1 MB"), f"{size / 1_000_000:.1f}")


def finding_words(found: Finding) -> tuple[str, str]:
    """(what was found, what to do) in the language of the window."""
    good = {
        "database": translate("Care", "The database is whole"),
        "capture": translate("Care", "Changes are recorded"),
        "lists": translate("Care", "Lists and counts agree with the tickets"),
        "search": translate("Care", "Search knows everything"),
        "clock": translate("Care", "The clock agrees with what was written"),
        "copies": translate("Care", "There is a fresh copy of the desk"),
        "erasing": translate("Care", "Nothing is left of what was erased"),
        "litter": translate("Care", "No files of dead processes"),
        "private": translate("Care", "The folder of the desk is yours alone"),
        "settings": translate("Care", "The settings of this machine are readable"),
        "log": translate("Care", "The log can be written"),
        "crashes": translate("Care", "No crash reports"),
        "space": translate("Care", "There is room on the disk"),
    }
    bad = {
        "index": (translate("Care", "An index of the database is broken"),
                  translate("Care", "What people wrote is whole; the index is made anew.")),
        "damaged": (translate("Care", "The database is damaged"),
                    translate("Care", "Put a copy back; a shared desk takes the rest from its hub.")),
        "capture": (translate("Care", "Changes are not recorded in %1 places"),
                    translate("Care", "Colleagues would not get them: what records them is made anew.")),
        "lists": (translate("Care", "%1 tickets are shown wrongly in the lists"),
                  translate("Care", "Their rows are made anew from the tickets.")),
        "search": (translate("Care", "Search is broken or lacks %1 texts"),
                   translate("Care", "Its index is made anew from letters, entries, tickets and articles.")),
        "clock": (translate("Care", "The clock is %1 minutes behind what was written"),
                  translate("Care", "Set the clock of this machine: promises are told by it.")),
        "copies": (translate("Care", "There is no copy of the desk of the last days"),
                   translate("Care", "One is made now, and then each day.")),
        "erasing": (translate("Care", "Something that was erased is still in free places of the file"),
                    translate("Care", "The database is rewritten.")),
        "litter": (translate("Care", "Files of dead processes: %1, %2 MB"),
                   translate("Care", "They are nobody’s and are removed.")),
        "private": (translate("Care", "Others of this machine can read the desk"),
                    translate("Care", "The folder is closed to them.")),
        "settings": (translate("Care", "The settings of this machine were broken"),
                     translate("Care", "What could be read of them is kept: look through the page Me. The old file is "
                                       "then removed.")),
        "log": (translate("Care", "The log in %1 cannot be written"),
                translate("Care", "The desk works, but what happens is not written down. It is made writable, or what "
                                  "is in the way is renamed.")),
        "crashes": (translate("Care", "Crash reports: %1"),
                    translate("Care", "They lie in the folder “crashes” of the profile: send them to the makers, then "
                                      "delete them.")),
        "space": (translate("Care", "The disk of %1 is nearly full: %2 MB are free"),
                  translate("Care", "Copies that are no longer needed are removed; free some space besides.")),
    }  # fmt: skip
    if found.ok and found.code in good:
        return good[found.code], ""
    what, advice = bad.get(found.code, (found.what, found.advice))
    return fill(what, *found.args), advice


class CareSection(QWidget):
    """A part of a page of the settings; ``load`` reads it anew."""

    def __init__(self, screen: SettingsScreen) -> None:
        super().__init__()
        self.screen, self._runner = screen, screen.runner
        self.setObjectName("settings.care")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(Label(self.tr("Copies of the desk"), "strong"))
        kept = Label(
            fill(
                self.tr("One is made each day. Kept are those of the last %1 days, %2 weeks and %3 months."),
                backups.DAILY, backups.WEEKLY, backups.MONTHLY,
            ),
            "small", "text2",
        )  # fmt: skip
        kept.setWordWrap(True)
        column.addWidget(kept)
        self.list = _Copies()
        self.list.setObjectName("settings.care.copies")
        self.list.setAccessibleName(self.tr("Copies of the desk"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setItemDelegate(TallRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(28 * u)
        self.list.setMaximumHeight(44 * u)
        self.list.itemActivated.connect(lambda _item: self.look())
        column.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.make = Button(self.tr("Make a copy now"), "plus")
        self.make.setObjectName("settings.care.make")
        self.make.clicked.connect(self._make)
        self.back = Button(self.tr("Put back…"))
        self.back.setObjectName("settings.care.back")
        self.back.clicked.connect(self.look)
        self.back.setEnabled(False)
        row.addWidget(self.make)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(3 * u)
        column.addWidget(Label(self.tr("Health of the desk"), "strong"))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(3 * u)
        self.grid.setVerticalSpacing(u)
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        self.check = Button(self.tr("Check this desk"))
        self.check.setObjectName("settings.care.check")
        self.check.clicked.connect(self._check)
        column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(3 * u)
        column.addWidget(Label(self.tr("Erased for ever"), "strong"))
        self.erased = Label("", "small", "text2")
        self.erased.setObjectName("settings.care.erased")
        self.erased.setWordWrap(True)
        column.addWidget(self.erased)
        self.says = Label("", "small", "text2")
        self.says.setObjectName("settings.care.says")
        self.says.setWordWrap(True)
        column.addWidget(self.says)

    def times(self) -> Times:
        zone = self.screen.directory.zone_name if self.screen.directory else "UTC"
        return Times(ZoneInfo(zone), self._runner.now())

    def load(self) -> None:
        self._runner.run("reader", _read, on_done=while_there(self, self._loaded), key="settings.care")

    def _loaded(self, found: tuple[tuple[Backup, ...], int, bool]) -> None:
        copies, count, waits = found
        times = self.times()
        self.list.clear()
        for one in copies:
            kind = {
                backups.AUTOMATIC: self.tr("by itself"),
                "before-restore": self.tr("before a copy was put back"),
                "before-repair": self.tr("before a repair"),
                "": self.tr("by hand"),
            }.get(one.kind, self.tr("before an update"))
            item = QListWidgetItem(" · ".join((times.moment(one.made_at), megabytes(one.size), kind)))
            item.setData(_NAME, one.name)
            self.list.addItem(item)
        self.back.setEnabled(bool(copies))
        if copies:
            self.list.setCurrentRow(0)
        text = self.tr("Open a ticket, then its menu, “Erase for ever…”. What goes is shown first.")
        if count:
            text += " " + translate("CareSection", "%n thing(s) were erased on this desk.", None, count)
        if waits:
            text += " " + self.tr("The shared desk still holds records from before: it lets go of them soon.")
        self.erased.setText(text)

    # -- copies

    def _make(self) -> None:
        self._say(self.tr("Making a copy…"))
        self._runner.run(
            "net", backups.make, on_done=while_there(self, self._made), on_error=while_there(self, self._refused)
        )

    def _made(self, one: Backup) -> None:
        self._say(fill(self.tr("The copy is there: %1."), megabytes(one.size)))
        self.load()

    def look(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._runner.run(
                "reader",
                backups.preview,
                str(item.data(_NAME)),
                on_done=while_there(self, self._looked),
                on_error=while_there(self, self._refused),
            )

    def _looked(self, found: Preview) -> None:
        dialog = RestoreDialog(self, found)
        dialog.restored.clicked.connect(partial(self._restore, dialog, found.backup.name))
        dialog.open()

    def _restore(self, dialog: RestoreDialog, name: str) -> None:
        dialog.restored.setEnabled(False)
        self._runner.run(
            "writer", backups.restore, name, on_done=while_there(self, partial(self._restored, dialog)),
            on_error=while_there(self, partial(self._not_restored, dialog)),
        )  # fmt: skip

    def _restored(self, dialog: RestoreDialog, before: Backup) -> None:
        if isValid(dialog):
            dialog.accept()
        self._say(fill(self.tr("The copy was put back. The desk of before is the copy of %1."),
                       self.times().moment(before.made_at)))  # fmt: skip
        self.load()
        self.screen.person_switched.emit()  # every screen reads anew

    def _not_restored(self, dialog: RestoreDialog, trouble: BaseException) -> None:
        if isValid(dialog):
            dialog.accept()
        self._refused(trouble)

    # -- health

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._say(self.tr("Looking…"))
        self._runner.run(
            "writer",
            checkup.all_findings,
            on_done=while_there(self, self._checked),
            on_error=while_there(self, self._refused),
        )

    def _checked(self, found: Sequence[Finding]) -> None:
        self.check.setEnabled(True)
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        wrong = [one for one in found if not one.ok]
        for line, one in enumerate(wrong):
            what, advice = finding_words(one)
            self.grid.addWidget(Label("!", "strong", "crit"), line, 0)
            text = Label(f"{what}. {advice}")
            text.setWordWrap(True)
            self.grid.addWidget(text, line, 1)
            if one.mends:
                link = LinkButton(self.tr("Mend"))
                link.setObjectName(f"settings.care.mend.{one.code}")
                link.clicked.connect(partial(self._mend, one.code))
                self.grid.addWidget(link, line, 2)
        if wrong:
            self._say("")
        else:
            self._say(self.tr("Everything is well."))

    def _mend(self, code: str) -> None:
        self._say(self.tr("Mending…"))
        self._runner.run(
            "writer",
            checkup.mend,
            code,
            on_done=while_there(self, lambda _none: self._check()),
            on_error=while_there(self, self._refused),
        )

    # -- what is said

    def _refused(self, trouble: BaseException) -> None:
        self.check.setEnabled(True)
        self._say(sentence(trouble), "crit")

    def _say(self, text: str, token: str = "text2") -> None:
        self.says.set_token(token)
        self.says.setText(text)


def _read(desk: object) -> tuple[tuple[Backup, ...], int, bool]:
    return (backups.listed(desk.profile), *erase.standing(desk))  # type: ignore[attr-defined,arg-type]


class RestoreDialog(QDialog):
    """What a copy holds beside the desk of now. ``restored`` is the button that does it."""

    def __init__(self, section: CareSection, found: Preview) -> None:
        super().__init__(section)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setObjectName("settings.care.restore")
        self.setWindowTitle(self.tr("Put a copy back"))
        u = theme.current().u
        self.resize(120 * u, 60 * u)
        times = section.times()
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(3 * u)
        column.addWidget(Label(fill(self.tr("The desk of %1"), times.moment(found.backup.made_at)), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * u)
        names = {
            "ticket": self.tr("Tickets"), "message": self.tr("Letters"), "note": self.tr("Entries"),
            "promise": self.tr("Promises"), "customer": self.tr("Customers"),
        }  # fmt: skip
        for place, head in enumerate(("", self.tr("In the copy"), self.tr("Now"))):
            grid.addWidget(Label(head, "caption", "text2"), 0, place)
        for line, (table, there, now) in enumerate(found.counts, 1):
            grid.addWidget(Label(names[table]), line, 0)
            for place, count in enumerate((there, now), 1):
                label = Label(f"{count}", "body", "text" if there == now or place == 1 else "high")
                grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        lines = [self.tr("A copy of the desk as it is now is made first, so that this can be taken back.")]
        if found.shared:
            lines.append(self.tr("The desk is shared: the next round brings back what the others have."))
        if found.waiting:
            lines.append(
                translate("RestoreDialog", "%n change(s) of now are nowhere else; they stay in that copy.", None,
                          found.waiting)
            )  # fmt: skip
        text = Label("\n".join(lines), "small", "text2")
        text.setWordWrap(True)
        column.addWidget(text)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        row.addStretch(1)
        close = Button(self.tr("Cancel"), key="Esc")
        close.clicked.connect(self.reject)
        self.restored = DangerButton(self.tr("Put this copy back"))
        self.restored.setObjectName("settings.care.restore.go")
        for button in (close, self.restored):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
