"""HTML of a letter as readable text: paragraphs, lists, tables, links, and quotations marked with ``>``.

lxml does the parsing because it repairs what mail programs write and its time is linear; the standard
library's html.parser is quadratic on some inputs in the Python versions we serve.
"""

from __future__ import annotations

import html as html_entities
import re

from lxml import etree

MAX_CHARACTERS = 4_000_000

_SKIPPED = frozenset(
    (
        "head",
        "style",
        "script",
        "title",
        "noscript",
        "template",
        "object",
        "applet",
        "svg",
        "map",
        "select",
        "textarea",
    )
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table "
    "tbody tfoot thead tr ul caption legend html".split()
)
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "dl"))
_BLANK = re.compile(r"[ \t\r\n\f\u00a0]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u034f\u061c\u200e\u200f]")
_EMOJI_JOINED = re.compile(
    "(?<=[\U0001f000-\U0001ffff\u2600-\u27bf\ufe0f])\u200d(?=[\U0001f000-\U0001ffff\u2600-\u27bf])"
)
_TAG = re.compile(r"<[^<>]*>")
_BREAKING_TAG = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table)\b[^>]{0,2000}>", re.IGNORECASE)
_SHOWN_LINK = 300
_DATA_CELL = 120


def html_to_text(html: str) -> str:
    """Readable text. Never raises; more than `MAX_CHARACTERS` are cut off."""
    html = html[:MAX_CHARACTERS]
    if not html.strip():
        return ""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or any("depth" in entry.message.lower() for entry in parser.error_log):
        return _stripped(html)
    writer = _Writer()
    _walk(root, writer)
    return writer.finish()


