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
  // They are compared with what was sent: scripts show answers in them.
  const fixed = ["header.top", "aside.sos"].map((part) => {
    const sent = document.querySelector(part);
    return [part, sent && sent.cloneNode(true)];
  });

  const swap = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = next.querySelector("script[data-look]");
    if (!script || !next.querySelector("main") || !document.querySelector("main")) return location.reload();
    const pair = (part) => [next.querySelector(part), document.querySelector(part)];
    const differs = ([from, to]) => (from ? !from.isEqualNode(to) : to);
    const pairs = parts.map(pair);
    if (fixed.some(([part, sent]) => differs([next.querySelector(part), sent])) || pairs.some(([from, to]) => !from !== !to)) return location.reload();
    const before = remember();
    for (const [from, to] of pairs) if (from) to.replaceWith(document.adoptNode(from));
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    dispatchEvent(new Event("handbook:change"));
    applyViews();
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
      link.addEventListener("load", () => {
        old.remove();
        applyViews();
        place();
      });
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
  const marks = make("div", "marks");
  const badge = make("button", "badge");
  badge.type = "button";
  const panel = make("section", "panel");
  panel.setAttribute("aria-label", "What is wrong");
  panel.hidden = true;
  const news = make("p", "news");
  news.setAttribute("aria-live", "polite");
  shadow.append(sheet, marks, badge, panel, news);
  let known = null;
  let tab = "page";
  let closed = false;

  const isHere = (finding) => finding.page !== null && encodeURI(finding.page) === location.pathname.replace(/index\.html$/, "");
  const here = () => known.findings.filter(isHere);
  const addressOf = (it) => encodeURI(it.page) + (it.anchor ? "#" + encodeURIComponent(it.anchor) : "");

  const button = (className, text, press) => {
    const it = make("button", className, text);
    it.type = "button";
    it.addEventListener("click", press);
    return it;
  };

  // The place opens in the editor, where one was named; else it is copied.
  const editorAt = (file, line, column) => known.editor
    .replaceAll("{file}", file.split("/").map(encodeURIComponent).join("/"))
    .replaceAll("{line}", line)
    .replaceAll("{column}", column);
  const placeOf = ({ file, line, column }) => {
    const text = file + ":" + line + ":" + column;
    if (known.editor) {
      const link = make("a", "place", text);
      link.href = editorAt(file, line, column);
      link.title = "Open in the editor";
      return link;
    }
    const copy = button("place", text, async () => {
      await navigator.clipboard.writeText(file + ":" + line);
      news.textContent = "copied " + text;
    });
    copy.title = "Copy the place";
    return copy;
  };

  const sourceLine = (finding) => {
    const line = make("pre", "source");
    const letters = [...finding.source];
    const from = finding.column - 1;
    const to = finding.end_line === finding.line ? Math.max(finding.end_column - 1, from + 1) : letters.length;
    line.append(letters.slice(0, from).join(""), make("mark", "", letters.slice(from, to).join("")), letters.slice(to).join(""));
    return line;
  };

  const showPage = (it) => {
    const link = make("a", "page", "Show the page");
    link.href = addressOf(it);
    return link;
  };

  const entry = (finding) => {
    const item = make("li", finding.level);
    item.tabIndex = -1;
    item.finding = finding;
    const head = make("p", "head");
    head.append(make("b", "", finding.level), " ", make("code", "", finding.rule), " ", finding.message);
    item.append(head, placeOf(finding));
    if (finding.page && !isHere(finding)) item.append(" ", showPage(finding));
    if (finding.source) item.append(sourceLine(finding));
    if (finding.why) item.append(make("p", "why", finding.why));
    if (finding.help) item.append(make("p", "help", "Help: " + finding.help));
    for (const fix of finding.fixes || []) item.append(make("p", "help", "Fix: " + fix.title));
    return item;
  };

  const list = (items, none) => {
    if (!items.length) return make("p", "", none);
    const it = make("ul");
    it.append(...items);
    return it;
  };

  // What an edit of the policy changes in meaning.
  const words = (from, to) => (from || "nothing") + " → " + (to || "nothing");
  const changeOf = (change) => {
    const item = make("li", "change");
    const head = make("p", "head");
    head.append(make("b", "", change.class), " ", change.about + ": " + words(change.before, change.after));
    item.append(head);
    for (const duty of change.duties) {
      const how = duty.stricter === null ? "" : duty.stricter ? ", stricter" : ", looser";
      item.append(make("p", "help", duty.what + ": " + words(duty.before, duty.after) + how));
    }
    if (change.place) item.append(placeOf(change.place));
    if (change.place && change.place.page) item.append(" ", showPage(change.place));
    return item;
  };

  const bodies = {
    page: () => [list(here().map(entry), "Nothing is wrong here.")],
    all: () => {
      const more = known.total - known.findings.length;
      const rest = more > 0 ? [make("p", "", more + " more are not listed.")] : [];
      return [list(known.findings.map(entry), "Nothing is wrong."), ...rest];
    },
    policy: () => [
      make("p", "", "What the policy means now, next to commit " + known.policy.since + ":"),
      list(known.policy.changes.map(changeOf), "Nothing that can be compared means something else."),
      ...known.policy.undecided.map((it) => make("p", "", "Could not be compared: " + it + ".")),
    ],
    views: () => [viewButtons()],
  };

  const fill = () => {
    const hasPolicy = known.policy && (known.policy.changes.length || known.policy.undecided.length);
    if (tab === "policy" && !hasPolicy) tab = "page";
    const tabs = [["page", "This page " + here().length], ["all", "All " + known.total]];
    if (hasPolicy) tabs.push(["policy", "Policy " + known.policy.changes.length]);
    tabs.push(["views", "Views"]);
    const bar = make("div", "bar");
    for (const [name, text] of tabs) {
      const it = button("tab", text, () => { tab = name; fill(); });
      it.setAttribute("aria-pressed", String(tab === name));
      bar.append(it);
    }
    bar.append(button("close", "Close", () => hide()));
    panel.replaceChildren(bar);
    if (known.trouble) panel.append(make("p", "trouble", "This is the last state that could be built: " + known.trouble));
    else if (here().some((it) => it.stale)) panel.append(make("p", "trouble", "The page is shown as it was when it could last be read."));
    panel.append(...bodies[tab]());
  };

  const show = () => { fill(); panel.hidden = false; badge.setAttribute("aria-expanded", "true"); };
  const hide = () => { panel.hidden = true; closed = true; badge.setAttribute("aria-expanded", "false"); badge.focus(); };
  badge.addEventListener("click", () => {
    if (!panel.hidden) return hide();
    tab = known.findings.some(isHere) || !known.total ? "page" : "all";
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
    const text = next.trouble ? "Not up to date; " + next.summary : next.summary;
    badge.textContent = text;
    badge.className = "badge " + (next.trouble || next.errors ? "error" : next.total ? "warning" : "fine");
    if (news.textContent !== text) news.textContent = text;
    if (isWorse && !closed) {
      tab = next.findings.some(isHere) ? "page" : "all";
      show();
    } else if (!panel.hidden) fill();
    if (!wrongHere(next)) closed = false;
    mark();
  };

  // ---- marks: a bar beside each block that something is wrong with

  const visible = (block) => {
    while (block.parentElement && !block.getClientRects().length) block = block.parentElement;
    return block;
  };

  // The block that a place is written in: the last one that begins before it or on its line.
  const blockOf = (blocks, finding) => {
    if (finding.anchor) return document.getElementById(finding.anchor);
    let best = null;
    let line = 0;
    for (const block of blocks) {
      const [, file, number] = block.dataset.src.match(/^(.*):(\d+)$/) || [];
      if (file !== finding.file || number > finding.line || number < line) continue;
      best = block;
      line = Number(number);
    }
    return best || document.querySelector("main h1") || document.querySelector("main");
  };

  const openAt = (finding) => {
    tab = "page";
    show();
    const item = [...panel.querySelectorAll("li")].find((it) => it.finding === finding);
    if (item) item.focus();
  };

  let marked = [];
  const mark = () => {
    marks.replaceChildren();
    marked = [];
    if (!known) return;
    const blocks = [...document.querySelectorAll("main [data-src]")];
    const groups = new Map();
    for (const finding of here()) {
      const block = blockOf(blocks, finding);
      if (block) groups.set(block, [...(groups.get(block) || []), finding]);
    }
    for (const [block, findings] of groups) {
      const isError = findings.some((it) => it.level === "error");
      const rules = [...new Set(findings.map((it) => it.rule))].join(", ");
      const bar = button("mark " + (isError ? "error" : "warning"), "", () => openAt(findings[0]));
      bar.append(make("span", "", rules));
      bar.setAttribute("aria-label", rules + ": " + findings[0].message);
      marks.append(bar);
      marked.push([block, bar]);
    }
    place();
  };

  const place = () => {
    const origin = marks.getBoundingClientRect();
    for (const [block, bar] of marked) {
      const rect = visible(block).getBoundingClientRect();
      bar.style.left = Math.max(rect.left - 14, 0) - origin.left + "px";
      bar.style.top = rect.top - origin.top + "px";
      bar.style.height = Math.max(rect.height, 16) + "px";
    }
  };
  new ResizeObserver(place).observe(document.body);

  // Alt and a click open what is written there.
  addEventListener("click", (event) => {
    const block = event.altKey && known && known.editor && event.target.closest && event.target.closest("[data-src]");
    const [, file, line] = (block && block.dataset.src.match(/^(.*):(\d+)$/)) || [];
    if (!file) return;
    event.preventDefault();
    location.href = editorAt(file, line, 1);
  });

  // ---- views: the page as others see it

  const stored = () => sessionStorage.getItem("handbook-views") || "";
  const chosen = new Set(stored().split(" ").filter((it) => it));
  const isPlain = new URLSearchParams(location.search).get("scripts") === "off";
  const isDark = matchMedia("(prefers-color-scheme: dark)");

  const viewNames = () => [
    ["colors", isDark.matches ? "Light" : "Dark"],
    ["print", "Print"],
    ["grey", "Grey"],
    ["protanopia", "Without red (protanopia)"],
    ["overdue", "Review overdue"],
  ];

  const viewButtons = () => {
    const box = make("div", "views");
    for (const [name, text] of viewNames()) {
      const it = button("tab", text, () => {
        if (!chosen.delete(name)) chosen.add(name);
        sessionStorage.setItem("handbook-views", [...chosen].join(" "));
        applyViews();
        fill();
      });
      it.setAttribute("aria-pressed", String(chosen.has(name)));
      box.append(it);
    }
    const scripts = make("a", "tab", isPlain ? "With scripts" : "Without scripts");
    scripts.href = location.pathname + (isPlain ? "" : "?scripts=off");
    box.append(scripts, button("tab", "Phone", () => open(location.href, "", "popup,width=390,height=844")));
    return box;
  };

  // Media queries say for whom a rule is: two words change places, and the rules of the other case hold.
  const written = new WeakMap();
  const exchange = (text, one, other) => text.replace(new RegExp("\\b(" + one + "|" + other + ")\\b", "g"), (it) => (it === one ? other : one));
  const adapt = (media) => {
    if (!written.has(media)) written.set(media, media.mediaText);
    let text = written.get(media);
    if (chosen.has("colors")) text = exchange(text, "dark", "light");
    if (chosen.has("print")) text = exchange(text, "print", "screen");
    if (media.mediaText !== text) media.mediaText = text;
  };
  const adaptRules = (rules) => {
    for (const rule of rules) {
      if (rule.media) adapt(rule.media);
      if (rule.cssRules) adaptRules(rule.cssRules);
    }
  };

  // How red, green and blue look to an eye without cones for red: Machado, Oliveira and Fernandes, "A
  // Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
  const matrix = "0.152286 1.052583 -0.204868 0 0  0.114503 0.786281 0.099216 0 0  -0.003882 -0.048116 1.051998 0 0  0 0 0 1 0";
  const eye = () => {
    if (document.getElementById("handbook-protanopia")) return;
    const space = "http://www.w3.org/2000/svg";
    const [svg, filter, colors] = ["svg", "filter", "feColorMatrix"].map((it) => document.createElementNS(space, it));
    for (const name of ["width", "height"]) svg.setAttribute(name, "0");
    svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    filter.id = "handbook-protanopia";
    filter.setAttribute("color-interpolation-filters", "linearRGB");
    colors.setAttribute("values", matrix);
    filter.append(colors);
    svg.append(filter);
    document.body.append(svg);
  };

  const applyViews = () => {
    for (const it of document.styleSheets) {
      if (!it.href || new URL(it.href).origin !== location.origin) continue;
      adapt(it.media);
      adaptRules(it.cssRules);
    }
    const filters = [];
    if (chosen.has("grey")) filters.push("grayscale(1)");
    if (chosen.has("protanopia")) {
      eye();
      filters.push("url(#handbook-protanopia)");
    }
    document.documentElement.style.filter = filters.join(" ");
    if (chosen.has("overdue")) for (const it of document.querySelectorAll("[data-due][hidden]")) {
      it.dataset.wasHidden = "";
      it.hidden = false;
    } else for (const it of document.querySelectorAll("[data-was-hidden]")) {
      delete it.dataset.wasHidden;
      it.hidden = true;
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
  if (chosen.size) applyViews();
  then(load);
  connect();
})();
