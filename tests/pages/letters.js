// Every letter in every language and in all its circumstances, as HTML in a real Chromium: on a phone of 360 pixels and on a
// wide screen nothing is cut off, buttons are large enough, the language is said, no placeholder and no empty paragraph is left, and axe finds contrast and
// structure in order, by day and by night. LETTERS=DIR keeps the letters, their pictures and a sheet of all for people to look at.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

let number = 0;
let failed = 0;
function ok(isGood, sentence, details) {
  console.log(`${isGood ? 'ok' : 'not ok'} ${++number} - ${sentence}`);
  if (isGood) return;
  failed++;
  for (const line of [].concat(details || []).slice(0, 20)) console.log(`#   ${line}`);
}

const root = process.env.ROOT || path.resolve(__dirname, '../..');
const tools = process.env.TOOLS || path.join(root, 'build/test/tools');
const kept = process.env.LETTERS;
const place = kept || fs.mkdtempSync(path.join(process.env.TEST_TMP || require('os').tmpdir(), 'letters-'));
if (!kept) process.on('exit', () => fs.rmSync(place, { recursive: true, force: true }));
if (!process.env.KIEZPOST_SHARE) process.env.KIEZPOST_SHARE = path.join(root, 'share');
execFileSync(path.join(tools, 'render_letters'), [place]);

const languages = ['de', 'de-x-leicht', 'en'];
const letters = languages.flatMap((language) =>
  fs.readdirSync(path.join(place, language)).filter((file) => file.endsWith('.html')).sort()
    .map((file) => ({ language, name: `${language}/${file.replace('.html', '')}`, html: fs.readFileSync(path.join(place, language, file), 'utf8') })));
const widths = [360, 1200];

// Shows letters one after another in the page and says what is wrong with each. Runs in the browser.
function lookAt(letters) {
  const faults = [];
  for (const { name, html } of letters) {
    document.open();
    document.write(html);
    document.close();
    const say = (fault) => faults.push(`${name}: ${fault}`);
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) say(`${page.scrollWidth} pixels on a screen of ${page.clientWidth}`);
    for (const block of document.querySelectorAll('main p, main li, main blockquote'))
      if (!block.textContent.trim()) say(`an empty ${block.tagName}`);
    for (const link of document.querySelectorAll('main a')) {
      if (!link.textContent.trim()) say('a link without words');
      if (!/^(mailto:[^?]+@|https:\/\/)/.test(link.getAttribute('href'))) say(`a link to ${link.getAttribute('href')}`);
    }
    for (const button of document.querySelectorAll('main a[href*="&body="]')) {
      const box = button.getBoundingClientRect();
      if (box.height < 32 || box.width < 40) say(`a button of ${Math.round(box.width)} × ${Math.round(box.height)} pixels`);
    }
    if (/\{\{|\}\}|\(null\)|undefined/.test(document.body.innerHTML + document.title)) say('a placeholder');
  }
  return faults;
}

async function checkWidths(browser) {
  for (const width of widths) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const faults = await page.evaluate(lookAt, letters);
    ok(faults.length === 0, `${letters.length} letters show at ${width} pixels whole and without gaps`, faults);
    await page.close();
  }
}

async function checkAxe(browser, axe, colorScheme) {
  const faults = [];
  const page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 800 } });
  const some = letters.filter((letter) => letter.name.endsWith('.1') || letter.name.endsWith('.0'));
  const isShown = (letter, at) => at % (colorScheme === 'light' ? 10 : 30) === 0 || letter.name.endsWith('/event_invitation.0');
  for (const letter of some.filter(isShown)) {
    await page.setContent(letter.html);
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe); // half a megabyte; it stays in the window
    const found = await page.evaluate(() =>
      window.axe.run(document, { resultTypes: ['violations'], rules: { 'page-has-heading-one': { enabled: false } } }));
    for (const fault of found.violations) faults.push(`${letter.name}: ${fault.id}: ${fault.nodes[0].html}`);
  }
  ok(faults.length === 0, `axe finds nothing in them when it is ${colorScheme}`, faults);
  await page.close();
}

// For people: a picture of each language's letters side by side, on a phone.
async function picture(browser) {
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  for (const language of languages) {
    const firsts = letters.filter((letter) => letter.language === language && /\.1$/.test(letter.name));
    for (let from = 0; from < firsts.length; from += 20) {
      const frames = firsts.slice(from, from + 20).map((letter) =>
        `<figure style="margin:4px"><figcaption>${letter.name}</figcaption><iframe style="width:360px;height:640px;zoom:.8" srcdoc="${letter.html.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"></iframe></figure>`);
      await page.setContent(`<div style="display:flex;flex-wrap:wrap;font:12px sans-serif">${frames.join('')}</div>`);
      await page.screenshot({ path: path.join(place, `sheet-${language}-${from / 20}.png`), fullPage: true });
    }
  }
  await page.close();
}

async function inBrowser(chromium, axe) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false });
  try {
    await checkWidths(browser);
    await checkAxe(browser, axe, 'light');
    await checkAxe(browser, axe, 'dark');
    if (kept) await picture(browser);
  } finally {
    await browser.close();
  }
}

(async () => {
  const wrong = letters.filter((letter) => !letter.html.includes(`<html lang="${letter.language}">`)).map((letter) => letter.name);
  ok(letters.length > 500 && wrong.length === 0, `each of ${letters.length} letters says its language`, wrong);
  let missing = fs.existsSync('/usr/bin/chromium') ? null : 'chromium: /usr/bin/chromium is not installed';
  let chromium, axe;
  try {
    ({ chromium } = require('playwright-core'));
    axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  } catch {
    missing = missing || 'chromium: playwright-core and axe-core are not in tests/pages (npm ci)';
  }
  if (missing) console.log(`ok ${++number} - letters look right in a browser # SKIP ${missing}`);
  else await inBrowser(chromium, axe);
  console.log(`1..${number}`);
  process.exit(failed ? 1 : 0);
})();
