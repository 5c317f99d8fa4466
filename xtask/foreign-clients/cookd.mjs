// @cookd/harvest-sdk: its lists, and a change of an application.
import sdk from "@cookd/harvest-sdk";
import { failed, key, pages, url, user, wrote } from "./report.mjs";

const PER_PAGE = 500;
const harvest = new sdk.GreenhouseHarvestSDK(key, url);
const query = (page) => ({ per_page: PER_PAGE, page });

await pages("/v1/candidates", PER_PAGE, (page) => harvest.candidates.listCandidates(query(page)));
await pages("/v1/jobs", PER_PAGE, (page) => harvest.jobs.listJobs(query(page)));
await pages("/v1/job_posts", PER_PAGE, (page) => harvest.jobPosts.listJobPosts(query(page)));
// The acting user narrows what is read.
const applications = await pages("/v1/applications for the user", PER_PAGE, (page) =>
  harvest.applications.listApplications(user, query(page)),
);

if (applications) {
  const sourced = applications.filter((it) => it.source && it.status === "active");
  const { id, source } = sourced[0];
  const other = sourced.find((it) => it.source.id !== source.id).source.id;
  try {
    await harvest.applications.updateApplication(user, id, { source_id: other });
    wrote(`/v1/applications/${id}`, "/source/id", other);
  } catch (error) {
    failed("PATCH /v1/applications/{id}", error);
  }
}
