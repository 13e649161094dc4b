import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApduCard, offerOverPcsc, VirtualEuicc } from '../../../src/device/index.js';
import { world } from '../support/devices.js';

const readerName = 'mock-smdp virtual eUICC 00 00';
const exclusive = 1;
const shared = 2;
const t0 = 1;
const selectEcasd = '00A4040010A0000005591010FFFFFFFF8900000200';

/** Speaks to the service as libpcsclite does. */
class PcscLite {
  #received = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  isClosed = false;

  constructor(readonly socket: Socket) {
    socket.on('data', (octets: Buffer) => {
      this.#received = Buffer.concat([this.#received, octets]);
      this.#wake?.();
    });
    socket.on('close', () => {
      this.isClosed = true;
      this.#wake?.();
    });
  }

  async read(length: number): Promise<Buffer> {
    while (this.#received.length < length && !this.isClosed)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    const octets = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return octets;
  }

  send(command: number, body: Buffer, data = Buffer.alloc(0)): void {
    const header = Buffer.alloc(8);
    header.writeUInt32LE(body.length, 0);
    header.writeUInt32LE(command, 4);
    this.socket.write(Buffer.concat([header, body, data]));
  }

  /** Sends a structure. Returns the structure of the answer as 32-bit numbers. */
  async call(command: number, ...numbers: readonly number[]): Promise<number[]> {
    this.send(command, words(numbers));
    return numbersOf(await this.read(numbers.length * 4));
  }

  async connectCard(
    mode: number,
    protocols = t0,
    name = readerName,
  ): Promise<[result: number, handle: number]> {
    const body = Buffer.alloc(152);
    body.write(name, 4, 'latin1');
    body.writeUInt32LE(mode, 132);
    body.writeUInt32LE(protocols, 136);
    this.send(0x04, body);
    const answer = await this.read(152);
    return [answer.readUInt32LE(148), answer.readUInt32LE(140)];
  }

  async transmit(handle: number, apdu: string, room = 264): Promise<[result: number, response: string]> {
    const command = Buffer.from(apdu, 'hex');
    this.send(0x09, words([handle, t0, 16, command.length, t0, 16, room, 0]), command);
    const answer = numbersOf(await this.read(32));
    const response = answer[7] === 0 ? await this.read(answer[6]!) : Buffer.alloc(0);
    return [answer[7]!, response.toString('hex').toUpperCase()];
  }

  async states(command = 0x12): Promise<{ name: string; sharing: number; atr: string }> {
    this.send(command, Buffer.alloc(0));
    const states = await this.read(16 * 184);
    expect(states.subarray(184).every((octet) => octet === 0)).toBe(true);
    return {
      name: states.toString('latin1', 0, states.indexOf(0)),
      sharing: states.readInt32LE(136),
      atr: states.subarray(140, 140 + states.readUInt32LE(176)).toString('hex'),
    };
  }
}

const words = (numbers: readonly number[]): Buffer => {
  const octets = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => octets.writeUInt32LE(number, index * 4));
  return octets;
};
const numbersOf = (octets: Buffer): number[] =>
  Array.from({ length: octets.length / 4 }, (_, index) => octets.readUInt32LE(index * 4));

async function offered(): Promise<{ card: ApduCard; path: string; program: () => Promise<PcscLite> }> {
  const card = new ApduCard(new VirtualEuicc({ material: world.material }));
  const service = await offerOverPcsc(card);
  onTestFinished(() => service.close());
  const program = (): Promise<PcscLite> =>
    new Promise((resolve, reject) => {
      const socket = connect(service.path);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new PcscLite(socket)));
    });
  return { card, path: service.path, program };
}

describe('the PC/SC service', () => {
  it.each([
    [3, 3, 0],
    [4, 4, 0],
    [5, 5, 0],
    [6, 4, 0],
    [2, 4, 0x8010001e],
  ])('answers a program of protocol 4:%i with 4:%i', async (asked, answered, result) => {
    const { program } = await offered();
    expect(await (await program()).call(0x11, 4, asked, 0)).toEqual([4, answered, result]);
  });

  it('shows one reader with the card, and gives its responses', async () => {
    const { card, program } = await offered();
    const client = await program();
    expect((await client.call(0x01, 2, 0, 0))[2]).toBe(0);
    expect(await client.states()).toEqual({ name: readerName, sharing: 0, atr: card.atr.toString('hex') });
    const [result, handle] = await client.connectCard(exclusive);
    expect(result).toBe(0);
    expect((await client.states()).sharing).toBe(-1);
    expect(await client.transmit(handle, selectEcasd)).toEqual([0, expect.stringMatching(/^61..$/)]);
    expect(await client.transmit(handle, '80CA005A00')).toEqual([0, `5A10${card.eid}9000`]);
    // The response has 20 octets.
    expect(await client.transmit(handle, '80CA005A00', 19)).toEqual([0x80100008, '']);
    expect(await client.call(0x06, handle, 2, 0)).toEqual([handle, 2, 0]);
    expect(await client.transmit(handle, '80CA005A00')).toEqual([0x80100003, '']);
  });

  it('refuses another reader, another protocol, and a card that another program has', async () => {
    const { program } = await offered();
    const [first, second] = [await program(), await program()];
    expect((await first.connectCard(shared, t0, 'Another reader'))[0]).toBe(0x80100009);
    expect((await first.connectCard(shared, 2))[0]).toBe(0x8010000f);
    expect((await first.connectCard(exclusive))[0]).toBe(0);
    expect((await second.connectCard(shared))[0]).toBe(0x8010000b);
    first.socket.destroy();
    await expect.poll(async () => (await second.connectCard(exclusive))[0]).toBe(0);
  });

  it('keeps the card for a program that has begun a transaction', async () => {
    const { program } = await offered();
    const [first, second] = [await program(), await program()];
    const [, one] = await first.connectCard(shared);
    const [, two] = await second.connectCard(shared);
    expect((await first.call(0x07, one, 0))[1]).toBe(0);
    expect((await second.transmit(two, selectEcasd))[0]).toBe(0x8010000b);
    expect((await first.call(0x08, one, 0, 0))[2]).toBe(0);
    expect(await second.transmit(two, selectEcasd)).toEqual([0, expect.stringMatching(/^61..$/)]);
  });

  it('lets a program wait for a change until it stops, or until another one cancels', async () => {
    const { program } = await offered();
    const client = await program();
    const [, context] = await client.call(0x01, 2, 0, 0);
    await client.states(0x13);
    client.send(0x14, Buffer.alloc(0));
    expect(numbersOf(await client.read(8))).toEqual([0, 0]);
    await client.states(0x13);
    expect((await (await program()).call(0x0d, context!, 0))[1]).toBe(0);
    expect(numbersOf(await client.read(8))).toEqual([0, 0x80100002]);
  });

  it.each([
    ['an unknown command', words([4, 99, 0])],
    ['a structure of the wrong length', words([4, 0x11, 0])],
    ['more data than an APDU has', words([32, 0x09, 1, 1, 16, 0x20000, 1, 16, 264, 0])],
  ])('closes the connection after %s', async (_, octets) => {
    const { program } = await offered();
    const client = await program();
    client.socket.write(octets);
    await client.read(1);
    expect(client.isClosed).toBe(true);
  });

  it('removes its socket when it is closed', async () => {
    const service = await offerOverPcsc(new ApduCard(new VirtualEuicc({ material: world.material })));
    expect(existsSync(service.path)).toBe(true);
    await service.close();
    expect(existsSync(service.path)).toBe(false);
  });
});
