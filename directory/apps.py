from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The public record of services, places and needs."""

    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from directory import checks, reference  # noqa: F401  (checks register themselves)
        from directory.geography import gazetteer

        reference.connect()
        gazetteer.connect()
