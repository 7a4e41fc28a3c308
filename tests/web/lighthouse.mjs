// Lighthouse over pages of a built site: the median of five runs each, on a phone with a slow network and on a desktop.
// Needs `npm ci` with its development packages, and a machine with nothing else to do.
//
//     node lighthouse.mjs CHROMIUM SITE PAGE...
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { serve } from './lib.mjs';

const RUNS = 5;
const [chromePath, site, ...paths] = process.argv.slice(2);
const median = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

const host = await serve(site);
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
try {
  for (const path of paths) {
    for (const [form, config] of [['phone', undefined], ['desktop', desktopConfig]]) {
      const reports = [];
      while (reports.length < RUNS) {
        const { lhr } = await lighthouse(`${host.origin}/${path}`, { port: chrome.port, logLevel: 'error' }, config);
        reports.push(lhr);
      }
      const scores = Object.keys(reports[0].categories).map((it) => `${it} ${Math.round(100 * median(reports.map((lhr) => lhr.categories[it].score)))}`);
      const audit = (name) => median(reports.map((lhr) => lhr.audits[name].numericValue));
      const times = `LCP ${Math.round(audit('largest-contentful-paint'))} ms, blocked ${Math.round(audit('total-blocking-time'))} ms, shift ${audit('cumulative-layout-shift').toFixed(3)}`;
      console.log(`${form} ${path || '/'}: ${scores.join(', ')}; ${times}`);
    }
  }
} finally {
  chrome.kill();
  host.close();
}
