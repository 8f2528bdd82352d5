"""Photos: a partner's own, without what the camera added, and never of a hidden place unnoticed."""

from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Collection

from cms.models import Photo, PhotoRendition, ServicePage
from cms.photos.cleaning import cleaned
from cms.photos.showing import is_public, photos_of
from tests.cms.confidential.editing import edit, live, service, shown
from tests.cms.partners.test_boundary import _said

pytestmark = pytest.mark.django_db

CHOOSER = "wagtailimages_chooser:"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def camera(kind: str = "JPEG", **options) -> bytes:
    """What a phone sends: a picture on its side, with where and by whom it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Quillfeather"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (52.0, 34.0, 15.96)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    gps[ExifTags.GPS.GPSLongitude] = (1.0, 6.0, 58.32)
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, format=kind, exif=exif, **options)
    return file.getvalue()


def photo(collection: Collection, title: str = "Toys", **values) -> Photo:
    file = SimpleUploadedFile("Quillfeather Yard.jpg", camera(), "image/jpeg")
    words = {"description": "Toys", **values}
    picture = Photo(title=title, file=file, collection=collection, **words)
    picture.save()
    return picture


def _upload(client, name: str, content: bytes, **values):
    data = {
        "image-chooser-upload-title": "Front door",
        "image-chooser-upload-description": "A teal wall",
        "image-chooser-upload-file": SimpleUploadedFile(name, content),
        **{f"image-chooser-upload-{key}": value for key, value in values.items()},
    }
    return client.post(reverse(f"{CHOOSER}create"), data)


def _told(file) -> str:
    """Everything in a file beside its points."""
    with Image.open(file) as opened:
        return f"{dict(opened.getexif())} {opened.getexif().get_ifd(ExifTags.IFD.GPSInfo)} " + repr(
            {name: value for name, value in opened.info.items() if name != "icc_profile"}
        )


class TestCleaning:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_nothing_that_the_camera_wrote_is_kept(self, kind):
        sent = camera(kind)
        assert "Quillfeather" in _told(BytesIO(sent))
        kept = BytesIO(cleaned(BytesIO(sent)).read())
        assert "Quillfeather" not in _told(kept)
        with Image.open(kept) as opened:
            assert not opened.getexif()
        assert b"Quillfeather" not in kept.getvalue()

    def test_it_is_turned_as_it_was_seen(self):
        with Image.open(cleaned(BytesIO(camera()))) as kept:
            assert kept.size == (480, 640)

    def test_comments_and_text_go_too(self):
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        words.add_text("Comment", "Quillfeather")
        assert b"Quillfeather" not in cleaned(BytesIO(camera("PNG", pnginfo=words))).read()
        assert b"Quillfeather" not in cleaned(BytesIO(camera(comment=b"Quillfeather"))).read()

    def test_original_and_renditions_hold_nothing_and_their_names_say_nothing(self, heron):
        picture = photo(heron.space.collection)
        small = picture.get_rendition("max-165x165")
        for file in (picture.file, small.file):
            with file.open("rb") as opened:
                content = opened.read()
            assert b"Quillfeather" not in content
            assert not Image.open(BytesIO(content)).getexif()
            assert "uillfeather" not in file.name
        assert (picture.width, picture.height) == (480, 640)
        assert picture.file_size == picture.file.size


class TestUploading:
    def test_a_partner_uploads_into_its_own_collection(self, heron):
        assert _upload(heron.client, "door.jpg", camera()).status_code == 200
        picture = Photo.objects.get(title="Front door")
        assert picture.collection == heron.space.collection
        with picture.file.open("rb") as file:
            assert b"Quillfeather" not in file.read()

    def test_not_into_anothers_however_it_asks(self, heron, otter):
        for collection in (otter.space.collection, Collection.get_first_root_node()):
            _upload(heron.client, "door.jpg", camera(), collection=collection.pk)
        assert not Photo.objects.exclude(collection=heron.space.collection).exists()

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("door.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
            ("door.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("door.gif", camera("GIF")),
            ("door.jpg", camera("GIF")),
            ("door.html", b"<p>hello</p>"),
            ("door.jpg", b""),
        ],
    )
    def test_what_is_no_photo_is_refused(self, name, content, heron):
        _upload(heron.client, name, content)
        assert not Photo.objects.exists()

    def test_words_for_those_who_cannot_see_it_are_asked_for(self, heron):
        _upload(heron.client, "door.jpg", camera(), description="")
        assert not Photo.objects.exists()

    def test_too_large_is_refused(self, heron, settings):
        settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
        _upload(heron.client, "door.jpg", camera())
        assert not Photo.objects.exists()

    def test_a_photo_has_no_tags(self):
        assert "tags" not in Photo.admin_form_fields
        assert issubclass(Photo, WagtailImage.__mro__[1])


class TestAnothersPhotos:
    @pytest.fixture
    def theirs(self, otter) -> Photo:
        return photo(otter.space.collection, "Otter Society secret photo")

    @pytest.mark.parametrize("query", ["", "?q=Otter", "?q=secret", "?tag=x", "?collection_id=1"])
    def test_the_chooser_shows_own_photos_only(self, query, heron, theirs):
        photo(heron.space.collection, "Heron toys")
        for name in ("choose", "choose_results"):
            said = _said(heron.client.get(reverse(CHOOSER + name) + query))
            assert "Otter Society" not in said
        assert "Heron toys" in _said(heron.client.get(reverse(f"{CHOOSER}choose")))

    def test_it_cannot_be_chosen_by_its_number(self, heron, theirs):
        one = heron.client.get(reverse(f"{CHOOSER}chosen", args=[theirs.pk]))
        missing = heron.client.get(reverse(f"{CHOOSER}chosen", args=[987654]))
        assert "Otter" not in _said(one)
        assert one.status_code == missing.status_code == 403

    def test_it_cannot_be_put_on_ones_page_by_its_number(self, heron, theirs):
        page = service(heron)
        with pytest.raises(AssertionError, match="own photos"):
            edit(heron.client, page, photo=str(theirs.pk))
        response = heron.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), {"photo": theirs.pk}
        )
        assert "Otter" not in _said(response)
        assert live(page).get_latest_revision_as_object().photo is None

    def test_a_member_of_the_hub_in_a_partners_group_sees_the_partners_only(
        self, heron, theirs, administrator
    ):
        assert theirs in photos_of(administrator.user)
        administrator.user.groups.add(heron.space.group)
        user = get_user_model().objects.get(pk=administrator.user.pk)
        assert theirs not in photos_of(user)

    def test_its_file_is_sent_to_nobody_else_while_it_is_not_public(
        self, heron, otter, theirs, client
    ):
        address = theirs.get_rendition("max-165x165").url
        assert otter.client.get(address).status_code == 200
        for browser in (heron.client, client):
            assert browser.get(address).status_code == 404
        for browser in (heron.client, otter.client, client):
            assert browser.get(theirs.file.url).status_code == 404


class TestOnThePage:
    @pytest.fixture
    def page(self, heron) -> ServicePage:
        page = service(heron)
        page.photo = photo(heron.space.collection, description="Toys on a table")
        page.save_revision().publish()
        return live(page)

    def test_a_live_service_shows_its_photo_with_words(self, page, client):
        said = client.get(page.get_url()).content.decode()
        assert 'alt="Toys on a table"' in said
        rendition = PhotoRendition.objects.get(image=page.photo)
        assert rendition.url in said
        assert client.get(rendition.url).status_code == 200

    def test_it_is_gone_at_once_when_a_site_becomes_confidential(self, page, client, heron):
        client.get(page.get_url())
        rendition = PhotoRendition.objects.get(image=page.photo)
        edit(heron.client, page, **{"page_sites-0-confidential": "on"})
        assert not is_public(page.photo)
        assert not PhotoRendition.objects.filter(pk=rendition.pk).exists()
        assert client.get(rendition.url).status_code == 404
        assert "Toys on a table" not in client.get(page.get_url()).content.decode()
        assert "The photo is not shown" in shown(heron.client, page)

    def test_it_comes_back_when_its_partner_has_looked_and_the_hub_approved(
        self, page, client, heron, hub
    ):
        edit(heron.client, page, **{"page_sites-0-confidential": "on"})
        edit(heron.client, page, photo_shows_no_place="on")
        assert "Toys on a table" not in client.get(page.get_url()).content.decode()
        edit(hub, page, **{"action-publish": "1"})
        assert "Toys on a table" in client.get(page.get_url()).content.decode()

    def test_a_photo_is_not_put_beside_a_confidential_site_unnoticed(self, heron):
        page = service(heron, confidential=True)
        picture = photo(heron.space.collection)
        with pytest.raises(AssertionError, match="do not show the place"):
            edit(heron.client, page, photo=str(picture.pk))
        edit(heron.client, page, photo=str(picture.pk), photo_shows_no_place="on")
        assert live(page).get_latest_revision_as_object().photo == picture

    def test_another_photo_needs_a_tick_of_its_own(self, heron):
        page = service(heron, confidential=True)
        one, other = photo(heron.space.collection), photo(heron.space.collection, "Other")
        edit(heron.client, page, photo=str(one.pk), photo_shows_no_place="on")
        edit(heron.client, page, photo=str(other.pk))
        draft = live(page).get_latest_revision_as_object()
        assert (draft.photo, draft.photo_shows_no_place) == (other, False)
        assert "The photo is not shown" in shown(heron.client, page)

    def test_a_draft_and_a_closed_partner_show_no_photo_to_the_public(self, heron, page, client):
        address = page.photo.get_rendition("max-800x600").url
        assert client.get(address).status_code == 200
        live(page).unpublish()
        assert client.get(address).status_code == 404
