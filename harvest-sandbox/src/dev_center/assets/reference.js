// Shows the description of the API, and sends the requests that are tried to this sandbox.
"use strict";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
follow();
dark.addEventListener("change", follow);

window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/configure/dev_center/reference/description.json" + `?version=${document.getElementById("reference").dataset.version}`,
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    filter: true,
    onComplete: () => {
      const filter = document.querySelector(".operation-filter-input");
      if (filter) filter.placeholder = "Filter by name, path or resource";
    },
    // By name, path and summary of the operations, too, and not by the names of resources alone.
    plugins: [{
      fn: {
        opsFilter: (resources, phrase) => {
          const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
          return resources
            .map((resource, tag) => resource.update("operations", (operations) => operations.filter((operation) => {
              const text = [tag, operation.get("path"), operation.get("method"), operation.getIn(["operation", "summary"]), operation.getIn(["operation", "operationId"])];
              return words.every((word) => text.join(" ").toLowerCase().includes(word));
            })))
            .filter((resource) => resource.get("operations").size > 0);
        },
      },
    }],
    persistAuthorization: false,
    // No other site is asked about anything.
    validatorUrl: null,
  });
});
