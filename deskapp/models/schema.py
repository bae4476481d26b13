"""The tables of a desk.

Replicated tables (subclasses of ``Shared``) are captured column by column; ``groups`` names columns that mean something
only together and are merged as one value, ``insert_only`` tables never change a row. Tables under ``Local`` are this
replica's own: derived values, drafts, the mail journal, the change log. No UNIQUE but ``id`` in a shared table: a
unique index would block a merge for ever. The shared schema only grows.

To add a column or a table: add it here, write the migration with its own frozen copy, run the schema tests.
"""

from __future__ import annotations

from deskapp.models.fields import Day, Flag, Json, Ms, Number, Ref, Text
from deskapp.models.local_tables import ActStart as ActStart
from deskapp.models.local_tables import CaptureContext as CaptureContext
from deskapp.models.local_tables import Change as Change
from deskapp.models.local_tables import Draft as Draft
from deskapp.models.local_tables import HeldLetter as HeldLetter
from deskapp.models.local_tables import HubBatch as HubBatch
from deskapp.models.local_tables import Journal as Journal
from deskapp.models.local_tables import Local as Local
from deskapp.models.local_tables import LocalState as LocalState
from deskapp.models.local_tables import Parked as Parked
from deskapp.models.local_tables import PublishedBooking as PublishedBooking
from deskapp.models.local_tables import QueueRow as QueueRow
from deskapp.models.local_tables import ReadMark as ReadMark
from deskapp.models.local_tables import SearchDoc as SearchDoc
from deskapp.models.local_tables import SearchDue as SearchDue
from deskapp.models.local_tables import TicketFact as TicketFact
from deskapp.models.local_tables import Timer as Timer
from deskapp.models.service_tables import SERVICE as SERVICE
from deskapp.models.service_tables import Article as Article
from deskapp.models.service_tables import ArticleUse as ArticleUse
from deskapp.models.service_tables import AssignmentRule as AssignmentRule
from deskapp.models.service_tables import CauseQuestion as CauseQuestion
from deskapp.models.service_tables import ContractTarget as ContractTarget
from deskapp.models.service_tables import DutyShift as DutyShift
from deskapp.models.service_tables import Equipment as Equipment
from deskapp.models.service_tables import Erasure as Erasure
from deskapp.models.service_tables import Macro as Macro
from deskapp.models.service_tables import Mention as Mention
from deskapp.models.service_tables import Part as Part
from deskapp.models.service_tables import PartOrder as PartOrder
from deskapp.models.service_tables import PartReservation as PartReservation
from deskapp.models.service_tables import Rating as Rating
from deskapp.models.service_tables import Recurring as Recurring
from deskapp.models.service_tables import Reminder as Reminder
from deskapp.models.service_tables import SavedSearch as SavedSearch
from deskapp.models.service_tables import Site as Site
from deskapp.models.service_tables import StockMovement as StockMovement
from deskapp.models.service_tables import StockPlace as StockPlace
from deskapp.models.service_tables import Substitute as Substitute
from deskapp.models.service_tables import TicketState as TicketState
from deskapp.models.service_tables import Visit as Visit
from deskapp.models.shared import Shared as Shared

# --- people and time ---------------------------------------------------------------------------------------------


class WorkCalendar(Shared):
    """Weekly hours of a person, the desk or a contract. ``week``: 7 lists of [start, end] minutes, Monday first."""

    name = Text()
    zone = Text(default="UTC")
    week = Json()
    country = Text()
    region = Text()


class CalendarDay(Shared):
    """A date that is not its weekday. ``kind``: holiday, short, working. ``intervals`` as in a week's day."""

    calendar_id = Ref(index=True)
    day = Day()
    kind = Text(default="holiday")
    name = Text()
    name_en = Text()
    intervals = Json()


class Specialist(Shared):
    name = Text()
    name_en = Text()
    email = Text()
    phone = Text()
    role = Text(default="specialist")  # specialist | lead | administrator
    lines = Json()  # of 1, 2, 3
    focus = Text()  # what they mostly do, one or two words
    focus_en = Text()
    calendar_id = Ref()
    zone = Text()
    language = Text(default="ru")
    signature = Text()
    signature_en = Text()
    reserve = Number(default=0)  # per cent of a day kept free of plans
    on_duty = Flag()
    position = Number()
    active = Flag(default=1)
    login = Text()  # the system user who this is
    hub_login = Text()  # the database user, of a PostgreSQL hub


class Skill(Shared):
    name = Text()
    name_en = Text()
    position = Number()


