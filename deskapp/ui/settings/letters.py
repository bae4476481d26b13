"""Letters: the desk's own texts in both languages, with a preview and a way back to the built-in one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from ...core.errors import UserFacingError
from ...desk import setup, templates
from .. import letterwords, theme
from ..fields import Captioned, LineField, TextField
from ..i18n import translate
from ..messages import error_words
from ..widgets import Button, Label, Segmented
from .page import Rows, SettingsPage
from .rows import RowList

LANGUAGES = ("ru", "en")
_PAUSE = 300


def sample(kind: str, language: str, subject: str, body: str) -> tuple[str, str]:
    """A letter as it would read, with a ticket made up for it. UserFacingError for a mistake in the template."""
    russian = language == "ru"
    values: templates.LetterValues = {
        "name": "Руслан Галеев" if russian else "Helen Smith",
        "number": 4129,
        "subject": "Загрузка УПД из ЭДО: ошибка 1045" if russian else "Invoices are not loaded",
        "urgency": 2,
        "cause": "Обмен данными" if russian else "Data exchange",
        "specialist": "Дмитрий Орлов" if russian else "Dmitry Orlov",
        "date": datetime(2026, 11, 5, 14, 0, tzinfo=UTC),
        "old_date": datetime(2026, 11, 3, 14, 0, tzinfo=UTC),
        "due": datetime(2026, 11, 3, 9, 20, tzinfo=UTC),
        "now": datetime(2026, 11, 3, 8, 42, tzinfo=UTC),
        "zone": "Europe/Moscow",
        "days_off": (date(2026, 11, 4),),
        "status": "promised",
        "wait_for": "",
        "reason": "почтовый сервер принадлежит вашему оператору"
        if russian
        else "the mail server belongs to your operator",
        "instead": "обратитесь к оператору с журналом во вложении" if russian else "send the operator the attached log",
        "question": "номер документа и время ошибки" if russian else "the document's number and the time of the error",
        "text": "",
        "solution": "снят запрет периода для складов 2 и 4" if russian else "the period lock on stores 2 and 4",
        "prevention": "перед обновлением сохраните параметры запрета"
        if russian
        else "save the lock settings before an update",
        "window": (datetime(2026, 11, 5, 7, 0, tzinfo=UTC), datetime(2026, 11, 5, 9, 0, tzinfo=UTC)),
        "address": "Казань, ул. Петербургская, 42" if russian else "42 Harbour Road, Leeds",
        "access": "пропуск на проходной" if russian else "a pass at the gate",
        "ask": "статус" if russian else "status",
        "signature": "Марина Соколова, служба поддержки" if russian else "Marina Sokolova, support",
        "desk": "Служба поддержки" if russian else "Support",
    }
    return templates.render(kind, language, values, body or None, subject or None)


def _sample(_desk: Any, kind: str, language: str, subject: str, body: str) -> tuple[str, str]:
    return sample(kind, language, subject, body)


class LettersPage(SettingsPage):
    id = "letters"
    tables = ("template",)
    right = "letters"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Letters")

    def build(self) -> None:
        u = theme.current().u
        self._rows: Rows = []
        self.list = RowList("settings.letters", self.tr("Kinds of letters"), "")
        self.list.add.hide()
        self.list.chosen.connect(lambda _kind: self._switch())
        self.beside(self.list)
        right = self.body
        self.language = Segmented(["Русский", "English"])
        self.language.setObjectName("settings.letters.language")
        self.language.setAccessibleName(self.tr("Language of the letter"))
        self.language.chosen.connect(lambda _index: self._switch())
        right.addWidget(self.language)
        self.subject = LineField(self.tr("Subject"))
        self.subject.setObjectName("settings.letters.subject")
        self.subject.setMinimumHeight(7 * u)
        right.addWidget(Captioned(self.tr("Subject"), self.subject))
        self.text = TextField(self.tr("Text"), 9)
        self.text.setObjectName("settings.letters.text")
        right.addWidget(Captioned(self.tr("Text"), self.text), 1)
        names = ", ".join(f"{{{{ {name} }}}}" for name in templates.NAMES)
        tokens = Label(self.tr("What it may say:") + " " + names, "caption", "text3")
        tokens.setWordWrap(True)
        right.addWidget(tokens)
        self.reset = Button(self.tr("Back to the built-in text"), "undo-2")
        self.reset.setObjectName("settings.letters.reset")
        self.reset.setAccessibleName(self.reset.text())
        self.reset.clicked.connect(self._reset)
        right.addWidget(self.reset)
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("settings.letters.preview")
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setFrameShape(QFrame.Shape.StyledPanel)
        self.preview.setMinimumHeight(40 * u)
        right.addWidget(Captioned(self.tr("Preview, with a ticket made up for it"), self.preview), 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._shown = ("", "", "", "")
        self.subject.textEdited.connect(lambda _text: self._pause.start())
        self.text.textChanged.connect(self._pause.start)
        self.subject.editingFinished.connect(self._store)
        self.text.left.connect(self._store)

    def load(self) -> None:
        self.read(setup.letter_templates, done=self._read)

    def _read(self, rows: Rows) -> None:
        self._rows = rows
        kinds = list(dict.fromkeys(row["kind"] for row in rows))
        own = {row["kind"] for row in rows if row["own"]}
        mark = self.tr("(own)")
        self.list.set_rows(
            [(kind, f"{letterwords.title(kind)} {mark}" if kind in own else letterwords.title(kind)) for kind in kinds]
        )
        if (self.list.current(), self._language()) != self._shown[:2] or not self._typing():
            self._show()

    def _typing(self) -> bool:
        """Something is typed that was not stored yet."""
        return (self.subject.text(), self.text.text()) != self._shown[2:]

    def _language(self) -> str:
        return LANGUAGES[self.language.index()]

    def _row(self) -> dict[str, Any] | None:
        wanted = (self.list.current(), self._language())
        return next((row for row in self._rows if (row["kind"], row["language"]) == wanted), None)

    def _switch(self) -> None:
        self._store()
        self._show()

    def _show(self) -> None:
        row = self._row()
        if row is None:
            return
        self.subject.setText(row["subject"])
        self.subject.setCursorPosition(0)
        self.text.blockSignals(True)
        self.text.set_text(row["body"])
        self.text.blockSignals(False)
        self._shown = (row["kind"], row["language"], row["subject"], row["body"])
        self.reset.setEnabled(bool(row["own"]))
        self._draw()

    def _draw(self) -> None:
        kind, language = self._shown[:2]
        if kind:
            self.screen.runner.run(
                "reader",
                _sample,
                kind,
                language,
                self.subject.text(),
                self.text.text(),
                on_done=self._drawn,
                on_error=self._broken,
                key="settings.letters.sample",
            )

    def _drawn(self, letter: tuple[str, str]) -> None:
        self.preview.setPlainText(f"{letter[0]}\n\n{letter[1]}")
        self.say("")

    def _broken(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self.say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".", trouble=True)

    def _store(self) -> None:
        kind, language, subject, body = self._shown
        if not kind or (self.subject.text(), self.text.text()) == (subject, body):
            return
        typed = (self.subject.text().strip(), self.text.text())
        self._shown = (kind, language, self.subject.text(), self.text.text())
        self.save(setup.save_template, kind, language, *typed)

    def _reset(self) -> None:
        kind, language = self._shown[:2]
        if kind:
            self._shown = (kind, language, self.subject.text(), self.text.text())
            self.save(setup.save_template, kind, language, "", "", done=lambda _changes: self.load())
