// Walks pages with the keyboard alone: every interactive thing is reached, in sight and with a focus that shows; there is
// a way on from each; the skip link skips; the search opens, finds, leads and closes. Over HTTP, and from the disk.
//
//     node keyboard.mjs CHROMIUM SITE OFFLINE PAGE...
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { finish, launch, serve } from './lib.mjs';

const [executablePath, site, offline, ...paths] = process.argv.slice(2);
const wrong = [];
const host = await serve(site);
const browser = await launch(executablePath);

/** Numbers all that a keyboard has to reach; of radio buttons with one name, the browser stops at one. */
const number = () => {
  const all = [...document.querySelectorAll('a[href], button, input, summary, select, textarea, [tabindex="0"]')];
  const shown = all.filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.disabled);
  const groups = new Map();
  for (const it of shown) {
    const group = it.type === 'radio' ? it.name : groups.size;
    if (!groups.has(group)) groups.set(group, groups.size);
    it.dataset.stop = groups.get(group);
  }
  return groups.size;
};

/** What has the focus, and what is wrong with how it shows. */
const focused = () => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const shows = [it, it.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one));
  // A link may go over two lines: its first part is looked at.
  const [box] = it.getClientRects();
  const at = document.elementFromPoint(Math.max(box.left, 0) + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 20) / 2);
  const faults = [];
  if (!shows.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)) faults.push('shows no focus');
  if (box.bottom <= 0 || box.top >= innerHeight) faults.push('is out of sight');
  else if (at && !it.contains(at) && !at.contains(it)) faults.push(`is covered by ${at.tagName} ${at.className}`);
  return { stop: Number(it.dataset.stop), name: `${it.tagName} "${it.textContent.trim().slice(0, 30)}"`, faults };
};

async function walk(tab, tell) {
  const count = await tab.evaluate(number);
  const reached = new Set();
  for (let steps = 0; steps < count + 5; steps += 1) {
    await tab.keyboard.press('Tab');
    const now = await tab.evaluate(focused);
    if (!now) break;
    if (reached.has(now.stop)) break;
    for (const fault of now.faults) tell(`${now.name} ${fault}`);
    reached.add(now.stop);
  }
  for (let stop = 0; stop < count; stop += 1) {
    if (!reached.has(stop)) tell(`not reached: ${await tab.evaluate((at) => document.querySelector(`[data-stop="${at}"]`).outerHTML.slice(0, 120), stop)}`);
  }
}

async function skip(tab, tell) {
  await tab.reload();
  await tab.keyboard.press('Tab');
  if (!(await tab.evaluate(() => document.activeElement.classList.contains('skip')))) tell('the first stop is no skip link');
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Tab');
  if (!(await tab.evaluate(() => document.activeElement.closest('main')))) tell('the skip link does not lead into the text');
}

async function search(tab, tell) {
  await tab.evaluate(() => document.querySelector('.find').focus());
  await tab.keyboard.press('Enter');
  await tab.locator('#search[open]').waitFor();
  await tab.keyboard.press('Escape');
  if (await tab.evaluate(() => !document.activeElement.classList.contains('find'))) tell('the focus is lost after a search');
  await tab.keyboard.press('Control+k');
  await tab.keyboard.type('sev2');
  const said = await tab.locator('#search [role=status]').textContent();
  if (!/\d/.test(said)) tell(`a search says "${said}"`);
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Tab');
  const link = await tab.evaluate(() => document.activeElement.href ?? '');
  if (!link.endsWith('#sev-2')) tell(`the first result of a search for "sev2" is "${link}"`);
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**#sev-2');
  await tab.keyboard.press('Control+k');
  await tab.locator('#search[open]').waitFor();
  await tab.keyboard.type('comander');
  await tab.keyboard.press('Enter');
  await tab.waitForURL((url) => url.pathname.includes('incident-commander'));
}

try {
  for (const width of [1440, 390]) {
    const tab = await browser.newPage({ viewport: { width, height: 844 }, reducedMotion: 'reduce' });
    for (const path of paths) {
      const tell = (text) => wrong.push(`${path} at ${width}: ${text}`);
      await tab.goto(`${host.origin}/${path}`);
      await walk(tab, tell);
      await skip(tab, tell);
    }
    for (const start of [`${host.origin}/${paths[0]}`, pathToFileURL(join(resolve(offline), paths[0])).href]) {
      await tab.goto(start);
      await search(tab, (text) => wrong.push(`${start} at ${width}: ${text}`));
    }
    await tab.close();
  }
} finally {
  await browser.close();
  host.close();
}
finish(wrong, `${paths.length} pages walked`);
