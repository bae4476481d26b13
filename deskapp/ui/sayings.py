"""What was just done, in a sentence: the codes of `Changes.said` put into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from ..core.clock import from_ms
from . import words
from .i18n import fill, translate

TimeWords = Callable[[datetime], str]


def saying(code: str, args: Mapping[str, object], time_words: TimeWords) -> str:
    """The sentence of an act, its ticket first. A code without a sentence of its own is told by its ticket alone."""
    number, count = args.get("number"), args.get("count")
    ticket = words.number(number) if isinstance(number, int) else ""
    if not ticket and isinstance(count, int):
        ticket = translate("Sayings", "%n ticket(s)", None, count)
    part, article = args.get("part"), args.get("article")
    if not ticket and isinstance(article, int):
        ticket = fill(translate("Knowledge", "KB-%1"), article)
    elif not ticket and isinstance(part, str):
        ticket = part
    several = isinstance(count, int) and count > 1 and not isinstance(number, int)
    text = _with_value(code, args, time_words) or (_of_several(code) if several else "") or _plain(code)
    if not text:
        return fill(translate("Sayings", "%1 changed"), ticket) if ticket else translate("Sayings", "Changed")
    if not ticket:
        return text[0].upper() + text[1:]
    return fill(translate("Sayings", "%1: %2", "ticket, what was done"), ticket, text)


def _agreed(code: str, args: Mapping[str, object]) -> str:
    from ..desk.values import Terms  # the first window says nothing yet
    from . import agreed

    if code == "travel":
        return agreed.travel(_minutes(args, "travel_minutes"))
    return agreed.pieces(Terms(whole=bool(args.get("keep_whole")), piece=_minutes(args, "piece_minutes")))


def _with_value(code: str, args: Mapping[str, object], time_words: TimeWords) -> str:
    """The sentence of acts that set something worth saying."""
    named = args.get("number_text")
    if code == "contract" and named:
        return fill(translate("Sayings", "contract %1 changed"), named)
    date, urgency, line, effort = (args.get(name) for name in ("date", "urgency", "line", "effort"))
    if code == "promised" and isinstance(date, datetime):
        return fill(translate("Sayings", "promised %1"), time_words(date))
    if code == "slipped" and isinstance(date, datetime):
        return fill(translate("Sayings", "new date %1 told"), time_words(date))
    if code == "urgency" and isinstance(urgency, int):
        return fill(translate("Sayings", "urgency %1"), words.urgency(urgency).lower())
    if code == "line" and isinstance(line, int):
        return fill(translate("Sayings", "line L%1"), line)
    if code == "effort" and isinstance(effort, int):
        return fill(translate("Sayings", "effort %1"), words.duration(effort))
    if code == "not_before":
        at = args.get("not_before_at")
        if not isinstance(at, int):
            return translate("Sayings", "may begin at once")
        return fill(translate("Sayings", "not before %1"), time_words(from_ms(at)))
    if code in ("pieces", "travel"):
        return _agreed(code, args)
    lost = args.get("lost")
    if code == "unmerged" and isinstance(lost, int) and lost:
        return translate("Sayings", "taken apart again, %n planned block(s) found their time taken", None, lost)
    if code == "visit_planned" and isinstance(date, datetime):
        return fill(translate("Sayings", "visit planned, %1"), time_words(date))
    if code == "agreed" and args.get("warning"):
        return translate("Sayings", "closed; who agreed is not named among those who may")
    if code == "snoozed" and not args.get("snoozed_until") and not args.get("snoozed_for_reply"):
        return translate("Sayings", "no longer snoozed")
    return ""


def _minutes(args: Mapping[str, object], key: str) -> int | None:
    value = args.get(key)
    return value if isinstance(value, int) else None


def _of_several(code: str) -> str:
    """Acts on several tickets at once, in languages that tell one from many here."""
    return {
        "moved": translate("Sayings", "moved in the plan", "several"),
        "unplanned": translate("Sayings", "put back", "several"),
        "pinned": translate("Sayings", "pinned", "several"),
        "unpinned": translate("Sayings", "unpinned", "several"),
    }.get(code, "")


def _plain(code: str) -> str:
    return {
        "created": translate("Sayings", "ticket made"),
        "promised": translate("Sayings", "promise given"),
        "refused": translate("Sayings", "refusal given"),
        "slipped": translate("Sayings", "new date told"),
        "letter": translate("Sayings", "letter written"),
        "letter_back": translate("Sayings", "letter taken back"),
        "letter_in": translate("Sayings", "letter came in"),
        "letter_retried": translate("Sayings", "letter tried again"),
        "letter_settled": translate("Sayings", "letter settled"),
        "note": translate("Sayings", "note recorded"),
        "note_corrected": translate("Sayings", "note corrected"),
        "urgency": translate("Sayings", "urgency set"),
        "cause": translate("Sayings", "cause set"),
        "zone": translate("Sayings", "zone of the fault set"),
        "line": translate("Sayings", "line set"),
        "owner": translate("Sayings", "specialist set"),
        "effort": translate("Sayings", "effort set"),
        "terms": translate("Sayings", "agreement on the time kept"),
        "skill": translate("Sayings", "skill set"),
        "product": translate("Sayings", "product set"),
        "subject": translate("Sayings", "subject set"),
        "asked": translate("Sayings", "wanted date set"),
        "requester": translate("Sayings", "requester set"),
        "customer": translate("Sayings", "customer set"),
        "deliverable": translate("Sayings", "address is valid again"),
        "set_aside": translate("Sayings", "set aside"),
        "brought_back": translate("Sayings", "brought back"),
        "snoozed": translate("Sayings", "snoozed"),
        "started": translate("Sayings", "work started"),
        "waiting": translate("Sayings", "set to wait"),
        "resumed": translate("Sayings", "work resumed"),
        "finished": translate("Sayings", "resolved"),
        "agreed": translate("Sayings", "consent recorded, closed"),
        "disagreed": translate("Sayings", "reopened, not fixed"),
        "rated": translate("Sayings", "mark of satisfaction written down"),
        "reopened": translate("Sayings", "reopened"),
        "planned": translate("Sayings", "planned"),
        "replanned": translate("Sayings", "re-planned"),
        "moved": translate("Sayings", "moved in the plan"),
        "split": translate("Sayings", "split"),
        "unplanned": translate("Sayings", "put back"),
        "pinned": translate("Sayings", "pinned"),
        "unpinned": translate("Sayings", "unpinned"),
        "timer_started": translate("Sayings", "timer started"),
        "timer_paused": translate("Sayings", "timer paused"),
        "timer_stopped": translate("Sayings", "timer stopped"),
        "escalated": translate("Sayings", "handed over"),
        "accepted": translate("Sayings", "taken over"),
        "returned": translate("Sayings", "returned with a reason"),
        "climbed": translate("Sayings", "went up a line"),
        "followed": translate("Sayings", "followed"),
        "unfollowed": translate("Sayings", "no longer followed"),
        "reminder": translate("Sayings", "reminder set"),
        "reminder_done": translate("Sayings", "reminder done"),
        "merged": translate("Sayings", "merged"),
        "unmerged": translate("Sayings", "taken apart again"),
        "split_off": translate("Sayings", "split off"),
        "questions": translate("Sayings", "answers recorded"),
        "macro": translate("Sayings", "macro done"),
        "call_noted": translate("Sayings", "call recorded"),
        "search_saved": translate("Sayings", "search saved"),
        "search_dropped": translate("Sayings", "saved search taken away"),
        "article": translate("Sayings", "article changed"),
        "article_made": translate("Sayings", "article made"),
        "article_state": translate("Sayings", "state of the article set"),
        "article_checked": translate("Sayings", "article checked"),
        "version_chosen": translate("Sayings", "version chosen"),
        "conflict_chosen": translate("Sayings", "choice made"),
        "article_used": translate("Sayings", "article used"),
        "part": translate("Sayings", "part changed"),
        "stock_in": translate("Sayings", "parts came in"),
        "stock_out": translate("Sayings", "parts used"),
        "stock_moved": translate("Sayings", "parts moved"),
        "stock_counted": translate("Sayings", "stock counted"),
        "reserved": translate("Sayings", "part reserved"),
        "unreserved": translate("Sayings", "part released"),
        "ordered": translate("Sayings", "part ordered"),
        "order_cancelled": translate("Sayings", "order cancelled"),
        "visit": translate("Sayings", "visit changed"),
        "visit_planned": translate("Sayings", "visit planned"),
        "visit_confirmed": translate("Sayings", "visit confirmed"),
        "visit_on_way": translate("Sayings", "on the way"),
        "visit_on_site": translate("Sayings", "on site"),
        "visit_done": translate("Sayings", "visit done"),
        "visit_cancelled": translate("Sayings", "visit cancelled"),
        "linked": translate("Sayings", "linked to the fault"),
        "unlinked": translate("Sayings", "on its own again"),
        "duty": translate("Sayings", "roster changed"),
        "settings": translate("Sayings", "setting changed"),
        "contract": translate("Sayings", "contract changed"),
        "ticket_contract": translate("Sayings", "contract chosen"),
        "customer_row": translate("Sayings", "customer changed"),
        "sender_added": translate("Sayings", "sender added to the customer"),
        "customers_merged": translate("Sayings", "customers merged"),
        "contacts_merged": translate("Sayings", "people merged"),
        "imported": translate("Sayings", "rows imported"),
        "restored": translate("Sayings", "desk imported"),
        "undone": translate("Sayings", "undone"),
    }.get(code, "")
