// The preview in a real browser: `node preview.mjs HANDBOOK CHROMIUM`. Edits a handbook while its page is open,
// and checks that the page follows and that the reader loses nothing. Needs no packages: Chromium is steered
// through a pipe.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [handbook, chromium] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "preview-"));
const root = join(folder, "book");
const own = new URL("../../content", import.meta.url).pathname;
const children = [];

const start = (program, options, stdio) => {
  const child = spawn(program, options, { stdio });
  children.push(child);
  return child;
};

const serve = () => new Promise((found, failed) => {
  const child = start(handbook, ["serve", "--root", root, "--port", "0"], ["ignore", "ignore", "pipe"]);
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
    const address = said.match(/http:\/\/127\.0\.0\.1:\d+\//);
    if (address) found(address[0]);
  });
  child.on("exit", () => failed(new Error("serve ended: " + said)));
});

// The protocol of the developer tools, one JSON text after the other with a zero byte between.
const browser = () => {
  const options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
    "--user-data-dir=" + join(folder, "profile"), "--window-size=1280,800"];
  const child = start(chromium, options, ["ignore", "ignore", "ignore", "pipe", "pipe"]);
  const waiting = new Map();
  const problems = [];
  let rest = "";
  let last = 0;
  child.stdio[4].on("data", (data) => {
    const texts = (rest + data).split("\0");
    rest = texts.pop();
    for (const message of texts.map((it) => JSON.parse(it))) {
      if (message.method === "Runtime.exceptionThrown") problems.push(JSON.stringify(message.params.exceptionDetails));
      if (message.method === "Log.entryAdded" && message.params.entry.level === "error") problems.push(message.params.entry.text);
      const [found, failed] = waiting.get(message.id) || [];
      if (message.error && failed) failed(new Error(JSON.stringify(message.error)));
      else if (found) found(message.result);
    }
  });
  const send = (method, params = {}, sessionId) => new Promise((found, failed) => {
    waiting.set(++last, [found, failed]);
    child.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId }) + "\0");
  });
  return { send, problems };
};

const pause = (milliseconds) => new Promise((end) => setTimeout(end, milliseconds));

