"""The first schema: every table of the desk as released, frozen as SQL."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE VIRTUAL TABLE search_text USING fts5(body, content='', contentless_delete=1, prefix='1 2 3 4',
tokenize="unicode61 remove_diacritics 0 tokenchars '@._-/+:#'");
CREATE TABLE "work_calendar" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "zone" TEXT NOT NULL,
"week" TEXT NOT NULL, "country" TEXT NOT NULL, "region" TEXT NOT NULL);
CREATE TABLE "calendar_day" ("id" TEXT NOT NULL PRIMARY KEY, "calendar_id" TEXT NOT NULL, "day" TEXT NOT
NULL, "kind" TEXT NOT NULL, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL, "intervals" TEXT NOT NULL);
CREATE TABLE "specialist" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL,
"email" TEXT NOT NULL, "phone" TEXT NOT NULL, "role" TEXT NOT NULL, "lines" TEXT NOT NULL, "focus" TEXT NOT
NULL, "focus_en" TEXT NOT NULL, "calendar_id" TEXT NOT NULL, "zone" TEXT NOT NULL, "language" TEXT NOT NULL,
"signature" TEXT NOT NULL, "signature_en" TEXT NOT NULL, "reserve" INTEGER NOT NULL, "on_duty" INTEGER NOT
NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "skill" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL,
"position" INTEGER NOT NULL);
CREATE TABLE "specialist_skill" ("id" TEXT NOT NULL PRIMARY KEY, "specialist_id" TEXT NOT NULL, "skill_id"
TEXT NOT NULL, "seen" INTEGER NOT NULL, "pace" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "absence" ("id" TEXT NOT NULL PRIMARY KEY, "specialist_id" TEXT NOT NULL, "start_at" INTEGER,
"end_at" INTEGER, "kind" TEXT NOT NULL, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL);
CREATE TABLE "customer" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "domain" TEXT NOT NULL,
"zone" TEXT NOT NULL, "language" TEXT NOT NULL, "vip" INTEGER NOT NULL, "note" TEXT NOT NULL);
CREATE TABLE "contact" ("id" TEXT NOT NULL PRIMARY KEY, "customer_id" TEXT NOT NULL, "name" TEXT NOT NULL,
"address" TEXT NOT NULL, "phone" TEXT NOT NULL, "post" TEXT NOT NULL, "language" TEXT NOT NULL, "zone" TEXT
NOT NULL, "may_agree" INTEGER NOT NULL, "undeliverable" INTEGER, "note" TEXT NOT NULL);
CREATE TABLE "contract" ("id" TEXT NOT NULL PRIMARY KEY, "customer_id" TEXT NOT NULL, "number" TEXT NOT
NULL, "hours" TEXT NOT NULL, "calendar_id" TEXT NOT NULL, "until" TEXT NOT NULL, "vip" INTEGER NOT NULL,
"note" TEXT NOT NULL, "start_minutes" INTEGER);
CREATE TABLE "cause" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL,
"usual_minutes" INTEGER, "skill_id" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "fault_zone" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL,
"position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "ticket" ("id" TEXT NOT NULL PRIMARY KEY, "number" INTEGER, "subject" TEXT NOT NULL, "status"
TEXT NOT NULL, "wait_for" TEXT NOT NULL, "wait_note" TEXT NOT NULL, "channel" TEXT NOT NULL, "contact_id"
TEXT NOT NULL, "customer_id" TEXT NOT NULL, "language" TEXT NOT NULL, "urgency" INTEGER NOT NULL, "cause_id"
TEXT NOT NULL, "zone_id" TEXT NOT NULL, "line" INTEGER NOT NULL, "owner_id" TEXT NOT NULL, "skill_id" TEXT
NOT NULL, "product" TEXT NOT NULL, "effort" INTEGER, "asked_at" INTEGER, "asked_is_day" INTEGER NOT NULL,
"received_at" INTEGER, "clock_from" INTEGER, "answered_at" INTEGER, "answered_by" TEXT NOT NULL,
"promised_at" INTEGER, "first_promised_at" INTEGER, "promise_id" TEXT NOT NULL, "moved_count" INTEGER NOT
NULL, "started_at" INTEGER, "finished_at" INTEGER, "solution" TEXT NOT NULL, "prevention" TEXT NOT NULL,
"told_how" TEXT NOT NULL, "told_who" TEXT NOT NULL, "told_at" INTEGER, "consent_how" TEXT NOT NULL,
"consent_who" TEXT NOT NULL, "consent_at" INTEGER, "refusal" TEXT NOT NULL, "set_aside" TEXT NOT NULL,
"merged_into" TEXT NOT NULL, "looks_like" TEXT NOT NULL, "snoozed_until" INTEGER, "snoozed_for_reply"
INTEGER NOT NULL, "needs" TEXT NOT NULL);
CREATE TABLE "number_alias" ("id" TEXT NOT NULL PRIMARY KEY, "number" INTEGER NOT NULL, "ticket_id" TEXT NOT
NULL);
CREATE TABLE "promise" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "ordinal" INTEGER NOT
NULL, "date_at" INTEGER, "made_at" INTEGER, "made_by" TEXT NOT NULL, "specialist_id" TEXT NOT NULL,
"finish_at" INTEGER, "margin" INTEGER NOT NULL, "effort" INTEGER, "reason" TEXT NOT NULL, "trace" TEXT NOT
NULL, "letter_id" TEXT NOT NULL);
CREATE TABLE "booking" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "specialist_id" TEXT NOT
NULL, "start_at" INTEGER, "end_at" INTEGER, "kind" TEXT NOT NULL, "state" TEXT NOT NULL, "pinned" INTEGER
NOT NULL, "override" TEXT NOT NULL);
CREATE TABLE "note" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "author_id" TEXT NOT NULL,
"made_at" INTEGER, "kind" TEXT NOT NULL, "text" TEXT NOT NULL, "minutes" INTEGER NOT NULL, "channel" TEXT
NOT NULL, "corrects" TEXT NOT NULL);
CREATE TABLE "time_entry" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "author_id" TEXT NOT
NULL, "start_at" INTEGER, "minutes" INTEGER NOT NULL, "channel" TEXT NOT NULL, "note_id" TEXT NOT NULL);
CREATE TABLE "escalation" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "made_at" INTEGER,
"from_id" TEXT NOT NULL, "to_id" TEXT NOT NULL, "from_line" INTEGER NOT NULL, "to_line" INTEGER NOT NULL,
"tried" TEXT NOT NULL, "hypothesis" TEXT NOT NULL, "wanted" TEXT NOT NULL, "state" TEXT NOT NULL,
"answered_at" INTEGER, "answered_by" TEXT NOT NULL, "return_reason" TEXT NOT NULL);
CREATE TABLE "event" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "made_at" INTEGER,
"author_id" TEXT NOT NULL, "kind" TEXT NOT NULL, "data" TEXT NOT NULL);
CREATE TABLE "follower" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "specialist_id" TEXT NOT
NULL, "contact_id" TEXT NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "message" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "direction" TEXT NOT
NULL, "kind" TEXT NOT NULL, "mailbox_id" TEXT NOT NULL, "message_id" TEXT NOT NULL, "in_reply_to" TEXT NOT
NULL, "refs" TEXT NOT NULL, "sender" TEXT NOT NULL, "sender_name" TEXT NOT NULL, "recipients" TEXT NOT NULL,
"cc" TEXT NOT NULL, "contact_id" TEXT NOT NULL, "author_id" TEXT NOT NULL, "subject" TEXT NOT NULL,
"sent_at" INTEGER, "received_at" INTEGER, "text" TEXT NOT NULL, "reply_text" TEXT NOT NULL, "html" TEXT NOT
NULL, "raw_sha256" TEXT NOT NULL, "automatic" INTEGER NOT NULL, "about" TEXT NOT NULL, "position" INTEGER
NOT NULL);
CREATE TABLE "outgoing" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "state" TEXT NOT NULL,
"changed_at" INTEGER, "attempt" INTEGER NOT NULL, "error" TEXT NOT NULL, "replica" TEXT NOT NULL);
CREATE TABLE "message_move" ("id" TEXT NOT NULL PRIMARY KEY, "message_id" TEXT NOT NULL, "ticket_id" TEXT
NOT NULL);
CREATE TABLE "attachment" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "message_id" TEXT NOT
NULL, "note_id" TEXT NOT NULL, "name" TEXT NOT NULL, "content_type" TEXT NOT NULL, "size" INTEGER NOT NULL,
"sha256" TEXT NOT NULL, "content_id" TEXT NOT NULL, "inline" INTEGER NOT NULL, "position" INTEGER NOT NULL);
CREATE TABLE "template" ("id" TEXT NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL, "language" TEXT NOT NULL,
"subject" TEXT NOT NULL, "body" TEXT NOT NULL);
CREATE TABLE "mailbox" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "address" TEXT NOT NULL,
"kind" TEXT NOT NULL, "options" TEXT NOT NULL, "active" INTEGER NOT NULL, "read_from" INTEGER);
CREATE TABLE "desk_setting" ("id" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL);
CREATE TABLE "conflict" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "tbl" TEXT NOT NULL,
"row_id" TEXT NOT NULL, "why" TEXT NOT NULL, "mine" TEXT NOT NULL, "theirs" TEXT NOT NULL, "author_mine"
TEXT NOT NULL, "author_theirs" TEXT NOT NULL, "at_mine" INTEGER, "at_theirs" INTEGER, "made_at" INTEGER,
"stands" TEXT NOT NULL, "state" TEXT NOT NULL, "chosen" TEXT NOT NULL, "chosen_by" TEXT NOT NULL,
"chosen_at" INTEGER);
CREATE TABLE "lease" ("id" TEXT NOT NULL PRIMARY KEY, "replica" TEXT NOT NULL, "token" INTEGER NOT NULL,
"term" INTEGER NOT NULL);
CREATE TABLE "number_block" ("id" TEXT NOT NULL PRIMARY KEY, "replica" TEXT NOT NULL, "first" INTEGER NOT
NULL, "last" INTEGER NOT NULL);
CREATE TABLE "change" ("seq" INTEGER NOT NULL PRIMARY KEY, "tx" TEXT NOT NULL, "tbl" TEXT NOT NULL, "row"
TEXT NOT NULL, "op" TEXT NOT NULL, "cols" TEXT NOT NULL, "author" TEXT NOT NULL, "made_at" INTEGER NOT NULL,
"sent" INTEGER NOT NULL);
CREATE TABLE "capture_context" ("id" INTEGER NOT NULL PRIMARY KEY, "active" INTEGER NOT NULL, "tx" TEXT NOT
NULL, "author" TEXT NOT NULL, "made_at" INTEGER NOT NULL);
CREATE TABLE "local_state" ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL);
CREATE TABLE "hub_batch" ("id" TEXT NOT NULL PRIMARY KEY, "seq" INTEGER NOT NULL, "chain" TEXT NOT NULL,
"body" BLOB);
CREATE TABLE "parked" ("tbl" TEXT NOT NULL, "row" TEXT NOT NULL, "col" TEXT NOT NULL, "value" TEXT NOT NULL,
PRIMARY KEY ("tbl", "row", "col"));
CREATE TABLE "queue_row" ("ticket_id" TEXT NOT NULL PRIMARY KEY, "number" INTEGER, "subject" TEXT NOT NULL,
"status" TEXT NOT NULL, "wait_for" TEXT NOT NULL, "urgency" INTEGER NOT NULL, "customer" TEXT NOT NULL,
"customer_id" TEXT NOT NULL, "cause_id" TEXT NOT NULL, "owner_id" TEXT NOT NULL, "line" INTEGER NOT NULL,
"effort" INTEGER, "received_at" INTEGER, "answer_due" INTEGER, "answered_at" INTEGER, "answer_minutes"
INTEGER, "promised_at" INTEGER, "forecast_at" INTEGER, "slack" INTEGER, "planned_start" INTEGER,
"planned_end" INTEGER, "remaining" INTEGER, "touched_at" INTEGER NOT NULL, "letter_in_at" INTEGER,
"letter_out_at" INTEGER, "waiting_since" INTEGER, "unread" INTEGER NOT NULL, "why" TEXT NOT NULL, "hint"
TEXT NOT NULL, "in_answer" INTEGER NOT NULL, "in_slipping" INTEGER NOT NULL, "in_mine" TEXT NOT NULL,
"in_waiting" INTEGER NOT NULL, "in_confirm" INTEGER NOT NULL, "is_open" INTEGER NOT NULL, "set_aside" TEXT
NOT NULL);
CREATE TABLE "read_mark" ("ticket_id" TEXT NOT NULL PRIMARY KEY, "read_at" INTEGER NOT NULL);
CREATE TABLE "draft" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "tab" TEXT NOT NULL, "body"
TEXT NOT NULL, "changed_at" INTEGER NOT NULL);
CREATE TABLE "held_letter" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "tx" TEXT NOT NULL,
"leaves_at" INTEGER NOT NULL, "released_at" INTEGER, "taken_back" TEXT NOT NULL, "made_at" INTEGER NOT NULL,
"kind" TEXT NOT NULL, "body" TEXT NOT NULL);
CREATE TABLE "journal" ("key" TEXT NOT NULL PRIMARY KEY, "source" TEXT NOT NULL, "remote_id" TEXT NOT NULL,
"raw_sha256" TEXT NOT NULL, "size" INTEGER NOT NULL, "fetched_at" INTEGER NOT NULL, "received_at" INTEGER,
"mailbox_id" TEXT NOT NULL, "quiet" INTEGER NOT NULL, "stage" TEXT NOT NULL, "outcome" TEXT NOT NULL,
"ticket_id" TEXT NOT NULL, "message_id" TEXT NOT NULL, "subject" TEXT NOT NULL, "sender" TEXT NOT NULL,
"error" TEXT NOT NULL, "filed" INTEGER NOT NULL, "attempts" INTEGER NOT NULL);
CREATE TABLE "timer" ("id" INTEGER NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "started_at" INTEGER,
"seconds" INTEGER NOT NULL);
CREATE TABLE "search_doc" ("id" INTEGER NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL, "row" TEXT NOT NULL,
"ticket_id" TEXT NOT NULL, "at" INTEGER NOT NULL);
CREATE INDEX "calendar_day_calendar_id" ON "calendar_day" ("calendar_id");
CREATE INDEX "specialist_skill_specialist_id" ON "specialist_skill" ("specialist_id");
CREATE INDEX "absence_specialist_id" ON "absence" ("specialist_id");
CREATE INDEX "contact_customer_id" ON "contact" ("customer_id");
CREATE INDEX "contract_customer_id" ON "contract" ("customer_id");
CREATE INDEX "number_alias_ticket_id" ON "number_alias" ("ticket_id");
CREATE INDEX "promise_ticket_id" ON "promise" ("ticket_id");
CREATE INDEX "booking_ticket_id" ON "booking" ("ticket_id");
CREATE INDEX "time_entry_ticket_id" ON "time_entry" ("ticket_id");
CREATE INDEX "escalation_ticket_id" ON "escalation" ("ticket_id");
CREATE INDEX "event_ticket_id" ON "event" ("ticket_id");
CREATE INDEX "follower_ticket_id" ON "follower" ("ticket_id");
CREATE INDEX "message_message_id" ON "message" ("message_id");
CREATE INDEX "attachment_ticket_id" ON "attachment" ("ticket_id");
CREATE INDEX "attachment_message_id" ON "attachment" ("message_id");
CREATE INDEX "conflict_ticket_id" ON "conflict" ("ticket_id");
CREATE INDEX "change_tbl_row" ON "change" ("tbl", "row");
CREATE INDEX "hub_batch_seq" ON "hub_batch" ("seq");
CREATE INDEX "held_letter_ticket_id" ON "held_letter" ("ticket_id");
CREATE INDEX "search_doc_ticket_id" ON "search_doc" ("ticket_id");
CREATE UNIQUE INDEX "search_doc_kind_row" ON "search_doc" ("kind", "row");
CREATE INDEX queue_answer ON queue_row (answer_due) WHERE in_answer = 1;
CREATE INDEX queue_answered ON queue_row (answered_at);
CREATE INDEX queue_slipping ON queue_row (slack, ticket_id) WHERE in_slipping = 1;
CREATE INDEX queue_mine ON queue_row (owner_id, in_mine, planned_start) WHERE in_mine <> '';
CREATE INDEX queue_waiting ON queue_row (waiting_since, ticket_id) WHERE in_waiting = 1;
CREATE INDEX queue_confirm ON queue_row (waiting_since, ticket_id) WHERE in_confirm = 1;
CREATE INDEX queue_open ON queue_row (touched_at DESC, ticket_id) WHERE is_open = 1;
CREATE INDEX queue_aside ON queue_row (touched_at DESC, ticket_id) WHERE set_aside <> '';
CREATE INDEX ticket_number ON ticket (number);
CREATE INDEX ticket_contact ON ticket (contact_id, received_at);
CREATE INDEX ticket_customer ON ticket (customer_id, finished_at, owner_id);
CREATE INDEX ticket_cause ON ticket (cause_id, finished_at, owner_id);
CREATE INDEX ticket_open ON ticket (status) WHERE status NOT IN ('closed', 'merged');
CREATE INDEX message_received ON message (ticket_id, received_at);
CREATE INDEX message_contact ON message (contact_id, received_at);
CREATE INDEX note_made ON note (ticket_id, made_at);
CREATE INDEX booking_span ON booking (specialist_id, end_at);
CREATE INDEX booking_ahead ON booking (specialist_id, start_at) WHERE state <> 'done';
CREATE INDEX booking_end ON booking (end_at);
CREATE INDEX contact_address ON contact (address);
CREATE INDEX customer_domain ON customer (domain);
CREATE INDEX alias_number ON number_alias (number);
CREATE INDEX outgoing_state ON outgoing (state) WHERE state <> 'sent';
CREATE INDEX change_unsent ON change (seq) WHERE sent = 0;
CREATE INDEX change_tx ON change (tx);
CREATE INDEX conflict_open ON conflict (state) WHERE state = 'open';
CREATE INDEX journal_stage ON journal (stage) WHERE stage <> 'done';
"""


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
