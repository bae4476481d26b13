"""What a row of the queue says: pure words from a row's values, made once and kept until it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ...core.clock import from_ms
from ...desk.values import Directory, QueueItem
from .. import words
from ..i18n import fill, translate

#: Working minutes left under which the right column turns red and amber (ui.md 5.1).
ANSWER_CRITICAL = 45
ANSWER_HIGH = 90
#: A contract's date nearer than this is told in the third line.
_NEAR = timedelta(hours=8)
#: What asks for me on a ticket that may be anybody's.
_CALLING = ("given", "reminder", "mention")

Piece = tuple[str, str]  # words, colour role


@dataclass(frozen=True)
class RowWords:
    """A row ready to paint. ``third`` are the pieces of its last line, each with its colour role."""

    number: str
    customer: str
    subject: str
    right: Piece
    third: tuple[Piece, ...]
    cause: str = ""
    owner: str = ""
    deadline: str = ""
    slack: Piece = ("", "text2")


@dataclass(frozen=True)
class Setting:
    """What the words depend on besides the row itself."""

    tab: str
    times: words.Times
    directory: Directory
    left: Mapping[str, int] = field(default_factory=dict)


_TITLES = {
    "answer": QT_TRANSLATE_NOOP("Queue", "Answer within 2 h"),
    "slipping": QT_TRANSLATE_NOOP("Queue", "Slipping"),
    "mine": QT_TRANSLATE_NOOP("Queue", "Mine today"),
    "waiting": QT_TRANSLATE_NOOP("Queue", "Waiting for customer"),
    "confirm": QT_TRANSLATE_NOOP("Queue", "To confirm closing"),
    "all": QT_TRANSLATE_NOOP("Queue", "All"),
    "aside": QT_TRANSLATE_NOOP("Queue", "Set aside"),
}


def tab_title(tab: str) -> str:
    return translate("Queue", _TITLES[tab])


_SHORT_TITLES = {
    "answer": QT_TRANSLATE_NOOP("Queue", "Answer"),
    "slipping": QT_TRANSLATE_NOOP("Queue", "Slipping"),
    "mine": QT_TRANSLATE_NOOP("Queue", "Mine"),
    "waiting": QT_TRANSLATE_NOOP("Queue", "Waiting"),
    "confirm": QT_TRANSLATE_NOOP("Queue", "Confirm"),
    "all": QT_TRANSLATE_NOOP("Queue", "All"),
    "aside": QT_TRANSLATE_NOOP("Queue", "Set aside"),
}


def tab_short(tab: str) -> str:
    """For windows under 1120 pixels."""
    return translate("Queue", _SHORT_TITLES[tab])


def order_words(tab: str) -> str:
    return {
        "answer": translate("Queue", "By time left to answer"),
        "slipping": translate("Queue", "Worst first"),
        "mine": translate("Queue", "By planned time"),
        "waiting": translate("Queue", "Longest silence first"),
        "confirm": translate("Queue", "Longest wait first"),
    }.get(tab, translate("Queue", "Last change first"))


def group_title(code: str) -> str:
    return {
        "overdue": translate("Queue", "Answer overdue"),
        "hour": translate("Queue", "Less than an hour"),
        "two_hours": translate("Queue", "Up to two hours"),
        "answered": translate("Queue", "Answered today"),
        "now": translate("Queue", "In work now"),
        "given": translate("Queue", "Handed to you"),
        "reminder": translate("Queue", "Reminders"),
        "mention": translate("Queue", "Mention you"),
        "needs": translate("Queue", "Needs your act"),
        "next": translate("Queue", "Next in plan"),
        "silent": translate("Queue", "Customer silent over 2 days"),
    }.get(code, code)


def group_figure(code: str, minutes: int) -> str:
    """What stands at the right of a group's head."""
    if code == "answered":
        return fill(translate("Queue", "%1 on average"), words.duration(minutes))
    if code == "now" and minutes:
        return fill(translate("Queue", "%1 left"), words.duration(minutes))
    return words.duration(minutes) if code == "next" and minutes else ""


def empty_text(tab: str) -> str:
    return {
        "answer": translate("Queue", "Everybody has an answer. The next date appears with a new letter."),
        "slipping": translate("Queue", "All promises hold."),
        "mine": translate("Queue", "Nothing planned today. Take from the tray?"),
        "waiting": translate("Queue", "Nobody is asked anything."),
        "confirm": translate("Queue", "No consent is owed."),
        "all": translate("Queue", "No open tickets."),
        "aside": translate("Queue", "Nothing was set aside."),
    }.get(tab, translate("Queue", "Nothing matches the filter."))


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def make(item: QueueItem, setting: Setting) -> RowWords:
    pieces = [piece for piece in _third(item, setting) if piece[0]]
    owner = setting.directory.people.get(item.owner_id)
    promised = _at(item.promised_at)
    return RowWords(
        number=words.number(item.number),
        customer=item.customer,
        subject=item.subject,
        right=_right(item, setting),
        third=tuple(pieces),
        cause=setting.directory.cause(item.cause_id),
        owner=owner.short if owner else "",
        deadline=setting.times.moment_brief(promised) if promised else "",
        slack=_slack(item) if promised and item.slack is not None else ("", "text2"),
    )


