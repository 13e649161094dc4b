import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ApduCard,
  insertIntoVpcd,
  offerOnTcp,
  openStateFile,
  VirtualEuicc,
} from '../../../src/device/index.js';
import { answerFrames } from '../../../src/device/apdu/frames/answer-frames.js';
import { frame, FrameReader } from '../../../src/device/apdu/frames/frames.js';
import { testEid } from '../../../src/pki/index.js';
import { testWorld } from '../support/test-server.js';
import { isdR } from './support/lpa.js';

const world = testWorld();
const newCard = (): ApduCard => new ApduCard(new VirtualEuicc({ material: world.material }));
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** The reader's end of a connection. */
class Reader {
  readonly #reader = new FrameReader();
  readonly #payloads: Buffer[] = [];

  constructor(readonly socket: Socket) {
    socket.on('data', (octets: Buffer) => {
      this.#payloads.push(...this.#reader.push(octets));
      socket.emit('payload');
    });
    onTestFinished(() => void socket.destroy());
  }

  static async at(port: number): Promise<Reader> {
    const socket = connect(port, 'localhost');
    await once(socket, 'connect');
    return new Reader(socket);
  }

  send(payload: string): void {
    this.socket.write(frame(hex(payload)));
  }

  async ask(payload: string): Promise<string> {
    this.send(payload);
    while (this.#payloads.length === 0) await once(this.socket, 'payload');
    return this.#payloads.shift()!.toString('hex').toUpperCase();
  }
}

async function onPort(card: ApduCard, onConnection?: (position: number) => void) {
  const offered = await offerOnTcp(card, { port: 0, onConnection });
  onTestFinished(() => offered.close());
  return offered;
}

describe('frames', () => {
  it('come out of any pieces of the stream', () => {
    const stream = Buffer.concat([frame(hex('04')), frame(Buffer.alloc(0)), frame(Buffer.alloc(300, 7))]);
    const reader = new FrameReader();
    const payloads = [...stream].flatMap((octet) => reader.push(Buffer.of(octet)));
    expect(payloads).toEqual([hex('04'), Buffer.alloc(0), Buffer.alloc(300, 7)]);
    expect(new FrameReader().push(stream)).toEqual(payloads);
  });

  it('hold up to 65,535 octets', () => {
    expect(() => frame(Buffer.alloc(65_536))).toThrow(RangeError);
  });
});

describe('a frame that is cut off', () => {
  it('ends its connection, so that the next program has the card', async () => {
    const offered = await offerOnTcp(newCard(), { port: 0, frameTimeout: 20 });
    onTestFinished(() => offered.close());
    const broken = await Reader.at(offered.port);
    const ended = once(broken.socket, 'close');
    broken.socket.write(hex('0005007000'));
    const next = await Reader.at(offered.port);
    expect(await next.ask('0070000001')).toBe('019000');
    await ended;
  });

  it('does not end it if the rest comes', async () => {
    const offered = await offerOnTcp(newCard(), { port: 0, frameTimeout: 60_000 });
    onTestFinished(() => offered.close());
    const reader = await Reader.at(offered.port);
    reader.socket.write(hex('0005007000'));
    reader.socket.write(hex('0001'));
    expect(await reader.ask('0070000001')).toBe('019000');
    expect(await reader.ask('0070000001')).toBe('029000');
  });
});

describe('a program that does not take its answers', () => {
  /** The card's end of a connection to such a program, which sends commands in pieces of 64 KiB. */
  class Connection extends Duplex {
    pieces = 0;
    /** Lets the program take an answer. */
    takeAnswer = (): void => undefined;

    override _read(): void {
      this.pieces++;
      setImmediate(() => this.push(Buffer.alloc(65_535, frame(hex('04')))));
    }

    override _write(_octets: Buffer, _encoding: string, done: () => void): void {
      this.takeAnswer = done;
    }

    override _writev(_octets: unknown, done: () => void): void {
      this.takeAnswer = done;
    }

    setNoDelay(): void {}
  }

  it('is read again when it has taken them', async () => {
    const connection = new Connection();
    onTestFinished(() => void connection.destroy());
    answerFrames(connection as unknown as Socket, newCard(), 60_000);
    await once(connection, 'pause');
    await pause(20);
    const read = connection.pieces;
    expect(read).toBeLessThan(5);
    const again = once(connection, 'pause');
    connection.takeAnswer();
    connection.takeAnswer();
    await again;
    expect(connection.pieces).toBeGreaterThan(read);
  });

  it('loses the card after a while', async () => {
    const connection = new Connection();
    answerFrames(connection as unknown as Socket, newCard(), 20);
    await once(connection, 'close');
    expect(connection.writableLength).toBeGreaterThan(0);
  });
});

describe('a card on a TCP port', () => {
  it('answers the ATR and commands, and nothing to a change of its power', async () => {
    const card = newCard();
    const reader = await Reader.at((await onPort(card)).port);
    expect(await reader.ask('04')).toBe(card.atr.toString('hex').toUpperCase());
    reader.send('01');
    expect(await reader.ask('0070000001')).toBe('019000');
    reader.send('02');
    expect(await reader.ask('0070000001')).toBe('019000');
    expect(await reader.ask('')).toBe('6700');
    expect(await reader.ask(`00A4040010${isdR}`)).toBe('6121');
  });

  it('belongs to one program at a time; the next waits', async () => {
    const positions: number[] = [];
    const { port } = await onPort(newCard(), (position) => void positions.push(position));
    const first = await Reader.at(port);
    expect(await first.ask('0070000001')).toBe('019000');
    const second = await Reader.at(port);
    const answer = second.ask('0070000001');
    expect(await first.ask('0070000001')).toBe('029000');
    first.socket.destroy();
    expect(await answer).toBe('019000');
    expect(positions).toEqual([0, 1]);
  });

  it('that is pulled in the middle of a command leaves a state that the next start reads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-card-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const stateFile = join(folder, 'euicc.json');
    const memory = openStateFile(stateFile, testEid);
    const card = new ApduCard(new VirtualEuicc({ material: world.material, memory }));
    const { port } = await onPort(card);
    const reader = await Reader.at(port);
    await reader.ask(`00A4040010${isdR}`);
    expect(await reader.ask('80E2910006BF3F03800141')).toBe('6106');
    expect(await reader.ask('80E2110005BF3F038001')).toBe('9000');
    reader.socket.write(hex('00'));
    reader.socket.destroy();
    const next = await Reader.at(port);
    expect(await next.ask('80E29101 01 42'.replaceAll(' ', ''))).toBe('6D00');
    const restarted = new VirtualEuicc({
      material: world.material,
      memory: openStateFile(stateFile, testEid),
    });
    expect(restarted.getEuiccConfiguredAddresses().defaultSmdpAddress).toBe('A');
  });
});

