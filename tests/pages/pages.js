// The pages as people meet them: in a real Chromium, from file://, without JavaScript, on a phone of 320 pixels, in the dark,
// by keyboard. And as machines meet them: well-formed, every link with an end, nothing that must not be public.
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
function skip(sentence, why) {
  console.log(`ok ${++number} - ${sentence} # SKIP ${why}`);
}

const root = process.env.ROOT || path.resolve(__dirname, '../..');
const tools = process.env.TOOLS || path.join(root, 'build/test/tools');
const place = fs.mkdtempSync(path.join(process.env.TEST_TMP || require('os').tmpdir(), 'pages-'));
process.on('exit', () => fs.rmSync(place, { recursive: true, force: true }));
if (!process.env.KIEZPOST_SHARE) process.env.KIEZPOST_SHARE = path.join(root, 'share');
const site = execFileSync(path.join(tools, 'make_archive'), [path.join(place, 'town')], { encoding: 'utf8' }).trim();

function walk(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(path.join(folder, entry.name)) : [path.join(folder, entry.name)]);
}
const files = walk(site);
const texts = new Map(files.map((file) => [file, fs.readFileSync(file, 'utf8')]));
const pages = files.filter((file) => file.endsWith('.html'));
const short = (file) => path.relative(site, file);

// ---- as machines meet them ----

const VOID = new Set(['meta', 'link', 'br', 'img', 'hr', 'input']);

