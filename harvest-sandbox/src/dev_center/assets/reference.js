// Shows the description of the API, and sends the requests that are tried to this sandbox.
"use strict";

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
