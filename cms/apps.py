from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The Wagtail site: page types, projection, settings and urls."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import projection

        projection.connect()
