"""Promises of `generator.markup`: outside strings are shown as they are and never become markup.

The proof is by rendering: every payload stands in every place a page puts a string (paragraph,
list item, table cell, heading, link text, raw HTML, …), under the extensions the site uses and
under nearly all others its users could switch on. The rendered document must have the elements of
the same document about a harmless word, and each place must read exactly `clean_text(payload)`.
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from string import ascii_letters, digits, punctuation
from typing import Any

import jinja2
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup
from mkdocs.utils.meta import get_data

from generator.markup import (
    clean_text,
    escape_address,
    escape_html,
    escape_markdown,
    fenced_code,
    find_urls,
    front_matter,
    link_target,
    page_title,
)

# ---------------------------------------------------------------------------------------------
# Payloads

STRUCTURE = r"""
1. x
12. x
1) x
0. x
a. x
A. x
A.  x
a) x
iv. x
IV. x
mix. x
mild) x
#. x
- x
+ x
* x
-
- - -
***
___
# x
## x ##
#x
===
---
-----
=
> x
>> x
: x
:   definition
Term: definition
Title: x
title:
Key-word: x
a:b
!!! note
!!! note "x"
!!!
??? note "x"
???+ note
/// note | x
///
/// tab | x
===  "x"
=== "Tab"
===! "Tab"
~~~
```
``` python
~~~~ html
$$
$$ x $$
[TOC]
[[TOC]]
[ ] open
[x] done
[=50% "half"]
[=3/4]
| a | b |
|---|
| - | - |
a | b
:-: | :-:
--8<-- "pyproject.toml"
;--8<-- "pyproject.toml"
--8<--
-8<- "x"
*[abbr]: x
*[word]: x
[^1]: note
[id]: http://x.org "t"
[word]: javascript:alert(1)
&nbsp;
\
\\
"""

INLINE = r"""
*em*
**strong**
***both***
_em_
__strong__
snake_case_name
a*b*c
a * b * c
`code`
``co`de``
`#!python x`
[x](y)
[x](javascript:alert(1))
[x](<y> "t")
[x][y]
[x][]
[word]
![x]
![x](y.png)
![x][y]
[^1]
[^word]
^[inline note]
[[wiki]]
[[wiki|label]]
[text]{.cls}
{: .x}
{: #id .x onclick=alert(1) }
{:.x}
{ .x }
{#id}
{@class=x}
# h {: #x }
{{ x }}
{% x %}
{# x #}
{{ config.extra }}
{% raw %}{{ x }}{% endraw %}
$x$
$x_1 < y_1$ and $z$
\(x\)
\[x\]
\begin{align}x\end{align}
$\textbf{x}$
\textbf{x}
~sub~
~~s~~
^sup^
^^u^^
==m==
=/=
+/-
<--
<-->
c/o
1/2
3/4 cup
(c)
(C) 2024
(r)
(tm)
(TM)
(p)
f (c) g
f (R). g
f (tm), g
++ctrl++
++ctrl+alt+"x"++
++a++
:smile:
:+1:
a :smile: b
:fontawesome-solid-x:
:material-star:{ .x }
{++add++}
{--del--}
{~~a~>b~~}
{==hi==}
{>>c<<}
"quoted"
'quoted'
it's
don't 'n' won't
the '80s
"'both'"
''tex''
``tex''
a -- b
a --- b
a---b
...
a... b
. . .
<<x>>
http://x.org
https://x.org/a_b_c
HTTP://X.ORG
see http://x.org, now
www.x.org
(www.x.org)
see www.x.org now
see (www.x.org) now
at w.x.y www.x. now
ftp://x.org
<http://x.org>
<a@b.c>
a@b.c
mailto:a@b.c
@user
@github:user
@user/repo
#1
repo#1
user/repo#1
user/repo!1
user/repo?1
user/repo@0123456789
https://github.com/user/repo/issues/1
x:user
@x:user
&lt;
&amp;
&#60;
&#x3c;
&#60
&copy
&copy;
&amp;lt;
&#38;#60;
&
&&
<
>
a<b
a < b
a > b
"""

HTML = r"""
<script>
<script>alert(1)</script>
</script>
<b>x</b>
<b
<br>
<br/>
</p>
</td>
</a>
</span>
</h2>
</title>
<img src=x onerror=alert(1)>
<svg/onload=alert(1)>
<a href="javascript:alert(1)">x</a>
<a href='x'>x</a>
<iframe src="//x.org">
<style>x{}</style>
<div>
</div>
<div markdown="1">
<span markdown="span">*x*</span>
<p markdown>*x*</p>
<details><summary>
<!-- comment -->
<!--
-->
<!-->
<!--->
--!>
<!DOCTYPE html>
<![CDATA[x]]>
<?php x ?>
<?
?>
<%= x %>
" onmouseover="alert(1)
' onmouseover='alert(1)
"><script>alert(1)</script>
'><script>alert(1)</script>
x" autofocus onfocus="alert(1)
`"><img src=x>`
<math><mtext></mtext></math>
<x:y>
<a/b>
< script>
<0>
%3Cscript%3E
\u003cscript\u003e
\x3cscript\x3e
javascript:alert(1)
data:text/html,<script>alert(1)</script>
"""

HIDDEN = [
    "two trailing spaces  ",
    "a  \nb",
    "a\nb",
    "a\n\nb",
    "a\r\nb",
    "a\rb",
    "a\\\nb",
    "    code",
    "\tcode",
    "\n    code",
    "a\n- b",
    "a\n===",
    "a\n---",
    "a\n\n# b",
    "| a\n| - |",
    "a\u2028- b",
    "a\u2029# b",
    "a\x85- b",
    "a\x0b- b",
    "a\x0c- b",
    "a\x1c- b",
    "\u00a0\u00a0\u00a0\u00a0code",
    "\u3000- b",
    "\x02wzxhzdk:0\x03",
    "wzxhzdk:0",
    "\x02klzzwxh:0000\x03",
    "klzzwxh:0000",
    "\x02amp\x03lt;",
    "\x0242\x03",
    "`\x02`\x03`",
    "\x00",
    "\x00<b>",
    "\x1b[31mred",
    "\x7f\x80\x9f",
    "\ufeff# b",
    "\ufeff---",
    "\ufffe\uffff",
    "\U0001fffe",
    "\ufdd0",
    "\ud800",
    "\udc80x",
    "*\u200bem\u200b*",
    "<\u200bscript>",
    "<scr\u00adipt>",
    "java\u200bscript:x",
    "\u202egnp.exe\u202c",
    "\u2066x\u2069",
    "\u200fx",
    "\u061cx",
    "\U000e0041\U000e0042hidden",
    "\u1fefcode\u1fef",
    "\u037e",
    "<\u0338b>",
    "=\u0338=",
    ">\u0338",
    "e\u0301",
    "e\u200b\u0301",
    "\u212b",
    "\uff1cscript\uff1e",
    "\u02bcx\u02bc",
    "“quoted” – ‘x’ — y…",
    "\u0661. x",
    "\u0967) x",
    "①. x",
    "👩‍🔬 x",
    "می‌خواهم",
    "Ⅳ. x",
    "é. x",
    "é-b: c",
    "名前：太郎",
]

SENTENCES = [
    "A. N. Other, B. Else",
    "I. Newton and L. Euler",
    "v. Neumann",
    "m. x",
    "Deep nets (DNNs) are 3.5% better, i.e., good; are they? Yes: they are (see below).",
    "GPT-4: a well-known, state-of-the-art model (2024).",
    "Yes: x",
    "Why? Because (a) x (b) y (c) z (tm) w (r) v.",
    "(c) first",
    "(x) first",
    "100% sure; 50%, 20%. And 7%) or 8%} or 9%s",
    "e.g. this: and that; or 1.2.3.4 or v1.2 or x.y.",
    "a: b: c: d",
    "x :y: z",
    "x a:b: c",
    "x; &lt; y; &#60; z;",
    "x ). y ( z) (w (v) u)",
    "x (y](z) w",
    "x? y?1 z??? w",
    "x (http://x.org). y",
    "12 3. 4) 5",
]

PAYLOADS = [
    *(line for block in (STRUCTURE, INLINE, HTML) for line in block.strip().split("\n")),
    *HIDDEN,
    *SENTENCES,
]

# ---------------------------------------------------------------------------------------------
# Places and configurations

SITE_EXTENSIONS = [
    "attr_list",
    "tables",
    "toc",
    "footnotes",
    "def_list",
    "abbr",
    "admonition",
    "md_in_html",
]

PYMDOWNX = [
    "arithmatex",
    "b64",
    "betterem",
    "bracketspan",
    "caret",
    "critic",
    "details",
    "emoji",
    "escapeall",
    "fancylists",
    "highlight",
    "inlinehilite",
    "keys",
    "magiclink",
    "mark",
    "pathconverter",
    "progressbar",
    "quotes",
    "saneheaders",
    "smartsymbols",
    "snippets",
    "superfences",
    "tabbed",
    "tasklist",
    "tilde",
    "blocks.admonition",
    "blocks.caption",
    "blocks.definition",
    "blocks.details",
    "blocks.html",
    "blocks.tab",
]

CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "fenced_code": {"extensions": [*SITE_EXTENSIONS, "fenced_code"]},
    "site": {"extensions": [*SITE_EXTENSIONS, "pymdownx.superfences"]},
    "everything": {
        "extensions": [
            *SITE_EXTENSIONS,
            *("meta", "smarty", "wikilinks", "legacy_attrs", "codehilite"),
            *(f"pymdownx.{name}" for name in PYMDOWNX),
        ],
        "extension_configs": {
            "smarty": {"smart_angled_quotes": True},
            # Ordinals (`1st`) are letters and digits alone: there is nothing to escape.
            "pymdownx.smartsymbols": {"ordinal_numbers": False},
            "pymdownx.magiclink": {
                "repo_url_shortener": True,
                "repo_url_shorthand": True,
                "social_url_shorthand": True,
                "social_url_shortener": True,
                "user": "someone",
                "repo": "something",
            },
            "pymdownx.fancylists": {"additional_ordered_styles": ["generic", "roman", "alpha"]},
            "pymdownx.critic": {"mode": "view"},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    },
    "line breaks": {"extensions": [*SITE_EXTENSIONS, "nl2br", "sane_lists", "legacy_em"]},
    "fancy lists": {
        "extensions": [*SITE_EXTENSIONS, "pymdownx.fancylists", "pymdownx.striphtml"],
        "extension_configs": {
            "pymdownx.fancylists": {"additional_ordered_styles": ["roman"]},
        },
    },
}


@cache
def renderer(configuration: str) -> Markdown:
    return Markdown(**CONFIGURATIONS[configuration])


def render(source: str, configuration: str) -> str:
    return str(renderer(configuration).reset().convert(source))


PLACES = """\
## {text}

{text}

{text} and {text} on one line

- {text}
- before {text}

1. {text}

    {text}

> {text}

*before* {text} **after**

[{text}](https://example.org/)

| column | {text} |
| ------ | ------ |
| {text} | {text} |

term

:   {text}

{text}

:   definition

!!! note

    {text}

before <span title="{text}">{text}</span> after

<span class="x">{text}</span>

<div title="{text}"><p>{text}</p></div>

<div markdown="1">

{text}

</div>

<table><tr><td>{text}</td></tr></table>

### before {text}
"""

WORD = "harmless"


class _Outline(HTMLParser):
    """Collects elements, attributes and text in one list, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str | tuple[str, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # An identifier is made of the heading's letters; any other value must be the text's own.
        kept = [f"{name}={value}" for name, value in attrs if name != "id"]
        self.parts.append(("<", tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append((">", tag))

    def handle_comment(self, data: str) -> None:
        self.parts.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.parts.append(("instruction", data))

    def handle_data(self, data: str) -> None:
        if self.parts and isinstance(self.parts[-1], str):
            data = self.parts.pop() + data  # type: ignore[operator]  # it is a str here
        self.parts.append(data)


def outline(html: str) -> list[str | tuple[str, ...]]:
    return _Outline(html).parts


@cache
def harmless_outline(places: str, configuration: str) -> list[str | tuple[str, ...]]:
    return outline(render(places.format(text=WORD), configuration))


def expected_outline(places: str, configuration: str, text: str) -> list[str | tuple[str, ...]]:
    return [
        part.replace(WORD, text)
        if isinstance(part, str)
        else tuple(item.replace(WORD, text) for item in part)
        for part in harmless_outline(places, configuration)
    ]


def assert_shown_as_text(payload: str, escaped: str, configuration: str) -> None:
    text = clean_text(payload)
    for places in (PLACES, "{text}"):
        shown = outline(render(places.format(text=escaped), configuration))
        assert shown == expected_outline(places, configuration, text)


# ---------------------------------------------------------------------------------------------
# Markdown and HTML


def test_payload_list_is_large_and_without_repetition() -> None:
    assert len(PAYLOADS) >= 150
    assert len(set(PAYLOADS)) == len(PAYLOADS)


def test_most_payloads_would_do_harm_if_they_were_not_escaped() -> None:
    visible = [payload for payload in PAYLOADS if clean_text(payload).isprintable()]
    harmful = [
        payload
        for payload in visible
        if any(
            outline(render(PLACES.format(text=payload), name))
            != expected_outline(PLACES, name, clean_text(payload))
            for name in ("site", "everything")
        )
    ]
    assert len(harmful) > len(visible) * 0.75


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_every_escaped_payload_is_text_in_every_place(configuration: str) -> None:
    for payload in filter(clean_text, PAYLOADS):
        for escaped in {escape_markdown(payload), escape_html(payload)}:
            assert_shown_as_text(payload, escaped, configuration)


HOSTILE_CHARACTERS = (
    punctuation + punctuation + "abcrtmivxIAXthwps 1230 \t\n\x02\x03é中\u00a0\u2028"
)
HOSTILE_TEXTS = st.one_of(
    st.text(),
    st.text(HOSTILE_CHARACTERS),
    st.lists(st.sampled_from(PAYLOADS), max_size=4).map(" ".join),
    st.lists(st.sampled_from(PAYLOADS), max_size=4).map("".join),
    st.lists(
        st.sampled_from([*"ivxaA1)(.:;?%-, ", "word ", "(c", "tm", "10", "e.g.", ". "]),
        max_size=12,
    ).map("".join),
)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@settings(max_examples=150, deadline=None)
@given(payload=HOSTILE_TEXTS)
def test_any_escaped_text_is_text_in_every_place(payload: str, configuration: str) -> None:
    assume(clean_text(payload))
    # Letters and digits alone, which magiclink reads as a commit: there is nothing to escape.
    assume(not re.search("[0-9a-f]{40}", payload))
    assert_shown_as_text(payload, escape_markdown(payload), configuration)


@given(before=HOSTILE_TEXTS, after=HOSTILE_TEXTS)
@settings(max_examples=60, deadline=None)
def test_two_escaped_texts_side_by_side_stay_text(before: str, after: str) -> None:
    text = " ".join(filter(None, (clean_text(before), clean_text(after))))
    assume(text and not re.search("[0-9a-f]{40}", text))
    joined = " ".join(filter(None, (escape_markdown(before), escape_markdown(after))))
    shown = outline(render(joined, "everything"))
    assert shown == [("<", "p"), text, (">", "p")]


@given(HOSTILE_TEXTS)
def test_escaped_text_keeps_no_character_that_opens_markup(payload: str) -> None:
    bare = re.sub("&#[0-9]{2,3};", "", escape_markdown(payload))
    assert not set(bare) & set("!\"#$&'*+/<=>@[\\]^_`{|}~\n\t\x02\x03")


@given(HOSTILE_TEXTS)
def test_escaped_text_means_nothing_to_jinja(payload: str) -> None:
    escaped = escape_markdown(payload)
    assert jinja2.Environment(autoescape=False).from_string(escaped).render() == escaped


@given(HOSTILE_TEXTS)
def test_escaped_text_is_no_metadata_at_the_start_of_a_page(payload: str) -> None:
    escaped = escape_markdown(payload)
    assert get_data(escaped + "\n") == (escaped.lstrip() + "\n" if escaped else "", {})


@pytest.mark.parametrize(
    "sentence",
    [
        "We study well-known nets (DNNs), i. e. those of Table 3, and gain 3.5%.",
        "Is it so? It is (see 2024), as we said: yes; twice.",
        "Plain words, digits 0 to 9 and non-ASCII: Erdős, 王, “x” – y.",
        "Overlap (e.g. two), 7% or 8%; more (90%).",
    ],
)
def test_plain_sentences_stay_readable(sentence: str) -> None:
    assert escape_markdown(sentence) == sentence


def test_first_word_and_symbols_are_escaped() -> None:
    assert escape_markdown("1. x") == "1&#46; x"
    assert escape_markdown("Key: x") == "Key&#58; x"
    assert escape_markdown("it (c) x") == "it (c&#41; x"
    assert escape_markdown("it's <b>") == "it&#39;s &#60;b&#62;"


def test_heading_is_text_in_the_table_of_contents() -> None:
    for payload in filter(clean_text, PAYLOADS):
        markdown = renderer("site").reset()
        markdown.convert(f"## {escape_markdown(payload)}\n")
        (token,) = getattr(markdown, "toc_tokens")  # noqa: B009 - the extension sets it, untyped
        assert "".join(map(str, outline(token["name"]))) == clean_text(payload)
        # Material: `aria-label="{{ toc_item.title | striptags | e }}"`
        assert Markup(token["name"]).striptags() == clean_text(payload)


def test_a_long_run_of_punctuation_is_escaped_whole() -> None:
    # Reading these in quadratic time would not end.
    for unit in ("(", ")", "-", ".", "%", "a.", "(c)", "a-", " (", "a: ", "<"):
        escaped = escape_markdown(unit * 200_000)
        assert unescape(escaped) == clean_text(unit * 200_000)


# ---------------------------------------------------------------------------------------------
# Addresses as text

ADDRESSES = r"""
https://example.org
https://example.org/
HTTP://EXAMPLE.ORG/a/b/
https://www.example.org/x
https://github.com/user/repo
https://github.com/user/repo/issues/1
https://github.com/user/repo/commit/0123456789
https://example.org/1/2/3/4
https://example.org/1/2
10.5555/1/2
10.5555/12-3/4
https://example.org/c/o/x
https://example.org/C/O
https://example.org/~user/_a_/*b*
https://example.org/?a=1&amp=2&copy#frag-ment
https://example.org/a--b...c---d/-/./../
https://example.org/(c)/x(tm)[1]
https://user@example.org:80/
https://example.org/$x$
www.example.org
see www.example.org/1/2
WWW.example.org
github.com/user/repo
user/repo
doi.org/10.5555/lumen.2022_7
https://example.org/灯/é
https://example.org/<b>
""".strip().split("\n")
ADDRESS_PLACES = """\
[{text}](https://example.org/)

{text}

*A. Quill*, {text}. {text}
{{ .x }}

<p class="x" markdown>[{text}](https://example.org/){{ .x }} and {text}</p>

<a href="x"><span>DOI</span> {text}</a>
"""


def assert_address_is_text(address: str, configuration: str) -> None:
    assert_shown_as_text(address, escape_address(address), configuration)
    shown = outline(render(ADDRESS_PLACES.format(text=escape_address(address)), configuration))
    assert shown == expected_outline(ADDRESS_PLACES, configuration, clean_text(address))


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_every_address_and_payload_escaped_as_one_is_text_in_every_place(
    configuration: str,
) -> None:
    for payload in filter(clean_text, (*ADDRESSES, *PAYLOADS)):
        assert_address_is_text(payload, configuration)


PARTS_OF_ADDRESSES = st.lists(
    st.sampled_from(
        """https:// http: // www. w W / . - -- 1 2 12 34 c o C x example.org github.com/ user repo #
        ? = & &lt; % _ ~ @ ( ) [ ] < > * $ ! | é 灯""".split()
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@settings(max_examples=150, deadline=None)
@given(address=HOSTILE_TEXTS | PARTS_OF_ADDRESSES | PARTS_OF_ADDRESSES)
def test_any_text_escaped_as_an_address_is_text_in_every_place(
    address: str, configuration: str
) -> None:
    assume(clean_text(address))
    assume(not re.search("[0-9a-f]{40}", address))
    assert_address_is_text(address, configuration)


@given(HOSTILE_TEXTS | PARTS_OF_ADDRESSES)
def test_an_escaped_address_means_nothing_to_jinja_and_is_no_metadata(address: str) -> None:
    escaped = escape_address(address)
    assert jinja2.Environment(autoescape=False).from_string(escaped).render() == escaped
    assert get_data(escaped + "\n") == (escaped.lstrip() + "\n" if escaped else "", {})


def test_an_address_is_written_in_fewer_characters_than_other_text() -> None:
    address = "https://doi.org/10.5555/lumen-3.x"
    assert escape_address(address) == "https&#58;&#47;&#47;doi.org/10.5555/lumen-3.x"
    assert len(escape_address(address)) < len(escape_markdown(address))


# ---------------------------------------------------------------------------------------------
# Clean text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        (" ", ""),
        ("plain", "plain"),
        ("  two  words ", "two words"),
        ("a\u00a0\u2028\u0085\t\r\n b", "a b"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\u212b", "Å"),
        ("\u202eabc\u202c\u2066d\u2069\u200e\u200f\u061c", "abcd"),
        ("\ufeffa\u00ad\u200b\u2060b", "ab"),
        ("a\u200cb\u200dc", "a\u200cb\u200dc"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\uffff\ufdd0\ufdef\U0001fffe\U0010ffffc", "abc"),
        ("a\U000e0001\U000e0041b", "ab"),
        ("\ue000\U000f0000 private use", "\ue000\U000f0000 private use"),
    ],
)
def test_clean_text_keeps_what_is_seen(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(st.one_of(st.text(), HOSTILE_TEXTS))
def test_clean_text_is_one_composed_line_without_invisible_characters(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert clean_text(cleaned) == cleaned
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in cleaned)
    assert all(unicodedata.bidirectional(c) not in {"RLO", "LRO", "RLI", "LRI"} for c in cleaned)
    cleaned.encode()


@given(st.text(ascii_letters + digits + punctuation + " "))
def test_clean_text_changes_nothing_but_spaces_in_printable_ascii(text: str) -> None:
    assert clean_text(text).replace(" ", "") == text.replace(" ", "")


# ---------------------------------------------------------------------------------------------
# Links


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "/local",
        "//x.org/a",
        "http:",
        "http://",
        "http:///a",
        "http:/x.org",
        "https://?q",
        "https://#f",
        "https://:80/",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " https://x.org",
        "https://x.org ",
        "https://x.org/a b",
        "https://x.org/\n",
        "https://x.org\n",
        "java\nscript:alert(1)",
        "https://x.org/\x00",
        "https://x.org/\u00a0",
        "https://x.org/\u202e",
        "https://x.org/\u200b",
        "https://x.org/\ud800",
        "https://x.org\\@y.org/",
        "https:\\\\x.org",
        "https://x.org/\\a",
        "https://user@x.org/",
        "https://user:word@x.org/",
        "https://x.org@y.org",
        "https://x.org:80@y.org",
        "https://x.org:port/",
        "https://x.org:/",
        "https://[::1]/",
        "https://exämple.org/",
        "http\u017f://x.org/",
        "https://%65xample.org/",
        'https://x.org"onclick="x',
        "https://x.org<b>",
        "https://.org/",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.org/",
        "vbscript:x",
        "blob:https://x.org/1",
        "mailto:",
        "mailto:a",
        "mailto:@x.org",
        "mailto:a@",
        "mailto:a@x.org?bcc=b@y.org",
        "mailto:a@x.org,b@y.org",
        "mailto:a%0a@x.org",
    ],
)
def test_no_link_to_what_is_no_plain_address(url: str) -> None:
    assert link_target(url) is None


def target_in_page(url: str, configuration: str) -> str:
    """Return what a browser would read from the `href` of a rendered page."""
    target = link_target(url)
    assert target is not None
    anchor = f'<a href="{target}" rel="nofollow">text</a>'
    page = f"{anchor}\n\nbefore {anchor}, {anchor}.\n\n- {anchor}\n\n| a |\n| - |\n| {anchor} |\n"
    page += f"\n<div>{anchor}</div>\n\n<div markdown='1'>\n\n{anchor}\n\n</div>\n"
    parts = outline(render(page, configuration))
    anchors = {part for part in parts if part[:2] == ("<", "a")}
    assert len([part for part in parts if part[:2] == ("<", "a")]) == 7
    (anchor_read,) = anchors
    assert anchor_read[3] == "rel=nofollow"
    return anchor_read[2].removeprefix("href=")


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://x.org", None),
        ("HTTPS://X.org:8080/a", None),
        ("http://x_y.org/a_b_c/__d__/*e*/~f~/(g)", None),
        ("https://x.org/a?b=c&d=e&lt;=1&amp;#f", None),
        ("https://x.org/[a](b)![c][d]", None),
        ("https://x.org/==a==/++ctrl++/:smile:/$x$/'q'/;,!@", None),
        ("https://x.org/a--b---c...d//e", None),
        ("https://x.org/%7Ea%20b%zz", None),
        ("https://x.org/%28c%29(c)(tm)1/2", None),
        ('https://x.org/"><b>', "https://x.org/%22%3E%3Cb%3E"),
        ("https://x.org/`a`^b|c", "https://x.org/%60a%60%5Eb%7Cc"),
        ("https://x.org/{{ x }}".replace(" ", ""), "https://x.org/%7B%7Bx%7D%7D"),
        ("https://x.org/Köln/王", "https://x.org/K%C3%B6ln/%E7%8E%8B"),
        ("mailto:a.b_c+d@x-y.org", None),
    ],
)
def test_link_target_reaches_the_browser_as_the_same_address(
    url: str, read: str | None, configuration: str
) -> None:
    assert target_in_page(url, configuration) == (read or url)


URL_TAILS = st.text(
    st.characters(min_codepoint=33, exclude_characters="\\", exclude_categories=["C", "Z"])
)


@settings(max_examples=100, deadline=None)
@given(URL_TAILS)
def test_any_link_target_is_the_address_with_percent_encoding_alone(tail: str) -> None:
    url = "https://x.org/" + tail
    wanted = "".join(
        "".join(f"%{byte:02X}" for byte in character.encode())
        if character in '"<>^`{|}' or ord(character) > 126
        else character
        for character in url
    )
    assert target_in_page(url, "everything") == wanted


@given(st.text())
def test_link_target_never_leaves_the_attribute(url: str) -> None:
    for text in (url, "https://" + url, "https://x.org/" + url, "mailto:" + url):
        target = link_target(text)
        assert target is None or re.fullmatch(r"[A-Za-z0-9/:.?=%&#;-]+", target)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("", []),
        ("no address: x://y, http:// and https://.", []),
        ("https://x.org", ["https://x.org"]),
        ("See https://x.org/a. Then", ["https://x.org/a"]),
        ("https://github.com/lancopku/SAPO}.}.", ["https://github.com/lancopku/SAPO"]),
        (r"\url{https://x.org/a_b}.", ["https://x.org/a_b"]),
        (r"\footnote{\url{http://x.org/~a/}}", ["http://x.org/~a/"]),
        (r"\href{https://x.org/a}{text}", ["https://x.org/a"]),
        ("(https://x.org/a)", ["https://x.org/a"]),
        ("(see https://x.org/a).", ["https://x.org/a"]),
        ("https://en.wikipedia.org/wiki/A_(b)", ["https://en.wikipedia.org/wiki/A_(b)"]),
        ("(https://en.wikipedia.org/wiki/A_(b)).", ["https://en.wikipedia.org/wiki/A_(b)"]),
        ("[https://x.org/a], [x](https://x.org/b)", ["https://x.org/a", "https://x.org/b"]),
        ("https://x.org/a[1]", ["https://x.org/a[1]"]),
        ("\"https://x.org/a\" and 'https://x.org/b'", ["https://x.org/a", "https://x.org/b"]),
        ("“https://x.org/a” ‘https://x.org/b’", ["https://x.org/a", "https://x.org/b"]),
        ("<https://x.org/a>", ["https://x.org/a"]),
        ("https://x.org/a?b=c&d=%20#e!?", ["https://x.org/a?b=c&d=%20#e"]),
        ("HTTPS://X.ORG/A; http://y.org:", ["HTTPS://X.ORG/A", "http://y.org"]),
        ("见https://x.org/a。后文https://y.org/b中文", ["https://x.org/a", "https://y.org/b"]),
        ("https://de.wikipedia.org/wiki/Köln, x", ["https://de.wikipedia.org/wiki/Köln"]),
        ("https://web.x.org/2020/http://y.org/", ["https://web.x.org/2020/http://y.org/"]),
        ("$https://x.org/a$ **https://x.org/b**", ["https://x.org/a", "https://x.org/b"]),
        ("https://x.org/a\nhttps://x.org/b", ["https://x.org/a", "https://x.org/b"]),
        ("https://x.org/a)))))", ["https://x.org/a"]),
    ],
)
def test_urls_are_found_without_the_punctuation_around_them(text: str, urls: list[str]) -> None:
    assert [url for _, _, url in find_urls(text)] == urls


@given(st.lists(st.sampled_from([*"abc()[]{}<>.,;:!?'\" /é中", "http://", "https://x.org/"])))
def test_spans_are_ordered_and_name_the_text_they_cover(pieces: list[str]) -> None:
    text = "".join(pieces)
    position = 0
    for start, end, url in find_urls(text):
        assert position <= start < end
        assert text[start:end] == url
        assert url[-1] not in ".,;:!?'\"}>"
        assert link_target(url) or not url.startswith("https://x.org/")
        position = end


@pytest.mark.parametrize("unit", ["http://", "https://x", "https://x.org/((", ")", "h", "://"])
def test_urls_are_found_in_the_worst_of_long_texts(unit: str) -> None:
    # Reading these in quadratic time would not end.
    for text in (unit * 100_000, "(" * 100_000 + unit * 100_000 + ")" * 150_000):
        start, _, url = next(find_urls("https://x.org/" + text))
        assert (start, url.startswith("https://x.org/")) == (0, True)


# ---------------------------------------------------------------------------------------------
# Front matter

READERS: dict[str, Callable[[str], object]] = {
    "pure": lambda text: yaml.load(text.split("---\n")[1], yaml.SafeLoader),
    "C": lambda text: yaml.load(text.split("---\n")[1], yaml.CSafeLoader),
    "MkDocs": lambda text: get_data(text + "# Body\n")[1],
}

YAML_TRAPS = [
    "",
    " ",
    "~",
    "null",
    "yes",
    "on",
    "1e3",
    "0x10",
    "2024-01-01",
    "12:30:45",
    "a: b",
    "a #b",
    "- a",
    "---",
    "--- ",
    "...",
    "a\n---\nb",
    "\n---\n",
    "%YAML 1.1",
    "&a",
    "*a",
    "!tag",
    "<<",
    "=",
    "{a}",
    "[a]",
    '"',
    "'",
    "\\",
    '\\"',
    "\\n",
    "\t",
    "a\r\nb",
    " a ",
    "\x00\x07\x1b",
    "\x7f\x80\x9f",
    "\x85",
    "\u2028\u2029",
    "\ufeff",
    "\ufffe\uffff",
    "\U0001f600\U0010ffff",
    "\U0001fffe",
    "é\u0301",
    "{{ x }}",
    "x" * 3000,
]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("text", YAML_TRAPS)
def test_front_matter_strings_are_read_back_exactly(
    text: str, reader: Callable[[str], object]
) -> None:
    values = {"title": text, "list": [text, text], "map": {text[:150]: text}}
    if "---\n" not in front_matter(values)[4:-4]:
        assert reader(front_matter(values)) == values


SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(YAML_TRAPS),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
)
KEYS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(["title", "on", "No", "y", "null", "a-b", "_x", "1", "a b", "<<", "---"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_front_matter_values_are_read_back_exactly(values: dict[str, object]) -> None:
    block = front_matter(values)
    inner = block.removeprefix("---\n").removesuffix("---\n")
    assert yaml.load(inner, yaml.SafeLoader) == values
    assert yaml.load(inner, yaml.CSafeLoader) == values
    assert get_data(block + "# Body\n") == ("# Body\n", values)


@pytest.mark.parametrize("number", [1e20, 1e-07, 1.5e300, 0.1, -0.0, 5e-324, 3.0, 1e16])
def test_floats_stay_floats(number: float) -> None:
    read = yaml.safe_load(front_matter({"x": number}).split("---\n")[1])["x"]
    assert isinstance(read, float)
    assert read == number


def test_front_matter_reads_well() -> None:
    values: Mapping[str, object] = {
        "title": 'A "b"',
        "year": 2024,
        "score": 0.5,
        "truncated": False,
        "venue": None,
        "date": date(2024, 8, 15),
        "built": datetime(2024, 8, 15, 1, 2, 3, tzinfo=UTC),
        "tags": ("a", 1),
        "counts": {"2024": 3},
        "on": 1,
    }
    assert front_matter(values) == (
        "---\n"
        'title: "A \\"b\\""\n'
        "year: 2024\n"
        "score: 0.5\n"
        "truncated: false\n"
        "venue: null\n"
        'date: "2024-08-15"\n'
        'built: "2024-08-15T01:02:03+00:00"\n'
        'tags: ["a", 1]\n'
        'counts: {"2024": 3}\n'
        '"on": 1\n'
        "---\n"
    )


def test_infinity_and_nan_have_their_yaml_forms() -> None:
    values: Mapping[str, object] = {"x": [float("inf"), float("-inf"), float("nan")]}
    assert front_matter(values) == "---\nx: [.inf, -.inf, .nan]\n---\n"


def test_empty_front_matter_is_still_front_matter() -> None:
    assert get_data(front_matter({}) + "Key: text\n") == ("Key: text\n", {})


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", {1: "x"}, [object()]])
def test_front_matter_refuses_what_yaml_would_not_give_back(value: object) -> None:
    with pytest.raises(TypeError, match="front matter"):
        front_matter({"x": value})


@pytest.mark.parametrize("values", [{"x": "\ud800"}, {"\udfff": 1}, {"k" * 1001: 1}])
def test_front_matter_refuses_surrogates_and_endless_keys(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="front matter"):
        front_matter(values)


def test_longest_key_is_read_back() -> None:
    values = {"k" * 1000: 1, "x": {"é" * 998: 2}}
    inner = front_matter(values).split("---\n")[1]
    assert yaml.load(inner, yaml.SafeLoader) == values == yaml.load(inner, yaml.CSafeLoader)


# ---------------------------------------------------------------------------------------------
# Page titles

TITLES = [
    WORD,
    "</title><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "' onload='alert(1)",
    '" onload="alert(1)',
    "&lt;/title&gt;&lt;script&gt;",
    "&amp;lt;b&amp;gt; &#60;b&#62;",
    "a < b & c > d",
    "{{ config }} {% raw %}",
    "<!-- x --> *x* $x$ `x`",
    "\u202e<b>\x00\ufeffx\u2028y",
]


@pytest.fixture(scope="module")
def material_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with stock MkDocs and Material, one page a hostile title."""
    root = tmp_path_factory.mktemp("titles")
    docs = root / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n")
    for name, title in [*enumerate(TITLES), ("in-nav", TITLES[1])]:
        values = {"title": page_title(title), "description": page_title(title)}
        body = f"# {escape_markdown(title)}\n\nText.\n\n## {escape_markdown(title)}\n\nText.\n"
        (docs / f"{name}.md").write_text(front_matter(values) + body, encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: Site\n"
        "theme: {name: material, font: false, features: [navigation.footer, navigation.path]}\n"
        "plugins: [search]\n"
        "nav: [index.md, in-nav.md]\n"
        "not_in_nav: '*.md'\n"
        "markdown_extensions: [attr_list, toc]\n"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root / "site"


def page_outline(site: Path, number: int) -> list[str | tuple[str, ...]]:
    return outline((site / str(number) / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", range(len(TITLES)))
def test_title_is_text_wherever_material_puts_it(material_site: Path, number: int) -> None:
    parts = page_outline(material_site, number)
    text = clean_text(TITLES[number])
    assert parts[parts.index(("<", "title")) + 1] == f"{text} - Site"
    assert ("<", "meta", "name=description", f"content={text}") in parts
    topic = ("<", "div", "class=md-header__topic", "data-md-component=header-topic")
    shown = parts[parts.index(topic) : parts.index(topic) + 5]
    assert [part.strip() for part in shown if isinstance(part, str) and part.strip()] == [text]
    navigation = parts[parts.index(("<", "ul", "class=md-nav__list", "data-md-scrollfix=None")) :]
    assert clean_text(TITLES[1]) in [part.strip() for part in navigation if isinstance(part, str)]


@pytest.mark.parametrize("number", range(1, len(TITLES)))
def test_title_adds_no_element_to_the_page(material_site: Path, number: int) -> None:
    def elements(page: int) -> list[tuple[str, ...]]:
        # Attribute values hold the page's own texts and links; names must be the same.
        return [
            (*part[:2], *(item.partition("=")[0] for item in part[2:]))
            for part in page_outline(material_site, page)
            if not isinstance(part, str)
        ]

    assert elements(number) == elements(0)


def test_title_stays_escaped_in_the_search_index(material_site: Path) -> None:
    index = json.loads((material_site / "search" / "search_index.json").read_text("utf-8"))
    titles = {entry["location"]: entry["title"] for entry in index["docs"]}
    for number, title in enumerate(TITLES):
        # The search page inserts titles as HTML.
        assert "".join(map(str, outline(titles[f"{number}/"]))) == clean_text(title)


@given(HOSTILE_TEXTS)
def test_title_is_text_in_content_and_attributes(text: str) -> None:
    title = page_title(text)
    page = f'<title>{title}</title><meta content="{title}"><span>{title}</span>'
    cleaned = clean_text(text)
    assert [part for part in outline(page) if part != ""] == [
        part
        for part in (
            ("<", "title"),
            cleaned,
            (">", "title"),
            ("<", "meta", f"content={cleaned}"),
            ("<", "span"),
            cleaned,
            (">", "span"),
        )
        if part != ""
    ]


# ---------------------------------------------------------------------------------------------
# Fenced code

CODES = [
    "",
    "x",
    "@misc{a,\n  title = {B},\n}\n",
    "```",
    "```\n*x*\n```",
    "````\n```\n`````",
    "~~~\nx\n~~~",
    "`" * 20,
    "a\n\n\nb",
    "    indented\n\n- x",
    "<b>x</b>\n</code></pre><script>",
    "</div>\n<!--",
    "&lt; &amp; &#60;",
    "{: .x }\n{{ x }}",
    "`\x02`\x02`\n*x*",
    "``\u200b`\n*x*",
    "a\r```\r*x*",
    "a\u2028```\u2029*x*",
    "a\x0b```\x0c*x*",
    "[TOC]\n\n# x\n\n[^1]: x",
    "!!! note\n\n    x",
    "$x$ :smile: ++a++",
    "\x02wzxhzdk:0\x03",
    " ```\n  ```\n   ```",
    "> ```\n- ```",
]

CODE_CONFIGURATIONS = ["fenced_code", "site"]


def shown_code(code: str) -> str:
    lines = re.split("\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", code)
    visible = ["".join(c for c in line if c == "\t" or not is_invisible(c)) for line in lines]
    # Python-Markdown itself expands tabs and empties lines of spaces.
    return "\n".join(line.expandtabs(4) if line.strip(" \t") else "" for line in visible)


def is_invisible(character: str) -> bool:
    return clean_text(f"a{character}b") == "ab"


def assert_code_is_shown(code: str, configuration: str) -> None:
    page = f"before\n\n{fenced_code(code, 'bibtex')}\n*after*\n"
    parts = [part for part in outline(render(page, configuration)) if part != "\n"]
    begin = next(i for i, part in enumerate(parts) if part[:2] == ("<", "pre"))
    end = parts.index((">", "pre"))
    wrapper = [part[:2] for part in (*parts[:begin], *parts[end + 1 :])]
    around = [("<", "p"), "be", (">", "p"), ("<", "p"), ("<", "em"), "af", (">", "em"), (">", "p")]
    if ("<", "div") in wrapper:
        around[3:3] = [("<", "div"), (">", "div")]
    assert wrapper == around
    inside = parts[begin:end]
    assert {part[1] for part in inside if not isinstance(part, str)} <= {"pre", "code", "span", "a"}
    source = render(page, configuration)
    block = source[source.index("<pre") : source.index("</pre>")]
    shown = "".join(part for part in outline(block) if isinstance(part, str))
    assert shown.strip("\n") == shown_code(code).strip("\n")


@pytest.mark.parametrize("configuration", CODE_CONFIGURATIONS)
@pytest.mark.parametrize("code", CODES)
def test_code_cannot_leave_its_fence(code: str, configuration: str) -> None:
    assert_code_is_shown(code, configuration)


@pytest.mark.parametrize("configuration", CODE_CONFIGURATIONS)
@settings(max_examples=100, deadline=None)
@given(
    code=st.lists(st.sampled_from([*CODES, "`", "\n", " ", "~", "x", "\x02", "\r"])).map("".join)
)
def test_no_code_can_leave_its_fence(code: str, configuration: str) -> None:
    assert_code_is_shown(code, configuration)


def test_fence_is_longer_than_any_run_of_backticks() -> None:
    assert fenced_code("x", "bibtex") == "```bibtex\nx\n```\n"
    assert fenced_code("x\n", "") == "```\nx\n```\n"
    assert fenced_code("a ```` b", "text") == "`````text\na ```` b\n`````\n"


@pytest.mark.parametrize("language", ["a b", "{.x}", "x\n", "```", 'a"', "python hl_lines=1"])
def test_language_is_one_bare_word(language: str) -> None:
    with pytest.raises(ValueError, match="bare word"):
        fenced_code("x", language)
