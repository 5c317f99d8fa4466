"""airbyte-agent-greenhouse: its lists, by page numbers, since it has no other way; and one file."""

import asyncio

from airbyte_agent_greenhouse import GreenhouseConnector
from airbyte_agent_greenhouse.models import GreenhouseAuthConfig
from report import KEY, failed, read

LISTS = [
    "applications", "candidates", "departments", "job_posts", "jobs", "offers", "offices", "scheduled_interviews", "sources",
    "users",
]


async def main():
    connector = GreenhouseConnector(auth_config=GreenhouseAuthConfig(api_key=KEY))
    for name in LISTS:
        path = f"/v1/{name}"
        records, page = [], 1
        try:
            while True:
                found = await connector.execute(name, "list", {"per_page": 100, "page": page})
                found = found if isinstance(found, list) else getattr(found, "data", found)
                records += found
                if len(found) < 100:
                    break
                page += 1
        except Exception as error:
            failed(path, error)
            continue
        read(path, records)


asyncio.run(main())
