// Looks at every page of a built site in Chromium: at two widths, in two color schemes.
//
//     node site.mjs CHROMIUM SITE [--html] [--only-ours] [--large] [--sheets=PAGE,PAGE]
//
// Prints a line for everything that is wrong, and ends with 1 where there is something: a violated
// accessibility rule, a script or style that the page's own policy refuses, a request to another host, a page
// that is wider than its window. With --html the HTML is validated too. With --only-ours, the text of the
// pages is left to its authors: accessibility is judged outside of it. With --large, pages are too long for the
// rules of accessibility, and only opened.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { finish, launch, pages, serve } from './lib.mjs';

const [executablePath, folder, ...flags] = process.argv.slice(2);
const root = resolve(folder);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

const { origin, close } = await serve(root);
const browser = await launch(executablePath);
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
      const violations = flags.includes('--large') ? [] : await tab.evaluate(async (onlyOurs) => {
        const exclude = onlyOurs ? [['main']] : [];
        const report = await globalThis.axe.run({ exclude }, { resultTypes: ['violations'] });
        return report.violations.map((it) => `${it.id} (${it.nodes.map((node) => node.target.join(' ')).join(', ')})`);
      }, flags.includes('--only-ours'));
      violations.forEach(tell);
      const overhang = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overhang > 1) tell(`is ${overhang} px wider than its window`);
      const isTurned = await tab.evaluate(() => [...document.querySelectorAll('code')].some((it) => getComputedStyle(it).direction !== 'ltr'));
      if (isTurned) tell('shows commands from right to left');
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
  close();
}
finish(wrong, `${all.length} pages, ${looks} looks`);
