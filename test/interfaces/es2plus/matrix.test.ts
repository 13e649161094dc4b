import { beforeAll, describe, expect, it } from 'vitest';
import { profileStates, type ProfileState } from '../../../src/store/index.js';
import { startOperatorSide, success, type FunctionName, type OperatorSide } from './support.js';

let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide();
});

/** A call, and for each state in which it is possible the state after it. */
interface Row {
  readonly name: FunctionName;
  readonly body: object;
  readonly possible: Partial<Record<ProfileState, ProfileState>>;
  readonly otherwise: string;
}

const matchingIds: Partial<Record<ProfileState, string>> = {
  ...{ Confirmed: 'M', Released: 'M', Downloaded: 'M', Installed: 'M', Error: 'M' },
};

const cancelled = (to: ProfileState): Row['possible'] => ({
  ...{ Allocated: to, Linked: to, Confirmed: to, Released: to, Error: to },
});

const rows: Readonly<Record<string, Row>> = {
  'downloadOrder without EID': {
    ...{ name: 'downloadOrder', body: {}, otherwise: '8.2.1/3.3' },
    possible: { Available: 'Allocated' },
  },
  'downloadOrder with EID': {
    ...{ name: 'downloadOrder', body: { eid: '89049032123451234512345678901235' }, otherwise: '8.2.1/3.3' },
    possible: { Available: 'Linked' },
  },
  'confirmOrder without release': {
    ...{ name: 'confirmOrder', body: { releaseFlag: false }, otherwise: '8.2.1/3.3' },
    possible: { Allocated: 'Confirmed', Linked: 'Confirmed' },
  },
  'confirmOrder with release': {
    ...{ name: 'confirmOrder', body: { releaseFlag: true }, otherwise: '8.2.1/3.3' },
    possible: { Allocated: 'Released', Linked: 'Released' },
  },
  releaseProfile: {
    ...{ name: 'releaseProfile', body: {}, otherwise: '8.2.1/3.5' },
    possible: { Confirmed: 'Released', Released: 'Released' },
  },
  'cancelOrder to Available': {
    ...{ name: 'cancelOrder', body: { finalProfileStatusIndicator: 'Available' }, otherwise: '8.2.1/3.3' },
    possible: cancelled('Available'),
  },
  'cancelOrder to Unavailable': {
    ...{ name: 'cancelOrder', body: { finalProfileStatusIndicator: 'Unavailable' }, otherwise: '8.2.1/3.3' },
    possible: cancelled('Unavailable'),
  },
};

describe.each(Object.entries(rows))('%s', (_, { name, body, possible, otherwise }) => {
  it.each(profileStates.map((state) => [state, possible[state] ?? otherwise] as const))(
    '%s: %s',
    async (state, expected) => {
      const prefix = matchingIds[state];
      const matchingId = prefix === undefined ? null : `${prefix}-${Math.random().toString().slice(2)}`;
      const { iccid } = await smdp.stock({ state, matchingId });
      const before = await smdp.trace(iccid);
      const sent = name === 'cancelOrder' && matchingId !== null ? { ...body, matchingId } : body;

      const { status } = await smdp.ask(name, { iccid, ...sent });

      const after = await smdp.trace(iccid);
      if (expected === otherwise) {
        expect(status).toBe(otherwise);
        expect(after).toEqual(before);
      } else {
        expect(status).toBe(success);
        expect(after.profile.state).toBe(expected);
        const changes = state === expected ? [] : [{ trigger: name, from: state, to: expected }];
        expect(after.history).toMatchObject(changes);
      }
    },
  );
});
