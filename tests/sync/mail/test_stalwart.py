"""107 letters with what stalwart's parser makes of them, field by field: subject, addresses and names of the sender,
To, Cc, date, text, HTML, names of the attachments.

The figures are printed raw (only white space aside) and after each **convention** in turn, the next on top of the one
before. A convention changes how what the parser says is written down; it takes no word away from either side:

- *HTML as text*: where its body is HTML, it gives the source; the source goes through our own maker of text
  (`test_no_word_of_html_is_lost` looks at that maker with the standard library's parser);
- *lost characters*: where its decoder gave up it wrote U+FFFD; whatever we read there counts, the rest must be equal;
- *names of files*: we take the slash out before anybody can save a file under the name;
- *unnamed texts*: a text with neither a name nor a disposition that it lists among the attachments, since the
  letter ends before its boundary is closed (or has no boundary line at all), is text for a reader;
- *boundary lines*: where it leaves the boundary lines of the letter inside a text, the text is cut at them, as a
  reader of RFC 2046 does (an outer boundary ends what is inside);
- *uuencoded files*: it keeps the code in the text; the standard library takes the code out, and we must have the same
  files with the same bytes.

What is left differs for the reasons in `EXPLAINED`.
"""

from __future__ import annotations

import codecs
import html as html_entities
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from deskapp.sync.mail import headers, mime
from deskapp.sync.mail.html_text import html_to_text
from deskapp.sync.mail.letter import Address, Letter
from deskapp.sync.mail.parse import parse
from tests.sync.mail.test_shared_material import MAIL, flat, needs_mail

#: file -> field -> why it differs after all conventions.
EXPLAINED = {
    "malformed/017": {
        "attachments": "the name stands behind an empty disposition (“;”): the parser drops it, we read image001.png"
    },
    "malformed/019": {
        "text": "bytes of three letters thrown together: the parser takes the first text for a header and shows "
        "nothing, we show what stands there",
        "date": "the first Date is cut off in its middle; the parser takes another one from further below",
    },
    "thirdparty/015": {
        "attachments": "three forwarded letters, of which the parser keeps the first; we keep all three"
    },
}
CONVENTIONS = (
    "HTML as text",
    "lost characters",
    "names of files",
    "unnamed texts",
    "boundary lines",
    "uuencoded files",
)
FIELDS = ("subject", "addresses", "names", "to", "cc", "date", "text", "html", "attachments")
_UU = re.compile(r"(?ms)^begin [0-7]{3} ([^\n]+)\n.*?^end$")

Part = dict[str, Any]


def letters() -> list[Path]:
    return sorted((MAIL / "stalwart").glob("*/*.eml"))


# --- what the parser says ----------------------------------------------------------------------------------------


def values(part: Part, name: str) -> list[Any]:
    return [header["value"] for header in part["headers"] if header["name"] == name]


def people(value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, dict) or "Address" not in value:
        return []
    found = value["Address"]
    listed = found.get("List") or [one for group in found.get("Group", ()) for one in group["addresses"]]
    return [(flat(one["name"] or ""), one["address"] or "") for one in listed]


def attributes(part: Part, header: str) -> dict[str, str]:
    return {
        one["name"]: str(one["value"])
        for value in values(part, header)
        if isinstance(value, dict)
        for one in value["ContentType"]["attributes"] or ()
    }


def kind(part: Part) -> str:
    for value in values(part, "content_type"):
        if isinstance(value, dict):
            return f"{value['ContentType']['c_type']}/{value['ContentType']['c_subtype']}".lower()
    return "text/plain"


def file_name(part: Part) -> str | None:
    return attributes(part, "content_disposition").get("filename") or attributes(part, "content_type").get("name")


def at(value: dict[str, Any]) -> str:
    offset = timedelta(hours=value["tz_hour"], minutes=value["tz_minute"])
    clock = [value[name] for name in ("year", "month", "day", "hour", "minute", "second")]
    try:
        return datetime(*clock, tzinfo=timezone(-offset if value["tz_before_gmt"] else offset)).isoformat()
    except ValueError:
        return ""  # no such moment


def unnamed_texts(parts: list[Part], listed: list[int]) -> list[int]:
    return [
        place
        for place in listed
        if "Text" in parts[place]["body"]
        and kind(parts[place]) in ("text/plain", "text/html", "multipart/mixed")
        and not file_name(parts[place])
        and not values(parts[place], "content_disposition")
    ]