// Walks through the tags of a page; says what is not closed, closed twice, or written twice.
function faultsOfMarkup(html) {
  const faults = [];
  const open = [];
  const ids = new Set();
  if (!html.startsWith('<!DOCTYPE html>\n')) faults.push('no doctype');
  const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/g;
  const rest = html.replace('<!DOCTYPE html>', '').replace(tag, (whole, close, name, attributes) => {
    if (name !== name.toLowerCase()) faults.push(`capitals in ${whole}`);
    if (close && open.pop() !== name) faults.push(`${whole} closes something else`);
    if (!close && !VOID.has(name)) open.push(name);
    const seen = new Set();
    for (const [, key, value] of attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)) {
      if (seen.has(key)) faults.push(`${key} twice in ${whole}`);
      seen.add(key);
      if (key === 'id' && ids.has(value)) faults.push(`id ${value} twice`);
      if (key === 'id') ids.add(value);
      if (/^on|^style$/.test(key)) faults.push(`${key} in ${whole}`);
    }
    return '';
  });
  if (/[<>]/.test(rest)) faults.push(`stray bracket: ${rest.match(/.{0,40}[<>].{0,40}/)[0]}`);
  if (/&(?!(?:amp|lt|gt|quot|#39|#x27|nbsp);)/.test(html)) faults.push('a bare ampersand');
  if (open.length) faults.push(`not closed: ${open.join(' ')}`);
  return faults;
}

function checkMarkup() {
  const faults = pages.flatMap((file) => faultsOfMarkup(texts.get(file)).map((fault) => `${short(file)}: ${fault}`));
  ok(pages.length > 100 && faults.length === 0, `the markup of ${pages.length} pages is balanced`, faults);
  ok(faultsOfMarkup('<!DOCTYPE html>\n<p><b></p>').length > 0, 'the check of markup sees a tag that is not closed');
}

// The file a link means: none names the page itself, one from the root begins at the site (404.html is shown at any
// place), and a folder's is its index.html.
function targetOf(file, place) {
  if (!place) return file;
  const from = place.startsWith('/') ? site : path.dirname(file);
  const target = path.resolve(from, decodeURIComponent(place).replace(/^\/+/, ''));
  return place.endsWith('/') ? path.join(target, 'index.html') : target;
}

function faultsOfLinks(file) {
  const faults = [];
  for (const [, escaped] of texts.get(file).matchAll(/(?:href|src)="([^"]*)"/g)) {
    const link = escaped.replace(/&amp;/g, '&');
    if (/^(https?:|mailto:)/.test(link)) continue;
    const [place_, anchor] = link.split('#');
    const target = targetOf(file, place_);
    if (!texts.has(target)) faults.push(`${short(file)} leads to ${link}`);
    else if (anchor !== undefined && !texts.get(target).includes(`id="${anchor}"`)) faults.push(`${short(file)} leads to no ${link}`);
  }
  return faults;
}

// Data for machines (schema.org) stands in a script element that no browser runs; any other is one too many.
const withoutData = (html) => html.replace(/<script type="application\/ld\+json">[^<]*<\/script>/g, '');

function checkTexts() {
  const data = pages.filter((file) => texts.get(file).includes('ld+json'));
  const broken = data.filter((file) => JSON.parse(/ld\+json">([^<]*)</.exec(texts.get(file))[1])['@type'] !== 'Event');
  ok(data.length > 2 && broken.length === 0, 'events are told to machines as schema.org says', broken.map(short));
  const faults = pages.flatMap(faultsOfLinks);
  ok(faults.length === 0, 'every internal link leads to a file and a place in it', faults);
  const active = files.filter((file) => !file.endsWith('.xml') && /<\?|<!--|<script|javascript:[^<]*"/i.test(withoutData(texts.get(file))));
  ok(active.length === 0, 'no page holds PHP, server-side includes, comments or scripts', active.map(short));
  const never = ['Geheim', 'geheim', 'Bahnhofstr', '651 23 45', 'lothar.gruenberg', 'jemand@example.org', 'Grünberg\n', '1234', 'Mustermann'];
  const leaks = files.flatMap((file) => never.filter((word) => texts.get(file).includes(word) && !file.endsWith('.css')).map((word) => `${short(file)}: ${word}`));
  ok(leaks.length === 0, 'no address, number, signature or private list is public', leaks);
  ok(texts.get(path.join(site, 'gruenau/2026/0001/index.html')).includes('gruenau@kiez.example'), 'our own addresses stay');
}

// ---- as people meet them ----

const SHOWN = ['index.html', 'gruenau/index.html', 'amtsblatt/index.html', 'leer/index.html', 'adlershof/2026-01/index.html',
  'adlershof/2026-01/2/index.html', 'gruenau/2026/0001/index.html', 'gruenau/2026/0002/index.html', 'gruenau/2026/0003/index.html',
  'gruenau/2026/0004/index.html', 'gruenau/2026/0005/index.html', 'gruenau/2026/0006/2/index.html', '404.html',
  'termine/index.html', 'termine/2026/0001/index.html', 'termine/2026/0002/index.html', 'termine/2026-04/index.html'];
const url = (name) => `file://${site}/${name}`;
// 404.html names its stylesheet from the site's root, which a file:// address does not have.
const isStyled = (name) => name !== '404.html';

async function onPages(browser, options, visit) {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  const faults = [];
  for (const name of SHOWN) {
    await page.goto(url(name));
    for (const fault of await visit(page, name)) faults.push(`${name}: ${fault}`);
  }
  await context.close();
  return faults;
}

async function checkWidth(browser) {
  const faults = await onPages(browser, { viewport: { width: 320, height: 640 } }, async (page, name) => {
    if (!isStyled(name)) return [];
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    return width <= 320 ? [] : [`${width} pixels wide`];
  });
  ok(faults.length === 0, 'no page scrolls sideways on a phone of 320 pixels', faults);
}

async function checkStyle(browser) {
  const faults = await onPages(browser, { viewport: { width: 1280, height: 800 } }, async (page, name) => {
    if (!isStyled(name)) return [];
    const main = await page.evaluate(() => {
      const box = document.querySelector('main').getBoundingClientRect();
      return { width: box.width, background: getComputedStyle(document.body).backgroundColor };
    });
    const wrong = [];
    if (main.background === 'rgba(0, 0, 0, 0)') wrong.push('the stylesheet does not arrive');
    if (main.width > 800) wrong.push(`lines of ${main.width} pixels`);
    return wrong;
  });
  ok(faults.length === 0, 'the stylesheet works from file:// under the policy, and lines stay readable', faults);
}

async function checkAxe(browser, axe, colorScheme) {
  const faults = await onPages(browser, { colorScheme, javaScriptEnabled: true }, async (page, name) => {
    if (!isStyled(name)) return [];
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
  });
  ok(faults.length === 0, `the accessibility rules find nothing (${colorScheme})`, faults);
}

async function checkKeyboard(browser) {
  const faults = await onPages(browser, {}, async (page, name) => {
    if (!isStyled(name)) return [];
    const wrong = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        return { tag: element.tagName, text: element.textContent, outline: style.outlineStyle, width: parseFloat(style.outlineWidth), left: box.left };
      });
      if (focus.tag === 'BODY') break;
      if (i === 0 && focus.text !== 'Zum Inhalt') wrong.push(`the first stop is '${focus.text}'`);
      if (focus.outline === 'none' || focus.width < 2) wrong.push(`'${focus.text}' shows no focus`);
      if (focus.left < 0) wrong.push(`'${focus.text}' is focused out of sight`);
    }
    return wrong;
  });
  ok(faults.length === 0, 'by keyboard the first stop skips to the text, and the focus is always seen', faults);
}

async function checkDom(browser) {
  const faults = await onPages(browser, {}, async (page) => page.evaluate(() => {
    const wrong = [];
    for (const name of ['script:not([type="application/ld+json"])', 'img', 'iframe', 'object', 'form', 'style', 'base'])
      if (document.querySelector(name)) wrong.push(`has <${name}>`);
    for (const element of document.querySelectorAll('*'))
      for (const attribute of element.attributes) if (/^on/.test(attribute.name)) wrong.push(`${element.tagName} has ${attribute.name}`);
    if (document.documentElement.lang !== 'de') wrong.push('no language');
    if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
    for (const link of document.querySelectorAll('.text a'))
      if (!/^https?:/.test(link.href) || link.rel !== 'nofollow noopener') wrong.push(`link ${link.href}`);
    return wrong;
  }));
  ok(faults.length === 0, 'hostile mail becomes no element, no handler and no link', faults);
}

async function checkRequests(browser) {
  const asked = [];
  const context = await browser.newContext({});
  const page = await context.newPage();
  page.on('request', (request) => { if (!request.url().startsWith('file://')) asked.push(request.url()); });
  for (const name of SHOWN.filter(isStyled)) await page.goto(url(name));
  await context.close();
  ok(asked.length === 0, 'pages load nothing from elsewhere', asked);
}

async function checkPrint(browser) {
  const context = await browser.newContext({});
  const page = await context.newPage();
  await page.goto(url('gruenau/2026/0001/index.html'));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const shown = await page.evaluate(() => ({
    crumbs: getComputedStyle(document.querySelector('.crumbs')).display,
    ink: getComputedStyle(document.body).color,
    ground: getComputedStyle(document.body).backgroundColor,
  }));
  await context.close();
  ok(shown.crumbs === 'none' && shown.ink === 'rgb(0, 0, 0)' && shown.ground === 'rgb(255, 255, 255)', 'print is black on white without navigation', [JSON.stringify(shown)]);
}

async function checkXml(browser) {
  const context = await browser.newContext({});
  const page = await context.newPage();
  const faults = [];
  for (const file of files.filter((name) => name.endsWith('.xml'))) {
    const fault = await page.evaluate((text) => {
      const tree = new DOMParser().parseFromString(text, 'application/xml');
      const broken = tree.querySelector('parsererror');
      if (broken) return broken.textContent;
      if (tree.documentElement.localName !== 'feed') return null;
      for (const holder of [tree.documentElement, ...tree.querySelectorAll('entry')])
        for (const name of ['id', 'title', 'updated'])
          if (![...holder.children].some((child) => child.localName === name && child.textContent)) return `no ${name}`;
      const ids = [...tree.querySelectorAll('entry > id')].map((id) => id.textContent);
      if (new Set(ids).size !== ids.length) return 'an id twice';
      return tree.querySelectorAll('entry').length > 30 ? 'more than 30 entries' : null;
    }, texts.get(file));
    if (fault) faults.push(`${short(file)}: ${fault}`);
  }
  await context.close();
  ok(faults.length === 0, 'feeds and sitemaps are well-formed, and feeds have what Atom requires', faults);
}

async function inBrowser(chromium, axe) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    await checkWidth(browser);
    await checkStyle(browser);
    await checkDom(browser);
    await checkRequests(browser);
    await checkPrint(browser);
    await checkKeyboard(browser);
    await checkXml(browser);
    await checkAxe(browser, axe, 'light');
    await checkAxe(browser, axe, 'dark');
  } finally {
    await browser.close();
  }
}

async function main() {
  checkMarkup();
  checkTexts();
  let missing = fs.existsSync('/usr/bin/chromium') ? null : 'chromium: /usr/bin/chromium is not installed';
  let chromium, axe;
  try {
    ({ chromium } = require('playwright-core'));
    axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  } catch (error) {
    missing = missing || 'chromium: playwright-core and axe-core are not in tests/pages (npm ci)';
  }
  if (missing) skip('the pages in a browser', missing);
  else await inBrowser(chromium, axe);
  console.log(`1..${number}`);
  process.exit(failed ? 1 : 0);
}
main().catch((error) => {
  ok(false, 'the tests of pages run to their end', String(error.stack).split('\n'));
  process.exit(1);
});
