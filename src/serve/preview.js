// The preview in the browser: swaps what changed, keeps what the reader did, and shows what is wrong.
// Text of the handbook only ever becomes a text node, or a node of a page that this server rendered.
(() => {
  "use strict";
  const script = document.currentScript;
  const own = new URL(".", script.src);
  let look = JSON.parse(script.dataset.look);
  let source = null;

  // What happens, one thing after the other.
  let work = Promise.resolve();
  const then = (step) => { work = work.then(step).catch(() => {}); };

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // ---- the page

  // The first thing with a name that the reader sees, and where it stands on the screen.
  const anchor = () => {
    for (const element of document.querySelectorAll("main [id]")) {
      const top = element.getBoundingClientRect().top;
      if (top >= 0) return { id: element.id, top };
    }
    return null;
  };

  const nth = (elements, key) => {
    const seen = new Map();
    return elements.map((element) => {
      const name = key(element);
      const count = seen.get(name) || 0;
      seen.set(name, count + 1);
      return [name + "\n" + count, element];
    });
  };
  const folds = (root) => nth([...root.querySelectorAll("details")], (it) => {
    const summary = it.querySelector("summary");
    return it.id || (summary ? summary.textContent.trim() : "");
  });
  const fields = (root) => nth([...root.querySelectorAll("input, select, textarea")], (it) =>
    [it.form ? it.form.id : "", it.name, it.type === "radio" || it.type === "checkbox" ? it.value : it.type].join("\n"));

  const remember = () => ({
    anchor: anchor(),
    scroll: scrollY,
    folds: new Map(folds(document).map(([key, it]) => [key, it.open])),
    fields: new Map(fields(document).map(([key, it]) => [key, { checked: it.checked, value: it.value }])),
    focus: document.activeElement && document.activeElement.id,
    boxes: [...document.querySelectorAll("main [tabindex]")].map((it) => it.scrollLeft),
  });

  const restore = (before) => {
    for (const [key, it] of folds(document)) if (before.folds.has(key)) it.open = before.folds.get(key);
    for (const [key, it] of fields(document)) {
      const was = before.fields.get(key);
      if (!was) continue;
      if (it.type === "radio" || it.type === "checkbox") it.checked = was.checked;
      else it.value = was.value;
    }
    document.querySelectorAll("main [tabindex]").forEach((it, at) => { it.scrollLeft = before.boxes[at] || 0; });
    const focus = before.focus && document.getElementById(before.focus);
    if (focus) focus.focus({ preventScroll: true });
    const target = before.anchor && document.getElementById(before.anchor.id);
    if (target) scrollBy({ top: target.getBoundingClientRect().top - before.anchor.top, behavior: "instant" });
    else scrollTo({ top: before.scroll, behavior: "instant" });
  };

  // The parts that follow a change. Where another part of the page changes, or one comes or goes, the page is
  // loaded anew: their buttons are known to the theme's script.
  const parts = ["nav.side", "main", "nav.toc"];
  const fixed = ["header.top", "aside.sos"];

  const swap = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = next.querySelector("script[data-look]");
    if (!script || !next.querySelector("main") || !document.querySelector("main")) return location.reload();
    const pair = (part) => [next.querySelector(part), document.querySelector(part)];
    const differs = ([from, to]) => (from ? !from.isEqualNode(to) : to);
    const pairs = parts.map(pair);
    if (fixed.map(pair).some(differs) || pairs.some(([from, to]) => !from !== !to)) return location.reload();
    const before = remember();
    for (const [from, to] of pairs) if (from) to.replaceWith(document.adoptNode(from));
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    dispatchEvent(new Event("handbook:change"));
    restore(before);
    mark();
  };

  const restyle = () => {
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("now", look.styles);
      const link = old.cloneNode();
      link.href = address;
      link.addEventListener("load", () => old.remove());
      link.addEventListener("error", () => link.remove());
      old.after(link);
    }
  };

  const change = (next) => {
    const before = look;
    look = next;
    if (before.scripts !== next.scripts) return location.reload();
    if (before.styles !== next.styles) restyle();
    if (before.page !== next.page) then(swap);
    if (before.findings !== next.findings) then(load);
  };

  // ---- what is wrong

  const host = make("handbook-diagnostics");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = make("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("preview.css", own);
  const badge = make("button", "badge");
  badge.type = "button";
  const panel = make("section", "panel");
  panel.setAttribute("aria-label", "What is wrong");
  panel.hidden = true;
  const news = make("p", "news");
  news.setAttribute("aria-live", "polite");
  shadow.append(sheet, badge, panel, news);
  let known = null;
  let whole = false;
  let closed = false;

  const isHere = (finding) => finding.page !== null && encodeURI(finding.page) === location.pathname.replace(/index\.html$/, "");

  const sourceLine = (finding) => {
    const line = make("pre", "source");
    const letters = [...finding.source];
    const from = finding.column - 1;
    const to = finding.end_line === finding.line ? Math.max(finding.end_column - 1, from + 1) : letters.length;
    line.append(letters.slice(0, from).join(""), make("mark", "", letters.slice(from, to).join("")), letters.slice(to).join(""));
    return line;
  };

  const entry = (finding) => {
    const item = make("li", finding.level);
    const place = finding.file + ":" + finding.line + ":" + finding.column;
    const head = make("p", "head");
    head.append(make("b", "", finding.level), " ", make("code", "", finding.rule), " ", finding.message);
    const copy = make("button", "place", place);
    copy.type = "button";
    copy.title = "Copy the place";
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(finding.file + ":" + finding.line);
      news.textContent = "copied " + place;
    });
    item.append(head, copy);
    if (finding.page && !isHere(finding)) {
      const link = make("a", "page", "Show the page");
      link.href = encodeURI(finding.page);
      item.append(" ", link);
    }
    if (finding.source) item.append(sourceLine(finding));
    if (finding.why) item.append(make("p", "why", finding.why));
    if (finding.help) item.append(make("p", "help", "Help: " + finding.help));
    for (const fix of finding.fixes || []) item.append(make("p", "help", "Fix: " + fix.title));
    return item;
  };

  const tab = (text, isOn, press) => {
    const button = make("button", "tab", text);
    button.type = "button";
    button.setAttribute("aria-pressed", String(isOn));
    button.addEventListener("click", press);
    return button;
  };

  const fill = () => {
    const here = known.findings.filter(isHere);
    const shown = whole ? known.findings : here;
    const close = make("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", hide);
    const bar = make("div", "bar");
    bar.append(
      tab("This page " + here.length, !whole, () => { whole = false; fill(); }),
      tab("All " + known.total, whole, () => { whole = true; fill(); }),
      close);
    const list = make("ul");
    list.append(...shown.map(entry));
    panel.replaceChildren(bar);
    if (known.trouble) panel.append(make("p", "trouble", "This is the last state that could be built: " + known.trouble));
    else if (here.some((it) => it.stale)) panel.append(make("p", "trouble", "The page is shown as it was when it could last be read."));
    panel.append(shown.length ? list : make("p", "", "Nothing is wrong here."));
    if (whole && known.total > shown.length) panel.append(make("p", "", (known.total - shown.length) + " more are not listed."));
  };

  const show = () => { fill(); panel.hidden = false; badge.setAttribute("aria-expanded", "true"); };
  const hide = () => { panel.hidden = true; closed = true; badge.setAttribute("aria-expanded", "false"); badge.focus(); };
  badge.addEventListener("click", () => {
    if (!panel.hidden) return hide();
    whole = !known.findings.some(isHere);
    show();
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) hide(); });

  const load = async () => {
    const answer = await fetch(new URL("findings.json", own));
    const next = await answer.json();
    if (!next.findings) return;
    const wrongHere = (it) => (it && it.trouble ? 1 : 0) + (it ? it.findings.filter((one) => one.level === "error" && isHere(one)).length : 0);
    const isWorse = wrongHere(next) > wrongHere(known);
    known = next;
    const words = next.trouble ? "Not up to date; " + next.summary : next.summary;
    badge.textContent = words;
    badge.className = "badge " + (next.trouble || next.errors ? "error" : next.total ? "warning" : "fine");
    if (news.textContent !== words) news.textContent = words;
    if (isWorse && !closed) {
      whole = !next.findings.some(isHere);
      show();
    } else if (!panel.hidden) fill();
    if (!wrongHere(next)) closed = false;
    mark();
  };

  // Blocks that say where they are written get a bar in the margin.
  const mark = () => {
    for (const old of document.querySelectorAll("[data-finding]")) {
      delete old.dataset.finding;
      old.style.removeProperty("box-shadow");
    }
    if (!known) return;
    for (const finding of known.findings.filter(isHere)) {
      const block = document.querySelector("[data-src=\"" + CSS.escape(finding.file + ":" + finding.line) + "\"]");
      if (!block) continue;
      block.dataset.finding = finding.rule;
      block.title = finding.rule;
      block.style.setProperty("box-shadow", "-0.5rem 0 0 -0.25rem " + (finding.level === "error" ? "#b00020" : "#b36b00"));
    }
  };

  // ---- the stream

  const connect = () => {
    if (source || document.hidden) return;
    const address = new URL("events", own);
    address.search = "path=" + encodeURIComponent(location.pathname);
    source = new EventSource(address);
    source.addEventListener("open", () => host.removeAttribute("data-lost"));
    source.addEventListener("message", (event) => change(JSON.parse(event.data)));
    source.addEventListener("error", () => host.setAttribute("data-lost", ""));
  };
  // A browser has six connections to a server; a page that nobody sees needs none.
  const disconnect = () => {
    if (source) source.close();
    source = null;
  };
  addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  document.body.append(host);
  then(load);
  connect();
})();
