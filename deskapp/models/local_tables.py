"""The tables of this replica alone, never captured: derived values, drafts, the mail journal, the change log."""

from __future__ import annotations

import peewee


class Local(peewee.Model):
    """A table of this replica alone, never captured."""

    class Meta:
        legacy_table_names = False


class Change(Local):
    """The log of captured changes: ``cols`` is {column: [old, new]}. ``tx`` is one intention."""

    seq = peewee.AutoField()
    tx = peewee.TextField()
    tbl = peewee.TextField()
    row = peewee.TextField()
    op = peewee.TextField()  # I | U | D
    cols = peewee.TextField()
    author = peewee.TextField()
    made_at = peewee.BigIntegerField()
    sent = peewee.IntegerField(default=0)  # 0: not in the hub yet, else the seq of the batch that brought it there

    class Meta:
        table_name = "change"
        indexes = ((("tbl", "row"), False),)


class ActStart(Local):
    """Where in ``change`` the rows of an intention begin; those of one ``tx`` are at ``seq`` and behind it.

    One row an intention instead of an index over all changes, which each captured write would pay for.
    """

    tx = peewee.TextField(primary_key=True)
    seq = peewee.IntegerField()

    class Meta:
        table_name = "act_start"
        without_rowid = True


class CaptureContext(Local):
    """One row that the capture triggers read: whose transaction this is. ``active`` 0 while merging others' changes."""

    id = peewee.IntegerField(primary_key=True)
    active = peewee.IntegerField(default=1)
    tx = peewee.TextField(default="")
    author = peewee.TextField(default="")
    made_at = peewee.BigIntegerField(default=0)


class LocalState(Local):
    """Small facts of this replica: its identity, the next ticket number, transport cursors."""

    key = peewee.TextField(primary_key=True)
    value = peewee.TextField(default="")


class HubBatch(Local):
    """A batch that is part of this replica. Its bytes are kept until a snapshot of the hub holds them."""

    id = peewee.TextField(primary_key=True)
    seq = peewee.IntegerField(index=True)
    chain = peewee.TextField(default="")
    body = peewee.BlobField(null=True)


class Parked(Local):
    """A value that a newer application sent and this one has no column for; kept until it is updated."""

    tbl = peewee.TextField()
    row = peewee.TextField()
    col = peewee.TextField()
    value = peewee.TextField(default="null")  # JSON; of column "id" the operation

    class Meta:
        primary_key = peewee.CompositeKey("tbl", "row", "col")


class QueueRow(Local):
    """What the lists show of a ticket, derived from the shared tables; made again whenever they change."""

    ticket_id = peewee.TextField(primary_key=True)
    number = peewee.IntegerField(null=True)
    subject = peewee.TextField(default="")
    status = peewee.TextField(default="new")
    wait_for = peewee.TextField(default="")
    urgency = peewee.IntegerField(default=3)
    customer = peewee.TextField(default="")
    customer_id = peewee.TextField(default="")
    cause_id = peewee.TextField(default="")
    owner_id = peewee.TextField(default="")
    line = peewee.IntegerField(default=1)
    effort = peewee.IntegerField(null=True)
    received_at = peewee.BigIntegerField(null=True)
    answer_due = peewee.BigIntegerField(null=True)
    answered_at = peewee.BigIntegerField(null=True)
    answer_minutes = peewee.IntegerField(null=True)  # working minutes that the answer took
    promised_at = peewee.BigIntegerField(null=True)
    forecast_at = peewee.BigIntegerField(null=True)
    slack = peewee.IntegerField(null=True)  # working minutes, negative when late
    planned_start = peewee.BigIntegerField(null=True)  # the next piece of work
    planned_end = peewee.BigIntegerField(null=True)
    remaining = peewee.IntegerField(null=True)
    touched_at = peewee.BigIntegerField(default=0)
    letter_in_at = peewee.BigIntegerField(null=True)
    letter_out_at = peewee.BigIntegerField(null=True)
    waiting_since = peewee.BigIntegerField(null=True)
    unread = peewee.IntegerField(default=0)
    why = peewee.TextField(default="")  # code of the sentence in the third line
    hint = peewee.TextField(default="")  # a few words of the letter it speaks of
    # which tabs it is in; each has a partial index in its order
    in_answer = peewee.IntegerField(default=0)
    in_slipping = peewee.IntegerField(default=0)
    in_mine = peewee.TextField(default="")  # now | needs | next | silent: the group, for its owner
    in_waiting = peewee.IntegerField(default=0)
    in_confirm = peewee.IntegerField(default=0)
    is_open = peewee.IntegerField(default=0)
    set_aside = peewee.TextField(default="")
    # the clocks of the contract, where there is one: NULL while they stand still, are met or over for good
    reaction_due = peewee.BigIntegerField(null=True)
    solution_due = peewee.BigIntegerField(null=True)
    clock_paused = peewee.TextField(default="")  # why the solution's stands still
    clock_left = peewee.IntegerField(null=True)  # working minutes of the solution that were left when it stopped


