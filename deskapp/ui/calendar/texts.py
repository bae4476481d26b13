"""The calendar's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...desk.values import CalendarBlock, CalendarView, Directory, Person, Shift, TrayItem
from ...planning.values import Absence
from .. import words
from ..i18n import fill, translate
from ..words import EN_DASH, MINUS, NBSP, Times

#: Hours to a promise that nobody has planned yet, below which it is pressing, and below which it is worth a look.
_SOON, _NEAR = 4, 24
_NONE = timedelta()


def span_title(days: Sequence[date]) -> str:
    """ "2–8 November 2026", "30 November – 6 December 2026", or one whole date."""
    first, last = days[0], days[-1]
    if first == last:
        return fill(
            translate("Calendar", "%1, %2 %3 %4", "weekday, day month year"),
            words.weekday(first).capitalize(),
            first.day,
            words.month_of_date(first),
            first.year,
        )
    end = NBSP.join((str(last.day), words.month_of_date(last), str(last.year)))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{EN_DASH}{end}"
    start = NBSP.join((str(first.day), words.month_of_date(first)))
    if first.year != last.year:
        start = NBSP.join((start, str(first.year)))
    return f"{start} {EN_DASH} {end}"


def _short_weekday(day: date) -> str:
    return (
        translate("Calendar", "short Monday"),
        translate("Calendar", "short Tuesday"),
        translate("Calendar", "short Wednesday"),
        translate("Calendar", "short Thursday"),
        translate("Calendar", "short Friday"),
        translate("Calendar", "short Saturday"),
        translate("Calendar", "short Sunday"),
    )[day.weekday()]


def working_hours(view: CalendarView) -> str:
    """ "31 working hours, short Tuesday"."""
    if view.team_minutes % 60:
        text = fill(translate("Calendar", "%1 working hours"), words.hours(view.team_minutes))
    else:
        text = translate("Calendar", "%n working hour(s)", None, view.team_minutes // 60)
    parts = [text.replace(" ", NBSP, 1)]
    for day, (kind, _name, _minutes) in zip(view.days, view.day_labels, strict=True):
        if kind == "short":
            parts.append(_short_weekday(day))
    return ", ".join(parts)


def day_title(day: date) -> str:
    """ "Tue 3"."""
    name = words.weekday_short(day)
    return NBSP.join((name[:1].upper() + name[1:], str(day.day)))


def day_note(day: date, today: date, minutes: int, until: str) -> str:
    """What stands behind a day's name: past, today (until), hours."""
    if day < today:
        return translate("Calendar", "past", "day")
    parts = [translate("Calendar", "today", "day")] if day == today else []
    if until:
        parts.append(fill(translate("Calendar", "until %1"), until))
    if not parts and minutes:
        parts.append(NBSP.join((words.hours(minutes), translate("Words", "h"))))
    return ", ".join(parts)


def zone_note(zone: str, home: ZoneInfo, day: date) -> str:
    """How far the clock of somebody elsewhere is on a day from the one that is shown: "+2 h"; "" for the same time."""
    noon = datetime.combine(day, time(12), home)
    there = noon.astimezone(ZoneInfo(zone)) if zone else noon
    minutes = round(((there.utcoffset() or _NONE) - (noon.utcoffset() or _NONE)).total_seconds() / 60)
    if not minutes:
        return ""
    return f"{MINUS if minutes < 0 else '+'}{words.duration(abs(minutes))}"


def people_count(count: int) -> str:
    return translate("Calendar", "%n specialist(s)", None, count).replace(" ", NBSP)


def load_of_span(days: int) -> str:
    if days == 1:
        return translate("Calendar", "load of the day")
    return translate("Calendar", "load of the week") if days <= 7 else translate("Calendar", "load of two weeks")


def person_line(person: Person, me: bool, on_duty: bool = False) -> str:
    """ "L2 · exchanges", "L2 · you", "L1 · on duty"."""
    parts = [f"L{line}" for line in person.lines[:1]]
    if on_duty:
        parts.append(translate("Calendar", "on duty"))
    second = translate("Calendar", "you") if me else "" if on_duty else person.focus
    return " · ".join(part for part in [*parts, second] if part)


