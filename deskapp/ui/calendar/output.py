"""The plan outside the window: as text on the clipboard, on paper, as PDF, as an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog

from ...core.errors import UserFacingError
from ...desk import ical, report_files
from ...desk.values import CalendarBlock, CalendarRow, CalendarView
from .. import theme, words
from ..actions import Action, ActionRegistry
from ..i18n import fill, translate
from ..messages import Messages
from ..runner import TaskRunner
from ..words import Times
from . import texts

if TYPE_CHECKING:
    from .screen import CalendarScreen

#: Days that an exported plan covers, from what is looked at.
EXPORT_DAYS = 28


def _of(view: CalendarView, row: CalendarRow, day: date, times: Times) -> list[CalendarBlock]:
    found = [b for b in view.blocks if b.person_id == row.person.id and times.local(b.start).date() == day]
    return sorted(found, key=lambda block: block.start)


def _gone(row: CalendarRow, place: int, times: Times) -> Iterable[str]:
    return (texts.absence(absence, times) for absence in row.days[place].absences)


def _line(block: CalendarBlock, times: Times) -> str:
    about = texts.about(block) if block.part == 1 else ": ".join(x for x in (block.customer, block.subject) if x)
    kind = texts.kind_word(block)
    if about and block.kind != "work":
        about = f"{kind}, {about}"
    parts = [times.span(block.start, block.end), words.number(block.number), about or kind]
    said = texts.slack_texts(block)
    return f"{' '.join(parts)}{f' ({said[0]})' if said else ''}"


def as_text(view: CalendarView, times: Times) -> str:
    """People, their days, a line for each block; nothing for days on which nothing happens."""
    lines = [texts.span_title(view.days)]
    for row in view.rows:
        lines += ["", f"{row.person.name}, {texts.load(row.booked, row.working)}"]
        for place, day in enumerate(view.days):
            blocks, gone = _of(view, row, day, times), list(_gone(row, place, times))
            if not view.day_labels[place][2] and not blocks:
                continue  # nobody is missed on a day off
            if blocks or gone:
                lines.append(f"  {words.date_short(day)}")
                lines += [f"    {text}" for text in gone]
                lines += [f"    {_line(block, times)}" for block in blocks]
    return "\n".join(lines).replace(words.NBSP, " ") + "\n"


def as_html(view: CalendarView, times: Times) -> str:
    """A table for paper: people by days."""
    days = [
        (place, day)
        for place, day in enumerate(view.days)
        if view.day_labels[place][2] or any(_of(view, row, day, times) for row in view.rows)
    ]
    head = "".join(f"<th align='left'>{escape(words.date_short(day))}</th>" for _place, day in days)
    rows = []
    for row in view.rows:
        cells = []
        for place, day in days:
            inside = [f"<i>{escape(text)}</i>" for text in _gone(row, place, times)]
            for block in _of(view, row, day, times):
                about = [block.customer] if block.customer else []
                about += [texts.kind_word(block)] if block.kind != "work" or not about else []
                name = f"<b>{escape(words.number(block.number))}</b> {escape(', '.join(about))}"
                inside.append(f"{escape(times.span(block.start, block.end))}<br>{name}")
            cells.append(f"<td valign='top'>{'<br>'.join(inside)}</td>")
        load = escape(texts.load(row.booked, row.working))
        rows.append(f"<tr><td valign='top'><b>{escape(row.person.name)}</b><br>{load}</td>{''.join(cells)}</tr>")
    title = escape(texts.span_title(view.days))
    return (
        f"<h3>{title}</h3><table border='1' cellspacing='0' cellpadding='4' width='100%'>"
        f"<tr><th></th>{head}</tr>{''.join(rows)}</table>"
    )


def _layout() -> QPageLayout:
    page = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(page, QPageLayout.Orientation.Landscape, QMarginsF(10, 10, 10, 10))


def _document(view: CalendarView, times: Times) -> QTextDocument:
    document = QTextDocument()
    font = theme.current().font("caption")
    font.setPointSizeF(7.5)
    document.setDefaultFont(font)
    document.setHtml(as_html(view, times))
    return document


def save_pdf(path: Path, view: CalendarView, times: Times) -> None:
    """The plan on A4 pages; UserFacingError where the file cannot be written."""
    report_files.save(path, b"")  # a file that cannot be written is told before anything is drawn
    writer = QPdfWriter(str(path))
    writer.setPageLayout(_layout())
    writer.setTitle(texts.span_title(view.days))
    _document(view, times).print_(writer)


class Output:
    """The commands of the calendar that bring a plan out of the window."""

    def __init__(self, screen: CalendarScreen, runner: TaskRunner, messages: Messages, actions: ActionRegistry) -> None:
        self._screen, self._runner, self._messages = screen, runner, messages
        for name, text, run, icon, key in (
            ("copy", QT_TRANSLATE_NOOP("Actions", "Copy the plan as text"), self.copy, "copy", "Ctrl+Shift+C"),
            ("print", QT_TRANSLATE_NOOP("Actions", "Print the plan"), self.print, "printer", "Ctrl+P"),
            ("pdf", QT_TRANSLATE_NOOP("Actions", "Save the plan as PDF"), self.ask_pdf, "download", ""),
            ("ical", QT_TRANSLATE_NOOP("Actions", "Export a person's plan (iCalendar)"), self.ask_ical, "upload", ""),
        ):
            actions.add(Action(f"calendar.{name}", text, run, icon, key, "calendar"))

    def copy(self) -> None:
        view = self._screen.plan()
        if view is not None:
            QGuiApplication.clipboard().setText(as_text(view, self._screen.times()))
            self._messages.say(translate("Calendar", "The plan is on the clipboard."))

    def print(self) -> None:
        """The system's dialog, then the same pages as the PDF."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        view = self._screen.plan()
        if view is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(_layout())
        dialog = QPrintDialog(printer, self._screen)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            _document(view, self._screen.times()).print_(printer)

    def ask_pdf(self) -> None:
        view = self._screen.plan()
        if view is None:
            return
        title = translate("Calendar", "Save the plan as PDF")
        path, _kind = QFileDialog.getSaveFileName(self._screen, title, f"{view.start}.pdf", "PDF (*.pdf)")
        if path:
            self._told(partial(save_pdf, Path(path), view, self._screen.times()))

    def ask_ical(self) -> None:
        """Of the person whose block is chosen, else one's own."""
        view = self._screen.plan()
        if view is None or not view.rows:
            return
        block = self._screen.selected()
        person = block.person_id if block is not None else self._screen.me() or view.rows[0].person.id
        name = texts.person_name(view, self._screen.directory(), person)
        title = fill(translate("Calendar", "Export the plan of %1"), name)
        path, _kind = QFileDialog.getSaveFileName(self._screen, title, f"{name}.ics", "iCalendar (*.ics)")
        if path:
            self.export(person, Path(path))

    def export(self, person: str, path: Path) -> None:
        view = self._screen.plan()
        if view is None:
            return
        self._runner.run(
            "reader",
            ical.plan,
            person,
            view.start,
            max(EXPORT_DAYS, len(view.days)),
            on_done=partial(self._write, path),
        )

    def _write(self, path: Path, data: bytes) -> None:
        self._told(partial(report_files.save, path, data))

    def _told(self, save: Any) -> None:
        try:
            save()
        except UserFacingError as trouble:
            self._messages.error(trouble)
        else:
            self._messages.say(translate("Calendar", "Saved."))