class SpecialistSkill(Shared):
    """Evidence besides finished tickets. ``pace``: per cent of the usual effort; id is natural (specialist, skill)."""

    specialist_id = Ref(index=True)
    skill_id = Ref()
    seen = Number()
    pace = Number(default=100)
    active = Flag(default=1)


class Absence(Shared):
    """Time off within working time. ``kind``: vacation, sick, training, meeting, travel, other."""

    groups = (("start_at", "end_at"),)
    specialist_id = Ref(index=True)
    start_at = Ms()
    end_at = Ms()
    kind = Text(default="vacation")
    name = Text()
    name_en = Text()


# --- customers ---------------------------------------------------------------------------------------------------


class Customer(Shared):
    name = Text()
    domain = Text()
    zone = Text()
    language = Text()
    vip = Flag()
    note = Text()
    phone = Text()
    address = Text()
    specialist_id = Ref()  # who looks after them
    active = Flag(default=1)


class Contact(Shared):
    """A person of a customer; id is natural (address) where there is an address."""

    customer_id = Ref(index=True)
    name = Text()
    address = Text()
    phone = Text()
    post = Text()  # what they are there
    language = Text()
    zone = Text()
    may_agree = Flag(default=1)
    undeliverable = Ms()  # since when letters come back for good
    note = Text()
    active = Flag(default=1)


class Contract(Shared):
    customer_id = Ref(index=True)
    number = Text()
    hours = Text(default="8×5")
    calendar_id = Ref()
    until = Day()
    vip = Flag()
    note = Text()
    start_minutes = Number(default=None)  # within which work on an outage must begin, in the contract's hours
    since = Day()
    answer_minutes = Number(default=None)  # within which a date is told, where it is not the desk's rule
    paid_phone = Flag()
    onsite = Text()  # where visits are part of it
    travel_minutes = Number(default=None)
    silence_days = Number(default=None)  # without an answer a resolved ticket is closed after so many; NULL: never
    auto_slip = Flag()  # a new date may be told without a person
    night_letter = Flag()  # a holding letter may be sent before a promise passes outside working hours
    active = Flag(default=1)


# --- tickets -----------------------------------------------------------------------------------------------------


class Cause(Shared):
    name = Text()
    name_en = Text()
    usual_minutes = Number(default=None)
    skill_id = Ref()
    position = Number()
    active = Flag(default=1)


class FaultZone(Shared):
    name = Text()
    name_en = Text()
    position = Number()
    active = Flag(default=1)


class Ticket(Shared):
    """The five dates stay apart: asked, received, promised (with first_promised), finished; forecast is derived."""

    groups = (
        ("status", "wait_for", "wait_note", "finished_at", "consent_how", "consent_who", "consent_at", "solve_took"),
        ("asked_at", "asked_is_day"),
        ("promised_at", "first_promised_at", "promise_id", "moved_count"),
        ("solution", "prevention", "told_how", "told_who", "told_at"),
        ("set_aside", "merged_into"),
    )
    number = Number(default=None)
    subject = Text()
    status = Text(default="new")
    wait_for = Text()  # customer | parts | visit | third
    wait_note = Text()
    channel = Text(default="mail")  # mail | phone | visit | web | hand
    contact_id = Ref()
    customer_id = Ref()
    language = Text()
    urgency = Number(default=3)  # 1 critical .. 4 low
    cause_id = Ref()
    zone_id = Ref()
    line = Number(default=1)
    owner_id = Ref()
    skill_id = Ref()
    product = Text()
    effort = Number(default=None)  # estimated, minutes
    asked_at = Ms()
    asked_is_day = Flag()
    received_at = Ms()
    clock_from = Ms()  # when the two-hour clock began anew (an answer to a refusal); NULL: at received_at
    answered_at = Ms()  # promise, refusal or solution: what stops the two-hour clock
    answered_by = Ref()
    promised_at = Ms()
    first_promised_at = Ms()
    promise_id = Ref()
    moved_count = Number()
    started_at = Ms()
    finished_at = Ms()
    solution = Text()
    prevention = Text()
    told_how = Text()  # mail | phone
    told_who = Text()
    told_at = Ms()
    consent_how = Text()  # mail | phone | visit
    consent_who = Text()
    consent_at = Ms()
    refusal = Text()
    set_aside = Text()  # spam | not_request
    merged_into = Ref()
    looks_like = Ref()  # a ticket that this one may belong to
    snoozed_until = Ms()
    snoozed_for_reply = Flag()
    needs = Text()  # what the desk owes: date (a new one after disagreement), reply
    contract_id = Ref()
    site_id = Ref()
    equipment_id = Ref()
    parent_id = Ref()  # the fault that this one is a part of
    split_from = Ref()
    recurring_id = Ref()
    reopened = Number()  # how often
    not_before_at = Ms()  # no work on it before this, as the requester wants
    keep_whole = Flag()  # done in one piece
    piece_minutes = Number(default=None)  # its smallest piece, where it is not the desk's
    travel_minutes = Number(default=None)  # done on site: the way there, minutes; NULL: done at the desk
    answer_took = Number(default=None)  # working minutes to ``answered_at``, by the hours that held then
    solve_took = Number(default=None)  # the same to ``finished_at``
    again_took = Number(default=None)  # the same from the last reopening to the answer that followed it


