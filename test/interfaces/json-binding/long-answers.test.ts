import { Worker } from 'node:worker_threads';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindFunctions, requestResponse } from '../../../src/interfaces/json-binding/index.js';
import { ensurePki } from '../../../src/pki/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';

const folder = await testPkiFolder();
const { tls } = await ensurePki(folder, { address: 'localhost', now: new Date(), warn: () => undefined });
const long = 'x'.repeat(60_000);

const app = Fastify({ https: tls });
app.register((scope, _options, done) => {
  bindFunctions(scope);
  requestResponse(scope, 'long', async () => {
    // Where a commit or a fault has made it wait, an answer goes out in another phase of the event loop than a request comes in.
    await new Promise((resolve) => setImmediate(resolve));
    return { long };
  });
  done();
});
beforeAll(() => app.listen({ port: 0, host: '127.0.0.1' }));
afterAll(() => app.close());

/**
 * Asks again and again over one connection, head and body in TLS records of their own that arrive together, each time as
 * soon as the answer before has arrived; from a thread of its own, since the server has to be busy with that answer still.
 * Tells the lengths of the answers that it got before the connection was closed.
 */
const client = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { connect: connectTcp } = require('node:net');
  const { Duplex } = require('node:stream');
  const { connect } = require('node:tls');
  const lengths = [];
  let text = '';
  const tcp = connectTcp(workerData);
  const records = [];
  const joined = new Duplex({
    read() {},
    write(record, _encoding, done) {
      if (records.push(record) === 1) setTimeout(() => tcp.write(Buffer.concat(records.splice(0))), 1);
      done();
    },
    final: () => tcp.end(),
  });
  tcp.on('data', (octets) => joined.push(octets)).on('end', () => joined.push(null)).on('error', () => undefined);
  const socket = connect({ socket: joined, rejectUnauthorized: false }, ask);
  function ask() {
    text = '';
    socket.write('POST /long HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\nContent-Length: 2\\r\\n\\r\\n');
    socket.write('{}');
  }
  socket.setEncoding('latin1');
  socket.on('data', (octets) => {
    text += octets;
    const head = text.indexOf('\\r\\n\\r\\n') + 4;
    const length = Number(/content-length: (\\d+)/i.exec(text)?.[1]);
    if (head < 4 || text.length < head + length) return;
    lengths.push(length);
    if (lengths.length < 50) ask();
    else tcp.destroy();
  });
  socket.on('error', () => undefined);
  tcp.on('close', () => parentPort.postMessage(lengths));
`;

it('takes the next request of a connection as soon as a long answer has arrived', async () => {
  const { port } = app.server.address() as { port: number };
  const worker = new Worker(client, { eval: true, workerData: { host: '127.0.0.1', port } });
  const lengths = await new Promise((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  );
  await worker.terminate();
  const header = JSON.stringify({ header: { functionExecutionStatus: { status: 'Executed-Success' } } });
  const length = header.length + JSON.stringify({ long }).length - 1;
  expect(lengths).toEqual(Array.from({ length: 50 }, () => length));
});
