import { execFileSync, spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Capture } from '../../src/cli/session/capture/capture.js';
import type { ExchangeDetails } from '../../src/api/index.js';
import { cli } from './support/run.js';
import { startTestServer, temporaryFolder, type TestServer } from './support/server.js';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
const needsTshark = hasTshark ? '' : ' (skipped: tshark is not installed)';

/** A tshark of version 4.6 or later, which dissects SGP.22: a command with its arguments. */
const newTshark = process.env['TSHARK_46']?.split(' ');
const needsNewTshark = newTshark ? '' : ' (skipped: TSHARK_46 names no command)';

const folder = temporaryFolder();
const file = folder.path('session.pcapng');
const transactionId = 'CD'.repeat(16);
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none', SMDP_TLS: 'off' });
  for (const name of ['cancelSession', 'getBoundProfilePackage'])
    await fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.5.0' },
      body: JSON.stringify({ transactionId, cancelSessionResponse: '!', prepareDownloadResponse: '!' }),
    });
  const { stderr } = await cli('session', 'export', transactionId, '--pcapng', '-o', file, ...server.api);
  expect(stderr).toBe(`2 exchanges are in ${file}.\n`);
});
afterAll(async () => {
  folder.remove();
  await server.close();
});

/** The blocks of a pcapng file: type and body. */
function blocks(octets: Buffer): [number, Buffer][] {
  const found: [number, Buffer][] = [];
  for (let at = 0; at < octets.length;) {
    const length = octets.readUInt32LE(at + 4);
    expect(length % 4).toBe(0);
    expect(octets.readUInt32LE(at + length - 4)).toBe(length);
    found.push([octets.readUInt32LE(at), octets.subarray(at + 8, at + length - 4)]);
    at += length;
  }
  return found;
}

