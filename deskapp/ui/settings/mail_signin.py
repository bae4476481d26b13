"""A sign-in at the provider of a mailbox: a code that is entered on a page of theirs, on any device."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from ...core.errors import UserFacingError
from ...core.secrets import NoKeyring
from ...desk import mailport
from ...desk.mailport import SignIn
from .. import theme
from ..i18n import fill, translate
from ..runner import TaskRunner
from ..widgets import Button, Label, LinkButton, Panel, PrimaryButton


class SignInBox(Panel):
    """Hidden until `begin`. ``signed``: the name that signed in, and whether that is kept beyond this run; ``failed``:
    why not; ``ended``: it is over, however."""

    signed = Signal(str, bool)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__("bg-alt", "tblr")
        self._runner = runner
        self._sign_in: SignIn | None = None
        self._serial = 0  # what is answered to an earlier sign-in is not listened to
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        column.setSpacing(2 * u)
        self.say = Label("", "body", "text")
        self.say.setWordWrap(True)
        column.addWidget(self.say)
        self.code = Label("", "title", "accent")
        self.code.setObjectName("settings.mail.code")
        self.code.setAccessibleName(self.tr("Code"))
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.page = LinkButton("")
        self.page.setObjectName("settings.mail.page")
        self.page.clicked.connect(self._open)
        self.copy = Button(self.tr("Copy the code"), "copy")
        self.copy.setObjectName("settings.mail.copy")
        self.copy.clicked.connect(self._copy)
        line = QHBoxLayout()
        line.setSpacing(3 * u)
        line.addWidget(self.code)
        line.addWidget(self.copy)
        line.addStretch(1)
        column.addWidget(self.page)
        column.addLayout(line)
        self.left = Label("", "small", "text2")
        self.left.setObjectName("settings.mail.left")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(2 * u)
        self.bar.setAccessibleName(self.tr("Time left for the code"))
        column.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.addWidget(self.left)
        foot.addStretch(1)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.setObjectName("settings.mail.signin.cancel")
        self.cancel.clicked.connect(self.end)
        foot.addWidget(self.cancel)
        column.addLayout(foot)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self.hide()

    def begin(self, row: dict[str, Any]) -> None:
        """Ask the provider for a code."""
        self.end()
        serial = self._serial
        self._show(self.tr("Asking for a code…"))
        self.show()
        self._runner.run(
            "net",
            mailport.begin_sign_in,
            row,
            on_done=lambda sign_in: self._begun(serial, sign_in),
            on_error=lambda trouble: self._failed(serial, trouble),
        )

    def end(self) -> None:
        """Forget the sign-in that was begun; what was kept before stays."""
        self._serial += 1
        self._timer.stop()
        going, self._sign_in = self.isVisible(), None
        self.hide()
        if going:
            self.ended.emit()

    def _show(self, said: str, sign_in: SignIn | None = None) -> None:
        self.say.setText(said)
        for widget in (self.code, self.page, self.copy, self.bar, self.left):
            widget.setVisible(sign_in is not None)
        if sign_in is not None:
            self.code.setText(sign_in.code)
            self.page.setText(sign_in.page)
            self.page.setAccessibleName(fill(self.tr("Open %1"), sign_in.page))
            self.copy.setFocus()

    def _begun(self, serial: int, sign_in: SignIn) -> None:
        if serial != self._serial:
            return
        self._sign_in = sign_in
        self._show(
            self.tr(
                "Open this page on any device, enter the code and sign in as somebody who may open the mailbox. "
                "It goes on here by itself."
            ),
            sign_in,
        )
        self._since.start()
        self.bar.setRange(0, max(1, int(sign_in.seconds)))
        self._wait(sign_in)

    def _seconds(self, sign_in: SignIn) -> float:
        return sign_in.seconds - self._since.elapsed() / 1000

    def _wait(self, sign_in: SignIn) -> None:
        seconds = max(0, int(self._seconds(sign_in)))
        self.bar.setValue(seconds)
        minutes = max(1, math.ceil(seconds / 60))
        self.left.setText(translate("SignInBox", "Waiting for the sign-in: %n minute(s) left", None, minutes))
        self._timer.start(int(sign_in.every * 1000))

    def _ask(self) -> None:
        if self._sign_in is None:
            return
        serial = self._serial
        self._runner.run(
            "net",
            mailport.step_sign_in,
            self._sign_in,
            on_done=lambda name: self._answered(serial, name),
            on_error=lambda trouble: self._failed(serial, trouble),
        )

    def _answered(self, serial: int, name: str | None) -> None:
        if serial != self._serial or self._sign_in is None:
            return
        if name is None:
            self._wait(self._sign_in)
            return
        self.end()
        self.signed.emit(name, True)

    def _failed(self, serial: int, trouble: BaseException) -> None:
        if serial != self._serial:
            return
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self.end()
        if isinstance(trouble, NoKeyring):  # it is done, and serves until the end of this run
            self.signed.emit("", False)
        else:
            self.failed.emit(trouble)

    def _open(self) -> None:
        if self._sign_in is not None and self._sign_in.page.startswith("https://"):
            QDesktopServices.openUrl(QUrl(self._sign_in.page))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())


def sign_in_button(text: str) -> PrimaryButton:
    """The button that begins it."""
    button = PrimaryButton(text)
    button.setObjectName("settings.mail.signin")
    button.setAccessibleName(text)
    return button
