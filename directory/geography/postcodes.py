"""Reading postcodes as people type them. Nothing here knows which postcodes exist.

Shapes: outward A9, A99, A9A, AA9, AA99, AA9A or GIR, then inward 9AA (BS 7666; Royal Mail PAF).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

_SHAPES = {2: ("A9",), 3: ("A99", "AA9", "A9A"), 4: ("AA99", "AA9A")}
_AS_DIGIT = {"O": "0", "I": "1", "L": "1"}
_AS_LETTER = {"0": "O", "1": "I"}
_INSIDE = re.compile(
    r"(?<![A-Z0-9])([A-Z01]{1,2}[0-9OIL][A-Z0-9]?|G[I1]R)[ .-]{0,3}([0-9OIL][A-Z01]{2})(?![A-Z0-9])"
)
_AT_THE_END = re.compile(
    r"(?<![A-Z0-9])(?P<out>[A-Z]{1,2}[0-9][A-Z0-9]?)(?: +(?P<sector>[0-9]))?[ .,)]*$"
)
#: What stands before the number of a flat, which may look like an outcode ("Flat B2").
_NUMBERED = re.compile(r"\b(?:FLAT|UNIT|ROOM|BLOCK|PLOT|APARTMENT|APT|OFFICE) *$")
_NOT_CODE = re.compile(r"[^A-Z0-9]")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a code: "NR18 1AA", "NR18 1" or "NR18".

    `inward` is three characters, one digit, or empty. `slips`: characters taken for others
    (letter O for nought, letter I for one).
    """

    outcode: str
    inward: str = ""
    slips: int = 0

    @property
    def full(self) -> bool:
        """Whether it is a whole postcode."""
        return len(self.inward) == 3

    @property
    def name(self) -> str:
        """As it is written."""
        return f"{self.outcode} {self.inward}".rstrip()

    @property
    def key(self) -> str:
        """As it is stored for look-up."""
        return (self.outcode + self.inward).lower()


def postcode_of(text: str) -> Reading | None:
    """A whole postcode in its proper shape, or None."""
    readings = [r for r in read_whole(text) if r.full and not r.slips]
    return readings[0] if readings else None


def read_whole(text: str) -> list[Reading]:
    """The ways to read all of `text` as a postcode, a sector or an outcode, likeliest first."""
    parts = text.upper().split()
    code = _NOT_CODE.sub("", text.upper())
    if not 2 <= len(code) <= 7 or len(text) > 20 or code.isalpha():
        return []
    full = _readings(code[:-3], code[-3:]) if len(code) >= 5 else []
    sector = _readings(code[:-1], code[-1:])
    sector += [r for r in _readings(code[:-2], code[-2:-1]) if code[-1].isalpha()]
    outcode = _readings(code, "")
    split = len(parts) == 2 and parts[1][:1].isdigit()
    found = [*full, *(sector + outcode if split else outcode + sector)]
    return sorted(found, key=lambda reading: reading.slips)[:_MOST]


def read_inside(text: str) -> list[Reading]:
    """Whole postcodes within a longer text, those in their proper shape first."""
    found = (
        reading
        for match in _INSIDE.finditer(text.upper())
        if any(char.isdigit() for char in match[0])
        for reading in _readings(match[1], match[2])
    )
    return sorted(found, key=lambda reading: reading.slips)[:_MOST]


def read_end(text: str) -> tuple[str, Reading | None]:
    """An outcode or sector that ends a text ("Diss IP22"), after what stands before it."""
    match = _AT_THE_END.search(text.upper())
    # Letters that grow when they are made capital would shift where the match stands.
    if not match or len(text) != len(text.upper()):
        return text, None
    if _NUMBERED.search(text.upper()[: match.start()]):
        return text, None
    return text[: match.start()], Reading(match["out"], match["sector"] or "")


def _readings(outward: str, inward: str) -> list[Reading]:
    """The readings of an outward and an inward part, those with fewest slips first."""
    found = [
        Reading(out, inn, slips + more)
        for (out, slips), (inn, more) in product(_outwards(outward), _shaped(inward, "9AA"))
    ]
    return sorted(dict.fromkeys(found), key=lambda reading: reading.slips)


def _outwards(code: str) -> Iterator[tuple[str, int]]:
    if code in ("GIR", "G1R"):
        yield "GIR", int(code != "GIR")
    for shape in _SHAPES.get(len(code), ()):
        yield from _shaped(code, shape)


def _shaped(code: str, shape: str) -> Iterator[tuple[str, int]]:
    """`code` in the shape of the first of its characters, if it can be read so."""
    out, slips = "", 0
    for char, wanted in zip(code, shape, strict=False):
        swap = _AS_DIGIT if wanted == "9" else _AS_LETTER
        fits = char.isdigit() if wanted == "9" else char.isalpha()
        read = char if fits else swap.get(char)
        if read is None:
            return
        out, slips = out + read, slips + (not fits)
    yield out, slips
