"""What the programs beside this report: a line of JSON in `report.ndjson` for each record that their client read, and for each
of its failures."""

import json
import os

URL = os.environ["HARVEST_URL"]
KEY = os.environ["HARVEST_API_KEY"]
USER = os.environ["HARVEST_USER"]
CLIENT_ID = os.environ["HARVEST_CLIENT_ID"]
CLIENT_SECRET = os.environ["HARVEST_CLIENT_SECRET"]


REPORT = open("report.ndjson", "a", encoding="utf-8")


def line(**value):
    REPORT.write(json.dumps(value) + "\n")
    REPORT.flush()


def read(path, records):
    """A list came to its end."""
    line(list=path)
    for record in records:
        line(list=path, record=record)


def failed(path, error):
    line(list=path, failed=" ".join(str(error).split())[:300])


def wrote(path, pointer, value):
    """Something was written, that a read of `path` shows at `pointer`."""
    line(wrote=path, pointer=pointer, value=value)
