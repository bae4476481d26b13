"""A person's plan as an iCalendar file, for any calendar that reads one. The only file that knows icalendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from deskapp.desk import directory, planboard

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

#: Words of an entry, by the desk's language.
_WORDS = {
    "ru": {"number": "№", "promised": "Обещано", "travel": "Дорога", "visit": "Выезд"},
    "en": {"number": "#", "promised": "Promised", "travel": "Travel", "visit": "Visit"},
}


def plan(desk: Desk, person_id: str, start: date, days: int) -> bytes:
    """Bookings and absences of ``days`` dates from ``start`` on. Ids are stable: importing again doubles nothing.

    What is told of a ticket is its number, customer and subject; nothing of its letters.
    """
    from icalendar import Calendar, Event  # 60 ms that only an export needs

    calendar = desk.schedule.of(person_id)
    zone = ZoneInfo(calendar.zone)
    low = datetime.combine(start, time(), zone)
    high = datetime.combine(start + timedelta(days=days), time(), zone)
    person = directory.people(desk)[person_id]
    found = Calendar()
    found.add("prodid", "-//deskapp//plan//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", person.name)
    stamp = desk.clock.now()
    words = _WORDS.get(desk.language, _WORDS["en"])
    for block in planboard.blocks_of(desk, low, high, person_id):
        event = Event()
        event.add("uid", f"{block.id}@deskapp")
        event.add("dtstamp", stamp)
        event.add("dtstart", block.start)
        event.add("dtend", block.end)
        number = f"{words['number']}{block.number}" if block.number is not None else ""
        about = ": ".join(part for part in (block.customer, block.subject) if part)
        kind = f"{words[block.kind]}," if block.kind in words else ""
        event.add("summary", " ".join(part for part in (kind, number, about) if part).rstrip(","))
        event.add("categories", [block.kind])
        event.add("status", "CONFIRMED" if block.pinned or block.state != "planned" else "TENTATIVE")
        if block.promised_at is not None:
            event.add("description", f"{words['promised']}: {block.promised_at.astimezone(zone):%d.%m.%Y %H:%M}")
        found.add_component(event)
    for absence in dict.fromkeys(calendar.absences):
        if absence.span.start < high and absence.span.end > low:
            event = Event()
            begin, end = (int(moment.timestamp()) for moment in (absence.span.start, absence.span.end))
            event.add("uid", f"{person_id}-{begin}-{end}-{absence.kind}@deskapp")
            event.add("dtstamp", stamp)
            event.add("dtstart", absence.span.start)
            event.add("dtend", absence.span.end)
            event.add("summary", absence.name or absence.kind)
            event.add("transp", "OPAQUE")
            found.add_component(event)
    return bytes(found.to_ical())
