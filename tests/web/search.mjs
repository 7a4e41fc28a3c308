// Asks the search of a built site what an on-call engineer asks, and counts how often the first result is an answer,
// one of the first three, one of the first five.
//
//     node search.mjs CHROMIUM HANDBOOK OURS [MKDOCS]
//
// HANDBOOK is a column of `questions.tsv`: the places that answer each question; a place without an anchor is a whole page.
// OURS is opened from the disk, and asked through its own dialog. MKDOCS is a site that MkDocs built, asked through the
// worker of its search plugin. Prints one line of JSON for each site.
import { readFileSync } from 'node:fs';
import { ask, launch, serve } from './lib.mjs';

const [executablePath, handbook, ours, mkdocs] = process.argv.slice(2);
const [head, ...rows] = readFileSync(new URL('questions.tsv', import.meta.url), 'utf8').trim().split('\n').map((it) => it.split('\t'));
const questions = rows.map((row) => [row[0], row[head.indexOf(handbook)].split(' ')]).filter(([, answers]) => answers[0] !== '-');

const score = (name, results) => {
  const places = questions.map(([, answers], at) => results[at].findIndex((it) => answers.includes(it) || answers.includes(it.split('#')[0])));
  const within = (count) => places.filter((it) => it >= 0 && it < count).length;
  const missed = questions.filter((_, at) => places[at] < 0 || places[at] >= 5).map(([question]) => question);
  console.log(JSON.stringify({ name, asked: questions.length, first: within(1), three: within(3), five: within(5), missed }));
};

const browser = await launch(executablePath);
try {
  const tab = await browser.newPage();
  const asked = questions.map(([question]) => question);
  score('handbook', await ask(tab, ours, asked));
  if (mkdocs) {
    const host = await serve(mkdocs);
    await tab.goto(`${host.origin}/search/search_index.json`);
    score('MkDocs', await tab.evaluate((list) => new Promise((done) => {
      const worker = new Worker('/search/worker.js');
      const answers = [];
      worker.onmessage = ({ data }) => {
        if (data.results) answers.push(data.results.map((it) => it.location));
        else if (!data.allowSearch) return;
        if (answers.length === list.length) done(answers);
        else worker.postMessage({ query: list[answers.length] });
      };
      worker.postMessage({ init: true });
    }), asked));
    host.close();
  }
} finally {
  await browser.close();
}
