"""Values of the directory in the plain words that pages use."""

from uuid import UUID

import pytest

from cms.templatetags import cms_display as display
from directory.records import OrganizationRecord, ScheduleRecord, ServiceRecord
from matching.answer import ServiceFound


def _found(kind, distance_km=None, reasons=()):
    return ServiceFound("", "", "", "", 0.0, (), distance_km, kind, (), reasons)


def _for_ages(low, high):
    partner = OrganizationRecord(id=UUID(int=1), name="Larkmoor")
    return ServiceRecord(
        id=UUID(int=2),
        organization=partner,
        name="Club",
        summary="",
        minimum_age=low,
        maximum_age=high,
    )


@pytest.mark.parametrize(
    ("filtered", "words"),
    [
        (display.byday_words(["MO", "TU", "WE", "TH", "FR"]), "Monday to Friday"),
        (display.byday_words(["TH", "TU"]), "Tuesday and Thursday"),
        (display.byday_words(["MO", "WE", "FR"]), "Monday, Wednesday and Friday"),
        (display.hours(ScheduleRecord(("MO",), "09:30", "12:00")), "Monday, 9:30am to midday"),
        (display.hours(ScheduleRecord(("SA",), "", "")), "Saturday"),
        (
            display.hours(
                ScheduleRecord(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "00:00", "23:59")
            ),
            "Every day, day and night",
        ),
        (display.coverage_words(_found("area")), "Serves this area"),
        (
            display.coverage_words(_found("area", 4.2)),
            "Serves this area, about 4 km (3 miles) away",
        ),
        (
            display.coverage_words(_found("area", 4.2, ("Free", "May serve your area: ask"))),
            "May serve your area, about 4 km (3 miles) away: ask",
        ),
        (
            display.coverage_words(_found("unstated")),
            "Does not say which area it serves: ask",
        ),
        (display.age_words(_for_ages(0, None)), "For all ages"),
        (display.age_words(_for_ages(16, 16)), "For age 16"),
        (display.age_words(_for_ages(0, 0)), "For babies under 1"),
        (display.distance_words(0.4), "less than 1 km away"),
        (display.distance_words(1.2), "about 1 km (1 mile) away"),
        (display.distance_words(12.4), "about 12 km (8 miles) away"),
        (display.delivery_words(["home_visit"]), "At your home"),
        (display.delivery_words([]), ""),
        (display.language_words(["en", "bfi", "xx"]), "English, British Sign Language and xx"),
        (display.level_words(["plus", "2a"], {"plus": "Level 3"}), "Level 3 and 2a"),
        (display.tel("0344 800 8020"), "tel:03448008020"),
        (display.tel("+44 (0)1632 960119"), "tel:+441632960119"),
        (display.tel("Text SHOUT to 85258"), ""),
        (display.quoted(["one", "two"]), "“one” and “two”"),
    ],
)
def test_values_read_as_plain_words(filtered, words):
    assert filtered == words
