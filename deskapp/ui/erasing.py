"""Erasing for ever: what of a ticket goes, what that means, and that nothing brings it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ..core.errors import UserFacingError
from ..desk import erase
from ..desk.erase import Piece, Preview
from ..desk.values import Changes
from . import theme
from .acts import Acts
from .fields import LineField
from .i18n import fill, translate
from .later import while_there
from .messages import error_words
from .runner import TaskRunner
from .settings.rows import TallRows
from .widgets import Button, DangerButton, Label, LinkButton
from .words import Times

_ROW = Qt.ItemDataRole.UserRole
_SHOWN = 90


class EraseDialog(QDialog):
    """Window-modal. Every piece of the ticket with a box; below, what goes with the chosen ones and what stays."""

    def __init__(self, parent: QWidget, runner: TaskRunner, acts: Acts, ticket_id: str, times: Times) -> None:
        super().__init__(parent)
        self._runner, self._acts, self._times, self._busy = runner, acts, times, False
        self._quoting: tuple[Piece, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setObjectName("erase")
        self.setWindowTitle(self.tr("Erase for ever"))
        u = theme.current().u
        self.resize(150 * u, 130 * u)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(3 * u)
        warning = Label(
            self.tr(
                "What you choose goes from this machine, from copies, from the shared desk and, with its next "
                "connection, from every colleague’s machine. Nobody can bring it back: there is no undo."
            )
        )
        warning.setWordWrap(True)
        column.addWidget(warning)
        self.list = QListWidget()
        self.list.setObjectName("erase.list")
        self.list.setAccessibleName(self.tr("What to erase"))
        self.list.setFont(theme.current().font("body"))
        self.list.setItemDelegate(TallRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemChanged.connect(self._chosen)
        column.addWidget(self.list, 1)
        self.means = Label("", "small", "text2")
        self.means.setObjectName("erase.means")
        self.means.setWordWrap(True)
        column.addWidget(self.means)
        self.also = LinkButton("")
        self.also.setObjectName("erase.also")
        self.also.clicked.connect(self._choose_quoting)
        self.also.hide()
        column.addWidget(self.also, 0, Qt.AlignmentFlag.AlignLeft)
        self.why = LineField(self.tr("Why, for those who will wonder"), self.tr("Why, for those who will wonder"))
        self.why.setObjectName("erase.why")
        column.addWidget(self.why)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.says = Label("", "small", "crit")
        self.says.setWordWrap(True)
        row.addWidget(self.says, 1)
        close = Button(self.tr("Cancel"), key="Esc")
        close.clicked.connect(self.reject)
        self.button = DangerButton(self.tr("Erase for ever"))
        self.button.setObjectName("erase.go")
        self.button.setEnabled(False)
        self.button.clicked.connect(self.go)
        for button in (close, self.button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        runner.run(
            "reader", erase.candidates, ticket_id, on_done=while_there(self, self._filled), key="erase.candidates"
        )

    # -- what there is

    def _filled(self, pieces: tuple[Piece, ...]) -> None:
        blocked = self.list.blockSignals(True)
        for piece in pieces:
            item = QListWidgetItem(self._line(piece))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(_ROW, (piece.table, piece.row))
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.means.setText(self.tr("There is nothing left in this ticket to erase."))

    def _line(self, piece: Piece) -> str:
        kind = {
            "ticket": self.tr("Subject, solution and remarks of the ticket"),
            "message": self.tr("Letter"),
            "note": self.tr("Entry"),
            "attachment": self.tr("File"),
            "escalation": self.tr("Hand-over"),
        }[piece.table]
        title = " ".join(piece.title.split())
        title = title if len(title) <= _SHOWN else title[: _SHOWN - 1].rstrip() + "…"
        when = self._times.moment(piece.at) if piece.at is not None else ""
        return " · ".join(filter(None, (kind, when, piece.who, title)))

    def chosen(self) -> list[tuple[str, str]]:
        items = [self.list.item(place) for place in range(self.list.count())]
        return [tuple(item.data(_ROW)) for item in items if item.checkState() == Qt.CheckState.Checked]  # type: ignore[misc]

    # -- what it means

    def _chosen(self, _item: QListWidgetItem | None = None) -> None:
        wanted = self.chosen()
        self.button.setEnabled(False)
        self.also.hide()
        self.says.setText("")
        if not wanted:
            self.means.setText("")
            return
        self._runner.run(
            "reader",
            erase.preview,
            wanted,
            on_done=while_there(self, self._previewed),
            on_error=while_there(self, self._refused),
            key="erase.preview",
        )

    def _previewed(self, found: Preview) -> None:
        lines = [translate("EraseDialog", "%n piece(s) will be made blank.", None, len(found.pieces))]
        if found.files:
            lines.append(fill(self.tr("Files that go: %1."), self._names(found.files)))
        if found.kept_files:
            lines.append(fill(self.tr("Files that another letter holds too, and that stay there: %1."),
                              self._names(found.kept_files)))  # fmt: skip
        if found.drafts:
            lines.append(translate("EraseDialog", "%n draft(s) quoting it go too.", None, found.drafts))
        if found.backups:
            lines.append(
                translate("EraseDialog", "It is also taken out of %n copy(ies) of the desk here.", None,
                          len(found.backups))
            )  # fmt: skip
        if found.shared:
            lines.append(self.tr("Machines that are switched off erase it when they connect again."))
        if found.on_server:
            lines.append(
                fill(self.tr("The letter itself stays in the mailbox %1: delete it there."), ", ".join(found.on_server))
            )
        self.means.setText("\n".join(lines))
        self._quoting = found.quoting
        if found.quoting:
            self.also.setText(
                translate("EraseDialog", "%n other(s) of this ticket repeat its words: choose them too", None,
                          len(found.quoting))
            )  # fmt: skip
            self.also.show()
        self.button.setEnabled(True)

    def _names(self, files: tuple[str, ...]) -> str:
        return ", ".join(name or self.tr("the letter as it came") for name in files)

    def _choose_quoting(self) -> None:
        rows = {(piece.table, piece.row) for piece in self._quoting}
        blocked = self.list.blockSignals(True)
        for place in range(self.list.count()):
            item = self.list.item(place)
            if tuple(item.data(_ROW)) in rows:
                item.setCheckState(Qt.CheckState.Checked)
        self.list.blockSignals(blocked)
        self._chosen()

    # -- doing it

    def go(self) -> None:
        wanted = self.chosen()
        if self._busy or not wanted:
            return
        self._busy = True
        self.button.setEnabled(False)
        self.says.set_token("text2")
        self.says.setText(self.tr("Erasing…"))
        self._acts.act(
            erase.erase,
            wanted,
            self.why.text().strip(),
            on_done=while_there(self, self._done),
            on_error=while_there(self, self._refused),
            undoable=False,
        )

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, trouble: BaseException) -> None:
        self._busy = False
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self.says.set_token("crit")
        self.says.setText(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")
