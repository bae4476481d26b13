"""The knowledge base: what was learnt of a fault, found again by the words of the next one.

An article has four parts, which are those of a finished ticket, and an internal one that no customer ever reads. Its
number is of the tickets' line; people write it with the letters of the base before it (KB-214).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import conflicts, files, numbers, timespent
from deskapp.desk.conflicts import Conflict
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes, FileItem, Similar
from deskapp.models import search as index
from deskapp.models.schema import Article, ArticleUse, Attachment

TABS = ("all", "mine", "drafts", "old")
STATES = ("draft", "published", "retired")
#: The parts that a customer may read, in their order.
PARTS = ("symptoms", "why", "fix", "prevention")
FIELDS = ("title", "language", "product", "version", "cause_id", "owner_id", *PARTS, "internal", "check_by")
#: A check holds for half a year unless somebody says otherwise.
CHECK_DAYS = 182
_USES = ("letter", "note", "found")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(sha256:([0-9a-f]{64})\)")


@dataclass(frozen=True)
class ArticleItem:
    """A line of the list. ``uses`` counts tickets; ``overdue``: its check date has passed."""

    id: str
    number: int | None
    title: str
    state: str
    product: str
    version: str
    owner_id: str
    uses: int
    overdue: bool
    two: bool = False  # two people wrote it differently, and nobody has chosen yet


@dataclass(frozen=True)
class HistoryLine:
    """Who changed what: the names of columns, ``made`` for the beginning."""

    at: datetime
    author_id: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class ArticleView:
    """An article as its screen shows it. ``saved``: working minutes, see ``_saved``."""

    id: str
    number: int | None
    title: str
    language: str
    product: str
    version: str
    cause_id: str
    owner_id: str
    state: str
    symptoms: str
    why: str
    fix: str
    prevention: str
    internal: str
    ticket_id: str
    ticket_number: int | None
    made_at: datetime | None
    changed_at: datetime | None
    checked_on: str
    check_by: str
    overdue: bool
    uses: int
    saved: int
    last: tuple[str, int | None, datetime] | None
    similar: tuple[ArticleItem, ...]
    history: tuple[HistoryLine, ...]
    files: tuple[FileItem, ...]
    versions: tuple[Conflict, ...] = ()  # the parts that two people wrote differently

    @property
    def two(self) -> bool:
        return bool(self.versions)


@dataclass(frozen=True)
class Suggestions:
    """What may help with a ticket: articles, solved tickets with their time, and open ones of the same cause."""

    articles: tuple[ArticleItem, ...] = ()
    tickets: tuple[Similar, ...] = ()


# --- reading -----------------------------------------------------------------------------------------------------

_ITEM = (
    "SELECT a.id, a.number, a.title, a.state, a.product, a.version, a.owner_id, "
    "(SELECT count(DISTINCT u.ticket_id) FROM article_use u WHERE u.article_id = a.id), "
    "a.state <> 'retired' AND a.check_by <> '' AND a.check_by < ?1 FROM article a "
)


def _today(desk: Desk) -> date:
    calendar = desk.schedule.desk_calendar
    return desk.clock.now().astimezone(calendar.tz).date()


def _item(row: Any) -> ArticleItem:
    article_id, number, title, state, product, version, owner_id, uses, overdue = row
    return ArticleItem(article_id, number, title, state, product, version, owner_id, uses, bool(overdue))


def articles(desk: Desk, tab: str = "all", words: str = "", limit: int = 200) -> tuple[ArticleItem, ...]:
    """The list of a tab, what is used most first; with ``words`` what they find, in any form and on any layout."""
    where = {
        "all": "a.state <> 'retired'",
        "mine": "a.owner_id = ?2 AND a.state <> 'retired'",
        "drafts": "a.state = 'draft'",
        "old": "(a.state = 'retired' OR (a.check_by <> '' AND a.check_by < ?1))",
    }[tab]
    params: list[Any] = [_today(desk).isoformat(), desk.me]
    found: list[str] = []
    if words.strip():
        found = _matching(desk, words, limit)
        where += f" AND a.id IN ({','.join(f'?{place + 3}' for place in range(len(found)))})"
        params += found
    where += f" AND ?2 IS ?2 ORDER BY 8 DESC, a.changed_at DESC, a.id LIMIT {int(limit)}"
    rows = desk.replica.rows(f"{_ITEM}WHERE {where}", params)
    items = [_item(row) for row in rows]
    if twice := conflicts.articles(desk):
        items = [replace(item, two=item.id in twice) for item in items]
    if found:
        place = {article_id: at for at, article_id in enumerate(found)}
        items.sort(key=lambda item: place[item.id])
    return tuple(items)


def counts(desk: Desk) -> dict[str, int]:
    """How many articles each tab has."""
    row = desk.replica.row(
        "SELECT count(*) FILTER (WHERE state <> 'retired'), "
        "count(*) FILTER (WHERE owner_id = ?2 AND state <> 'retired'), count(*) FILTER (WHERE state = 'draft'), "
        "count(*) FILTER (WHERE state = 'retired' OR (check_by <> '' AND check_by < ?1)) FROM article",
        (_today(desk).isoformat(), desk.me),
    )
    return dict(zip(TABS, row or (0, 0, 0, 0), strict=True))


def _matching(desk: Desk, words: str, limit: int) -> list[str]:
    """Ids of articles that the words mean: a number first, then all words, then the other keyboard layout."""
    found: dict[str, None] = {}
    number = re.fullmatch(r"(?:[^\W\d]{1,3}[-\s]?)?(\d{1,12})", words.strip())
    if number:
        for (row,) in desk.replica.rows("SELECT id FROM article WHERE number = ?", (int(number.group(1)),)):
            found[row] = None
    for typed in (words, index.swapped_layout(words)):
        if not found:
            found.update(dict.fromkeys(index.find_articles(desk.replica, typed, limit)))
    return list(found)[:limit]


def view(desk: Desk, article_id: str) -> ArticleView:
    """Everything that an article's screen shows; Lapsed if it is gone."""
    row = desk.replica.record(Article, article_id)
    if row is None:
        raise Lapsed("There is no such article", "It may have been taken back.")
    uses = desk.replica.rows(
        "SELECT u.ticket_id, max(u.made_at), t.number FROM article_use u LEFT JOIN ticket t ON t.id = u.ticket_id "
        "WHERE u.article_id = ? GROUP BY u.ticket_id ORDER BY 2 DESC",
        (article_id,),
    )
    last = (uses[0][0], uses[0][2], from_ms(uses[0][1] or 0)) if uses else None
    attached = desk.replica.rows(
        "SELECT id, name, content_type, size, sha256, inline, content_id FROM attachment WHERE article_id = ? "
        "ORDER BY position, id",
        (article_id,),
    )
    return ArticleView(
        id=article_id,
        **{name: row[name] for name in ("number", *FIELDS, "state", "checked_on", "ticket_id")},
        ticket_number=desk.replica.value("SELECT number FROM ticket WHERE id = ?", (row["ticket_id"],)),
        made_at=from_ms(row["made_at"]) if row["made_at"] else None,
        changed_at=from_ms(row["changed_at"]) if row["changed_at"] else None,
        overdue=row["state"] != "retired" and "" < row["check_by"] < _today(desk).isoformat(),
        uses=len(uses),
        saved=_saved(desk, [use[0] for use in uses], row["ticket_id"]),
        last=last,
        similar=_alike(desk, row),
        history=_history(desk, article_id),
        files=tuple(
            FileItem(file_id, name, kind, size, sha256, bool(inline), content_id)
            for file_id, name, kind, size, sha256, inline, content_id in attached
        ),
        versions=conflicts.of_article(desk, article_id),
    )


