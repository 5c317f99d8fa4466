import { Configuration, UsersApi } from "./client";

declare const process: { env: Record<string, string> };

async function main() {
  const basePath = process.env.HARVEST_URL;
  const api = new UsersApi(new Configuration({ basePath, username: process.env.HARVEST_API_KEY, password: "" }));
  for (let page = 1; ; page++) {
    const users = await api.listUsers({ perPage: 10, page });
    for (const user of users) console.log(user.id);
    if (users.length < 10) return;
  }
}

void main();
