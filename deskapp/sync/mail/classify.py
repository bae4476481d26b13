"""What kind of letter this is, as far as the letter alone tells: new, reply, forward, automatic, bounce.

The rules are those that help desks learnt from loops and lost letters: RFC 3834 (Auto-Submitted), RFC 3464
(delivery reports), RFC 8098 (read receipts), RFC 2919 and 2369 (lists), Microsoft's X-Auto-Response-Suppress,
and the subjects that Exchange, Outlook, Postfix, Exim, qmail, mail.ru and Yandex write, in Russian too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from deskapp.sync.mail.letter import Address, Hints, Kind, Language

_I = re.IGNORECASE
_TOKEN = re.compile(r"\[\s*[#№]\s*(\d{1,9})\s*\]")
_REPLY = re.compile(
    r"\s*(?:re|aw|sv|vs|antw|odp|ynt|rif|ha|на|отв|ответ|re:?fwd?)\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|"
    r"\^\d{1,3})?\s*[:：]",
    _I,
)
_FORWARD = re.compile(
    r"\s*[\[(]?\s*(?:fwd?|wg|tr|rv|enc|пересл(?:ано)?|пересылка|перенаправлено|переадресовано|переслать|пер|"
    r"doorst|vl|vb|pd)"
    r"\s*(?:\[\d{1,3}\])?\s*[:：]",
    _I,
)
#: "Автоматический ответ: ...", and nothing that somebody could complain of ("Автоответчик не работает").
_AUTOMATIC_ANSWER = re.compile(
    r"\s*\[?(?:автоматический ответ|автоответ|автоматическое (?:сообщение|уведомление об отсутствии)|"
    r"автоматична відповідь|"
    r"автоматты жауап|аўтаматычны адказ|auto(?:matic)?[- ]?(?:reply|response)|autoreply|"
    r"automatische antwort|automatisch antwoord|automatyczna odpowiedź|réponse automatique|respuesta automática|"
    r"risposta automatica|resposta automática|autosvar|automatiskt svar|"
    r"out of (?:the )?office(?: auto-?(?:matic )?(?:reply|response))?)\]?\s*(?:[:(\[—–.,!-]|$|"
    r"(?:от|на ваше|на письмо|from|to your|re:|until|till|до|с)\b)|\s*auto:",
    _I,
)
#: What somebody who is away sets as a subject; in a letter that answers nothing these are the words of a person.
_ABSENT = re.compile(
    r"\s*(?:(?:я|сотрудник)\s+)?(?:(?:сейчас|временно|нахожусь)\s+){0,2}(?:отсутствие на рабочем месте|вне офиса|"
    r"(?:нет|не) на рабочем месте|не в офисе|нет в офисе|в отпуске|в командировке|на больничном|отсутству(?:ю|ет)|"
    r"меня нет|out of (?:the )?office|away from (?:my|the)|i am (?:out of|away)|on vacation|vacation (?:reply|notice)|"
    r"abwesenheits?(?:notiz|nachricht|assistent)?)\b",
    _I,
)
_RECEIPT = re.compile(
    r"\s*(?:(?:прочтено|прочитано|уведомление о прочтении|не прочтено|read|gelesen|read receipt|"
    r"not read|доставлено|delivered|relayed|ретранслировано|expanded|развернуто)\s*:|"
    r"return receipt\b(?:\s*\([a-z]{1,20}\))?\s*(?:[:-]|$))",
    _I,
)
_BOUNCE = re.compile(
    r"\s*(?:недоставленное сообщение|не доставлено|не доставлена?|недоставлено|не удается доставить|"
    r"не удаётся доставить|"
    r"не удалось доставить|невозможно доставить|сообщение не доставлено|письмо не доставлено|ошибка доставки|"
    r"возвращ[её]нное письмо|"
    r"уведомление о (?:недоставке|состоянии доставки)|undeliver(?:able|ed)|mail delivery fail|"
    r"delivery (?:status notification|"
    r"fail|has failed)|delivery notification|failure notice|returned mail|mail system error|"
    r"message (?:undeliverable|not delivered)|"
    r"undelivered mail|unzustellbar|nicht zustellbar|non remis|mail delivery (?:system|subsystem)|"
    r"warning: (?:message|could not)|"
    r"mail failure\b|(?:permanent|transient) delivery failure|"
    r"delayed mail|delivery delayed|доставка (?:сообщения )?(?:задерживается|отложена))",
    _I,
)
_DAEMON = re.compile(
    r"(?:mailer-daemon|mdaemon|postmaster|maildaemon|mail-daemon|microsoftexchange[0-9a-f]{8,}|bounce[s]?)$", _I
)
_ROBOT = re.compile(
    r"(?:no-?_?reply|do-?_?not-?_?reply|noreply-.{1,64}|donotreply|monitoring|nagios|zabbix|alert[s]?|"
    r"notification[s]?|robot|"
    r"mailer|daemon|root|cron)$",
    _I,
)
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_GONE = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address)|does ?n[o']t exist|"
    r"invalid (?:mailbox|recipient|user)|"
    r"recipient (?:address )?rejected|address rejected|mailbox (?:unavailable|not found|disabled)|"
    r"user not found|account (?:is )?disabled|"
    r"unrouteable address|unknown recipient|unknown or illegal alias|not a known user|no mailbox here|"
    r"host (?:unknown|not found)|"
    r"bad destination|domain (?:name )?not found|не существует|не найден|недействител|"
    r"неизвестный (?:пользователь|получатель|адрес)|"
    r"отключ[её]н|заблокирован|получатель отсутствует|not listed in",
    _I,
)
#: Servers that refuse an unknown address "by policy": Yandex's 5.7.1, Exchange Online's 5.4.1.
_UNKNOWN_BY_POLICY = re.compile(
    r"\b5[.]7[.]1\b.{0,40}\b(?:no such user|user unknown|unknown user|user not found|does not exist|"
    r"mailbox not found)\b|"
    r"\b5[.]4[.]1\b.{0,40}\brecipient address rejected: access denied",
    _I | re.DOTALL,
)
#: Of 5.1.x what speaks of the sender: a bad address of ours, a bad reputation, several From, the day's limit.
_OF_THE_SENDER = frozenset(("7", "8", "20", "90"))
_FAILED_AFTER = re.compile(
    r"(?:following (?:addresses|recipients?)|recipient\(s\)|could not be delivered|couldn't be delivered|"
    r"delivery to the|"
    r"wa(?:sn't|s not) delivered to|permanent fatal errors|original-recipient|final-recipient|получател|адрес|"
    r"не удалось доставить|"
    r"не доставлено|unable to deliver|failed permanently|undeliverable address)",
    _I,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at."""

    headers: Mapping[str, tuple[str, ...]]
    sender: Address
    recipients: tuple[Address, ...]
    subject: str
    content_type: str
    report_type: str
    status: str
    """The text of the machine-readable part of a delivery report, or an empty string."""
    text: str
    answers: bool
    """Has In-Reply-To or References."""
    carries_letter: bool
    """Another letter is attached."""
    calendar: str = ""
    """The method of an attached calendar item: REQUEST, REPLY, CANCEL..."""
    accepts: bool = False
    """That item accepts an invitation."""

    def first(self, name: str) -> str:
        values = self.headers.get(name, ())
        return values[0].strip() if values else ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of `classify`; see `Letter` for the fields."""

    kind: Kind
    automatic: bool = False
    reason: str = ""
    bounced_address: str = ""
    permanent: bool = False


def classify(facts: Facts) -> Verdict:
    """Bounce before automatic before forward before reply; lists and robots keep their kind but are
    automatic."""
    bounce = _bounce(facts)
    if bounce is not None:
        return bounce
    reason = _automatic_answer(facts)
    if reason:
        return Verdict("auto", True, reason)
    kind = _kind(facts)
    reason = _silent(facts)
    return Verdict(kind, bool(reason), reason)


def ticket_number(subject: str) -> int | None:
    """The number in ``[#123]`` or ``[№123]``, the last one when there are several: it was added last."""
    found = _TOKEN.findall(subject)
    return int(found[-1]) if found else None


def bare_subject(subject: str) -> str:
    """A subject without Re:, Fwd: and tokens: what the letter is about."""
    text = _TOKEN.sub(" ", subject)
    while True:
        found = _REPLY.match(text) or _FORWARD.match(text)
        if found is None:
            return re.sub(r"\s+", " ", text).strip()
        text = text[found.end() :]


def _kind(facts: Facts) -> Kind:
    subject = _TOKEN.sub(" ", facts.subject)
    if _FORWARD.match(subject):
        return "forward"
    if facts.answers or _REPLY.match(subject):
        return "reply"
    if facts.carries_letter and facts.content_type in ("message/rfc822", "multipart/digest"):
        return "forward"
    if facts.carries_letter and len(facts.text.strip()) < 300:
        return "forward"
    return "new"


def _bounce(facts: Facts) -> Verdict | None:
    failed_header = facts.first("x-failed-recipients")
    daemon = _is_daemon(facts)
    is_report = facts.report_type == "delivery-status" or (bool(facts.status) and daemon)
    by_subject = bool(_BOUNCE.match(facts.subject))
    if not (is_report or failed_header or (by_subject and daemon)):
        return None
    actions = [value.lower() for value in _status_values(facts.status, "action")]
    if actions and all(action in ("delivered", "relayed", "expanded") for action in actions):
        return Verdict("auto", True, "A report that a letter was delivered")
    address = _failed_address(facts, failed_header)
    return Verdict("bounce", True, "A letter could not be delivered", address, _permanent(facts, actions))


def _is_daemon(facts: Facts) -> bool:
    local = facts.sender.address.rpartition("@")[0] or facts.sender.address or facts.sender.name
    if _DAEMON.match(local) or re.match(
        r"mail(?:er)?[- ]delivery|mailer-daemon|postmaster|microsoft outlook$", facts.sender.name, _I
    ):
        return True
    return (facts.first("return-path") in ("<>", "<MAILER-DAEMON>") and not facts.answers) or not facts.sender.address


def _status_values(status: str, name: str) -> list[str]:
    found = re.findall(rf"^{name}[ \t]*:(.*(?:\n[ \t]+\S.*)*)$", status, re.MULTILINE | _I)
    return [" ".join(value.split()) for value in found]


def _failed_address(facts: Facts, failed_header: str) -> str:
    ours = {facts.sender.address.lower()} | {person.address.lower() for person in facts.recipients}
    for block in re.split(r"\n\s*\n", facts.status):
        action = _status_values(block, "action")
        if action and action[0].lower() in ("delivered", "relayed", "expanded"):
            continue
        # The original recipient is the address that we wrote to; the final one may be where it was
        # redirected.
        for name in ("original-recipient", "final-recipient"):
            for value in _status_values(block, name):
                found = _ADDRESS.search(value.rpartition(";")[2])
                if found:
                    return found.group()
    found = _ADDRESS.search(failed_header)
    if found:
        return found.group()
    text = facts.text[:20_000]
    start = _FAILED_AFTER.search(text)
    for source in (text[start.start() :] if start else "", text):
        for candidate in _ADDRESS.findall(source):
            if candidate.lower() not in ours and not _DAEMON.match(candidate.rpartition("@")[0]):
                return str(candidate)
    return ""


def _permanent(facts: Facts, actions: list[str]) -> bool:
    """Whether the address itself is bad: a full mailbox or a refused text is no reason to give a person
    up."""
    if actions and "failed" not in actions:
        return False
    codes = _ENHANCED.findall(" ".join(_status_values(facts.status, "status")))
    text = facts.status + "\n" + facts.text[:20_000]
    if not codes:
        codes = _ENHANCED.findall(text)
    for kind, subject, detail in codes:
        if kind == "5" and subject == "1" and detail in _OF_THE_SENDER:
            return False
        if kind == "5" and (subject == "1" or (subject, detail) in (("2", "1"), ("4", "4"))):
            return True
    if _UNKNOWN_BY_POLICY.search(text):
        return True
    known = {(kind, subject) for kind, subject, _ in codes}
    if known and not known & {("5", "0"), ("5", "5")}:
        return False
    return bool(_GONE.search(text))


def _submitted(facts: Facts) -> str:
    """The word of an Auto-Submitted header (RFC 3834); empty for letters of people."""
    submitted = facts.first("auto-submitted").lower().partition(";")[0].strip()
    return "" if submitted == "no" else submitted


def _automatic_answer(facts: Facts) -> str:
    submitted = _submitted(facts)
    answers = facts.answers or bool(_REPLY.match(_TOKEN.sub(" ", facts.subject)))
    # "auto-generated" answers nothing: a monitor's alarm is a request like any other, only never answered by a machine
    if submitted and (answers or not submitted.startswith(("auto-generated", "auto-notified"))):
        return f"Auto-Submitted: {submitted}"[:80]
    if facts.report_type == "disposition-notification" or (
        facts.content_type == "multipart/report" and _RECEIPT.match(facts.subject)
    ):
        return "A read receipt"
    if facts.report_type == "feedback-report":
        return "A complaint report of a mail provider"
    for name in (
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply",
        "x-autoreply-from",
        "x-mail-autoreply",
        "x-autogenerated",
        "x-mdaemon-autoresponder",
    ):
        if facts.first(name) and facts.first(name).lower() != "no":
            return f"{name.title()} header"
    if facts.first("precedence").lower() in ("auto_reply", "auto-reply"):
        return "Precedence: auto_reply"
    if facts.first("x-ms-exchange-generated-message-source").lower().startswith("mailbox rules"):
        return "A mailbox rule of Exchange"
    if facts.first("content-type").lower().startswith("multipart/report"):
        return "A report of a mail program"
    # a refusal, another time and every word of a person are for people to read; consent by a click moves nothing
    if facts.accepts and (not facts.text.strip() or _CALENDAR_ROBOT.match(facts.first("sender"))):
        return "An accepted invitation"
    # a subject alone is no proof: somebody may report that the answering machine is out of order
    subject = _TOKEN.sub(" ", facts.subject)
    if facts.answers or _without_a_hand(facts):
        if _RECEIPT.match(subject):
            return "A read receipt"
        if _AUTOMATIC_ANSWER.match(subject) or _ABSENT.match(subject):
            return _ABSENCE
    return ""


_CALENDAR_ROBOT = re.compile(r".{0,200}\bcalendar-notification@google\.com\b", _I)
_ABSENCE = "The subject of an absence notice"


def _without_a_hand(facts: Facts) -> bool:
    """Whether a program marked the letter as its own, in whatever way."""
    return bool(
        _submitted(facts)
        or facts.first("x-auto-response-suppress").lower() not in ("", "none")
        or facts.first("precedence").lower() in ("bulk", "junk")
        or facts.first("return-path").replace(" ", "") == "<>"
    )


def _silent(facts: Facts) -> str:
    """Why a letter that a machine or a list sent must not be answered by a machine; empty for people."""
    if _submitted(facts):
        return f"Auto-Submitted: {_submitted(facts)}"[:80]
    precedence = facts.first("precedence").lower()
    if precedence in ("bulk", "junk", "list"):
        return f"Precedence: {precedence}"
    suppress = {word.strip().lower() for word in facts.first("x-auto-response-suppress").split(",")}
    if suppress & {"all", "oof", "autoreply"}:
        return "X-Auto-Response-Suppress"
    for name in ("list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list", "x-mailing-list"):
        if facts.first(name):
            return "A mailing list"
    if facts.first("x-loop") or facts.first("x-deskapp-letter"):
        return "A letter of a help desk (X-Loop)"
    if facts.calendar in ("REPLY", "COUNTER"):
        return "An answer to an invitation"
    if facts.headers.get("return-path") and facts.first("return-path").replace(" ", "") == "<>":
        return "An empty return path"
    if facts.first("feedback-id") and facts.first("x-campaign-id"):
        return "A mass mailing"
    local = facts.sender.address.rpartition("@")[0]
    if _DAEMON.match(local) or _ROBOT.match(local):
        return "The sender is a machine"
    if not facts.sender.address:
        return "No address to answer to"
    if _AUTOMATIC_ANSWER.match(_TOKEN.sub(" ", facts.subject)):
        return _ABSENCE
    return ""


_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_LATIN = re.compile("[A-Za-z]+")


def language(subject: str, text: str) -> Language:
    """Russian when a fifth of the letters is Cyrillic: stack traces and paths are Latin in Russian letters
    too."""
    sample = f"{subject}\n{text[:3000]}"
    cyrillic = sum(map(len, _CYRILLIC.findall(sample)))
    latin = sum(map(len, _LATIN.findall(sample)))
    return "ru" if cyrillic and cyrillic * 4 >= latin else "en"


_NOT_URGENT = re.compile(
    r"\b(?:не\s*срочно|несрочно|не горит|когда будет время|(?<!не )терпит|not urgent|no rush|no hurry|"
    r"low priority|низк(?:ая|ий) (?:срочность|приоритет))\b",
    _I,
)
_CRITICAL = re.compile(
    r"\b(?:критич\w*|авари[яйю]\w*|вс[её] стоит|работа (?:встала|стоит|остановлена|парализована)|"
    r"производство (?:встало|стоит)|полностью не работает|никто не может (?:работать|войти)|critical|outage|"
    r"production (?:is )?down|system (?:is )?down|emergency)\b",
    _I,
)
_URGENT = re.compile(
    r"\b(?:(?:очень )?срочн\w*|как можно (?:скорее|быстрее)|немедленно|asap|urgent\w*|as soon as possible|"
    r"immediately|high priority|высок(?:ая|ий) (?:срочность|приоритет))\b",
    _I,
)
_URGENCY_WORDS = ((4, _NOT_URGENT), (1, _CRITICAL), (2, _URGENT))
_URGENCY_LINE = re.compile(
    r"^[ \t]*(?:срочность|приоритет|urgency|priority)[ \t]*[:=—-][ \t]*([^\n]{1,60})$", _I | re.MULTILINE
)
_URGENCY_NAMES = (
    (1, ("критич", "авари", "critical", "blocker", "1")),
    (2, ("высок", "срочн", "high", "urgent", "2")),
    (4, ("низк", "low", "4")),
    (3, ("обычн", "средн", "норм", "normal", "medium", "3")),
)
_CAUSE_LINE = re.compile(
    r"^[ \t]*(?:причина|категория|тип (?:заявки|обращения|проблемы)|cause|category|"
    r"type of problem)[ \t]*[:=][ \t]*([^\n]{2,120})$",
    _I | re.MULTILINE,
)


def hints(facts: Facts, reply: str) -> Hints:
    """The requester's own words about urgency and cause: a named line first, then phrases, then the priority
    header."""
    sample = f"{facts.subject}\n{reply[:4000]}"
    words: list[str] = []
    urgency: int | None = None
    named = _URGENCY_LINE.search(sample)
    if named:
        value = named.group(1).strip().lower()
        urgency = next((level for level, starts in _URGENCY_NAMES if value.startswith(starts)), None)
        if urgency is not None:
            words.append(named.group().strip())
    if urgency is None:
        for level, pattern in _URGENCY_WORDS:
            found = pattern.search(sample)
            if found:
                urgency = level
                words.append(found.group())
                break
    if urgency is None:
        urgency = _priority_header(facts)
    cause = _CAUSE_LINE.search(sample)
    if cause:
        words.append(cause.group().strip())
    return Hints(urgency, cause.group(1).strip() if cause else "", tuple(words))


def _priority_header(facts: Facts) -> int | None:
    importance = (facts.first("importance") or facts.first("x-msmail-priority")).lower()
    priority = facts.first("x-priority")[:1]
    if importance == "high" or priority in ("1", "2"):
        return 2
    if importance == "low" or priority in ("4", "5"):
        return 4
    return None
