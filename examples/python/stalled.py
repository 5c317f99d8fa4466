"""Active applications that nobody has touched for a while, and a note about each."""

from datetime import timedelta

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


class Harvest:
    """As much of Harvest v1 as this project needs."""

    def __init__(self, base_url, key):
        self.base_url = base_url
        self.session = requests.Session()
        self.session.auth = (key, "")
        # Reads alone are repeated. A `Retry-After` of the service is obeyed.
        retry = Retry(total=4, backoff_factor=0.1, status_forcelist=[429, 502, 503], allowed_methods=["GET"])
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))

    def list(self, path, **query):
        """The records of all pages."""
        url, query = f"{self.base_url}/v1/{path}", {"per_page": 100, **query}
        while url:
            answer = self.session.get(url, params=query, timeout=30)
            answer.raise_for_status()
            yield from answer.json()
            # What comes next has the whole query in it.
            url, query = answer.links.get("next", {}).get("url"), None

    def add_note(self, candidate, text, user):
        note = {"user_id": user, "body": text, "visibility": "public"}
        answer = self.session.post(
            f"{self.base_url}/v1/candidates/{candidate}/activity_feed/notes",
            json=note,
            headers={"On-Behalf-Of": str(user)},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()


def stalled(harvest, now, days):
    """Active applications without activity for so many days, those that wait longest first."""
    limit = (now - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S")
    found = [it for it in harvest.list("applications", status="active") if it["last_activity_at"] < limit]
    return sorted(found, key=lambda it: it["last_activity_at"])


def remind(harvest, now, days, user):
    """Leaves a note with each of their candidates, once, and says with how many."""
    candidates = dict.fromkeys(it["candidate_id"] for it in stalled(harvest, now, days))
    for candidate in candidates:
        harvest.add_note(candidate, f"No activity for {days} days.", user)
    return len(candidates)