# -- the right column, by tab


def _right(item: QueueItem, setting: Setting) -> Piece:
    by_tab = {
        "answer": _right_answer,
        "slipping": _right_slipping,
        "mine": _right_mine,
        "waiting": _right_waiting,
        "confirm": _right_waiting,
    }.get(setting.tab)
    found = by_tab(item, setting) if by_tab else None
    return found or (setting.times.moment_brief(from_ms(item.touched_at)), "text2")


def _right_answer(item: QueueItem, setting: Setting) -> Piece | None:
    if item.group == "answered":
        if item.answer_minutes is None:
            return None
        return fill(translate("Queue", "in %1"), words.duration(item.answer_minutes)), "ok"
    left = setting.left.get(item.ticket_id)
    if left is None:
        return None
    if left < 0:
        return fill(translate("Queue", "over by %1"), words.duration(-left)), "crit"
    token = "crit" if left < ANSWER_CRITICAL else "high" if left < ANSWER_HIGH else "text2"
    return words.duration(left), token


def _right_slipping(item: QueueItem, _setting: Setting) -> Piece | None:
    return None if item.slack is None else _slack(item)


def _slack(item: QueueItem) -> Piece:
    slack = item.slack or 0
    return words.slack(slack), "crit" if slack < 0 else "high" if item.why == "short_slack" else "text2"


def _right_mine(item: QueueItem, setting: Setting) -> Piece | None:
    times = setting.times
    promised, start, end = _at(item.promised_at), _at(item.planned_start), _at(item.planned_end)
    if item.group == "silent":
        return _right_waiting(item, setting)
    if item.group == "needs":
        if item.why == "late" and promised:
            return fill(translate("Queue", "until %1"), times.moment_brief(promised)), "crit"
        letter = _at(item.letter_in_at)
        if letter is not None:
            today = times.local(letter).date() == times.today()
            return (times.ago(letter) if today else times.day(times.local(letter).date())), "text2"
        return None
    if start is not None and end is not None:
        token = "ok" if item.group == "now" else "text2"
        if times.local(start).date() == times.today() == times.local(end).date():
            return times.span(start, end), token
        return times.moment_brief(start), token
    return None


def _right_waiting(item: QueueItem, setting: Setting) -> Piece | None:
    since = _at(item.waiting_since)
    if since is None:
        return None
    away = (setting.times.today() - setting.times.local(since).date()).days
    return (words.days(away) if away > 0 else setting.times.day(setting.times.today())), "text2"


# -- the third line


def _third(item: QueueItem, setting: Setting) -> list[Piece]:
    times = setting.times
    cause = setting.directory.cause(item.cause_id)
    promised, forecast = _at(item.promised_at), _at(item.forecast_at)
    until = fill(translate("Queue", "until %1"), times.moment_brief(promised)) if promised else ""
    if setting.tab == "answer" and item.group == "answered":
        return _answered(item, setting, promised)
    if setting.tab == "answer" or (not promised and item.status == "new" and item.why not in _CALLING):
        return _unanswered(item, setting, cause)
    if item.why in _CALLING:
        return _calling(item, cause, until)
    if item.why == "new_date_owed":
        return [(translate("Queue", "Not fixed, a new date is owed"), "crit"), (cause, "text2")]
    if item.why == "late":
        late = fill(translate("Queue", "Promise late by %1"), words.working_duration(-(item.slack or 0)))
        after = fill(translate("Queue", "forecast %1"), times.moment_brief(forecast)) if forecast else ""
        return [(late, "crit"), (after, "text2")]
    if item.why in ("thanks", "answer_to_done"):
        said = fill(translate("Queue", "Customer: %1"), words.quoted(item.hint))
        act = translate("Queue", "close by consent") if item.why == "thanks" else ""
        return [(said, "text2"), (act, "text2")]
    if item.why == "letter":
        letter = _at(item.letter_in_at)
        when = times.moment_brief(letter) if letter else ""
        return [(fill(translate("Queue", "New letter %1"), when), "text2"), (cause, "text2")]
    if setting.tab == "waiting" or item.group == "silent":
        return [(translate("Queue", "Asked, no answer yet"), "text2"), (cause, "text2"), (until, "text2")]
    agreed = _agreed(item, setting)
    if agreed[0]:
        return [agreed, (cause, "text2"), (until, "text2")]
    if setting.tab == "confirm":
        return [(translate("Queue", "Open until the customer agrees"), "text2"), (cause, "text2")]
    return _planned(item, setting, cause, until)