def duty_sentence(shift: Shift, times: Times) -> str:
    """ "On duty today, 09:00 to Thu 5 Nov, 09:00: by phone"."""
    same = times.local(shift.start).date() == times.local(shift.end).date()
    end = times.time(shift.end) if same else times.moment(shift.end)
    text = fill(translate("Calendar", "On duty %1 to %2"), times.moment(shift.start), end)
    return f"{text}: {shift.note}" if shift.note else text


def load(booked: int, working: int) -> str:
    """ "20.5 of 31 h"."""
    return fill(translate("Calendar", "%1 of %2 h"), words.hours(booked), words.hours(working)).replace(" ", NBSP)


def load_sentence(name: str, booked: int, working: int, reserve: int = 0) -> str:
    """``reserve`` in per cent."""
    text = fill(translate("Calendar", "%1: booked %2 of %3 h"), name, words.hours(booked), words.hours(working))
    if reserve and working:
        text = f"{text}, {kept_free(working * reserve // 100)}"
    if booked > working:
        text = f"{text}. {overload(booked - working)}"
    return text


def kept_free(minutes: int) -> str:
    """What of the working time no plan takes."""
    return fill(translate("Calendar", "%1 kept for the unforeseen"), words.duration(minutes))


def overload(minutes: int) -> str:
    return fill(translate("Calendar", "Over by %1"), words.duration(minutes))


def absence(item: Absence, times: Times) -> str:
    """ "Vacation until 13 November", "Training"."""
    word = {
        "vacation": translate("Calendar", "Vacation"),
        "sick": translate("Calendar", "Sick leave"),
        "training": translate("Calendar", "Training"),
        "meeting": translate("Calendar", "Meeting"),
        "travel": translate("Calendar", "Travel"),
    }.get(item.kind, translate("Calendar", "Absent"))
    name = item.name or word
    first = times.local(item.span.start).date()
    last = times.local(item.span.end - timedelta(seconds=1)).date()
    if last > first:
        day = NBSP.join((str(last.day), words.month_of_date(last)))
        return fill(translate("Calendar", "%1 until %2", "absence, date"), name, day)
    return name


def about(block: CalendarBlock) -> str:
    """What a block says below its number."""
    if block.part > 1 and block.kind == "work":
        return translate("Calendar", "continued")
    if block.customer and block.subject:
        return fill(translate("Calendar", "%1: %2", "customer, subject"), block.customer, block.subject)
    return block.customer or block.subject


def slack_texts(block: CalendarBlock) -> list[str]:
    """The slack of a block, the longest wording first."""
    slack = block.slack
    if slack is None or block.state == "done":
        return []
    if slack < 0:
        late = translate("Calendar", "late %1")
        brief = _brief(-slack)
        return [fill(late, words.working_duration(-slack)), fill(late, brief), words.MINUS + brief]
    frame = translate("Words", "slack %1")
    brief = _brief(slack)
    return [fill(frame, words.working_duration(slack)), fill(frame, brief), brief]


