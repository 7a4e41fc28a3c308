// The search: one dialog over an index that a script puts into `handbookIndex`. Loaded when it is first opened.
(() => {
  "use strict";
  const theme = new URL(".", document.currentScript.src);
  const root = new URL("..", theme);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const bonus = { severity: 0.12, command: 0.1, role: 0.1, term: 0.06, page: 0.06, heading: 0 };
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
  // Without the longest ending that the program leaves off the words of the texts, where three letters or more stay.
  const stem = (word) => index.endings.filter((it) => word.endsWith(it)).map((it) => word.slice(0, -it.length))
    .filter((it) => it.length > 2).sort((one, other) => one.length - other.length)[0] || word;
  // Whether one change of a letter, or two letters swapped, turns `word` into the start of `other`.
  const near = (word, other) => {
    if (word.length < 4 || word[0] !== other[0]) return 0;
    let at = 0;
    while (at < word.length && word[at] === other[at]) at++;
    const rest = (text, from) => text.slice(from);
    const isNear = other.startsWith(rest(word, at + 1), at + 1) || other.startsWith(rest(word, at), at + 1)
      || other.startsWith(rest(word, at + 1), at)
      || (word[at] === other[at + 1] && word[at + 1] === other[at] && other.startsWith(rest(word, at + 2), at + 2));
    return isNear ? 0.5 : 0;
  };
  // How well a word that was typed fits another: the word itself, another form of it, its beginning.
  const fit = (word, other, ending) => (word === other ? 1 : stem(word) === ending ? 0.8
    : other.startsWith(word) ? 0.5 + 0.3 * (word.length / other.length) : 0);
  const formed = (words) => words.map((it) => [it, stem(it)]);
  const telling = (words) => {
    const rest = words.filter((it) => !index.skip.includes(it));
    return rest.length ? rest : words;
  };

  // [kind, address, title, note, other words] of each entry, and front-coded stems of the texts with the pages they are in.
  const open = (raw) => {
    index = { words: raw.words, endings: raw.endings.split(" "), skip: split(raw.words.skip) };
    index.entries = raw.entries.map(([kind, url, title, note, keys]) => ({
      kind: raw.kinds[kind], url, title, note, words: formed(telling(split(title))), keys: formed(split(keys || "")),
    }));
    const pages = index.entries.filter((it) => it.kind === "page");
    const byUrl = new Map(pages.map((it) => [it.url, it]));
    for (const it of index.entries) if (it.kind === "heading") it.page = byUrl.get(it.url.split("#")[0]);
    index.terms = [];
    let last = "";
    for (const line of raw.terms.split("\n")) {
      if (!line) continue;
      const [end, places] = line.slice(1).split(" ");
      last = [...last].slice(0, line.charCodeAt(0) - 65).join("") + end;
      let at = 0;
      index.terms.push([plain(last), places.split(",").map((it) => pages[at += parseInt(it, 36)])]);
    }
    // Words that mean the same: those of the theme, and the other names in the glossary.
    const groups = raw.words.same.split(";").map((it) => it.split(",").map(split));
    for (const [kind, , title, , keys] of raw.entries) {
      if (raw.kinds[kind] === "term" && keys) groups.push([title, ...keys.split(", ")].map(split));
    }
    index.same = groups;
  };

  // For each word of the query, it and what may stand for it, each with a weight: `post mortem` is `postmortem` too.
  const meanings = (words) => words.map((word, at) => {
    const all = [[word, 1]];
    if (at > 0) all.push([words[at - 1] + word, 0.9]);
    if (at + 1 < words.length) all.push([word + words[at + 1], 0.9]);
    for (const group of index.same) {
      const isOf = (phrase) => phrase.includes(word) && phrase.every((it) => words.includes(it));
      if (group.some(isOf)) for (const phrase of group) for (const it of phrase) all.push([it, 0.6]);
    }
    return all;
  });

  // The entries that one word finds, each with how well, from 0 to 1.
  const ofWord = (all) => {
    const found = new Map();
    const add = (entry, strength) => { if (strength > (found.get(entry) || 0)) found.set(entry, strength); };
    const look = (test) => {
      for (const [word, weight] of all) {
        for (const entry of index.entries) {
          for (const [it, ending] of entry.words) add(entry, weight * test(word, it, ending));
          for (const [it, ending] of entry.keys) add(entry, 0.8 * weight * test(word, it, ending));
        }
        const form = stem(word);
        for (const [it, pages] of index.terms) {
          const strength = 0.4 * weight * test(form, it, it);
          for (const page of pages) add(page, strength);
        }
      }
    };
    look(fit);
    if (!found.size) look(near);
    return found;
  };

  // A rare word tells more than a common one. A heading stands in the light of its page.
  const find = (text) => {
    const words = telling(split(text));
    const found = meanings(words).map(ofWord);
    const weights = found.map((it) => (it.size ? Math.log(1 + index.entries.length / it.size) : 0));
    const most = weights.reduce((one, other) => one + other, 0);
    const rank = (entry) => {
      let sum = 0;
      for (const [at, strengths] of found.entries()) {
        sum += weights[at] * Math.max(strengths.get(entry) || 0, 0.6 * (strengths.get(entry.page) || 0));
      }
      const told = entry.words.filter(([it, ending]) => words.some((word) => fit(word, it, ending) >= 0.8)).length;
      return (sum / most) * (1 + 0.3 * (told / (entry.words.length || 1)) + bonus[entry.kind]);
    };
    const entries = new Set(found.flatMap((it) => [...it.keys()]));
    const ranked = [...entries].map((it) => [rank(it), it]).sort((one, other) => other[0] - one[0]);
    // Each place once, and of the headings of a page the best two.
    const best = new Map();
    const ofPage = new Map();
    for (const [, it] of ranked) {
      const count = ofPage.get(it.page) || 0;
      if (best.has(it.url) || count > 1) continue;
      best.set(it.url, it);
      if (it.page) ofPage.set(it.page, count + 1);
    }
    return [...best.values()].slice(0, 10);
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
      open(window.handbookIndex);
      build(index.words);
      show();
    };
    document.head.append(script);
  };
})();