def _calling(item: QueueItem, cause: str, until: str) -> list[Piece]:
    """Why a ticket stands here whoever has it."""
    said = {
        "given": translate("Queue", "Waits for you to take it over"),
        "reminder": item.hint or translate("Queue", "You wanted to be reminded"),
        "mention": translate("Queue", "You are named in a note"),
    }[item.why]
    return [(said, "esc" if item.why == "given" else "accent"), (cause, "text2"), (until, "text2")]


def _agreed(item: QueueItem, setting: Setting) -> Piece:
    """The contract's date where it matters: it has passed, will be missed, or is nearer than a working day."""
    due, times = _at(item.solution_due), setting.times
    if due is None or item.status == "resolved":
        return "", "text2"
    if due < times.now:
        return fill(translate("Queue", "By the contract due %1"), times.moment_brief(due)), "crit"
    missed = [at for at in (item.forecast_at, item.promised_at) if at is not None and from_ms(at) > due]
    if missed or due - times.now < _NEAR:
        return fill(translate("Queue", "By the contract until %1"), times.moment_brief(due)), "high"
    return "", "text2"


def _planned(item: QueueItem, setting: Setting, cause: str, until: str) -> list[Piece]:
    forecast = _at(item.forecast_at)
    pieces: list[Piece] = [(cause, "text2")]
    if setting.tab in ("all", "aside", "slipping"):
        owner = setting.directory.people.get(item.owner_id)
        if setting.tab != "slipping":
            pieces.insert(0, (words.status(item.status, item.wait_for), "text2"))
        pieces.append((owner.short if owner else translate("Queue", "no owner"), "text2"))
    pieces.append((until, "text2"))
    if setting.tab == "slipping" and forecast:
        when = setting.times.moment_brief(forecast)
        pieces.append((fill(translate("Queue", "forecast %1"), when), "text2"))
    elif until and item.slack is not None:
        pieces.append(_slack(item))
    return pieces


def _unanswered(item: QueueItem, setting: Setting, cause: str) -> list[Piece]:
    effort = (
        fill(translate("Queue", "estimate %1"), words.duration(item.effort))
        if item.effort
        else translate("Queue", "no estimate")
    )
    pieces: list[Piece] = [(cause or translate("Queue", "no cause given"), "text2"), (effort, "text2")]
    if item.status == "waiting" or item.why == "question_open":
        pieces.append((translate("Queue", "a question does not stop the clock"), "high"))
    elif item.owner_id:
        owner = setting.directory.people.get(item.owner_id)
        pieces.append((owner.short if owner else "", "text2"))
    return pieces


def _answered(item: QueueItem, setting: Setting, promised: datetime | None) -> list[Piece]:
    if promised is None:
        return [(words.status(item.status, item.wait_for), "text2")]
    owner = setting.directory.people.get(item.owner_id)
    planned = item.planned_start is not None
    by = (owner.short if owner else "") if planned else translate("Queue", "not planned yet")
    return [(fill(translate("Queue", "Promised %1"), setting.times.moment(promised)), "text2"), (by, "text2")]


# -- for those who listen


def sentence(item: QueueItem, setting: Setting, pieces: Sequence[Piece]) -> str:
    """A row in one sentence; ``pieces`` are those of its third line. Made when somebody listens, not when it is
    painted."""
    promised = _at(item.promised_at)
    parts = [
        fill(translate("Queue", "Ticket %1"), item.number if item.number is not None else ""),
        item.customer,
        fill(translate("Queue", "urgency %1"), words.urgency(item.urgency).lower()),
        item.subject,
        words.status(item.status, item.wait_for).lower(),
    ]
    if item.unread:
        parts.append(translate("Queue", "unread"))
    if promised is not None:
        parts.append(fill(translate("Queue", "promised %1"), setting.times.moment(promised)))
    if item.slack is not None and promised is not None:
        parts.append(words.slack(item.slack))
    left = setting.left.get(item.ticket_id)
    if left is not None:
        parts.append(
            fill(translate("Queue", "%1 left to answer"), words.duration(left))
            if left >= 0
            else fill(translate("Queue", "answer overdue by %1"), words.duration(-left))
        )
    if item.why and pieces:
        parts.append(pieces[0][0])
    return ", ".join(part for part in parts if part).replace(words.NBSP, " ")
