// What the pages do beyond HTML and CSS: copy buttons, search on demand, a copy for offline.
// Author text only ever becomes a text node.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const at = (path) => new URL(path, here).href;
  const body = document.body;
  const all = (selector) => document.querySelectorAll(selector);

  // Copying falls back to selecting, where the browser does not let a page write to the clipboard.
  const copy = (button, source) => {
    const label = button.firstChild;
    const select = () => {
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    };
    const done = () => {
      const before = label.textContent;
      label.textContent = body.dataset.copied;
      setTimeout(() => { label.textContent = before; }, 2000);
    };
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(source.textContent.trim()).then(done, select);
  };

  const hidden = (text) => {
    const span = document.createElement("span");
    span.className = "hide";
    span.textContent = " " + text;
    return span;
  };

  const dress = () => {
    // Only the reader's clock knows whether a review is overdue; the page was built before.
    for (const note of all("[data-due]")) note.hidden = new Date(note.dataset.due) > new Date();
    for (const block of all("main pre")) {
      if (block.parentNode.classList.contains("code-box")) continue;
      const box = document.createElement("div");
      const button = document.createElement("button");
      box.className = "code-box";
      button.type = "button";
      button.append(body.dataset.copy, hidden(body.dataset.copyCode));
      button.addEventListener("click", () => copy(button, block.querySelector("code") || block));
      block.replaceWith(box);
      box.append(block, button);
    }
  };

  const search = () => {
    if (window.handbookSearch) return window.handbookSearch();
    if (search.loading) return;
    search.loading = true;
    const script = document.createElement("script");
    script.src = at("search.js");
    script.onload = () => window.handbookSearch();
    script.onerror = () => { search.loading = false; };
    document.head.append(script);
  };

  document.documentElement.classList.add("js");
  const unfold = (selector, width) => {
    const fold = document.querySelector(selector);
    if (fold && matchMedia(`(min-width: ${width}rem)`).matches) fold.open = true;
  };
  unfold(".side > .menu", 64);
  unfold(".toc > .menu", 82);
  for (const button of all("[data-copy-from]")) {
    button.addEventListener("click", () => copy(button, document.getElementById(button.dataset.copyFrom)));
  }
  for (const button of all(".find")) button.addEventListener("click", search);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      search();
    }
    if (event.key === "Escape" && document.activeElement.classList.contains("term")) document.activeElement.blur();
  });
  addEventListener("handbook:change", dress);
  dress();
  if ("serviceWorker" in navigator && location.protocol !== "file:" && body.dataset.offline) {
    addEventListener("load", () => setTimeout(() => navigator.serviceWorker.register(at("../sw.js")).catch(() => {}), 1500));
  }
})();
