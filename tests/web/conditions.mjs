// Reads pages as people set up their browsers: forced colors, twice the size, no motion, no scripts.
//
//     node conditions.mjs CHROMIUM SITE PAGE...
//
// Of the pages, one has the questions that lead to a severity.
import { finish, launch, serve } from './lib.mjs';

const [executablePath, site, ...paths] = process.argv.slice(2);
const wrong = [];
const host = await serve(site);
const browser = await launch(executablePath);

/** What stands out in forced colors: each of these needs a border, as its fill is taken away. */
const bordered = () => [...document.querySelectorAll('.sev, .sos, .admonition, .do, .line th, button')]
  .filter((it) => it.checkVisibility() && parseFloat(getComputedStyle(it).borderTopWidth) < 1)
  .map((it) => `${it.tagName}.${it.className} has no border`);

/** Text that is cut off, and things beyond the edge of the window. */
const lost = () => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) faults.push(`is ${root.scrollWidth - root.clientWidth} px wider than its window`);
  for (const it of document.querySelectorAll('body *')) {
    const style = getComputedStyle(it);
    const isCut = /hidden|clip/.test(style.overflow) && it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1;
    if (isCut && it.checkVisibility() && it.textContent.trim()) faults.push(`cuts off ${it.tagName} "${it.textContent.trim().slice(0, 40)}"`);
  }
  return faults;
};

/** The words of the text, without what only a script makes of it. */
const words = () => document.querySelector('main').innerText.replace(/\s+/g, ' ').trim();

async function each(options, look) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const tab = await context.newPage();
  for (const path of paths) {
    await tab.goto(`${host.origin}/${path}`);
    await look(tab, (text) => wrong.push(`${path}: ${text}`));
  }
  await context.close();
}

try {
  for (const colorScheme of ['light', 'dark']) {
    await each({ forcedColors: 'active', colorScheme }, async (tab, tell) => (await tab.evaluate(bordered)).forEach((it) => tell(`${it} in forced colors`)));
  }
  // 1280 by 1024 px at 400 % are 320 by 256, as WCAG 1.4.10 asks; 1440 at 200 % are 720.
  await each({ viewport: { width: 320, height: 256 } }, async (tab, tell) => (await tab.evaluate(lost)).forEach((it) => tell(`${it} at 400 %`)));
  await each({ viewport: { width: 720, height: 450 } }, async (tab, tell) => {
    (await tab.evaluate(lost)).forEach((it) => tell(`${it} at 200 %`));
    // And letters of twice the size, as in the settings of a browser.
    await tab.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    (await tab.evaluate(lost)).forEach((it) => tell(`${it} in large type`));
    const bar = await tab.evaluate(() => document.querySelector('.sos').offsetHeight / innerHeight);
    if (bar > 0.4) tell(`the emergency bar takes ${Math.round(bar * 100)} % of the window in large type`);
  });
  await each({ reducedMotion: 'reduce' }, async (tab, tell) => {
    const moving = await tab.evaluate(() => [...document.querySelectorAll('*')].filter((it) => {
      const style = getComputedStyle(it);
      return style.scrollBehavior === 'smooth' || style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
    }).map((it) => it.tagName));
    if (moving.length > 0) tell(`moves ${moving}`);
  });
  const scripted = new Map();
  await each({}, async (tab) => scripted.set(new URL(tab.url()).pathname, await tab.evaluate(words)));
  await each({ javaScriptEnabled: false }, async (tab, tell) => {
    const with_ = new Set(scripted.get(new URL(tab.url()).pathname).split(' '));
    const without = new Set((await tab.locator('main').innerText()).split(/\s+/));
    const missing = [...with_].filter((it) => !without.has(it));
    if (missing.some((it) => !['Copy', 'code'].includes(it))) tell(`without scripts these words are gone: ${missing.slice(0, 10)}`);
    if (await tab.locator('.chooser').count() === 0) return;
    // Nothing is sent and nothing asked: the style alone shows the answer.
    await tab.locator('.chooser input').first().check();
    const shown = await tab.locator('.chooser .res[data-id]:visible').count();
    if (shown !== 1) tell(`without scripts ${shown} severities are shown`);
  });
} finally {
  await browser.close();
  host.close();
}
finish(wrong, `${paths.length} pages`);
