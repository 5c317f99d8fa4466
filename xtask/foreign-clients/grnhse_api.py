"""grnhse-api: each of its lists, page by page, and what is below one record of each."""

import grnhse
from report import KEY, failed, read

harvest = grnhse.Harvest(api_key=KEY)
LISTS = [
    "applications", "candidates", "close_reasons", "custom_fields", "degrees", "departments", "disciplines",
    "email_templates", "interviews", "job_posts", "job_stages", "jobs", "offers", "offices", "prospect_pools",
    "rejection_reasons", "schools", "scorecards", "sources", "tags", "user_roles", "users",
]
RELATED = {
    "applications": ["interviews", "offers", "scorecards"],
    "jobs": ["approvals", "openings", "posts", "stages"],
    "users": ["future_job_permissions", "job_permissions", "pending_approvals"],
}
PATHS = {"interviews": "scheduled_interviews", "tags": "tags/candidate"}
BELOW = {
    "interviews": "scheduled_interviews", "approvals": "approval_flows", "posts": "job_posts",
    "future_job_permissions": "permissions/future_jobs", "job_permissions": "permissions/jobs",
}


def pages(endpoint):
    records = endpoint.get(per_page=100)
    while endpoint.records_remaining:
        records += endpoint.get_next()
    return records


ids = {}
for name in LISTS:
    path = f"/v1/{PATHS.get(name, name)}"
    try:
        records = pages(getattr(harvest, name))
    except Exception as error:
        failed(path, error)
        continue
    read(path, records)
    ids[name] = [record["id"] for record in records]

for parent, related in RELATED.items():
    # `get()` keeps the filters of the call before it, so each record is asked by an object of its own.
    for name in related:
        path = f"/v1/{parent}/{{id}}/{BELOW.get(name, name)}"
        try:
            found = []
            for id in ids.get(parent, []):
                found += pages(getattr(getattr(harvest, parent)(object_id=id), name))
            read(path, found)
        except Exception as error:
            failed(path, error)
