"""The second schema: contracts with targets, visits, parts, articles, ratings, duty, and how a team works."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "specialist" ADD COLUMN "login" TEXT NOT NULL DEFAULT '';
ALTER TABLE "specialist" ADD COLUMN "hub_login" TEXT NOT NULL DEFAULT '';
ALTER TABLE "customer" ADD COLUMN "phone" TEXT NOT NULL DEFAULT '';
ALTER TABLE "customer" ADD COLUMN "address" TEXT NOT NULL DEFAULT '';
ALTER TABLE "customer" ADD COLUMN "specialist_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "customer" ADD COLUMN "active" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "contact" ADD COLUMN "active" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "contract" ADD COLUMN "since" TEXT NOT NULL DEFAULT '';
ALTER TABLE "contract" ADD COLUMN "answer_minutes" INTEGER;
ALTER TABLE "contract" ADD COLUMN "paid_phone" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "contract" ADD COLUMN "onsite" TEXT NOT NULL DEFAULT '';
ALTER TABLE "contract" ADD COLUMN "travel_minutes" INTEGER;
ALTER TABLE "contract" ADD COLUMN "silence_days" INTEGER;
ALTER TABLE "contract" ADD COLUMN "auto_slip" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "contract" ADD COLUMN "night_letter" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "contract" ADD COLUMN "active" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "ticket" ADD COLUMN "contract_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ticket" ADD COLUMN "site_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ticket" ADD COLUMN "equipment_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ticket" ADD COLUMN "parent_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ticket" ADD COLUMN "split_from" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ticket" ADD COLUMN "recurring_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ticket" ADD COLUMN "reopened" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "ticket" ADD COLUMN "not_before_at" INTEGER;
ALTER TABLE "ticket" ADD COLUMN "keep_whole" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "ticket" ADD COLUMN "piece_minutes" INTEGER;
ALTER TABLE "ticket" ADD COLUMN "travel_minutes" INTEGER;
ALTER TABLE "booking" ADD COLUMN "visit_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "note" ADD COLUMN "mentions" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "escalation" ADD COLUMN "asked" TEXT NOT NULL DEFAULT '';
ALTER TABLE "escalation" ADD COLUMN "files" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "escalation" ADD COLUMN "automatic" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "attachment" ADD COLUMN "article_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "template" ADD COLUMN "customer_id" TEXT NOT NULL DEFAULT '';
CREATE TABLE "site" ("id" TEXT NOT NULL PRIMARY KEY, "customer_id" TEXT NOT NULL, "name" TEXT NOT NULL,
"address" TEXT NOT NULL, "zone" TEXT NOT NULL, "travel_minutes" INTEGER, "access" TEXT NOT NULL, "safety"
TEXT NOT NULL, "note" TEXT NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "equipment" ("id" TEXT NOT NULL PRIMARY KEY, "customer_id" TEXT NOT NULL, "site_id" TEXT NOT
NULL, "name" TEXT NOT NULL, "maker" TEXT NOT NULL, "serial" TEXT NOT NULL, "installed" TEXT NOT NULL, "note"
TEXT NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "contract_target" ("id" TEXT NOT NULL PRIMARY KEY, "contract_id" TEXT NOT NULL, "urgency"
INTEGER NOT NULL, "reaction" INTEGER, "solution" INTEGER, "replacement" INTEGER);
CREATE TABLE "cause_question" ("id" TEXT NOT NULL PRIMARY KEY, "cause_id" TEXT NOT NULL, "text" TEXT NOT
NULL, "text_en" TEXT NOT NULL, "answers" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT
NULL);
CREATE TABLE "article" ("id" TEXT NOT NULL PRIMARY KEY, "number" INTEGER, "title" TEXT NOT NULL, "language"
TEXT NOT NULL, "product" TEXT NOT NULL, "version" TEXT NOT NULL, "cause_id" TEXT NOT NULL, "owner_id" TEXT
NOT NULL, "state" TEXT NOT NULL, "symptoms" TEXT NOT NULL, "why" TEXT NOT NULL, "fix" TEXT NOT NULL,
"prevention" TEXT NOT NULL, "internal" TEXT NOT NULL, "ticket_id" TEXT NOT NULL, "made_at" INTEGER,
"made_by" TEXT NOT NULL, "changed_at" INTEGER, "checked_on" TEXT NOT NULL, "check_by" TEXT NOT NULL);
CREATE TABLE "article_use" ("id" TEXT NOT NULL PRIMARY KEY, "article_id" TEXT NOT NULL, "ticket_id" TEXT NOT
NULL, "author_id" TEXT NOT NULL, "made_at" INTEGER, "how" TEXT NOT NULL);
CREATE TABLE "visit" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "site_id" TEXT NOT NULL,
"specialist_id" TEXT NOT NULL, "address" TEXT NOT NULL, "task" TEXT NOT NULL, "access" TEXT NOT NULL,
"safety" TEXT NOT NULL, "travel_minutes" INTEGER NOT NULL, "window_start" INTEGER, "window_end" INTEGER,
"confirmed_at" INTEGER, "confirmed_how" TEXT NOT NULL, "confirmed_who" TEXT NOT NULL, "state" TEXT NOT NULL,
"left_at" INTEGER, "arrived_at" INTEGER, "ended_at" INTEGER, "fixed" TEXT NOT NULL, "accepted_by" TEXT NOT
NULL, "accepted_at" INTEGER, "made_at" INTEGER, "made_by" TEXT NOT NULL);
CREATE TABLE "part" ("id" TEXT NOT NULL PRIMARY KEY, "code" TEXT NOT NULL, "name" TEXT NOT NULL, "name_en"
TEXT NOT NULL, "stock" TEXT NOT NULL, "unit" TEXT NOT NULL, "minimum" INTEGER NOT NULL, "lead_days" INTEGER,
"note" TEXT NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "stock_place" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "kind" TEXT NOT NULL,
"specialist_id" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "stock_movement" ("id" TEXT NOT NULL PRIMARY KEY, "part_id" TEXT NOT NULL, "place_id" TEXT NOT
NULL, "quantity" INTEGER NOT NULL, "kind" TEXT NOT NULL, "ticket_id" TEXT NOT NULL, "visit_id" TEXT NOT
NULL, "order_id" TEXT NOT NULL, "move_id" TEXT NOT NULL, "reason" TEXT NOT NULL, "author_id" TEXT NOT NULL,
"made_at" INTEGER);
CREATE TABLE "part_reservation" ("id" TEXT NOT NULL PRIMARY KEY, "part_id" TEXT NOT NULL, "ticket_id" TEXT
NOT NULL, "place_id" TEXT NOT NULL, "quantity" INTEGER NOT NULL, "state" TEXT NOT NULL, "closed_at" INTEGER,
"author_id" TEXT NOT NULL, "made_at" INTEGER);
CREATE TABLE "part_order" ("id" TEXT NOT NULL PRIMARY KEY, "part_id" TEXT NOT NULL, "ticket_id" TEXT NOT
NULL, "quantity" INTEGER NOT NULL, "expected_on" TEXT NOT NULL, "state" TEXT NOT NULL, "received_at"
INTEGER, "supplier" TEXT NOT NULL, "author_id" TEXT NOT NULL, "made_at" INTEGER);
CREATE TABLE "rating" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "contact_id" TEXT NOT
NULL, "kind" TEXT NOT NULL, "asked_at" INTEGER, "value" INTEGER, "how" TEXT NOT NULL, "text" TEXT NOT NULL,
"answered_at" INTEGER, "author_id" TEXT NOT NULL);
CREATE TABLE "recurring" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "customer_id" TEXT NOT NULL,
"site_id" TEXT NOT NULL, "contact_id" TEXT NOT NULL, "subject" TEXT NOT NULL, "text" TEXT NOT NULL,
"cause_id" TEXT NOT NULL, "skill_id" TEXT NOT NULL, "owner_id" TEXT NOT NULL, "urgency" INTEGER NOT NULL,
"effort" INTEGER, "kind" TEXT NOT NULL, "every" TEXT NOT NULL, "step" INTEGER NOT NULL, "first_on" TEXT NOT
NULL, "until" TEXT NOT NULL, "minute" INTEGER, "ahead_days" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "duty_shift" ("id" TEXT NOT NULL PRIMARY KEY, "specialist_id" TEXT NOT NULL, "start_at"
INTEGER, "end_at" INTEGER, "note" TEXT NOT NULL);
CREATE TABLE "substitute" ("id" TEXT NOT NULL PRIMARY KEY, "specialist_id" TEXT NOT NULL, "substitute_id"
TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "macro" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "name_en" TEXT NOT NULL,
"owner_id" TEXT NOT NULL, "acts" TEXT NOT NULL, "text" TEXT NOT NULL, "text_en" TEXT NOT NULL, "position"
INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "assignment_rule" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "conditions" TEXT NOT
NULL, "acts" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "saved_search" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "words" TEXT NOT NULL,
"owner_id" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL);
CREATE TABLE "mention" ("id" TEXT NOT NULL PRIMARY KEY, "note_id" TEXT NOT NULL, "ticket_id" TEXT NOT NULL,
"specialist_id" TEXT NOT NULL, "author_id" TEXT NOT NULL, "made_at" INTEGER);
CREATE TABLE "reminder" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "specialist_id" TEXT NOT
NULL, "at" INTEGER, "text" TEXT NOT NULL, "done_at" INTEGER, "author_id" TEXT NOT NULL);
CREATE TABLE "erasure" ("id" TEXT NOT NULL PRIMARY KEY, "tbl" TEXT NOT NULL, "row_id" TEXT NOT NULL,
"columns" TEXT NOT NULL, "files" TEXT NOT NULL, "ticket_id" TEXT NOT NULL, "why" TEXT NOT NULL, "author_id"
TEXT NOT NULL, "made_at" INTEGER);
CREATE INDEX "attachment_article_id" ON "attachment" ("article_id");
CREATE INDEX "site_customer_id" ON "site" ("customer_id");
CREATE INDEX "equipment_customer_id" ON "equipment" ("customer_id");
CREATE INDEX "contract_target_contract_id" ON "contract_target" ("contract_id");
CREATE INDEX "cause_question_cause_id" ON "cause_question" ("cause_id");
CREATE INDEX "article_use_article_id" ON "article_use" ("article_id");
CREATE INDEX "visit_ticket_id" ON "visit" ("ticket_id");
CREATE INDEX "stock_movement_part_id" ON "stock_movement" ("part_id");
CREATE INDEX "stock_movement_ticket_id" ON "stock_movement" ("ticket_id");
CREATE INDEX "part_reservation_part_id" ON "part_reservation" ("part_id");
CREATE INDEX "part_reservation_ticket_id" ON "part_reservation" ("ticket_id");
CREATE INDEX "part_order_part_id" ON "part_order" ("part_id");
CREATE INDEX "rating_ticket_id" ON "rating" ("ticket_id");
CREATE INDEX "duty_shift_specialist_id" ON "duty_shift" ("specialist_id");
CREATE INDEX "substitute_specialist_id" ON "substitute" ("specialist_id");
CREATE INDEX "mention_ticket_id" ON "mention" ("ticket_id");
CREATE INDEX "reminder_ticket_id" ON "reminder" ("ticket_id");
CREATE INDEX "erasure_ticket_id" ON "erasure" ("ticket_id");
CREATE INDEX reservation_open ON part_reservation (part_id, made_at) WHERE state = 'open';
ALTER TABLE "contract_target" ADD COLUMN "hours" TEXT NOT NULL DEFAULT '';
CREATE TABLE "ticket_state" ("id" TEXT NOT NULL PRIMARY KEY, "ticket_id" TEXT NOT NULL, "made_at" INTEGER, "author_id"
TEXT NOT NULL, "status" TEXT NOT NULL, "wait_for" TEXT NOT NULL, "urgency" INTEGER NOT NULL, "contract_id" TEXT NOT
NULL, "customer_id" TEXT NOT NULL, "clock" TEXT NOT NULL);
CREATE INDEX "ticket_state_ticket_id" ON "ticket_state" ("ticket_id");
ALTER TABLE "queue_row" ADD COLUMN "reaction_due" INTEGER;
ALTER TABLE "queue_row" ADD COLUMN "solution_due" INTEGER;
ALTER TABLE "queue_row" ADD COLUMN "clock_paused" TEXT NOT NULL DEFAULT '';
ALTER TABLE "queue_row" ADD COLUMN "clock_left" INTEGER;
CREATE INDEX queue_received ON queue_row (received_at);
CREATE INDEX queue_customer ON queue_row (customer_id, received_at);
CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into <> '';
CREATE INDEX move_message ON message_move (message_id);
CREATE INDEX move_ticket ON message_move (ticket_id);
CREATE INDEX escalation_given ON escalation (made_at) WHERE state = 'given';
CREATE INDEX reminder_open ON reminder (specialist_id, at) WHERE done_at IS NULL;
CREATE INDEX mention_person ON mention (specialist_id, made_at);
CREATE TABLE "ticket_fact" ("ticket_id" TEXT NOT NULL PRIMARY KEY, "received_day" INTEGER, "answered_day"
INTEGER, "answer_minutes" INTEGER, "answered_by" TEXT NOT NULL, "due_at" INTEGER, "due_day" INTEGER, "kept"
INTEGER, "told_before" INTEGER NOT NULL, "told_late" INTEGER NOT NULL, "finished_day" INTEGER,
"resolve_minutes" INTEGER, "first_line" INTEGER NOT NULL, "owner_id" TEXT NOT NULL, "customer_id" TEXT NOT
NULL, "cause_id" TEXT NOT NULL, "zone_id" TEXT NOT NULL, "channel" TEXT NOT NULL, "urgency" INTEGER NOT NULL,
"effort" INTEGER, "spent" INTEGER NOT NULL, "reopened" INTEGER NOT NULL, "refused" INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX fact_received ON ticket_fact (received_day, cause_id, zone_id, customer_id, owner_id,
finished_day, refused, kept, reopened, spent);
CREATE INDEX fact_answered ON ticket_fact (answered_day, answer_minutes, answered_by, owner_id,
customer_id);
CREATE INDEX fact_due ON ticket_fact (due_day, due_at, kept, told_before, told_late, owner_id, customer_id);
CREATE INDEX fact_finished ON ticket_fact (finished_day, owner_id, customer_id, cause_id, refused, effort,
spent, first_line, reopened, resolve_minutes);
CREATE INDEX time_entry_at ON time_entry (start_at);
CREATE TABLE "published_booking" ("id" TEXT NOT NULL PRIMARY KEY, "remote_id" TEXT NOT NULL, "digest" TEXT NOT
NULL, "end_at" INTEGER NOT NULL);
CREATE TABLE "act_start" ("tx" TEXT NOT NULL PRIMARY KEY, "seq" INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO act_start (tx, seq) SELECT tx, min(seq) FROM change GROUP BY tx;
DROP INDEX change_tx;
ALTER TABLE "outgoing" ADD COLUMN "sent_as" TEXT NOT NULL DEFAULT '';
CREATE INDEX outgoing_sent_as ON outgoing (sent_as) WHERE sent_as <> '';
ALTER TABLE "ticket" ADD COLUMN "answer_took" INTEGER;
ALTER TABLE "ticket" ADD COLUMN "solve_took" INTEGER;
CREATE INDEX ticket_parent ON ticket (parent_id) WHERE parent_id <> '';
CREATE TABLE "search_due" ("id" INTEGER NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL, "row" TEXT NOT NULL);
ALTER TABLE "ticket" ADD COLUMN "again_took" INTEGER;
ALTER TABLE "message" ADD COLUMN "pictures_held" INTEGER NOT NULL DEFAULT 0;
"""


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