def cut(texts: list[tuple[str, str]], boundaries: list[str]) -> list[tuple[str, str]]:
    """(kind, content) of texts in which boundary lines were left; of alternatives the plain one is the text."""
    marks = "|".join(re.escape(one) for one in boundaries)
    out = []
    for one, content in texts:
        first, *rest = re.split(rf"(?m)^--(?:{marks})(?:--)?[ \t]*\n?", content) if marks else [content]
        out.append((one, first))
        for piece in rest:
            head, _, body = piece.partition("\n\n") if piece.lower().startswith("content-") else ("", "", piece)
            out.append(("text/html" if "text/html" in head.lower() else "text/plain", body))
    return out


def expected(json_file: Path, conventions: tuple[str, ...]) -> dict[str, Any]:
    whole = json.loads(json_file.read_text("utf-8"))
    parts = whole["parts"]
    top = parts[0]
    subject = values(top, "subject")
    sender = people(values(top, "from")[-1]) if values(top, "from") else []
    moment = next((value["DateTime"] for value in reversed(values(top, "date")) if "DateTime" in value), None)
    text_places, html_places, files = whole["text_body"], whole["html_body"], whole["attachments"]
    if "unnamed texts" in conventions:
        more = unnamed_texts(parts, files)
        text_places, html_places = [*text_places, *more], [*html_places, *more]
    texts, html = ([content(parts[place]) for place in places] for places in (text_places, html_places))
    if "boundary lines" in conventions:
        boundaries = [one for part in parts if (one := attributes(part, "content_type").get("boundary"))]
        if any("alternative" in kind(part) for part in parts) and len(cut(texts, boundaries)) > len(texts):
            html = [one for one in cut(texts, boundaries) if one[0] == "text/html"]
            texts = [one for one in cut(texts, boundaries) if one[0] == "text/plain"]
        else:
            texts, html = cut(texts, boundaries), cut(html, boundaries)
    names = [name for place in files if (name := file_name(parts[place]))]
    text = "\n".join(html_to_text(one) if "HTML as text" in conventions and kind_ == "text/html" else one
                     for kind_, one in texts)  # fmt: skip
    if "uuencoded files" in conventions:
        names += [found.group(1) for found in _UU.finditer(text)]
        text = _UU.sub("", text)
    is_html = any(kind_ == "text/html" and one.strip() for kind_, one in html)
    return {
        "subject": flat(subject[-1].get("Text") or "" if subject and isinstance(subject[-1], dict) else ""),
        "addresses": [address for _, address in sender],
        "names": [name for name, _ in sender],
        "to": [str(Address(*one)) for value in values(top, "to") for one in people(value)],
        "cc": [str(Address(*one)) for value in values(top, "cc") for one in people(value)],
        "date": at(moment) if moment else "",
        "text": flat(text),
        "html": flat("\n".join(shown(*one) for one in html)) if is_html else "",
        "attachments": [name.replace("/", "_") if "names of files" in conventions else name for name in names],
    }


def content(part: Part) -> tuple[str, str]:
    if "Html" in part["body"]:
        return "text/html", str(part["body"]["Html"]).replace("\0", "")
    declared = "text/html" if kind(part) == "text/html" else "text/plain"
    return declared, str(part["body"].get("Text", "")).replace("\0", "")


def shown(declared: str, body: str) -> str:
    """How a plain text stands between pieces of HTML."""
    return f"<pre>{html_entities.escape(body)}</pre>" if declared == "text/plain" and body.strip() else body


# --- and what we read --------------------------------------------------------------------------------------------


def read(raw: bytes, letter: Letter) -> dict[str, Any]:
    root, _ = mime.split(raw)
    sender = headers.addresses(root.raw("from"))
    return {
        "subject": flat(letter.subject),
        "addresses": [one.address for one in sender],
        "names": [flat(one.name) for one in sender],
        "to": [str(one) for one in letter.to],
        "cc": [str(one) for one in letter.cc],
        "date": letter.date.isoformat() if letter.date else "",
        "text": flat(letter.text),
        "html": flat(letter.html),
        "attachments": [file.name for file in letter.attachments if file.named],
    }