def _saved(desk: Desk, tickets: list[str], origin: str) -> int:
    """Minutes that the article saved: of each finished ticket it was used in, what is usual for the cause less what was
    spent, where that is more than nothing. The ticket that it was made from taught it and does not count."""
    used = [ticket_id for ticket_id in tickets if ticket_id != origin]
    if not used:
        return 0
    marks = ",".join("?" * len(used))
    rows = desk.replica.rows(
        f"SELECT c.usual_minutes, {timespent.MINUTES.format('t.id')} "
        f"FROM ticket t LEFT JOIN cause c ON c.id = t.cause_id WHERE t.id IN ({marks}) AND t.finished_at IS NOT NULL",
        used,
    )
    return sum(max(0, usual - worked) for usual, worked in rows if usual and worked)


def _alike(desk: Desk, row: Mapping[str, Any]) -> tuple[ArticleItem, ...]:
    text = " ".join([row["title"], row["symptoms"][:500]])
    return tuple(item for item in _by_words(desk, text, 5) if item.id != row["id"])[:4]


def _history(desk: Desk, article_id: str, limit: int = 12) -> tuple[HistoryLine, ...]:
    rows = desk.replica.rows(
        "SELECT made_at, author, op, (SELECT group_concat(key) FROM json_each(cols)) FROM change "
        "WHERE tbl = 'article' AND row = ? ORDER BY seq DESC LIMIT ?",
        (article_id, limit),
    )
    found = []
    for at, author, op, columns in rows:
        named = tuple(name for name in (columns or "").split(",") if name in (*FIELDS, "state", "checked_on"))
        found.append(HistoryLine(from_ms(at), author, ("made",) if op == "I" else named))
    return tuple(line for line in found if line.what)


