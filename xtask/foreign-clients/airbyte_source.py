"""airbyte-source-greenhouse: `check`, then `discover`, then `read` of all streams, as Airbyte calls its connectors."""

import json
import pathlib
import subprocess

from report import KEY, failed, line, read

# Streams that are not called as their paths.
PATHS = {
    "activity_feed": "candidates/{id}/activity_feed",
    "applications_demographics_answers": "applications/{id}/demographics/answers",
    "applications_interviews": "applications/{id}/scheduled_interviews",
    "approvals": "jobs/{id}/approval_flows",
    "demographics_answer_options": "demographics/answer_options",
    "demographics_answers": "demographics/answers",
    "demographics_answers_answer_options": "demographics/questions/{id}/answer_options",
    "demographics_question_sets": "demographics/question_sets",
    "demographics_question_sets_questions": "demographics/question_sets/{id}/questions",
    "demographics_questions": "demographics/questions",
    "interviews": "scheduled_interviews",
    "jobs_openings": "jobs/{id}/openings",
    "jobs_stages": "jobs/{id}/stages",
    "tags": "tags/candidate",
    "user_permissions": "users/{id}/permissions/jobs",
}


def call(*arguments):
    command = ["source-greenhouse", *arguments, "--config", "config.json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=open("source.log", "a"), text=True)
    for text in process.stdout:
        try:
            yield json.loads(text)
        except ValueError:
            pass
    process.wait()


pathlib.Path("config.json").write_text(json.dumps({"api_key": KEY}))
for message in call("check"):
    if message["type"] == "CONNECTION_STATUS" and message["connectionStatus"]["status"] != "SUCCEEDED":
        failed("check", message["connectionStatus"].get("message"))

streams = [stream for message in call("discover") if message["type"] == "CATALOG" for stream in message["catalog"]["streams"]]
wanted = [
    {"stream": stream, "sync_mode": "full_refresh", "destination_sync_mode": "overwrite"} for stream in streams
]
pathlib.Path("catalog.json").write_text(json.dumps({"streams": wanted}))


def path(stream):
    return f"/v1/{PATHS.get(stream, stream)}"


for stream in streams:
    read(path(stream["name"]), [])
for message in call("read", "--catalog", "catalog.json"):
    if message["type"] == "RECORD":
        line(list=path(message["record"]["stream"]), record=message["record"]["data"])
    elif message["type"] == "TRACE" and message["trace"]["type"] == "ERROR":
        error = message["trace"]["error"]
        descriptor = error.get("stream_descriptor") or {}
        failed(path(descriptor.get("name", "?")), error.get("internal_message") or error["message"])
