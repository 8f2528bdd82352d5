from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """From an enquiry to ranked services and a package."""

    name = "matching"
