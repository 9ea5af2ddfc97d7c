"""The border between strings from outside and Markdown, HTML and YAML.

Every string that came from outside is data: on a page it must read as it was written, and must
never become markup. A character is written raw only where the tests prove that no extension of
Python-Markdown or pymdown-extensions reads it; everywhere else it is a numeric entity.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from html import escape
from json.encoder import encode_basestring
from math import isfinite, isnan
from types import NoneType
from typing import Any, Final
from urllib.parse import quote

_INVISIBLE: Final = re.compile(
    "["
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters that are not white space
    r"\xad\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width space and joiners, BOM
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls
    r"\ufff9-\ufffb\U000e0000-\U000e007f"  # annotation marks, tag characters (hidden text)
    r"\ud800-\udfff\ufdd0-\ufdef"  # surrogates and noncharacters
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 1 << 16)
    )
    + "]+"
)
"""What has no shape of its own; joiners (U+200C, U+200D) stay, for they shape their neighbours."""


def clean_text(text: str) -> str:
    """Return text on one line: NFC, without invisible characters, single inner spaces.

    White space is what `str.split` takes for it: NBSP, line separators and U+0085 included.
    """
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    # Composed after the removal: an invisible character may stand between a letter and its accent.
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


_ENTITIES: Final = {chr(n): f"&#{n};" for n in range(0x21, 0x7F) if not chr(n).isalnum()}


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES[match[0]]


_PUNCTUATION: Final = r"[!-+\--/:-@\[-`{-~]"  # all of ASCII but the comma

_UNSAFE_IN_FIRST_WORD: Final = re.compile(
    _PUNCTUATION + r"(?!(?<=[A-Za-z0-9]-)(?=[A-Za-z0-9]))",
)

_UNSAFE: Final = re.compile(
    _PUNCTUATION
    # The first branch spares the frequent characters that are never readable the other tests.
    + r"""(?:(?<![-.:;?%()])|(?!
      (?<=[A-Za-z0-9)%]\.)(?=[ ,;)]|\Z)
    | (?<=[0-9]\.)(?=[0-9])
    | (?<=[\ (][A-Za-z]\.)(?=[A-Za-z]\.)
    | (?<=[A-Za-z0-9]-)(?=[A-Za-z0-9])
    | (?<=[\ ]\()(?=[A-Za-z0-9])
    | (?<=[A-Za-z0-9%]\))(?=[ ,.;:]|\Z)(?<!\([CcPpRr]\))(?<!\([Tt][Mm]\))
    | (?<=[A-Za-z0-9)]:)(?=[ ])
    | (?<=[A-Za-z0-9)%];)(?=[ ])
    | (?<=[0-9]%)(?=[ ,.;)]|\Z)
    | (?<=[A-Za-z]\?)(?=[ ]|\Z)
    ))""",
    re.VERBOSE,
)


def escape_markdown(text: str) -> str:
    """Return text as Markdown that renders to `clean_text(text)` and to no element.

    It may stand anywhere within a line of Markdown, at its start and in raw HTML too. Readable
    are, beside letters, digits and commas: a hyphen within a word and, after the first word,
    `.` `:` `;` `?` `%` `(` `)` where they stand as in a sentence. The first word is stricter
    because lists (`1.`, `iv)`), definitions and metadata (`Key: `) are read at the line's start.
    """
    first, space, rest = clean_text(text).partition(" ")
    # The space goes with the rest: an opening parenthesis must see it.
    return _UNSAFE_IN_FIRST_WORD.sub(_entity, first) + _UNSAFE.sub(_entity, space + rest)


def escape_html(text: str) -> str:
    """Return text for raw HTML within Markdown: element content or a double-quoted attribute.

    The form is that of `escape_markdown`, since Markdown reads raw HTML before a browser does.
    Not for an attribute of an element that has a `markdown` attribute: md_in_html decodes and
    rewrites those, and leaves what then looks like an entity. An address in `href` or `src` must
    come from `link_target` instead.
    """
    return escape_markdown(text)


def isolated(name: str) -> str:
    """Return a name as Markdown that, within a line, turns nothing around beside itself.

    Links to people are isolated by the style sheet; this is for names that are no links. An element
    is spent on those alone that hold letters which run from right to left.
    """
    escaped = escape_markdown(name)
    turned = any(unicodedata.bidirectional(c) in ("R", "AL") for c in name)
    return f"<bdi>{escaped}</bdi>" if turned else escaped


_WEB_ADDRESS: Final = re.compile(
    r"https?://[a-z0-9_][a-z0-9_.-]*(?::[0-9]{1,5})?(?:[/?#].*)?", re.ASCII | re.IGNORECASE
)
_MAIL_ADDRESS: Final = re.compile(
    r"mailto:[a-z0-9_][a-z0-9_.+-]*@[a-z0-9][a-z0-9.-]*", re.ASCII | re.IGNORECASE
)
_NOT_IN_HREF: Final = re.compile(r"[^A-Za-z0-9/:.?=%-]")
_NOT_IN_URL: Final = frozenset('"<>^`{|}')


def link_target(url: str) -> str | None:
    r"""Return an address for `href="…"` in raw HTML within Markdown, or None to show no link.

    Allowed are http and https with a plain ASCII host and no user name, and mailto with one
    address and no header fields. What a URL may not hold is percent-encoded as browsers do it
    (https://url.spec.whatwg.org/#percent-encoded-bytes); what it may hold, but Markdown could
    read, is a numeric entity, so that the browser gets the very same URL.
    """
    if not url.isprintable() or " " in url or "\\" in url:
        return None
    if _WEB_ADDRESS.fullmatch(url) or _MAIL_ADDRESS.fullmatch(url):
        return _NOT_IN_HREF.sub(_href_character, url)
    return None


def _href_character(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NOT_IN_URL or not character.isascii():
        return quote(character)
    return _ENTITIES[character]


_NOT_IN_SHOWN_ADDRESS: Final = re.compile(
    r"[!-,:-@\[-`{-~]|\.(?![A-Za-z0-9])|(?<![A-Za-z0-9])[./-]"
    r"|(?<=[0-9])/(?=[0-9])|(?<=[Cc])/(?=[Oo])|(?<=[Ww]{3})\."
)


def escape_address(address: str) -> str:
    """Return an address as text of a link, in fewer characters than `escape_markdown` needs.

    Slashes, points and hyphens within it stand as they are where no extension reads them: the colon
    is an entity, and so are the point behind `www` and the slash of what looks like a fraction or
    like "care of". Whatever else is no letter or digit is an entity.
    """
    return _NOT_IN_SHOWN_ADDRESS.sub(_entity, clean_text(address))


_URL_IN_TEXT: Final = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9]"
    # Letters of the scripts written with spaces may belong to a path; Chinese, Japanese and
    # Korean run on after a URL without one.
    r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|[^\W\u2e80-\U0010ffff])*"
)
_SENTENCE_END: Final = frozenset(".,;:!?'*$")


def find_urls(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and URL of every plain http(s) address in running text, in order.

    Punctuation that ends the sentence or closes what was opened before the URL is left out;
    balanced parentheses within it are kept. Takes time linear in the text.
    """
    if "://" not in text:
        return
    for match in _URL_IN_TEXT.finditer(text):
        url = _trim_url(match[0])
        yield match.start(), match.start() + len(url), url


def _trim_url(url: str) -> str:
    unopened = {
        ")": url.count(")") - url.count("("),
        "]": url.count("]") - url.count("["),
    }
    end = len(url)
    while (last := url[end - 1]) in _SENTENCE_END or unopened.get(last, 0) > 0:
        if last in unopened:
            unopened[last] -= 1
        end -= 1
    return url[:end]


_NOT_RAW_IN_YAML: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NOT_KEYS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_LONGEST_KEY: Final = 1000  # YAML 1.1 reads an implicit key of at most 1024 characters


def front_matter(values: Mapping[str, object]) -> str:
    r"""Return the `---` block of YAML that MkDocs reads back as exactly these values.

    Values are str, int, float, bool, None, date and datetime (read back as ISO strings), and
    lists, tuples and dicts of these. YAML 1.1 (https://yaml.org/spec/1.1/#c-printable) has no
    place for lone surrogates: they raise ValueError, as do keys over 1,000 characters.
    A value of another type raises TypeError.
    """
    lines = [f"{_yaml_key(key)}: {_yaml_value(value)}" for key, value in values.items()]
    # MkDocs takes a block without a line for text, hence the empty mapping.
    return "\n".join(("---", *(lines or ("{}",)), "---\n"))


@lru_cache(maxsize=1024)
def _yaml_key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"front matter keys are strings, not {type(key).__name__}: {key!r}")
    if _PLAIN_KEY.fullmatch(key) and key.lower() not in _NOT_KEYS and len(key) <= _LONGEST_KEY:
        return key
    quoted = _yaml_string(key)
    if len(quoted) > _LONGEST_KEY:
        raise ValueError(f"front matter key over {_LONGEST_KEY} characters: {key[:40]!r}…")
    return quoted