def _brief(minutes: int) -> str:
    """Slack in a narrow block: whole days from a working day on."""
    if minutes < words.WORKING_DAY:
        return words.short_duration(minutes)
    return words.working_duration(minutes // words.WORKING_DAY * words.WORKING_DAY)


def kind_word(block: CalendarBlock) -> str:
    if block.kind == "travel":
        return translate("Calendar", "Travel")
    return translate("Calendar", "Visit") if block.kind == "visit" else ""


def state_word(block: CalendarBlock) -> str:
    return {
        "planned": translate("Calendar", "Planned"),
        "in_progress": translate("Words", "In progress"),
        "done": translate("Calendar", "Done"),
    }.get(block.state, block.state)


def block_sentence(block: CalendarBlock, person: str, times: Times) -> str:
    """A block as one sentence, for the tooltip and for those who listen."""
    day = times.local(block.start).date()
    parts = [
        person,
        times.day(day),
        fill(translate("Calendar", "%1 to %2"), times.time(block.start), times.time(block.end)),
        words.number(block.number),
        *(part for part in (block.customer, block.subject) if part),
        state_word(block).lower(),
    ]
    if block.kind != "work":
        parts.append(kind_word(block).lower())
    if block.parts > 1:
        parts.append(fill(translate("Calendar", "part %1 of %2"), block.part, block.parts))
    if block.state != "done":
        parts.append(words.urgency(block.urgency).lower())
        if block.promised_at is None:
            parts.append(translate("Calendar", "no promise yet"))
        elif block.slack is not None:
            parts.append(words.slack(block.slack))
    if block.pinned:
        parts.append(translate("Calendar", "pinned"))
    if block.override:
        parts.append(block.override)
    return ", ".join(parts)


def tray_deadline(item: TrayItem, times: Times) -> tuple[str, str]:
    """The deadline to answer and its colour role; of an answered one what is promised, or that nothing is."""
    if item.answer_due is None and item.promised_at is not None:
        ahead = (item.promised_at - times.now).total_seconds() / 3600
        if ahead < 0:
            return translate("Calendar", "promise is past"), "crit"
        text = fill(translate("Calendar", "promised %1"), times.moment_brief(item.promised_at))
        return text, "crit" if ahead < _SOON else "high" if ahead < _NEAR else "text2"
    if item.answer_due is None:
        return translate("Calendar", "answered"), "ok"
    if item.answer_due < times.now:
        return translate("Calendar", "answer overdue"), "crit"
    text = fill(translate("Calendar", "by %1"), times.moment_brief(item.answer_due))
    left = (item.answer_due - times.now).total_seconds() / 60
    return text, "crit" if left < 45 else "high" if left < 90 else "text2"


def tray_effort(item: TrayItem) -> tuple[str, str]:
    """The effort chip of a card: text and colour family."""
    if item.effort is None:
        return translate("Calendar", "No estimate"), "high"
    text = words.duration(item.effort)
    if item.visit:
        text = fill(translate("Calendar", "%1, visit"), text)
    return text, "low"


def tray_sentence(item: TrayItem, times: Times) -> str:
    parts = [
        words.number(item.number),
        item.customer,
        item.subject,
        words.urgency(item.urgency).lower(),
        tray_effort(item)[0],
        tray_deadline(item, times)[0],
    ]
    return ", ".join(part for part in parts if part)


def number_in(number: int | None) -> str:
    """The number within a block, without its sign."""
    return str(number) if number is not None else "…"


def person_name(view: CalendarView, directory: Directory | None, person_id: str) -> str:
    for row in view.rows:
        if row.person.id == person_id:
            return row.person.short or row.person.name
    person = directory.people.get(person_id) if directory is not None else None
    return person.short if person is not None else ""


def preview_when(start: datetime, end: datetime, times: Times) -> str:
    """ "Thu 5 Nov, 09:00–11:30"."""
    first, last = times.local(start).date(), times.local(end).date()
    if first == last:
        return fill(translate("Words", "%1, %2", "day, time"), words.date_short(first), times.span(start, end))
    return f"{times.moment(start)} {EN_DASH} {times.moment(end)}"


def more_chosen(count: int) -> str:
    """How many blocks are chosen besides the one that is told."""
    return translate("Calendar", "%n more chosen", None, count)


def what_changed(before: CalendarView, after: CalendarView) -> str:
    """What others did to the plan meanwhile, the first of it: "Orlov took #4140"; "" when the blocks shown are the
    same."""
    old = {block.id: block for block in before.blocks}
    new = {block.id: block for block in after.blocks}
    names = {row.person.id: row.person.short for row in (*before.rows, *after.rows)}
    for block in after.blocks:
        was = old.get(block.id)
        if was is None or was.person_id != block.person_id:
            taken = translate("Calendar", "%1 took %2", "person, ticket")
            return fill(taken, names.get(block.person_id, ""), words.number(block.number))
        if (was.start, was.end) != (block.start, block.end):
            return fill(translate("Calendar", "%1 was moved", "ticket"), words.number(block.number))
    for block in before.blocks:
        if block.id not in new:
            return fill(translate("Calendar", "%1 was put back", "ticket"), words.number(block.number))
    return ""
