"""Changes records between two runs of an export: a text of one record, and the end of another, in each list that allows it."""

import json
import pathlib
import subprocess
import sys


def resolved(document, schema):
    while reference := schema.get("$ref"):
        schema = document
        for name in reference.removeprefix("#/").split("/"):
            schema = schema[name]
    return schema


def text(document, operation, record):
    """A property that takes any text, and that the record has one in."""
    for content in resolved(document, operation.get("requestBody", {})).get("content", {}).values():
        properties = resolved(document, content["schema"]).get("properties", {})
        for name, schema in properties.items():
            schema = resolved(document, schema)
            kinds = schema.get("type")
            is_text = "string" in (kinds if isinstance(kinds, list) else [kinds])
            if is_text and not {"enum", "format"} & schema.keys() and isinstance(record.get(name), str):
                return name
    return None


def read(folder):
    lines = [line for path in sorted(folder.glob("*.ndjson")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [record for record in map(json.loads, lines) if isinstance(record, dict) and "id" in record]


def main(harvest, version, user, description, export):
    document = json.loads(pathlib.Path(description).read_text(encoding="utf-8"))
    taken = {"PATCH": [], "DELETE": []}

    def send(method, path, *more):
        command = [harvest, "--api-version", version, "--acting-user", user, "--quiet", "api", method, path, *more]
        answer = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if answer.returncode == 0:
            taken[method].append(path)
        return answer.returncode == 0

    for path, operations in document["paths"].items():
        stream, _, parameter = path.removeprefix(f"/{version}/").rpartition("/")
        folder = pathlib.Path(export) / stream.replace("/", "_")
        if not parameter.startswith("{") or not folder.is_dir():
            continue
        records = [(path.replace(parameter, str(record["id"])), record) for record in read(folder)]
        # What may be changed depends on the record: not every application is open.
        for one, record in records[:5] if "patch" in operations else []:
            name = text(document, operations["patch"], record)
            if name and send("PATCH", one, "-f", f"{name}={record[name]} II"):
                break
        for one, _ in records[:-6:-1] if "delete" in operations else []:
            if send("DELETE", one):
                break
    print(f"{version}: {len(taken['PATCH'])} records changed, {len(taken['DELETE'])} deleted")
    return not all(taken.values())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
