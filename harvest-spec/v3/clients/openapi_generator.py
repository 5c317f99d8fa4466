import os
import re
from urllib.parse import parse_qs, urlsplit

from openapi_client import ApiClient, Configuration, UsersApi

configuration = Configuration(
    host=os.environ["HARVEST_URL"], access_token=os.environ["HARVEST_ACCESS_TOKEN"]
)
with ApiClient(configuration) as client:
    api = UsersApi(client)
    query = {"per_page": 10}
    while query:
        answer = api.list_users_with_http_info(**query)
        for user in answer.data:
            print(user.id)
        link = {name.lower(): value for name, value in answer.headers.items()}.get("link", "")
        following = re.search(r'<([^>]*)>; *rel="next"', link)
        cursor = parse_qs(urlsplit(following[1]).query).get("cursor") if following else None
        query = {"cursor": cursor[0]} if cursor else None
