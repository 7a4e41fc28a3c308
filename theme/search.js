// The search: one dialog over an index that a script puts into `handbookIndex`. Loaded when it is first opened.
(() => {
  "use strict";
  const theme = new URL(".", document.currentScript.src);
  const root = new URL("..", theme);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const weights = { severity: 9, command: 8, role: 7, term: 6, page: 5, heading: 2 };
  let index, dialog, input, list, status;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Letters and digits; `sev-2`, `sev 2` and `sev2` are one word. A run of Chinese or Japanese is its pairs.
  const split = (text) => {
    const words = [];
    for (const run of plain(text).replace(/([a-z])[-_](\d)/g, "$1$2").replace(/\b(sev|prio|p) (\d)/g, "$1$2").match(/[\p{L}\p{N}]+/gu) || []) {
      if (!/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(run)) words.push(run);
      else if (run.length === 1) words.push(run);
      else for (let at = 0; at + 1 < run.length; at++) words.push(run.slice(at, at + 2));
    }
    return words;
  };
  // The same endings as the program leaves off the words of the texts.
  const endings = "ations ation ating ated ate ingly ings ing ions ion ments ment ness edly ers er ed es ly s ungen ung en aciones acion oes ao ar ir e".split(" ");
  const stem = (word) => endings.filter((it) => word.endsWith(it)).map((it) => word.slice(0, -it.length))
    .filter((it) => it.length > 2).sort((one, other) => one.length - other.length)[0] || word;
  // Whether one change of a letter, or two letters swapped, turns `word` into the start of `other`.
  const near = (word, other) => {
    if (word.length < 4 || word[0] !== other[0]) return false;
    let at = 0;
    while (at < word.length && word[at] === other[at]) at++;
    const rest = (text, from) => text.slice(from);
    return other.startsWith(rest(word, at + 1), at + 1) || other.startsWith(rest(word, at), at + 1)
      || other.startsWith(rest(word, at + 1), at)
      || (word[at] === other[at + 1] && word[at + 1] === other[at] && other.startsWith(rest(word, at + 2), at + 2));
  };
  const fit = (word, other) => {
    if (word === other) return 10;
    if (other.startsWith(word)) return 7;
    if (stem(word) === stem(other)) return 6;
    if (other.startsWith(stem(word))) return 4;
    return 0;
  };

  // [kind, address, title, note, other words] of each entry, and front-coded words of the texts with the pages they are in.
  const open = (raw) => {
    const entries = raw.entries.map(([kind, url, title, note, keys]) => ({
      kind: raw.kinds[kind], url, title, note, words: split(title), keys: split(keys || ""), whole: split(title).join(" "),
    }));
    const pages = entries.filter((it) => it.kind === "page");
    const terms = [];
    let last = "";
    for (const line of raw.terms.split("\n")) {
      if (!line) continue;
      const [end, places] = line.slice(1).split(" ");
      last = [...last].slice(0, line.charCodeAt(0) - 65).join("") + end;
      let at = 0;
      terms.push([plain(last), places.split(",").map((it) => pages[at += parseInt(it, 36)])]);
    }
    return { entries, terms, words: raw.words, skip: split(raw.words.skip) };
  };

  const ofWord = (word) => {
    const scores = new Map();
    const add = (entry, score) => { if (score > (scores.get(entry) || 0)) scores.set(entry, score); };
    const look = (test) => {
      for (const entry of index.entries) {
        for (const it of entry.words) { const score = test(word, it); if (score) add(entry, score); }
        for (const it of entry.keys) { const score = test(word, it); if (score) add(entry, score - 1); }
      }
      for (const [it, pages] of index.terms) {
        const score = test(stem(word), it) || (word.startsWith(it) && word.length < it.length + 5 ? 4 : 0);
        if (score) for (const page of pages) add(page, score / 5 + 1 / (pages.length + 1));
      }
    };
    look(fit);
    if (!scores.size) look((one, other) => (near(one, other) ? 3 : 0));
    return scores;
  };

  const find = (text) => {
    const all = split(text);
    const telling = all.filter((it) => !index.skip.includes(it));
    const words = telling.length ? telling : all;
    if (!words.length) return [];
    const totals = new Map();
    for (const scores of words.map(ofWord)) {
      for (const [entry, score] of scores) {
        const [count, sum] = totals.get(entry) || [0, 0];
        totals.set(entry, [count + 1, sum + score]);
      }
    }
    const whole = words.join(" ");
    const rank = ([entry, [count, sum]]) => {
      const exact = entry.whole === whole ? 20 : entry.whole.startsWith(whole) ? 6 : 0;
      const title = entry.words.filter((it) => words.some((word) => fit(word, it))).length / (entry.words.length || 1);
      return count * 12 + sum / words.length + exact + title * 4 + weights[entry.kind];
    };
    return [...totals].map((it) => [rank(it), it[0]]).sort((a, b) => b[0] - a[0]).slice(0, 10).map((it) => it[1]);
  };

  const line = ([kind, url, title, note]) => {
    const item = make("li");
    const link = make("a", { href: new URL(url, root).href, textContent: title });
    const about = [index.words[kind], note].filter(Boolean).join(" · ");
    if (about) link.append(make("span", { textContent: about }));
    item.append(link);
    return item;
  };
  const run = () => {
    if (!index) return;
    const found = find(input.value);
    const asked = input.value.trim() !== "";
    status.textContent = asked ? (found.length ? index.words.results.replace("{count}", found.length) : index.words.none) : index.words.hint;
    const doors = index.entries.filter((it) => it.kind === "page").slice(0, 3);
    const shown = found.length ? found : asked ? doors : [];
    list.replaceChildren(...shown.map((it) => line([it.kind, it.url, it.title, it.note])));
  };

  const build = (words) => {
    dialog = make("dialog", { id: "search" });
    const form = make("form", { method: "dialog" });
    const close = make("button", { type: "submit", textContent: words.close, value: "" });
    input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    list = make("ol");
    status = make("p", { className: "mut" });
    status.setAttribute("role", "status");
    dialog.setAttribute("aria-label", words.label);
    input.setAttribute("aria-label", words.label);
    form.append(input, close);
    dialog.append(form, status, list);
    document.body.append(dialog);
    input.addEventListener("input", run);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = list.querySelector("a");
      if (first && input.value.trim()) first.click();
    });
    list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  };
  const show = () => {
    if (!dialog.open) dialog.showModal();
    input.select();
    run();
  };
  window.handbookSearch = () => {
    if (dialog) return show();
    const script = make("script", { src: new URL("search-index.js", root).href });
    script.onload = () => {
      index = open(window.handbookIndex);
      build(index.words);
      show();
    };
    document.head.append(script);
  };
})();
