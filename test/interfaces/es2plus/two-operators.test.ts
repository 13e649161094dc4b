import { beforeAll, describe, expect, it } from 'vitest';
import { eid, operator, otherOperator, startOperatorSide, type OperatorSide } from './support.js';

let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide();
});

const as = otherOperator;
const finalProfileStatusIndicator = 'Available';

describe("another operator's profile", () => {
  it('cannot be ordered, confirmed, released or cancelled: 8.2.1/1.2', async () => {
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'generic', eid });
    const refused = async () => {
      const before = await smdp.trace(iccid!);
      const statuses = [
        await smdp.ask('downloadOrder', { iccid, eid }, { as }),
        await smdp.ask('confirmOrder', { iccid, releaseFlag: true }, { as }),
        await smdp.ask('releaseProfile', { iccid }, { as }),
        await smdp.ask('cancelOrder', { iccid, eid, finalProfileStatusIndicator }, { as }),
      ].map(({ status }) => status);
      expect(statuses).toEqual(['8.2.1/1.2', '8.2.1/1.2', '8.2.1/1.2', '8.2.1/1.2']);
      expect(await smdp.trace(iccid!)).toEqual(before);
    };
    await refused();
    const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    await refused();
    await smdp.done('releaseProfile', { iccid });
    await refused();
    await smdp.done('cancelOrder', { iccid, eid, matchingId, finalProfileStatusIndicator });
    await refused();
  });

  it('can be prepared for it over the control API', async () => {
    const { iccid } = await smdp.prepare({ state: 'Available', operator });
    expect((await smdp.ask('downloadOrder', { iccid }, { as })).status).toBe('8.2.1/1.2');
    await smdp.done('downloadOrder', { iccid });
  });
});

describe("nobody's profile", () => {
  it.each([
    ['releaseProfile', 'Confirmed', {}],
    ['confirmOrder', 'Allocated', { releaseFlag: true }],
  ] as const)("becomes the operator's with %s", async (name, state, body) => {
    const { iccid } = await smdp.stock({ state, matchingId: state === 'Confirmed' ? 'NOBODY' : null });
    await smdp.done(name, { iccid, ...body }, { as });
    expect((await smdp.byIccid(iccid)).operator).toBe(as);
    expect((await smdp.ask(name, { iccid, ...body })).status).toBe('8.2.1/1.2');
  });
});
