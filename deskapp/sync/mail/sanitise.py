"""HTML of a letter made safe for showing: no scripts, no forms, nothing fetched from anywhere.

Pictures that came with the letter are put in by their Content-ID; all others are dropped, since a remote
picture tells its sender who read the letter, when and where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

import nh3

from deskapp.sync.mail.html_text import html_to_text

MAX_CHARACTERS = 2_000_000

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd",
    "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"align", "dir", "lang", "style", "title", "valign"},
    "a": {"href"},
    "col": {"span", "width"},
    "font": {"color", "face", "size"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"start", "type"},
    "table": {"bgcolor", "border", "cellpadding", "cellspacing", "width"},
    "td": {"bgcolor", "colspan", "height", "rowspan", "width"},
    "th": {"bgcolor", "colspan", "height", "rowspan", "width"},
    "tr": {"bgcolor"},
}
_STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-left", "border-right",
    "border-top", "color", "font-family", "font-size", "font-style", "font-weight", "list-style-type",
    "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent",
    "vertical-align", "white-space", "width",
}  # fmt: skip
# url(), image(), expression() and escapes: what could fetch something from inside a permitted property.
_FETCHING = re.compile(r"(?:url|image|image-set|expression|src|import)\s*\(|@import|\\|/\*", re.IGNORECASE)
#: Tags that nest; the others close each other, stand alone or are made flat.
_BLOCK = re.compile(
    r"<(/?)(?!(?:p|li|dd|dt|tr|td|th|br|hr|img|b|i|u|s|a|em|font|span|strong|small|big|col|input|link|meta|option)\b)"
    r"[a-z]", re.IGNORECASE
)  # fmt: skip
_DEEPEST = 1_000
_MOST_NAMED = 100_000
_URL_SCHEMES = {"http", "https", "mailto", "tel", "cid", "data", "file", "qrc", "deskapp"}


def safe_html(html: str, inline: Mapping[str, str]) -> str:
    """Clean HTML of the letter's body. ``inline`` maps Content-IDs (without brackets) to the addresses under
    which the caller serves those pictures; an image from anywhere else keeps its description only. Never
    raises."""
    by_id = {key.strip("<>").lower(): url for key, url in inline.items()}
    served = frozenset(inline.values())

    def filtered(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            scheme, _, rest = value.strip().partition(":")
            if scheme.lower() != "cid":
                return None
            return by_id.get(unquote(rest).strip().strip("<>").lower()) or by_id.get(rest.strip().lower())
        if attribute == "href":
            scheme = value.strip().partition(":")[0].lower()
            return value if scheme in ("http", "https", "mailto", "tel") else None
        if attribute == "style" and _FETCHING.search(value):
            return None
        return value

    return nh3.clean(
        _bounded(html[:MAX_CHARACTERS]),
        tags=_TAGS,
        clean_content_tags={
            "script",
            "style",
            "title",
            "template",
            "noscript",
            "textarea",
            "select",
            "object",
            "iframe",
        },
        attributes=_ATTRIBUTES,
        attribute_filter=filtered,
        filter_style_properties=_STYLES,
        url_schemes=_URL_SCHEMES | {url.partition(":")[0].lower() for url in served},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _bounded(html: str) -> str:
    """What is cleaned in time: the library takes the square of the depth of tags, and of the number of characters that
    stand by their names. A page with more of them than any program writes is shown as its text."""
    if html.count("&") <= _MOST_NAMED and not _too_deep(html):
        return html
    text = re.sub("[&<>]+", " ", html_to_text(html))
    return f"<p>{text.replace(chr(10), '<br>')}</p>"


def _too_deep(html: str) -> bool:
    depth = 0
    for tag in _BLOCK.finditer(html):
        depth = max(0, depth - 1) if tag.group(1) else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def remote_pictures(html: str) -> bool:
    """Whether the letter wanted to fetch pictures from elsewhere: the reader is told that they were held
    back."""
    html = html[:MAX_CHARACTERS]
    return any(_FROM_AWAY.search(tag[0]) for tag in _PICTURED.finditer(html)) or _STYLED.search(html) is not None


#: Tags that show a picture, each read once; what they or a style name as its place.
_PICTURED = re.compile(
    r"<(?:img|input|body|table|thead|tbody|tr|td|th|v:fill|v:imagedata)\b(?:[^>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+",
    re.IGNORECASE,
)
_FROM_AWAY = re.compile(r"\b(?:src|srcset|background)\s*+=\s*+[\"']?\s*+(?:https?:)?//", re.IGNORECASE)
_STYLED = re.compile(r"\burl\(\s*+(?:[\"']|&quot;|&#39;)?\s*+(?:https?:)?//", re.IGNORECASE)
