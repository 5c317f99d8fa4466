import { client } from "./client/client.gen";
import { listUsers } from "./client/sdk.gen";

declare const process: { env: Record<string, string> };

async function main() {
  client.setConfig({ baseUrl: process.env.HARVEST_URL, auth: () => `${process.env.HARVEST_API_KEY}:` });
  for (let page = 1; ; page++) {
    const { data, error } = await listUsers({ query: { per_page: 10, page } });
    if (!data) throw new Error(JSON.stringify(error));
    for (const user of data) console.log(user.id);
    if (data.length < 10) return;
  }
}

void main();
