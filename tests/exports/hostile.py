r"""Five hundred records that a writer or a reader of BibTeX could trip over.

Some are hand-picked; the rest join nasty parts in every way that their turn brings: the same list
in every run. Every string is cleaned, as sources do it before they hand a record on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, cycle, islice

from generator.dates import PartialDate
from generator.markup import clean_text
from generator.records import (
    KINDS,
    UNPUBLISHED,
    Inferred,
    NameAsPrinted,
    PaperRecord,
    Provenance,
    Publication,
)

COUNT = 500


def _listed(text: str) -> Iterator[str]:
    """What stands in a text between line breaks or two spaces."""
    return filter(None, map(str.strip, re.split(r"\n|  ", text)))


TITLES = tuple(
    # What TeX, BibTeX and their readers take for syntax.
    r"""{ } {} }{ {{ }} \ \\ $ $$ $$$ % %% & # _ __ ~ ~~ ^ ^^ @ " "" ' '' ` `` , ; = - -- --- ---- *
    < > | / . ... ! ? ?` !` << >> ,, () [] \{ \} \$ \% \& \# \_ \, \; \- \/ \( \) \[ \] #1 100% %x
    a%b 5% & R&D AT&T C++ C# F# .NET C# & F# a_b _x_ __init__ x^2 10^-3 ~/.bashrc a~b ~x \~n \^o
    \'e \"o \`a \=a \.z \c{c} \v{S} \H{o} \o \aa \ss \L{}ukasz {\o} {\'e} {\"{o}} \'{\i} \textbf
    \emph{x} \textbf{ \emph{x \url{ \footnote{ \method \method{} \ours{}: \verb|}| \begin{x}
    \end{x} $x$ $\{$ $}$ ${$ $a_{b}$ $x^{2} $x $5 $5$ a$b$c \(x\) \[x\] \left( \input{x} \def\x{y}
    \par \cite{x} @misc{x, @misc{a,title={b}} @comment @string{x={y}} @preamble{"x"} }@misc{z,
    },title={t}, "} key={value} = x={y} NUL null None undefined true TODO et others and And AND
    a,b a;b
    """.split()
)
"""Short titles, and parts of long ones."""

SENTENCES = (
    *_listed(
        r"""
    ReLU$^2$ Wins: Discovering Bright Lamps  ReLU$^2$ and C++ & 100% _x_ #1  C++ & 100% _x_ #1
    \method: A Lamp for \textbf{Every} Weather  \textsc{LampNet}: Small Capitals by Night
    See \url{https://lamps.example/a_b} for Oil  Lamps\footnote{With \emph{oil}.} and Wicks
    \emph{In situ} Lamps and $\textit{ex situ}$ Ones  16$\times$3.8B Lamps
    Lamps for $63.5\%$ of All  An $\tilde{O}(T^{-1/4})$ Lamp
    From $\mathcal{O}(n^2)$ to $\mathcal{O}(n\log n)$ Lamps  Of $\alpha$-Lamps and $\beta$-Wicks
    $\mu P$: Lamps in Parallel  Costs: $5 Here, $6 There  Prices of \$5 and \$6
    H\textsubscript{2}O Lamps and CO\textsuperscript{2} Wicks  The {\em Old} Form of {\bf Bold}
    A Lamp Ending in a Backslash\  Open {Brace  Shut }Brace  All {Braced} Words
    A Set \{a, b\} in Text  A Set $\{a, b\}$ in Math  Nested {{{Braces}}} Here
    Percent at the End %  Hash at the End #  A Quote" Within
    ‘Single’ and “Double” – Quotes — Dashes  ``TeX'' Quotes -- and --- Dashes
    Rock 'n' Roll's Lamps’ Wicks  Ends in a Comma,  Ends in a Question?  Ends in a Stop.
    Dots ... and Dots…  A: B: C – D  Lamp / Wick | Oil  L\'evy and G\"odel by Lamplight
    Łukasz Świętosława’s Ångström Œuvre  İstanbul ışığı  Straße, Größe und Übermaß
    Ơn và Điện thoại  Tiếng Việt có dấu  Ελληνικά φῶτα  Фонари Петербурга  Світло й тінь
    مصابيح المدينة  מנורות העיר  दीपक और तेल  โคมไฟ  灯笼与油  ランプと油  등불과 기름
    灯笼 LLM 与 ReLU  Combining á̧ Marks x̂̂  Full－Width Ｌｅｔｔｅｒｓ  ﬁne ﬂames
    x² + y³ = z₁  ½ Price at 30 °C ± 5 µm  № 5 × 3 ≤ 20 → ∞  © Lamps™ and Oil®  𝔽ancy 𝒜lphabets
    ALL CAPITALS OF LAMPS  all lower case  iPhone-Like COVID-19 McDonald’s X-Rays
    DeepSeek-R1 Is Here  GRIN: GRadient-INformed MoE  A I O: Short Words  I  A  x  42  3.8B
    Pre-Training a GPT-4o-mini  eXplain-NLP/CV.AI  The (Un)Known LaMDA  K-means++ vs. k-NN
    <b>Bold</b>, <script>alert(1)</script> & &amp;  javascript:alert(1)
    Robert'); DROP TABLE lamps;--  xdata=lamps-title  given=Ada, family=Quill  Lamp, and others
    et al.  and others  %PDF-1.4 % Comment  C:\lamps\new  \\server\lamps
    \LaTeX{} and \TeX\ Lamps  50\% of \#1 \& \_ All  \$\$\$  https://lamps.example/100%25_a~b#c
    A (1) [2] {3} <4>  ^caret^ and `tick`  ~tilde~ and |pipe|  a--b---c  $a$$b$ and $$c$$
    $\frac{a}{b}$, $\sqrt[3]{x}$ and $\sum_{i=1}^{n} x_i$  $\lambda$LAMP: $\ell_1$/$\ell_2$ Norms
    $\text{A lamp}$ and $\mathrm{SO}(3)$  $x<y$ and $y>z$  $a\&b$ and $c\_d$
    $\lbrace x, y \rbrace$
    """
    ),
    "Lamp 💡 and Flag \U0001f3f4\U000e0067\U000e0062\U000e007f", "👩\u200d🔬 Measures 👍🏽",
    "Zero\u200bWidth and Soft\xadHyphen", "Line\nBreak and\tTab", "  Many   Spaces  ",
    "No\xa0Break\u202fSpaces", "Null\x00Byte and \x1b[31mEscape", "\ufeffMark of Order",
    "\u202eReversed Order",
)  # fmt: skip
"""Whole titles."""

PEOPLE = (
    *_listed(
        r"""
    Ada Quill  Jan van der Lamp  Ludwig von der Kerze  Charles de la Vallée Poussin
    Otto Finch Jr.  Finch, Jr., Otto  Henry Lamp III  Lamp, III, Henry  Plato  X  Quill, Ada B.
    van der Lamp, Jan  García Márquez, Gabriel  Gabriel García Márquez
    {The Lamp and Wick Company}  {Barnes and Noble}  {Smith, Jones and Partners, Inc.}
    DeepSeek-AI  Qwen  The Lantern Collaboration  Lamp Consortium  {Lamps, Inc.}  {AND}
    Rock and Roll  Ann And  and  Ann Others  Others, Ann  Others  {Others}  al.  王伟  韩雪梅
    欧阳明  司马, 相如  田中太郎  김철수  김, 철수  Анна Каренина  Толстой, Лев  نجيب محفوظ
    ש״י עגנון  Ελένη Καραΐνδρου  Nguyễn Văn Ánh  Łukasz Świętosław  Søren Ångström  Sørén Ö  é
    Élan d'Été  Jean d'Alembert  Frank O'Neil  Frank O’Neil  D'Souza, Brian  María-José Peña
    Björn–Erik Öst  J.-P. Serre  A. B. C. D. Lamp  M.M.M. Rats  x y z  á̧ Combined  Zöé Marks
    Ada Quill 0001  Jan Maly 0023  {  }  {}  {{  A} and {B  B\  \  \o  $  $x$  %  %Lamp Post  #1
    _  _x_ Lamp  &  A & B  Lamp & Sons  ~  a~b  ^  Ada "Wick" Quill  '  `  ``Ada'' Quill  ,
    , Ada  Quill,  Quill,, Ada  A, B, C, D, E  Quill, Ada, PhD, Dr.  @misc{x,  a=b  given=Ada
    family=Quill, given=Ada  {useprefix=true}  xdata=lamp  suffix = Jr.  .  ...  -  --  —  ·
    (Ada) Quill  Ada (Addie) Quill  [Ada]  <Ada>  Ada/Quill  Ada|Quill  Ada*  Ada1  42
    Ada Quill²  💡  ada quill  ADA QUILL  aDa qUILL  van  de la  van der  Van der Lamp  Ada van
    von Kerze  Jr.  III  Ada Jr.  II, Xi  Lamp, {Ada B.}  {Van Lamp}, Ada  Lamp{er}, Ada
    G{\"o}del, Kurt  \'Elan, Ann  Ａｄａ Ｑｕｉｌｌ  1st Lamp Group  Team #1  100% Lamp Team
    Lamp_Lab
    """
    ),
    '"', "👩\u200d🔬 Curie", "Ada\xa0Quill", "Ada\u200bQuill", "Ada\tQuill\nPost",
)  # fmt: skip
"""Names of people and organisations, in every form in which a source may print one."""

VENUES = (
    *_listed(
        r"""
    Journal of Lamps  Lamps & Wicks  Proc. 100% of Lamps  ICLR  NeurIPS  J. Mach. Learn. Res.
    Advances in Lamps 36  Lamps {\&} Oil  \emph{Lamps} Today  Lampes et Œuvres  灯笼学报  Фонари
    Annals_of_Lamps #1  {Lamps  Lamps}  Lamps $x^2$  University of Light and Oil  others  A and B
    Technische Universität Öl  Proceedings of the 1st Conference on Lamps, LAMP '24, Oil City
    """
    ),
)  # fmt: skip
"""Names of what papers stand in."""

DETAILS: tuple[Mapping[str, str], ...] = (
    {},
    {"volume": "12", "number": "3", "pages": "1--20", "publisher": "Wick", "address": "Oil City"},
    {"volume": "abs/2401.00001", "pages": "1", "chapter": "IV"},
    {"volume": "XII", "number": "3-4", "pages": "e1--e12", "issn": "0378-5955"},
    {"pages": "S1-12--S1-20, 33, 40--44", "isbn": "978-3-16-148410-0", "type": "Essay & More"},
    {
        "pages": "ix--xii",
        "isbn": "316148410X",
        "issn": "2049-3630",
        "series": "LNCS",
        "edition": "2",
    },
    {"pages": "1-20", "number": "A_12 & B", "publisher": "Wick and Sons", "address": "A and B"},
    {"pages": "article no. 5", "publisher": "Wick & Öl", "address": "Ünterland", "type": "others"},
    {"pages": "--", "publisher": "{Wick", "series": "Lamp_Notes #1", "edition": "Second"},
    {
        "organization": "Lamp and Wick Society",
        "howpublished": r"\url{https://lamps.example/a_b%20c}",
    },
    {
        "note": r"100% \emph{oil}, $x^2$ \method @misc{z,",
        "language": "German and Latin",
        "isbn": "1",
    },
    {"volume": "{", "number": "}", "pages": r"1\%--2", "address": "}{", "edition": "", "issn": "x"},
    {
        "unheard-of": "x",
        "isbn": "978-3-16-148410-1",
        "issn": "0378-5956",
        "note": "x=y",
        "volume": "é",
    },
)
"""Further fields of publications; what a reader rejects among them must not get into a file."""

DOIS = (
    None,
    "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
    "10.1000/a_b_c",
    "10.1000/100%25#x&y~z",
    "10.18653/v1/P19-1548",
    "10.1000/$x$",
    "10.1000/灯笼",
)
URLS = (
    None,
    "https://lamps.example/",
    "https://lamps.example/a_b%20c?x=1&y=~z#top",
    "https://lamps.example/{a}",
    "https://lamps.example/a\\b^c|d",
    "https://lamps.example/灯/é",
    "https://lamps.example/$x$'y'\"z\"",
)
KEYWORDS = (
    (),
    ("lamps", "wicks"),
    ("C++ & oil", "100% _x_", "#1", "$x^2$", "灯"),
    ("{", "a, b", "lamps and wicks"),
)
DATES = (
    PartialDate(2024, 6, 1),
    PartialDate(2023, 12),
    PartialDate(2022),
    PartialDate(1000),
    PartialDate(9999, 12, 31),
    PartialDate(1996, 2, 29),
)
UNUSUAL_DATES = (None, PartialDate(None, 5, 2), PartialDate(None, 5))
ABSTRACTS = (
    None,
    "We light nine hundred lamps and count which of them still burn at dawn.",
    r"Of \emph{5\%} {light}: $x_{i}^2 \in \{0, 1\}$, \url{https://lamps.example/a_b} & \method{}.",
    "Open { and shut }, 100% # _ ~ ^ \\",
    "灯笼 и лампы مصابيح 💡",
)
FRAMES = ("{part} and Lamps", "Lamps {part} Wicks", "A Lamp{part}", "{part}", "{part}{part} Twice")


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a record says, before it is cleaned; the rest comes by turns."""

    title: str
    authors: tuple[str, ...] = ("Ada Quill",)
    truncated: bool = False
    date: PartialDate | None = DATES[0]
    abstract: str | None = None
    publication: Publication = UNPUBLISHED
    year_inferred: bool = False


def records() -> tuple[PaperRecord, ...]:
    """All the records, no two of one paper."""
    drafts = islice(_distinct(_drafts()), COUNT)
    return tuple(_record(draft, line) for line, draft in enumerate(drafts, start=1))


def _drafts() -> Iterator[_Draft]:
    """Drafts in order of their weight: the list ends where there are enough."""
    yield from _enormous()
    yield from (_Draft(title) for title in SENTENCES)
    yield _Draft("A Keeper Called Others", ("{others}", "Ada Quill"))
    # Titles that mean the same would be one paper, were they of one year.
    yield from (_Draft(t, date=PartialDate(1500 + n)) for n, t in enumerate(TITLES))
    yield from (
        _Draft(f"Lamps of {n} Keepers", PEOPLE[n : n + 3]) for n in range(0, len(PEOPLE), 3)
    )
    yield from _published()
    yield from _mixed()


def _enormous() -> Iterator[_Draft]:
    """As large as readers allow within seconds.

    biber decodes in time that grows with the square of the braces of a field (100 kB with a brace
    in every fourth word: more than 100 s), pandoc with the square of its length (1 MB: 50 s).
    """
    yield _Draft("Enormous " + "lamps & wicks of oil " * 4_800)
    yield _Draft("An Enormous Abstract", abstract="Lamps & wicks of 100% oil_x. " * 7_000)
    many = (f"{chr(65 + n % 26)}da Quill{n:04}".translate(_DIGITS) for n in range(3_000))
    yield _Draft("Three Thousand Authors", tuple(many))
    yield _Draft("Math at Length " + r"$x_{i}^2$ and {B} " * 100)
    yield _Draft("Braces at Length " + "{" * 100 + "}" * 50)
    yield _Draft("A Word at Length " + "x" * 10_000 + " " + "灯" * 5_000)


_DIGITS = str.maketrans("0123456789", "abcdefghij")


def _published() -> Iterator[_Draft]:
    """Every kind of entry, with and without a venue, and with all further fields by turns."""
    turns = zip(
        cycle(VENUES), cycle(DOIS), cycle(URLS), cycle(KEYWORDS), cycle(PEOPLE), strict=False
    )
    for index, kind in enumerate(KINDS):
        for number, details in enumerate(DETAILS):
            venue, doi, url, keywords, editor = next(turns)
            editors = (editor, "Oran Vesper")[: number % 3]
            publication = Publication(
                kind=kind,
                venue=None if number % 11 == 10 else venue,
                doi=f"{doi}-{kind}-{number}" if doi else None,
                arxiv=f"2401.{index:02}{number:03}" if number % 4 == 1 else None,
                primary_class="cs.CL" if number % 8 == 1 else None,
                url=url,
                editors=tuple(NameAsPrinted(clean_text(name)) for name in editors),
                keywords=keywords,
                details=details,
            )
            authors = () if number % 13 == 12 else ("Ada Quill", "Jan van der Lamp")
            yield _Draft(f"{kind.title()} of Lamps {number}", authors, publication=publication)


def _mixed() -> Iterator[_Draft]:
    """Nasty titles, names, dates and abstracts, joined by turns that come round at unlike times."""
    names, abstracts, dates = cycle(PEOPLE), cycle(ABSTRACTS), cycle((*DATES, *UNUSUAL_DATES))
    for number in count():
        part = TITLES[number * 7 % len(TITLES)]
        title = FRAMES[number % len(FRAMES)].replace("{part}", part)
        yield _Draft(
            f"{title} {number}",
            tuple(islice(names, 1 + number % 4)),
            truncated=number % 3 == 0,
            date=next(dates),
            abstract=next(abstracts),
            year_inferred=number % 10 == 0,
        )


def _distinct(drafts: Iterator[_Draft]) -> Iterator[_Draft]:
    """Drafts without those of which nothing is left when they are cleaned, or that stand above."""
    seen = set()
    for draft in drafts:
        title = clean_text(draft.title)
        if title and title not in seen:
            seen.add(title)
            yield draft


def _record(draft: _Draft, line: int) -> PaperRecord:
    unsure = (Inferred("date", "100% of the_source leaves it out"),) if draft.year_inferred else ()
    return PaperRecord(
        Provenance("hostile.bib", line),
        clean_text(draft.title),
        tuple(dict.fromkeys(NameAsPrinted(clean_text(name)) for name in draft.authors)),
        truncated=draft.truncated,
        date=draft.date,
        abstract=clean_text(draft.abstract) if draft.abstract else None,
        inferred=unsure,
        publication=draft.publication,
    )
