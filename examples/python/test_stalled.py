from datetime import datetime, timezone

import pytest
import requests
from stalled import Harvest, remind, stalled

# Long after everything in the organization.
NOW = datetime(2031, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def harvest(sandbox):
    return Harvest(sandbox.url, sandbox.key)


def test_all_pages_are_read(harvest, sandbox):
    ids = [it["id"] for it in harvest.list("candidates", per_page=50)]
    assert len(set(ids)) == len(ids) == 120
    assert len(sandbox.control("GET", "requests")) == 3


def test_applications_that_wait_longest_come_first(harvest):
    found = stalled(harvest, NOW, days=30)
    assert found and all(it["status"] == "active" for it in found)
    activity = [it["last_activity_at"] for it in found]
    assert activity == sorted(activity)
    assert stalled(harvest, datetime(2001, 1, 1, tzinfo=timezone.utc), days=30) == []


def test_each_candidate_gets_one_note(harvest, sandbox):
    candidate = stalled(harvest, NOW, days=30)[0]["candidate_id"]
    assert remind(harvest, NOW, 30, sandbox.user) > 1
    feed = f"{sandbox.url}/v1/candidates/{candidate}/activity_feed"
    notes = requests.get(feed, auth=(sandbox.key, ""), timeout=30).json()["notes"]
    assert [note["body"] for note in notes].count("No activity for 30 days.") == 1


def test_a_bad_gateway_is_tried_again(harvest, sandbox):
    sandbox.control("POST", "faults", effect={"status": 502}, on=["list_candidates"], which={"every": 2})
    assert len(list(harvest.list("candidates", per_page=50))) == 120


def test_a_wrong_key_is_an_error(sandbox):
    with pytest.raises(requests.HTTPError, match="401"):
        list(Harvest(sandbox.url, "wrong").list("users"))


def test_v3_has_the_same_people(harvest, sandbox):
    grant = {"grant_type": "client_credentials", "sub": sandbox.user}
    token = requests.post(sandbox.token_url, data=grant, auth=sandbox.client, timeout=30).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    users = requests.get(f"{sandbox.url}/v3/users", params={"per_page": 500}, headers=headers, timeout=30).json()
    assert {it["id"] for it in users} == {it["id"] for it in harvest.list("users")}
