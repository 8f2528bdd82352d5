"""What must be left when a line changes or goes: nobody is left without a next step."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.models import Helpline, Need

#: Kinds of line that answer a need.
_ANSWERING = frozenset({Helpline.Kind.HELPLINE.value, Helpline.Kind.CRISIS.value})


@dataclass(frozen=True, slots=True)
class Answers:
    """What a line answers, as far as others depend on it."""

    kind: str
    needs: frozenset[str]
    everywhere: bool


def answers(line: Helpline) -> Answers:
    """What a saved line answers."""
    return Answers(line.kind, frozenset(line.needs), not line.areas)


def left_without(line: Helpline, instead: Answers | None) -> list[str]:
    """What nobody would answer any more if `line` became `instead`, or went; in sentences.

    What nobody answers today is not held against the change.
    """
    others = [answers(other) for other in Helpline.objects.exclude(pk=line.pk)]
    before, after = [*others, answers(line)], [*others, *([instead] if instead else [])]
    problems = []
    if _has_emergency(before) and not _has_emergency(after):
        problems.append("It is the only emergency line. Add another first.")
    lost = _everywhere(before) - _everywhere(after)
    if lost:
        names = sorted(Need.objects.filter(code__in=lost).values_list("name", flat=True))
        if names:
            problems.append(
                "It is the only line that answers the whole country for: "
                f"{'; '.join(names)}. Give that to another line first."
            )
    return problems


def _has_emergency(lines: Iterable[Answers]) -> bool:
    return any(line.kind == Helpline.Kind.EMERGENCY and line.everywhere for line in lines)


def _everywhere(lines: Iterable[Answers]) -> frozenset[str]:
    """Needs that a line for the whole country answers."""
    return frozenset(
        code for line in lines if line.everywhere and line.kind in _ANSWERING for code in line.needs
    )