def _yaml_value(value: object) -> str:
    writer = _YAML_WRITERS.get(type(value))
    if writer is None:
        raise TypeError(f"front matter cannot hold {type(value).__name__}: {value!r}")
    return writer(value)


def _yaml_string(text: str) -> str:
    # The JSON form keeps what lies beyond ASCII: YAML would read `\ud83d\ude00` as two characters.
    quoted = encode_basestring(text)
    return quoted if text.isprintable() else _NOT_RAW_IN_YAML.sub(_yaml_escape, quoted)


def _yaml_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if unicodedata.category(match[0]) == "Cs":
        raise ValueError(f"front matter cannot hold the lone surrogate U+{code:04X}")
    return f"\\u{code:04x}"


def _yaml_float(number: float) -> str:
    if isnan(number):
        return ".nan"
    if not isfinite(number):
        return ".inf" if number > 0 else "-.inf"
    digits = repr(number)
    # YAML 1.1 takes `1e+20` for a string.
    return digits if "." in digits else digits.replace("e", ".0e")


def _yaml_list(items: list[object] | tuple[object, ...]) -> str:
    return f"[{', '.join([_yaml_value(item) for item in items])}]"


def _yaml_mapping(items: dict[object, object]) -> str:
    pairs = [f"{_yaml_key(key)}: {_yaml_value(value)}" for key, value in items.items()]
    return f"{{{', '.join(pairs)}}}"


