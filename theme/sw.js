// Keeps the pages of an emergency for when the network is gone: asks the network first, and after 2.5 seconds the copy.
// The line above this file's own text sets VERSION, PAGES and COPY_OF.
const late = () => new Promise((_, reject) => { setTimeout(reject, 2500); });

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(PAGES)));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("handbook-") && name !== VERSION);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))));
});

// A page from the copy says so, and of when it is.
const dated = async (response) => {
  if (!(response.headers.get("content-type") || "").includes("text/html")) return response;
  const made = response.headers.get("date");
  const time = made ? new Date(made).toLocaleString(undefined, { timeZoneName: "short" }) : "?";
  const html = (await response.text()).replace("<main", `<p class="copyof" role="status">${COPY_OF.replace("{time}", time)}</p><main`);
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
};

const kept = async (request) => {
  const cache = await caches.open(VERSION);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found) return dated(found);
  // A page that is not kept leads to the first that is.
  return request.mode === "navigate" ? Response.redirect(new URL(PAGES[0], registration.scope)) : Response.error();
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(Promise.race([fetch(request), late()]).catch(() => kept(request)));
});
