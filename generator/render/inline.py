"""Titles and abstracts, partly TeX, as Markdown that shows them and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from generator.markup import clean_text, escape_html, escape_markdown, find_urls, link_target
from generator.mathml import to_mathml
from generator.tex import Footnote, Link, Macro, Math, Span, Styled, Text, parse_tex

_TAGS = {
    "textbf": "strong",
    "mathbf": "strong",
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "texttt": "code",
    "underline": "u",
    "textsuperscript": "sup",
    "textsubscript": "sub",
}
"""HTML element of a style command; the text of others is shown as it is."""

CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"})


def render_title(text: str) -> Markup:
    """A title for a heading or the text of a link: no links within."""
    return _render(parse_tex(text), links=False)


def render_abstract(text: str) -> Markup:
    """An abstract, with its addresses as links."""
    return _render(parse_tex(text), links=True)


def _render(spans: Iterable[Span], *, links: bool) -> Markup:
    return Markup("".join(_render_span(span, links) for span in spans))


def _render_span(span: Span, links: bool) -> str:
    match span:
        case Text(text):
            return _text_with_links(text) if links else _text(text)
        case Math(source, display):
            return _math(source, display)
        case Styled(command, children):
            inner = _render(children, links=links)
            tag = _TAGS.get(command)
            return f"<{tag}>{inner}</{tag}>" if tag else inner
        case Link(url, children):
            inner = _render(children, links=False)
            return _anchor(url, inner) if links else inner
        case Footnote(children):
            inner = _render(children, links=links)
            return f'<span class="ap-footnote">&#40;{inner}&#41;</span>'
        case Macro(name):
            title = "a macro of the paper’s source, shown by its name"
            return f'<span class="ap-macro" title="{title}">{escape_html(name)}</span>'


def _text(text: str) -> str:
    """Escaped text that keeps the space at either end, where another span follows."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{escape_markdown(text)}{after}"


def _text_with_links(text: str) -> str:
    pieces = []
    last = 0
    for start, end, url in find_urls(text):
        pieces += [_text(text[last:start]), _anchor(url, escape_markdown(url))]
        last = end
    return "".join((*pieces, _text(text[last:]))) if pieces else _text(text)


def _anchor(url: str, inner: str) -> str:
    target = link_target(url)
    return f'<a href="{target}">{inner}</a>' if target else inner


def _math(source: str, display: bool) -> str:
    mathml = to_mathml(source, display)
    if mathml is None:
        return f"<code>{escape_html(source)}</code>"
    # A line must not begin with <math>: Markdown would take it for a block of its own.
    return f'<span class="ap-math">{mathml}</span>'


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address that a paper gives: its safe form, what it shows, and what it leads to.

    The target of a file of ours (`is_file`) is its path from the folder of the paper's Markdown.
    """

    target: Markup
    label: str
    kind: str
    is_file: bool = False


def urls_in(text: str) -> tuple[str, ...]:
    """The addresses that a text holds, each once, in order."""
    return tuple(dict.fromkeys(_urls(parse_tex(clean_text(text)))))


def _urls(spans: Iterable[Span]) -> Iterable[str]:
    for span in spans:
        match span:
            case Text(text):
                yield from (url for _, _, url in find_urls(text))
            case Link(url, _):
                yield url
            case Styled(_, children) | Footnote(children):
                yield from _urls(children)
            case _:
                pass


def web_link(url: str) -> WebLink | None:
    """None for what is no web address, or names a host of code and no repository."""
    target = link_target(url)
    if target is None or not url.lower().startswith("http"):
        return None
    host, path = host_and_path(url)
    if host in CODE_HOSTS and not path:
        return None
    label = f"{host}/{path}" if path else host
    return WebLink(Markup(target), unquote(label), "Code" if host in CODE_HOSTS else "Project")


def host_and_path(url: str) -> tuple[str, str]:
    """Host without `www.` and path without slashes around it, of an address that is safe."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.strip("/")
