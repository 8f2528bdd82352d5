"""What an install may choose about log-ins, and what it is told when the choice is wrong."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as in_force

from cms.accounts.checks import settings_make_sense, the_hub_takes_a_second_step


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HUB_TWO_FACTOR", "maybe", "HUB_TWO_FACTOR"),
        ("SESSION_HOURS", 0, "SESSION_HOURS"),
        ("LOG_IN_LOG_DAYS", -1, "LOG_IN_LOG_DAYS"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", -1, "TRUSTED_PROXIES"),
    ],
)
def test_a_wrong_value_is_explained(settings, name, value, says):
    assert settings_make_sense() == []
    setattr(settings, name, value)
    (problem,) = settings_make_sense()
    assert says in problem.msg
    assert "Set it to" in problem.hint


def test_a_hub_without_a_second_step_is_warned_of_in_production(settings):
    settings.HUB_TWO_FACTOR = "required"
    assert the_hub_takes_a_second_step() == []
    settings.HUB_TWO_FACTOR = "offered"
    (problem,) = the_hub_takes_a_second_step()
    assert problem.id == "cms.W010"


def test_production_requires_it_and_the_demonstration_does_not():
    def value(module: str, **environment: str) -> str:
        return subprocess.check_output(
            [sys.executable, "-c", f"from {module} import *; print(HUB_TWO_FACTOR)"],
            cwd=in_force.BASE_DIR, text=True,
            env={**os.environ, "SECRET_KEY": "x" * 60, **environment},
        ).strip()  # fmt: skip

    assert value("cms.settings.base") == "required"
    assert value("cms.settings.base", DEMONSTRATION="true") == "offered"
    assert value("cms.settings.base", DEMONSTRATION="true", HUB_TWO_FACTOR="required") == "required"
    assert value("cms.settings.development") == "offered"
