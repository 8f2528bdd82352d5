"""Whatever stands in an address, a cookie or a form is answered, and never with a fault."""

import pytest
from django.contrib.auth import get_user_model

from tests.cms.pages import add_partner

pytestmark = pytest.mark.django_db

NULL_COOKIE = '"' + r"\000" * 32 + '"'
HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/%00/",
        "/directory/%00/",
        "/directory/a%00b/c/",
        "/services/%00/",
        "/documents/1/%00",
        f"/documents/{HUGE}/a.pdf",
        "/nowhere/?x=%00",
        "/nowhere/?x=%ED%A0%80",
        "/%ED%A0%80/",
        "/%FF/",
        f"/{'a' * 3_000}/",
        "/media/%00",
        "/static/%00",
    ],
)
def test_an_address_that_cannot_be_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/", "/directory/", "/?x=%00", "/privacy/?%00=%00"])
def test_a_null_beside_the_address_does_not_matter(client, address):
    assert client.get(address).status_code == 200


def test_a_need_with_a_null_is_none(client):
    assert client.get("/find/?need=debt%00advice").status_code == 302


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
@pytest.mark.parametrize("address", ["/", "/admin/", "/admin/login/", "/nowhere/"])
def test_a_cookie_with_nulls_is_as_good_as_none(client, name, address):
    without = client.get(address)
    response = client.get(address, headers={"cookie": f"{name}={NULL_COOKIE}"})
    assert response.status_code == without.status_code


def test_a_log_in_with_nulls_is_refused(client):
    response = client.post("/accounts/login/", {"login": "a\x00b", "password": "c\x00d"})
    assert response.status_code == 200
    assert "Null characters are not allowed" in response.content.decode()


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/search/?q=%00",
        "/admin/pages/search/?q=caf%C3%A9",
        "/admin/images/?q=%00",
        "/admin/documents/?q=%00&ordering=%00",
        "/admin/redirects/?q=%00",
        "/admin/users/?q=%00",
        "/admin/reports/site-history/?label=%00",
        "/admin/pages/?ordering=%00",
    ],
)
def test_editors_may_look_for_anything(editor, address):
    assert editor.get(address, follow=True).status_code == 200


@pytest.mark.parametrize("path", [f"/admin/pages/{HUGE}/", f"/admin/pages/{HUGE}/edit/"])
def test_a_page_with_a_number_too_high_is_not_found(editor, path):
    assert editor.get(path).status_code == 404


def test_a_title_with_a_null_is_refused(editor):
    partner = add_partner()
    address = f"/admin/pages/{partner.pk}/edit/"
    form = {"title": "a\x00b", "slug": "a\x00b", "action-publish": "action-publish"}
    response = editor.post(address, form)
    assert response.status_code == 200
    assert "Null characters are not allowed" in response.content.decode()
