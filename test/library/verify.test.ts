import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMockSmdp, VerificationError, type Expectation, type MockSmdp } from '../../src/index.js';

describe('verify', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());
  beforeEach(() => smdp.reset());

  const download = async () => {
    const { activationCode } = await smdp.profiles.create();
    const device = smdp.device();
    await device.download(activationCode);
    return device.eid;
  };

  const failure = async (expectation: Expectation): Promise<VerificationError> => {
    const outcome = await smdp.verify(expectation).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(VerificationError);
    return outcome as VerificationError;
  };

  it('resolves with what it has found', async () => {
    const eid = await download();
    await expect(
      smdp.verify({ expect: { function: 'authenticateClient', eid }, count: { exactly: 1 } }),
    ).resolves.toMatchObject({ count: 1, exchanges: [{ eid, result: 'Executed-Success' }] });
  });

  it('resolves as soon as what it waits for has happened', async () => {
    const verified = smdp.verify({ expect: { function: 'handleNotification' }, timeout: 30 });
    await download();
    await expect(verified).resolves.toMatchObject({ count: 1 });
  });

  it('holds a while longer, where that is wanted', async () => {
    const nothing = { expect: { function: 'authenticateClient' }, count: { exactly: 0 } };
    await smdp.verify({ ...nothing, during: 0.05 });
    const failed = failure({ ...nothing, during: 300 });
    await download();
    expect((await failed).message).toMatch(/^exchanges: exactly 0 expected, 1 found .* and for 300 s\n/);
  });

  it('looks only at what came after a mark or an instant', async () => {
    await download();
    const since = await smdp.journal.mark();
    await smdp.verify({ expect: { function: 'authenticateClient' }, since, count: { exactly: 0 } });
    const later = new Date(Date.now() + 60_000);
    const error = await failure({ expect: { function: 'authenticateClient' }, since: later });
    expect(error.message).toBe(
      `exchanges: at least 1 expected, 0 found with function authenticateClient since ${later.toISOString()}\n` +
        '  there was no exchange at all',
    );
  });

  it('says in what the nearest exchanges differ, and shows the difference to test runners', async () => {
    const eid = await download();
    const error = await failure({ expect: { function: 'authenticateClient', eid, status: '8.1.1/3.8' } });
    const [first, second] = error.message.split('\n');
    expect(first).toBe(
      `exchanges: at least 1 expected, 0 found with function authenticateClient, eid ${eid}, status 8.1.1/3.8`,
    );
    expect(second).toMatch(
      /^ {2}near: exchange \d+, ES9\+ authenticateClient, status is Executed-Success instead of 8.1.1\/3.8$/,
    );
    const same = { function: 'authenticateClient', eid };
    expect(error.expected).toEqual({ ...same, status: '8.1.1/3.8' });
    expect(error.actual).toEqual({ ...same, status: 'Executed-Success' });
  });

  it('names what there was too much of', async () => {
    await download();
    const error = await failure({ expect: { function: 'authenticateClient' }, count: { exactly: 0 } });
    expect(error.message).toMatch(
      /^exchanges: exactly 0 expected, 1 found with function authenticateClient\n {2}there was: exchange \d+, ES9\+ authenticateClient, Executed-Success$/,
    );
    expect(error).not.toHaveProperty('expected');
  });

  it('says what there was instead, where nothing comes near', async () => {
    await download();
    await download();
    const error = await failure({ expect: { function: 'cancelSession' }, timeout: 0 });
    const lines = error.message.split('\n');
    expect(lines[0]).toBe('exchanges: at least 1 expected, 0 found with function cancelSession within 0 s');
    expect(lines.slice(1, -1)).toHaveLength(5);
    expect(lines[5]).toMatch(
      /^ {2}there was only: exchange \d+, ES9\+ handleNotification, Executed-Success$/,
    );
    expect(lines.at(-1)).toBe('  and 3 earlier');
  });

  it('says why an exchange was refused that it shows', async () => {
    await expect(smdp.device().download(`LPA:1$${smdp.address}$NO-SUCH-CODE`)).rejects.toThrow();
    const { message } = await failure({ expect: { function: 'handleNotification' } });
    expect(message).toMatch(/there was only: exchange \d+, ES9\+ authenticateClient, 8\.2\.6\/3\.8: .+/);
  });

  it('shows test runners no member beside the difference', async () => {
    await download();
    expect(Object.keys(await failure({ expect: { function: 'cancelSession' } }))).toEqual(['name']);
  });

  it('refuses expectations that make no sense, and says what to do', async () => {
    await expect(smdp.verify({ expect: { function: 'cancelsession' } })).rejects.toThrow(
      "function: 'cancelsession' is not a known function\n  function: did you mean cancelSession?",
    );
  });
});

describe('waitFor', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp();
  });
  afterAll(() => smdp.close());

  it('resolves with the profile as soon as it is in the state', async () => {
    const { iccid, activationCode } = await smdp.profiles.create();
    const installed = smdp.profiles.waitFor(iccid, 'Installed');
    await smdp.device().download(activationCode);
    await expect(installed).resolves.toMatchObject({ iccid, state: 'Installed' });
    await expect(smdp.profiles.waitFor(iccid, ['Error', 'Installed'])).resolves.toHaveProperty('history');
  });

  it('rejects when the time is over, and says in which state the profile is', async () => {
    const { iccid } = await smdp.profiles.create();
    await expect(smdp.profiles.waitFor(iccid, ['Installed', 'Error'], { timeout: 0.01 })).rejects.toThrow(
      `profile ${iccid} is Released, not Installed or Error, after 0.01 s`,
    );
  });
});
