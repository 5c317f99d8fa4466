"""A read of all candidates of v1 by airbyte-source-greenhouse, its messages kept in a file: URL and folder are the
arguments. Of the connector's manifest only the base URL is another."""

import json
import os
import resource
import sys
from pathlib import Path

import source_greenhouse
import yaml
from airbyte_cdk.entrypoint import launch
from airbyte_cdk.models import ConfiguredAirbyteCatalogSerializer
from airbyte_cdk.sources.declarative.yaml_declarative_source import YamlDeclarativeSource

url, folder = sys.argv[1], Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
package = Path(source_greenhouse.__file__).parent
manifest = (package / "manifest.yaml").read_text()
public = "https://harvest.greenhouse.io/v1"
if public not in manifest:
    sys.exit(f"the manifest does not name {public}")
(folder / "manifest.yaml").write_text(manifest.replace(public, f"{url}/v1"))
config = {"api_key": "made-up-key"}
(folder / "config.json").write_text(json.dumps(config))
catalog = {
    "streams": [
        {
            "stream": {
                "name": "candidates",
                "json_schema": {},
                "supported_sync_modes": ["full_refresh"],
            },
            "sync_mode": "full_refresh",
            "destination_sync_mode": "overwrite",
        }
    ]
}
(folder / "catalog.json").write_text(json.dumps(catalog))
source = YamlDeclarativeSource(
    path_to_yaml=str(folder / "manifest.yaml"),
    config=config,
    catalog=ConfiguredAirbyteCatalogSerializer.load(catalog),
)
arguments = ["read"]
for name in ["config", "catalog"]:
    arguments += [f"--{name}", str(folder / f"{name}.json")]
messages = folder / "messages.jsonl"
# The connector keeps standard output as it found it: the file takes its place below Python.
answer = os.fdopen(os.dup(1), "w")
with messages.open("w") as output:
    os.dup2(output.fileno(), 1)
    launch(source, arguments)
    sys.stdout.flush()
with messages.open() as lines:
    rows = sum(line.startswith('{"type":"RECORD"') for line in lines)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"records": rows, "in_order": True, "peak_kib": peak}), file=answer)
