"""Sharing a desk, joining one, and what a shared one allows: the same panel in Settings and at a first start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ...core.errors import UserFacingError
from ...core.secrets import NoKeyring
from ...desk import hubport
from ...desk.hubport import Invitation, PlaceCheck, Sharing
from ...desk.values import Changes
from .. import theme
from ..acts import Acts
from ..fields import Captioned, LineField
from ..i18n import fill, translate
from ..messages import error_words
from ..runner import TaskRunner
from ..widgets import Button, DangerButton, Label, Line, LinkButton, PrimaryButton, Segmented
from .checks import Checks, may_share

_LANE = "hub"


class _Teller(QObject):
    """Brings the progress of a lane home."""

    moved = Signal(int, int)


class SharePanel(QWidget):
    """``changed`` after the desk was shared, joined, moved or left; ``joined`` after it became part of another."""

    changed = Signal()
    joined = Signal()

    def __init__(self, runner: TaskRunner, acts: Acts, joining: bool = False) -> None:
        super().__init__()
        self.setObjectName("sharing")
        self._runner, self._acts = runner, acts
        self._sharing = Sharing()
        self._fixed = False
        self._looked_at: tuple[str, str | None] | None = None
        self._tried: tuple[str, str | None] | None = None  # what was looked at and does
        self._invitation: Invitation | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3 * theme.current().u)
        self._teller = _Teller(self)
        self._teller.moved.connect(self._progressed)
        self._build(joining)
        self._show()

    # -- building

    def _build(self, joining: bool) -> None:
        u = theme.current().u
        self.intro = Label("", "body", "text2")
        self.intro.setWordWrap(True)
        self._column.addWidget(self.intro)
        self.way = Segmented([self.tr("Share this desk"), self.tr("Join a shared desk")])
        self.way.setObjectName("sharing.way")
        self.way.setAccessibleName(self.tr("What to do"))
        self.way.set_index(1 if joining else 0)
        self.way.chosen.connect(lambda _index: self._show())
        self._column.addWidget(self.way)
        # a place
        self.place = QWidget()
        place = QVBoxLayout(self.place)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(2 * u)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.where = LineField(self.tr("Folder or database"), self.tr("//server/desk, or postgresql://server/database"))
        self.where.setObjectName("sharing.where")
        self.where.setMinimumHeight(7 * u)
        self.where.textChanged.connect(self._place_typed)
        self.choose = Button(self.tr("Choose a folder"), "inbox")
        self.choose.setObjectName("sharing.choose")
        self.choose.clicked.connect(self._choose)
        row.addWidget(self.where, 1)
        row.addWidget(self.choose)
        place.addLayout(row)
        self._column.addWidget(self.place)
        # an invitation
        self.invited = QWidget()
        invited = QVBoxLayout(self.invited)
        invited.setContentsMargins(0, 0, 0, 0)
        invited.setSpacing(2 * u)
        self.line = QPlainTextEdit()
        self.line.setObjectName("sharing.invitation")
        self.line.setAccessibleName(self.tr("Invitation"))
        self.line.setPlaceholderText(self.tr("Paste the line that a colleague sent you: it begins with deskapp-join:"))
        self.line.setTabChangesFocus(True)
        self.line.setProperty("control", True)
        self.line.viewport().setAutoFillBackground(False)  # the corners of the frame are round
        self.line.setFixedHeight(18 * u)
        self.line.textChanged.connect(self._read)
        invited.addWidget(self.line)
        row = QHBoxLayout()
        self.open = Button(self.tr("Open an invitation file"), "file-text")
        self.open.setObjectName("sharing.open")
        self.open.clicked.connect(self._open)
        self.to = Label("", "small", "text2")
        self.to.setObjectName("sharing.to")
        self.to.setWordWrap(True)
        row.addWidget(self.open)
        row.addWidget(self.to, 1)
        invited.addLayout(row)
        self._column.addWidget(self.invited)
        # who one is there
        self.account = QWidget()
        account = QHBoxLayout(self.account)
        account.setContentsMargins(0, 0, 0, 0)
        account.setSpacing(2 * u)
        self.user = LineField(self.tr("User of the database"))
        self.user.setObjectName("sharing.user")
        self.user.setMinimumHeight(7 * u)
        self.password = QLineEdit()
        self.password.setObjectName("sharing.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMinimumHeight(7 * u)
        self.password.setPlaceholderText(self.tr("kept in the keyring"))
        for field in (self.user, self.password):
            field.textChanged.connect(self._place_typed)
        account.addWidget(Captioned(self.tr("User of the database"), self.user), 1)
        account.addWidget(Captioned(self.tr("Password"), self.password), 1)
        self._column.addWidget(self.account)
        self.checks = Checks()
        self._column.addWidget(self.checks)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.check = Button(self.tr("Check the place"), "refresh-cw")
        self.check.setObjectName("sharing.check")
        self.check.clicked.connect(self.try_place)
        self.go = PrimaryButton("")
        self.go.setObjectName("sharing.go")
        self.go.clicked.connect(self.begin)
        self.cancel = Button(self.tr("Stay where it is"))
        self.cancel.setObjectName("sharing.cancel")
        self.cancel.clicked.connect(self._stay)
        row.addWidget(self.check)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self._column.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setObjectName("sharing.progress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(2 * u)
        self.bar.hide()
        self._column.addWidget(self.bar)
        self.says = Label("", "small", "text2")
        self.says.setObjectName("sharing.says")
        self.says.setWordWrap(True)
        self._column.addWidget(self.says)
        self._build_shared()
        self._column.addStretch(1)

    def _build_shared(self) -> None:
        u = theme.current().u
        self.shared = QWidget()
        column = QVBoxLayout(self.shared)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(Label(self.tr("Invite a colleague"), "heading"))
        told = Label(
            self.tr("Send this line, or the file. It names the place only: everybody uses an account of their own."),
            "small",
            "text2",
        )
        told.setWordWrap(True)
        column.addWidget(told)
        self.invitation = QLineEdit()
        self.invitation.setObjectName("sharing.line")
        self.invitation.setReadOnly(True)
        self.invitation.setAccessibleName(self.tr("Invitation"))
        self.invitation.setMinimumHeight(7 * u)
        column.addWidget(self.invitation)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.copy = Button(self.tr("Copy"), "copy")
        self.copy.setObjectName("sharing.copy")
        self.copy.clicked.connect(self._copy)
        self.save = Button(self.tr("Save as a file"), "save")
        self.save.setObjectName("sharing.save")
        self.save.clicked.connect(self._save)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Line())
        column.addWidget(Label(self.tr("This copy"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.compare = Button(self.tr("Compare with the others"), "shield")
        self.compare.setObjectName("sharing.compare")
        self.compare.clicked.connect(self.compare_now)
        self.rebuild = Button(self.tr("Make it anew"), "download")
        self.rebuild.setObjectName("sharing.rebuild")
        self.rebuild.clicked.connect(self._rebuild)
        self.move_link = LinkButton(self.tr("Move to another place"))
        self.move_link.setObjectName("sharing.move")
        self.move_link.clicked.connect(self._begin_move)
        self.leave = DangerButton(self.tr("Leave the shared desk"))
        self.leave.setObjectName("sharing.leave")
        self.leave.clicked.connect(self._ask_leave)
        for button in (self.compare, self.rebuild, self.leave):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.sure = QWidget()
        row = QHBoxLayout(self.sure)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * u)
        self.question = Label("", "body", "crit")
        self.question.setWordWrap(True)
        self.really = DangerButton(self.tr("Leave"))
        self.really.setObjectName("sharing.leave.really")
        self.really.clicked.connect(self._leave)
        self.stay = Button(self.tr("Stay"))
        self.stay.setObjectName("sharing.leave.stay")
        self.stay.clicked.connect(self.sure.hide)
        row.addWidget(self.question, 1)
        row.addWidget(self.really)
        row.addWidget(self.stay)
        self.sure.hide()
        column.addWidget(self.sure)
        self.found_link = LinkButton(self.tr("Its address has changed"))
        self.found_link.setObjectName("sharing.found")
        self.found_link.clicked.connect(self._begin_found)
        links = QHBoxLayout()
        links.setSpacing(6 * u)
        links.addWidget(self.move_link)
        links.addWidget(self.found_link)
        links.addStretch(1)
        column.addLayout(links)
        self._column.addWidget(self.shared)
        self._moving = False
        self._finding = False  # it is where somebody has taken its folder or database to

    # -- content

    def offer(self, joining: bool) -> None:
        """Show one of the two ways alone; the other is offered elsewhere."""
        self._fixed = True
        self.way.set_index(1 if joining else 0)
        self.load()

    def load(self) -> None:
        """Ask where the desk stands."""
        self._run(hubport.sharing, done=self._loaded)

    def _loaded(self, found: Sharing) -> None:
        self._sharing = found
        if found.where and not found.moved_to:
            self._run(hubport.invite, done=self._invited)
        self._show()

    def _invited(self, line: str) -> None:
        self.invitation.setText(line)
        self.invitation.setCursorPosition(0)

    def _show(self) -> None:
        found = self._sharing
        shared = bool(found.where)
        joining = not shared and self.way.index() == 1
        following = bool(found.moved_to)
        placing = (not shared and not joining) or self._moving or self._finding
        self.way.setVisible(not shared and not self._fixed)
        self.place.setVisible(placing)
        self.check.setVisible(placing and not self._finding)
        self.invited.setVisible(joining)
        self.cancel.setVisible(self._moving or self._finding)
        self.account.setVisible(self._needs_account(joining, placing, following))
        self.shared.setVisible(shared and not self._moving and not self._finding and not following)
        self.go.setVisible(placing or joining or following)
        if following:
            self.intro.setText(
                fill(self.tr("The shared desk is at %1 now. Follow it: all of this goes along."), found.moved_to)
            )
            self.go.setText(self.tr("Follow"))
        elif self._finding:
            self.intro.setText(
                fill(
                    self.tr(
                        "This copy looks for the shared desk at %1. If its folder or database has got another address, "
                        "or your account another name, write it here: what waits goes along."
                    ),
                    found.where,
                )
            )
            self.go.setText(self.tr("Look there"))
        elif shared:
            self._tell_shared(found)
            self.go.setText(self.tr("Move the desk there"))
        elif joining:
            self.intro.setText(
                self.tr("A colleague invites you with a line or a file. This computer gets a whole copy of the desk.")
            )
            self.go.setText(self.tr("Join"))
        else:
            self.intro.setText(
                self.tr(
                    "Everything that is here becomes the beginning of the shared desk. A folder of a network share "
                    "does for a few desktops, PostgreSQL for many. Each desktop keeps working without a connection."
                )
            )
            self.go.setText(self.tr("Share this desk"))
        self._enable()

    def _tell_shared(self, found: Sharing) -> None:
        parts = [fill(self.tr("Shared through %1."), found.where)]
        if found.problem:
            parts.append(self.tr("Nothing is exchanged with it now; everything is kept here."))
        else:
            parts.append(translate("Sharing", "%n desktop(s) take part.", None, found.replicas))
        if found.waiting:
            parts.append(translate("Sharing", "%n change(s) are not shared yet.", None, found.waiting))
        self.intro.setText(" ".join(parts))

    def _needs_account(self, joining: bool, placing: bool, following: bool) -> bool:
        if joining:
            return self._invitation is not None and self._invitation.needs_password
        if placing:
            return "://" in self.where.text() and not self.where.text().startswith("file://")
        return following and "://" in self._sharing.moved_to

    def _enable(self) -> None:
        shared = bool(self._sharing.where)
        if self._sharing.moved_to:
            self.go.setEnabled(True)
        elif self._finding:
            self.go.setEnabled(bool(self.where.text().strip()))
        elif not shared and self.way.index() == 1:
            self.go.setEnabled(self._invitation is not None)
        else:
            self.go.setEnabled(self._tried is not None and self._tried == self._given())

    def _given(self) -> tuple[str, str | None]:
        """(address without the user's name, password) as they are written now, the user's name put in by the port."""
        return (f"{self.user.text().strip()}@{self.where.text().strip()}", self.password.text() or None)

    def _place_typed(self) -> None:
        if self._looked_at != self._given():
            self._looked_at = self._tried = None
            self.checks.show_checks(())
        self._show()

    # -- acts

    def _run(
        self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None], slow: bool = False,
        failed: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        if slow:
            self.setEnabled(False)
            self.bar.setRange(0, 0)
            self.bar.show()

        def arrived(result: Any) -> None:
            if isValid(self):
                self._ended()
                done(result)

        def broke(trouble: BaseException) -> None:
            if not isValid(self):
                raise trouble
            self._ended()
            if isinstance(trouble, NoKeyring):
                self._say(trouble)
                done(None)
                return
            self._say(trouble)
            if failed is not None:
                failed()

        self._runner.run(_LANE, fn, *args, on_done=arrived, on_error=broke)

    def _ended(self) -> None:
        self.setEnabled(True)
        self.bar.hide()

    def _say(self, trouble: BaseException | str, token: str = "crit") -> None:
        if isinstance(trouble, UserFacingError):
            trouble = ". ".join(part.rstrip(".") for part in error_words(trouble) if part) + "."
        elif not isinstance(trouble, str):
            raise trouble
        self.says.set_token(token)
        self.says.setText(trouble)

    def _progressed(self, done: int, whole: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(done * 1000 // max(1, whole))
        megabytes = 1_048_576
        text = self.tr("%1 of %2 MB")
        self._say(fill(text, round(done / megabytes, 1), round(whole / megabytes, 1)), "text2")

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self.window(), self.tr("Choose a folder"))
        if path:
            self.where.setText(path)

    def _address(self, then: Callable[[str], None], where: str) -> None:
        self._run(hubport.with_user, where, self.user.text().strip(), done=then)

    def try_place(self) -> None:
        """Check latency, clock, rights, and that no program copies the folder."""
        self._say("", "text2")
        self.checks.show_checks(())
        given = self._given()
        password = self.password.text() or None

        def go(where: str) -> None:
            self._run(hubport.try_place, where, password, done=partial(self._checked, given), slow=True)

        self._address(go, self.where.text().strip())

    def _checked(self, given: tuple[str, str | None], found: tuple[PlaceCheck, ...]) -> None:
        self.checks.show_checks(found)
        self._looked_at = given
        self._tried = given if may_share(found) else None
        if self._tried is None:
            self._say(self.tr("The desk cannot be shared there. Nothing was changed."), "crit")
        self._show()

    def begin(self) -> None:
        """Share, move, join or follow, whichever is offered."""
        if not self.go.isEnabled():
            return
        self._say("", "text2")
        password = self.password.text() or None
        if self._sharing.moved_to:
            self._address(
                lambda where: self._run(hubport.follow, password, where, done=self._followed, slow=True),
                self._sharing.moved_to,
            )
        elif self._finding:
            self._address(
                lambda where: self._run(hubport.follow, password, where, done=self._followed, slow=True),
                self.where.text().strip(),
            )
        elif not self._sharing.where and self.way.index() == 1:
            self._join(password)
        else:
            self._address(
                lambda where: self._run(
                    hubport.share, where, password, self._teller.moved.emit, done=self._is_shared, slow=True
                ),
                self.where.text().strip(),
            )

    def _is_shared(self, line: str) -> None:
        self._moving = False
        self._tried = None
        self.password.clear()
        self.checks.show_checks(())
        self._say(self.tr("The desk is shared. Send the invitation to your colleagues."), "ok")
        if line:
            self._invited(line)
        self.changed.emit()
        self.load()

    def _followed(self, _round: Any) -> None:
        self._finding = False
        self.password.clear()
        self._say(self.tr("This copy follows the shared desk again."), "ok")
        self.changed.emit()
        self.load()

    # -- joining

    def _read(self) -> None:
        text = self.line.toPlainText().strip()
        self._invitation = None
        self.to.setText("")
        if text:
            self._run(hubport.read_invitation, text, done=self._understood)
        self._show()

    def _understood(self, found: Invitation) -> None:
        self._invitation = found
        self._say("", "text2")
        self.to.setText(fill(self.tr("“%1”, at %2"), found.name or self.tr("Support"), found.where))
        self._show()

    def _open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Open an invitation file"), "", "deskapp (*.deskapp)"
        )
        if path:
            self.line.setPlainText(Path(path).read_text("utf-8"))

    def _join(self, password: str | None) -> None:
        assert self._invitation is not None
        text = self.line.toPlainText().strip()

        def go(where: str) -> None:
            emit = self._teller.moved.emit
            self._run(hubport.join, text, password, where, emit, done=self._is_joined, slow=True)

        self._address(go, self._invitation.where)

    def _is_joined(self, changes: Changes | None) -> None:
        self.password.clear()
        self._say(self.tr("This computer has its copy of the desk now."), "ok")
        if changes is not None:
            self._acts.heard(changes)
        self.changed.emit()
        self.joined.emit()
        self.load()

    # -- a shared desk

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.invitation.text())
        self._say(self.tr("The invitation is on the clipboard."), "ok")

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save the invitation"), "invitation.deskapp", "deskapp (*.deskapp)"
        )
        if path:
            Path(path).write_text(self.invitation.text() + "\n", "utf-8")
            self._say(fill(self.tr("Saved: %1"), path), "ok")

    def compare_now(self) -> None:
        self._say("", "text2")
        self._run(hubport.compare, done=self.checks.show_checks, slow=True)

    def _rebuild(self) -> None:
        self._say("", "text2")
        self._run(hubport.rebuild, done=self._rebuilt, slow=True)

    def _rebuilt(self, found: Any) -> None:
        for changes in found.changes if found is not None else ():
            self._acts.heard(changes)
        self._say(self.tr("This copy was made anew; what was not shared yet is kept."), "ok")
        self.changed.emit()

    def _begin_move(self) -> None:
        self._moving = True
        self.where.setFocus()
        self._show()
        self.where.setFocus()

    def _begin_found(self) -> None:
        self._finding = True
        self.where.setText(self._sharing.where)
        self._show()
        self.where.setFocus()
        self.where.selectAll()

    def _stay(self) -> None:
        self._moving = self._finding = False
        self.where.clear()
        self._say("", "text2")
        self._show()

    def _ask_leave(self) -> None:
        said = self.tr("Everything stays on this computer. What you do from then on reaches nobody.")
        waiting = self._sharing.waiting
        if waiting:
            said += " " + translate("Sharing", "%n change(s) are not shared yet.", None, waiting)
        self.question.setText(said)
        self.sure.show()
        self.stay.setFocus()

    def _leave(self) -> None:
        self.sure.hide()
        self._run(hubport.leave, done=self._left, slow=True)

    def _left(self, _nothing: Any) -> None:
        self._say(self.tr("This desk is alone again, with everything that is here."), "ok")
        self.changed.emit()
        self.load()
