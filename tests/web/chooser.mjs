// Holds the questions of a page equal with `handbook classify`, on random answers.
//
//     node chooser.mjs CHROMIUM SITE HANDBOOK ROOT [PAGE]
//
// The page is opened from the disk. Prints a line for everything that differs, and ends with 1 where something does.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { finish, launch } from './lib.mjs';

const [executablePath, site, handbook, root, page = 'index.html'] = process.argv.slice(2);
const address = pathToFileURL(join(resolve(site), page)).href;

// Numbers that are the same in every run (mulberry32).
let seed = 5;
const random = (below) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let it = Math.imul(seed ^ (seed >>> 15), seed | 1);
  it ^= it + Math.imul(it ^ (it >>> 7), it | 61);
  return ((it ^ (it >>> 14)) >>> 0) % below;
};

const wrong = [];
const browser = await launch(executablePath);
try {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => wrong.push(error.message));
  tab.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  await tab.goto(address);
  const { ids, questions, simple } = await tab.evaluate(() => {
    const form = document.querySelector('.chooser');
    return {
      ids: [...form.querySelectorAll('.res[data-id]')].map((it) => it.dataset.id),
      questions: JSON.parse(form.dataset.table).questions.filter((it) => !it.is_spare),
      simple: !form.classList.contains('needs-script'),
    };
  });
  const id = (rank) => (rank === null ? null : ids[rank]);
  for (let times = 0; times < 25; times += 1) {
    const answers = questions.map(({ name, count }) => `${name}=${random(4) === 0 ? '?' : random(3) === 0 ? count - 1 : random(count)}`);
    const hash = '#' + answers.join('&');
    const said = JSON.parse(execFileSync(handbook, ['classify', '--root', root, '--format', 'json', hash], { encoding: 'utf8' }));
    await tab.goto('about:blank');
    await tab.goto(address + hash);
    const found = await tab.evaluate(() => {
      const panels = [...document.querySelectorAll('.chooser .res')].filter((it) => it.checkVisibility());
      return { ...JSON.parse(document.querySelector('.chooser').dataset.found), panels: panels.map((it) => it.dataset.id ?? null) };
    });
    const here = [id(found.rank), id(found.certain), id(found.possible), found.ask, found.panels.join()];
    const there = [said.severity, said.certain, said.possible, said.ask?.name ?? null, said.severity ?? ''];
    if (JSON.stringify(here) !== JSON.stringify(there)) wrong.push(`${hash}: the page says ${here}, the command ${there}`);
  }
  // A click shows the answer at once and puts it into the address.
  await tab.goto(address);
  const name = questions[0].name;
  await tab.evaluate((it) => document.querySelector(`.chooser [name="${it}"]`).click(), name);
  if (!(await tab.evaluate(() => location.hash)).startsWith(`#${name}=`)) wrong.push('the answer is not in the address');
  // And says which answer makes it so.
  const worst = await tab.evaluate((it) => {
    const input = document.querySelector(`.chooser [name="${it}"]`);
    return [document.querySelector('.chooser .res[data-id].on') !== null, input.parentNode.textContent.trim(), document.querySelector('.why').innerText];
  }, name);
  if (worst[0] && !worst[2].endsWith(`: ${worst[1]}`)) wrong.push(`"${worst[1]}" is no reason, but "${worst[2]}"`);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const bare = await context.newPage();
  await bare.goto(address);
  const first = bare.locator(`.chooser [name="${name}"]`).first();
  if (simple) {
    await first.click();
    const shown = await bare.locator('.chooser .res[data-id]:visible').count();
    if (shown !== 1) wrong.push(`without scripts ${shown} severities are shown`);
  } else if (await first.isVisible() || !(await bare.locator('.no-script').isVisible())) {
    wrong.push('without scripts there are questions that nothing answers');
  }
} finally {
  await browser.close();
}
finish(wrong, '25 sets of answers');
