import base64
import os

from harvest_client import AuthenticatedClient
from harvest_client.api.users import list_users

token = base64.b64encode(f"{os.environ['HARVEST_API_KEY']}:".encode()).decode()
client = AuthenticatedClient(base_url=os.environ["HARVEST_URL"], token=token, prefix="Basic")
page, users = 0, [None] * 10
while len(users) == 10:
    page += 1
    users = list_users.sync(client=client, per_page=10, page=page)
    for user in users:
        print(user.id)
