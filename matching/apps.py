from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """From an enquiry to ranked services and a package."""

    name = "matching"

    def ready(self) -> None:
        from matching import checks  # noqa: F401  (checks register themselves)
