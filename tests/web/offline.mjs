// Stops the host of a site that was visited once, and reads on: the emergency set is there, each page says of when it
// is, and any other page leads to it.
//
//     node offline.mjs CHROMIUM SITE KEPT,KEPT NOT-KEPT
import { finish, launch, serve } from './lib.mjs';

const [executablePath, site, kept, other] = process.argv.slice(2);
const wrong = [];
const host = await serve(site);
const browser = await launch(executablePath);
try {
  const tab = await browser.newPage();
  await tab.goto(`${host.origin}/`);
  // The worker is active once all of the set is kept.
  await tab.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== 'activated') await new Promise((done) => { active.onstatechange = () => active.state === 'activated' && done(); });
  });
  host.close();
  for (const path of kept.split(',')) {
    await tab.goto(`${host.origin}/${path}`);
    if (new URL(tab.url()).pathname !== `/${path}`) wrong.push(`${path} leads to ${tab.url()}`);
    const [words, note, rules] = await tab.evaluate(() => [
      document.querySelector('main').innerText.length, document.querySelector('.copyof')?.innerText ?? '', document.styleSheets[0]?.cssRules.length ?? 0,
    ]);
    if (words < 200) wrong.push(`${path}: ${words} letters are left`);
    if (!/^Copy of .*\d/.test(note)) wrong.push(`${path}: says "${note}" of its age`);
    if (rules < 50) wrong.push(`${path}: has no style`);
  }
  await tab.goto(`${host.origin}/${other}`);
  if (new URL(tab.url()).pathname !== '/') wrong.push(`${other} leads to ${tab.url()}`);
  await tab.keyboard.press('Control+k');
  await tab.locator('#search[open]').waitFor({ timeout: 5000 }).catch(() => wrong.push('no search without the host'));
} finally {
  await browser.close();
}
finish(wrong, `${kept.split(',').length} pages kept`);
