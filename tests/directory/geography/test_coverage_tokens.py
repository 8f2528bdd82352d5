"""Tokens: what an engine proposes for a place holds all that covers it."""

from hypothesis import given
from hypothesis import strategies as st

from directory.geography.coverage import ServiceReach, covers, place_tokens, reach_tokens
from directory.geography.place import NOWHERE, Point, ResolvedPlace

CODES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=3).map(tuple)
POINTS = st.builds(Point, st.floats(49, 61.5), st.floats(-9, 2.5))
LOCAL_POINTS = st.builds(Point, st.floats(52.3, 52.8), st.floats(0.9, 1.7))
ANY_POINT = POINTS | LOCAL_POINTS
REACHES = st.builds(
    ServiceReach,
    national=st.booleans(),
    areas=CODES,
    sites=st.lists(ANY_POINT, max_size=3).map(tuple),
    remote=st.booleans(),
    reach_km=st.floats(0.5, 60),
)
PLACES = st.builds(
    ResolvedPlace,
    status=st.just("found"),
    point=st.none() | ANY_POINT,
    areas=CODES,
    exact=st.booleans(),
)
SITE = Point(52.40, 1.10)
IN_A = ResolvedPlace("found", "Village", "settlement", SITE, ("a",))


def reach(*areas, national=False, sites=(), remote=False):
    return ServiceReach(national, areas, tuple(sites), remote)


@given(REACHES, PLACES, st.booleans())
def test_what_covers_a_place_shares_a_token_with_it(service, place, beyond):
    if covers(service, place).covered:
        assert set(reach_tokens(service)) & set(place_tokens(place, beyond))


@given(REACHES)
def test_without_a_place_everything_is_proposed(service):
    assert place_tokens(NOWHERE, beyond=True) == ("any",)
    assert "any" in reach_tokens(service)


@given(PLACES)
def test_beyond_only_adds_and_adds_last(place):
    near, all_tokens = place_tokens(place), place_tokens(place, beyond=True)
    assert all_tokens[: len(near)] == near


@given(REACHES)
def test_tokens_are_few_distinct_and_fit_their_column(service):
    tokens = reach_tokens(service)
    assert len(tokens) == len(set(tokens))
    assert max(len(token) for token in tokens) <= 48


def test_a_site_at_the_usual_reach_touches_a_handful_of_cells():
    cells = [token for token in reach_tokens(reach(sites=[SITE])) if token.startswith("cell:")]
    assert 4 <= len(cells) <= 12


def test_a_near_site_outside_its_declared_area_is_proposed_only_beyond():
    tokens = set(reach_tokens(reach("z", sites=[SITE])))
    assert not tokens & set(place_tokens(IN_A))
    assert tokens & set(place_tokens(IN_A, beyond=True))


def test_a_declared_area_elsewhere_without_a_site_is_not_proposed():
    tokens = set(reach_tokens(reach("z")))
    assert not tokens & set(place_tokens(IN_A, beyond=True))


def test_a_service_just_out_of_reach_is_proposed_only_beyond():
    site = Point(SITE.latitude + 0.28, SITE.longitude)  # 31 km
    tokens = set(reach_tokens(reach(sites=[site])))
    assert not tokens & set(place_tokens(IN_A))
    assert tokens & set(place_tokens(IN_A, beyond=True))


def test_a_national_service_is_known_by_that_alone():
    assert reach_tokens(reach("a", national=True, sites=[SITE])) == ("any", "national")


def test_the_most_local_tokens_come_first():
    tokens = place_tokens(IN_A)
    assert tokens[0] == "area:a"
    assert tokens[-1] == "national"
