import createClient from "openapi-fetch";
import type { paths } from "./schema";

declare const process: { env: Record<string, string> };

async function main() {
  const authorization = `Basic ${btoa(`${process.env.HARVEST_API_KEY}:`)}`;
  const client = createClient<paths>({ baseUrl: process.env.HARVEST_URL, headers: { authorization } });
  for (let page = 1; ; page++) {
    const { data, error } = await client.GET("/v1/users", { params: { query: { per_page: 10, page } } });
    if (!data) throw new Error(JSON.stringify(error));
    for (const user of data) console.log(user.id);
    if (data.length < 10) return;
  }
}

void main();
