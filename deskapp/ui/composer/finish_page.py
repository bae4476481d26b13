"""The letter that says what was fixed and how to prevent it, with what finishing a ticket asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ...desk import closing, families
from .. import theme, words
from ..fields import Captioned, EffortEdit, LineField, TextField
from ..i18n import fill
from ..widgets import Label, Segmented
from .letters_pages import LetterPage, family_hint, open_hint


class FinishPage(LetterPage):
    """What was fixed and how, how to prevent it, what it took, and how the customer learns of it."""

    name = "finish"
    kind = "done"

    def build(self) -> None:
        u = theme.current().u
        row = QHBoxLayout()
        row.setSpacing(3 * u)
        self.solution = TextField(self.tr("What was fixed and how"), 2, 4)
        self.solution.setObjectName("composer.finish.solution")
        self.prevention = TextField(self.tr("How to prevent it"), 2, 4)
        self.prevention.setObjectName("composer.finish.prevention")
        for field, caption in (
            (self.solution, self.tr("What was fixed and how")),
            (self.prevention, self.tr("How to prevent it")),
        ):
            field.textChanged.connect(self.field_edited)
            field.left.connect(self.left)
            row.addWidget(Captioned(caption, field), 1)
        self.body.addLayout(row)

        facts = QHBoxLayout()
        facts.setSpacing(3 * u)
        self.minutes = EffortEdit(self.tr("Actual effort"))
        self.minutes.setObjectName("composer.finish.minutes")
        self.minutes.setFixedWidth(26 * u)
        self.minutes.minutes_changed.connect(self._minutes_typed)
        self.minutes.left.connect(self.left)
        self.how = Segmented([self.tr("By letter"), self.tr("By phone")])
        self.how.setObjectName("composer.finish.how")
        self.how.setAccessibleName(self.tr("How the customer is told"))
        self.how.chosen.connect(self._how_chosen)
        self.who = LineField(self.tr("Who was told"), self.tr("Who was told"))
        self.who.setObjectName("composer.finish.who")
        self.who.textEdited.connect(self.edited)
        self.who.left.connect(self.left)
        for text, control in ((self.tr("Actual effort"), self.minutes), (self.tr("Told"), self.how)):
            label = Label(text, "small", "text2")
            label.setBuddy(control)
            facts.addWidget(label)
            facts.addWidget(control)
        facts.addWidget(self.who, 1)
        self.article = QCheckBox(self.tr("Make an article"))
        self.article.setObjectName("composer.finish.article")
        self.article.setAccessibleName(self.tr("Make an article"))
        self.article.setToolTip(self.tr("A draft for the knowledge base, with these words"))
        self.article.toggled.connect(self.edited)
        facts.addStretch(0)
        self.body.addLayout(facts)
        self._by_hand = False
        self.make_foot(self.tr("Send and wait for consent"), open_hint())
        self.foot.row.insertWidget(1, self.article)
        self.foot.row.insertStretch(2, 1)
        self.foot.shrink()

    def first_focus(self) -> QWidget:
        return self.solution

    def typed(self) -> tuple[QWidget, ...]:
        return (self.solution, self.prevention, self.minutes, self.how, self.who)

    def last(self) -> tuple[QWidget, ...]:
        return (self.article, self.button)

    def values(self) -> dict[str, Any]:
        solution = self.solution.text().strip()
        return {"prevention": self.prevention.text().strip()} | ({"solution": solution} if solution else {})

    def fields(self) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        if self.solution.text().strip() or self.prevention.text().strip():
            kept = {"solution": self.solution.text(), "prevention": self.prevention.text()}
        if self._by_hand:
            kept["minutes"] = self.minutes.minutes() or 0
        if self.how.index():
            kept |= {"how": "phone", "who": self.who.text()}
        if self.article.isChecked():
            kept["article"] = True
        return kept

    def set_fields(self, draft: Mapping[str, Any]) -> None:
        view = self.view
        assert view is not None
        for field, key, known in (
            (self.solution, "solution", view.solution),
            (self.prevention, "prevention", view.prevention),
        ):
            field.blockSignals(True)
            field.set_text(str(draft.get(key, known)))
            field.blockSignals(False)
        self._by_hand = "minutes" in draft
        minutes = draft["minutes"] if self._by_hand else view.spent
        self.minutes.set_minutes(int(minutes) if minutes else None)
        self.article.blockSignals(True)
        self.article.setChecked(bool(draft.get("article")))
        self.article.blockSignals(False)
        self.how.set_index(1 if draft.get("how") == "phone" else 0)
        self.who.setText(str(draft.get("who", "")) or view.requester.name)
        self._show_how()
        self._show_family()

    def refresh_view(self) -> None:
        if not self._by_hand and self.view is not None:
            self.minutes.set_minutes(self.view.spent or None)
        self._show_family()

    def _show_family(self) -> None:
        """Who has a letter of their own besides; else what becomes of the ticket."""
        self.foot.set_hint(family_hint(self.composer.children_told, "finish") or open_hint())

    def _minutes_typed(self, _minutes: int | None) -> None:
        self._by_hand = True
        self.edited.emit()

    def _how_chosen(self, _index: int) -> None:
        self._show_how()
        self.edited.emit()

    def _show_how(self) -> None:
        phone = self.how.index() == 1
        self.letter.setVisible(not phone)
        self.who.setVisible(phone)
        text = self.tr("Record and wait for consent") if phone else self.tr("Send and wait for consent")
        self.button.setText(text)
        self.button.setAccessibleName(text)
        self.button.set_icon_name("check" if phone else "send")
        self.updateGeometry()

    def send(self) -> None:
        assert self.view is not None
        solution = self.solution.text().strip()
        if not solution:
            self.complain(self.tr("Say what was fixed: the customer will read it"), self.solution)
            return
        if self.minutes.wrong():
            text = self.tr("%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.")
            self.complain(fill(text, words.quoted(self.minutes.text())), self.minutes)
            return
        phone = self.how.index() == 1
        who = self.who.text().strip() if phone else ""
        if phone and not who:
            self.complain(self.tr("Give the name of the person you spoke to."), self.who)
            return
        letter = None if phone else self.ready()
        if not phone and letter is None:
            return
        self.act(
            families.finish if self.composer.children_told else closing.finish,
            self.view.id,
            solution,
            self.prevention.text().strip(),
            self.minutes.minutes(),
            told_how="phone" if phone else "mail",
            told_who=who,
            letter=letter,
            article=self.article.isChecked(),
            attached=() if phone else self.letter.files(),
        )
