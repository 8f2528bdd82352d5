"""What somebody asks: the one input of the pipeline."""

from dataclasses import dataclass
from typing import Literal

Audience = Literal["resident", "practitioner"]

#: Longest story that is read, in characters. Longer ones are refused with a clear message.
TEXT_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the household. `age` in whole years, None when it was not said."""

    role: str
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What was said, what was chosen, and where.

    `needs` and `exclude_needs` are need codes that a person ticked or unticked: they win over
    what the words say. Nothing of `text` or `place` outlives the answer.
    """

    text: str = ""
    needs: tuple[str, ...] = ()
    exclude_needs: tuple[str, ...] = ()
    level: str | None = None
    household: tuple[Member, ...] = ()
    place: str | None = None
    audience: Audience = "practitioner"
    limit: int = 10

    @property
    def plain(self) -> bool:
        """Whether things are called what residents call them."""
        return self.audience == "resident"
