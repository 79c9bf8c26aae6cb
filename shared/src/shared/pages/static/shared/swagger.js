// Starts Swagger UI on the document that the server names; nothing of it comes from
// the page's own address, and nothing is fetched from elsewhere.
(() => {
  const place = document.getElementById("swagger");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    document.documentElement.classList.toggle("dark-mode", dark.matches);
  };
  follow();
  dark.addEventListener("change", follow);
  const tryItOut = place.dataset.tryItOut === "true";
  window.SwaggerUIBundle({
    domNode: place,
    url: place.dataset.specUrl,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    queryConfigEnabled: false,
    validatorUrl: null,
    tryItOutEnabled: false, // a click on "Try it out" opens the form
    supportedSubmitMethods: tryItOut
      ? ["get", "head", "options", "post", "put", "patch", "delete"]
      : [],
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    onComplete: () => {
      // A page has one main part, and this is ours.
      place.querySelector("main")?.setAttribute("role", "group");
      const servers = place.querySelector("#servers");
      servers?.setAttribute("aria-label", place.dataset.serversLabel);
    },
  });
})();