const run = async () => {
  cpSync(own, join(root, "content"), { recursive: true });
  const page = join(root, "content/start/severity.md");
  const long = Array.from({ length: 60 }, (_, at) => `\n## Part ${at}\n\nText of part ${at}.\n`).join("");
  appendFileSync(page, long);
  const address = await serve();
  const { send, problems } = browser();
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  await send("Runtime.enable", {}, sessionId);
  await send("Log.enable", {}, sessionId);
  const evaluate = async (expression) => {
    const answer = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
    if (answer.exceptionDetails) throw new Error(expression + ": " + JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  };
  const until = async (what, expression) => {
    for (let tries = 0; tries < 600; tries += 1) {
      // A page that is being loaded anew cannot answer.
      if (await evaluate(expression).catch(() => false)) return;
      await pause(50);
    }
    throw new Error("not seen: " + what + "\n" + await evaluate("document.body.innerText.slice(0, 2000)"));
  };
  const must = async (what, expression) => {
    if (!(await evaluate(expression))) throw new Error("not so: " + what);
  };
  const panel = "document.querySelector('handbook-diagnostics').shadowRoot";

  await send("Page.navigate", { url: address + "start/severity/" }, sessionId);
  await until("the page", "document.readyState === 'complete' && !!document.querySelector('handbook-diagnostics')");
  await until("the badge", panel + ".querySelector('.badge').textContent !== ''");
  await evaluate("window.sameDocument = true");
  await evaluate("const fold = document.querySelector('details'); fold.open = !fold.open; window.fold = fold.open; 0");
  await must("a form", "!!document.querySelector('main form input[type=radio]')");
  await evaluate("document.querySelectorAll('main form input[type=radio]')[1].click()");
  await evaluate("document.getElementById('part-30').scrollIntoView({ behavior: 'instant' })");
  await evaluate("window.stood = document.getElementById('part-30').getBoundingClientRect().top");

  // An edit above and below what the reader sees.
  const text = readFileSync(page, "utf8");
  writeFileSync(page, text.replace("Text of part 2.", "Text of part 2, and much more.\n\nMore.\n\nMore.\n\nMore.") + "\nThe very new end.\n");
  await until("the new text", "document.querySelector('main').textContent.includes('The very new end.')");
  await must("the same document", "window.sameDocument === true");
  await must("the fold", "document.querySelector('details').open === window.fold");
  await must("the answer", "document.querySelectorAll('main form input[type=radio]')[1].checked");
  await must("the place", "Math.abs(document.getElementById('part-30').getBoundingClientRect().top - window.stood) < 3");

  // A mistake opens the panel, with its text as text.
  writeFileSync(page, text + "\nSee [this](nowhere.md \"<img src=x onerror=alert(1)>\").\n");
  await until("the finding", panel + ".querySelector('.panel').textContent.includes('nowhere.md')");
  await must("an open panel", "!" + panel + ".querySelector('.panel').hidden");
  await must("the badge", panel + ".querySelector('.badge').className.includes('error')");
  await must("no node from text", "!" + panel + ".querySelector('img')");

  // The place is marked in the page, and the mark leads to the finding.
  const mark = panel + ".querySelector('.mark')";
  await until("a mark", "!!" + mark);
  const block = "[...document.querySelectorAll('main p[data-src]')].at(-1)";
  await must("where the block is written", block + ".dataset.src.startsWith('content/start/severity.md:')");
  await must("a mark beside the block", `Math.abs(${mark}.getBoundingClientRect().top - ${block}.getBoundingClientRect().top) < 2`);
  await evaluate(panel + ".querySelector('.close').click()");
  await must("a closed panel", panel + ".querySelector('.panel').hidden");
  await evaluate(mark + ".click()");
  await must("the entry of the mark", panel + ".activeElement.textContent.includes('nowhere.md')");

  // The page as others see it.
  const press = (text) => evaluate(`[...${panel}.querySelectorAll('button')].find((it) => it.textContent === '${text}').click()`);
  const ground = "getComputedStyle(document.body).backgroundColor";
  await press("Views");
  await evaluate(`window.ground = ${ground}`);
  await press("Dark");
  await must("a dark page", `${ground} !== window.ground`);
  await press("Dark");
  await must("a light page", `${ground} === window.ground`);
  await press("Grey");
  await press("Without red (protanopia)");
  await must("filters", "getComputedStyle(document.documentElement).filter.includes('protanopia')");
  await press("Grey");
  await press("Without red (protanopia)");
  await must("no filters", "getComputedStyle(document.documentElement).filter === 'none'");
  await press("Print");
  await must("no menu on paper", "getComputedStyle(document.querySelector('nav.side')).display === 'none'");
  await press("Print");
  await must("a menu", "getComputedStyle(document.querySelector('nav.side')).display !== 'none'");

  writeFileSync(page, text);
  await until("no mark", "!" + mark);
  await until("no finding", "!" + panel + ".querySelector('.panel').textContent.includes('nowhere.md')");

  // A style without a reload, a policy file, and settings that are half written.
  const style = "html { outline: 7px solid rgb(1, 2, 3) }\n";
  cpSync(new URL("../../theme/style.css", import.meta.url).pathname, join(root, "theme/style.css"));
  appendFileSync(join(root, "theme/style.css"), style);
  await until("the style", "getComputedStyle(document.documentElement).outlineColor === 'rgb(1, 2, 3)'");
  await must("the same document", "window.sameDocument === true");
  const policy = join(root, "content/policy/severities.yml");
  const name = readFileSync(policy, "utf8").match(/^\s+name: (.+)$/m)[1];
  writeFileSync(policy, readFileSync(policy, "utf8").replace("name: " + name, "name: Freshly named"));
  await until("the policy", "document.querySelector('main').textContent.includes('Freshly named')");
  writeFileSync(join(root, "handbook.yml"), "title: \"half");
  await until("the trouble", panel + ".querySelector('.badge').textContent.startsWith('Not up to date')");
  await must("the last good page", "document.querySelector('main').textContent.includes('Freshly named')");
  writeFileSync(join(root, "handbook.yml"), "title: Whole again\n");
  await until("the title", "document.title.includes('Whole again')");
  if (problems.length) throw new Error("the console is not silent: " + problems.join("\n"));
  // A browser that is killed leaves processes behind, which go on writing to its folder.
  const closed = new Promise((end) => children.at(-1).on("exit", end));
  await send("Browser.close");
  await closed;
};

let code = 0;
try {
  await run();
} catch (error) {
  console.error(error.stack);
  code = 1;
}
for (const child of children) child.kill("SIGKILL");
rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
process.exit(code);