class TicketFact(Local):
    """What the figures count of a ticket, derived like its queue row. Days are ordinals in the desk's zone.

    ``kept``: 1 resolved by its first promise and not disagreed with, 0 not, NULL while it may still be either.
    """

    ticket_id = peewee.TextField(primary_key=True)
    received_day = peewee.IntegerField(null=True)
    answered_day = peewee.IntegerField(null=True)
    answer_minutes = peewee.IntegerField(null=True)
    answered_by = peewee.TextField(default="")
    due_at = peewee.BigIntegerField(null=True)  # the first promise
    due_day = peewee.IntegerField(null=True)
    kept = peewee.IntegerField(null=True)
    told_before = peewee.IntegerField(default=0)  # promises that were moved before they passed
    told_late = peewee.IntegerField(default=0)
    finished_day = peewee.IntegerField(null=True)
    resolve_minutes = peewee.IntegerField(null=True)  # working minutes from receipt
    first_line = peewee.IntegerField(default=0)
    owner_id = peewee.TextField(default="")
    customer_id = peewee.TextField(default="")
    cause_id = peewee.TextField(default="")
    zone_id = peewee.TextField(default="")
    channel = peewee.TextField(default="")
    urgency = peewee.IntegerField(default=3)
    effort = peewee.IntegerField(null=True)
    spent = peewee.IntegerField(default=0)
    reopened = peewee.IntegerField(default=0)
    refused = peewee.IntegerField(default=0)

    class Meta:
        without_rowid = True


class ReadMark(Local):
    """Until when this person has read a ticket's letters."""

    ticket_id = peewee.TextField(primary_key=True)
    read_at = peewee.BigIntegerField(default=0)


class Draft(Local):
    """What somebody is typing: one a ticket and composer tab (or ``new`` and ``call`` forms)."""

    id = peewee.TextField(primary_key=True)
    ticket_id = peewee.TextField(default="")
    tab = peewee.TextField(default="")
    body = peewee.TextField(default="{}")
    changed_at = peewee.BigIntegerField(default=0)


class HeldLetter(Local):
    """A letter within the time of its undo. When that passes it becomes a ``message`` with an ``outgoing``, and stays
    here for a day so that undo can say when it left, or redo can hold it again."""

    id = peewee.TextField(primary_key=True)
    ticket_id = peewee.TextField(index=True)
    tx = peewee.TextField(default="")
    leaves_at = peewee.BigIntegerField()
    released_at = peewee.BigIntegerField(null=True)
    taken_back = peewee.TextField(default="")  # the transaction that undid it; "returned": its date no longer held
    made_at = peewee.BigIntegerField(default=0)
    kind = peewee.TextField(default="reply")
    body = peewee.TextField(default="{}")


class Journal(Local):
    """The stages of each letter that came: kept, done, ignored, quarantined."""

    key = peewee.TextField(primary_key=True)
    source = peewee.TextField(default="")
    remote_id = peewee.TextField(default="")
    raw_sha256 = peewee.TextField(default="")
    size = peewee.IntegerField(default=0)
    fetched_at = peewee.BigIntegerField(default=0)
    received_at = peewee.BigIntegerField(null=True)  # by the server, where it said so
    mailbox_id = peewee.TextField(default="")
    quiet = peewee.IntegerField(default=0)  # an import: nobody is answered, also when it is taken up again
    stage = peewee.TextField(default="kept")
    outcome = peewee.TextField(default="")
    ticket_id = peewee.TextField(default="")
    message_id = peewee.TextField(default="")
    subject = peewee.TextField(default="")
    sender = peewee.TextField(default="")
    error = peewee.TextField(default="")
    filed = peewee.IntegerField(default=0)
    attempts = peewee.IntegerField(default=0)


class Timer(Local):
    """The one running (or paused) timer of this person."""

    id = peewee.IntegerField(primary_key=True)
    ticket_id = peewee.TextField(default="")
    started_at = peewee.BigIntegerField(null=True)  # NULL while paused
    seconds = peewee.IntegerField(default=0)  # before the last start


class PublishedBooking(Local):
    """A booking that this machine has put into somebody's calendar. ``id`` is mailbox|person|booking."""

    id = peewee.TextField(primary_key=True)
    remote_id = peewee.TextField()
    digest = peewee.TextField()  # of what the calendar was told
    end_at = peewee.BigIntegerField()


class SearchDoc(Local):
    """What a row of the search index stands for."""

    id = peewee.AutoField()
    kind = peewee.TextField()  # ticket | message | note
    row = peewee.TextField()
    ticket_id = peewee.TextField(index=True)
    at = peewee.BigIntegerField(default=0)

    class Meta:
        indexes = ((("kind", "row"), True),)


class SearchDue(Local):
    """What the search index does not know yet, in its order: while very many letters come in, texts are entered
    together."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    row = peewee.TextField()
