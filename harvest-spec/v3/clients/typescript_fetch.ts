import { Configuration, UsersApi } from "./client";

declare const process: { env: Record<string, string> };

async function main() {
  const basePath = process.env.HARVEST_URL;
  const accessToken = process.env.HARVEST_ACCESS_TOKEN;
  const api = new UsersApi(new Configuration({ basePath, accessToken }));
  for (let cursor: string | undefined; ; ) {
    const answer = await api.listUsersRaw(cursor ? { cursor } : { perPage: 10 });
    for (const user of await answer.value()) console.log(user.id);
    const next = /<([^>]*)>; *rel="next"/.exec(answer.raw.headers.get("link") ?? "");
    cursor = next ? new URL(next[1]).searchParams.get("cursor") ?? undefined : undefined;
    if (!cursor) return;
  }
}

void main();
