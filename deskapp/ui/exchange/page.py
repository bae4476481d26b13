"""Settings, Import and export: a table is looked at, its columns are matched, and it goes in; the desk goes out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ...core.errors import UserCancelled
from ...desk import exporting, importing, mailport
from ...desk.import_fields import KINDS
from ...desk.importing import Preview
from ...desk.values import Changes
from .. import theme
from ..customers.tab import FittedTable
from ..i18n import fill, translate
from ..readtable import ReadTable
from ..settings.page import SettingsPage
from ..settings.rows import Column
from ..widgets import Button, ElidedLabel, Label, PrimaryButton
from .words import field_title, kind_name, problem_words

_NONE = -1
_ROWS_SHOWN = 8


class Progress(QObject):
    """Carries how far a lane is to the window, and whether to go on back to it."""

    told = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def begin(self) -> None:
        self._stop.clear()

    def cancel(self) -> None:
        self._stop.set()

    def tell(self, done: int, total: int) -> bool:
        """Called in a lane; False asks it to stop."""
        self.told.emit(done, total)
        return not self._stop.is_set()


class ExchangePage(SettingsPage):
    id = "exchange"
    tables = ()

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Import and export")

    def build(self) -> None:
        self._seen: Preview | None = None
        self._busy = False
        self.progress = Progress(self)
        self.progress.told.connect(self._told)
        self._reading(self.section(self.tr("Read a table")))
        self._letters(self.section(self.tr("Letters of before")))
        self._desk(self.section(self.tr("The whole desk")))
        u = theme.current().u
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.bar = QProgressBar()
        self.bar.setObjectName("settings.exchange.progress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setTextVisible(False)
        self.count = Label("", "small", "text2")
        self.stop = Button(self.tr("Cancel"))
        self.stop.setObjectName("settings.exchange.stop")
        self.stop.clicked.connect(self.progress.cancel)
        for widget in (self.bar, self.count, self.stop):
            row.addWidget(widget, 1 if widget is self.bar else 0)
            widget.hide()
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertLayout(outer.count() - 1, row)
        self.body.addStretch(1)
        self._show()

    def _reading(self, column: QVBoxLayout) -> None:
        u = theme.current().u
        hint = Label(
            self.tr(
                "CSV or a spreadsheet with a row of heads: customers, people, articles, spare parts, tickets, history. "
                "What is here already is found again and not doubled."
            ),
            "body",
            "text2",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.choose = Button(self.tr("Choose a file…"), "upload")
        self.choose.setObjectName("settings.exchange.choose")
        self.choose.clicked.connect(self._choose)
        row.addWidget(self.choose)
        self.file = ElidedLabel("", "body", "text2")
        self.file.setObjectName("settings.exchange.file")
        row.addWidget(self.file, 1)
        column.addLayout(row)
        self.sheet = QWidget()
        inside = QVBoxLayout(self.sheet)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * u)
        column.addWidget(self.sheet)
        form = self.form_ = self.form(inside)
        form.choice("kind", self.tr("The rows are"), [(kind_name(kind), kind) for kind in KINDS])
        form.choice("sheet", self.tr("Sheet"))
        form.changed = self._rechosen
        self.columns = FittedTable(
            "settings.exchange.columns",
            self.tr("Columns"),
            [
                Column("title", self.tr("Field"), "fixed", 40),
                Column("column", self.tr("Column of the file"), "choice", 60),
                Column("example", self.tr("Its first value"), "fixed", 80),
            ],
            self._mapped,
        )
        inside.addWidget(self.columns)
        self._holder = QVBoxLayout()
        inside.addLayout(self._holder)
        self.rows: ReadTable | None = None
        self.told = Label("", "body")
        self.told.setObjectName("settings.exchange.told")
        self.told.setWordWrap(True)
        inside.addWidget(self.told)
        acts = QHBoxLayout()
        acts.setSpacing(2 * u)
        self.go = PrimaryButton(self.tr("Import"))
        self.go.setObjectName("settings.exchange.import")
        self.go.clicked.connect(self._import)
        self.drop = Button(self.tr("Not this file"))
        self.drop.setObjectName("settings.exchange.drop")
        self.drop.clicked.connect(self._drop)
        acts.addWidget(self.go)
        acts.addWidget(self.drop)
        acts.addStretch(1)
        inside.addLayout(acts)

    def _letters(self, column: QVBoxLayout) -> None:
        hint = Label(
            self.tr("An mbox, a folder of .eml files or a zip of them becomes tickets. Nobody is answered."),
            "body",
            "text2",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.letters = self._button(column, "letters", self.tr("Read letters…"), "mail", self._choose_letters)

    def _desk(self, column: QVBoxLayout) -> None:
        hint = Label(
            self.tr(
                "All tables as CSV, all letters as .eml and all files, in one zip that any program opens. A new desk "
                "can be filled with it, and nothing is lost on the way."
            ),
            "body",
            "text2",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.export = self._button(column, "export", self.tr("Write the whole desk…"), "download", self._choose_target)
        self.restore = self._button(column, "restore", self.tr("Fill this desk…"), "upload", self._choose_desk)

    def _button(self, column: QVBoxLayout, name: str, text: str, icon: str, run: Callable[[], None]) -> Button:
        button = Button(text, icon)
        button.setObjectName(f"settings.exchange.{name}")
        button.clicked.connect(lambda _on=False: run())
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return button

    # -- looking at a file

    def _choose(self) -> None:
        kinds = self.tr("Tables (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)")
        path, _kind = QFileDialog.getOpenFileName(self.window(), self.tr("Read a table"), "", kinds)
        if path:
            self.look_at(path)

    def look_at(self, path: str, kind: str = "", sheet: str = "") -> None:
        """Read a file and show how it would be understood."""
        self._begin(self.tr("Looking at the file"))
        self._run(importing.look, path, kind, None, sheet, done=self._looked)

    def _looked(self, seen: Preview) -> None:
        self._seen = seen
        self.say("")
        form: Any = self.form_.fields
        form["kind"].select(seen.kind)
        form["sheet"].clear()
        for name in seen.table.sheets:
            form["sheet"].addItem(name, name)
        form["sheet"].select(seen.table.sheet)
        self.form_.layout.setRowVisible(1, len(seen.table.sheets) > 1)
        self._show()

    def _rechosen(self, name: str, value: Any) -> None:
        if self._seen is None:
            return
        if name == "kind":
            self.look_at(str(self._seen.table.path), value, self._seen.table.sheet)
        else:
            self.look_at(str(self._seen.table.path), "", value)

    def _mapped(self, row: dict[str, Any], _key: str, value: Any) -> None:
        """Another column was chosen for a field; one column means one field."""
        if self._seen is None:
            return
        mapping = {name: column for name, column in self._seen.mapping.items() if name != row["id"] and column != value}
        if value != _NONE:
            mapping[row["id"]] = value
        self._begin(self.tr("Looking at the file"))
        self._run(importing.preview, self._seen.table, self._seen.kind, mapping, done=self._looked)

    def _drop(self) -> None:
        self._seen = None
        self.say("")
        self._show()
        self.choose.setFocus()

    def _show(self) -> None:
        seen = self._seen
        self.sheet.setVisible(seen is not None)
        if seen is None:
            self.file.setText("")
            return
        self.file.setText(f"{seen.table.path.name}   {seen.table.about}")
        heads = seen.table.heads
        self.columns.model.options["column"] = [
            (self.tr("not in the file"), _NONE),
            *((head or fill(self.tr("column %1"), place + 1), place) for place, head in enumerate(heads)),
        ]
        first = seen.rows[0].cells if seen.rows else ()
        self.columns.set_rows([self._field_row(each, seen, first) for each in KINDS[seen.kind]])
        self._show_rows(seen)
        self.told.setText("\n".join(self._summary(seen)))
        self.told.set_token("crit" if seen.missing else "high" if seen.wrong else "text")
        self.go.setText(self.tr("Import %n row(s)", None, seen.total - seen.wrong))
        self.go.setEnabled(not seen.missing and seen.total > seen.wrong)

    def _field_row(self, each: Any, seen: Preview, first: Sequence[str]) -> dict[str, Any]:
        column = seen.mapping.get(each.name, _NONE)
        title = field_title(each.title)
        return {
            "id": each.name,
            "title": fill(self.tr("%1 (needed)"), title) if each.required else title,
            "column": column,
            "example": first[column] if 0 <= column < len(first) else "",
        }

    def _show_rows(self, seen: Preview) -> None:
        if self.rows is not None:
            self._holder.removeWidget(self.rows)
            self.rows.hide()
            self.rows.deleteLater()
        titles = {each.name: field_title(each.title) for each in KINDS[seen.kind]}
        shown = sorted(seen.rows, key=lambda row: (not row.problems, row.row))[:_ROWS_SHOWN]
        wrong = any(row.problems for row in shown)
        heads = [(self.tr("Row"), 16), *((head, 34) for head in seen.table.heads)]
        if wrong:
            heads.insert(1, (self.tr("What is wrong"), 70))
        self.rows = ReadTable("settings.exchange.rows", self.tr("First rows"), heads)
        cells = []
        for row in sorted(shown, key=lambda row: row.row):
            said = "; ".join(problem_words(each, titles[each.field]) for each in row.problems)
            cells.append((str(row.row), *((said,) if wrong else ()), *row.cells, *[""] * len(heads)))
        self.rows.set_cells(cells)
        height = self.rows.verticalHeader().defaultSectionSize() * max(1, len(cells))
        self.rows.setFixedHeight(height + self.rows.horizontalHeader().sizeHint().height() + 5 * theme.current().u)
        self._holder.addWidget(self.rows)

    def _summary(self, seen: Preview) -> list[str]:
        said = [self.tr("%n row(s) in the file", None, seen.total)]
        if seen.wrong:
            said.append(self.tr("%n of them would be left out", None, seen.wrong))
        lines = [", ".join(said) + "."]
        if seen.missing:
            titles = {each.name: field_title(each.title) for each in KINDS[seen.kind]}
            missing = ", ".join(titles[name] for name in seen.missing)
            lines.append(fill(self.tr("Say which column holds: %1."), missing))
        elif not seen.one_step:
            lines.append(self.tr("Too large for one step of undo: a backup of the desk is made first."))
        else:
            lines.append(self.tr("One step of undo takes it back."))
        return lines

    # -- doing

    def _import(self) -> None:
        if self._seen is not None:
            self._begin(self.tr("Importing"))
            self._act(importing.run, self._seen, done=self._imported, undoable=self._seen.one_step)

    def _imported(self, changes: Changes) -> None:
        result = changes.result
        self._seen = None
        self._show()
        said = [self.tr("%n row(s) imported", None, result.made + result.changed)]
        if result.known:
            said.append(self.tr("%n known already", None, result.known))
        if result.wrong:
            said.append(self.tr("%n left out", None, result.wrong))
        if result.renumbered:
            said.append(self.tr("%n got a new number, theirs was taken", None, result.renumbered))
        if result.cancelled:
            said.append(self.tr("stopped; the rest of the file can be read in again"))
        if result.backup:
            said.append(fill(self.tr("backup: %1"), result.backup))
        self.say(", ".join(said) + ".")

    def _choose_letters(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(
            self.window(), self.tr("Read letters"), "", self.tr("Letters (*.mbox *.eml *.zip *)")
        )
        if paths:
            self.take_letters(paths)

    def take_letters(self, paths: Sequence[str]) -> None:
        self._begin(self.tr("Reading letters"))
        self._act(mailport.take_in, list(paths), done=self._letters_read)

    def _letters_read(self, changes: Changes) -> None:
        made, joined, wrong = changes.result
        said = [self.tr("%n ticket(s) made", None, made), self.tr("%n letter(s) joined", None, joined)]
        if wrong:
            said.append(self.tr("%n could not be read and wait in quarantine", None, wrong))
        self.say(", ".join(said) + ".")

    def _choose_target(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self.window(), self.tr("Write the whole desk"), "deskapp.zip", self.tr("Archives (*.zip)")
        )
        if path:
            self.write_desk(path)

    def write_desk(self, path: str) -> None:
        self._begin(self.tr("Writing"))
        target = str(Path(path).with_suffix(".zip"))
        self._run(exporting.write, target, self.progress.tell, done=partial(self._written, target))

    def _written(self, path: str, counts: dict[str, int]) -> None:
        said = self.tr("%n ticket(s) with all that belongs to them are in %1.", None, counts["ticket"])
        self.say(said.replace("%1", path))

    def _choose_desk(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self.window(), self.tr("Fill this desk"), "", self.tr("Archives (*.zip)")
        )
        if path:
            self.fill_desk(path)

    def fill_desk(self, path: str) -> None:
        self._begin(self.tr("Importing"))
        self._act(exporting.read, path, done=self._filled)

    def _filled(self, changes: Changes) -> None:
        self.say(self.tr("%n ticket(s) imported", None, changes.result["ticket"]) + ".")

    # -- while it runs

    def _begin(self, what: str) -> None:
        self.progress.begin()
        self.say(what)
        self._set_busy(True)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (self.choose, self.go, self.drop, self.letters, self.export, self.restore):
            widget.setEnabled(not busy)
        if not busy:
            for widget in (self.bar, self.count, self.stop):
                widget.hide()

    def _told(self, done: int, total: int) -> None:
        if not self._busy:
            return
        for widget in (self.bar, self.count, self.stop):
            widget.show()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.count.setText(self.tr("%1 of %2").replace("%1", str(done)).replace("%2", str(total)))

    def _run(self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        self.screen.runner.run("reader", fn, *args, on_done=partial(self._ended, done), on_error=self._failed)

    def _act(self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None], undoable: bool = False) -> None:
        self.screen.acts.act(
            fn,
            *args,
            self.progress.tell,
            on_done=partial(self._ended, done),
            on_error=self._failed,
            undoable=undoable,
        )

    def _ended(self, done: Callable[[Any], None], result: Any) -> None:
        self._set_busy(False)
        done(result)

    def _failed(self, trouble: BaseException) -> None:
        self._set_busy(False)
        if isinstance(trouble, UserCancelled):
            self.say(self.tr("Cancelled, nothing was changed."))
        else:
            self.refused(trouble)
