import type { DeviceDetails, OperationView } from '../../../api/index.js';
import { call } from '../../api/client.js';

export type Profile = DeviceDetails['profiles'][number];
export type Card = DeviceDetails['card'];
export type Platform = DeviceDetails['platform'];
export type Answer = 'yes' | 'no' | 'notNow';

/** What to download: the profile of an activation code, or of the order that the SM-DP+ has for the EID. */
export interface Wanted {
  readonly activationCode?: string;
  readonly smdpAddress?: string;
  readonly matchingId?: string;
}

interface NewDevice {
  readonly name?: string;
  readonly platform?: Platform;
  readonly user?: { readonly consent: 'ask' | 'yes' };
}

const pathOf = (name: string, below = ''): string => `/devices/${encodeURIComponent(name)}${below}`;

const start = (name: string, below: string, body: object, wait: boolean): Promise<OperationView> =>
  call<OperationView>(pathOf(name, below), { method: 'POST', body, query: { wait } });

/** The calls about virtual devices. With `wait`, a call returns when the operation has ended or the device asks its user. */
export const device = {
  make: (body: NewDevice) => call<DeviceDetails>('/devices', { method: 'POST', body }),

  show: (name: string, signal?: AbortSignal) => call<DeviceDetails>(pathOf(name), { signal }),

  remove: (name: string) => call(pathOf(name), { method: 'DELETE' }),

  set: (name: string, body: { readonly card?: Card; readonly user?: { readonly consent: 'ask' | 'yes' } }) =>
    call<DeviceDetails>(pathOf(name), { method: 'PUT', body }),

  download: (name: string, wanted: Wanted & { readonly confirmationCode?: string }, wait = false) =>
    start(name, '/download', wanted, wait),

  answer: (
    name: string,
    body: { readonly answer: Answer; readonly confirmationCode?: string },
    wait = false,
  ) => start(name, '/consent', body, wait),

  change: (name: string, iccid: string, change: 'enable' | 'disable' | 'delete', wait = false) =>
    start(name, `/profiles/${encodeURIComponent(iccid)}/${change}`, {}, wait),

  sendNotifications: (name: string) => start(name, '/notifications', {}, false),

  reset: (name: string) => start(name, '/reset', {}, false),
};

/** What to download when the user repeats the download of an operation. */
export const wantedIn = ({ request }: Pick<OperationView, 'request'>): Wanted => {
  const { activationCode, smdpAddress, matchingId } = request as Wanted;
  return {
    ...(activationCode !== undefined && { activationCode }),
    ...(smdpAddress !== undefined && { smdpAddress }),
    ...(matchingId !== undefined && { matchingId }),
  };
};

/** The TransactionId of an operation, from its result, otherwise from the step that began the session. */
export const transactionOf = ({ result, steps }: OperationView): string | undefined =>
  result?.transactionId ??
  steps
    .map(({ step, message }) => step === 'initiateAuthentication' && /\b[0-9A-F]{2,64}\b/.exec(message)?.[0])
    .find((found) => typeof found === 'string');