/** A vpcd that a test starts and stops. */
async function fakeVpcd(port = 0): Promise<{ server: Server; port: number; card: () => Promise<Reader> }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    server.emit('card');
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    server,
    port: (server.address() as AddressInfo).port,
    card: async () => {
      while (sockets.length === 0) await once(server, 'card');
      return new Reader(sockets.shift()!);
    },
  };
}

describe('a card in vpcd', () => {
  it('is inserted, and inserted again after it was let go', async () => {
    const vpcd = await fakeVpcd();
    const stop = new AbortController();
    const events: string[] = [];
    const done = insertIntoVpcd(newCard(), {
      ...{ host: 'localhost', port: vpcd.port, signal: stop.signal, interval: 1 },
      onInserted: () => void events.push('inserted'),
      onRemoved: () => void events.push('removed'),
    });
    const first = await vpcd.card();
    expect(await first.ask('0070000001')).toBe('019000');
    first.socket.destroy();
    const second = await vpcd.card();
    expect(await second.ask('0070000001')).toBe('019000');
    stop.abort();
    await done;
    expect(events).toEqual(['inserted', 'removed', 'inserted']);
  });

  it('waits for vpcd, and says so once', async () => {
    const { server, port } = await fakeVpcd();
    await new Promise((resolve) => server.close(resolve));
    const stop = new AbortController();
    const reasons: (string | undefined)[] = [];
    let attempts = 0;
    const told = new Promise<void>((resolve) => {
      void insertIntoVpcd(newCard(), {
        ...{ host: 'localhost', port, signal: stop.signal, interval: 1 },
        onRemoved: (reason) => {
          reasons.push((reason as NodeJS.ErrnoException | undefined)?.code);
          resolve();
        },
        onInserted: () => void attempts++,
      });
    });
    await told;
    const vpcd = await fakeVpcd(port);
    await (await vpcd.card()).ask('04');
    stop.abort();
    expect([reasons, attempts]).toEqual([['ECONNREFUSED'], 1]);
  });
});
