import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ApduCard,
  HttpRelay,
  runWithCard,
  VirtualEuicc,
  type ProgramOptions,
} from '../../../src/device/index.js';
import { stubWith, world } from '../support/devices.js';

const lpacLike = fileURLToPath(new URL('./support/lpac-like.js', import.meta.url));

/** Runs a script of Node with a card. */
async function run(
  command: readonly string[],
  options: Partial<ProgramOptions> = {},
): Promise<{ end: Awaited<ReturnType<typeof runWithCard>>; lines: string[]; troubles: string[] }> {
  const lines: string[] = [];
  const troubles: string[] = [];
  const http = new HttpRelay();
  onTestFinished(() => http.close());
  const end = await runWithCard({
    command: [process.execPath, ...command],
    card: new ApduCard(new VirtualEuicc({ material: world.material })),
    http,
    onLine: (line) => void lines.push(line),
    onTrouble: (message) => void troubles.push(message),
    ...options,
  });
  return { end, lines, troubles };
}

describe('the relay for HTTP', () => {
  it('sends path, headers, body and the name of the asked server to the one given', async () => {
    const stub = await stubWith({});
    const http = new HttpRelay({ to: new URL(`http://${stub.address}`) });
    onTestFinished(() => http.close());
    const url = 'https://smdp.example.com:8443/gsma/rsp2/es9plus/handleNotification';
    const headers = [
      'User-Agent: gsma-rsp-lpad',
      'X-Odd:  two: parts ',
      'Content-Length: 999',
      'host: other',
    ];
    const answer = await http.post(url, headers, Buffer.from('{"a":1}'));
    expect(answer).toMatchObject({ status: 204, body: Buffer.alloc(0) });
    expect(stub.requests).toMatchObject([
      {
        name: 'handleNotification',
        body: { a: 1 },
        headers: {
          host: 'smdp.example.com:8443',
          'user-agent': 'gsma-rsp-lpad',
          'x-odd': 'two: parts',
          'content-length': '7',
        },
      },
    ]);
  });

  it.each([
    ['no URL', 'smdp.example.com', [], /is not a URL/],
    ['another scheme', 'ftp://smdp.example.com/', [], /not an HTTP URL/],
    ['a header without a colon', 'http://localhost:9/', ['User-Agent'], /needs a name and a colon/],
    ['a header that HTTP cannot carry', 'http://localhost:9/', ['X: a\nb'], /[Ii]nvalid/],
  ])('refuses %s', async (_, url, headers, words) => {
    await expect(new HttpRelay().post(url, headers, Buffer.alloc(0))).rejects.toThrow(words);
  });
});

describe('a program on a card', () => {
  it.each([
    [true, 'es10b_prepare_download'],
    [false, 'es10b_cancel_session'],
  ])('whose preview is answered with %s goes on with %s', async (isAgreed, next) => {
    const stub = await stubWith({});
    const http = new HttpRelay({ to: new URL(`http://${stub.address}`) });
    onTestFinished(() => http.close());
    const { lines } = await run([lpacLike, 'profile', 'download', '-p', '-s', 'smdp.example.com'], {
      http,
      onPreview: () => Promise.resolve(isAgreed),
    });
    const messages = lines.map(
      (line) => (JSON.parse(line) as { payload: { message: string } }).payload.message,
    );
    expect(messages[messages.indexOf('preview') + 1]).toBe(next);
  });

  it('follows an SM-DS in a discovery', async () => {
    const eventEntries = [{ eventId: '1', rspServerAddress: 'smdp.example.com' }];
    const stub = await stubWith({
      answer: (name, members) => (name === 'authenticateClient' ? { ...members, eventEntries } : members),
    });
    const http = new HttpRelay({ to: new URL(`http://${stub.address}`) });
    onTestFinished(() => http.close());
    const { lines } = await run([lpacLike, 'profile', 'discovery'], { http });
    expect(lines.at(-1)).toContain('[{"rspServerAddress":"smdp.example.com"}]');
    expect(stub.requests[0]!.headers['host']).toBe('lpa.ds.gsma.com');
  });

  it('keeps its exit code and its signal', async () => {
    expect((await run(['-e', 'process.exit(7)'])).end).toEqual({
      ...{ exitCode: 7, signal: undefined, usedCard: false, wasSilent: false },
    });
    expect((await run(['-e', 'process.kill(process.pid, "SIGTERM")'])).end).toMatchObject({
      ...{ exitCode: 143, signal: 'SIGTERM' },
    });
  });

  it('may die without reading its answers', async () => {
    const script = `
      const line = '{"type":"apdu","payload":{"func":"connect","param":null}}\\n';
      process.stdout.write(line.repeat(2000), () => process.exit(3));`;
    expect((await run(['-e', script])).end).toMatchObject({ exitCode: 3, usedCard: true });
  });

  it('may write lines in pieces, with characters cut in two, and without a last line end', async () => {
    const script = `
      const text = Buffer.from('{"type":"progress","payload":"ü"}\\r\\nlast');
      (async () => {
        for (const octet of text) { process.stdout.write(Buffer.of(octet)); await new Promise(setImmediate); }
      })();`;
    expect((await run(['-e', script])).lines).toEqual(['{"type":"progress","payload":"ü"}', 'last']);
  });

  it('is ended when its line never ends', async () => {
    const script = `
      const chunk = 'x'.repeat(1 << 20);
      const more = () => { while (process.stdout.write(chunk)); process.stdout.once('drain', more); };
      more();`;
    await expect(run(['-e', script])).rejects.toThrow(/a line has more than/);
  });

  /** The stdio driver of lpac 2.3.0 gives up without reading the answer. */
  const brokenStdio = `
    const print = (type, payload) => console.log(JSON.stringify({ type, payload }));
    if (process.env.LPAC_APDU === 'stdio') {
      print('apdu', { func: 'connect', param: null });
      print('lpa', { code: -1, message: 'euicc_init', data: '' });
      process.exitCode = 255;
    } else {
      print('lpa', { code: 0, message: process.env.LPAC_APDU, data: process.env.PCSCLITE_CSOCK_NAME });
    }`;

  it('whose stdio driver is broken is run again with PC/SC', async () => {
    const { end, lines } = await run(['-e', brokenStdio]);
    expect(end).toMatchObject({ exitCode: 0 });
    expect(lines).toEqual([expect.stringMatching(/"code":0,"message":"pcsc","data":".*pcscd\.comm"/)]);
  });

  it('that must use its broken stdio driver fails', async () => {
    const { end, lines } = await run(['-e', brokenStdio], { apdu: 'stdio' });
    expect(end).toMatchObject({ exitCode: 255, usedCard: true });
    expect(lines).toEqual(['{"type":"lpa","payload":{"code":-1,"message":"euicc_init","data":""}}']);
  });

  it('gets a line of input at first, and one more after each answer to HTTP', async () => {
    const script = `
      require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        console.log('got ' + line.slice(0, 30));
        if (line.startsWith('input')) console.log('{"type":"http","payload":{"url":"none","tx":""}}');
      }).on('close', () => console.log('end'));`;
    const { lines } = await run(['-e', script], {
      apdu: 'pcsc',
      input: Readable.from(['input 1', 'input 2']),
    });
    const answer = 'got {"type":"http","payload":{"rco';
    expect(lines).toEqual(['got input 1', answer, 'got input 2', answer, 'end']);
  });

  it('that cannot be started raises the error of the system', async () => {
    await expect(run([], { command: ['/no/such/program'] })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
