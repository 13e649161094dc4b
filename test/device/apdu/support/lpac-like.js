/**
 * An LPA on the command line that talks to card and network as lpac does through its stdio drivers, octet for octet: the same
 * functions, tags, block sizes and JSON lines, and the same reaction to errors. Written for these tests from lpac's
 * documentation; it shares no code with lpac or with this project.
 */
import { createHash } from 'node:crypto';

const [subject, verb, ...args] = process.argv.slice(2);
const blockSize = Number(process.env.LPAC_CUSTOM_ES10X_MSS ?? 120);
const isdR = process.env.LPAC_CUSTOM_ISD_R_AID ?? 'A0000005591010FFFFFFFF8900000100';

// Standard input, by line and by character.
let buffered = '';
const chunks = process.stdin.setEncoding('utf8')[Symbol.asyncIterator]();
async function more() {
  const { value, done } = await chunks.next();
  if (done) throw new Error('standard input has ended');
  buffered += value;
}
async function readLine() {
  while (!buffered.includes('\n')) await more();
  const at = buffered.indexOf('\n');
  const line = buffered.slice(0, at);
  buffered = buffered.slice(at + 1);
  return line;
}
async function readCharacter() {
  while (buffered === '') await more();
  const character = buffered[0];
  buffered = buffered.slice(1);
  return character;
}

const write = (type, payload) => process.stdout.write(`${JSON.stringify({ type, payload })}\n`);
const progress = (message, data = null) => write('progress', { code: 0, message, data });

async function ask(type, payload) {
  write(type, payload);
  const answer = JSON.parse(await readLine());
  if (answer.type !== type) throw new Error(`answer of type ${answer.type}`);
  return answer.payload;
}

const apdu = (func, param = null) => ask('apdu', { func, param });
let channel = 0;

async function open() {
  if ((await apdu('connect')).ecode < 0) throw new Error('euicc_init');
  const { ecode } = await apdu('logic_channel_open', isdR);
  if (ecode < 0) throw new Error('euicc_init');
  channel = ecode;
}

async function close() {
  await apdu('logic_channel_close', hexOf(channel));
  await apdu('disconnect');
}

const hexOf = (octet) => octet.toString(16).padStart(2, '0').toUpperCase();

async function transmit(octets) {
  const { ecode, data } = await apdu('transmit', Buffer.from(octets).toString('hex').toUpperCase());
  if (ecode < 0) throw new Error('transmit');
  const answer = Buffer.from(data, 'hex');
  return { data: answer.subarray(0, -2), sw1: answer.at(-2), sw2: answer.at(-1) };
}

async function es10(request) {
  const parts = [];
  for (let at = 0, block = 0; at < request.length; at += blockSize, block++) {
    const data = request.subarray(at, at + blockSize);
    const p1 = at + blockSize < request.length ? 0x11 : 0x91;
    let answer = await transmit([0x80 | channel, 0xe2, p1, block & 0xff, data.length, ...data]);
    for (;;) {
      parts.push(answer.data);
      if (answer.sw1 !== 0x61) break;
      answer = await transmit([0x80 | channel, 0xc0, 0, 0, answer.sw2]);
    }
    if (answer.sw1 >> 4 !== 9) throw new Error(`status word ${hexOf(answer.sw1)}${hexOf(answer.sw2)}`);
  }
  return Buffer.concat(parts);
}

