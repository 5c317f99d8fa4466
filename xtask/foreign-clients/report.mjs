// What the programs beside this report: see report.py.
import { appendFileSync } from "node:fs";

export const { HARVEST_URL: url, HARVEST_API_KEY: key, HARVEST_USER: user } = process.env;

const line = (value) => appendFileSync("report.ndjson", JSON.stringify(value) + "\n");

export function read(path, records) {
  line({ list: path });
  for (const record of records) line({ list: path, record });
}

export const failed = (path, error) => line({ list: path, failed: String(error.message ?? error).slice(0, 300) });

export const wrote = (path, pointer, value) => line({ wrote: path, pointer, value });

// Every page of a list, by number, as these clients leave it to their users: the first short one is taken for the last.
export async function pages(path, perPage, page) {
  const records = [];
  try {
    for (let number = 1; ; number += 1) {
      const found = await page(number);
      records.push(...found);
      if (found.length < perPage) break;
    }
  } catch (error) {
    return failed(path, error);
  }
  read(path, records);
  return records;
}