def equal(wanted: Any, found: Any, conventions: tuple[str, ...]) -> bool:
    if not isinstance(wanted, str):
        return len(wanted) == len(found) and all(
            equal(one, other, conventions) for one, other in zip(wanted, found, strict=True)
        )
    wanted, found = wanted.replace(" ", ""), found.replace(" ", "")
    if "lost characters" in conventions and "\ufffd" in wanted:
        return re.fullmatch(".*".join(map(re.escape, wanted.split("\ufffd"))), found, re.DOTALL) is not None
    return bool(wanted == found)


def compared(conventions: tuple[str, ...]) -> tuple[Counter[str], dict[str, set[str]]]:
    """How many letters are the same in each field, and where they differ: file -> fields."""
    same: Counter[str] = Counter()
    different: dict[str, set[str]] = {}
    for path in letters():
        raw = path.read_bytes()
        wanted, found = expected(path.with_suffix(".json"), conventions), read(raw, parse(raw))
        for field in FIELDS:
            if equal(wanted[field], found[field], conventions):
                same[field] += 1
            else:
                different.setdefault(f"{path.parent.name}/{path.stem}", set()).add(field)
    return same, different


@needs_mail
def test_stalwart_field_by_field() -> None:
    count = len(letters())
    columns = [compared(CONVENTIONS[:number])[0] for number in range(len(CONVENTIONS) + 1)]
    print(f"\n{'share of ' + str(count):12} {'raw':>7} " + " ".join(f"{'+ ' + one:>17}" for one in CONVENTIONS))
    for field in FIELDS:
        shares = [column[field] / count for column in columns]
        print(f"{field:12} {shares[0]:7.1%} " + " ".join(f"{share:17.1%}" for share in shares[1:]))
    whole = [column.total() / count / len(FIELDS) for column in columns]
    print(f"{'all fields':12} {whole[0]:7.1%} " + " ".join(f"{share:17.1%}" for share in whole[1:]))
    same, different = compared(CONVENTIONS)
    for name, fields in EXPLAINED.items():
        for field, why in fields.items():
            print(f"{name} {field}: {why}")
    assert count == 107
    assert different == {name: set(fields) for name, fields in EXPLAINED.items()}
    for field in FIELDS:
        assert same[field] / count >= 0.97, field


@needs_mail
def test_uuencoded_files_have_the_bytes_that_the_standard_library_reads() -> None:
    seen = 0
    for path in letters():
        found = [file.data for file in parse(path.read_bytes()).attachments]
        whole = json.loads(path.with_suffix(".json").read_text("utf-8"))
        for part in whole["parts"]:
            for block in _UU.finditer(str(part["body"].get("Text", ""))):
                seen += 1
                assert codecs.decode(block.group().encode() + b"\n", "uu") in found, path
    assert seen == 4


class _Words(HTMLParser):
    """The words between the tags of an HTML text, read by the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._silent += tag in ("style", "script", "title")
        self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script", "title")
        self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self._silent <= 0:
            self.words.append(data)


def html_bodies() -> Iterator[tuple[Path, str]]:
    for path in letters():
        for part in json.loads(path.with_suffix(".json").read_text("utf-8"))["parts"]:
            if "Html" in part["body"]:
                yield path, str(part["body"]["Html"])


@needs_mail
def test_no_word_of_html_is_lost() -> None:
    """The text made of HTML has each word as often as the standard library's parser finds it."""
    words: Callable[[str], Counter[str]] = lambda text: Counter(re.findall(r"\w{2,}", text))  # noqa: E731
    checked = 0
    for path, source in html_bodies():
        reader = _Words()
        reader.feed(source)
        reader.close()
        missing = words(" ".join(reader.words)) - words(html_to_text(source))
        assert not missing, (path, missing)
        checked += 1
    assert checked >= 30


def test_a_missing_and_a_wrong_word_are_seen() -> None:
    """No convention makes texts equal that are not."""
    for wrong in ("Касса не", "Касса не печатает", "не печатает чек", ""):
        assert not equal("Касса не печатает чек", wrong, CONVENTIONS)
    assert not equal("Касса \ufffd печатает чек", "Касса не печатает", CONVENTIONS)
    assert equal("Касса \ufffd печатает чек", "Касса не печатает чек", CONVENTIONS)
    assert not equal(["a.txt"], ["a.txt", "b.txt"], CONVENTIONS)
