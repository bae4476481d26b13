"""HTML as readable text, and HTML made safe for showing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.sync.mail.html_text import html_to_text
from deskapp.sync.mail.sanitise import MAX_CHARACTERS, remote_pictures, safe_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Раз</p><p>Два<br>Три</p>", "Раз\n\nДва\nТри"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<ol><li>x<li>y<ul><li>z</ul></ol>", "1. x\n2. y\n  - z"),
        ("<table><tr><td>Касса</td><td>3</td></tr><tr><td>Чек</td><td>17</td></tr></table>", "Касса | 3\nЧек | 17"),
        ("<table><tr><td><table><tr><td>вид</td></tr></table></td><td>рядом</td></tr></table>", "вид\n\nрядом"),
        ('<a href="https://x.ru/a">здесь</a>', "здесь <https://x.ru/a>"),
        ('<a href="https://x.ru/">x.ru</a> <a href="mailto:a@b.ru">a@b.ru</a>', "x.ru a@b.ru"),
        ('<a href="javascript:alert(1)">здесь</a>', "здесь"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n>> b\n\nc"),
        ("<style>p{}</style><script>x</script><title>t</title>да<!-- нет -->", "да"),
        ('<div style="display: none">скрыто</div>видно', "видно"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a&nbsp;&amp;&lt;b&gt; \u200bc\u00adд", "a &<b> cд"),
        ('<img src="cid:1" alt="экран.png">', "[экран.png]"),
        ('<img src="https://x/p.gif" alt="pixel">', ""),
        ("просто текст", "просто текст"),
        ("", ""),
        ("<p>не закрыто <b>жирно", "не закрыто жирно"),
    ],
)
def test_readable_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


@given(st.text(alphabet="<>/!-&;\"'= apbrtdivtableli\n", max_size=300))
def test_any_markup_is_read(html: str) -> None:
    assert "\0" not in html_to_text(html)


INLINE = {"pic@x": "deskapp-file:abc"}


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<p onclick="x()">a<script>alert(1)</script></p>', "<p>a</p>"),
        ('<img src="https://spy.example/p.gif">', "<img>"),
        ('<img src="//spy.example/p.gif" alt="логотип">', '<img alt="логотип">'),
        ('<img src="cid:PIC@x">', '<img src="deskapp-file:abc">'),
        ('<img src="cid:unknown">', "<img>"),
        ('<img src="file:///etc/passwd"><img src="data:image/png;base64,AA">', "<img><img>"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<td background="https://spy/x">a', "a"),
        ('<p style="background-image:url(https://spy/x)">a</p>', "<p>a</p>"),
        ('<p style="color:red;position:fixed">a</p>', '<p style="color:red">a</p>'),
        (
            "<style>@import 'https://spy'</style><link rel=stylesheet href=https://spy><iframe src=https://spy></iframe>x",
            "x",
        ),
        ('<form action="https://spy"><input name=p><button>go</button></form>', "go"),
        ('<svg onload="x()"><image href="https://spy"/></svg>', ""),
        ('<base href="https://spy"><meta http-equiv=refresh content="0;url=https://spy">x', "x"),
    ],
)
def test_safe(html: str, clean: str) -> None:
    assert safe_html(html, INLINE) == clean


TAGS = st.sampled_from(
    """<img src='https://spy/1'>|<img alt='><img src=https://spy/2>'>|<p style='background:url(https://spy)'>|<svg>|<math>
<style>|</style>|<script>|</script>|<a href='https://ok'>|<noscript>|<!--|-->|<table>|<td background=https://spy>
<img src=cid:pic@x>|<video src=https://spy>|<img srcset='https://spy 2x'>|x|"|</noscript>|<title>""".replace(
        "\n", "|"
    ).split("|")
)


class _Sources(HTMLParser):
    """Everything in a document that a browser would fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "srcset", "background", "poster", "data") or (name == "href" and tag != "a"):
                self.found.append(value or "")
            if name == "style" and "url" in (value or ""):
                self.found.append(value or "")


@given(st.lists(TAGS, max_size=12).map("".join))
def test_nothing_is_ever_fetched(html: str) -> None:
    clean = safe_html(html, INLINE)
    reader = _Sources()
    reader.feed(clean)
    assert set(reader.found) <= {"deskapp-file:abc"}, clean
    assert "<script" not in clean and "<style" not in clean


def test_remote_pictures_are_noticed() -> None:
    assert remote_pictures('<img width=1 src="https://spy/p.gif">')
    assert remote_pictures('<p style="background: url(http://spy)">')
    assert not remote_pictures('<img src="cid:1"> https://x')


@pytest.mark.parametrize(
    "html",
    [
        "<IMG alt='a > b' SRC=http://spy/p.gif>",
        "<img srcset='//spy/p.gif 2x'>",
        '<table background="https://spy/p.gif"><tr><td>x',
        '<td style="background:url(&quot;https://spy/p.gif&quot;)">',
        "<style>p { background: url( 'https://spy/p.gif' ) }</style>",
    ],
)
def test_pictures_from_elsewhere_are_noticed_however_they_are_written(html: str) -> None:
    assert remote_pictures(f"<p>Добрый день.</p>{html}")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.com/img src=//x">https://example.com</a>',
        '<img src="data:image/gif;base64,R0lGOD//AAAA">',
        "<p>&lt;img src=https://spy/p.gif&gt; url of the picture: //server/share</p>",
        '<td style="background:url(cid:1)"><img src="cid:2">',
    ],
)
def test_a_letter_without_pictures_from_elsewhere_says_nothing_of_them(html: str) -> None:
    assert not remote_pictures(html)


@pytest.mark.parametrize("piece", ["<img ", "<img src=", "<img '\"", "url(" + " " * 50, "<td background = "])
def test_pictures_are_looked_for_in_one_reading(piece: str) -> None:
    """By squares of so many characters it would take hours."""
    assert not remote_pictures(piece * (MAX_CHARACTERS // len(piece)))
    assert not remote_pictures(piece + " " * MAX_CHARACTERS)
