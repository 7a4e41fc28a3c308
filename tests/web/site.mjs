// Looks at every page of a built site in Chromium: at two widths, in two color schemes.
//
//     node site.mjs SITE CHROMIUM [--html] [--only-ours] [--sheets=PAGE,PAGE]
//
// Prints a line for everything that is wrong, and ends with 1 where there is something: a violated
// accessibility rule, a script or style that the page's own policy refuses, a request to another host, a page
// that is wider than its window. With --html the HTML is validated too. With --only-ours, the text of the
// pages is left to its authors: accessibility is judged outside of it.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, relative, resolve, sep } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const [folder, executablePath, ...flags] = process.argv.slice(2);
const root = resolve(folder);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg',
};

/** Paths of all HTML files below a folder, in order. */
function pages(inside) {
  const found = [];
  for (const name of readdirSync(inside).sort()) {
    const path = join(inside, name);
    if (statSync(path).isDirectory()) found.push(...pages(path));
    else if (name.endsWith('.html')) found.push(relative(root, path).split(sep).join('/'));
  }
  return found;
}

/** A plain static host for the folder. */
function serve() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = resolve(root, '.' + (path.endsWith('/') ? path + 'index.html' : path));
    try {
      if (!file.startsWith(root + sep)) throw new Error('outside');
      const body = readFileSync(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream' });
      response.end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

const wrong = [];
const all = pages(root);

if (flags.includes('--html')) {
  const validate = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      'no-trailing-whitespace': 'off', 'require-sri': 'off', 'long-title': 'off', 'void-style': 'off', 'attr-quotes': 'off',
      'doctype-style': 'off', 'attribute-boolean-style': 'off', 'attribute-empty-style': 'off', 'wcag/h32': 'off',
      'prefer-native-element': ['error', { exclude: ['status', 'region'] }],
    },
  });
  for (const page of all) {
    const report = await validate.validateString(readFileSync(join(root, page), 'utf8'));
    for (const message of report.results.flatMap((it) => it.messages)) {
      wrong.push(`${page}:${message.line}: ${message.ruleId}: ${message.message}`);
    }
  }
}

const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-extensions', '--disable-dev-shm-usage',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});
let looks = 0;
try {
  for (const [width, colorScheme] of [[1440, 'light'], [1440, 'dark'], [390, 'light'], [390, 'dark']]) {
    const isPhone = width < 700;
    const context = await browser.newContext({
      viewport: { width, height: isPhone ? 844 : 900 }, isMobile: isPhone, hasTouch: isPhone, colorScheme,
      reducedMotion: 'reduce', serviceWorkers: 'block',
    });
    const tab = await context.newPage();
    let at = '';
    const tell = (text) => wrong.push(`${at} at ${width} ${colorScheme}: ${text}`);
    tab.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) tell(message.text());
    });
    tab.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) tell(`asks ${request.url()}`);
    });
    tab.on('pageerror', (error) => tell(error.message));
    for (at of all) {
      await tab.goto(`${origin}/${at}`, { waitUntil: 'load' });
      if (!tab.url().startsWith(`${origin}/${at}`)) continue;
      // Evaluated by the browser's own tools, so that the page keeps its strict policy.
      await tab.evaluate(axe);
      const violations = await tab.evaluate(async (onlyOurs) => {
        const exclude = onlyOurs ? [['main']] : [];
        const report = await globalThis.axe.run({ exclude }, { resultTypes: ['violations'] });
        return report.violations.map((it) => `${it.id} (${it.nodes.map((node) => node.target.join(' ')).join(', ')})`);
      }, flags.includes('--only-ours'));
      violations.forEach(tell);
      const overhang = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overhang > 1) tell(`is ${overhang} px wider than its window`);
      looks += 1;
    }
    await context.close();
  }
  // Each of these pages is printed on one sheet.
  const sheets = flags.find((it) => it.startsWith('--sheets='))?.slice(9).split(',') ?? [];
  for (const page of sheets) {
    const tab = await browser.newPage();
    await tab.goto(`${origin}/${page}`);
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1');
    const count = (pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
    if (count !== 1) wrong.push(`${page} takes ${count} sheets of paper`);
    await tab.close();
  }
} finally {
  await browser.close();
  server.close();
}
for (const line of wrong) console.log(line);
console.log(`${all.length} pages, ${looks} looks, ${wrong.length} wrong`);
process.exit(wrong.length > 0 ? 1 : 0);
