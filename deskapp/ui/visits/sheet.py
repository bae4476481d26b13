"""The visit sheet: contacts, access, task, parts, safety, and room for what was done and a signature; as PDF."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ...desk.values import Directory
from ...desk.visits import VisitView
from .. import theme, words
from ..i18n import fill, translate
from . import texts


def html(view: VisitView, directory: Directory, times: words.Times) -> str:
    """The sheet as simple HTML, which QTextDocument lays out."""
    item = view.item
    person = directory.people.get(item.specialist_id)
    when = texts.with_breaks(f"{texts.day(item, times)}, {texts.window(item, times)}", view.pieces, times)
    facts = [
        (translate("Visits", "When"), when),
        (translate("Visits", "Who"), person.name if person else ""),
        (translate("Visits", "Customer"), item.customer),
        (translate("Visits", "Contact"), ", ".join(filter(None, [view.contact, view.phone, view.mail]))),
        (translate("Visits", "Address"), ", ".join(filter(None, [item.site, item.address]))),
        (translate("Visits", "Contract"), view.contract),
        (translate("Visits", "Equipment"), view.equipment),
    ]
    rows = "".join(
        f"<tr><td width='28%'><b>{escape(name)}</b></td><td>{escape(value)}</td></tr>" for name, value in facts if value
    )
    body = [
        f"<h2>{escape(fill(translate('Visits', 'Visit sheet, ticket %1'), words.number(item.number)))}</h2>",
        f"<p><b>{escape(item.subject)}</b></p>",
        f"<table width='100%' cellpadding='3'>{rows}</table>",
    ]
    for title, text in (
        (translate("Visits", "Task"), view.task),
        (translate("Visits", "Access"), view.access),
        (translate("Visits", "Safety"), view.safety),
    ):
        if text:
            body.append(f"<h4>{escape(title)}</h4><p>{escape(text)}</p>")
    if view.parts:
        listed = "".join(f"<li>{escape(texts.reserved(one))}</li>" for one in view.parts)
        body.append(f"<h4>{escape(translate('Visits', 'Parts'))}</h4><ul>{listed}</ul>")
    done = escape(translate("Visits", "What was fixed"))
    body.append(f"<h4>{done}</h4>")
    body.append(f"<p>{escape(view.fixed)}</p>" if view.fixed else "<p><br><br><br><br></p>")
    left = escape(translate("Visits", "Parts used and returned:"))
    body.append(f"<p>{left}</p><p><br></p>")
    accepted = escape(translate("Visits", "Accepted by, signature, date:"))
    line = "_" * 60
    body.append(f"<p>{accepted}</p><p><br>{escape(view.accepted_by) or line}</p>")
    return "".join(body)


def save_pdf(path: Path, view: VisitView, directory: Directory, times: words.Times) -> None:
    """Write the sheet on A4; OSError where the place cannot be written to."""
    path.touch()
    writer = QPdfWriter(str(path))
    writer.setTitle(fill(translate("Visits", "Visit sheet, ticket %1"), words.number(view.item.number)))
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(15, 15, 15, 15)
    )
    layout.setUnits(QPageLayout.Unit.Millimeter)
    writer.setPageLayout(layout)
    document = QTextDocument()
    font = theme.current().font("body")
    font.setPointSizeF(11)
    document.setDefaultFont(font)
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.setHtml(html(view, directory, times))
    document.print_(writer)
