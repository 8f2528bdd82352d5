"""The stable contract: the command and the API take the same and give the same."""

import json
import sys

import pytest

from matching.contract import MatchAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]

STORY = (
    "Mum of three, rent arrears and bailiffs, eldest (15) not going to school and kicking off "
    "with stepdad, no concerns about drink"
)
KEYS = [
    "needs", "ruled_out", "level", "safeguarding", "place", "services", "package", "unmet",
    "near_misses", "route", "engine",
]  # fmt: skip


def _post(client, body) -> tuple[int, dict]:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post("/api/match", data, content_type="application/json")
    return response.status_code, response.json()


def test_the_answer_has_the_keys_of_the_contract_and_no_other(client):
    status, said = _post(client, {"text": STORY, "place": "Wymondham"})
    assert status == 200
    assert list(said) == KEYS
    MatchAnswer.model_validate(said, strict=True)
    assert list(said["services"][0]) == [
        "id", "name", "partner", "url", "score", "needs", "distance_km", "coverage", "delivery",
        "reasons",
    ]  # fmt: skip


def test_the_main_example_is_understood(client):
    _, said = _post(client, {"text": STORY, "place": "Wymondham"})
    codes = [need["code"] for need in said["needs"]]
    assert {"debt-advice", "school-attendance"} <= set(codes)
    assert "substance-misuse" not in codes
    assert [
        (item["code"], item["status"])
        for item in said["ruled_out"]
        if item["code"] == "substance-misuse"
    ] == [("substance-misuse", "absent")]
    evidence = " ".join(quote for need in said["needs"] for quote in need["evidence"])
    assert "bailiffs" in evidence
    assert all(quote in STORY for need in said["needs"] for quote in need["evidence"])
    assert said["place"]["name"] == "Wymondham"
    covered = {code for choice in said["package"] for code in choice["needs"]}
    assert covered | set(said["unmet"]) == set(codes)
    listed = {service["id"] for service in said["services"]}
    assert {choice["service_id"] for choice in said["package"]} <= listed
    assert said["route"]["kind"] == "hub"


def test_the_command_gives_the_same_as_the_api(client, capsys, monkeypatch):
    import io

    from django.core.management import call_command

    request = {"text": STORY, "place": "Diss", "household": [{"role": "child", "age": 15}]}
    _, api = _post(client, request)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(request).encode())))
    call_command("match", jsonl=True)
    assert json.loads(capsys.readouterr().out) == api


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"text": "   "}, "body"),
        ({"text": 5}, "text"),
        ({"text": "x" * 50_001}, "text"),
        ({"needs": ["no-such-need"]}, "needs.0"),
        ({"needs": "debt-advice"}, "needs"),
        ({"text": "a", "exclude_needs": ["no-such-need"]}, "exclude_needs.0"),
        ({"text": "a", "level": "dire"}, "level"),
        ({"text": "a", "household": [{"role": "child", "age": -1}]}, "household.0.age"),
        ({"text": "a", "household": [{"role": "child", "age": "15"}]}, "household.0.age"),
        ({"text": "a", "household": [{"name": "Sam"}]}, "household.0.name"),
        ({"text": "a", "household": [{}] * 31}, "household"),
        ({"text": "a", "place": ["Diss"]}, "place"),
        ({"text": "a", "audience": "press"}, "audience"),
        ({"text": "a", "limit": 0}, "limit"),
        ({"text": "a", "limit": 51}, "limit"),
        ({"text": "a", "limit": "10"}, "limit"),
        ({"text": "a", "colour": "red"}, "colour"),
        ("{", "body"),
        ("", "body"),
        ("[]", "body"),
        ("null", "body"),
        (b"\xff\xfe", "body"),
        ("[" * 5_000, "body"),
    ],
)
def test_a_bad_request_is_answered_with_the_field(client, capsys, monkeypatch, body, field):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post("/api/match", data, content_type="application/json")
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")
    said = response.json()
    assert field in [error["field"] for error in said["errors"]]
    assert all(error["message"] for error in said["errors"])


def test_a_refusal_does_not_repeat_what_was_sent(client):
    for body in ({"text": "a", "level": "zebracanary"}, {"text": "a", "limit": "zebracanary"}):
        _, said = _post(client, body)
        assert "zebracanary" not in json.dumps(said)


def test_one_bad_line_spoils_no_other(running_site):
    good = json.dumps({"text": STORY, "place": "Diss"}).encode()
    lines = [good, b"{", b"", b'{"needs": ["nothing"]}', b"\xff\xfe", b'"\x00"', good]
    done = running_site.manage("match", "--jsonl", stdin=b"\n".join(lines))
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in answer for answer in said] == [False, True, True, True, True, False]
    assert said[0] == said[-1]
    assert done.returncode == 0


def test_the_same_input_gives_the_same_bytes(running_site, monkeypatch):
    request = json.dumps({"text": STORY, "place": "Diss", "limit": 50}).encode()
    outputs = set()
    for seed in ("1", "2", "3"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        outputs.add(running_site.manage("match", "--jsonl", stdin=request).stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize("settlement", ["Diss", "NR18 0QB", "IP22", "Atlantis", None])
def test_a_match_costs_at_most_eight_queries(settlement, django_assert_max_num_queries):
    from matching.enquiry import Enquiry
    from matching.pipeline import answer

    enquiry = Enquiry(text=STORY, place=settlement)
    answer(enquiry)
    with django_assert_max_num_queries(8):
        answer(enquiry)


@pytest.mark.parametrize("limit", [1, 3, 10, 50])
def test_the_limit_holds_and_the_package_is_among_the_services(client, limit):
    _, said = _post(client, {"text": STORY, "place": "Wymondham", "limit": limit})
    package = {choice["service_id"] for choice in said["package"]}
    assert len(said["services"]) <= max(limit, len(package))
    assert package <= {service["id"] for service in said["services"]}
    scores = [service["score"] for service in said["services"]]
    assert scores == sorted(scores, reverse=True)


def test_a_ticked_need_wins_and_an_unticked_one_is_gone(client):
    _, said = _post(
        client,
        {"text": STORY, "needs": ["substance-misuse"], "exclude_needs": ["debt-advice"]},
    )
    needs = {need["code"]: need["source"] for need in said["needs"]}
    assert needs["substance-misuse"] == "chosen"
    assert "debt-advice" not in needs
    assert "substance-misuse" not in [item["code"] for item in said["ruled_out"]]


def test_a_chosen_level_is_kept_and_a_missing_one_suggested(client):
    _, chosen = _post(client, {"text": STORY, "level": "universal"})
    assert (chosen["level"]["code"], chosen["level"]["suggested"]) == ("universal", False)
    _, suggested = _post(client, {"text": STORY})
    assert suggested["level"]["suggested"]
    assert suggested["level"]["why"]
