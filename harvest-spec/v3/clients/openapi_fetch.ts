import createClient from "openapi-fetch";
import type { paths } from "./schema";

declare const process: { env: Record<string, string> };

async function main() {
  const authorization = `Bearer ${process.env.HARVEST_ACCESS_TOKEN}`;
  const client = createClient<paths>({ baseUrl: process.env.HARVEST_URL, headers: { authorization } });
  for (let cursor: string | undefined; ; ) {
    const query = cursor ? { cursor } : { per_page: 10 };
    const { data, error, response } = await client.GET("/v3/users", { params: { query } });
    if (!data) throw new Error(JSON.stringify(error));
    for (const user of data) console.log(user.id);
    const next = /<([^>]*)>; *rel="next"/.exec(response.headers.get("link") ?? "");
    cursor = next ? (new URL(next[1]).searchParams.get("cursor") ?? undefined) : undefined;
    if (!cursor) return;
  }
}

void main();
