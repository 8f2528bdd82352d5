"""The package: every need that can be covered, by the fewest partners, then the best fit."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import package as package_module
from matching.package import EXACT_NEEDS, combine, fit
from tests.matching.prospects import prospect, ranked

NEEDS = ("a", "b", "c", "d", "e")


def _worth(package, services):
    """(needs covered, -partners, total fit) of a package: what is to be as large as possible."""
    by_id = {service.prospect.service_id: service for service in services}
    partners = {by_id[c.service_id].prospect.partner_id for c in package}
    total = sum(fit(by_id[c.service_id], need) for c in package for need in c.needs)
    return sum(len(c.needs) for c in package), -len(partners), total


def _brute_force(services, needs):
    """The best worth over every set of partners."""
    partners = sorted({service.prospect.partner_id for service in services})
    best = (0, 0, 0.0)
    for size in range(len(partners) + 1):
        for chosen in combinations(partners, size):
            fits = [
                max(
                    (fit(s, need) for s in services if s.prospect.partner_id in chosen),
                    default=0.0,
                )
                for need in needs
            ]
            worth = (sum(f > 0 for f in fits), -size, sum(fits))
            best = max(best, worth)
    return best


offers = st.dictionaries(st.sampled_from(NEEDS), st.sampled_from([0.6, 1.0]), min_size=1)
directories = st.lists(
    st.tuples(offers, st.integers(0, 5), st.floats(0.5, 12.0)), max_size=10
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(directories)
def test_no_set_of_partners_is_better(rows):
    services = [
        ranked(prospect(needs, partner_id=f"partner-{partner}", service_id=f"s{i}"), score)
        for i, (needs, partner, score) in enumerate(rows)
    ]
    package = combine(services, NEEDS)
    worth, best = _worth(package.choices, services), _brute_force(services, NEEDS)
    assert worth[:2] == best[:2]
    assert worth[2] == pytest.approx(best[2])
    covered = {need for choice in package.choices for need in choice.needs}
    assert covered | set(package.unmet) == set(NEEDS)
    assert not covered & set(package.unmet)


def test_one_partner_for_two_needs_beats_two_better_ones():
    both = prospect({"a": 0.6, "b": 0.6}, service_id="both")
    services = [
        ranked(prospect({"a": 1.0}), 9.0),
        ranked(prospect({"b": 1.0}), 9.0),
        ranked(both, 2.0),
    ]
    assert [c.service_id for c in combine(services, ("a", "b")).choices] == ["both"]


def test_among_equally_few_partners_the_better_fit_wins():
    services = [
        ranked(prospect({"a": 1.0}, service_id="worse"), 2.0),
        ranked(prospect({"a": 1.0}, service_id="better"), 3.0),
    ]
    assert [c.service_id for c in combine(services, ("a",)).choices] == ["better"]


def test_a_need_that_nobody_covers_is_named():
    package = combine([ranked(prospect({"a": 1.0}), 1.0)], ("a", "z"))
    assert package.unmet == ("z",)


def test_no_services_and_no_needs_make_an_empty_package():
    assert combine([], ("a",)).unmet == ("a",)
    assert combine([], ()).choices == ()


def test_too_many_needs_are_covered_greedily_and_it_says_so():
    needs = tuple(f"n{i}" for i in range(EXACT_NEEDS + 1))
    services = [ranked(prospect({code: 1.0}), 1.0) for code in needs]
    package = combine(services, needs)
    assert not package.exact
    assert {need for c in package.choices for need in c.needs} == set(needs)


def test_twelve_needs_and_sixty_partners_are_still_exact():
    needs = tuple(f"n{i}" for i in range(EXACT_NEEDS))
    services = [
        ranked(prospect({needs[i % 12]: 1.0, needs[(i * 7 + 3) % 12]: 0.6}), 1.0 + i / 60)
        for i in range(60)
    ]
    package = combine(services, needs)
    assert package.exact
    assert package.unmet == ()


def test_ways_to_combine_grow_with_the_sets_of_needs_and_not_with_pairs_of_them(monkeypatch):
    """Each partner covers all of twelve needs: of 4,096 sets there are 16 million pairs."""
    made, way = Counter[str](), package_module._Way

    def counted(*values: object) -> object:
        made["ways"] += 1
        return way(*values)

    monkeypatch.setattr(package_module, "_Way", counted)
    needs = tuple(f"n{i}" for i in range(EXACT_NEEDS))
    services = [
        ranked(prospect({need: 1.0}, partner_id=f"partner-{partner}"), 1.0 + (i * partner) % 13)
        for partner in range(12)
        for i, need in enumerate(needs)
    ]
    package = combine(services, needs)
    assert made["ways"] <= 12 * (EXACT_NEEDS + 1) * 2**EXACT_NEEDS
    partners = {s.prospect.service_id: s.prospect.partner_id for s in services}
    assert len({partners[choice.service_id] for choice in package.choices}) == 1
