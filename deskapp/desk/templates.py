"""The desk's letters: built-in texts in two languages, or what people wrote instead, filled with values.

A template is plain text with ``{{ value }}``, ``{{ value|filter }}`` and ``{% if value %}…{% endif %}``.
Everybody at the desk can edit one and every replica renders it, so it may do nothing else: no loops, calls,
attributes, arithmetic or assignments. Time and size of a letter are then linear in its template and
values, which no limit on a full language can promise. Jinja's sandbox stays underneath as the second wall.

The only file that knows Jinja2.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NoReturn, TypedDict
from zoneinfo import ZoneInfo

from deskapp.core.errors import UserFacingError
from deskapp.core.paths import resources
from deskapp.desk import wording

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

KINDS: Final = (
    "ack", "promise", "refusal", "question", "reply", "slip", "done", "reminder", "status",
    "visit", "holding", "rating", "followup",
)  # fmt: skip
#: Those that the reply's tab offers besides its own (Ctrl+M), written from what the ticket knows by itself.
BY_HAND: Final = ("status",)
LANGUAGES: Final = ("ru", "en")

_MAX_TEMPLATE = 20_000
_MAX_LETTER = 200_000
_FILTERS = ("capitalize", "default", "lower", "trim", "upper")


class LetterValues(TypedDict, total=False):
    """What a letter may say. Instants are aware; ``zone`` is the reader's. Left out or None: shown as missing
    where the template uses it. Texts that a person left empty on purpose ("") are just not told."""

    name: str  # the requester's whole name; the letter greets by a part of it
    number: int | None
    subject: str
    urgency: int  # 1 critical .. 4 low
    cause: str  # in the letter's language
    specialist: str
    date: datetime | None  # promised, or the new date of a slip notice
    old_date: datetime | None
    due: datetime | None  # until when the answer comes
    now: datetime
    zone: ZoneInfo | str
    days_off: tuple[date, ...]  # holidays between now and the date
    status: str
    wait_for: str
    reason: str
    instead: str
    question: str
    text: str
    solution: str
    prevention: str
    window: tuple[datetime, datetime]  # of a visit
    address: str
    access: str  # what the customer should prepare
    ask: str  # the word that asks how it stands, where the desk answers it
    signature: str
    desk: str


#: What a template may name, and what to call it in a letter that lacks it: (Russian, English).
NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("имя", "name"),
    "number": ("номер", "number"),
    "subject": ("тема", "subject"),
    "urgency": ("срочность", "urgency"),
    "cause": ("причина", "cause"),
    "specialist": ("специалист", "specialist"),
    "date": ("срок", "date"),
    "date_genitive": ("срок", "date"),
    "old_date": ("прежний срок", "old date"),
    "old_date_genitive": ("прежний срок", "old date"),
    "due": ("время ответа", "time of the answer"),
    "due_genitive": ("время ответа", "time of the answer"),
    "holidays": ("праздники", "holidays"),
    "status": ("состояние", "status"),
    "reason": ("причина", "reason"),
    "instead": ("что сделать", "what to do"),
    "question": ("вопрос", "question"),
    "text": ("текст", "text"),
    "solution": ("что исправлено", "what was fixed"),
    "prevention": ("как предупредить", "how to prevent it"),
    "window": ("время выезда", "time of the visit"),
    "address": ("адрес", "address"),
    "access": ("доступ", "access"),
    "ask": ("слово для вопроса", "word to ask with"),
    "signature": ("подпись", "signature"),
    "desk": ("название службы", "name of the desk"),
}
_MARK = {"ru": ("‹впишите: ", "›"), "en": ("‹fill in: ", "›")}


def render(
    kind: str, language: str, values: LetterValues, own: str | None = None, own_subject: str | None = None
) -> tuple[str, str]:
    """Subject and body of a letter of ``kind``; ``own`` texts, where not empty, replace the built-in ones.

    The subject carries the token ``[#N]`` exactly once. A value that is missing stands in the text as
    "‹впишите: срок›" (see ``unfilled``). KeyError for a kind that does not exist; UserFacingError, naming the
    line, for a template with a mistake in it.
    """
    language = wording.letters_language(language)
    subject, body = builtin(kind, language)
    context = _context(language, values)
    text = _fill(own or body, context, language)
    title = " ".join(_fill(own_subject or subject, context, language).split())
    return wording.token_subject(title, values.get("number")), _tidy(text)


def builtin(kind: str, language: str) -> tuple[str, str]:
    """The templates of subject and body that come with the application."""
    if kind not in KINDS:
        raise KeyError(kind)
    return _builtin(kind, wording.letters_language(language))


@functools.cache
def _builtin(kind: str, language: str) -> tuple[str, str]:
    text = (resources() / "letters" / f"{kind}.{language}.txt").read_text("utf-8")
    subject, _, body = text.partition("\n\n")
    return subject.strip(), body


def check(subject: str, body: str, language: str) -> None:
    """Whether a template that a person wrote can be used; UserFacingError, naming the line, if not."""
    for source in (subject, body):
        _fill(source, {}, wording.letters_language(language))


def unfilled(text: str) -> tuple[str, ...]:
    """The names of the values that ``text`` still lacks, in order: ("что исправлено",)."""
    found = []
    for start, end in _MARK.values():
        for part in text.split(start)[1:]:
            name, closed, _ = part.partition(end)
            if closed:
                found.append(name)
    return tuple(dict.fromkeys(found))


def _context(language: str, values: LetterValues) -> dict[str, str]:
    """The values as words. What is absent or None stays out; the template then shows where it is missed."""
    zone = values.get("zone") or "UTC"
    reader = ZoneInfo(zone) if isinstance(zone, str) else zone
    words: dict[str, str] = {}
    for key in NAMES:
        if isinstance(text := values.get(key), str):
            words[key] = text.strip()
    words["name"] = wording.greeting_name(values.get("name") or "")
    words["subject"] = wording.bare_subject(values.get("subject") or "")
    words["signature"] = (values.get("signature") or "").strip()
    words["cause"] = wording.uncapitalised(values.get("cause") or "")
    words["holidays"] = wording.holiday_remark(values.get("days_off") or (), language)
    if (number := values.get("number")) is not None:
        words["number"] = str(number)
    if (level := values.get("urgency")) is not None:
        words["urgency"] = wording.urgency(level, language)
    words["status"] = wording.status(values.get("status") or "", values.get("wait_for") or "", language)
    if promised := values.get("date"):
        local = promised.astimezone(reader)
        words["date"] = wording.full_date(local, language)
        words["date_genitive"] = wording.full_date(local, language, genitive=True)
    if old := values.get("old_date"):
        local = old.astimezone(reader)
        words["old_date"] = wording.brief_date(local, language)
        words["old_date_genitive"] = wording.brief_date(local, language, genitive=True)
    if (due := values.get("due")) and (now := values.get("now")):
        local = due.astimezone(reader)
        words["due"] = wording.near_date(local, now, language)
        words["due_genitive"] = wording.near_date(local, now, language, genitive=True)
    if window := values.get("window"):
        words["window"] = wording.time_window(window[0].astimezone(reader), window[1].astimezone(reader), language)
    # What cannot be said and must be is missing too, not only what was never given.
    for key in ("specialist", "reason", "question", "solution", "status"):
        if words.get(key) == "":
            del words[key]
    return words


def _tidy(text: str) -> str:
    """Without blanks at the ends of lines and without more than one empty line in a row."""
    lines: list[str] = []
    for line in text.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip() + "\n"


def _refuse(line: int, what: str) -> NoReturn:
    raise UserFacingError(
        "The letter template has a mistake",
        "Line %1: %2. The template was not used, no letter was changed. "
        "Correct the template in Settings, Letters, or go back to the built-in one.",
        line,
        what,
    )


def _fill(source: str, context: Mapping[str, str], language: str) -> str:
    import jinja2

    if len(source) > _MAX_TEMPLATE:
        line = source.count("\n", 0, _MAX_TEMPLATE) + 1
        _refuse(line, f"a template has at most {_MAX_TEMPLATE} characters")
    try:
        pieces, size = [], 0
        for piece in _compiled(source, language).generate(context):
            size += len(piece)
            if size > _MAX_LETTER:
                _refuse(1, f"the letter would be longer than {_MAX_LETTER} characters")
            pieces.append(piece)
    except jinja2.TemplateSyntaxError as error:
        _refuse(error.lineno, (error.message or "not understood").rstrip("."))
    except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        _refuse(_line_of(error), str(error).rstrip("."))
    except (RecursionError, MemoryError, SyntaxError):
        # SyntaxError: the compiled template nests deeper than Python allows
        _refuse(1, "too deeply nested")
    return "".join(pieces)


@functools.lru_cache(maxsize=128)
def _compiled(source: str, language: str) -> Template:
    env = _environment(language)
    tree = env.parse(source)
    _allow_only_letters(tree)
    return env.from_string(tree)


def _line_of(error: BaseException) -> int:
    """The template's line in which ``error`` arose; Jinja puts it into the traceback."""
    line, step = 1, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = step.tb_lineno
        step = step.tb_next
    return line


def _allow_only_letters(tree: nodes.Template) -> None:
    """Raise for all but text, values, filters, conditions. Compiling comes later: it computes constants."""
    from jinja2 import nodes

    allowed = (
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.If,
        nodes.CondExpr,
        nodes.Name,
        nodes.Const,
        nodes.Filter,
        nodes.Test,
        nodes.Compare,
        nodes.Operand,
        nodes.And,
        nodes.Or,
        nodes.Not,
    )
    explained: dict[type[nodes.Node], str] = {
        nodes.For: "a letter has no loops",
        nodes.Call: "a letter calls nothing",
        nodes.Getattr: "a value has no parts",
        nodes.Getitem: "a value has no parts",
        nodes.Assign: "a letter sets no values",
        nodes.BinExpr: "a letter computes nothing",
    }
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, allowed):
            for kind, why in explained.items():
                if isinstance(node, kind):
                    _refuse(node.lineno, why)
            _refuse(node.lineno, f"“{type(node).__name__.lower()}” is not used in letters")
        if isinstance(node, nodes.Filter) and node.name not in (*_FILTERS, "sentence"):
            have = ", ".join((*_FILTERS, "sentence"))
            _refuse(node.lineno, f"there is no filter “{node.name}”; there are {have}")
        if isinstance(node, nodes.Test) and node.name not in ("defined", "undefined"):
            _refuse(node.lineno, f"there is no test “{node.name}”; there are defined, undefined")
        if isinstance(node, nodes.Name) and node.name not in NAMES:
            _refuse(node.lineno, f"there is no value “{node.name}”; there are {', '.join(NAMES)}")
        waiting.extend(node.iter_child_nodes())


@functools.cache
def _environment(language: str) -> Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    start, end = _MARK[language]

    class Missing(jinja2.Undefined):
        """Stands in the letter under its name, so that a person sees it; false in a condition."""

        def __str__(self) -> str:
            names = NAMES.get(self._undefined_name or "", ("?", "?"))
            return start + names[0 if language == "ru" else 1] + end

    env = ImmutableSandboxedEnvironment(undefined=Missing, keep_trailing_newline=True, lstrip_blocks=True, cache_size=0)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in _FILTERS}
    env.filters["sentence"] = lambda text: wording.sentence(str(text))
    env.tests = {name: env.tests[name] for name in ("defined", "undefined")}
    return env
