"""Reports outside the window: CSV, XLSX, PDF, paper, the clipboard. Every row goes along."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QMarginsF, QPoint, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog

from ...core.errors import UserFacingError
from ...desk import report_files
from ...desk.report_files import Sheet
from ...desk.reports import Table
from .. import theme
from ..actions import Action, ActionRegistry
from ..i18n import fill, translate
from ..messages import Messages
from . import words as said

if TYPE_CHECKING:
    from .screen import ReportsScreen


def sheet(table: Table, rule_minutes: int) -> Sheet:
    """A report with words for its columns and figures in its cells; durations are minutes, and say so."""
    headers, kinds = [], []
    for code, kind in table.columns:
        words = said.column(code)
        headers.append(fill(translate("Reports", "%1, min"), words) if kind == "minutes" else words)
        kinds.append(kind)
    rows = tuple(
        tuple(said.for_file(kind, value, rule_minutes) for kind, value in zip(kinds, row, strict=True))
        for row in table.rows
    )
    return Sheet(said.report(table.code), tuple(headers), tuple(kinds), rows)


#: Dots of a page for each of the screen.
_DOTS = 3


class Output:
    """The commands that bring a report out of the window."""

    def __init__(self, screen: ReportsScreen, messages: Messages, actions: ActionRegistry) -> None:
        self._screen, self._messages = screen, messages
        for name, text, run, icon, key in (
            ("csv", QT_TRANSLATE_NOOP("Actions", "Save the report as CSV"), self.csv, "download", ""),
            ("xlsx", QT_TRANSLATE_NOOP("Actions", "Save the reports as XLSX"), self.xlsx, "download", ""),
            ("pdf", QT_TRANSLATE_NOOP("Actions", "Save the report as PDF"), self.pdf, "download", ""),
            ("print", QT_TRANSLATE_NOOP("Actions", "Print the report"), self.print, "printer", "Ctrl+P"),
            ("copy", QT_TRANSLATE_NOOP("Actions", "Copy the report as cells"), self.copy, "copy", "Ctrl+Shift+C"),
        ):
            actions.add(Action(f"reports.{name}", text, run, icon, key, "reports"))

    # -- asking where to

    def csv(self) -> None:
        path = self._ask("csv", "CSV (*.csv)")
        if path is not None:
            self.save_csv(path)

    def xlsx(self) -> None:
        path = self._ask("xlsx", "XLSX (*.xlsx)")
        if path is not None:
            self.save_xlsx(path)

    def pdf(self) -> None:
        path = self._ask("pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_pdf(path)

    def _ask(self, suffix: str, kind: str) -> Path | None:
        period = self._screen.period()
        if period is None:
            return None
        table = self._screen.shown_table()
        name = said.report(table.code) if table else self._screen.title()
        title = translate("Reports", "Save the report")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._screen, title, f"{name} {period.first} {period.last}.{suffix}", kind
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == f".{suffix}" else path.with_name(f"{path.name}.{suffix}")

    # -- saving

    def save_csv(self, path: Path) -> None:
        """The report that is shown; of the figures, every ticket that they count."""
        table = self._screen.shown_table()
        if table is not None:
            self._write(path, partial(report_files.as_csv, sheet(table, self._screen.rule())))
        else:
            self._screen.all_reports(partial(self._save_tickets, path))

    def _save_tickets(self, path: Path, found: list[Table]) -> None:
        (tickets,) = (table for table in found if table.code == "tickets")
        self._write(path, partial(report_files.as_csv, sheet(tickets, self._screen.rule())))

    def save_xlsx(self, path: Path) -> None:
        """A workbook with every report of the period, a sheet each."""
        self._screen.all_reports(partial(self._save_book, path))

    def _save_book(self, path: Path, found: list[Table]) -> None:
        shown = self._screen.shown_table()
        first = shown.code if shown else ""
        pages = [sheet(table, self._screen.rule()) for table in sorted(found, key=lambda table: table.code != first)]
        self._write(path, partial(report_files.as_xlsx, pages))

    def _write(self, path: Path, make: Any) -> None:
        self._told(lambda: report_files.save(path, make(self._screen.times().zone)))

    def save_pdf(self, path: Path) -> None:
        def make() -> None:
            report_files.save(path, b"")  # a file that cannot be written is told before anything is drawn
            writer = QPdfWriter(str(path))
            writer.setTitle(self._screen.title())
            self._paint(writer)

        self._told(make)

    def print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self._screen).exec() == QDialog.DialogCode.Accepted:
            self._paint(printer)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._screen.cells())
        self._messages.say(translate("Reports", "The figures are on the clipboard."))

    def _told(self, save: Any) -> None:
        try:
            save()
        except UserFacingError as trouble:
            self._messages.error(trouble)
        else:
            self._messages.say(translate("Reports", "Saved."))

    # -- on paper

    def _paint(self, device: Any) -> None:
        """The page of figures on one sheet as it is on the screen, in light colours; a table on as many as it takes."""
        page = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(10, 10, 10, 10)
        )
        device.setPageLayout(page)
        period = self._screen.period()
        heading = f"{self._screen.title()}, {said.span(period)}" if period else self._screen.title()
        table = self._screen.shown_table()
        if table is not None:
            document = QTextDocument()
            font = theme.current().font("caption")
            font.setPointSizeF(7.5)
            document.setDefaultFont(font)
            document.setHtml(self._html(heading, table))
            document.print_(device)
            return
        was = theme.current().mode
        dark = theme.current().dark
        if dark:
            theme.current().set_mode("light")
        painter = QPainter(device)
        paper = device.pageLayout().paintRectPixels(device.resolution())
        widget = self._screen.overview
        line = paper.height() * 0.05
        font = theme.current().font("heading")
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, paper.width(), line), 0, heading)
        scale = min(paper.width() / widget.width(), (paper.height() - line) / widget.height())
        # as a picture: some of what the style draws is no shape that a page knows
        picture = QImage(widget.size() * _DOTS, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(_DOTS)
        picture.fill(theme.current().color("bg-window"))
        widget.render(picture, QPoint(0, 0))
        painter.drawImage(QRectF(0, line, widget.width() * scale, widget.height() * scale), picture)
        painter.end()
        if dark:
            theme.current().set_mode(was)

    def _html(self, heading: str, table: Table) -> str:
        times = self._screen.times()
        head = "".join(f"<th align='left'>{escape(said.column(code))}</th>" for code, _kind in table.columns)
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td>{escape(said.cell(kind, value, times, self._screen.rule()))}</td>"
                for (_code, kind), value in zip(table.columns, row, strict=True)
            )
            + "</tr>"
            for row in table.rows
        )
        return (
            f"<h3>{escape(said.report(table.code))}. {escape(heading)}</h3>"
            "<table border='1' cellspacing='0' cellpadding='3' width='100%'>"
            f"<thead><tr>{head}</tr></thead>{rows}</table>"
        )
