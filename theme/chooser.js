// “Which severity is this?”: evaluates the decision table that the form carries, as `handbook classify` does.
// Each answer shows at once; the answers live in the address, as `#metric=2`: the third answer in the order of the table.
(() => {
  "use strict";
  const UNKNOWN = { certain: false, possible: true };
  const SILENT = { certain: true, possible: false };
  const worst = (one, other) => (one === null ? other : other === null ? one : Math.min(one, other));

  // A reply is the number of an answer, `null` for “not sure”, `undefined` for what was not asked yet.
  const standings = (table, replies, unasked, isAssuming) => {
    const list = [];
    const ofAnswer = ({ question, from, to, otherwise }) => {
      let reply = replies[question];
      if (reply === undefined) return unasked;
      if (reply === null && isAssuming && table.questions[question].no_if_open) reply = 0;
      if (reply === null) return otherwise === undefined ? UNKNOWN : list[otherwise];
      const holds = reply >= from && reply < to;
      return { certain: holds, possible: holds };
    };
    const ofMany = ({ needed, of }) => {
      const holds = (name) => of.filter((it) => list[it][name]).length >= needed;
      return { certain: holds("certain"), possible: holds("possible") };
    };
    for (const test of table.tests) {
      if (test.answer) list.push(ofAnswer(test.answer));
      else if (test.at_least) list.push(ofMany(test.at_least));
      else if (test.not) list.push({ certain: !list[test.not.test].possible, possible: !list[test.not.test].certain });
      else list.push(UNKNOWN);
    }
    return list;
  };
  const found = (table, list, name) => {
    const at = table.gives.findIndex((it) => it !== null && list[it][name]);
    let rank = at < 0 ? null : at;
    for (const { when, change } of table.moves) {
      const isMilder = "cap" in change || change.shift <= 0;
      if (!(isMilder ? list[when].certain && list[when].possible : list[when][name])) continue;
      if ("floor" in change) rank = worst(rank, change.floor);
      else if (rank !== null && "cap" in change) rank = Math.max(rank, change.cap);
      else if (rank !== null) rank = Math.min(Math.max(rank - change.shift, 0), table.severities - 1);
    }
    return rank === null ? table.default : rank;
  };
  const certain = (table, replies) => found(table, standings(table, replies, UNKNOWN, false), "certain");
  const possible = (table, replies) => found(table, standings(table, replies, SILENT, true), "possible");
  const known = (replies) => replies.map((it) => (it === undefined ? null : it));
  const decide = (table, replies) => {
    const all = known(replies);
    const sure = certain(table, all);
    return [sure, worst(sure, possible(table, all))];
  };
  const soFar = (table, replies) => {
    const sure = certain(table, known(replies));
    return table.assume_worst ? worst(sure, possible(table, replies)) : sure;
  };
  const next = (table, replies) => {
    const now = decide(table, replies);
    if (now[0] === now[1]) return null;
    let changing = null;
    for (const [at, question] of table.questions.entries()) {
      if (typeof replies[at] === "number" || question.is_spare) continue;
      for (let answer = 0; answer < question.count; answer++) {
        const then = decide(table, replies.map((it, place) => (place === at ? answer : it)));
        if (then[0] === now[1]) return at;
        if (changing === null && (then[0] !== now[0] || then[1] !== now[1])) changing = at;
      }
    }
    return changing;
  };

  // The questions whose answers make it so: those that do it alone, else those without which it would be another.
  // `none` are the replies of a form that nobody touched.
  const causes = (table, none, replies, rank) => {
    const told = [...none.keys()].filter((at) => replies[at] !== none[at]);
    const alone = told.filter((at) => soFar(table, none.map((it, place) => (place === at ? replies[at] : it))) === rank);
    if (alone.length) return alone;
    return told.filter((at) => soFar(table, replies.map((it, place) => (place === at ? none[at] : it))) !== rank);
  };

  const choose = (form) => {
    form.dataset.ready = "1";
    form.classList.add("live");
    const table = JSON.parse(form.dataset.table);
    const inputs = (name) => [...form.querySelectorAll("input")].filter((it) => it.name === name);
    const panels = [...form.querySelectorAll(".res")];
    const more = form.querySelector(".more");
    const why = form.querySelector(".why");
    const asked = (input) => input.closest("fieldset").querySelector("legend").textContent.trim();
    const answer = ({ name }) => {
      const chosen = inputs(name).find((it) => it.checked);
      return asked(chosen) + ": " + chosen.parentNode.textContent.trim();
    };
    const replies = () => table.questions.map(({ name, is_spare: isSpare }) => {
      const chosen = inputs(name).find((it) => it.checked);
      if (chosen && chosen.value !== "") return Number(chosen.value);
      return chosen || isSpare ? null : undefined;
    });
    const none = table.questions.map(({ name, is_spare: isSpare }) => (
      isSpare || inputs(name).some((it) => it.classList.contains("kept")) ? null : undefined));
    const title = (rank) => {
      const panel = rank === null ? null : form.querySelector(".r" + (rank + 1));
      return panel ? panel.dataset.id : form.dataset.none;
    };
    const show = () => {
      const all = replies();
      const isNew = !form.querySelector("input:checked:not(.kept)");
      const rank = soFar(table, all);
      const [sure, worse] = decide(table, all);
      const ask = isNew ? null : next(table, all);
      form.dataset.found = JSON.stringify({ rank, certain: sure, possible: worse, ask: ask === null ? null : table.questions[ask].name });
      const wanted = isNew ? "r0" : rank === null ? "rn" : "r" + (rank + 1);
      for (const panel of panels) panel.classList.toggle("on", panel.classList.contains(wanted));
      const reasons = isNew || rank === null ? [] : causes(table, none, all, rank).map((at) => answer(table.questions[at]));
      why.hidden = !reasons.length;
      why.textContent = form.dataset.because.replace("{answers}", () => reasons.join("; "));
      const first = ask === null ? null : inputs(table.questions[ask].name)[0];
      more.hidden = !first;
      if (first) {
        const question = asked(first);
        more.textContent = form.dataset.could.replace("{severity}", () => title(worse)).replace("{question}", () => question);
      }
      const bars = [...document.querySelectorAll(".sos .now")];
      for (const bar of bars) bar.classList.toggle("on", !isNew && bar.classList.contains("n" + (rank === null ? 0 : rank + 1)));
      for (const calm of document.querySelectorAll(".sos .calm")) calm.hidden = bars.some((it) => it.classList.contains("on"));
    };
    const answers = () => table.questions.flatMap(({ name }) => {
      const chosen = inputs(name).find((it) => it.checked && !it.classList.contains("kept"));
      return chosen ? [name + "=" + (chosen.value || "?")] : [];
    });
    form.addEventListener("change", () => {
      show();
      history.replaceState(null, "", "#" + answers().map(encodeURI).join("&"));
    });
    form.addEventListener("reset", () => setTimeout(() => {
      show();
      history.replaceState(null, "", location.pathname + location.search);
    }));
    let hash = location.hash.slice(1);
    try { hash = decodeURI(hash); } catch { hash = ""; }
    for (const pair of hash.split("&")) {
      const [name, value] = pair.split("=");
      const input = inputs(name).find((it) => (it.value || "?") === value);
      if (!input) continue;
      input.checked = true;
      const fold = input.closest("details");
      if (fold) fold.open = true;
    }
    show();
  };
  const dress = () => {
    const form = document.querySelector(".chooser");
    if (form && !form.dataset.ready) choose(form);
  };
  addEventListener("handbook:change", dress);
  dress();
})();
