import os

from openapi_client import ApiClient, Configuration, UsersApi

configuration = Configuration(
    host=os.environ["HARVEST_URL"], username=os.environ["HARVEST_API_KEY"], password=""
)
with ApiClient(configuration) as client:
    api = UsersApi(client)
    page, users = 0, [None] * 10
    while len(users) == 10:
        page += 1
        users = api.list_users(per_page=10, page=page)
        for user in users:
            print(user.id)
