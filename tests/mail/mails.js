// Mails of our own and what must be understood of them: tests/mail/*/NAME.eml with NAME.json beside it,
//
//   { "args": { "to": "gruenau@kiez.example", "from": …, "context": …, "now": …, "parent": "other.eml" },
//     "expect": { a part of what `kiezpost explain` prints }, "expect_any": [ one of these, too ],
//     "needs": "gazetteer" }
//
// Only named keys are looked at. Texts are equal but for white space; titles, places, labels, comments, reasons and names may
// contain each other; of lists every expected item must be there; null and false also mean "left out"; {"$any": […]},
// {"$not": …}, {"$contains": […], "$lacks": […]} say more. Coordinates within tolerance_m (150). Cases that need the district's
// streets are skipped where ../shared/data is not beside the project.
'use strict';
const { execFile, execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = process.env.ROOT || path.join(__dirname, '..', '..');
const kiezpost = process.env.KIEZPOST || path.join(root, 'build/test/kiezpost');
const tmp = process.env.TEST_TMP || fs.mkdtempSync(path.join(os.tmpdir(), 'kiezpost-mails-'));
const data = path.join(root, '..', 'shared', 'data', 'treptow-koepenick');
const only = process.argv[2];

const EQUAL_TEXT = new Set(['new', 'public_text', 'signature', 'forwarded']);
const CONTAINING = new Set(['place', 'title', 'label', 'proposal', 'comment', 'reason', 'topic', 'name']);
const DATES = new Set(['start', 'end', 'date', 'expected', 'pause_until']);

const fold = (s) => String(s).normalize('NFC').replace(/[\u00a0\u202f]/g, ' ').replace(/[\ufeff\u200b]/g, '').trim().split(/\s+/).join(' ');
const low = (s) => fold(s).toLowerCase();
const isEmpty = (v) => v === undefined || v === null || v === '' || (typeof v === 'object' && Object.keys(v).length === 0);
const metres = (a, b, c, d) => {
  const r = Math.PI / 180, x = (d - b) * r * Math.cos(((a + c) / 2) * r), y = (c - a) * r;
  return 6371000 * Math.hypot(x, y);
};

// What differs, as sentences; none: all is as expected.
function differences(key, want, got, tolerance) {
  const name = key.split('.').pop();
  const wrong = [`${key}: expected ${JSON.stringify(want)}, got ${JSON.stringify(got)}`];
  if (want === null) return isEmpty(got) ? [] : wrong;
  if (want === false) return isEmpty(got) || got === false ? [] : wrong;
  if (Array.isArray(want)) return differencesOfList(key, want, got, tolerance, wrong);
  if (typeof want === 'object') return differencesOfObject(key, want, got, tolerance, wrong);
  if (isEmpty(got)) return wrong;
  if (typeof want !== 'string' || typeof got !== 'string') return want === got ? [] : wrong;
  if (EQUAL_TEXT.has(name)) return fold(want) === fold(got) ? [] : wrong;
  if (CONTAINING.has(name)) return low(want).includes(low(got)) || low(got).includes(low(want)) ? [] : wrong;
  if (DATES.has(name) && /^\d{4}-\d\d-\d\d$/.test(want)) return got.slice(0, 10) === want ? [] : wrong;
  if (DATES.has(name)) return Date.parse(want) === Date.parse(got) ? [] : wrong;
  if (name === 'recurrence') return want.split(';').sort().join() === got.split(';').sort().join() ? [] : wrong;
  return low(want) === low(got) ? [] : wrong;
}

function differencesOfList(key, want, got, tolerance, wrong) {
  const have = Array.isArray(got) ? got.slice() : isEmpty(got) ? [] : [got];
  if (key.endsWith('choices')) return JSON.stringify(want.slice().sort()) === JSON.stringify(have.sort()) ? [] : wrong;
  for (const item of want) {
    const at = have.findIndex((one) => differences(key, item, one, tolerance).length === 0);
    if (at < 0) return wrong;
    have.splice(at, 1);
  }
  return [];
}

function differencesOfObject(key, want, got, tolerance, wrong) {
  const text = isEmpty(got) ? '' : low(typeof got === 'string' ? got : JSON.stringify(got));
  if ('$any' in want) return want.$any.some((one) => differences(key, one, got, tolerance).length === 0) ? [] : wrong;
  if ('$not' in want) return !isEmpty(got) && differences(key, want.$not, got, tolerance).length > 0 ? [] : wrong;
  if ('$none' in want)
    return [].concat(isEmpty(got) ? [] : got).some((one) => differences(key, want.$none, one, tolerance).length === 0) ? wrong : [];
  if ('$contains' in want || '$lacks' in want) {
    const holds = (want.$contains || []).every((one) => text.includes(low(one))) && !(want.$lacks || []).some((one) => text.includes(low(one)));
    return holds ? [] : wrong;
  }
  const have = got && typeof got === 'object' ? got : {};
  const found = [];
  for (const [name, value] of Object.entries(want)) {
    const inner = key ? `${key}.${name}` : name;
    if (name === 'lon' && 'lat' in want) continue;
    if (name === 'lat' && 'lon' in want) {
      const away = metres(want.lat, want.lon, Number(have.lat), Number(have.lon));
      if (!(away <= tolerance)) found.push(`${inner}: expected ${want.lat},${want.lon}, got ${have.lat},${have.lon}`);
      continue;
    }
    found.push(...differences(inner, value, have[name], tolerance));
  }
  return found;
}

function allCases() {
  const cases = [];
  for (const folder of fs.readdirSync(__dirname, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort())
    for (const file of fs.readdirSync(path.join(__dirname, folder)).filter((f) => f.endsWith('.json')).sort()) {
      const id = `${folder}/${file.slice(0, -5)}`;
      if (only && !id.includes(only)) continue;
      cases.push({ ...JSON.parse(fs.readFileSync(path.join(__dirname, folder, file), 'utf8')), id, folder: path.join(__dirname, folder) });
    }
  return cases;
}

// Cases that are asked about in the same way, so that one process reads them all: the tables of words cost its start.
function groups(cases) {
  const byArguments = new Map();
  for (const one of cases) {
    const args = ['--to', one.args.to];
    for (const name of ['from', 'context', 'now']) if (name in one.args) args.push(`--${name}`, one.args[name]);
    if (one.args.parent) args.push('--parent', path.join(one.folder, one.args.parent));
    const key = args.join('\0');
    if (!byArguments.has(key)) byArguments.set(key, { args, cases: [] });
    byArguments.get(key).cases.push(one);
  }
  return [...byArguments.values()];
}

// A line of JSON a file; where the process ends early, the cases without a line have its complaint.
function explain(config, group) {
  const args = ['explain', '--config', config, ...group.args, '--json-lines', ...group.cases.map((one) => path.join(__dirname, `${one.id}.eml`))];
  return new Promise((resolve) => execFile(kiezpost, args, { maxBuffer: 1 << 28, timeout: 20000 + 1000 * group.cases.length }, (fault, out, err) => {
    const lines = out.split('\n').filter(Boolean);
    group.cases.forEach((one, i) => {
      try { one.result = { got: JSON.parse(lines[i]) }; } catch { one.result = { fault: `${fault ? fault.message : 'no answer'} ${err}`.trim().slice(0, 1500) }; }
    });
    resolve();
  }));
}

async function main() {
  const district = path.join(tmp, 'district');
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'] };
  execFileSync(kiezpost, ['init', district, '--domain', 'kiez.example', '--district', 'treptow-koepenick'], quiet);
  const config = path.join(district, 'kiezpost.conf');
  const hasStreets = fs.existsSync(data);
  if (hasStreets)
    execFileSync(kiezpost, ['gazetteer', 'import', '--config', config, ...['regions.geojson', 'streets.csv', 'places.csv'].map((f) => path.join(data, f))], quiet);
  const cases = allCases();
  console.log(`1..${cases.length}`);
  let failed = 0, at = 0;
  const waiting = groups(cases.filter((one) => hasStreets || !one.needs));
  const worker = async () => { while (at < waiting.length) await explain(config, waiting[at++]); };
  await Promise.all([worker(), worker()]);
  cases.forEach((one, i) => {
    const raw = fs.readFileSync(path.join(__dirname, `${one.id}.eml`), 'latin1');
    const why = (/^X-Why:[ \t]*((?:.*\r?\n[ \t])*.*)/m.exec(raw) || [])[1];
    const words = why ? Buffer.from(why.replace(/\s+/g, ' '), 'latin1').toString('utf8').replace(/#/g, 'no. ') : '';
    if (!one.result) { console.log(`ok ${i + 1} - ${one.id} # SKIP data: ../shared/data is not beside the project`); return; }
    const tolerance = one.tolerance_m || 150;
    let found = one.result.fault ? [one.result.fault] : differences('', one.expect || {}, one.result.got, tolerance);
    if (!one.result.fault && one.expect_any && !one.expect_any.some((any) => differences('', any, one.result.got, tolerance).length === 0))
      found = found.concat(`none of ${JSON.stringify(one.expect_any)}, got ${JSON.stringify(one.result.got.meaning)}`);
    if (!why) found = found.concat('the mail has no X-Why: field that says why it is here');
    console.log(`${found.length ? 'not ok' : 'ok'} ${i + 1} - ${one.id}: ${words}`);
    for (const line of found) console.log(`#   ${line.slice(0, 1500)}`);
    failed += found.length > 0;
  });
  if (!process.env.TEST_TMP) fs.rmSync(tmp, { recursive: true, force: true });
  process.exitCode = failed ? 1 : 0;
}

main().catch((fault) => { console.log(`not ok 1 - ${fault.message}`); process.exitCode = 1; });
