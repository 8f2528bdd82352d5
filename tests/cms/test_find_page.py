"""What the result page says of the plan, of what nobody covers, of near misses and of the ages."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.answer import NearMiss, NeedFound, PackageChoice, PlaceFound, Route
from matching.languages import languages
from tests.answers import ANSWER, EMPTY, FOUND, HUB, RECORD, URGENT

DEBT, FIRE, CLUBS = "debt-advice", "fire-safety", "positive-activities"
DEBTLINE = Route("helpline", "National Debtline", "0808 808 4000", "https://debt.example", "Debts.")
FIRE_KILLS = Route("helpline", "Fire Kills, safety at home", "", "https://fire.example", "Fires.")
CRISIS = Route("helpline", "NHS 111, then choose option 2", "111", "https://nhs.example", "Day.")
SECOND = replace(RECORD, id=UUID(int=7), name="Second help", url="/directory/larkmoor/second/")
CLOSED = replace(SECOND, capacity="closed", closed_until=date(2126, 12, 1), phone="01632 960777")
MISS = NearMiss(str(CLOSED.id), "Second help", (DEBT,), "capacity", "It is closed until then.")
SURE = replace(
    RECORD, capacity="open", waiting_weeks=None, assured_date=timezone.localdate(),
    self_referral=True,
)  # fmt: skip


def needing(*codes, **values):
    needs = tuple(NeedFound(code, code, 1.0, (), "chosen") for code in codes)
    return replace(ANSWER, needs=needs, **values)


def planned(*needs, unmet=(), **values):
    """An answer whose plan is one service for each of `needs`."""
    records = [replace(RECORD, id=UUID(int=20 + n)) for n in range(len(needs))]
    return needing(
        *needs,
        *unmet,
        services=tuple(replace(FOUND, id=str(record.id)) for record in records),
        package=tuple(
            PackageChoice(str(record.id), (code,))
            for record, code in zip(records, needs, strict=True)
        ),
        unmet=unmet,
        **values,
    )


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def section(page, name):
    """The section whose heading has the id `name`."""
    start = page.index(f'<section aria-labelledby="{name}"')
    return page[start : page.index("</section>", start)]


def heading(page, name):
    return words(re.search(rf'<h2[^>]*id="{name}">(.*?)</h2>', page)[1]).strip()


# The plan


def test_a_plan_for_one_need_says_no_more_than_that(results):
    assert heading(results(), "plan") == "Start here: one service that helps with this"


def test_one_service_for_several_needs_is_said_to_help_with_all_of_them(results):
    answer = needing(DEBT, FIRE, package=(PackageChoice(FOUND.id, (DEBT, FIRE)),))
    assert heading(results(answer), "plan").endswith("one service that helps with everything above")


def test_a_plan_of_several_services_is_from_few_organisations_and_not_of_the_fewest_services(
    results,
):
    page = results(planned(DEBT, FIRE))
    assert heading(page, "plan") == "Start here: a plan that helps with everything above"
    assert "from as few organisations as can be" in page
    assert "fewest services" not in page


def test_a_plan_with_gaps_counts_the_needs_that_it_helps_with(results):
    page = results(planned(DEBT, "nuisance", unmet=(FIRE, CLUBS, "care-and-repair")))
    assert heading(page, "plan") == "Start here: help with 2 of the 5 things above"


def test_a_plan_that_is_not_proven_the_smallest_is_not_called_so(results):
    page = results(planned(DEBT, FIRE, package_exact=False))
    assert "as few organisations as can be" not in page
    assert "fewer organisations might do" in page


@pytest.mark.parametrize("audience", ["resident", "practitioner"])
def test_a_card_of_the_plan_says_how_long_people_wait_and_what_is_not_confirmed(results, audience):
    record = replace(RECORD, waiting_weeks=16, practitioner_referral=True)
    plan = section(results(records=[record], audience=audience), "plan")
    assert "People wait about 16 weeks" in plan
    assert "Not confirmed yet: ring first" in plan


def test_a_card_of_the_plan_says_how_to_get_it_beside_the_phone(results):
    record = replace(RECORD, application_process="Ask at the door.")
    plan = section(results(records=[record]), "plan")
    assert "How to get it: Ask at the door." in plan
    assert "01632 960119" in plan


def test_practitioners_read_in_the_plan_who_refers(results):
    record = replace(SURE, self_referral=False, practitioner_referral=True)
    assert "You refer: they cannot ask themselves" in section(
        results(records=[record], audience="practitioner"), "plan"
    )


def test_residents_read_in_the_plan_that_somebody_has_to_ask_for_them(results):
    record = replace(SURE, self_referral=False, practitioner_referral=True)
    assert "Somebody who works with you asks for it" in section(results(records=[record]), "plan")


def test_a_card_of_the_plan_has_no_list_of_facts_where_nothing_speaks_against_ringing(results):
    assert "nwd-facts" not in section(results(records=[SURE]), "plan")


def test_the_cards_of_residents_say_who_may_ask_and_for_what_ages(results):
    record = replace(SURE, minimum_age=11, maximum_age=18)
    services = section(results(records=[record]), "all-services")
    assert "You ask for it yourself" in services
    assert "For ages 11 to 18" in services


def test_details_that_were_confirmed_too_long_ago_are_said_to_be_old(results):
    page = results(records=[replace(SURE, assured_date=date(2020, 5, 3))])
    for part in ("plan", "all-services"):
        assert "Not confirmed since May 2020: ring first" in section(page, part)


# What nobody covers


def test_each_need_that_nobody_covers_is_named_with_its_own_line(results):
    answer = planned("nuisance", unmet=(DEBT, FIRE), unmet_routes=(DEBTLINE, FIRE_KILLS))
    plan = section(results(answer), "plan")
    debt, fire = re.findall(r"<li><strong>.*?</li>", plan, re.DOTALL)
    assert "National Debtline" in debt
    assert 'href="tel:08088084000"' in debt
    assert 'href="https://fire.example"' in fire
    assert "Debtline" not in fire


@pytest.mark.parametrize(
    ("route", "turned_to"),
    [(HUB, "01632 960011"), (DEBTLINE, "Your local council"), (CRISIS, "Your local council")],
)
def test_a_need_without_a_line_leads_to_the_hub_or_the_council_and_to_no_other_line(
    results, route, turned_to
):
    plan = section(results(replace(EMPTY, route=route, unmet_routes=(None,))), "plan")
    assert turned_to in plan
    assert "Debtline" not in plan
    assert "111" not in plan


def test_in_danger_the_line_for_danger_is_not_named_for_other_needs(results):
    answer = replace(URGENT, services=(), package=(), unmet=(FIRE,), unmet_routes=(None,))
    plan = section(results(answer), "plan")
    assert "Your local council" in plan
    assert "Duty Service" not in plan
    assert 'href="/hubs/"' in plan


def test_under_a_need_that_nobody_covers_stands_what_is_closed_for_now(results):
    plan = section(results(replace(EMPTY, near_misses=(MISS,)), records=[CLOSED]), "plan")
    assert "Closed to new people until 1 December 2126: Second help" in words(plan)
    assert 'href="tel:01632960777"' in plan


def test_under_a_need_stands_no_near_miss_of_another_need(results):
    miss = replace(MISS, needs=(FIRE,))
    plan = section(results(replace(EMPTY, near_misses=(miss,)), records=[CLOSED]), "plan")
    assert "Second help" not in plan


# Near misses


def test_a_near_miss_can_be_acted_on_from_the_page_and_from_paper(results):
    page = results(replace(ANSWER, near_misses=(MISS,)), records=[RECORD, CLOSED])
    missed = section(page, "near-misses")
    assert "For: Money you owe" in missed
    assert 'href="tel:01632960777"' in missed
    assert "It is closed until then." in missed
    assert "nwd-no-print" not in missed
    assert "<details" not in missed


# The route


@pytest.mark.parametrize("answer", [ANSWER, EMPTY])
@pytest.mark.parametrize("route", [HUB, DEBTLINE, FIRE_KILLS, CRISIS])
def test_the_name_of_the_route_stands_by_itself_and_leads_there(results, answer, route):
    page = results(replace(answer, route=route))
    assert route.name not in heading(page, "route")
    assert f">{route.name}</a></strong>" in page
    assert f"More about {route.name}" not in page


@pytest.mark.parametrize("answer", [ANSWER, EMPTY])
@pytest.mark.parametrize(("route", "talks"), [(CRISIS, True), (FIRE_KILLS, False)])
def test_nobody_is_told_to_talk_to_a_web_page(results, answer, route, talks):
    page = results(replace(answer, route=route))
    assert ("Talk to" in page) is talks
    assert ("will listen" in page) is (talks and answer is EMPTY)


def test_who_took_everything_off_the_list_is_not_told_that_the_words_were_not_understood(results):
    page = results(replace(EMPTY, needs=(), unmet=()), exclude=DEBT)
    assert "You took everything off the list." in page
    assert "could not tell from the words" not in page
    main = page[page.index("<main") :]
    assert main.index("01632 960011") < main.index("What we understood")
    assert "have not found a service that fits" not in page


def test_words_without_a_need_are_owned_up_to(results):
    page = results(replace(EMPTY, needs=(), unmet=()))
    assert "could not tell from the words" in page
    assert "took everything off" not in page


# The place and the ages


@pytest.mark.parametrize("status", ["found", "ambiguous", "unknown", "none"])
def test_a_link_to_the_place_leads_to_where_it_is_typed(results, status):
    page = results(replace(ANSWER, place=PlaceFound(status, "Diss", "settlement", (), ())))
    assert re.search(r'<a [^>]*href="#id_place">', page)
    assert page.count('id="id_place"') == 1
    closed = status in ("found", "ambiguous")
    assert ("open" in re.search(r'<details [^>]*id="change"[^>]*>', page)[0]) is not closed


def test_ages_that_were_not_understood_are_named_beside_the_answer_and_can_be_mended(results):
    page = results(ages="34 and <b>pregnant")
    main = page[page.index("<main") :]
    assert "We read the age 34. We did not understand “&lt;b&gt;pregnant”." in main
    assert main.index("We read the age 34") < main.index("What we understood")
    assert '<a class="govuk-link nwd-no-print" href="#id_ages">' in main
    assert "open" in re.search(r'<details [^>]*id="change"[^>]*>', main)[0]
    assert 'value="34 and &lt;b&gt;pregnant"' in main


def test_ages_that_were_understood_are_not_talked_about(results):
    assert "We read the age" not in results(ages="34, 15")


def test_drawing_the_page_costs_as_many_queries_however_much_was_found(
    results, django_assert_num_queries
):
    few = replace(EMPTY, near_misses=(MISS,))
    many = planned(DEBT, FIRE, CLUBS, unmet=("nuisance",), near_misses=(MISS,) * 9)
    results(few)
    with CaptureQueriesContext(connection) as first:
        results(few)
    with django_assert_num_queries(len(first)):
        results(many, records=[RECORD, CLOSED])


# Another language


@pytest.mark.parametrize("urgent", [True, False])
def test_in_another_language_the_number_to_ring_stands_below_what_says_so(results, urgent):
    answer = replace(URGENT if urgent else ANSWER, language=languages()["pl"])
    page = results(replace(answer, services=(), package=(), needs=()))
    number = answer.safeguarding.route.phone if urgent else answer.route.phone
    assert page.count("poniżej") == 1
    assert page.index("poniżej") < page.index(number)
    assert page.index("tel:999") < page.index("poniżej")


def test_where_no_number_can_be_rung_nobody_is_told_to_ring_one(results):
    silent = replace(ANSWER.route, kind="helpline", phone="")
    page = results(replace(ANSWER, language=languages()["pl"], route=silent, services=()))
    assert "poniżej" not in page
    assert "Ring the number below" not in page
    assert "Show this page" in page
