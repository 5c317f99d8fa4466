"""dlt, with its generic source for REST APIs: lists by `Link`, and lists below a record, into files of JSON lines."""

import gzip
import json
import pathlib

import dlt
from dlt.sources.rest_api import rest_api_source
from report import KEY, URL, failed, read

LISTS = [
    "applications", "candidates", "close_reasons", "departments", "job_posts", "job_stages", "jobs", "offers", "offices",
    "rejection_reasons", "scheduled_interviews", "scorecards", "sources", "users",
]
BELOW = {"jobs/{id}/openings": "jobs", "applications/{id}/offers": "applications"}
resources = [{"name": name, "endpoint": {"path": name, "params": {"per_page": 500}}} for name in LISTS]
for path, parent in BELOW.items():
    param = {"type": "resolve", "resource": parent, "field": "id"}
    endpoint = {"path": path, "params": {"id": param, "per_page": 500}}
    resources.append({"name": path.replace("/", "__").replace("{id}__", ""), "endpoint": endpoint})
client = {
    "base_url": f"{URL}/v1/",
    "auth": {"type": "http_basic", "username": KEY, "password": ""},
    "paginator": "header_link",
}
source = rest_api_source({"client": client, "resources": resources}, name="greenhouse", max_table_nesting=0)
folder = pathlib.Path("loaded").absolute()
pipeline = dlt.pipeline(
    "greenhouse",
    pipelines_dir=str(folder / "pipelines"),
    destination=dlt.destinations.filesystem(bucket_url=folder.as_uri()),
    dataset_name="greenhouse",
)
try:
    pipeline.run(source, loader_file_format="jsonl")
except Exception as error:
    failed("/v1/", error)
for resource in resources:
    name = resource["name"]
    records = []
    for file in sorted((folder / "greenhouse" / name).glob("*.jsonl*")):
        opened = gzip.open(file, "rt") if file.suffix == ".gz" else open(file)
        for text in opened:
            record = json.loads(text)
            records.append({key: value for key, value in record.items() if not key.startswith("_dlt")})
    read(f"/v1/{resource['endpoint']['path']}", records)
