import { expect } from 'vitest';
import type { CreatedProfile, OperationView, SessionList } from '../../../src/api/index.js';
import type { ConsoleFrame } from './console.js';

export const eid = '89049032123451234512345678901235';

/** What a server holds after much use: profiles in each state, sessions of both outcomes, devices at each screen. */
export interface Filled {
  readonly released: number;
  readonly installed: number;
  readonly linked: number;
  readonly success: string;
  readonly refused: string;
}

/** Fills a server through its API. */
export async function fill(frame: ConsoleFrame): Promise<Filled> {
  const { call, server } = frame;
  const { order, make } = helpersFor(frame);

  await call('POST', '/pools', { name: 'north', count: 1_500 });
  for (const state of ['Available', 'Linked', 'Confirmed'] as const)
    await order({ state, label: 'lab phone', ...(state === 'Linked' && { eid }) });
  const linked = await order({ state: 'Linked', eid, label: 'one to cancel' });
  const released = await order({ label: '<b>hostile</b> \u202eevil', confirmationCode: '1234' });
  const installed = await makePhones(frame);
  const success = (await call<SessionList>('GET', `/sessions?iccid=${installed.iccid}`)).items[0]!
    .transactionId;
  const refused = (await call<SessionList>('GET', '/sessions?matchingId=NOT-A-CODE')).items[0]!.transactionId;

  const pc = await make('pc-1', { platform: 'windows' });
  await make('pc-2', { platform: 'windows' });
  await order({ eid: pc.eid, matchingId: '' });
  await call('PUT', '/device-groups/sales', { devices: ['pc-1', 'pc-2'] });
  await call('PUT', '/policies/esim', {
    downloadServer: { serverName: server.address },
    include: ['sales'],
  });
  await call('POST', '/faults', {
    name: '<i>mine</i>',
    function: 'cancelSession',
    probability: 0,
    httpStatus: 503,
  });
  await call('POST', '/snapshots', { name: 'before' });
  const ordered = await fetch(`${server.operatorUrl}/gsma/rsp2/es2plus/downloadOrder`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      header: { functionRequesterIdentifier: '1.2.3', functionCallIdentifier: 'a' },
      profileType: 'generic',
    }),
  });
  expect(ordered.status).toBe(200);
  return {
    released: released.id,
    installed: installed.id,
    linked: linked.id,
    success,
    refused,
  };
}

/** Two phones: `home` with an enabled profile, and `stranger`, which was refused. @returns the profile of `home` */
async function makePhones(frame: ConsoleFrame): Promise<CreatedProfile> {
  const { order, make, start } = helpersFor(frame);
  const installed = await order({ label: 'lab phone' });
  await make('home');
  await start('home', 'download', { activationCode: installed.activationCode });
  await start('home', `profiles/${installed.iccid}/enable`, {});
  await make('stranger');
  await start('stranger', 'download', { activationCode: 'LPA:1$localhost$NOT-A-CODE' });
  return installed;
}

/** Phones at each screen. */
export async function fillPhones(frame: ConsoleFrame): Promise<void> {
  const { order, make, start } = helpersFor(frame);
  const asks = { user: { consent: 'ask' } };
  await makePhones(frame);
  await make('consent', asks);
  await start('consent', 'download', { activationCode: (await order()).activationCode });
  for (const name of ['asked', 'wrong']) {
    await make(name, asks);
    await start(name, 'download', {
      activationCode: (await order({ confirmationCode: '1234' })).activationCode,
    });
    await start(name, 'consent', { answer: 'yes' });
  }
  await start('wrong', 'consent', { confirmationCode: '9' });
  await make('full', { card: { memoryFull: true } });
  await start('full', 'download', { activationCode: (await order()).activationCode });
  await make('dead', { card: { powerLossAtUnit: 5 } });
  await start('dead', 'download', { activationCode: (await order()).activationCode });
  await make('refusing', { card: { userRefuses: 'endUserRejection' } });
  await start('refusing', 'download', { activationCode: (await order()).activationCode });
  await make('holding', { card: { holdNotifications: true } });
  await start('holding', 'download', { activationCode: (await order()).activationCode });
}

function helpersFor({ call }: ConsoleFrame) {
  return {
    order: (body: object = {}) => call<CreatedProfile>('POST', '/profiles', body),
    make: (name: string, body: object = {}) =>
      call<{ eid: string }>('POST', '/devices', { name, platform: 'phone', ...body }),
    start: (name: string, path: string, body: object) =>
      call<OperationView>('POST', `/devices/${name}/${path}?wait=true`, body),
  };
}