# --- finding by the words of a ticket ------------------------------------------------------------------------------


def suggest(desk: Desk, ticket_id: str = "", words: str = "", limit: int = 3) -> Suggestions:
    """What may help with a ticket: articles by the words of its subject and first letter, and tickets that share the
    rarer words of the subject, solved ones first. ``words``: what somebody is typing meanwhile, articles alone."""
    from deskapp.desk import ticket as tickets  # the ticket's view shows what is found here

    subject, text = words, ""
    if ticket_id:
        row = desk.replica.row(
            "SELECT t.subject, t.product, (SELECT substr(m.reply_text, 1, 1500) FROM message m "
            "WHERE m.ticket_id = t.id AND m.direction = 'in' AND m.automatic = 0 ORDER BY m.received_at LIMIT 1) "
            "FROM ticket t WHERE t.id = ?",
            (ticket_id,),
        )
        if row is not None:
            subject = " ".join(filter(None, [words, row[0]]))
            text = " ".join(filter(None, [row[1], row[2]]))
    alike = tickets.similar(desk, ticket_id, limit + 2) if ticket_id else ()
    solved = [one for one in alike if one.status in ("resolved", "closed")]
    still = [one for one in alike if one.status not in ("resolved", "closed", "merged", "refused")]
    return Suggestions(_by_words(desk, f"{subject} {text}", limit), (*solved[:limit], *still[:2]))


#: So many of the different words of a text are looked at; the index answers each in a fraction of a millisecond.
_WORDS = 24
#: A word that so many articles have tells nothing apart.
_COMMON = 300


def _by_words(desk: Desk, text: str, limit: int) -> tuple[ArticleItem, ...]:
    """Published articles that share the words which few articles have, two of them at least."""
    words = [word for word in dict.fromkeys(index.tokens(text)) if len(word) > 3][:_WORDS]
    known = max(1, int(desk.replica.value("SELECT count(*) FROM article") or 1))
    score: dict[int, float] = {}
    shared: dict[int, int] = {}
    for word in words:
        docs = index.article_docs(desk.replica, word, _COMMON)
        weight = 1 - len(docs) / (known + 1)
        if len(docs) >= _COMMON or (weight < 0.5 and known > 8):
            continue  # nearly every article says so
        for doc in docs:
            score[doc] = score.get(doc, 0) + weight
            shared[doc] = shared.get(doc, 0) + 1
    least = 2 if len(words) > 2 else 1
    best = sorted((one for one in score if shared[one] >= least), key=lambda one: (-score[one], -one))[: limit * 3]
    if not best:
        return ()
    scored = {article_id: score[doc] for doc, article_id in index.articles_of(desk.replica, best).items()}
    marks = ",".join(f"?{place + 2}" for place in range(len(scored)))
    rows = desk.replica.rows(
        f"{_ITEM}WHERE a.id IN ({marks}) AND a.state = 'published'", [_today(desk).isoformat(), *scored]
    )
    named = set(words)
    items = [_item(row) for row in rows]
    items.sort(key=lambda item: (-scored[item.id] - len(index.stems(item.title) & named), -item.uses, item.id))
    return tuple(items[:limit])


