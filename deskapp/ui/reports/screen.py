"""Reports: the page of figures, more reports as tables, the tickets behind a mark, and what leaves as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ...core.errors import UserCancelled
from ...desk import facts, figures, reports
from ...desk.figures import Behind, Figures, Narrow, Period
from ...desk.reports import REPORTS, Table
from ...desk.values import Changes, Directory
from .. import theme, words
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..fields import Body
from ..i18n import fill, translate
from ..messages import Messages
from ..readtable import Said
from ..runner import TaskRunner
from ..screen import Screen
from ..timers import pause
from ..widgets import Button, Label, LinkButton, Panel, Segmented
from ..words import Times
from . import words as said
from .cards import ChartCard, Definition, Filter, TileBox, WordsTable
from .charts import Bars, Column, Columns, Dots, Stack, StackedBars
from .output import Output
from .trouble import TroubleBar

#: Milliseconds after which it is said that figures are being counted.
_SLOW_MS = 400
PERIODS = ("week", "month", "ten_weeks", "year")
#: Kinds of cells that are words.
_TEXTS = ("text", "status", "channel", "visit", "at", "figure", "definition")
#: Below this the buttons of the bar are icons alone, and the dates of the period its tooltip; in u.
_NARROW = 290
TILES = ("kept", "told", "within", "answer", "rating", "nps")


class ReportsScreen(Screen):
    """`open_ticket` carries an id. Figures are read in the lane of reports; old ones stay until new ones are there."""

    open_ticket = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        messages: Messages,
        times: Any,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reports")
        self._runner, self._acts, self._messages, self._times_of = runner, acts, messages, times
        self._directory: Directory | None = None
        self._figures: Figures | None = None
        self._table: Table | None = None
        self._period: Period | None = None
        self._stale = True
        self._served: list[tuple[str, str]] = []  # customers to choose from, as they were read
        self._served_stale = True
        self._offered: list[tuple[str, str]] = []
        self._ready = False
        self._slow = pause(self, _SLOW_MS, self._say_slow)
        self._build()
        self.output = Output(self, messages, actions)
        actions.add(
            Action(
                "reports.definition", QT_TRANSLATE_NOOP("Actions", "What the figure counts"), self.explain_here, "info",
                "W", "reports",
            ),
            Action("reports.back", QT_TRANSLATE_NOOP("Actions", "Back to the figures"), self.back, "chevron-left", "",
                   "reports"),
        )  # fmt: skip
        self.retranslate()

    # -- building

    def _build(self) -> None:
        u = theme.current().u
        self.bar = Panel("bg-window", "b")
        self.periods = Segmented()
        self.periods.setObjectName("reports.period")
        self.span = Label("", "strong")
        self.which = Filter()
        self.which.setObjectName("reports.which")
        self.people = Filter()
        self.people.setObjectName("reports.people")
        self.customers = Filter()
        self.customers.setObjectName("reports.customers")
        self.export = Button("", "download")
        self.export.setObjectName("reports.export")
        self.printing = Button("", "printer", "Ctrl+P")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(4 * u, 2 * u, 4 * u, 2 * u)
        row.setSpacing(2 * u)
        for widget in (self.periods, self.span):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.which, self.people, self.customers, self.export, self.printing):
            row.addWidget(widget)
        self.tiles = {code: TileBox(code) for code in TILES}
        self.promises = ChartCard("promises", StackedBars(("norm-bar", "high-bar", "crit-bar")))
        self.answers = ChartCard("answers", Columns())
        self.causes = ChartCard("causes", Bars())
        self.estimates = ChartCard("estimates", Dots())
        self.team = ChartCard("team", None)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._overview())
        self.table = WordsTable(narrow=False)
        self.table.setObjectName("reports.table")
        self.pages.addWidget(self._table_page())
        self.behind = WordsTable(narrow=False)
        self.behind.setObjectName("reports.behind")
        self.pages.addWidget(self._behind_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.trouble = TroubleBar(self._messages, self.which.currentText, lambda: self._period is not None)
        column.addWidget(self.bar)
        column.addWidget(self.trouble)
        column.addWidget(self.pages, 1)
        self.trouble.again.connect(self._again)
        self.periods.set_options(["", "", "", ""])
        self.periods.set_index(2)
        self.periods.chosen.connect(self.read)
        self.which.activated.connect(self.read)
        self.people.activated.connect(self.read)
        self.customers.activated.connect(self.read)
        self.export.clicked.connect(self._offer_files)
        self.printing.clicked.connect(lambda: self.output.print())
        for tile in self.tiles.values():
            tile.explain.connect(self._explain)
        for card in (self.promises, self.answers, self.causes, self.estimates, self.team):
            card.opened.connect(self._look_behind)
        self.behind.opened.connect(self._look_behind)

    def _overview(self) -> QWidget:
        u = theme.current().u
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 4 * u)
        column.setSpacing(round(2.5 * u))
        top = QHBoxLayout()
        top.setSpacing(round(2.5 * u))
        for tile in self.tiles.values():
            top.addWidget(tile, 1)
        column.addLayout(top)
        grid = QGridLayout()
        grid.setSpacing(round(2.5 * u))
        for card, place in (
            (self.promises, (0, 0, 1, 6)), (self.answers, (0, 6, 1, 6)), (self.causes, (1, 0, 1, 4)),
            (self.estimates, (1, 4, 1, 4)), (self.team, (1, 8, 1, 4)),
        ):  # fmt: skip
            grid.addWidget(card, *place)
            card.setMinimumHeight(58 * u)
        for part in range(12):
            grid.setColumnStretch(part, 1)
        grid.setRowStretch(0, 11)
        grid.setRowStretch(1, 10)
        column.addLayout(grid, 1)
        self.overview = inner
        body = Body()
        body.column.setContentsMargins(0, 0, 0, 0)
        body.column.addWidget(inner, 1)
        return body

    def _table_page(self) -> QWidget:
        u = theme.current().u
        page = QWidget()
        self.table_title = Label("", "title")
        self.table_note = Label("", "small", "text2")
        column = QVBoxLayout(page)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 4 * u)
        column.setSpacing(2 * u)
        column.addWidget(self.table_title)
        column.addWidget(self.table_note)
        column.addWidget(self.table, 1)
        return page

    def _behind_page(self) -> QWidget:
        u = theme.current().u
        page = QWidget()
        self.back_link = LinkButton()
        self.behind_title = Label("", "heading")
        head = QHBoxLayout()
        head.setSpacing(3 * u)
        head.addWidget(self.back_link)
        head.addWidget(self.behind_title, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 4 * u)
        column.addLayout(head)
        column.addWidget(self.behind, 1)
        self.back_link.clicked.connect(self.back)
        return page

    # -- what a screen owes

    def title(self) -> str:
        return translate("Screens", "Reports")

    def scopes(self) -> Sequence[str]:
        return ("reports",)

    def parts(self) -> Sequence[QWidget]:
        return (self.bar, self.trouble, self.pages)

    def activate(self) -> None:
        self.periods.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._ready or self._stale:
            self._again()

    def refresh(self, changes: Changes) -> None:
        if changes.tickets or changes.touches(
            "specialist", "cause", "customer", "rating", "time_entry", "work_calendar"
        ):
            self._stale = True
            self._served_stale = True
            if self.isVisible() and self._ready:
                self.read()

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * theme.current().u
        self.export.set_bare(narrow)
        self.printing.set_bare(narrow)
        self.span.setVisible(not narrow)

    def times(self) -> Times:
        found: Times = self._times_of()
        return found

    def period(self) -> Period | None:
        return self._period

    def shown_figures(self) -> Figures | None:
        return self._figures

    def shown_table(self) -> Table | None:
        return self._table if self.pages.currentIndex() == 1 else None

    def rule(self) -> int:
        """Minutes within which the desk answers."""
        return self._directory.answer_minutes if self._directory else 120

    def narrow(self) -> Narrow:
        return Narrow(self.people.value(), self.customers.value())

    # -- reading

    def _again(self) -> None:
        if self._ready:
            self.read()
            return
        self.trouble.hide()
        # a desk that came from an older version has no rows for the figures yet
        self._runner.run(
            "writer", facts.ensure, on_done=self._prepared, on_error=self._not_counted, key="reports.facts"
        )

    def _prepared(self, _changes: Changes) -> None:
        self._ready = True
        self.read()

    def read(self, *_args: object) -> None:
        """Everything that is shown, anew; what is on the screen stays meanwhile."""
        self._stale = False
        self.trouble.hide()
        self._slow.start()
        code, kind = self.which.value(), PERIODS[self.periods.index()]
        self._runner.run(
            "reports", _read, kind, self.narrow(), code,
            on_done=self._show, on_error=self._not_counted, key="reports", steady=True,
        )  # fmt: skip

    def _say_slow(self) -> None:
        """What is on the screen is still of before."""
        self.span.setText(translate("Reports", "Counting…"))

    def _not_counted(self, trouble: BaseException) -> None:
        """It is no longer being counted; what is on the screen is of before, and the next visit tries again."""
        self._slow.stop()
        self._stale = True
        self.span.setText(said.span(self._period) if self._period else "")
        if not isinstance(trouble, UserCancelled):
            self.trouble.tell(trouble)

    def _show(self, found: tuple[Figures | None, Table | None, Directory, Period]) -> None:
        shown, table, directory, period = found
        self._slow.stop()
        self._period = period
        if directory != self._directory:
            self._directory = directory
            self._offer_filters()
        if self._served_stale:
            self._served_stale = False
            self._runner.run("reports", _customers, on_done=self._customers_read, key="reports.customers")
        self.span.setText(said.span(period))
        self.periods.setToolTip(said.span(period))
        if shown is not None:
            self._figures = shown
            self._table = None
            self._fill()
            self.pages.setCurrentIndex(0)
        elif table is not None:
            self._table = table
            self._fill_table(table)
            self.pages.setCurrentIndex(1)

    def _offer_filters(self) -> None:
        directory = self._directory
        if directory is None:
            return
        people = [("", translate("Reports", "The whole team"))]
        people += [(person.id, person.name) for person in directory.people.values()]
        self.people.offer(people)
        self._offer_customers()

    def _customers_read(self, found: list[tuple[str, str]]) -> None:
        self._served = found
        self._offer_customers()

    def _offer_customers(self) -> None:
        entries = [("", translate("Reports", "All customers")), *self._served]
        if entries != self._offered:  # of some thousands each one is measured
            self._offered = entries
            self.customers.offer(entries)

    # -- showing

    def retranslate(self) -> None:
        self.periods.set_options(
            [
                translate("Reports", "Week"), translate("Reports", "Month"), translate("Reports", "10 weeks"),
                translate("Reports", "Year"),
            ]
        )  # fmt: skip
        self.periods.setAccessibleName(translate("Reports", "Period"))
        self.which.offer([("", translate("Reports", "Overview")), *((code, said.report(code)) for code in REPORTS)])
        self.which.setAccessibleName(translate("Reports", "Report"))
        self.people.setAccessibleName(translate("Reports", "Whose tickets"))
        self.customers.setAccessibleName(translate("Reports", "Which customers"))
        self.export.setText(translate("Reports", "CSV, XLSX, PDF"))
        self.printing.setText(translate("Reports", "Print"))
        self.back_link.setText(translate("Reports", "Back"))
        self._offer_filters()
        if self._figures is not None:
            self._fill()
        if self._table is not None:
            self._fill_table(self._table)

    def _fill(self) -> None:
        found = self._figures
        assert found is not None
        for tile in found.tiles:
            self.tiles[tile.code].set_tile(tile, found.rule_minutes)
        asked = {tile.code for tile in found.tiles if tile.missed or tile.before is not None}
        self.tiles["nps"].setVisible("nps" in asked)  # a desk asks one of the two questions
        self.tiles["rating"].setVisible("rating" in asked or "nps" not in asked)
        self._fill_promises(found)
        self._fill_answers(found)
        self._fill_causes(found)
        self._fill_estimates(found)
        self._fill_team(found)
        for card in (self.promises, self.answers, self.causes, self.estimates):
            card.show_figures()

    def _fill_promises(self, found: Figures) -> None:
        kept, moved, broken = (
            translate("Reports", "kept"), translate("Reports", "moved beforehand"), translate("Reports", "broken"),
        )  # fmt: skip
        stacks = []
        for bucket in found.promises:
            total = bucket.kept + bucket.moved + bucket.broken
            last = min(found.period.last, bucket.start + timedelta(days=found.period.step - 1))
            span = Period(bucket.start, last)
            parts = tuple(
                (float(count), f"{word} {count}", (name, span, "", f"{word}, {self._day(bucket.start)}"))
                for name, word, count in (
                    ("kept", kept, bucket.kept), ("moved", moved, bucket.moved), ("broken", broken, bucket.broken),
                )
            )  # fmt: skip
            share = words.percent(bucket.kept / total) if total else ""
            stacks.append(Stack(self._day(bucket.start), parts, share, not bucket.finished))
        canvas = self.promises.canvas
        assert isinstance(canvas, StackedBars)
        canvas.set_stacks(stacks, [translate("Reports", "From"), kept, moved, broken, translate("Reports", "Kept")])
        self.promises.set_words(
            translate("Reports", "Promises by time"),
            translate("Reports", "share kept above the column"),
            (("norm-bar", kept), ("high-bar", moved), ("crit-bar", broken)),
        )

    @staticmethod
    def _day(day: date) -> str:
        return f"{day:%d.%m}"

    def _fill_answers(self, found: Figures) -> None:
        step, rule = figures.ANSWER_STEP, found.rule_minutes
        columns = []
        for place, count in enumerate(found.answers):
            low, high = place * step, (place + 1) * step
            last = place == len(found.answers) - 1
            span = (
                fill(translate("Reports", "over %1"), words.duration(low))
                if last
                else f"{words.duration(low) if low else 0}{words.EN_DASH}{words.duration(high)}"
            )
            label = "" if low % 30 else (words.duration(low) if low else "0")
            behind = ("answers", found.period, str(place), span)
            columns.append(Column(label, count, f"{span}: {count}", behind, low >= rule))
        late = sum(count for place, count in enumerate(found.answers) if place * step >= rule)
        lines = [(rule / step, fill(translate("Reports", "limit of %1"), words.duration(rule)),
                  fill(translate("Reports", "later %1 of %2"), late, found.answers_total) if late else "")]  # fmt: skip
        if found.answers_median is not None:
            at = min(found.answers_median / step, len(found.answers) - 0.5)
            lines.append((at, fill(translate("Reports", "median %1"), words.duration(found.answers_median)), ""))
        canvas = self.answers.canvas
        assert isinstance(canvas, Columns)
        canvas.set_columns(columns, lines, [translate("Reports", "Answered in"), translate("Reports", "Tickets")])
        self.answers.set_words(
            translate("Reports", "First answer"),
            translate("Reports", "working time, %n ticket(s)", None, found.answers_total),
        )

    def _fill_causes(self, found: Figures) -> None:
        total = sum(count for _id, _name, count in found.causes) or 1
        rows = [
            (name or translate("Reports", "not set"), count, words.percent(count / total),
             ("cause", found.period, cause, name or translate("Reports", "not set")))
            for cause, name, count in found.causes
        ]  # fmt: skip
        canvas = self.causes.canvas
        assert isinstance(canvas, Bars)
        headers = [said.column("cause"), said.column("tickets"), said.column("first_line_share")]
        canvas.set_rows(rows, headers)
        self.causes.set_words(
            translate("Reports", "Causes"), translate("Reports", "%n ticket(s)", None, found.received)
        )

    def _fill_estimates(self, found: Figures) -> None:
        points = []
        for effort, spent, ticket in found.points:
            about = fill(translate("Reports", "estimated %1, took %2"), words.duration(effort), words.duration(spent))
            points.append((effort / 60, spent / 60, about, ticket, spent > figures.FAR_OVER * effort))
        canvas = self.estimates.canvas
        assert isinstance(canvas, Dots)
        headers = [said.column("number"), said.column("effort"), said.column("spent")]
        canvas.set_points(points, headers, translate("Reports", "%1 h"))
        self.estimates.set_words(
            translate("Reports", "Fact and estimate"), "", (("crit-bar", translate("Reports", "over by half")),)
        )

    def _fill_team(self, found: Figures) -> None:
        headers = [said.column("specialist"), said.column("resolved"), said.column("kept"), said.column("answer"),
                   said.column("ratio")]  # fmt: skip
        rows, behind = [], []
        for row in found.people:
            rows.append(
                [
                    row.name,
                    str(row.resolved),
                    words.percent(row.kept) if row.kept is not None else words.EN_DASH,
                    words.duration(row.answer) if row.answer is not None else words.EN_DASH,
                    said.decimal(row.ratio, 2) if row.ratio is not None else words.EN_DASH,
                ]
            )
            behind.append(("person", found.period, row.person_id, row.name))
        self.team.table.fill_with(headers, rows, behind)
        self.team.set_words(translate("Reports", "Specialists"), "")

    def _fill_table(self, table: Table) -> None:
        times, rule = self.times(), self.rule()

        def say(place: int) -> list[str]:
            row = table.rows[place]
            return [
                said.cell(kind, value, times, rule) for (_code, kind), value in zip(table.columns, row, strict=True)
            ]

        rows = Said(len(table.rows), say)
        texts = [place for place, (_code, kind) in enumerate(table.columns) if kind in _TEXTS]
        self.table.fill_with([said.column(code) for code, _kind in table.columns], rows, texts=texts)
        defined = table.columns[-1][1] == "definition"  # sentences want their lines
        mode, last = QHeaderView.ResizeMode, len(table.columns) - 1
        self.table.setWordWrap(defined)
        self.table.setShowGrid(defined)
        self.table.horizontalHeader().setSectionResizeMode(last, mode.Stretch if defined else mode.ResizeToContents)
        self.table.verticalHeader().setSectionResizeMode(mode.ResizeToContents if defined else mode.Fixed)
        self.table_title.setText(said.report(table.code))
        count = translate("Reports", "%n row(s)", None, len(rows))
        empty = translate("Reports", "Nothing in this period. Choose a longer one.")
        about = said.about(table.code)
        self.table_note.setText((f"{count}. {about}" if about else count) if rows else empty)
        self.table.setAccessibleName(said.report(table.code))

    # -- definitions and tickets behind

    def explain_here(self) -> None:
        focus = self.focusWidget()
        if self.pages.currentIndex() == 0:
            self._explain(focus.code if isinstance(focus, TileBox) else "kept")

    def _explain(self, code: str) -> None:
        tile = self.tiles[code]
        place = QRect(tile.mapToGlobal(tile.rect().topLeft()), tile.size())
        Definition(self, tile.title(), said.definition(code)).open_at(place)

    def _look_behind(self, payload: Any) -> None:
        if isinstance(payload, str):
            self.open_ticket.emit(payload)
            return
        what, period, value, about = payload
        done = partial(self._behind_read, about)
        narrow = self.narrow()
        self._runner.run("reports", figures.tickets, what, period, narrow, value, on_done=done, key="reports.behind")

    def _behind_read(self, about: str, found: tuple[Behind, ...]) -> None:
        times = self.times()
        headers = [said.column(code) for code in ("subject", "number", "customer", "status", "promised", "finished")]
        rows = [
            [one.subject, words.number(one.number), one.customer, words.status(one.status),
             said.cell("at", _at(one.promised_at), times),
             words.date_short(one.finished) if one.finished else words.EN_DASH]
            for one in found
        ]  # fmt: skip
        self.behind.fill_with(headers, rows, [one.ticket_id for one in found], (0, 2, 3, 4, 5))
        self.behind.setAccessibleName(about)
        self.behind_title.setText(fill("%1: %2", about, translate("Reports", "%n ticket(s)", None, len(rows))))
        self.pages.setCurrentIndex(2)
        self.behind.setFocus(Qt.FocusReason.OtherFocusReason)
        if rows:
            self.behind.selectRow(0)

    def back(self) -> None:
        if self.pages.currentIndex() == 2:
            self.pages.setCurrentIndex(0)
            self.periods.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() == 2:
            self.back()
        else:
            super().keyPressEvent(event)

    # -- files

    def _offer_files(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, run in (
            (translate("Reports", "Save as CSV"), self.output.csv),
            (translate("Reports", "Save as XLSX"), self.output.xlsx),
            (translate("Reports", "Save as PDF"), self.output.pdf),
            (translate("Reports", "Copy as cells"), self.output.copy),
        ):
            menu.addAction(text).triggered.connect(run)
        menu.popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))

    def cells(self) -> str:
        """What is shown, as a spreadsheet takes it from the clipboard."""
        if self.pages.currentIndex() == 1:
            return self.table.as_cells()
        if self.pages.currentIndex() == 2:
            return self.behind.as_cells()
        cards = (self.promises, self.answers, self.causes, self.estimates, self.team)
        return "\n\n".join(f"{card.title.text()}\n{card.as_cells()}" for card in cards)

    def all_reports(self, done: Any) -> None:
        """Read every report of the period, for a workbook; ``done`` gets the list of tables."""
        if self._period is not None:
            self._runner.run("reports", _everything, self._period, self.narrow(), on_done=done, key="reports.all")


def _at(ms: int | None) -> Any:
    from ...core.clock import from_ms

    return None if ms is None else from_ms(ms)


def _read(desk: Any, kind: str, narrow: Narrow, code: str) -> tuple[Figures | None, Table | None, Directory, Period]:
    from ...desk import directory

    period = figures.standing(desk, kind)
    if code:
        return None, reports.read(desk, code, period, narrow), directory.read(desk), period
    return figures.read(desk, period, narrow), None, directory.read(desk), period


def _customers(desk: Any) -> list[tuple[str, str]]:
    return figures.customers(desk)


def _everything(desk: Any, period: Period, narrow: Narrow) -> list[Table]:
    return [reports.read(desk, code, period, narrow) for code in REPORTS]
