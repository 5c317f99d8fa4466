"""open-greenhouse-mcp: the server as it is, called over standard input and output as an assistant calls it."""

import asyncio
import json
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from report import CLIENT_ID, CLIENT_SECRET, KEY, USER, failed, read, wrote

VERSION = sys.argv[1]
# A list, and what its tool is called.
LISTS = {
    "v1": {
        "applications": "list_applications", "candidates": "list_candidates", "close_reasons": "list_close_reasons",
        "custom_fields": "list_custom_fields", "degrees": "list_degrees",
        "demographics/answers": "list_answers", "demographics/answer_options": "list_answer_options",
        "demographics/question_sets": "list_question_sets", "demographics/questions": "list_questions",
        "departments": "list_departments", "disciplines": "list_disciplines", "eeoc": "list_eeoc",
        "email_templates": "list_email_templates", "job_posts": "list_job_posts", "job_stages": "list_job_stages",
        "jobs": "list_jobs", "offers": "list_offers", "offices": "list_offices", "prospect_pools": "list_prospect_pools",
        "rejection_reasons": "list_rejection_reasons", "scheduled_interviews": "list_interviews",
        "schools": "list_schools", "scorecards": "list_scorecards", "sources": "list_sources",
        "tags/candidate": "list_tags", "user_roles": "list_user_roles", "users": "list_users",
    },
    "v3": {
        "applications": "list_applications", "candidates": "list_candidates", "candidate_tags": "list_tags",
        "close_reasons": "list_close_reasons", "custom_fields": "list_custom_fields", "departments": "list_departments",
        "email_templates": "list_email_templates", "job_posts": "list_job_posts", "jobs": "list_jobs",
        "offers": "list_offers", "offices": "list_offices", "prospect_pools": "list_prospect_pools",
        "rejection_reasons": "list_rejection_reasons", "interviews": "list_interviews",
        "scorecards": "list_scorecards", "sources": "list_sources", "user_roles": "list_user_roles", "users": "list_users",
    },
}
environment = dict(os.environ)
if VERSION == "v1":
    environment |= {"GREENHOUSE_API_KEY": KEY, "GREENHOUSE_ON_BEHALF_OF": USER}
else:
    environment |= {
        "GREENHOUSE_CLIENT_ID": CLIENT_ID, "GREENHOUSE_CLIENT_SECRET": CLIENT_SECRET, "GREENHOUSE_USER_ID": USER,
    }


async def call(session, tool, **arguments):
    result = await session.call_tool(tool, arguments)
    texts = [json.loads(part.text) for part in result.content if part.text.strip()[:1] in "[{"]
    if result.isError or not texts:
        raise RuntimeError(" ".join(part.text for part in result.content))
    value = texts[0]
    if isinstance(value, dict) and "error" in value:
        raise RuntimeError(json.dumps(value))
    return value


async def main():
    server = StdioServerParameters(command="open-greenhouse-mcp", env=environment)
    async with stdio_client(server, errlog=open("server.log", "w")) as pipes, ClientSession(*pipes) as session:
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        candidate = tag = None
        for name, tool in LISTS[VERSION].items():
            path = f"/{VERSION}/{name}"
            takes = tools[tool].inputSchema["properties"]
            wanted = {"per_page": 100, "paginate": "all"}
            try:
                found = await call(session, tool, **{key: value for key, value in wanted.items() if key in takes})
            except Exception as error:
                failed(path, error)
                continue
            records = found["items"] if isinstance(found, dict) else found
            read(path, records)
            candidate = records[0]["id"] if name == "candidates" else candidate
            tag = records[0] if tool == "list_tags" else tag
        note = {"candidate_id": candidate, "body": "Met at the fair.", "visibility": "public"}
        try:
            await call(session, "add_note_to_candidate", **note)
            wrote(f"/v1/candidates/{candidate}/activity_feed", "/notes/0/body", note["body"])
        except Exception as error:
            failed("add_note_to_candidate", error)
        try:
            await call(session, "add_tag_to_candidate", candidate_id=candidate, tag_id=tag["id"])
            wrote(f"/v1/candidates/{candidate}", "/tags", tag["name"])
        except Exception as error:
            failed("add_tag_to_candidate", error)


asyncio.run(main())
