"""The shared tables of what a support team does beside planning: sites, targets, visits, parts, articles, ratings.

They keep the rules of ``schema``, which names them among the others.
"""

from __future__ import annotations

from deskapp.models.fields import Day, Flag, Json, Ms, Number, Ref, Text
from deskapp.models.shared import Shared

# --- what a customer has -----------------------------------------------------------------------------------------


class Site(Shared):
    """A place where a customer works, and how one gets there and in."""

    customer_id = Ref(index=True)
    name = Text()
    address = Text()
    zone = Text()
    travel_minutes = Number(default=None)  # one way
    access = Text()
    safety = Text()
    note = Text()
    active = Flag(default=1)


class Equipment(Shared):
    customer_id = Ref(index=True)
    site_id = Ref()
    name = Text()
    maker = Text()
    serial = Text()
    installed = Day()
    note = Text()
    active = Flag(default=1)


class ContractTarget(Shared):
    """What a contract grants for an urgency, in minutes of the contract's hours; id is natural (contract, urgency)."""

    contract_id = Ref(index=True)
    urgency = Number(default=3)
    reaction = Number(default=None)
    solution = Number(default=None)
    replacement = Number(default=None)  # of a broken part
    hours = Text()  # 8×5 or 24×7 where this urgency is counted by others than the contract's


# --- preliminary analysis, knowledge -----------------------------------------------------------------------------


class CauseQuestion(Shared):
    """A question of the preliminary analysis. ``answers``: [{"text", "text_en", "zone_id"}]; empty: in own words."""

    cause_id = Ref(index=True)
    text = Text()
    text_en = Text()
    answers = Json()
    position = Number()
    active = Flag(default=1)


class Article(Shared):
    """What was learnt of a fault. ``internal`` is never shown to a customer. Its number is of the tickets' line."""

    number = Number(default=None)
    title = Text()
    language = Text()
    product = Text()
    version = Text()
    cause_id = Ref()
    owner_id = Ref()
    state = Text(default="draft")  # draft | published | retired
    symptoms = Text()
    why = Text()
    fix = Text()
    prevention = Text()
    internal = Text()
    ticket_id = Ref()  # the one that it was made from
    made_at = Ms()
    made_by = Ref()
    changed_at = Ms()
    checked_on = Day()
    check_by = Day()


class ArticleUse(Shared):
    """An article helped with a ticket. ``how``: letter, note, found."""

    insert_only = True
    article_id = Ref(index=True)
    ticket_id = Ref()
    author_id = Ref()
    made_at = Ms()
    how = Text(default="letter")


# --- visits and parts --------------------------------------------------------------------------------------------


class Visit(Shared):
    """A journey to a customer; its time lies in bookings that name it. ``state``: planned, on_way, on_site, done,
    cancelled."""

    groups = (
        ("state", "left_at", "arrived_at", "ended_at"),
        ("window_start", "window_end"),
        ("fixed", "accepted_by", "accepted_at"),
    )
    ticket_id = Ref(index=True)
    site_id = Ref()
    specialist_id = Ref()
    address = Text()  # where there is no site for it
    task = Text()
    access = Text()
    safety = Text()
    travel_minutes = Number()  # one way
    window_start = Ms()  # told to the customer
    window_end = Ms()
    confirmed_at = Ms()
    confirmed_how = Text()  # mail | phone
    confirmed_who = Text()
    state = Text(default="planned")
    left_at = Ms()
    arrived_at = Ms()
    ended_at = Ms()
    fixed = Text()
    accepted_by = Text()
    accepted_at = Ms()
    made_at = Ms()
    made_by = Ref()


class Part(Shared):
    """A spare part. ``stock``: emergency or routine."""

    code = Text()
    name = Text()
    name_en = Text()
    stock = Text(default="routine")
    unit = Text()
    minimum = Number()
    lead_days = Number(default=None)  # usual time of delivery, days
    note = Text()
    active = Flag(default=1)


class StockPlace(Shared):
    """Where parts lie. ``kind``: store, or the car of a specialist."""

    name = Text()
    kind = Text(default="store")
    specialist_id = Ref()
    position = Number()
    active = Flag(default=1)


class StockMovement(Shared):
    """Parts that came or went; what lies somewhere is the sum. ``kind``: receipt, use, return, move, count.

    A move is two rows of one ``move_id``. Every row names a ticket, an order or a count (``reason``).
    """

    insert_only = True
    part_id = Ref(index=True)
    place_id = Ref()
    quantity = Number()  # signed
    kind = Text(default="receipt")
    ticket_id = Ref(index=True)
    visit_id = Ref()
    order_id = Ref()
    move_id = Ref()
    reason = Text()
    author_id = Ref()
    made_at = Ms()


