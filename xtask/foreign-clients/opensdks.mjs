// @opensdks/sdk-greenhouse: its lists.
import { initGreenhouseSDK } from "@opensdks/sdk-greenhouse";
import { key, pages, url } from "./report.mjs";

const PER_PAGE = 100;
const sdk = initGreenhouseSDK({ baseUrl: url, auth: { basic: { username: key, password: "" } } });
const list = (path) =>
  pages(path, PER_PAGE, async (page) => (await sdk.GET(path, { params: { query: { per_page: PER_PAGE, page } } })).data);

for (const path of ["/v1/candidates", "/v1/departments", "/v1/offers"]) await list(path);
const jobs = (await list("/v1/jobs")) ?? [];
const openings = (id) => sdk.GET("/v1/jobs/{id}/openings", { params: { path: { id } } });
await pages("/v1/jobs/{id}/openings", Infinity, async () => {
  const found = [];
  for (const { id } of jobs) found.push(...(await openings(id)).data);
  return found;
});