def _stripped(html: str) -> str:
    """The plain fallback for what cannot be parsed, thousands of nested tags for one: tags out, text kept."""
    text = _without(_without(_without(html, "<!--", "-->"), "<style", "</style"), "<script", "</script")
    text = _BREAKING_TAG.sub("\n", text)
    text = html_entities.unescape(_TAG.sub(" ", text))
    lines = (_BLANK.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without(text: str, opening: str, closing: str) -> str:
    """Text without what stands between two marks. By searching forward only: a regular expression would start
    over at every mark that is never closed."""
    lower = text.lower()
    if len(lower) != len(text):
        return text
    out: list[str] = []
    position = 0
    while (start := lower.find(opening, position)) >= 0:
        end = lower.find(closing, start)
        if end < 0:
            break
        out.append(text[position:start])
        position = end + len(closing)
    out.append(text[position:])
    return " ".join(out)


class _Writer:
    """Collects text; knows pending line breaks, quotation depth and list nesting."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.last_quotes = 0
        self.indent = 0
        self.blank_wanted = False
        self.space_wanted = False
        self.lists: list[int | None] = []
        self.marker = ""
        self.joined_cells: list[bool] = []
        self.pre = 0

    def text(self, text: str) -> None:
        if self.pre:
            for place, piece in enumerate(text.replace("\r\n", "\n").split("\n")):
                if place:
                    self.end_line()
                if piece:
                    self.put(piece)
            return
        collapsed = _BLANK.sub(" ", text)
        if not collapsed:
            return
        if collapsed[0] == " ":
            self.space_wanted = True
        stripped = collapsed.strip(" ")
        if not stripped:
            return
        if self.space_wanted and self.line:
            stripped = " " + stripped
        self.space_wanted = collapsed[-1] == " "
        self.put(stripped)

    def put(self, text: str) -> None:
        if not self.line:
            if self.blank_wanted and self.lines:
                self.lines.append(">" * min(self.quotes, self.last_quotes))
            self.blank_wanted = False
            if self.marker:
                text = "  " * max(0, self.indent - 1) + self.marker + text.lstrip(" ")
                self.marker = ""
            elif self.indent and not self.pre:
                text = "  " * self.indent + text
        self.line.append(text)

    def end_line(self, *, forced: bool = False) -> None:
        self.space_wanted = False
        if not self.line and not forced:
            return
        body = "".join(self.line).rstrip()
        self.lines.append((">" * self.quotes + (" " if body else "") + body) if self.quotes else body)
        self.line = []
        self.last_quotes = self.quotes

    def paragraph(self) -> None:
        self.end_line()
        self.blank_wanted = True

    def finish(self) -> str:
        self.end_line()
        text = _EMOJI_JOINED.sub("\ue000", "\n".join(self.lines))
        text = _INVISIBLE.sub("", text).replace("\ue000", "\u200d")
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _walk(root: etree._Element, writer: _Writer) -> None:
    """Depth first without recursion, since letters nest tables by the hundred."""
    stack: list[tuple[etree._Element, bool, int]] = [(root, False, 0)]
    while stack:
        element, leaving, mark = stack.pop()
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if leaving:
            _leave(element, tag, writer, mark)
            if element.tail and element is not root:
                writer.text(element.tail)
            continue
        if not tag or tag.rpartition(":")[2] in _SKIPPED or _hidden(element):
            if element.tail and element is not root:
                writer.text(element.tail)
            continue
        mark = _enter(element, tag, writer)
        if element.text:
            writer.text(element.text)
        stack.append((element, True, mark))
        stack.extend((child, False, 0) for child in reversed(element))


def _hidden(element: etree._Element) -> bool:
    style = element.get("style")
    if style:
        packed = style.replace(" ", "").lower()
        if "display:none" in packed or "mso-hide:all" in packed:
            return True
    return element.get("hidden") is not None


def _enter(element: etree._Element, tag: str, writer: _Writer) -> int:
    if tag == "br":
        writer.end_line(forced=True)
    elif tag == "img":
        _picture(element, writer)
    elif tag == "a":
        return len(writer.line)
    elif tag == "hr":
        writer.end_line()
        writer.put("_" * 32)
        writer.end_line()
    elif tag in ("td", "th"):
        if writer.joined_cells and writer.joined_cells[-1]:
            if writer.line:
                writer.put(" |")
                writer.space_wanted = True
        else:
            writer.end_line()
    elif tag in _BLOCKS:
        _open_block(element, tag, writer)
    return 0


def _open_block(element: etree._Element, tag: str, writer: _Writer) -> None:
    joined = bool(writer.joined_cells and writer.joined_cells[-1])
    if joined and tag in ("p", "div", "center"):
        writer.space_wanted = True
        return
    if tag in _SPACED and not (tag in ("ul", "ol") and writer.lists):
        writer.paragraph()
    else:
        writer.end_line()
    if tag == "blockquote" and not _only_indents(element):
        writer.quotes += 1
    elif tag in ("ul", "ol"):
        start = element.get("start", "1")
        writer.lists.append((int(start) if start.isdecimal() and len(start) < 6 else 1) if tag == "ol" else None)
        writer.indent = min(writer.indent + 1, 8)
    elif tag == "li":
        writer.marker = _marker(writer)
    elif tag == "table":
        writer.joined_cells.append(_holds_data(element))
    elif tag == "pre":
        writer.pre += 1


def _marker(writer: _Writer) -> str:
    number = writer.lists[-1] if writer.lists else None
    if number is None:
        return "- "
    writer.lists[-1] = number + 1
    return f"{number}. "


def _leave(element: etree._Element, tag: str, writer: _Writer, mark: int) -> None:
    if tag == "a":
        _link(element, writer, mark)
        return
    if tag not in _BLOCKS or tag == "hr":
        return
    joined = bool(writer.joined_cells and writer.joined_cells[-1])
    if joined and tag in ("p", "div", "center"):
        writer.space_wanted = True
        return
    if tag in _SPACED and not (tag in ("ul", "ol") and len(writer.lists) > 1):
        writer.paragraph()
    else:
        writer.end_line()
    if tag == "blockquote" and not _only_indents(element):
        writer.quotes = max(0, writer.quotes - 1)
    elif tag in ("ul", "ol"):
        if writer.lists:
            writer.lists.pop()
        writer.indent = max(0, writer.indent - 1)
        writer.marker = ""
    elif tag == "table" and writer.joined_cells:
        writer.joined_cells.pop()
    elif tag == "pre":
        writer.pre = max(0, writer.pre - 1)


def _only_indents(element: etree._Element) -> bool:
    """Gmail and Outlook indent a paragraph with a blockquote that has no border."""
    style = element.get("style", "").replace(" ", "").lower()
    return "border:none" in style and element.get("type") != "cite" and "margin" in style


def _holds_data(table: etree._Element) -> bool:
    """A table of short values, in contrast to one that lays out the letter."""
    inner = table.iter("table")
    next(inner)
    if next(inner, None) is not None:
        return False
    rows = cells = 0
    for element in table.iter("tr", "td", "th"):
        if element.tag == "tr":
            rows += 1
            continue
        cells += 1
        length = blocks = 0
        for node in element.iter():
            length += len(node.text or "") + len(node.tail or "")
            blocks += node.tag in ("p", "div", "ul", "ol", "br", "blockquote", "pre", "hr")
            if length > _DATA_CELL or blocks > 1:
                return False
    return rows >= 1 and cells > rows


def _picture(element: etree._Element, writer: _Writer) -> None:
    alt = _BLANK.sub(" ", element.get("alt", "")).strip()
    if alt and element.get("src", "").lower().startswith("cid:"):
        writer.text(f"[{alt[:100]}]")


def _link(element: etree._Element, writer: _Writer, mark: int) -> None:
    href = element.get("href", "").strip()
    scheme, _, rest = href.partition(":")
    if scheme.lower() not in ("http", "https", "ftp", "mailto", "tel") or len(href) > _SHOWN_LINK:
        return
    shown = "".join(writer.line[mark:]).strip()
    target = rest if scheme.lower() in ("mailto", "tel") else href
    bare = target.partition("?")[0] if scheme.lower() == "mailto" else target
    if not shown or bare.rstrip("/").lower() in shown.lower() or shown.rstrip("/").lower() in bare.lower():
        return
    if scheme.lower() == "tel":
        return
    writer.put(f" <{bare}>")