class NumberAlias(Shared):
    """A number that leads to a ticket which has another: after a merge, or when two replicas numbered one letter."""

    number = Number()
    ticket_id = Ref(index=True)


class Promise(Shared):
    """A date that was told; every one is kept. id is natural (ticket, ordinal)."""

    ticket_id = Ref(index=True)
    ordinal = Number(default=1)
    date_at = Ms()
    made_at = Ms()
    made_by = Ref()
    specialist_id = Ref()
    finish_at = Ms()
    margin = Number()
    effort = Number(default=None)
    reason = Text()  # why it moved, or why it ignores the calendar
    trace = Json()
    letter_id = Ref()


class Booking(Shared):
    """Planned work. Specialist and time are one value."""

    groups = (("specialist_id", "start_at", "end_at"),)
    ticket_id = Ref(index=True)
    specialist_id = Ref()
    start_at = Ms()
    end_at = Ms()
    kind = Text(default="work")  # work | visit | travel
    state = Text(default="planned")  # planned | in_progress | done
    pinned = Flag()
    override = Text()  # why it overlaps or lies outside working time
    visit_id = Ref()


class Note(Shared):
    """An entry of the work protocol. ``kind``: check, change, talk, measure, visit, part, note (internal)."""

    insert_only = True
    ticket_id = Ref()
    author_id = Ref()
    made_at = Ms()
    kind = Text(default="note")
    text = Text()
    minutes = Number()
    channel = Text()
    corrects = Ref()
    mentions = Json()  # specialists named in it


class TimeEntry(Shared):
    """Work that was timed; ``minutes`` may be negative as a correction."""

    insert_only = True
    ticket_id = Ref(index=True)
    author_id = Ref()
    start_at = Ms()
    minutes = Number()
    channel = Text(default="mail")
    note_id = Ref()


class Escalation(Shared):
    """A hand-over between lines, with what the next one must know."""

    groups = (("state", "answered_at", "answered_by", "return_reason"),)
    ticket_id = Ref(index=True)
    made_at = Ms()
    from_id = Ref()
    to_id = Ref()
    from_line = Number()
    to_line = Number()
    tried = Text()
    hypothesis = Text()
    wanted = Text()
    state = Text(default="given")  # given | accepted | returned
    answered_at = Ms()
    answered_by = Ref()
    return_reason = Text()
    asked = Text()  # what the customer was asked, and said
    files = Json()  # attachments that go along
    automatic = Flag()  # climbed by time


class Event(Shared):
    """What the desk did by itself or with the plan: number given, planned, moved. ``data`` names the particulars."""

    insert_only = True
    ticket_id = Ref(index=True)
    made_at = Ms()
    author_id = Ref()
    kind = Text()
    data = Json(default=dict)


class Follower(Shared):
    """Somebody who wants to know: a specialist, or a contact in copy. id is natural."""

    ticket_id = Ref(index=True)
    specialist_id = Ref()
    contact_id = Ref()
    active = Flag(default=1)


# --- letters -----------------------------------------------------------------------------------------------------


class Message(Shared):
    """A letter, in or out. id is natural (the letter's key). ``kind`` of ours: ack, promise, refusal, question, slip,
    done, reminder, reply, status; of theirs: new, reply, auto, bounce, forward."""

    insert_only = True
    ticket_id = Ref()
    direction = Text(default="in")
    kind = Text()
    mailbox_id = Ref()
    message_id = Text(index=True)  # the header, without angle brackets
    in_reply_to = Text()
    refs = Json()
    sender = Text()
    sender_name = Text()
    to = Json(column_name="recipients")  # [[name, address], ...]
    cc = Json()
    contact_id = Ref()
    author_id = Ref()  # the specialist, of our letters
    subject = Text()
    sent_at = Ms()  # the Date: header, only shown
    received_at = Ms()  # by our server; of ours: when written
    text = Text()
    reply_text = Text()
    html = Text()  # sanitised
    raw_sha256 = Text()
    automatic = Flag()
    about = Text()  # address that bounced, date of a promise...
    position = Number()
    pictures_held = Flag()  # it wanted pictures from elsewhere, which were not fetched


