from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The Wagtail site: page types, projection, settings and urls."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from cms import models, projection
        from cms.accounts import checks, counts, log, names  # noqa: F401  (checks register)
        from cms.confidential import previews
        from cms.exchange import mails
        from cms.moderation import notifiers
        from cms.partners import filters
        from cms.photos import showing
        from cms.recovery import keeping

        projection.connect()
        page_published.connect(
            showing.follow_publication, sender=models.ServicePage, dispatch_uid="photo-published"
        )
        mails.connect()  # Before the notifiers: it takes the place of one of them.
        notifiers.connect()
        keeping.connect()
        previews.connect()
        counts.share_counts()
        log.connect()
        names.connect()
        filters.connect()
