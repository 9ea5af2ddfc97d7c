"""arXiv subject classes: their names, their archives, and the short forms profiles print.

Codes and names are those of the arXiv category taxonomy (https://arxiv.org/category_taxonomy,
machine-readable in https://github.com/arXiv/arxiv-base, `arxiv/taxonomy/definitions.py`); six of
the 155 are aliases there (cs.NA, cs.SY, math.IT, math.MP, q-fin.EC, stat.TH) and stay as printed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_CLASSES: Final[dict[str, dict[str, str]]] = {
    "cs": {
        "AI": "Artificial Intelligence",
        "AR": "Hardware Architecture",
        "CC": "Computational Complexity",
        "CE": "Computational Engineering, Finance, and Science",
        "CG": "Computational Geometry",
        "CL": "Computation and Language",
        "CR": "Cryptography and Security",
        "CV": "Computer Vision and Pattern Recognition",
        "CY": "Computers and Society",
        "DB": "Databases",
        "DC": "Distributed, Parallel, and Cluster Computing",
        "DL": "Digital Libraries",
        "DM": "Discrete Mathematics",
        "DS": "Data Structures and Algorithms",
        "ET": "Emerging Technologies",
        "FL": "Formal Languages and Automata Theory",
        "GL": "General Literature",
        "GR": "Graphics",
        "GT": "Computer Science and Game Theory",
        "HC": "Human-Computer Interaction",
        "IR": "Information Retrieval",
        "IT": "Information Theory",
        "LG": "Machine Learning",
        "LO": "Logic in Computer Science",
        "MA": "Multiagent Systems",
        "MM": "Multimedia",
        "MS": "Mathematical Software",
        "NA": "Numerical Analysis",
        "NE": "Neural and Evolutionary Computing",
        "NI": "Networking and Internet Architecture",
        "OH": "Other Computer Science",
        "OS": "Operating Systems",
        "PF": "Performance",
        "PL": "Programming Languages",
        "RO": "Robotics",
        "SC": "Symbolic Computation",
        "SD": "Sound",
        "SE": "Software Engineering",
        "SI": "Social and Information Networks",
        "SY": "Systems and Control",
    },
    "stat": {
        "AP": "Applications",
        "CO": "Computation",
        "ME": "Methodology",
        "ML": "Machine Learning",
        "OT": "Other Statistics",
        "TH": "Statistics Theory",
    },
    "eess": {
        "AS": "Audio and Speech Processing",
        "IV": "Image and Video Processing",
        "SP": "Signal Processing",
        "SY": "Systems and Control",
    },
    "math": {
        "AC": "Commutative Algebra",
        "AG": "Algebraic Geometry",
        "AP": "Analysis of PDEs",
        "AT": "Algebraic Topology",
        "CA": "Classical Analysis and ODEs",
        "CO": "Combinatorics",
        "CT": "Category Theory",
        "CV": "Complex Variables",
        "DG": "Differential Geometry",
        "DS": "Dynamical Systems",
        "FA": "Functional Analysis",
        "GM": "General Mathematics",
        "GN": "General Topology",
        "GR": "Group Theory",
        "GT": "Geometric Topology",
        "HO": "History and Overview",
        "IT": "Information Theory",
        "KT": "K-Theory and Homology",
        "LO": "Logic",
        "MG": "Metric Geometry",
        "MP": "Mathematical Physics",
        "NA": "Numerical Analysis",
        "NT": "Number Theory",
        "OA": "Operator Algebras",
        "OC": "Optimization and Control",
        "PR": "Probability",
        "QA": "Quantum Algebra",
        "RA": "Rings and Algebras",
        "RT": "Representation Theory",
        "SG": "Symplectic Geometry",
        "SP": "Spectral Theory",
        "ST": "Statistics Theory",
    },
    "q-bio": {
        "BM": "Biomolecules",
        "CB": "Cell Behavior",
        "GN": "Genomics",
        "MN": "Molecular Networks",
        "NC": "Neurons and Cognition",
        "OT": "Other Quantitative Biology",
        "PE": "Populations and Evolution",
        "QM": "Quantitative Methods",
        "SC": "Subcellular Processes",
        "TO": "Tissues and Organs",
    },
    "q-fin": {
        "CP": "Computational Finance",
        "EC": "Economics",
        "GN": "General Finance",
        "MF": "Mathematical Finance",
        "PM": "Portfolio Management",
        "PR": "Pricing of Securities",
        "RM": "Risk Management",
        "ST": "Statistical Finance",
        "TR": "Trading and Market Microstructure",
    },
    "econ": {
        "EM": "Econometrics",
        "GN": "General Economics",
        "TH": "Theoretical Economics",
    },
    "physics": {
        "acc-ph": "Accelerator Physics",
        "ao-ph": "Atmospheric and Oceanic Physics",
        "app-ph": "Applied Physics",
        "atm-clus": "Atomic and Molecular Clusters",
        "atom-ph": "Atomic Physics",
        "bio-ph": "Biological Physics",
        "chem-ph": "Chemical Physics",
        "class-ph": "Classical Physics",
        "comp-ph": "Computational Physics",
        "data-an": "Data Analysis, Statistics and Probability",
        "ed-ph": "Physics Education",
        "flu-dyn": "Fluid Dynamics",
        "gen-ph": "General Physics",
        "geo-ph": "Geophysics",
        "hist-ph": "History and Philosophy of Physics",
        "ins-det": "Instrumentation and Detectors",
        "med-ph": "Medical Physics",
        "optics": "Optics",
        "plasm-ph": "Plasma Physics",
        "pop-ph": "Popular Physics",
        "soc-ph": "Physics and Society",
        "space-ph": "Space Physics",
    },
    "cond-mat": {
        "dis-nn": "Disordered Systems and Neural Networks",
        "mes-hall": "Mesoscale and Nanoscale Physics",
        "mtrl-sci": "Materials Science",
        "other": "Other Condensed Matter",
        "quant-gas": "Quantum Gases",
        "soft": "Soft Condensed Matter",
        "stat-mech": "Statistical Mechanics",
        "str-el": "Strongly Correlated Electrons",
        "supr-con": "Superconductivity",
    },
    "astro-ph": {
        "CO": "Cosmology and Nongalactic Astrophysics",
        "EP": "Earth and Planetary Astrophysics",
        "GA": "Astrophysics of Galaxies",
        "HE": "High Energy Astrophysical Phenomena",
        "IM": "Instrumentation and Methods for Astrophysics",
        "SR": "Solar and Stellar Astrophysics",
    },
    "nlin": {
        "AO": "Adaptation and Self-Organizing Systems",
        "CD": "Chaotic Dynamics",
        "CG": "Cellular Automata and Lattice Gases",
        "PS": "Pattern Formation and Solitons",
        "SI": "Exactly Solvable and Integrable Systems",
    },
}
"""Class names by archive; the order of the archives settles a short form that several have."""

_UNDIVIDED_ARCHIVES: Final = {
    "gr-qc": "General Relativity and Quantum Cosmology",
    "hep-ex": "High Energy Physics - Experiment",
    "hep-lat": "High Energy Physics - Lattice",
    "hep-ph": "High Energy Physics - Phenomenology",
    "hep-th": "High Energy Physics - Theory",
    "math-ph": "Mathematical Physics",
    "nucl-ex": "Nuclear Experiment",
    "nucl-th": "Nuclear Theory",
    "quant-ph": "Quantum Physics",
}
"""Archives without classes: the archive is the class."""

_DIVIDED_ARCHIVES: Final = {
    "astro-ph": "Astrophysics",
    "cond-mat": "Condensed Matter",
    "cs": "Computer Science",
    "econ": "Economics",
    "eess": "Electrical Engineering and Systems Science",
    "math": "Mathematics",
    "nlin": "Nonlinear Sciences",
    "physics": "Physics",
    "q-bio": "Quantitative Biology",
    "q-fin": "Quantitative Finance",
    "stat": "Statistics",
}

_ONCE_UNDIVIDED: Final = ("astro-ph", "cond-mat", "q-bio")
"""Archives whose bare name was a class until 2008, 2004 and 2003 (`LEGACY_ARCHIVE_AS_*` there)."""

SUBJECT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{archive}.{short}": name
        for archive, classes in _CLASSES.items()
        for short, name in classes.items()
    }
    | _UNDIVIDED_ARCHIVES
)
"""The name of every current class by its full code."""

_ARCHIVE_NAMES: Final = _DIVIDED_ARCHIVES | _UNDIVIDED_ARCHIVES
_NAMES: Final = _ARCHIVE_NAMES | dict(SUBJECT_NAMES)


def _codes_as_printed() -> dict[str, str]:
    """Map every form a source may print to its full code; the first archive keeps a short form."""
    codes = {code: code for code in (*SUBJECT_NAMES, *_ONCE_UNDIVIDED)}
    for archive, classes in _CLASSES.items():
        for short in classes:
            codes.setdefault(short, f"{archive}.{short}")
    return codes


_CODES: Final = _codes_as_printed()
_CODES_IGNORING_CASE: Final = {printed.casefold(): code for printed, code in _CODES.items()}

PRINTED_CLASSES: Final = frozenset(_CODES)
"""Every form a source may print: `CL`, `mtrl-sci`, `quant-ph`, `cs.CL`.

