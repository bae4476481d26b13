"""What a short letter says: a question about the state, consent, "not fixed", a mark of satisfaction. Pure.

Words of people are hints. Only what does no harm follows from them by itself: a status letter to somebody who takes
part, an opinion written down. Consent and "not fixed" are shown to a person, who acts.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_NUMBER = re.compile(r"(?:\[\s*[#№]\s*(\d{1,9})\s*\]|[#№]\s*(\d{1,9})\b|\b(\d{3,9})\b)")
_POLITE = (
    r"(?:(?:добрый (?:день|вечер)|доброе утро|здравствуйте|привет|коллеги|подскажите|скажите|сообщите|уточните|"
    r"пожалуйста|please|hello|hi|good (?:morning|day|afternoon)|could you|can you|tell me|what is|what's|какой|"
    r"каков|спасибо|thanks|thank you|заранее)[\s,.!:–—-]*){0,6}"
)
_ABOUT = r"(?:по|о|of|for|on|about|the|my|our|нашей|моей|заявк\w*|обращени\w*|ticket|request|тикет\w*)"
_STATUS = re.compile(
    rf"{_POLITE}(?:the\s+)?(?:статус\w*|состояние|status)\s*(?:{_ABOUT}\s*){{0,4}}(?:[#№\[\s]*\d{{1,9}}\]?)?\s*[,.!?\s]*{_POLITE}",
    _I,
)
#: Negations that say that all is well.
_CALM = re.compile(
    r"\b(?:(?:проблем|ошибок|вопросов|замечаний|претензий|жалоб)\w*\s+(?:больше\s+|пока\s+)?(?:нет|не возника\w+)|"
    r"нет\s+(?:больше\s+)?(?:проблем|ошибок|вопросов|замечаний|претензий|жалоб)|проблема\s+(?:больше\s+)?не\s+"
    r"(?:повторя\w+|воспроизвод\w+|возника\w+)|(?:больше|теперь)\s+не\s+(?:повторя\w+|воспроизвод\w+|возника\w+|"
    r"зависа\w+|пада\w+|появля\w+|отвалива\w+|теря\w+|вис\w+)|"
    r"ошибка\s+(?:исчезла|пропала|ушла|больше не \w+)|не\s+за\s+что|"
    r"no\s+(?:more\s+|further\s+)?(?:problems?|issues?|errors?|questions?|complaints?)|error is gone|no longer "
    r"(?:hangs|fails|crashes|appears|happens)|not a problem|снова\s+(?:всё\s+|все\s+)?работает|опять\s+работает|"
    r"works?\s+again|working\s+again)\b",
    _I,
)
_WRONG = re.compile(
    r"\b(?:не\s+(?:работа\w+|реш\w+|помог\w+|исправ\w+|устран\w+|заработ\w+|печата\w+|откры\w+|загруж\w+|"
    r"проход\w+|получ\w+|отправл\w+|приход\w+|запуска\w+|включа\w+|подключа\w+|вид\w+|могу|можем|до конца|полностью|"
    r"согласен|согласна|согласны|закрывайте|закрывать|то)|опять|снова|по-прежнему|все ещё|всё ещё|все еще|всё еще|"
    r"до сих пор|ошибк\w*|осталась|осталось|остались|повторил\w+|вернул\w+|то же самое|без изменений|"
    r"not?\s+(?:fixed|solved|resolved|working|yet|ok)|still|again|"
    r"(?:does|did|do|is|are|was)(?:n'?t| not)|can(?:'?t|not| not)|"
    r"error\w*|fail\w*|broken|unfortunately|к сожалению)\b|^\W*(?:нет|no|неа|nope)\b",
    _I,
)
_AGREE = re.compile(
    r"\b(?:согласен|согласна|согласны|подтвержда\w+|можно закры\w+|закрывайте|закрыва[ем]\w*|всё работает|все работает|"
    r"всё в порядке|все в порядке|всё хорошо|все хорошо|всё отлично|заработал\w*|решен[оа]?|решён|исправлено|помогло|"
    r"спасибо|благодар\w+|работает|thank(?:s| you)|works?(?: fine| now| again)?|working(?: fine| now)?|fixed|solved|"
    r"resolved|confirm\w*|agree[ds]?|close it|can be closed|you can close|you may close|all good|great|perfect)\b|"
    r"^\W*(?:да|ага|угу|ок|окей|ok|okay|yes|yep|yeah|хорошо|good|\+)(?:\W|$)",
    _I,
)
_MARK = re.compile(
    r"\W*(?:(?:моя |наша |our |my )?(?:оценка|ставлю|ставим|оцениваю|rating|score|mark)\W{0,4})?(?:на )?(\d{1,2})\s*"
    r"(?:/\s*\d{1,2}|из\s+\d{1,2}|out of\s+\d{1,2}|балл\w*|points?|зв[её]зд\w*|stars?|\+)?[\s.,!)😀-🙏]*$",
    _I,
)
RANGES = {"csat": (1, 5), "nps": (0, 10)}


def asks_status(subject: str, text: str) -> bool:
    """Whether a letter asks how a ticket stands and nothing else: its text, or its subject above an empty text."""
    said = " ".join(text.split())
    if said:
        return len(said) <= 200 and bool(_STATUS.fullmatch(said))
    bare = re.sub(r"^\s*(?:(?:re|отв|ответ|на)\s*:\s*)+", "", subject, flags=_I)
    return len(bare) <= 120 and bool(_STATUS.fullmatch(" ".join(bare.split())))


def number_in(subject: str, text: str) -> int | None:
    """The ticket's number that a short question names; the text's before the subject's."""
    for source in (text[:200], subject):
        found = _NUMBER.search(source)
        if found:
            return int(next(group for group in found.groups() if group))
    return None


def consent(text: str) -> str:
    """``agree``, ``disagree`` or nothing: what an answer to "does it work?" says. Doubt is no consent."""
    said = " ".join(text.split())
    if not said or len(said) > 600:
        return ""
    rest, calm = _CALM.subn(" ", said)
    if _WRONG.search(rest):
        return "disagree"
    return "agree" if len(said) < 300 and (calm or _AGREE.search(rest)) else ""


def mark(kind: str, text: str) -> tuple[int, str] | None:
    """The mark that stands alone in the first line of an answer, within the range of ``kind``, and what follows it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    found = _MARK.fullmatch(lines[0]) if lines else None
    if found is None:
        return None
    value, (low, high) = int(found.group(1)), RANGES[kind]
    return (value, "\n".join(lines[1:])) if low <= value <= high else None
