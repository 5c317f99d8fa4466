// Shows the description of the API, and sends the requests that are tried to this sandbox.
"use strict";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
follow();
dark.addEventListener("change", follow);

window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/configure/dev_center/reference/description.json",
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    filter: true,
    persistAuthorization: false,
    // No other site is asked about anything.
    validatorUrl: null,
  });
});