// BER-TLV, written and read without checks, as lpac does.
function tlv(tag, ...parts) {
  const value = Buffer.concat(parts);
  const tagOctets = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...tagOctets, ...size]), value]);
}
function* nodes(octets) {
  for (let at = 0; at < octets.length;) {
    const start = at;
    let tag = octets[at++];
    if ((tag & 0x1f) === 0x1f) tag = (tag << 8) | octets[at++];
    let length = octets[at++];
    if (length & 0x80) {
      let count = length & 0x7f;
      length = 0;
      while (count-- > 0) length = length * 256 + octets[at++];
    }
    yield { tag, header: octets.subarray(start, at), value: octets.subarray(at, at + length) };
    at += length;
  }
}
const whole = ({ header, value }) => Buffer.concat([header, value]);
function find(octets, ...path) {
  let value = octets;
  for (const tag of path) value = [...nodes(value)].find((each) => each.tag === tag)?.value;
  return value;
}
const numberIn = (octets) => octets.reduce((sum, octet) => sum * 256 + octet, 0);
const unsigned = (value) => {
  const octets = [];
  for (let left = value; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Buffer.from(octets.length === 0 ? [0] : octets);
};
const swapped = (octets) =>
  octets
    .toString('hex')
    .replaceAll(/(.)(.)/g, '$2$1')
    .replace(/f+$/, '');
const gsmBcd = (digits) => Buffer.from(digits.padEnd(20, 'F').replaceAll(/(.)(.)/g, '$2$1'), 'hex');

// ES9+
async function es9(server, name, members) {
  const tx = Buffer.from(JSON.stringify(members)).toString('hex').toUpperCase();
  const { rcode, rx } = await ask('http', {
    url: `https://${server}/gsma/rsp2/es9plus/${name}`,
    tx,
    headers: [
      'User-Agent: gsma-rsp-lpad',
      'X-Admin-Protocol: gsma/rsp/v2.2.2',
      'Content-Type: application/json',
    ],
  });
  if (Math.floor(rcode / 100) !== 2) throw new Refusal(`HTTP status code error`);
  if (rx === '') return {};
  const answer = JSON.parse(Buffer.from(rx, 'hex').toString());
  const { status, statusCodeData } = answer.header?.functionExecutionStatus ?? {};
  if (status !== 'Executed-Success') throw new Refusal(JSON.stringify(statusCodeData));
  return answer;
}
class Refusal extends Error {}
const octetsIn = (base64) => Buffer.from(base64, 'base64');

const result = async (request, tag) => numberIn(find(await es10(request), tag, 0x80));
async function expectOk(request, tag, name) {
  const code = await result(request, tag);
  if (code !== 0) throw new Error(`${name}: ${code}`);
  return null;
}

const identifier = (id) => (id.length === 32 ? tlv(0x4f, Buffer.from(id, 'hex')) : tlv(0x5a, gsmBcd(id)));
const switched = (tag, id, flag = '1') =>
  tlv(tag, tlv(0xa0, identifier(id)), tlv(0x81, Buffer.of(flag === '0' ? 0 : 0xff)));

const operations = { 0x80: 'install', 0x40: 'enable', 0x20: 'disable', 0x10: 'delete' };

async function notifications() {
  const list = find(await es10(tlv(0xbf28)), 0xbf28, 0xa0);
  return [...nodes(list)].map(({ value }) => ({
    seqNumber: numberIn(find(value, 0x80)),
    profileManagementOperation: operations[find(value, 0x81)[1]],
    notificationAddress: find(value, 0x0c).toString(),
    iccid: find(value, 0x5a) && swapped(find(value, 0x5a)),
  }));
}

async function retrieve(seqNumber) {
  const list = find(await es10(tlv(0xbf2b, tlv(0xa0, tlv(0x80, unsigned(seqNumber))))), 0xbf2b, 0xa0);
  const [notification] = [...nodes(list)];
  if (!notification) throw new Error('es10b_retrieve_notifications_list');
  const metadata =
    notification.tag === 0xbf37 ? find(notification.value, 0xbf27, 0xbf2f) : find(notification.value, 0xbf2f);
  return { address: find(metadata, 0x0c).toString(), content: whole(notification).toString('base64') };
}

const remove = (seqNumber) =>
  expectOk(tlv(0xbf30, tlv(0x80, unsigned(seqNumber))), 0xbf30, 'es10b_remove_notification_from_list');

async function process1(seqNumber, isRemoved) {
  const { address, content } = await retrieve(seqNumber);
  progress('es9p_handle_notification', address);
  await es9(address, 'handleNotification', { pendingNotification: content });
  if (isRemoved) await remove(seqNumber);
}

function optionsIn(letters) {
  const options = {};
  const plain = [];
  for (let at = 0; at < args.length; at++) {
    const letter = args[at].startsWith('-') ? args[at][1] : undefined;
    if (letter === undefined) plain.push(args[at]);
    else options[letter] = letters.includes(`${letter}:`) ? args[++at] : true;
  }
  return { options, plain };
}

async function authenticate(server, matchingId, imei) {
  progress('es10b_get_euicc_challenge_and_info', server);
  const euiccChallenge = find(await es10(tlv(0xbf2e)), 0xbf2e, 0x80).toString('base64');
  const euiccInfo1 = (await es10(tlv(0xbf20))).toString('base64');
  progress('es9p_initiate_authentication', server);
  const first = await es9(server, 'initiateAuthentication', {
    smdpAddress: server,
    euiccChallenge,
    euiccInfo1,
  });
  const { transactionId, serverSigned1, serverSignature1, euiccCiPKIdToBeUsed, serverCertificate } = first;
  progress('es10b_authenticate_server', server);
  const device = imei ? gsmBcd(imei).subarray(0, 8) : Buffer.from('35290611', 'hex');
  const context = tlv(
    0xa0,
    ...(matchingId === undefined ? [] : [tlv(0x80, Buffer.from(matchingId))]),
    tlv(0xa1, tlv(0x80, device.subarray(0, 4)), tlv(0xa1), ...(imei ? [tlv(0x82, device)] : [])),
  );
  const parts = [serverSigned1, serverSignature1, euiccCiPKIdToBeUsed, serverCertificate].map(octetsIn);
  const response = await es10(tlv(0xbf38, ...parts, context));
  progress('es9p_authenticate_client', server);
  const second = await es9(server, 'authenticateClient', {
    transactionId,
    authenticateServerResponse: response.toString('base64'),
  });
  return { transactionId, ...second };
}

/** The units of SGP.22 2.5.5. */
function* units(bound) {
  const [outer] = [...nodes(bound)];
  const [first, ...parts] = [...nodes(outer.value)];
  yield Buffer.concat([outer.header, whole(first)]);
  for (const part of parts) {
    if (part.tag === 0xa0 || part.tag === 0xa2) yield whole(part);
    else {
      yield part.header;
      for (const segment of nodes(part.value)) yield whole(segment);
    }
  }
}

async function load(bound) {
  for (const unit of units(bound)) {
    const response = await es10(unit);
    if (response.length === 0) continue;
    const data = find(response, 0xbf37, 0xbf27);
    const error = find(data, 0xa2, 0xa1);
    if (error) {
      const [command, reason] = [find(error, 0x80), find(error, 0x81)].map(numberIn);
      throw new Error(`es10b_load_bound_profile_package: ${command},${reason}`);
    }
    return { seqNumber: numberIn(find(data, 0xbf2f, 0x80)) };
  }
  throw new Error('es10b_load_bound_profile_package: no answer');
}

async function download() {
  const { options } = optionsIn('s:m:i:c:a:');
  let { s: server, m: matchingId } = options;
  if (options.a) [, server, matchingId] = options.a.replace(/^LPA:/, '').split('$');
  server ??= find(await es10(tlv(0xbf3c)), 0xbf3c, 0x80)?.toString();
  if (!server) throw new Error('smdp is null');
  let transactionId;
  try {
    const offer = await authenticate(server, matchingId, options.i);
    ({ transactionId } = offer);
    const metadata = find(octetsIn(offer.profileMetadata), 0xbf25);
    progress('es8p_meatadata_parse', { profileName: find(metadata, 0x92).toString() });
    if (options.p) {
      progress('preview', 'y/n');
      if ((await readCharacter()) !== 'y') throw new Error('cancelled');
    }
    progress('es10b_prepare_download', server);
    const id = Buffer.from(transactionId, 'hex');
    const sha256 = (...data) => createHash('sha256').update(Buffer.concat(data)).digest();
    const hashCc = options.c ? [tlv(0x04, sha256(sha256(Buffer.from(options.c)), id))] : [];
    const prepared = await es10(
      tlv(
        0xbf21,
        octetsIn(offer.smdpSigned2),
        octetsIn(offer.smdpSignature2),
        ...hashCc,
        octetsIn(offer.smdpCertificate),
      ),
    );
    progress('es9p_get_bound_profile_package', server);
    const { boundProfilePackage } = await es9(server, 'getBoundProfilePackage', {
      transactionId,
      prepareDownloadResponse: prepared.toString('base64'),
    });
    progress('es10b_load_bound_profile_package', server);
    if (process.env.DIE_WHILE_LOADING) {
      for (const unit of [...units(octetsIn(boundProfilePackage))].slice(0, 4)) await es10(unit);
      process.exit(9);
    }
    return await load(octetsIn(boundProfilePackage));
  } catch (error) {
    if (transactionId) await cancel(server, transactionId);
    throw error;
  }
}

/** lpac cancels with endUserRejection whatever went wrong, and ignores what the cancellation ends with. */
async function cancel(server, transactionId) {
  try {
    progress('es10b_cancel_session', server);
    const id = Buffer.from(transactionId, 'hex');
    const response = await es10(tlv(0xbf41, tlv(0x80, id), tlv(0x81, Buffer.of(0))));
    progress('es9p_cancel_session', server);
    await es9(server, 'cancelSession', {
      transactionId,
      cancelSessionResponse: response.toString('base64'),
    });
  } catch {
    // Ignored, as lpac does.
  }
}

const profileClasses = ['test', 'provisioning', 'operational'];

async function profileList() {
  const list = find(await es10(tlv(0xbf2d)), 0xbf2d, 0xa0);
  return [...nodes(list)].map(({ value }) => ({
    iccid: swapped(find(value, 0x5a)),
    isdpAid: find(value, 0x4f).toString('hex').toUpperCase(),
    profileState: find(value, 0x9f70)[0] === 1 ? 'enabled' : 'disabled',
    profileNickname: find(value, 0x90)?.toString() ?? null,
    serviceProviderName: find(value, 0x91).toString(),
    profileName: find(value, 0x92).toString(),
    profileClass: profileClasses[find(value, 0x95)[0]],
  }));
}

const commands = {
  chip: {
    info: async () => {
      const addresses = await es10(tlv(0xbf3c));
      const info2 = find(await es10(tlv(0xbf22)), 0xbf22);
      await es10(tlv(0xbf43));
      return {
        eidValue: find(await es10(tlv(0xbf3e, tlv(0x5c, Buffer.of(0x5a)))), 0xbf3e, 0x5a).toString('hex'),
        EuiccConfiguredAddresses: {
          defaultDpAddress: find(addresses, 0xbf3c, 0x80)?.toString() ?? null,
          rootDsAddress: find(addresses, 0xbf3c, 0x81).toString(),
        },
        EUICCInfo2: { svn: [...find(info2, 0x82)].join('.') },
      };
    },
    defaultsmdp: () =>
      expectOk(tlv(0xbf3f, tlv(0x80, Buffer.from(args[0]))), 0xbf3f, 'es10a_set_default_dp_address'),
    purge: () => expectOk(tlv(0xbf34, tlv(0x82, Buffer.of(0, 0xe0))), 0xbf34, 'es10c_euicc_memory_reset'),
  },
  profile: {
    list: profileList,
    enable: () => expectOk(switched(0xbf31, ...args), 0xbf31, 'es10c_enable_profile'),
    disable: () => expectOk(switched(0xbf32, ...args), 0xbf32, 'es10c_disable_profile'),
    delete: () => expectOk(tlv(0xbf33, identifier(args[0])), 0xbf33, 'es10c_delete_profile'),
    nickname: () =>
      expectOk(
        tlv(0xbf29, tlv(0x5a, gsmBcd(args[0])), tlv(0x90, Buffer.from(args[1] ?? ''))),
        0xbf29,
        'es10c_set_nickname',
      ),
    download,
    discovery: async () => {
      const { options } = optionsIn('s:i:');
      const { eventEntries } = await authenticate(options.s ?? 'lpa.ds.gsma.com', undefined, options.i);
      return eventEntries.map(({ rspServerAddress }) => ({ rspServerAddress }));
    },
  },
  notification: {
    list: notifications,
    process: async () => {
      const { options, plain } = optionsIn('');
      const all = options.a ? (await notifications()).map(({ seqNumber }) => seqNumber) : plain.map(Number);
      for (const seqNumber of all) await process1(seqNumber, options.r);
      return null;
    },
    remove: async () => {
      const { options, plain } = optionsIn('');
      const all = options.a ? (await notifications()).map(({ seqNumber }) => seqNumber) : plain.map(Number);
      for (const seqNumber of all) await remove(seqNumber);
      return null;
    },
    dump: async () => {
      const { plain } = optionsIn('');
      const dumped = [];
      for (const seqNumber of plain.map(Number)) dumped.push((await retrieve(seqNumber)).content);
      return dumped;
    },
  },
};

const command = commands[subject]?.[verb];
if (!command) {
  process.stdout.write('Usage: lpac-like <chip|profile|notification> <subcommand>\n');
  process.exit(255);
}
try {
  await open();
  const data = await command();
  write('lpa', { code: 0, message: 'success', data });
  await close();
  process.exit(0);
} catch (error) {
  write('lpa', { code: -1, message: error.message, data: '' });
  process.exit(255);
}