_YAML_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: _yaml_string,
    int: int.__repr__,
    bool: {True: "true", False: "false"}.__getitem__,
    NoneType: lambda _: "null",
    float: _yaml_float,
    list: _yaml_list,
    tuple: _yaml_list,
    dict: _yaml_mapping,
    date: lambda day: f'"{day.isoformat()}"',
    datetime: lambda moment: f'"{moment.isoformat()}"',
}


def page_title(text: str) -> str:
    """Return text for the front matter keys `title` and `description`, as escaped HTML.

    Material writes both raw: into `<title>`, the header, the navigation and the attribute
    `content="…"` (material/templates/base.html and partials/header.html, 9.8.1).
    """
    return escape(clean_text(text))


_LINE_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LANGUAGE: Final = re.compile(r"[A-Za-z0-9_+-]*")
_SHORTEST_FENCE: Final = 3


def fenced_code(text: str, language: str) -> str:
    """Return a fenced Markdown block that shows text line by line and ends nowhere in it.

    It starts at a line's start, outside of lists. Invisible characters are removed, for Markdown
    removes some of them itself and could so join a fence. A `language` that is no bare word
    raises ValueError. Preprocessors that read code too (pymdownx.snippets, pymdownx.critic)
    are out of its reach.
    """
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"language of a code block: expected a bare word, found {language!r}")
    code = text.removesuffix("\n")
    # What is printable line by line (BibTeX, for one) needs no cleaning: that is a third of a page.
    if not code.replace("\n", "").isprintable():
        code = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text)).removesuffix("\n")
    longest = max(map(len, re.findall("`+", code)), default=0) if "`" in code else 0
    fence = "`" * max(_SHORTEST_FENCE, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}\n"
