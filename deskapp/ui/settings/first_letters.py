"""What lies in a mailbox before it is read for the first time: how much, since when, what it would become, from which
date on. Nothing is done until a person says so, and nobody is answered either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import mailport
from ...desk.mailport import MailPreview, PreviewLetter
from .. import theme
from ..acts import Acts
from ..calendar.dates import parse_date
from ..fields import Captioned, Choice, LineField
from ..i18n import fill, translate
from ..later import while_there
from ..messages import error_words
from ..runner import TaskRunner
from ..widgets import Button, Label, PrimaryButton
from ..words import Times
from .rows import TallRows

_SHOWN = 60


class FirstLettersDialog(QDialog):
    """Window-modal; ``row`` is the mailbox as its form has it."""

    def __init__(self, parent: QWidget, runner: TaskRunner, acts: Acts, row: Mapping[str, Any], times: Times) -> None:
        super().__init__(parent)
        self._acts, self._row, self._times = acts, dict(row), times
        self._found: MailPreview | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setObjectName("first_letters")
        self.setWindowTitle(fill(self.tr("What lies in %1"), str(row["address"])))
        u = theme.current().u
        self.resize(140 * u, 130 * u)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(3 * u)
        self.total = Label(self.tr("Looking into the mailbox…"))
        self.total.setObjectName("first_letters.total")
        self.total.setWordWrap(True)
        column.addWidget(self.total)
        self.preset = Choice()
        self.preset.setObjectName("first_letters.preset")
        for text, days in (
            (self.tr("All letters"), None),
            (self.tr("Of the last 30 days"), 30),
            (self.tr("Of the last 7 days"), 7),
            (self.tr("Only what comes from now on"), 0),
            (self.tr("From a date"), -1),
        ):
            self.preset.addItem(text, days)
        self.preset.currentIndexChanged.connect(self._preset_chosen)
        self.day = LineField(self.tr("From this date on"), self.tr("01.10.2026"))
        self.day.setObjectName("first_letters.day")
        self.day.textChanged.connect(lambda _text: self._count())
        choices = QHBoxLayout()
        choices.setSpacing(3 * u)
        choices.addWidget(Captioned(self.tr("Read in"), self.preset), 1)
        choices.addWidget(Captioned(self.tr("From this date on"), self.day), 1)
        column.addLayout(choices)
        self.counts = Label("", "body", "text2")
        self.counts.setObjectName("first_letters.counts")
        self.counts.setWordWrap(True)
        column.addWidget(self.counts)
        self.list = QListWidget()
        self.list.setObjectName("first_letters.list")
        self.list.setAccessibleName(self.tr("The newest letters"))
        self.list.setFont(theme.current().font("body"))
        self.list.setItemDelegate(TallRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column.addWidget(self.list, 1)
        note = Label(
            self.tr(
                "Nobody is answered: these letters came before the mailbox was added. Older ones stay there unread."
            ),
            "small",
            "text3",
        )
        note.setWordWrap(True)
        column.addWidget(note)
        foot = QHBoxLayout()
        foot.setSpacing(2 * u)
        self.says = Label("", "small", "crit")
        self.says.setObjectName("first_letters.says")
        self.says.setWordWrap(True)
        foot.addWidget(self.says, 1)
        close = Button(self.tr("Cancel"), key="Esc")
        close.clicked.connect(self.reject)
        self.go = PrimaryButton(self.tr("Begin with these"))
        self.go.setObjectName("first_letters.go")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._begin)
        for button in (close, self.go):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column.addLayout(foot)
        self._preset_chosen()
        runner.run(
            "net",
            mailport.preview,
            self._row,
            on_done=while_there(self, self._looked),
            on_error=while_there(self, self._failed),
            key="first_letters",
        )

    def _looked(self, found: MailPreview) -> None:
        self._found = found
        if not found.total or found.oldest is None:
            self.total.setText(self.tr("The mailbox is empty: there is nothing to read in."))
        else:
            text = translate("FirstLettersDialog", "%n letter(s) lie there, the oldest of %1.", None, found.total)
            self.total.setText(fill(text, self._times.moment(found.oldest)))
        self._count()
        self.go.setFocus()

    def _failed(self, trouble: BaseException) -> None:
        title, message = error_words(trouble)
        self.total.setText(self.tr("The mailbox cannot be looked into."))
        self.says.setText(f"{title}. {message}".strip())

    # -- from when

    def _preset_chosen(self) -> None:
        days = self.preset.currentData()
        self.day.setEnabled(days == -1)
        if days != -1:
            blocked = self.day.blockSignals(True)
            shown = self._times.today() - timedelta(days=days) if days is not None else None
            self.day.setText(f"{shown:%d.%m.%Y}" if shown else "")
            self.day.blockSignals(blocked)
        self._count()

    def since(self) -> datetime | None:
        """The chosen moment; None for all letters. ValueError while no date can be read."""
        days = self.preset.currentData()
        if days is None:
            return None
        if days == 0:
            return self._times.now
        day: date | None = parse_date(self.day.text(), self._times.now, self._times.zone)
        if day is None:
            raise ValueError(self.day.text())
        return datetime.combine(day, time(), self._times.zone)

    def _count(self) -> None:
        found = self._found
        if found is None:
            return
        try:
            since = self.since()
        except ValueError:
            self.counts.setText(self.tr("Give a date: 01.10.2026."))
            self.go.setEnabled(False)
            return
        self.go.setEnabled(True)
        counts = found.since(since)
        parts = [
            translate("FirstLettersDialog", "%n new ticket(s)", None, counts["created"]),
            translate("FirstLettersDialog", "%n answer(s) in them", None, counts["joined"]),
            translate("FirstLettersDialog", "%n automatic one(s) without a ticket", None, counts["ignored"]),
        ]
        if counts["known"]:
            parts.append(translate("FirstLettersDialog", "%n here already", None, counts["known"]))
        if counts["broken"]:
            parts.append(translate("FirstLettersDialog", "%n that cannot be read", None, counts["broken"]))
        said = ", ".join(parts)
        if found.total > len(found.letters):
            head = translate(
                "FirstLettersDialog", "Of the newest %n letter(s), read for this:", None, len(found.letters)
            )
            said = f"{head} {said}"
        self.counts.setText(said)
        self.list.clear()
        for letter in reversed(found.letters):
            if since is None or letter.at >= since:
                self.list.addItem(QListWidgetItem(self._line(letter)))

    def _line(self, letter: PreviewLetter) -> str:
        becomes = {
            "created": self.tr("new ticket"),
            "joined": self.tr("answer"),
            "ignored": self.tr("automatic, no ticket"),
            "known": self.tr("here already"),
            "broken": self.tr("cannot be read"),
        }[letter.outcome]
        subject = " ".join(letter.subject.split())[:_SHOWN]
        return " · ".join(filter(None, (self._times.moment(letter.at), becomes, letter.sender, subject)))

    # -- begin

    def _begin(self) -> None:
        self.go.setEnabled(False)
        self._acts.act(
            mailport.begin_reading,
            str(self._row["id"]),
            self.since(),
            on_done=while_there(self, lambda _changes: self.accept()),
            on_error=while_there(self, self._not_begun),
        )

    def _not_begun(self, trouble: BaseException) -> None:
        """Said here: the window behind is out of reach."""
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self.says.setText(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")
        self.go.setEnabled(True)
