// Asks the search of a site that is opened from the disk, through its own dialog.
//
//     node ask.mjs CHROMIUM SITE QUESTIONS
//
// QUESTIONS is a list in JSON; prints, as JSON, the places that are found for each, the best first.
import { ask, launch } from './lib.mjs';

const [executablePath, site, questions] = process.argv.slice(2);
const browser = await launch(executablePath);
try {
  console.log(JSON.stringify(await ask(await browser.newPage(), site, JSON.parse(questions))));
} finally {
  await browser.close();
}
