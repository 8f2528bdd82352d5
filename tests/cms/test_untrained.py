"""An install whose matcher has not been trained, or whose model is damaged, says so."""

import json

import pytest

pytestmark = pytest.mark.django_db
STORY = "behind with the rent"


@pytest.fixture(params=["missing", "damaged"])
def untrained(request, settings, tmp_path):
    settings.MODEL_DIR = tmp_path
    if request.param == "damaged":
        (tmp_path / "model.json").write_text("{")


def test_the_page_says_so_and_gives_the_hubs(client, untrained):
    response = client.post("/find/", {"text": STORY})
    said = response.content.decode()
    assert response.status_code == 503
    assert "Diss Early Help Hub" in said
    assert "999" in said


def test_the_api_says_so(client, untrained):
    body = json.dumps({"text": STORY})
    response = client.post("/api/match", body, content_type="application/json")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert "not ready" in response.json()["title"]


def test_the_operator_is_told_what_to_run(client, untrained):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "manage.py train" in response.content.decode()
    assert client.get("/healthz").status_code == 200


def test_the_command_says_what_to_run(untrained):
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match=r"manage\.py train"):
        call_command("match", STORY)