describe('mock-smdp session export --pcapng', () => {
  it('writes well-formed blocks with consecutive sequence numbers', () => {
    const all = blocks(readFileSync(file));
    expect(all.slice(0, 4).map(([type]) => type)).toEqual([0x0a0d0d0a, 1, 1, 4]);
    const next = new Map<string, number>();
    for (const [type, body] of all.slice(4)) {
      expect(type).toBe(6);
      expect(body.readUInt32LE(0)).toBe(0);
      const packet = body.subarray(20, 20 + body.readUInt32LE(12));
      expect(packet.readUInt16BE(2)).toBe(packet.length);
      const [from, sequence, flags] = [
        packet.subarray(12, 16).join('.'),
        packet.readUInt32BE(24),
        packet[33]!,
      ];
      expect(sequence).toBe(next.get(from) ?? sequence);
      const headers = 20 + (packet[32]! >> 4) * 4;
      next.set(from, sequence + packet.length - headers + ((flags & 3) !== 0 ? 1 : 0));
    }
  });

  it('says in comments what the server checked', () => {
    expect(readFileSync(file).toString('utf8')).toContain(
      'refused 5.6.5 (1): TransactionId is not known (8.10.1/3.9)',
    );
  });

  it.skipIf(!hasTshark)(`is read by tshark as HTTP and JSON, with correct checksums${needsTshark}`, () => {
    const options = ['-r', file, '-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
    const read = (filter: string, ...fields: string[]): string =>
      execFileSync(
        'tshark',
        [...options, '-Y', filter, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
        { encoding: 'utf8' },
      );
    expect(read('http.request', 'http.request.method', 'http.request.uri')).toBe(
      'POST\t/gsma/rsp2/es9plus/cancelSession\nPOST\t/gsma/rsp2/es9plus/getBoundProfilePackage\n',
    );
    expect(read('http.response', 'http.response.code').trim().split('\n')).toEqual(['200', '200']);
    expect(read('json', 'json.value.string')).toContain(transactionId);
    expect(
      read('tcp.checksum.status == 0 or ip.checksum.status == 0 or tcp.analysis.flags', 'frame.number'),
    ).toBe('');
  });
});

/** The fields in front of an exported PDU, by their numbers, and the PDU. */
function exported(packet: Buffer): { fields: Map<number, Buffer>; pdu: Buffer } {
  const fields = new Map<number, Buffer>();
  for (let at = 0; ;) {
    const [number, length] = [packet.readUInt16BE(at), packet.readUInt16BE(at + 2)];
    expect(length % 4).toBe(0);
    if (number === 0) return { fields, pdu: packet.subarray(at + 4) };
    fields.set(number, packet.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
}

const textOf = (octets: Buffer | undefined): string => (octets?.toString() ?? '').replace(/\0+$/, '');

describe('a capture of a download', () => {
  const download = folder.path('download.pcapng');
  let installed: { profilePackage: string; metadata: string };
  let lines: { dissector: string; info: string; pdu: Buffer }[];

  beforeAll(async () => {
    const eager = await startTestServer({ SMDP_TLS: 'off' });
    const address = new URL(eager.deviceUrl).host;
    const code = `LPA:1$${address}$DE301-00000-00000-00001`;
    await cli('device', 'download', code, '--cancel', 'postponed', '--no-tls', ...eager.device);
    await cli('device', 'download', code, '--no-tls', ...eager.device);
    await cli('session', 'export', '--pcapng', '--secrets', '-o', download, ...eager.api);
    const { profiles } = JSON.parse(readFileSync(eager.folder.path('device.json'), 'utf8')) as {
      profiles: { profilePackage: string; metadata: string }[];
    };
    installed = profiles[0]!;
    await eager.close();
    lines = blocks(readFileSync(download))
      .filter(([type, body]) => type === 6 && body.readUInt32LE(0) === 1)
      .map(([, body]) => {
        const { fields, pdu } = exported(body.subarray(20, 20 + body.readUInt32LE(12)));
        const value = fields.get(32)?.readUInt32BE(0).toString(16);
        return {
          dissector: textOf(fields.get(12) ?? fields.get(14)) + (value === undefined ? '' : ` ${value}`),
          info: textOf(fields.get(36)),
          pdu,
        };
      });
  });
  it('has the messages of ES9+ in ASN.1, for the dissector of SGP.22', () => {
    const messages = lines.filter(({ info }) => !info.includes('(decrypted)'));
    expect(
      messages.map(({ dissector, info }) => `${dissector} ${info.replace(/^exchange \d+: /, '')}`),
    ).toEqual([
      'sgp22.request bf39 InitiateAuthenticationRequest',
      'sgp22.response bf39 InitiateAuthenticationResponse',
      'sgp22.request bf3b AuthenticateClientRequest',
      'sgp22.response bf3b AuthenticateClientResponseEs9',
      'sgp22.response bf41 CancelSessionResponse',
      'sgp22.request bf39 InitiateAuthenticationRequest',
      'sgp22.response bf39 InitiateAuthenticationResponse',
      'sgp22.request bf3b AuthenticateClientRequest',
      'sgp22.response bf3b AuthenticateClientResponseEs9',
      'sgp22.request bf3a GetBoundProfilePackageRequest',
      'sgp22.response bf3a GetBoundProfilePackageResponse',
      'sgp22.request bf3d HandleNotification',
    ]);
  });

  it('has the decrypted bound profile package', () => {
    const clear = lines.filter(({ info }) => info.includes('(decrypted)'));
    const commands = clear.filter(({ dissector }) => dissector !== 'ber');
    expect(commands.map(({ dissector }) => dissector)).toEqual(['sgp22.request bf24', 'sgp22.request bf25']);
    expect(commands[1]!.pdu.toString('base64')).toBe(installed.metadata);
    const elements = clear.filter(({ dissector }) => dissector === 'ber');
    expect(Buffer.concat(elements.map(({ pdu }) => pdu)).toString('base64')).toBe(installed.profilePackage);
    expect(elements[0]!.info).toMatch(/^exchange \d+: ProfileElement header \(decrypted\)$/);
  });

  it.skipIf(!hasTshark)(`is read by an older tshark${needsTshark}`, () => {
    const options = [
      '-r',
      download,
      '-Y',
      'http.request or exported_pdu',
      '-T',
      'fields',
      '-e',
      'frame.protocols',
    ];
    const read = execFileSync('tshark', options, { encoding: 'utf8' }).trim().split('\n');
    expect(read.filter((protocols) => protocols.startsWith('exported_pdu'))).toHaveLength(lines.length);
    expect(read.filter((protocols) => protocols.startsWith('raw:ip:tcp:http:json'))).not.toHaveLength(0);
  });

  it.skipIf(!newTshark)(`is dissected as SGP.22, without a complaint${needsNewTshark}`, () => {
    const [command, ...first] = newTshark!;
    const read = (filter: string, ...fields: string[]): string[] =>
      execFileSync(
        command!,
        [...first, '-r', '-', '-Y', filter, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
        { encoding: 'utf8', stdio: [openSync(download, 'r'), 'pipe', 'ignore'] },
      )
        .split('\n')
        .slice(0, -1);
    expect(
      read('exported_pdu and (_ws.malformed or _ws.expert.severity >= 0x400000)', 'frame.number'),
    ).toEqual([]);
    expect(read('_ws.col.protocol == "SGP.22" and frame.protocols contains "sgp22"', '_ws.col.info')).toEqual(
      lines.filter(({ dissector }) => dissector !== 'ber').map(({ info }) => info),
    );
    expect(read('sgp22.boundProfilePackage_element', 'sgp22.transactionId')).toHaveLength(1);
  });
});

describe('a capture', () => {
  const refused: ExchangeDetails = {
    id: 1,
    at: '2026-01-01T00:00:00.000Z',
    duration: 5,
    interface: 'TLS',
    function: 'handshake',
    namespace: null,
    result: 'TLS unknown_ca',
    checks: [],
    answer: { status: 0, headers: {} },
  };

  it('spreads a long message over several packets', () => {
    const capture = new Capture();
    const body = 'x'.repeat(150_000);
    const octets = capture.add({ ...refused, answer: { status: 200, headers: {}, body } });
    const payloads = blocks(octets).map(([, block]) => block.readUInt32LE(12) - 40);
    expect(payloads.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(150_000);
    expect(Math.max(...payloads)).toBeLessThan(65_500);
  });

  it('has a connection that is cut where no answer was sent', () => {
    const capture = new Capture();
    const octets = Buffer.concat([capture.head, capture.add(refused)]);
    const packets = blocks(octets).filter(([type]) => type === 6);
    expect(packets.map(([, body]) => body[20 + 33])).toEqual([0x02, 0x12, 0x10, 0x14]);
    expect(octets.toString('utf8')).toContain('TLS handshake: TLS unknown_ca');
  });

  const asked: ExchangeDetails = {
    ...{ ...refused, interface: 'ES11', function: 'authenticateClient', result: 'Executed-Success' },
    request: { headers: {}, body: '{"transactionId":"AB","authenticateServerResponse":"vzgA"}' },
    answer: {
      ...{ status: 200, headers: {} },
      body: JSON.stringify({
        header: { functionExecutionStatus: { status: 'Executed-Success' } },
        transactionId: 'AB',
        eventEntries: [{ eventId: 'E', rspServerAddress: 'h' }],
      }),
    },
  };
  const inAsn1 = (exchange: ExchangeDetails): string[] =>
    blocks(new Capture().add(exchange))
      .filter(([, body]) => body.readUInt32LE(0) === 1)
      .map(([, body]) => exported(body.subarray(20, 20 + body.readUInt32LE(12))).pdu.toString('hex'));

  it('has the events of an SM-DS in ASN.1', () => {
    expect(inAsn1(asked)).toEqual(['bf3b068001abbf3800', 'bf400fa00d8001aba1083006800145810168']);
  });

  it.each([
    '{"transactionId":"AB"}',
    '{"transactionId":"ABC","authenticateServerResponse":"vzgA"}',
    '{"transactionId":5,"authenticateServerResponse":"vzgA"}',
    '{"transactionId":"AB","authenticateServerResponse":"vzgC"}',
    '{"transactionId":"AB","authenticateServerResponse":"!"}',
    '[]',
    'null',
    '{',
  ])('has no ASN.1 form of a request that has none: %s', (body) => {
    const answer = { status: 200, headers: {}, body: '{"header":null,"eventEntries":[null]}' };
    expect(inAsn1({ ...asked, request: { headers: {}, body }, answer })).toEqual([]);
  });

  it('says why a package cannot be decrypted', () => {
    const key = '00'.repeat(16);
    const octets = new Capture().add({
      ...asked,
      ...{ interface: 'ES9+', function: 'getBoundProfilePackage' },
      answer: { ...asked.answer, body: '{"boundProfilePackage":"vzYA"}' },
      secrets: { 'S-ENC': key, 'S-MAC': key, initialMacChainingValue: key },
    });
    expect(octets.toString('utf8')).toContain(
      'cannot be decrypted: initialiseSecureChannelRequest: is missing',
    );
  });

  it('gives a 204 no Content-Length', () => {
    const octets = new Capture().add({ ...asked, answer: { status: 204, headers: {} } });
    expect(octets.toString('latin1')).toMatch(/204 No Content\r\n\r\n/);
  });
});
