import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Capture } from '../../src/cli/session/capture/capture.js';
import type { ExchangeDetails } from '../../src/api/index.js';
import { cli } from './support/run.js';
import { startTestServer, temporaryFolder, type TestServer } from './support/server.js';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
const needsTshark = hasTshark ? '' : ' (skipped: tshark is not installed)';

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
    expect(all.slice(0, 3).map(([type]) => type)).toEqual([0x0a0d0d0a, 1, 4]);
    const next = new Map<string, number>();
    for (const [type, body] of all.slice(3)) {
      expect(type).toBe(6);
      const packet = body.subarray(20, 20 + body.readUInt32LE(12));
      expect(packet.readUInt16BE(2)).toBe(packet.length);
      const [from, sequence, flags] = [
        packet.subarray(12, 16).join('.'),
        packet.readUInt32BE(24),
        packet[33]!,
      ];
      expect(sequence).toBe(next.get(from) ?? sequence);
      next.set(from, sequence + packet.length - 40 + ((flags & 3) !== 0 ? 1 : 0));
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
});