class Outgoing(Shared):
    """Where one of our letters stands. ``state``: ready, claimed, sent, failed, unknown."""

    groups = (("state", "changed_at", "error"),)
    ticket_id = Ref()
    state = Text(default="ready")
    changed_at = Ms()
    attempt = Number()
    error = Text()
    replica = Text()
    sent_as = Text()  # the Message-ID that it left with, read back from the sent letters: some servers give their own


class MessageMove(Shared):
    """A letter that a person moved to another ticket (letters themselves never change)."""

    message_id = Ref()
    ticket_id = Ref()


class Attachment(Shared):
    """A file, kept by its hash. Belongs to a letter or a note."""

    insert_only = True
    ticket_id = Ref(index=True)
    message_id = Ref(index=True)
    note_id = Ref()
    name = Text()
    type = Text(default="application/octet-stream", column_name="content_type")
    size = Number()
    sha256 = Text()
    content_id = Text()
    inline = Flag()
    position = Number()
    article_id = Ref(index=True)


class Template(Shared):
    """A letter's text in one language; id is natural (kind, language). Empty text means the built-in one."""

    groups = (("subject", "body"),)
    kind = Text()
    language = Text()
    subject = Text()
    body = Text()
    customer_id = Ref()  # a customer with letters of their own; id is natural (kind, language, customer)


class Mailbox(Shared):
    """An account letters come from and leave by. Its password is in each machine's keyring, never here."""

    name = Text()
    address = Text()
    kind = Text(default="imap")  # imap | ews | folder
    options = Json(default=dict)  # host, port, security, login, folder...
    active = Flag(default=1)
    read_from = Ms()  # older letters are never answered


class DeskSetting(Shared):
    """What the whole desk agreed on; id is the key, ``value`` is JSON text."""

    value = Json(default=dict)


# --- what replicas tell each other ---------------------------------------------------------------------------------


class Conflict(Shared):
    """Two replicas changed the same value. ``mine`` is of the replica that wrote this row, ``theirs`` was in the hub
    first; ``stands`` is in force until a person chooses. ``state``: open | joined (nothing to ask) | chosen."""

    groups = (("state", "chosen", "chosen_by", "chosen_at"),)
    ticket_id = Ref(index=True)
    tbl = Text()
    row_id = Ref()
    why = Text(default="both")  # both | deleted | told (a promise) | slot (a booking) | number
    mine = Json(default=dict)  # {column: value}
    theirs = Json(default=dict)
    author_mine = Ref()
    author_theirs = Ref()
    at_mine = Ms()
    at_theirs = Ms()
    made_at = Ms()
    stands = Text(default="mine")
    state = Text(default="open")
    chosen = Text()  # mine | theirs
    chosen_by = Ref()
    chosen_at = Ms()


class Lease(Shared):
    """Who does what only one may do: mail, sending, slip watch, snapshots. id is its name, ``token`` the seq that it
    was taken at; only replicas at the end of the log can take one."""

    groups = (("replica", "token", "term"),)
    replica = Text()  # empty when given back
    token = Number()
    term = Number()  # seconds without a sign of life after which another may take it


class NumberBlock(Shared):
    """Ticket numbers that belong to one replica for ever, ``first`` to ``last``."""

    insert_only = True
    replica = Text()
    first = Number()
    last = Number()


SHARED: tuple[type[Shared], ...] = (
    WorkCalendar, CalendarDay, Specialist, Skill, SpecialistSkill, Absence,
    Customer, Contact, Contract,
    Cause, FaultZone, Ticket, NumberAlias, Promise, Booking, Note, TimeEntry, Escalation, Event, Follower,
    Message, Outgoing, MessageMove, Attachment, Template, Mailbox, DeskSetting,
    Conflict, Lease, NumberBlock, *SERVICE,
)  # fmt: skip
LOCAL: tuple[type[Local], ...] = (
    Change, ActStart, CaptureContext, LocalState, HubBatch, Parked, QueueRow, ReadMark, Draft, HeldLetter, Journal,
    Timer, TicketFact, PublishedBooking, SearchDoc, SearchDue,
)  # fmt: skip