class PartReservation(Shared):
    """Parts kept for a ticket. ``state``: open, used, released."""

    groups = (("state", "closed_at"),)
    part_id = Ref(index=True)
    ticket_id = Ref(index=True)
    place_id = Ref()
    quantity = Number(default=1)
    state = Text(default="open")
    closed_at = Ms()
    author_id = Ref()
    made_at = Ms()


class PartOrder(Shared):
    """Parts on their way. ``state``: ordered, received, cancelled."""

    groups = (("state", "received_at"),)
    part_id = Ref(index=True)
    ticket_id = Ref()  # the one that needs it, if any
    quantity = Number(default=1)
    expected_on = Day()
    state = Text(default="ordered")
    received_at = Ms()
    supplier = Text()
    author_id = Ref()
    made_at = Ms()


# --- after the work ----------------------------------------------------------------------------------------------


class Rating(Shared):
    """What a customer thinks. ``kind``: csat (1 to 5) or nps (0 to 10); id is natural (ticket, kind, asked_at)."""

    ticket_id = Ref(index=True)
    contact_id = Ref()
    kind = Text(default="csat")
    asked_at = Ms()
    value = Number(default=None)  # NULL while there is no answer
    how = Text()  # mail | phone
    text = Text()
    answered_at = Ms()
    author_id = Ref()


# --- how a team works --------------------------------------------------------------------------------------------


class Recurring(Shared):
    """Maintenance that makes its tickets; theirs are natural ids (rule, date). ``every``: day, week, month, year."""

    name = Text()
    customer_id = Ref()
    site_id = Ref()
    contact_id = Ref()
    subject = Text()
    text = Text()
    cause_id = Ref()
    skill_id = Ref()
    owner_id = Ref()
    urgency = Number(default=4)
    effort = Number(default=None)
    kind = Text(default="work")  # work | visit
    every = Text(default="month")
    step = Number(default=1)
    first_on = Day()
    until = Day()
    minute = Number(default=None)  # of the day at which it begins; NULL: whenever there is room
    ahead_days = Number(default=14)
    active = Flag(default=1)


class DutyShift(Shared):
    """Who answers for the desk, from when to when."""

    groups = (("specialist_id", "start_at", "end_at"),)
    specialist_id = Ref(index=True)
    start_at = Ms()
    end_at = Ms()
    note = Text()


class Substitute(Shared):
    """Who stands in for an absent specialist, the first by position; id is natural (specialist, substitute)."""

    specialist_id = Ref(index=True)
    substitute_id = Ref()
    position = Number()
    active = Flag(default=1)


class Macro(Shared):
    """Several acts and an answer in one key. ``acts``: [[act, value], ...]. ``owner_id`` empty: everybody's."""

    name = Text()
    name_en = Text()
    owner_id = Ref()
    acts = Json()
    text = Text()
    text_en = Text()
    position = Number()
    active = Flag(default=1)


class AssignmentRule(Shared):
    """Whom a new ticket goes to. ``conditions`` and ``acts``: [[what, value], ...]; the first that fits decides."""

    name = Text()
    conditions = Json()
    acts = Json()
    position = Number()
    active = Flag(default=1)


class SavedSearch(Shared):
    """A search that is a tab. ``owner_id`` empty: everybody's."""

    name = Text()
    words = Text()
    owner_id = Ref()
    position = Number()
    active = Flag(default=1)


class Mention(Shared):
    """A colleague named in a note; id is natural (note, specialist)."""

    insert_only = True
    note_id = Ref()
    ticket_id = Ref(index=True)
    specialist_id = Ref()
    author_id = Ref()
    made_at = Ms()


class Reminder(Shared):
    """Something to think of at a time."""

    groups = (("at", "done_at"),)
    ticket_id = Ref(index=True)
    specialist_id = Ref()
    at = Ms()
    text = Text()
    done_at = Ms()
    author_id = Ref()


class Erasure(Shared):
    """What was blanked for ever. ``columns`` of the row, and the hashes of the files that went with it."""

    insert_only = True
    tbl = Text()
    row_id = Ref()
    columns = Json()
    files = Json()
    ticket_id = Ref(index=True)
    why = Text()
    author_id = Ref()
    made_at = Ms()


class TicketState(Shared):
    """What a ticket was from an instant on, so that its clocks can be told: the last row is what it is now.

    ``clock``, where the clocks ended then: what was granted and used by the rules of that day, never counted again.
    """

    insert_only = True
    ticket_id = Ref(index=True)
    made_at = Ms()
    author_id = Ref()
    status = Text()
    wait_for = Text()
    urgency = Number(default=3)
    contract_id = Ref()
    customer_id = Ref()
    clock = Json(default=dict)


SERVICE: tuple[type[Shared], ...] = (
    Site, Equipment, ContractTarget, CauseQuestion, Article, ArticleUse, Visit, Part, StockPlace, StockMovement,
    PartReservation, PartOrder, Rating, Recurring, DutyShift, Substitute, Macro, AssignmentRule, SavedSearch, Mention,
    Reminder, Erasure, TicketState,
)  # fmt: skip