Some are prefixes of others (`astro-ph`, `astro-ph.CO`): an alternation needs the longest first.
"""


def subject_name(code: str) -> str:
    """Return the name of a class or archive (`cs.CL`: Computation and Language), or the code."""
    return _NAMES.get(code, code)


def archive_name(code: str) -> str:
    """Return the name of the archive of a class (`cs.CL`: Computer Science), or its code."""
    archive = code.partition(".")[0]
    return _ARCHIVE_NAMES.get(archive, archive)


def resolve_subject(printed: str, overrides: Mapping[str, str]) -> str | None:
    """Return the full code a printed class stands for, or None when nobody knows it.

    `overrides` (printed form to full code) come first, then full codes and undivided archives,
    then the archives in the order cs, stat, eess, math, q-bio, q-fin, econ, physics, cond-mat,
    astro-ph, nlin. In each step the case as printed is tried before any case.
    """
    if overrides:
        override = overrides.get(printed) or _get_ignoring_case(overrides, printed)
        if override is not None:
            return override
    return _CODES.get(printed) or _CODES_IGNORING_CASE.get(printed.casefold())


def _get_ignoring_case(overrides: Mapping[str, str], printed: str) -> str | None:
    folded = printed.casefold()
    return next((code for form, code in overrides.items() if form.casefold() == folded), None)