#: What peewee's models cannot say: the text index, and one partial index a queue tab in the tab's order.
EXTRA = (
    "CREATE VIRTUAL TABLE search_text USING fts5(body, content='', contentless_delete=1, prefix='1 2 3 4', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '@._-/+:#'\")",
    "CREATE INDEX queue_answer ON queue_row (answer_due) WHERE in_answer = 1",
    "CREATE INDEX queue_answered ON queue_row (answered_at)",
    "CREATE INDEX queue_slipping ON queue_row (slack, ticket_id) WHERE in_slipping = 1",
    "CREATE INDEX queue_mine ON queue_row (owner_id, in_mine, planned_start) WHERE in_mine <> ''",
    "CREATE INDEX queue_waiting ON queue_row (waiting_since, ticket_id) WHERE in_waiting = 1",
    "CREATE INDEX queue_confirm ON queue_row (waiting_since, ticket_id) WHERE in_confirm = 1",
    "CREATE INDEX queue_open ON queue_row (touched_at DESC, ticket_id) WHERE is_open = 1",
    "CREATE INDEX queue_received ON queue_row (received_at)",
    "CREATE INDEX queue_customer ON queue_row (customer_id, received_at)",
    "CREATE INDEX queue_aside ON queue_row (touched_at DESC, ticket_id) WHERE set_aside <> ''",
    # a report walks one of these from day to day, and no row of the table
    "CREATE INDEX fact_received ON ticket_fact (received_day, cause_id, zone_id, customer_id, owner_id, "
    "finished_day, refused, kept, reopened, spent)",
    "CREATE INDEX fact_answered ON ticket_fact (answered_day, answer_minutes, answered_by, owner_id, customer_id)",
    "CREATE INDEX fact_due ON ticket_fact (due_day, due_at, kept, told_before, told_late, owner_id, customer_id)",
    "CREATE INDEX fact_finished ON ticket_fact (finished_day, owner_id, customer_id, cause_id, refused, effort, "
    "spent, first_line, reopened, resolve_minutes)",
    "CREATE INDEX time_entry_at ON time_entry (start_at)",
    "CREATE INDEX ticket_number ON ticket (number)",
    "CREATE INDEX outgoing_sent_as ON outgoing (sent_as) WHERE sent_as <> ''",
    "CREATE INDEX ticket_contact ON ticket (contact_id, received_at)",
    "CREATE INDEX ticket_customer ON ticket (customer_id, finished_at, owner_id)",
    "CREATE INDEX ticket_cause ON ticket (cause_id, finished_at, owner_id)",
    "CREATE INDEX ticket_open ON ticket (status) WHERE status NOT IN ('closed', 'merged')",
    "CREATE INDEX message_received ON message (ticket_id, received_at)",
    "CREATE INDEX message_contact ON message (contact_id, received_at)",
    "CREATE INDEX note_made ON note (ticket_id, made_at)",
    "CREATE INDEX booking_span ON booking (specialist_id, end_at)",
    "CREATE INDEX booking_ahead ON booking (specialist_id, start_at) WHERE state <> 'done'",
    "CREATE INDEX booking_end ON booking (end_at)",
    "CREATE INDEX contact_address ON contact (address)",
    "CREATE INDEX customer_domain ON customer (domain)",
    "CREATE INDEX alias_number ON number_alias (number)",
    "CREATE INDEX outgoing_state ON outgoing (state) WHERE state <> 'sent'",
    "CREATE INDEX change_unsent ON change (seq) WHERE sent = 0",
    "CREATE INDEX conflict_open ON conflict (state) WHERE state = 'open'",
    "CREATE INDEX reservation_open ON part_reservation (part_id, made_at) WHERE state = 'open'",
    "CREATE INDEX journal_stage ON journal (stage) WHERE stage <> 'done'",
    "CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into <> ''",
    "CREATE INDEX move_message ON message_move (message_id)",
    "CREATE INDEX move_ticket ON message_move (ticket_id)",
    "CREATE INDEX escalation_given ON escalation (made_at) WHERE state = 'given'",
    "CREATE INDEX reminder_open ON reminder (specialist_id, at) WHERE done_at IS NULL",
    "CREATE INDEX mention_person ON mention (specialist_id, made_at)",
    "CREATE INDEX ticket_parent ON ticket (parent_id) WHERE parent_id <> ''",
)
