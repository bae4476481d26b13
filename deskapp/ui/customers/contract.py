"""The contract: hours, targets by urgency, what may be done; an edit shows first which due times it moves."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...desk import contracts, setup, sla
from ...desk.customers import Card
from ...desk.sla import Preview
from .. import theme, typed_days, words
from ..fields import Choice
from ..i18n import fill, translate
from ..settings.page import Form
from ..settings.rows import Column
from ..ticket.contract import due_lines
from ..widgets import Button, EmptyState, Label, Panel, PrimaryButton, SectionHeader
from .list_view import expiry_words
from .tab import FittedTable, Tab

#: How many moved dates are named one by one.
_NAMED = 3


class PreviewBar(Panel):
    """Which due times an edit moves, before it is saved."""

    def __init__(self) -> None:
        super().__init__("high-bg", "tb")
        self.setObjectName("customers.contract.preview")
        u = theme.current().u
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u)
        row.setSpacing(2 * u)
        self.text = Label("")
        self.text.setWordWrap(True)
        row.addWidget(self.text, 1)
        self.apply = PrimaryButton(self.tr("Save"))
        self.apply.setObjectName("customers.contract.apply")
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.setObjectName("customers.contract.cancel")
        row.addWidget(self.apply)
        row.addWidget(self.cancel)
        self.hide()

    def tell(self, preview: Preview, times: words.Times) -> None:
        parts = [self.tr("%n due time(s) of open tickets will move", None, len(preview.moved))]
        if preview.breaking:
            parts.append(self.tr("%n would be over at once", None, preview.breaking))
        self.text.setText("; ".join(parts) + ".\n" + "\n".join(due_lines(preview, times, _NAMED)))
        self.show()


class ContractTab(Tab):
    id = "contract"

    @staticmethod
    def title() -> str:
        return translate("Customers", "Contract")

    def build(self) -> None:
        u = theme.current().u
        self._chosen = ""
        self._waiting: dict[str, Any] | None = None
        self.preview = PreviewBar()
        self.preview.apply.clicked.connect(self._apply)
        self.preview.cancel.clicked.connect(self._cancel)
        outer = self.layout()
        outer.insertWidget(0, self.preview)  # type: ignore[union-attr]
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        self.which = Choice()
        self.which.setObjectName("customers.contract.which")
        self.which.setAccessibleName(self.tr("Contract"))
        self.which.setMinimumWidth(70 * u)
        self.which.setMinimumHeight(7 * u)
        self.which.activated.connect(lambda _at: self._choose(self.which.currentData()))
        head.addWidget(self.which)
        self.ends = Label("", "small", "high")
        head.addWidget(self.ends)
        head.addStretch(1)
        self.add = Button(self.tr("Add a contract"), "plus")
        self.add.setObjectName("customers.contract.add")
        self.add.clicked.connect(self._add)
        head.addWidget(self.add)
        self.column.addLayout(head)
        self.empty = EmptyState(self.tr("No contract: the desk's own hours and the answer rule apply."))
        self.column.addWidget(self.empty)
        self.body = QWidget()
        self.column.addWidget(self.body)
        from PySide6.QtWidgets import QVBoxLayout

        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * u)
        self._targets()
        column.addWidget(SectionHeader(self.tr("Targets by urgency")))
        column.addWidget(self.targets)
        column.addWidget(Label(self.tr("In working time of the contract, such as 4 h or 2 d."), "small", "text3"))
        column.addWidget(SectionHeader(self.tr("Terms")))
        column.addLayout(self._form().layout)
        self.column.addStretch(1)

    def _targets(self) -> None:
        self.targets = FittedTable(
            "customers.contract.targets",
            self.tr("Targets by urgency"),
            [
                Column("word", self.tr("Urgency"), "fixed", 32),
                Column("reaction", self.tr("Reaction"), "effort", 30),
                Column("solution", self.tr("Solution"), "effort", 30),
                Column("replacement", self.tr("Part replaced"), "effort", 36),
                Column("hours", self.tr("Counted by"), "choice", 44),
            ],
            self._target_changed,
        )
        self.targets.model.options["hours"] = [
            (self.tr("the contract's hours"), ""),
            ("8×5", "8×5"),
            ("24×7", "24×7"),
        ]

    def _form(self) -> Form:
        form = self.form = Form(self)  # type: ignore[arg-type]
        form.line("number", self.tr("Number"), width=50)
        form.choice("hours", self.tr("Hours"), [("8×5", "8×5"), ("24×7", "24×7")], width=50)
        form.choice(
            "calendar_id", self.tr("Own calendar"), [], self.tr("Instead of these hours, from Settings, Calendars")
        )
        form.line("since", self.tr("Since"), self.tr("A date such as 01.03.2026"), width=50)
        form.line("until", self.tr("Until"), self.tr("That day included"), width=50)
        form.minutes("answer_minutes", self.tr("Date told within"), self.tr("Empty: as the desk's answer rule says"))
        form.check("vip", self.tr("VIP"))
        form.check("paid_phone", self.tr("Phone support is paid"))
        form.line("onsite", self.tr("Visits on site in"), self.tr("Empty: no visits in the contract"))
        form.minutes("travel_minutes", self.tr("Way there"))
        form.number(
            "silence_days",
            self.tr("Closed by silence after"),
            0,
            365,
            self.tr("days"),
            self.tr("0: a resolved ticket stays open until they agree"),
        )
        form.check(
            "auto_slip",
            self.tr("A new date may be told without a person"),
            self.tr("An hour before the old one passes, where nobody has written"),
        )
        form.check("night_letter", self.tr("A holding letter may be sent at night"))
        form.text("note", self.tr("Note"), 2)
        form.check("active", self.tr("In force"))
        form.changed = self._changed
        return form

    # -- showing

    def fill_card(self, card: Card) -> None:
        rows = list(card.contracts)
        if self._chosen not in [row["id"] for row in rows]:
            self._chosen = rows[0]["id"] if rows else ""
            self._cancel(again=False)
        self.which.clear()
        for row in rows:
            shown = row["number"] or self.tr("without number")
            self.which.addItem(shown if row["active"] else fill(self.tr("%1 (not in force)"), shown), row["id"])
        self.which.select(self._chosen)
        self.which.setVisible(len(rows) > 1)
        self.empty.setVisible(not rows)
        self.body.setVisible(bool(rows))
        self.screen_.read(setup.calendars, done=self._calendars)
        self._show()

    def _calendars(self, rows: list[dict[str, Any]]) -> None:
        choice: Any = self.form.fields["calendar_id"]
        chosen = self._row()["calendar_id"] if self._row() else ""
        choice.clear()
        choice.addItem(self.tr("none"), "")
        for row in rows:
            choice.addItem(row["name"], row["id"])
        choice.select(chosen)

    def _row(self) -> dict[str, Any]:
        found = next((row for row in self.card.contracts if row["id"] == self._chosen), None) if self.card else None
        return dict(found) if found else {}

    def _show(self) -> None:
        row = self._row()
        if not row:
            self.ends.setText("")
            return
        times = self.screen_.times()
        dates = {name: typed_days.written(row[name]) for name in ("since", "until")}
        self.form.show({**row, **dates, "silence_days": row["silence_days"] or 0})
        ends = ""
        if row["until"] and row["active"]:
            from datetime import date

            days = (date.fromisoformat(row["until"]) - times.today()).days
            ends = expiry_words(days)[0] if days <= 30 else ""
        self.ends.setText(ends)
        targets = []
        for urgency in contracts.URGENCIES:
            stored = row["targets"].get(urgency, {})
            targets.append(
                {
                    "id": str(urgency),
                    "urgency": urgency,
                    "word": words.urgency(urgency),
                    "hours": stored.get("hours", ""),
                    **{name: stored.get(name) for name in ("reaction", "solution", "replacement")},
                }
            )
        self.targets.set_rows(targets)

    def _choose(self, contract_id: str) -> None:
        self._chosen = contract_id
        self._show()

    # -- changes: tried first, saved at once where no due time moves

    def _add(self) -> None:
        def made(changes: Any) -> None:
            self._chosen = str(changes.result)
            self.screen_.after_read(self._to_number)

        targets = {urgency: {} for urgency in contracts.URGENCIES}
        self.save(contracts.save, {"customer_id": self.customer_id, "number": "", "targets": targets}, done=made)

    def _to_number(self) -> None:
        field: Any = self.form.fields["number"]
        field.setFocus()
        field.selectAll()

    def _target_changed(self, row: dict[str, Any], key: str, value: Any) -> None:
        self._try({"id": self._chosen, "targets": {row["urgency"]: {key: value}}})

    def _changed(self, name: str, value: Any) -> None:
        if name in ("since", "until"):
            value = typed_days.iso(value)
        if name == "silence_days":
            value = value or None
        if name in ("number", "note", "onsite", "travel_minutes", "paid_phone"):  # no clock rests on these
            self.save(contracts.save, {"id": self._chosen, name: value})
            return
        self._try({"id": self._chosen, name: value})

    def _try(self, edit: dict[str, Any]) -> None:
        if self._waiting is not None:  # several edits before the first was answered are one
            edit = {**self._waiting, **edit, "targets": _merged(self._waiting, edit)}
        if not edit.get("targets"):
            edit.pop("targets", None)

        def shown(preview: Preview) -> None:
            if not preview.moved:
                self._waiting = None
                self.preview.hide()
                self.save(contracts.save, edit)
                return
            self._waiting = edit
            self.preview.tell(preview, self.screen_.times())

        self.screen_.runner.run("writer", sla.preview, contracts.save, edit, on_done=shown, on_error=self._refused)

    def _refused(self, trouble: BaseException) -> None:
        self.screen_.refused(trouble)
        self._show()

    def _apply(self) -> None:
        edit, self._waiting = self._waiting, None
        self.preview.hide()
        if edit is not None:
            self.save(contracts.save, edit, done=lambda _changes: self.targets.view.setFocus())

    def _cancel(self, _on: bool = False, again: bool = True) -> None:
        self._waiting = None
        self.preview.hide()
        if again:
            self._show()

    def waits(self) -> bool:
        """Whether an edit waits for its answer."""
        return self._waiting is not None

    def cancel(self) -> None:
        self._cancel()


def _merged(first: dict[str, Any], second: dict[str, Any]) -> dict[int, dict[str, Any]]:
    targets: dict[int, dict[str, Any]] = {}
    for edit in (first, second):
        for urgency, target in dict(edit.get("targets") or {}).items():
            targets[urgency] = {**targets.get(urgency, {}), **target}
    return targets
