import { readTlv, tlv } from '../../../../src/wire/asn1/index.js';
import type { ApduCard } from '../../../../src/device/index.js';
import { TestSession, type TestWorld } from '../../support/test-server.js';
import type { BindingInput } from '../../support/binding.js';
import { segmentBoundProfilePackage, type PrepareDownloadRequest } from '../../../../src/device/index.js';

export const isdR = 'A0000005591010FFFFFFFF8900000100';
export const ecasd = 'A0000005591010FFFFFFFF8900000200';
export const araM = 'A00000015141434C00';

/** Sends a command in hex and returns the response in upper-case hex. */
export const send = (card: ApduCard, command: string): string =>
  card
    .transmit(Buffer.from(command.replaceAll(' ', ''), 'hex'))
    .toString('hex')
    .toUpperCase();

/** An LPA that talks to the ISD-R on a logical channel, octet for octet as lpac does. */
export class ApduLpa {
  readonly channel: number;
  /** Status words of the last command, one for each block and each GET RESPONSE. */
  statusWords: string[] = [];

  constructor(
    readonly card: ApduCard,
    readonly segmentSize = 120,
  ) {
    const opened = send(card, '0070000001');
    if (!opened.endsWith('9000')) throw new Error(`no channel: ${opened}`);
    this.channel = parseInt(opened.slice(0, 2), 16);
    const selected = send(card, `${hex(this.channel)}A4040010${isdR}`);
    if (!selected.startsWith('61')) throw new Error(`no ISD-R: ${selected}`);
  }

  /** Calls a function of ES10 and returns the response, DER. */
  call(request: Buffer | string): Buffer {
    const octets = typeof request === 'string' ? Buffer.from(request.replaceAll(' ', ''), 'hex') : request;
    this.statusWords = [];
    let response: Buffer = Buffer.alloc(0);
    for (let at = 0, block = 0; at < octets.length; at += this.segmentSize, block++) {
      const data = octets.subarray(at, at + this.segmentSize);
      const isLast = at + this.segmentSize >= octets.length;
      response = this.#exchange(Buffer.from([0xe2, isLast ? 0x91 : 0x11, block, data.length, ...data]));
      if (!/^(9|61)/.test(this.statusWords.at(-1)!)) return response;
    }
    return response;
  }

  /** The response in upper-case hex. */
  callHex(request: string): string {
    return this.call(request).toString('hex').toUpperCase();
  }

  close(): string {
    return send(this.card, `007080${hex(this.channel)}00`);
  }

  #exchange(tail: Buffer): Buffer {
    const cla = 0x80 | this.channel;
    let answer = this.#transmit(Buffer.concat([Buffer.of(cla), tail]));
    let data: Buffer = answer.subarray(0, -2);
    while (answer.at(-2) === 0x61) {
      answer = this.#transmit(Buffer.of(cla, 0xc0, 0, 0, answer.at(-1)!));
      data = Buffer.concat([data, answer.subarray(0, -2)]);
    }
    return data;
  }

  #transmit(command: Buffer): Buffer {
    const answer = this.card.transmit(command);
    this.statusWords.push(answer.subarray(-2).toString('hex'));
    return answer;
  }
}

const hex = (octet: number): string => octet.toString(16).padStart(2, '0');

/** The value of the only member of a response. */
export function memberOf(response: Buffer, tag: number): Buffer {
  const outer = readTlv(response, 0, response.length, 'minimal');
  const member = readTlv(response, outer.valueStart, outer.end, 'minimal');
  if (member.tag !== tag) throw new Error(`tag ${member.tag.toString(16)} in ${response.toString('hex')}`);
  return response.subarray(member.valueStart, member.end);
}

/** ES10b.AuthenticateServer: the request that the LPA makes from an answer of the SM-DP+. */
export const authenticateServerRequest = (parts: ReturnType<TestSession['authenticateServer']>): Buffer =>
  tlv(
    0xbf38,
    parts.serverSigned1,
    parts.serverSignature1,
    parts.euiccCiPKIdToBeUsed,
    parts.serverCertificate,
    parts.ctxParams1,
  );

/** ES10b.PrepareDownload, likewise. */
export const prepareDownloadRequest = (parts: PrepareDownloadRequest): Buffer =>
  tlv(
    0xbf21,
    parts.smdpSigned2,
    parts.smdpSignature2,
    ...(parts.hashCc ? [tlv(0x04, parts.hashCc)] : []),
    parts.smdpCertificate,
  );

/** A session with an SM-DP+ up to a bound profile package in units. */
export function prepare(lpa: ApduLpa, world: TestWorld, changes: Partial<BindingInput> = {}) {
  const session = new TestSession(world);
  const challenge = memberOf(lpa.call('BF2E00'), 0x80);
  const authenticated = lpa.call(authenticateServerRequest(session.authenticateServer(challenge)));
  const prepared = lpa.call(prepareDownloadRequest(session.prepareDownload(authenticated)));
  const { units } = segmentBoundProfilePackage(session.boundProfilePackage(prepared, changes));
  return { session, units };
}

/** Downloads a profile: ProfileInstallationResult, DER. */
export function install(lpa: ApduLpa, world: TestWorld, changes: Partial<BindingInput> = {}): Buffer {
  for (const unit of prepare(lpa, world, changes).units) {
    const response = lpa.call(unit);
    if (response.length > 0) return response;
  }
  throw new Error('the card has not answered the last unit');
}
