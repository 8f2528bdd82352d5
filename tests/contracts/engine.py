"""What every search engine must do. An engine's own test file only says which engine it is."""

import pytest

from directory import listings
from directory.geography.place import Point, ResolvedPlace
from directory.models import Listing
from directory.records import ALSO, MAIN, ServiceNeed, confidential_location
from directory.search.engine import Engine
from directory.search.query import Query
from tests.factories import LocationRecordFactory, OrganizationRecordFactory, ServiceRecordFactory

DISS = ResolvedPlace(
    status="found",
    name="Diss",
    kind="settlement",
    point=Point(52.376, 1.109),
    areas=("parish-diss", "locality-diss", "E07000149", "E10000020", "E92000001"),
)
FAR = ResolvedPlace(
    status="found", name="SW1A", kind="outcode", point=Point(51.5, -0.13), areas=("E09000033",)
)


def _publish(**values) -> int:
    return listings.publish(ServiceRecordFactory(**values)).pk


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_directory")
class EngineContract:
    """Subclasses give `engine`."""

    @pytest.fixture
    def engine(self) -> Engine:
        raise LookupError("say which engine")

    def ids(self, engine: Engine, **query) -> list[int]:
        return [candidate.listing_id for candidate in engine.candidates(Query(**query)).candidates]

    def test_a_published_service_is_found_by_its_need(self, engine):
        pk = _publish(needs=(ServiceNeed("debt-advice"),))
        assert self.ids(engine, needs=("debt-advice",)) == [pk]
        assert self.ids(engine, needs=("nuisance",)) == []

    def test_a_withdrawn_service_is_gone(self, engine):
        record = ServiceRecordFactory(name="Debt casework")
        listings.publish(record)
        listings.withdraw(record.id)
        assert self.ids(engine, needs=("debt-advice",)) == []
        assert self.ids(engine, text="casework") == []
        assert engine.suggest("debt case") == []

    def test_publishing_again_replaces_what_was_said(self, engine):
        record = ServiceRecordFactory(name="Kingfisher", needs=(ServiceNeed("debt-advice"),))
        listings.publish(record)
        changed = ServiceRecordFactory(
            id=record.id, organization=record.organization, name="Heron",
            needs=(ServiceNeed("nuisance"),),
        )  # fmt: skip
        pk = listings.publish(changed).pk
        assert self.ids(engine, needs=("debt-advice",)) == []
        assert self.ids(engine, needs=("nuisance",)) == [pk]
        assert self.ids(engine, text="Kingfisher") == []
        assert self.ids(engine, text="Heron") == [pk]

    def test_it_says_which_needs_matched(self, engine):
        _publish(needs=(ServiceNeed("debt-advice"), ServiceNeed("housing-options", ALSO)))
        found = engine.candidates(
            Query(needs=("housing-options", "nuisance", "debt-advice"))
        ).candidates
        assert found[0].matched_needs == ("housing-options", "debt-advice")

    def test_a_main_need_comes_before_one_that_is_also_met(self, engine):
        also = _publish(needs=(ServiceNeed("debt-advice", ALSO),))
        main = _publish(needs=(ServiceNeed("debt-advice", MAIN),))
        assert self.ids(engine, needs=("debt-advice",)) == [main, also]

    def test_a_rare_need_is_not_crowded_out_by_a_common_one(self, engine):
        for _ in range(12):
            _publish(needs=(ServiceNeed("debt-advice"),))
        rare = _publish(needs=(ServiceNeed("nuisance"),))
        assert rare in self.ids(engine, needs=("debt-advice", "nuisance"), limit=4)

    @pytest.mark.parametrize(
        ("values", "place", "found"),
        [
            ({"service_areas": ("E07000149",)}, DISS, True),
            ({"service_areas": ("E10000020",)}, DISS, True),
            ({"service_areas": ("parish-diss",)}, DISS, True),
            ({"service_areas": ("E07000143",)}, DISS, False),
            ({"service_areas": ("E07000149",)}, FAR, False),
            ({"national": True}, FAR, True),
            ({"locations": (LocationRecordFactory(),)}, DISS, True),
            ({"locations": (LocationRecordFactory(),)}, FAR, False),
            ({"delivery": ("phone",)}, FAR, True),
            ({"delivery": ("phone",), "service_areas": ("E07000149",)}, FAR, False),
            ({"locations": (confidential_location(LocationRecordFactory().id),)}, DISS, True),
        ],
    )  # fmt: skip
    def test_a_place_finds_what_covers_it(self, engine, values, place, found):
        pk = _publish(**values)
        assert (pk in self.ids(engine, needs=("debt-advice",), place=place)) is found

    def test_services_just_beyond_come_last_and_only_when_asked_for(self, engine):
        outside = _publish(service_areas=("E07000143",), locations=(LocationRecordFactory(),))
        inside = _publish(service_areas=("E07000149",))
        query = {"needs": ("debt-advice",), "place": DISS}
        assert self.ids(engine, **query) == [inside]
        assert self.ids(engine, **query, beyond=True) == [inside, outside]

    def test_many_hits_leave_room_for_those_just_beyond(self, engine):
        outside = _publish(service_areas=("E07000143",), locations=(LocationRecordFactory(),))
        for _ in range(12):
            _publish(service_areas=("E07000149",))
        ids = self.ids(engine, needs=("debt-advice",), place=DISS, beyond=True, limit=8)
        assert len(ids) == 8
        assert ids[-1] == outside

    def test_words_find_a_service_by_name_summary_need_and_partner(self, engine):
        pk = _publish(
            name="Acorn club", summary="Crafts for carers", needs=(ServiceNeed("fire-safety"),),
            organization=OrganizationRecordFactory(name="Larkmoor Trust"),
        )  # fmt: skip
        for words in ("acorn", "craft", "fire safety", "larkmoor", "ACORNS!"):
            assert self.ids(engine, text=words) == [pk], words

    @pytest.mark.parametrize(
        ("written", "typed"),
        [
            ("Café", "cafe"),
            ("Cafe", "CAFÉ"),
            ("Cafe\u0301", "café"),
            ("Carers’ corner", "carer"),
            ("Young carer support", "carers'"),
            ("Children's centre", "children’s"),
            ("Parent/carer forum", "carer"),
            ("Drop-in", "drop"),
            ("Help at hello@example.org", "hello"),
        ],
    )
    def test_accents_possessives_and_signs_make_no_difference(self, engine, written, typed):
        pk = _publish(name=written, summary="Somebody to talk to.")
        assert self.ids(engine, text=typed) == [pk]

    def test_equal_matches_come_in_the_order_of_their_listings(self, engine):
        partner = OrganizationRecordFactory()
        pks = [_publish(name="Acorn club", organization=partner) for _ in range(6)]
        assert self.ids(engine, text="acorn") == pks

    def test_a_word_in_the_name_counts_more_than_one_in_the_description(self, engine):
        described = _publish(name="Heron club", description="Acorn, and nothing else.")
        named = _publish(name="Acorn club", description="Heron, and nothing else.")
        assert self.ids(engine, text="acorn") == [named, described]

    def test_asked_for_nothing_it_lists_by_name_whatever_the_database_sorts_by(self, engine):
        names = ["Zebra", "acorn", "Élan", "A corn", "A-corn", "Acorn"]
        pks = {name: _publish(name=name) for name in names}
        assert self.ids(engine) == [pks[name] for name in sorted(names)]

    def test_a_long_story_is_searched_by_its_words(self, engine):
        pk = _publish(name="Wheelchair loan")
        story = " ".join(f"word{n}" for n in range(5_000))
        assert self.ids(engine, text=f"{story} wheelchair") == [pk]
        assert engine.suggest(story) == []

    def test_a_service_with_a_long_description_is_found(self, engine):
        long = " ".join(f"word{n}" for n in range(5_000))
        pk = _publish(name="Wheelchair loan", description=f"{long} {'y' * 5_000}")
        assert self.ids(engine, text="wheelchair") == [pk]

    def test_nothing_typed_becomes_query_syntax(self, engine):
        _publish(name="Acorn club")
        for words in (
            '"',
            "name:acorn*",
            "NEAR(a b)",
            "AND OR NOT",
            "acorn:* & !club | (",
            "acorn\\' | 'b",
            "a\x00b",
            "\ud800",
            "';--",
            "💔",
            "*" * 999,
            "x" * 9_999,
            "%s %(a)s {}",
        ):
            engine.candidates(Query(text=words))
            engine.suggest(words)

    def test_what_is_no_letter_is_passed_over_in_a_name_that_is_typed(self, engine):
        _publish(name="Acorn club")
        [expected] = engine.suggest("acorn cl")
        for typed in ("acorn\x00 cl", "ACORN, CL", " 'acorn' (cl", "acorn | cl", "âcörn cl"):
            assert engine.suggest(typed) == [expected], typed

    @pytest.mark.parametrize(
        ("values", "query", "found"),
        [
            ({"minimum_age": 11, "maximum_age": 18}, {"ages": (15,)}, True),
            ({"minimum_age": 11, "maximum_age": 18}, {"ages": (9, 40)}, False),
            ({}, {"ages": (9,)}, True),
            ({"levels": ("universal",)}, {"levels": ("universal", "targeted")}, True),
            ({"levels": ("universal",)}, {"levels": ("targeted",)}, False),
            ({"delivery": ("online",)}, {"delivery": ("phone", "online")}, True),
            ({"delivery": ("online",)}, {"delivery": ("phone",)}, False),
            ({"languages": ("en", "pl")}, {"languages": ("pl",)}, True),
            ({"languages": ("en",)}, {"languages": ("pl",)}, False),
        ],
    )  # fmt: skip
    def test_a_filter_keeps_only_what_meets_it(self, engine, values, query, found):
        pk = _publish(**values)
        assert (pk in self.ids(engine, needs=("debt-advice",), **query)) is found

    def test_distance_is_to_the_nearest_public_site(self, engine):
        near = LocationRecordFactory(latitude=52.386, longitude=1.109)
        far = LocationRecordFactory(latitude=52.476, longitude=1.109)
        _publish(locations=(far, near))
        found = engine.candidates(Query(needs=("debt-advice",), place=DISS)).candidates
        assert found[0].distance_km == pytest.approx(1.1, abs=0.05)

    def test_a_confidential_site_gives_no_distance(self, engine):
        _publish(locations=(confidential_location(LocationRecordFactory().id),))
        found = engine.candidates(Query(needs=("debt-advice",), place=DISS)).candidates
        assert [candidate.distance_km for candidate in found] == [None]

    def test_suggest_completes_the_last_word(self, engine):
        _publish(name="Debt casework")
        assert engine.suggest("debt ca")[0].text.startswith("Debt casework")
        assert engine.suggest("debt co") == []
        assert engine.suggest("") == []

    def test_suggest_names_the_service_its_partner_and_its_page(self, engine):
        partner = OrganizationRecordFactory(name="Larkmoor Trust")
        _publish(name="Debt casework", organization=partner, url="/directory/larkmoor/debt/")
        [found] = engine.suggest("larkm")
        assert found.text == "Debt casework (Larkmoor Trust)"
        assert found.url == "/directory/larkmoor/debt/"

    def test_suggest_gives_no_more_than_asked_for_and_the_same_each_time(self, engine):
        for _ in range(12):
            _publish(name="Debt casework")
        assert len(engine.suggest("debt", limit=5)) == 5
        assert engine.suggest("debt", limit=5) == engine.suggest("debt", limit=5)

    def test_taking_in_a_change_twice_changes_nothing(self, engine):
        record = ServiceRecordFactory()
        pk = listings.publish(record).pk
        engine.apply(put=[(pk, record)], remove=())
        assert self.ids(engine, needs=("debt-advice",)) == [pk]
        assert engine.status().documents == 1

    def test_rebuild_holds_exactly_the_live_listings(self, engine):
        kept, gone = ServiceRecordFactory(), ServiceRecordFactory()
        listings.publish_all([kept, gone], "cms")
        listings.withdraw(gone.id)
        assert engine.rebuild() == 1
        assert engine.status().documents == 1
        pk = Listing.objects.get(service_id=kept.id).pk
        assert self.ids(engine, needs=("debt-advice",)) == [pk]

    def test_the_same_query_gets_the_same_answer(self, engine):
        for _ in range(6):
            _publish()
        query = Query(needs=("debt-advice",), text="talk", place=DISS, beyond=True)
        assert engine.candidates(query) == engine.candidates(query)
