// A BigBlueButton server for tests, as far as its API documentation says how one behaves (docs.bigbluebutton.org/development/api):
// checksums over call, query as sent, and secret; what parameters must look like; `create` that counts twice the same as once;
// `join` by role or password. Started as: node bbb_server.js DIR [CERTIFICATE KEY]
//   DIR/port      gets the port once it listens          DIR/mode   read at each call: ok, 500, garbage, html, slow, hang-up,
//   DIR/calls     one JSON object a call                            redirect, huge, busy, pin-taken
//   DIR/meetings  the meetings that there are, as JSON   DIR/forget is removed, and all meetings with it
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const [dir, certificate, key] = process.argv.slice(2);
const secret = fs.readFileSync(path.join(dir, 'secret'), 'utf8').trim();
const file = (name) => path.join(dir, name);
const mode = () => (fs.existsSync(file('mode')) ? fs.readFileSync(file('mode'), 'utf8').trim() : 'ok');
const meetings = new Map();
let bridge = 70757;

const xml = (fields) => '<?xml version="1.0"?>\n<response>\n' + Object.entries(fields).map(([k, v]) => `  <${k}>${String(v).replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${k}>\n`).join('') + '</response>\n';
const failed = (messageKey, message) => xml({ returncode: 'FAILED', messageKey, message });

// Every algorithm that servers of today accept; the digest's length says which.
const algorithms = { 40: 'sha1', 64: 'sha256', 96: 'sha384', 128: 'sha512' };
function checksum(call, query) {
  const match = /^(?:(.*)&)?checksum=([0-9a-f]+)$/.exec(query);
  if (!match || !algorithms[match[2].length]) return false;
  return crypto.createHash(algorithms[match[2].length]).update(call + (match[1] || '') + secret).digest('hex') === match[2];
}

const rules = {
  name: /^[^\0-\x1f]{2,64}$/u, meetingID: /^[A-Za-z0-9_-]{2,256}$/, attendeePW: /^.{2,64}$/, moderatorPW: /^.{2,64}$/,
  record: /^(true|false)$/, voiceBridge: /^[1-9][0-9]{4}$/, dialNumber: /^[^\0-\x1f]+$/, fullName: /^[^\0-\x1f]{1,64}$/u,
  meetingExpireIfNoUserJoinedInMinutes: /^[0-9]+$/, meetingExpireWhenLastUserLeftInMinutes: /^[0-9]+$/,
  password: /^.{2,64}$/, role: /^(moderator|viewer)$/i,
};
const needed = { create: ['name', 'meetingID'], join: ['fullName', 'meetingID'] };

// What is wrong with the parameters; '' for nothing. Names are case-sensitive, none stands twice.
function wrong(call, parameters) {
  const names = [...parameters.keys()].filter((name) => name !== 'checksum');
  if (new Set(names).size !== names.length) return 'a parameter stands twice';
  for (const name of names) if (!rules[name] || !rules[name].test(parameters.get(name))) return `parameter ${name}`;
  for (const name of needed[call]) if (!parameters.has(name)) return `no ${name}`;
  return '';
}

function create(parameters) {
  const id = parameters.get('meetingID');
  const own = Object.fromEntries([...parameters].filter(([name]) => name !== 'checksum'));
  const known = meetings.get(id);
  if (known && (known.own.attendeePW !== own.attendeePW || known.own.moderatorPW !== own.moderatorPW)) return failed('idNotUnique', 'A meeting already exists with that meeting ID.');
  if (!known && mode() === 'pin-taken' && own.voiceBridge) return failed('nonUniqueVoiceBridge', 'The selected voice bridge is already in use.');
  if (!known) meetings.set(id, { own, createTime: Date.now(), voiceBridge: own.voiceBridge || String(bridge++) });
  const it = meetings.get(id);
  fs.writeFileSync(file('meetings'), JSON.stringify([...meetings]));
  const fields = { returncode: 'SUCCESS', meetingID: id, internalMeetingID: `${crypto.createHash('sha1').update(id).digest('hex')}-${it.createTime}`, parentMeetingID: 'bbb-none',
    attendeePW: it.own.attendeePW, moderatorPW: it.own.moderatorPW, createTime: it.createTime, voiceBridge: it.voiceBridge, dialNumber: own.dialNumber || '030 90297 1234', hasUserJoined: false, duration: 0, hasBeenForciblyEnded: false };
  return xml(known ? { ...fields, messageKey: 'duplicateWarning', message: 'This conference was already in existence and may currently be in progress.' } : { ...fields, messageKey: '', message: '' });
}

function join(parameters) {
  const it = meetings.get(parameters.get('meetingID'));
  if (!it) return failed('invalidMeetingIdentifier', 'The meeting ID that you supplied did not match any existing meetings');
  const by = parameters.get('password') === it.own.moderatorPW ? 'MODERATOR' : parameters.get('password') === it.own.attendeePW ? 'VIEWER' : '';
  const role = (parameters.get('role') || by).toUpperCase();
  if (!role) return failed('invalidPassword', 'You either did not supply a password or the password supplied is neither the attendee or moderator password for this conference.');
  if (by && by !== role) return failed('validationError', 'role and password disagree');
  return xml({ returncode: 'SUCCESS', messageKey: 'successfullyJoined', message: 'You have joined successfully.', name: parameters.get('fullName'), role });
}

function answer(request, response) {
  const url = new URL(request.url, 'http://x');
  const query = request.url.split('?')[1] || '', call = url.pathname.split('/').pop();
  if (fs.existsSync(file('forget'))) { fs.unlinkSync(file('forget')); meetings.clear(); }
  const now = call === 'create' ? mode() : 'ok';
  const good = checksum(call, query), error = needed[call] ? wrong(call, url.searchParams) : 'no such call';
  fs.appendFileSync(file('calls'), JSON.stringify({ call, mode: now, good, error, method: request.method, path: url.pathname, query, agent: request.headers['user-agent'], parameters: Object.fromEntries(url.searchParams) }) + '\n');
  const send = (status, body, headers) => { response.writeHead(status, { 'Content-Type': 'text/xml', ...headers }); response.end(body); };
  if (now === '500') return send(500, '<html>Internal Server Error</html>');
  if (now === 'garbage') return send(200, '<response><returncode>SUCC\u0001');
  if (now === 'html') return send(200, '<!DOCTYPE html><html><body>Wartungsarbeiten</body></html>');
  if (now === 'slow') return setTimeout(() => send(200, create(url.searchParams)), 30000).unref();
  if (now === 'hang-up') return request.socket.destroy();
  if (now === 'redirect') return send(302, '', { Location: '/elsewhere?' + query });
  if (now === 'huge') return send(200, '<response>' + 'x'.repeat(1 << 20));
  if (now === 'busy') return send(200, failed('internalError', 'No server is free.'));
  if (!url.pathname.startsWith('/bigbluebutton/api/') || error === 'no such call') return send(404, failed('unsupportedRequest', 'This request is not supported.'));
  if (!good) return send(200, failed('checksumError', 'Checksums do not match'));
  if (error) return send(200, failed('validationError', error));
  return send(200, call === 'create' ? create(url.searchParams) : join(url.searchParams));
}

const server = certificate ? require('https').createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) }, answer) : require('http').createServer(answer);
server.listen(0, '127.0.0.1', () => { fs.writeFileSync(file('port.new'), String(server.address().port)); fs.renameSync(file('port.new'), file('port')); });
