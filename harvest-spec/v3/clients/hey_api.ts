import { client } from "./client/client.gen";
import { listUsers } from "./client/sdk.gen";

declare const process: { env: Record<string, string> };

async function main() {
  client.setConfig({ baseUrl: process.env.HARVEST_URL, auth: () => process.env.HARVEST_ACCESS_TOKEN });
  for (let cursor: string | undefined; ; ) {
    const query = cursor ? { cursor } : { per_page: 10 };
    const { data, error, response } = await listUsers({ query });
    if (!data) throw new Error(JSON.stringify(error));
    for (const user of data) console.log(user.id);
    const next = /<([^>]*)>; *rel="next"/.exec(response?.headers.get("link") ?? "");
    cursor = next ? (new URL(next[1]).searchParams.get("cursor") ?? undefined) : undefined;
    if (!cursor) return;
  }
}

void main();
