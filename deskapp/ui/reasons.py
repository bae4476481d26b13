"""Why a slot is offered and what it does to others, why a person is not: the planner's codes in words.

Rows of the working-time trace have their words in `trace.row_text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..desk.values import Directory, MarginBase, PromiseView
from ..planning.values import NotOffered, Reason, Slot
from . import words
from .i18n import fill, translate


class Effect(NamedTuple):
    """What a slot does to other tickets: icon, colour role, words."""

    icon: str
    token: str
    text: str


def reasons(slot: Slot, directory: Directory, times: words.Times) -> str:
    """The reasons of a slot as sentences of one line."""
    codes = {item.code for item in slot.reasons}
    said = []
    # what a card has no room for should be the least of them
    for item in sorted(slot.reasons, key=lambda item: item.code == "knows_customer"):
        if item.code == "after_lunch" and "free_after" in codes:
            continue  # said together
        lunch = item.code == "free_after" and "after_lunch" in codes
        said.append(reason(item, directory, times, and_lunch=lunch))
    return " ".join(f"{text}." for text in said if text)


def reason(item: Reason, directory: Directory, times: words.Times, and_lunch: bool = False) -> str:
    """One reason without its full stop; nothing for what the line of effects says already, or an unknown code."""
    args = item.args
    match item.code:
        case "similar":
            n = _int(args, "n")
            return translate("Reasons", "%n similar ticket(s)", None, n) if n else ""
        case "knows_customer":
            n = _int(args, "n")
            return translate("Reasons", "Solved %n ticket(s) of this customer", None, n) if n else ""
        case "substitutes":
            name = _person(args, directory)
            return fill(translate("Reasons", "Stands in for %1"), name) if name else ""
        case "as_planned":
            return translate("Reasons", "As it is planned already")
        case "free_now":
            return translate("Reasons", "Free now")
        case "free_after":
            after = _numbers(args)
            if not after:
                return translate("Reasons", "Free after lunch") if and_lunch else ""
            if and_lunch:
                return fill(translate("Reasons", "Free after %1 and lunch"), after)
            return fill(translate("Reasons", "Free after %1"), after)
        case "after_lunch":
            return translate("Reasons", "Free after lunch")
        case "after_absence":
            return {
                "vacation": translate("Reasons", "Free after the leave"),
                "training": translate("Reasons", "Free after the training"),
                "meeting": translate("Reasons", "Free after the meeting"),
            }.get(str(args.get("kind") or ""), translate("Reasons", "Free after an absence"))
        case "little_experience":
            minutes, usual = _int(args, "minutes"), _int(args, "usual")
            text = translate("Reasons", "Little experience with this: %1 in place of %2")
            return fill(text, words.short_duration(minutes), words.short_duration(usual))
        case "moves":
            return fill(translate("Reasons", "If needed earlier: moves %1"), _numbers(args))
        case "not_before":
            return not_before(item, times)
        case "after_deadline":
            return translate("Reasons", "Later than was asked for")
    return ""


def not_before(item: Reason, times: words.Times) -> str:
    """What holds work back, and until when."""
    until = item.args.get("until")
    if not isinstance(until, datetime):
        return ""
    if item.args.get("by") == "part":
        return fill(translate("Reasons", "A part comes on %1"), times.day(times.local(until).date()))
    return fill(translate("Reasons", "Not before %1"), times.moment(until))


def when(slot: Slot, times: words.Times) -> str:
    """When the work happens: "work 14:00–16:30", or where its pieces begin."""
    pieces = slot.pieces
    if not pieces:
        return ""
    days = {times.local(piece.start).date() for piece in pieces}
    if len(pieces) == 1:
        span = times.span(pieces[0].start, pieces[0].end)
        if days == {times.local(slot.promise).date()}:
            return fill(translate("Reasons", "work %1"), span)
        return fill(translate("Reasons", "work %1, %2", "day, span"), _weekday(pieces[0].start, times), span)
    starts: list[str] = []
    before: date | None = None
    for piece in pieces[:3]:
        day = times.local(piece.start).date()
        clock = times.time(piece.start)
        starts.append(clock if day == before else f"{_weekday(piece.start, times)}{words.NBSP}{clock}")
        before = day
    listed = ", ".join(starts) + (words.NBSP + "…" if len(pieces) > 3 else "")
    return fill(translate("Reasons", "%1, %2", "starts, number of parts"), listed, parts(len(pieces)))


def parts(n: int) -> str:
    return translate("Reasons", "%n part(s)", None, n)


def effect(slot: Slot) -> Effect:
    """Moves nobody; moves n within slack; breaks a promise, whose and by how much."""
    broken = [move for move in slot.diff.broken if move.late > 0]
    if broken:
        worst = max(broken, key=lambda move: move.late)
        text = fill(
            translate("Reasons", "Breaks %1 by %2"),
            words.number(worst.busy.number),
            words.working_duration(worst.late),
        )
        if len(broken) > 1:
            text = fill(translate("Reasons", "%1, and %2 more"), text, len(broken) - 1)
        return Effect("triangle-alert", "crit", text)
    tickets = {move.busy.ticket_id or move.busy.id for move in (*slot.diff.moved, *slot.diff.reassigned)}
    if tickets:
        return Effect("arrow-right", "high", moves(len(tickets)))
    return Effect("check", "ok", translate("Reasons", "Moves nobody"))


def moves(n: int) -> str:
    return translate("Reasons", "Moves %n ticket(s) within slack", None, n)


def not_offered(item: NotOffered, directory: Directory, times: words.Times) -> str:
    args = item.reason.args
    until = _day(args, times)
    match item.reason.code:
        case "absent_until":
            until = _day(args, times, last=True)
            kind = {
                "vacation": translate("Reasons", "on leave until %1"),
                "sick": translate("Reasons", "ill until %1"),
                "training": translate("Reasons", "training until %1"),
            }.get(str(args.get("kind") or ""), translate("Reasons", "absent until %1"))
            return fill(kind, until)
        case "no_skill":
            return translate("Reasons", "lacks the skill")
        case "other_line":
            line, from_line = _int(args, "line"), _int(args, "from_line")
            if line and from_line:
                return fill(translate("Reasons", "L%1, takes from L%2"), line, from_line)
            if line:
                return fill(translate("Reasons", "works on line L%1"), line)
            return translate("Reasons", "works on another line")
        case "no_gap_until" | "full_until":
            if not until:
                return translate("Reasons", "no free time")
            return fill(translate("Reasons", "no gap until %1"), until)
        case "no_calendar":
            return translate("Reasons", "no working calendar")
        case "slower":
            return translate("Reasons", "would finish later")
    return ""


def no_fit(item: Reason, directory: Directory, times: words.Times) -> str:
    """The sentence where no slot exists within the horizon."""
    args = item.args
    minutes, until = _int(args, "minutes"), _day(args, times)
    wanted = str(args.get("skill") or "")
    skill = next((choice.name for choice in directory.skills if choice.id == wanted), wanted)
    if item.code == "no_people":
        if skill:
            return fill(translate("Reasons", "Nobody has the skill %1."), words.quoted(skill))
        return translate("Reasons", "Nobody on the desk can take this.")
    if skill:
        text = translate("Reasons", "No %1 in a row with the skill %2 before %3.")
        return fill(text, words.duration(minutes), words.quoted(skill), until)
    return fill(translate("Reasons", "No %1 in a row before %2."), words.duration(minutes), until)


def load(item: Reason) -> str:
    """How full everybody is up to the horizon, where the planner says it."""
    load_percent = item.args.get("load")
    if not isinstance(load_percent, int):
        return ""
    text = translate("Reasons", "Those who could do it are booked to %1 until then.")
    return fill(text, words.percent(load_percent / 100))


def _int(args: Mapping[str, object], key: str) -> int:
    value = args.get(key)
    return int(value) if isinstance(value, (int, float)) else 0


def _numbers(args: Mapping[str, object]) -> str:
    value = args.get("numbers", args.get("number"))
    items: Iterable[object] = value if isinstance(value, (tuple, list)) else () if value is None else (value,)
    listed = [words.number(item) for item in items if isinstance(item, int)]
    if len(listed) > 2:
        return fill(translate("Reasons", "%1 and %2 more"), listed[0], len(listed) - 1)
    if len(listed) == 2:
        return fill(translate("Reasons", "%1 and %2"), *listed)
    return "".join(listed)


def _day(args: Mapping[str, object], times: words.Times, last: bool = False) -> str:
    """The day of ``until``; ``last``: the last one before it, for an absence that ends at midnight."""
    value = args.get("until")
    if isinstance(value, datetime):
        value -= timedelta(seconds=1 if last else 0)
        return times.day(times.local(value).date())
    return times.day(value) if isinstance(value, date) else ""


def _weekday(at: datetime, times: words.Times) -> str:
    day = times.local(at).date()
    if day == times.today():
        return translate("Words", "today")
    if abs((day - times.today()).days) < 7:
        return words.weekday_short(day)
    return words.date_short(day)


def _person(args: Mapping[str, object], directory: Directory) -> str:
    person = directory.people.get(str(args.get("person_id") or ""))
    return person.name if person else str(args.get("name") or "")


def base(proposal: PromiseView, cause: str, brief: bool = False) -> str:
    """What effort and margin of a proposal rest on; ``brief`` where there is one line for it."""
    said = []
    if proposal.assumed and proposal.minutes:
        said.append(fill(translate("Composer", "Assumed from the default for %1"), words.quoted(cause)))
    if proposal.usual:
        n, median, most = proposal.usual
        text = translate("Composer", "%n similar ticket(s), usually %1, nine in ten under %2", None, n)
        said.append(fill(text, words.duration(median), words.duration(most)))
    if proposal.minutes:
        said.append(margin(proposal.margin_base, brief))
    return ". ".join(text for text in said if text)


def margin(base: MarginBase, brief: bool = False) -> str:
    """What a margin rests on, as a sentence without its full stop; nothing where somebody chose it."""
    if brief and base.code in ("rule", "few") and not base.drift:
        return translate("Reasons", "Margin by the rule: little history")
    match base.code:
        case "rule":
            return translate("Reasons", "Margin by the desk's rule: too few tickets are finished to learn from")
        case "few" if not base.n:
            text = translate("Reasons", "Margin not below the desk's rule: no ticket like it is finished yet")
        case "few":
            text = translate(
                "Reasons",
                "Margin not below the desk's rule: %n finished ticket(s) like it say too little",
                None,
                base.n,
            )
        case "learnt":
            text = translate(
                "Reasons", "Margin learnt from %n finished ticket(s) like it: enough nine times in ten", None, base.n
            )
        case _:
            return ""
    if base.drift:
        longer = translate("Reasons", "lately they take %1 longer")
        shorter = translate("Reasons", "lately they take %1 less")
        text = f"{text}; {fill(longer if base.drift > 0 else shorter, words.percent(abs(base.drift)))}"
    return text