# --- writing -----------------------------------------------------------------------------------------------------


def create(desk: Desk, **values: Any) -> Changes:
    """A new draft of mine; its id is the result."""
    with desk.act("article_made") as act:
        act.result = make(act, **values)
        act.say("article_made", article=desk.replica.value("SELECT number FROM article WHERE id = ?", (act.result,)))
    return act.changes


def make(act: Act, **values: Any) -> str:
    """The same within an act; returns the id."""
    unknown = values.keys() - {*FIELDS, "ticket_id"}
    if unknown:
        raise ValueError(f"an article has no {', '.join(sorted(unknown))}")
    values.setdefault("owner_id", act.writing.author)
    values.setdefault("language", act.desk.language)
    values.setdefault("check_by", (_today(act.desk) + timedelta(days=CHECK_DAYS)).isoformat())
    return act.insert(
        Article,
        number=numbers.take(act),
        made_at=act.now,
        made_by=act.writing.author,
        changed_at=act.now,
        **values,
    )


def from_ticket(desk: Desk, ticket_id: str) -> Changes:
    """A draft made of a solved ticket: what was told to the customer, and what the protocol says, internally.

    The ticket that has one already gives that one: ``result`` is the article's id either way.
    """
    with desk.act("article_made") as act:
        act.result = make_from_ticket(act, ticket_id)
        act.say("article_made", article=desk.replica.value("SELECT number FROM article WHERE id = ?", (act.result,)))
    return act.changes


