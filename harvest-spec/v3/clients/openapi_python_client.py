import os
import re
from urllib.parse import parse_qs, urlsplit

from harvest_client import AuthenticatedClient
from harvest_client.api.users import list_users

client = AuthenticatedClient(
    base_url=os.environ["HARVEST_URL"], token=os.environ["HARVEST_ACCESS_TOKEN"]
)
query = {"per_page": 10}
while query:
    answer = list_users.sync_detailed(client=client, **query)
    for user in answer.parsed:
        print(user.id)
    following = re.search(r'<([^>]*)>; *rel="next"', answer.headers.get("link", ""))
    cursor = parse_qs(urlsplit(following[1]).query).get("cursor") if following else None
    query = {"cursor": cursor[0]} if cursor else None
