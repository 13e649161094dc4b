import { expect, onTestFinished } from 'vitest';
import {
  createVirtualDevice,
  loadManufacturer,
  manufactureEuicc,
  type VirtualDevice,
} from '../../../../src/device/index.js';
import { answerOf, success, type Answer } from '../../support/answers.js';
import { names, type TestSmds } from '../../support/smds.js';

let serial = 0;
export const newEid = (): string => `8904903277${String(++serial).padStart(22, '0')}`;

export interface ProfileView {
  readonly iccid: string;
  readonly state: string;
  readonly smds: { readonly state: string; readonly lastError: string | null } | null;
}

/** A server as its operator sees it. */
export class Operator {
  #calls = 0;

  constructor(readonly smdp: TestSmds) {}

  /** Calls a function of ES2+. */
  async ask(name: string, members: object): Promise<Answer> {
    const header = { functionRequesterIdentifier: 'operator', functionCallIdentifier: String(++this.#calls) };
    const response = await this.#send('POST', `/gsma/rsp2/es2plus/${name}`, { header, ...members });
    return answerOf({
      ...{ status: response.status, body: await response.text() },
      ...{ headers: Object.fromEntries(response.headers), certificate: undefined as never },
    });
  }

  async done(name: string, members: object): Promise<Record<string, string>> {
    const answer = await this.ask(name, members);
    expect(answer.status).toBe(success);
    return answer.members as Record<string, string>;
  }

  /** Orders a profile for the EID. @returns its ICCID */
  async order(eid: string): Promise<string> {
    return (await this.done('downloadOrder', { profileType: 'generic', eid }))['iccid']!;
  }

  /** {@link order}, confirmed and released, with an event at the SM-DS. */
  async release(eid: string, smdsAddress: string, more: object = {}) {
    const iccid = await this.order(eid);
    const confirmation = { iccid, smdsAddress, releaseFlag: true, ...more };
    return { iccid, matchingId: (await this.done('confirmOrder', confirmation))['matchingId']! };
  }

  async profile(iccid: string): Promise<ProfileView> {
    return (await (await this.#send('GET', `/api/v1/profiles/${iccid}`)).json()) as ProfileView;
  }

  async create(body: object): Promise<ProfileView> {
    const response = await this.#send('POST', '/api/v1/profiles', body);
    expect(response.status).toBe(201);
    return (await response.json()) as ProfileView;
  }

  async change(iccid: string, action: string): Promise<ProfileView> {
    return (await (
      await this.#send('POST', `/api/v1/profiles/${iccid}/${action}`, {})
    ).json()) as ProfileView;
  }

  /** Resolves once what the SM-DS knows of the order is `state`; null for nothing. */
  async event(iccid: string, state: string | null): Promise<void> {
    const now = async () => (await this.profile(iccid)).smds?.state ?? null;
    await expect.poll(now, { timeout: 20_000 }).toBe(state);
  }

  #send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.smdp.server.operatorUrl}${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  }
}

/** A device for which all names lead to this server, but for those that lead `elsewhere`; it ends with the test. */
export function deviceOf(
  { pkiFolder, port }: TestSmds,
  eid: string,
  elsewhere: (address: string) => string | undefined = () => undefined,
): VirtualDevice {
  const device = createVirtualDevice({
    material: manufactureEuicc(loadManufacturer(pkiFolder), eid),
    server: { connect: (address) => elsewhere(address) ?? `127.0.0.1:${port}`, verifyTls: false },
  });
  onTestFinished(() => device.close());
  return device;
}

/** The SM-DP+ of the tests. */
export const smdpAddress = names.address;
