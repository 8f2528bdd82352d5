"""Pictures of partners and of the hub. Wagtail calls them images and makes every rendition."""

from typing import Any

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.photos.cleaning import cleaned


class Photo(AbstractImage):
    """A picture with words for those who do not see it, and nothing that the camera added.

    It has no tags: they would be offered to everybody who uploads, whosever they are.
    """

    description = models.CharField(
        "what it shows",
        max_length=255,
        help_text="Read aloud to people who cannot see it. For example: Two volunteers beside a "
        "table of toys.",
    )

    admin_form_fields = ("title", "file", "description", "collection")

    class Meta(AbstractImage.Meta):
        verbose_name = "photo"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever uploads it, and however: what is stored has been cleaned."""
        if self.file and not self.file._committed:
            self.file = cleaned(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class PhotoRendition(AbstractRendition):
    """A photo in the size in which a page shows it."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_kind"
            )
        ]
