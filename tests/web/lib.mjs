// What the looks at a built site share: its pages, a plain static host for it, and a browser that reaches nothing else.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg',
};

/** Paths of all HTML files of a site, in order. */
export function pages(root, inside = root) {
  const found = [];
  for (const name of readdirSync(inside).sort()) {
    const path = join(inside, name);
    if (statSync(path).isDirectory()) found.push(...pages(root, path));
    else if (name.endsWith('.html')) found.push(relative(root, path).split(sep).join('/'));
  }
  return found;
}

/** A plain static host for a folder, as a company has one: files, gzip, and the site's own page for what is not there. */
export async function serve(root) {
  const read = (path) => {
    const file = resolve(root, '.' + (path.endsWith('/') ? path + 'index.html' : path));
    if (!file.startsWith(resolve(root) + sep)) throw new Error('outside');
    return [file, readFileSync(file)];
  };
  const server = createServer((request, response) => {
    let status = 200;
    let found;
    try {
      found = read(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    } catch {
      status = 404;
      try { found = read('/404.html'); } catch { found = ['none.txt', Buffer.from('not found')]; }
    }
    const [file, body] = found;
    const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
    const isText = /text|json|svg/.test(type) && /gzip/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(status, { 'content-type': type, ...(isText && { 'content-encoding': 'gzip' }) });
    response.end(isText ? gzipSync(body) : body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

/** Chromium, which finds no host but this one. */
export const launch = (executablePath) => chromium.launch({
  executablePath,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-extensions', '--disable-dev-shm-usage',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});

/** Asks the search of a site that is opened from the disk, with its keys; the places found for each question. */
export async function ask(tab, site, questions) {
  const root = pathToFileURL(resolve(site)).href + '/';
  await tab.goto(root + 'index.html');
  await tab.keyboard.press('Control+k');
  const input = tab.locator('#search input');
  const found = [];
  for (const question of questions) {
    await input.fill(question);
    const links = await tab.locator('#search li a').evaluateAll((all) => all.map((it) => it.href));
    found.push(links.map((it) => it.slice(root.length).replace('index.html', '')));
  }
  return found;
}

/** Prints what is wrong, and ends with 1 where something is. */
export function finish(wrong, summary) {
  for (const line of wrong) console.log(line);
  console.log(`${summary}, ${wrong.length} wrong`);
  process.exit(wrong.length > 0 ? 1 : 0);
}
