"""Months as people count them, the same in Python and in a query."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from cms.assurance.ageing import latest_of_age, months_since

#: Every day of four years, a leap year among them.
DAYS = [date(2023, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1)]


@pytest.mark.parametrize("months", [0, 1, 5, 6, 7, 12, 13])
def test_the_bound_of_a_query_is_the_rule_of_the_reminders(months):
    for today in DAYS:
        bound = latest_of_age(months, today)
        assert bound + relativedelta(months=months) <= today
        assert bound + timedelta(days=1) + relativedelta(months=months) > today


@pytest.mark.parametrize("days", [0, 1, 27, 28, 29, 30, 31, 59, 60, 61, 365, 366, 400, 1200])
def test_months_since_is_the_last_month_that_has_passed(days):
    for today in DAYS:
        assured = today - timedelta(days=days)
        months = months_since(assured, today)
        assert assured + relativedelta(months=months) <= today
        assert assured + relativedelta(months=months + 1) > today


def test_a_month_that_is_too_short_ends_with_its_last_day():
    assert months_since(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert latest_of_age(1, date(2026, 2, 28)) == date(2026, 1, 31)
    assert latest_of_age(12, date(2025, 2, 28)) == date(2024, 2, 29)