def make_from_ticket(act: Act, ticket_id: str) -> str:
    known = act.desk.replica.value("SELECT id FROM article WHERE ticket_id = ? ORDER BY id LIMIT 1", (ticket_id,))
    if known:
        return str(known)
    row = act.writing.execute(
        "SELECT t.subject, t.language, t.product, t.cause_id, t.solution, t.prevention, c.name, c.name_en, "
        "(SELECT substr(m.reply_text, 1, 4000) FROM message m WHERE m.ticket_id = t.id AND m.direction = 'in' "
        "AND m.automatic = 0 ORDER BY m.received_at LIMIT 1) "
        "FROM ticket t LEFT JOIN cause c ON c.id = t.cause_id WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()
    if row is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    subject, language, product, cause_id, solution, prevention, cause, cause_en, letter = row
    done = [
        text
        for (text,) in act.writing.execute(
            "SELECT text FROM note n WHERE ticket_id = ? AND kind IN ('check', 'change', 'measure', 'visit', 'part') "
            "AND text <> '' AND NOT EXISTS "
            "(SELECT 1 FROM note c WHERE c.ticket_id = n.ticket_id AND c.corrects = n.id) "
            "ORDER BY made_at, id LIMIT 40",
            (ticket_id,),
        ).fetchall()
    ]
    article_id = make(
        act,
        title=subject,
        language=language or act.desk.language,
        product=product,
        cause_id=cause_id,
        symptoms=(letter or "").strip(),
        why=((cause_en if language == "en" else cause) or cause or "") if not solution else "",
        fix=solution,
        prevention=prevention,
        internal="\n".join(f"- {text}" for text in done),
        ticket_id=ticket_id,
    )
    act.insert(
        ArticleUse,
        article_id=article_id,
        ticket_id=ticket_id,
        author_id=act.writing.author,
        made_at=act.now,
        how="found",
    )
    return article_id


def save(desk: Desk, article_id: str, values: Mapping[str, Any], was: Mapping[str, Any] | None = None) -> Changes:
    """Change some fields of an article. ``was``: what they held when the writing began; a part that a colleague has
    changed since is kept beside the new one, to be chosen from."""
    unknown = values.keys() - set(FIELDS)
    if unknown:
        raise ValueError(f"an article has no {', '.join(sorted(unknown))}")
    if "title" in values and not str(values["title"]).strip():
        raise UserFacingError("The article has no title", "What you wrote is kept. Give it a few words to be found by.")
    if values.get("check_by"):
        try:
            date.fromisoformat(str(values["check_by"]))
        except ValueError:
            raise UserFacingError(
                "This is no date", "“%1” was not understood. What you wrote is kept.", str(values["check_by"])
            ) from None
    with desk.act("article") as act:
        number = _number(act, article_id)
        stored = desk.replica.record(Article, article_id) or {}
        for name, value in values.items():
            if was is not None and stored[name] not in (was.get(name, stored[name]), value):
                conflicts.keep_both(act, "article", article_id, {name: value}, {name: stored[name]})
        act.update(Article, article_id, **values, changed_at=act.now)
        act.say("article", article=number)
    return act.changes


def set_state(desk: Desk, article_id: str, state: str) -> Changes:
    """Publish a draft, retire what is no longer true, or bring it back. What is published says how to mend it."""
    if state not in STATES:
        raise ValueError(state)
    with desk.act("article_state") as act:
        number = _number(act, article_id)
        row = desk.replica.record(Article, article_id) or {}
        if state == "published" and not str(row.get("fix", "")).strip():
            raise UserFacingError("The article does not say what to do", "Write the fix first. The draft is kept.")
        values: dict[str, Any] = {"state": state, "changed_at": act.now}
        if state == "published" and not row.get("checked_on"):
            values["checked_on"] = _today(desk).isoformat()
        act.update(Article, article_id, **values)
        act.say("article_state", article=number, state=state)
    return act.changes


def checked(desk: Desk, article_id: str) -> Changes:
    """Somebody read it and it still holds: the next check is half a year away."""
    with desk.act("article_checked") as act:
        number = _number(act, article_id)
        today = _today(desk)
        due = (today + timedelta(days=CHECK_DAYS)).isoformat()
        act.update(Article, article_id, checked_on=today.isoformat(), check_by=due)
        act.say("article_checked", article=number)
    return act.changes


def add_image(desk: Desk, article_id: str, data: bytes, name: str = "image.png") -> Changes:
    """Keep a picture with an article; the result is the text that shows it there."""
    sha256 = files.put(desk, data)
    with desk.act("article") as act:
        number = _number(act, article_id)
        place = act.writing.execute("SELECT count(*) FROM attachment WHERE article_id = ?", (article_id,)).fetchone()[0]
        act.insert(
            Attachment,
            article_id=article_id,
            name=name,
            type="image/png",
            size=len(data),
            sha256=sha256,
            inline=1,
            position=place,
        )
        act.result = f"![{name}](sha256:{sha256})"
        act.say("article", article=number)
    return act.changes


def _number(act: Act, article_id: str) -> int | None:
    row = act.writing.execute("SELECT number FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise Lapsed("There is no such article", "It may have been taken back.")
    return None if row[0] is None else int(row[0])


# --- use ---------------------------------------------------------------------------------------------------------


def for_letter(desk: Desk, article_id: str) -> str:
    """What of an article goes into a letter: the fix and how to prevent it, as plain text. Never the internal part; the
    letter carries the text, not a link that a customer cannot open."""
    row = desk.replica.record(Article, article_id)
    if row is None:
        raise Lapsed("There is no such article", "It may have been taken back.")
    parts = [plain(row["fix"])]
    if row["prevention"].strip():
        head = "How to prevent it" if row["language"] == "en" else "Как предупредить"
        parts.append(f"{head}: {plain(row['prevention'])}")
    return "\n\n".join(part for part in parts if part)


def plain(markdown: str) -> str:
    """Markdown as a letter can show it: no signs of headings, emphasis or pictures, lists kept."""
    text = _IMAGE.sub("", markdown)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", text)
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\*\*([^*]+)\*\*", r"\1", text)
    text = re.sub(r"`([^`]+)`", r"\1", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def use(desk: Desk, article_id: str, ticket_id: str, how: str = "letter") -> Changes:
    """Count that an article helped with a ticket."""
    if how not in _USES:
        raise ValueError(how)
    with desk.act("article_used") as act:
        number = _number(act, article_id)
        act.insert(
            ArticleUse,
            article_id=article_id,
            ticket_id=ticket_id,
            author_id=act.writing.author,
            made_at=act.now,
            how=how,
        )
        act.extra.add(ticket_id)
        act.say("article_used", article=number)
    return act.changes
