// Weighs a site as its readers load it, in gzip, and ends with 1 where it is over the budget.
//
//     node budget.mjs CHROMIUM SITE [--only-ours] [--command TEXT]
//
// The budgets are those of the design: a first visit to a page without its images 15 KiB, with a table of severities
// 25 KiB, in 4 requests; a second visit 8 KiB; style 6 KiB, scripts 5 KiB; the search 6 KiB of script and, for each 50
// pages, 25 KiB of index; nothing stored. With --only-ours the text of a page is its authors' and not weighed. With
// --command, the text stands in the first screen of a phone, on every page.
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { finish, launch, pages, serve } from './lib.mjs';

const [executablePath, site, ...flags] = process.argv.slice(2);
const root = resolve(site);
const command = flags.includes('--command') ? flags[flags.indexOf('--command') + 1] : null;
const KIB = 1024;
const packed = (text) => gzipSync(text).length;
const wrong = [];
const heaviest = new Map();
const note = (what, size, most, where) => {
  if (size > (heaviest.get(what)?.size ?? -1)) heaviest.set(what, { size, where });
  if (size > most) wrong.push(`${where}: ${what} is ${(size / KIB).toFixed(1)} KiB, over ${most / KIB}`);
};

const host = await serve(root);
const browser = await launch(executablePath);
const all = pages(root);
try {
  for (const path of all) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
    const tab = await context.newPage();
    const sizes = new Map();
    const responses = [];
    tab.on('response', (response) => responses.push(response));
    await tab.goto(`${host.origin}/${path}`, { waitUntil: 'load' });
    for (const response of responses) {
      const isOfAuthors = response.request().resourceType() === 'stylesheet' && !response.url().includes('/theme/');
      const type = isOfAuthors ? 'style of the authors' : response.request().resourceType();
      const { responseBodySize: size } = await response.request().sizes();
      if (type === 'image') continue;
      const [count, sum] = sizes.get(type) ?? [0, 0];
      sizes.set(type, [count + 1, sum + size]);
    }
    const { text, isTable, stored, isSeen } = await tab.evaluate((wanted) => {
      const range = document.createRange();
      const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const inSight = () => {
        const box = range.getBoundingClientRect();
        return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
      };
      let seen = wanted === null;
      while (!seen && nodes.nextNode()) {
        range.selectNode(nodes.currentNode);
        seen = nodes.currentNode.data.includes(wanted) && inSight();
      }
      return {
        text: document.querySelector('main').innerHTML, isTable: document.querySelector('.sevs') !== null,
        stored: document.cookie.length + localStorage.length + sessionStorage.length, isSeen: seen,
      };
    }, command);
    const size = (type) => sizes.get(type)?.[1] ?? 0;
    const authors = flags.includes('--only-ours') ? packed(text) : 0;
    const visit = [...sizes.values()].reduce((sum, it) => sum + it[1], 0) - authors;
    const requests = [...sizes.values()].reduce((sum, it) => sum + it[0], 0);
    note('a first visit', visit, (isTable ? 25 : 15) * KIB, path);
    // A file that stands alone is had whole each time.
    if (requests > 1) note('a second visit', size('document') - authors, 8 * KIB, path);
    note('style', size('stylesheet'), 6 * KIB, path);
    note('script', size('script'), 5 * KIB, path);
    if (requests > 4) wrong.push(`${path}: ${requests} requests`);
    if (stored > 0) wrong.push(`${path}: stores something`);
    if (!isSeen) wrong.push(`${path}: "${command}" is not in the first screen`);
    await context.close();
  }
} finally {
  await browser.close();
  host.close();
}
const file = (path) => packed(readFileSync(join(root, path)));
note('script of the search', file('theme/search.js'), 6 * KIB, 'theme/search.js');
note('index of the search', file('search-index.js'), 25 * KIB * Math.ceil(all.length / 50), 'search-index.js');
note('all pages', all.reduce((sum, path) => sum + statSync(join(root, path)).size, 0), 1024 * KIB, 'the site');
for (const [what, { size, where }] of heaviest) console.log(`${what}: ${(size / KIB).toFixed(1)} KiB at most, ${where}`);
finish(wrong, `${all.length} pages weighed`);
