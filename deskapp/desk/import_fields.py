"""What can be imported: the fields of each kind of row, how files name them, and how their cells are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.core.text import clean_text
from deskapp.desk import effort


class BadCell(ValueError):
    """A cell that is not understood; its argument is the code of the reason."""


@dataclass(frozen=True)
class Field:
    """``names``: heads that mean it, Russian and English, folded."""

    name: str
    title: str  # English, put into words by the reader
    names: tuple[str, ...]
    kind: str = "text"
    required: bool = False


def _field(name: str, title: str, names: str, kind: str = "text", required: bool = False) -> Field:
    return Field(name, title, tuple(folded(each) for each in (title, *names.split(";"))), kind, required)


@lru_cache(maxsize=20_000)
def folded(head: str) -> str:
    """A head of a column as it is compared: case, ё and punctuation do not matter."""
    return " ".join(re.sub(r"[^\w]+|_", " ", head.casefold().replace("ё", "е")).split())


KINDS: Mapping[str, tuple[Field, ...]] = {
    "customers": (
        _field("name", "Name", "клиент;название;организация;компания;контрагент;наименование;customer;company;"
               "organization;account", required=True),
        _field("domain", "Mail domain", "домен;почтовый домен;domain;email domain"),
        _field("phone", "Phone", "телефон;тел;phone number"),
        _field("address", "Address", "адрес;юридический адрес;город;street"),
        _field("language", "Language", "язык", "language"),
        _field("zone", "Time zone", "часовой пояс;пояс;timezone"),
        _field("vip", "VIP", "вип;важный", "flag"),
        _field("note", "Note", "примечание;комментарий;заметка;comment;notes;description"),
        _field("contract", "Contract number", "договор;номер договора;contract;contract no"),
        _field("hours", "Contract hours", "режим;часы;часы поддержки;support hours;sla", "hours"),
        _field("since", "Contract since", "действует с;договор с;дата договора;start date;valid from", "day"),
        _field("until", "Contract until", "действует до;договор до;срок договора;конец;end date;valid until;expires",
               "day"),
    ),
    "contacts": (
        _field("name", "Name", "имя;фио;контакт;контактное лицо;full name;contact;person"),
        _field("address", "Mail", "почта;e mail;email;электронная почта;эл почта;e mail address", "address"),
        _field("phone", "Phone", "телефон;тел;мобильный;mobile;phone number"),
        _field("customer", "Customer", "клиент;организация;компания;контрагент;company;organization;account"),
        _field("post", "Post", "должность;роль;title;position;job title"),
        _field("language", "Language", "язык", "language"),
        _field("zone", "Time zone", "часовой пояс;timezone"),
        _field("may_agree", "May agree to closing", "подтверждает закрытие;согласует;может согласовать", "flag"),
        _field("note", "Note", "примечание;комментарий;comment;notes"),
    ),
    "articles": (
        _field("title", "Title", "название;заголовок;тема;статья;subject;name", required=True),
        _field("number", "Number", "номер;no;id", "number"),
        _field("symptoms", "Symptoms", "признаки;симптомы;проблема;problem;question"),
        _field("why", "Cause", "причина;reason"),
        _field("fix", "Fix", "решение;исправление;что делать;solution;answer;content;body;текст"),
        _field("prevention", "How to prevent", "как предупредить;профилактика;предупреждение;prevention"),
        _field("internal", "Internal part", "внутреннее;для сотрудников;internal;internal notes"),
        _field("product", "Product", "продукт;программа;система"),
        _field("version", "Version", "версия"),
        _field("language", "Language", "язык", "language"),
    ),
    "parts": (
        _field("code", "Code", "код;артикул;sku;part number;part no", required=True),
        _field("name", "Name", "название;наименование;деталь;запчасть;part;description"),
        _field("stock", "Stock", "запас;вид запаса;склад;type", "stock"),
        _field("unit", "Unit", "единица;ед;ед изм"),
        _field("minimum", "Minimum", "минимум;мин остаток;неснижаемый остаток;min;reorder level", "number"),
        _field("lead_days", "Days of delivery", "срок поставки;дней поставки;lead time", "number"),
        _field("quantity", "In stock", "остаток;количество;кол во;в наличии;quantity;qty;on hand", "number"),
        _field("note", "Note", "примечание;комментарий;comment;notes"),
    ),
    "tickets": (
        _field("number", "Number", "номер;номер заявки;заявка;ticket;ticket id;id;no", "number"),
        _field("subject", "Subject", "тема;название;заголовок;кратко;title;summary;name", required=True),
        _field("text", "Description", "описание;текст;обращение;проблема;details;body;message"),
        _field("status", "Status", "статус;состояние;state", "status"),
        _field("urgency", "Urgency", "срочность;приоритет;priority;severity", "urgency"),
        _field("customer", "Customer", "клиент;организация;компания;контрагент;company;organization;account"),
        _field("requester", "Requester", "заявитель;контакт;имя;автор;contact;caller;requested by"),
        _field("address", "Mail", "почта;email;e mail;электронная почта;requester email", "address"),
        _field("phone", "Phone", "телефон;phone number"),
        _field("owner", "Specialist", "специалист;исполнитель;ответственный;owner;assignee;assigned to;agent"),
        _field("cause", "Cause", "причина;категория;тип;category;type"),
        _field("received", "Received", "поступила;создана;дата создания;дата обращения;дата;created;opened;created at",
               "moment", required=True),
        _field("answered", "Answered", "ответ;первый ответ;дата ответа;first response;responded at", "moment"),
        _field("promised", "Promised", "обещано;срок;обещанный срок;due;due date", "moment"),
        _field("finished", "Finished", "решена;выполнена;закрыта;дата закрытия;дата решения;resolved;closed;"
               "resolved at;closed at", "moment"),
        _field("solution", "Solution", "решение;что сделано;resolution;fix"),
        _field("prevention", "How to prevent", "как предупредить;профилактика;prevention"),
        _field("effort", "Estimate", "трудоемкость;оценка;estimate;estimated", "minutes"),
        _field("spent", "Spent", "затрачено;потрачено;факт;spent;time spent;actual", "minutes"),
        _field("product", "Product", "продукт;программа;система"),
    ),
    "history": (
        _field("ticket", "Ticket number", "номер;номер заявки;заявка;ticket;ticket id;id", "number", required=True),
        _field("text", "Text", "текст;запись;описание;комментарий;comment;note;body;message", required=True),
        _field("at", "When", "дата;время;когда;date;created;created at", "moment"),
        _field("author", "Who", "автор;специалист;исполнитель;author;user;by"),
        _field("kind", "Kind", "вид;тип;type", "note"),
        _field("minutes", "Spent", "затрачено;время минут;минут;minutes;time spent", "minutes"),
    ),
}  # fmt: skip


def guess_kind(heads: Sequence[str]) -> str:
    """The kind of which most heads are known, the required ones above all."""

    def score(kind: str) -> tuple[int, int]:
        mapping = guess(kind, heads)
        required = [each for each in KINDS[kind] if each.required]
        return (sum(each.name in mapping for each in required) - len(required), len(mapping))

    return max(KINDS, key=score)


def guess(kind: str, heads: Sequence[str]) -> dict[str, int]:
    """Field -> the column that means it: by whole heads first, then by heads that contain a name."""
    known = [folded(head) for head in heads]
    found: dict[str, int] = {}
    for exact in (True, False):
        for each in KINDS[kind]:
            if each.name in found:
                continue
            for name in each.names:
                place = next(
                    (
                        place
                        for place, head in enumerate(known)
                        if place not in found.values()
                        and head
                        and (head == name if exact else len(name) > 3 and f" {name} " in f" {head} ")
                    ),
                    None,
                )
                if place is not None:
                    found[each.name] = place
                    break
    return found


# --- cells -------------------------------------------------------------------------------------------------------

_YES = frozenset("да yes y true 1 x + истина есть д v".split())
_NO = frozenset("нет no n false 0 - ложь н".split())
_URGENCIES = {
    1: "критическая критический критичная авария аварийная наивысший наивысшая blocker critical urgent emergency p1",
    2: "высокая высокий high major p2",
    3: "обычная обычный нормальная нормальный средняя средний normal medium moderate p3",
    4: "низкая низкий low minor trivial p4",
}
_STATUSES = {
    "new": "новая новый зарегистрирована открыта открыт new open opened",
    "promised": "срок назван назначена назначен запланирована promised assigned planned scheduled",
    "in_progress": "в работе выполняется в процессе in progress work in progress active working",
    "waiting": "ожидание ждем клиента ожидает отложена приостановлена pending waiting on hold waiting for customer",
    "resolved": "решена решен выполнена выполнен resolved done fixed решена ждем согласия",
    "closed": "закрыта закрыт завершена завершен closed completed archived",
    "refused": "отказ отклонена отклонен отменена rejected declined refused cancelled canceled",
}
_STOCKS = {"emergency": "аварийный аварийная emergency critical", "routine": "плановый обычный routine normal"}
_NOTES = {
    "check": "проверка check", "change": "изменение change", "talk": "звонок разговор call talk phone",
    "measure": "замер измерение measure", "visit": "выезд visit", "part": "запчасть деталь part",
    "note": "заметка комментарий note comment internal",
}  # fmt: skip
_DATES = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%y", "%Y.%m.%d", "%d %b %Y", "%d %B %Y")
_MOMENT = re.compile(
    r"(?P<day>.+?)(?:[ T,]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass
class Cells:
    """How cells are read; ``zone``: of times without one. Texts that come again are understood once."""

    zone: tzinfo
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def read(self, kind: str, cell: Any) -> Any:
        """The value of a cell; None for an empty one, BadCell for one that is not understood."""
        if cell is None:
            return None
        if isinstance(cell, str):
            cell = cell.strip()
            if not cell:
                return None
            if kind == "text":
                return clean_text(cell)
            if kind == "moment":  # seldom the same twice
                return _moment(self, cell)
            known = self._known.get((kind, cell))
            if known is not None:
                return known
        elif kind == "text":
            return _plain(cell)
        value = _READERS[kind](self, cell)
        if isinstance(cell, str) and len(self._known) < 50_000:
            self._known[kind, cell] = value
        return value


def _plain(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _number(_cells: Cells, cell: Any) -> int:
    if isinstance(cell, bool):
        raise BadCell("not_number")
    if isinstance(cell, int | float):
        return int(cell)
    text = re.sub(r"[№#\s\u00a0\u202f]", "", str(cell)).replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        raise BadCell("not_number") from None
    if not abs(number) < 2**53:
        raise BadCell("not_number")
    return int(number)


def _minutes(_cells: Cells, cell: Any) -> int:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(cell)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    text = str(cell)
    if text.strip() in ("0", "0:00", "00:00"):
        return 0
    minutes = effort.parse(text)
    if minutes is None:
        raise BadCell("not_effort")
    return minutes


def _day(cells: Cells, cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return _date(str(cell).split(" ")[0] if re.match(r"\d", str(cell)) and ":" in str(cell) else str(cell)).isoformat()


def _date(text: str) -> date:
    if len(text) == 10 and text[4] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadCell("not_date") from None
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    raise BadCell("not_date")


def _moment(cells: Cells, cell: Any) -> int:
    """UTC milliseconds; a date alone is its beginning."""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        cell = datetime.combine(cell, time())
    if not isinstance(cell, datetime):
        cell = _written(str(cell))
    if not 1970 <= cell.year < 2200:
        raise BadCell("not_date")
    return to_ms(cell if cell.tzinfo else cell.replace(tzinfo=cells.zone))


#: The two ways in which nearly all files write dates: 31.12.2026 09:20 and 2026-12-31 09:20.
_USUAL = re.compile(r"(?:(\d\d)\.(\d\d)\.(\d{4})|(\d{4})-(\d\d)-(\d\d))(?:[ T](\d\d?):(\d\d)(?::(\d\d))?)?")


def _written(text: str) -> datetime:
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        day, month, year, year_, month_, day_, hour, minute, second = usual.groups()
        try:
            return datetime(  # noqa: DTZ001  the zone is the reader's
                int(year or year_), int(month or month_), int(day or day_), int(hour or 0), int(minute or 0),
                int(second or 0),
            )  # fmt: skip
        except ValueError:
            raise BadCell("not_date") from None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise BadCell("not_date")
    clock = found["clock"]
    day = _date(found["day"])
    at = time.fromisoformat(clock if len(clock.split(":")[0]) == 2 else f"0{clock}") if clock else time()
    moment = datetime.combine(day, at)
    if found["zone"]:
        return datetime.fromisoformat(f"{moment.isoformat()}{found['zone'].replace('Z', '+00:00')}").astimezone(UTC)
    return moment


def _flag(_cells: Cells, cell: Any) -> bool:
    word = _plain(cell).casefold() if not isinstance(cell, bool) else str(cell).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell("not_flag")


def _language(_cells: Cells, cell: Any) -> str:
    word = str(cell).casefold()
    if word.startswith(("ru", "ру")):
        return "ru"
    if word.startswith(("en", "ан")):
        return "en"
    raise BadCell("not_language")


def _hours(_cells: Cells, cell: Any) -> str:
    word = re.sub(r"\s", "", str(cell).casefold())
    if re.match(r"24[/x×х*]7", word) or "круглосуточно" in word:
        return "24×7"
    if re.match(r"8[/x×х*]5", word) or "рабоч" in word or "business" in word:
        return "8×5"
    raise BadCell("not_hours")


def _address(_cells: Cells, cell: Any) -> str:
    found = re.search(r"[^\s<>;,\"']+@[^\s<>;,\"']+", str(cell))
    if found is None:
        raise BadCell("not_address")
    return clean_text(found.group()).lower()


def _one_of(words: Mapping[Any, str], code: str) -> Callable[[Cells, Any], Any]:
    """A reader of words; a phrase counts as a whole, then its first word."""
    known = {word: value for value, text in words.items() for word in text.split()}
    phrases = {folded(text): value for value, text in words.items()}

    def read(_cells: Cells, cell: Any) -> Any:
        text = folded(_plain(cell))
        if text in phrases:
            return phrases[text]
        for value, spelled in words.items():
            if f" {text} " in f" {spelled} ":
                return value
        found = known.get(text.split(" ")[0]) if text else None
        if found is None:
            raise BadCell(code)
        return found

    return read


def _urgency(cells: Cells, cell: Any) -> int:
    text = folded(_plain(cell))
    if re.match(r"[1-4](?!\d)", text):
        return int(text[0])
    return int(_urgency_word(cells, cell))


_urgency_word = _one_of(_URGENCIES, "not_urgency")

_READERS: Mapping[str, Callable[[Cells, Any], Any]] = {
    "number": _number, "minutes": _minutes, "day": _day, "moment": _moment, "flag": _flag, "language": _language,
    "hours": _hours, "address": _address, "urgency": _urgency, "status": _one_of(_STATUSES, "not_status"),
    "stock": _one_of(_STOCKS, "not_stock"), "note": _one_of(_NOTES, "not_note"),
}  # fmt: skip
