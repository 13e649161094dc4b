import { afterEach, describe, expect, it } from 'vitest';
import { outcomeOf, startFaultyServer } from './support.js';

const server = await startFaultyServer();
const smdpAddress = 'localhost';

afterEach(() => server.call('DELETE', '/faults'));

const provoke = async (rule: object): Promise<Record<string, unknown>> => {
  const { status, body } = await server.call('POST', '/faults', rule);
  expect(body).not.toHaveProperty('errors');
  expect(status).toBe(201);
  return body;
};

const counters = async (id: unknown): Promise<Record<string, unknown>> =>
  (await server.call('GET', `/faults/${String(id)}`)).body;

const order = async (request: object = {}): Promise<{ matchingId: string; iccid: string }> =>
  (await server.call('POST', '/profiles', request)).body as { matchingId: string; iccid: string };

const stateOf = async (iccid: string): Promise<unknown> =>
  (await server.call('GET', `/profiles/${iccid}`)).body['state'];

const download = async (matchingId: string, device = server.device()): Promise<string> =>
  outcomeOf(device.download({ smdpAddress, matchingId }));

describe('one call', () => {
  it('makes the next answer what it says, once', async () => {
    await provoke({ function: 'getBoundProfilePackage', refuse: '8.8.5/4.10', times: 1 });
    const { matchingId } = await order();
    const device = server.device();
    expect(await download(matchingId, device)).toMatch(
      /^ServerRefusal: getBoundProfilePackage: .*8\.8\.5 \/ 4\.10/,
    );
    expect(await download(matchingId, device)).toBe('installed');
  });

  it('takes the status code as a device prints it, and keeps it as it is written elsewhere', async () => {
    const { id } = await provoke({ next: 'getBoundProfilePackage', refuse: '8.8.5 / 4.10' });
    expect(await counters(id)).toMatchObject({ refuse: '8.8.5/4.10' });
    const { matchingId } = await order();
    expect(await download(matchingId)).toMatch(/8\.8\.5 \/ 4\.10/);
  });

  it('says it in short', async () => {
    const { id } = await provoke({ next: 'getBoundProfilePackage', httpStatus: 503 });
    expect(await counters(id)).toMatchObject({ function: 'getBoundProfilePackage', times: 1, spent: false });
    const { matchingId } = await order();
    const device = server.device();
    expect(await download(matchingId, device)).toMatch(/^HttpStatusError: getBoundProfilePackage: .* 503/);
    expect(await download(matchingId, device)).toBe('installed');
    expect(await counters(id)).toMatchObject({ hits: 1, spent: true });
  });

  it.each([{ function: 'authenticateClient' }, { times: 2 }])(
    'says it in short or in full: %o',
    async (member) => {
      const rule = { next: 'getBoundProfilePackage', httpStatus: 503, ...member };
      const { status, body } = await server.call('POST', '/faults', rule);
      expect(status).toBe(400);
      expect(body['errors']).toMatchObject([
        { field: Object.keys(member)[0], message: 'cannot be combined with next' },
      ]);
    },
  );

  it('takes the message of a refusal, however long', async () => {
    const message = `voll bis zum Überlaufen ${'x'.repeat(300)}`;
    await provoke({ function: 'authenticateClient', refuse: '8.1/4.8', message });
    expect(await download((await order()).matchingId)).toContain(message);
  });
});

describe('a rule is for requests', () => {
  it('with the EID, the MatchingID or the ICCID that it names', async () => {
    const device = server.device();
    const [one, other] = [await order(), await order()];
    for (const match of [{ eid: device.eid }, { matchingId: one.matchingId }, { iccid: one.iccid }]) {
      const { id } = await provoke({ function: 'getBoundProfilePackage', ...match, httpStatus: 503 });
      expect(await download(one.matchingId, device)).toMatch(/^HttpStatusError: .* 503/);
      await server.call('DELETE', `/faults/${String(id)}`);
    }
    await provoke({ matchingId: one.matchingId, httpStatus: 503 });
    expect(await download(other.matchingId)).toBe('installed');
  });

  it('with a pattern in which * stands for anything', async () => {
    await provoke({ matchingId: 'SHOP-*-7', function: 'authenticateClient', httpStatus: 500 });
    await order({ matchingId: 'SHOP-BERLIN-7' });
    await order({ matchingId: 'SHOP-BERLIN-77' });
    expect(await download('SHOP-BERLIN-7')).toMatch(/^HttpStatusError/);
    expect(await download('SHOP-BERLIN-77')).toBe('installed');
  });

  it('of devices with the TAC that it names', async () => {
    await provoke({ tac: '3529*', function: 'authenticateClient', refuse: '8.2.5/4.3' });
    const { matchingId } = await order();
    const device = server.device();
    expect(await outcomeOf(device.download({ smdpAddress, matchingId, tac: '35290611' }))).toMatch(/8\.2\.5/);
    expect(await outcomeOf(device.download({ smdpAddress, matchingId, tac: '01234567' }))).toBe('installed');
  });

  it('and acts on the nth of them only, counting them all', async () => {
    const { id } = await provoke({ function: 'initiateAuthentication', nth: 2, httpStatus: 500 });
    const device = server.device();
    const outcomes = [];
    for (let count = 0; count < 3; count++) {
      outcomes.push(await outcomeOf(device.download({ smdpAddress, matchingId: 'WARN' })));
    }
    expect(outcomes.map((outcome) => outcome.split(':')[0])).toEqual([
      'installed',
      'HttpStatusError',
      'installed',
    ]);
    expect(await counters(id)).toMatchObject({ matched: 3, hits: 1, spent: false });
  });

  it('and is spent after as many times as it says', async () => {
    const { id } = await provoke({ function: 'initiateAuthentication', times: 2, httpStatus: 500 });
    const outcomes = await Promise.all([1, 2, 3].map(() => download('WARN')));
    expect(outcomes.filter((outcome) => outcome === 'installed')).toHaveLength(1);
    expect(await counters(id)).toMatchObject({ matched: 3, hits: 2, spent: true });
  });

  it('and acts by chance, the same with the same seed', async () => {
    const series = async (seed: string): Promise<string> => {
      const rule = { function: 'initiateAuthentication', probability: 0.5, seed, httpStatus: 418 };
      const { id } = await provoke(rule);
      let outcomes = '';
      for (let count = 0; count < 24; count++)
        outcomes += (await server.post('initiateAuthentication', {})).status === 418 ? 'x' : '.';
      await server.call('DELETE', `/faults/${String(id)}`);
      return outcomes;
    };
    const first = await series('autumn');
    expect(first).toMatch(/x.*\..*x|\..*x.*\./);
    expect(await series('autumn')).toBe(first);
    expect(await series('winter')).not.toBe(first);
  });
});

describe('before or after', () => {
  it('before: the request is not handled, and may be sent again', async () => {
    await provoke({ function: 'getBoundProfilePackage', cut: 'close', times: 1 });
    const { matchingId, iccid } = await order();
    expect(await download(matchingId)).toMatch(/^TransportError/);
    expect(await stateOf(iccid)).toBe('Released');
  });

  it('after: the answer is lost, and the state has changed', async () => {
    await provoke({ function: 'getBoundProfilePackage', cut: 'close', when: 'after', times: 1 });
    const { matchingId, iccid } = await order();
    expect(await download(matchingId)).toMatch(/^TransportError/);
    expect(await stateOf(iccid)).toBe('Downloaded');
  });

  it('after: a refusal goes out although the profile was delivered', async () => {
    await provoke({ function: 'getBoundProfilePackage', refuse: '8.2/3.7', when: 'after' });
    const { matchingId, iccid } = await order();
    expect(await download(matchingId)).toMatch(/8\.2 \/ 3\.7/);
    expect(await stateOf(iccid)).toBe('Downloaded');
  });

  it('after: a notification is taken, and has to be sent again', async () => {
    await provoke({ function: 'handleNotification', httpStatus: 500, when: 'after', times: 1 });
    const { matchingId, iccid } = await order();
    const device = server.device();
    expect(await download(matchingId, device)).toMatch(/^installed; HttpStatusError/);
    expect(await stateOf(iccid)).toBe('Installed');
    expect((await device.sendNotifications()).map(({ error }) => error)).toEqual([undefined]);
  });

  it('a delay longer than the patience of a device leaves the state changed, or not', async () => {
    const impatient = () =>
      server.device({ server: { tls: false, connect: hostOf(server.deviceUrl), timeoutMs: 400 } });
    const { matchingId, iccid } = await order();
    await provoke({ function: 'getBoundProfilePackage', matchingId, delay: 1500, when: 'after', times: 1 });
    const device = impatient();
    expect(await download(matchingId, device)).toMatch(/^TransportError/);
    expect(await stateOf(iccid)).toBe('Downloaded');
  });
});

const hostOf = (url: string): string => new URL(url).host;

describe('what is signed or encoded', () => {
  const cases: readonly (readonly [string, object, RegExp])[] = [
    [
      'another address',
      { 'serverSigned1.serverAddress': 'elsewhere.example.com' },
      /has the address 'elsewhere/,
    ],
    ['another transaction', { 'serverSigned1.transactionId': 'AABB' }, /in serverSigned1 it is AABB/],
    ['another challenge', { 'serverSigned1.euiccChallenge': { flip: 0 } }, /euiccChallengeMismatch/],
    ['a challenge less', { 'serverSigned1.serverChallenge': null }, /serverChallenge: is missing/],
    ['a wrong signature', { serverSignature1: { flip: -1 } }, /invalidSignature: serverSignature1/],
    [
      'an expired certificate',
      { serverCertificate: { certificate: 'expired' } },
      /invalidCertificate: .*valid from/,
    ],
    ['a foreign CI', { serverCertificate: { certificate: 'foreignCi' } }, /ciPKUnknown/],
    ['a wrong flag', { 'smdpSigned2.ccRequiredFlag': true }, /^installed$/],
    ['a name', { 'profileMetadata.serviceProviderName': 'Somebody else' }, /^installed$/],
    ['a member without a name', { 'profileMetadata.BF7F': '800101' }, /^installed$/],
    ['a member inside of it', { 'profileMetadata.B7.80': '00F1' }, /profileOwner.*mccMnc/],
    ['memory', { profilePackage: { memory: 4_000_000 } }, /InsufficientMemoryForProfile/],
    ['an ICCID', { 'boundProfileMetadata.iccid': '8949000000000000015' }, /metadataMismatch/],
    [
      'a host id',
      { 'boundProfilePackage.initialiseSecureChannelRequest.controlRefTemplate.hostId': 'ff' },
      /invalidSignature/,
    ],
    [
      'an unknown key',
      { 'boundProfilePackage.initialiseSecureChannelRequest.smdpOtpk': { flip: 5 } },
      /invalidSignature/,
    ],
    [
      'a segment',
      { 'boundProfilePackage.segments.2': { flip: 0 } },
      /scp03tSecurityError at storeMetadata|metadataMismatch/,
    ],
  ];

  it.each(cases)('%s', async (_what, edit, expected) => {
    const { id } = await provoke({ edit });
    expect(await download((await order()).matchingId)).toMatch(expected);
    expect(await counters(id)).toMatchObject({ hits: 1 });
  });

  it('is refused if it cannot be changed', async () => {
    await provoke({ edit: { 'smdpSigned2.bppEuiccOtpk': { flip: 0 } } });
    expect(await download((await order()).matchingId)).toMatch(
      /1\.6 \/ 4\.2 .*smdpSigned2\.bppEuiccOtpk is not there/,
    );
  });
});

describe('the answer', () => {
  const answerTo = (rule: object): Promise<Response> =>
    provoke({ function: 'authenticateClient', ...rule }).then(() => server.post('authenticateClient', {}));

  it('has the status, the body and the headers of the rule', async () => {
    const answer = await answerTo({
      httpStatus: 502,
      body: '<h1>Bad gateway</h1>',
      headers: { 'Retry-After': '7', 'X-Admin-Protocol': null },
    });
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('x-admin-protocol')).toBeNull();
    expect(await answer.text()).toBe('<h1>Bad gateway</h1>');
  });

  it('goes out without a type where the rule takes that away', async () => {
    const answer = await answerTo({ headers: { 'Content-Type': null } });
    expect(answer.headers.has('content-type')).toBe(false);
    expect(await answer.json()).toHaveProperty('header');
  });

  it('keeps its body where only the status is changed, after the request was handled', async () => {
    const answer = await answerTo({ httpStatus: 400, when: 'after' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ header: { functionExecutionStatus: { status: 'Failed' } } });
  });

  it('has members changed, added and taken away', async () => {
    const answer = await answerTo({
      answer: {
        'header.functionExecutionStatus.status': 'Expired',
        'header.functionExecutionStatus.statusCodeData': null,
        extra: { set: { deep: [1] } },
      },
    });
    expect(await answer.json()).toEqual({
      header: { functionExecutionStatus: { status: 'Expired' } },
      extra: { deep: [1] },
    });
  });

  it('has octets changed', async () => {
    expect(await (await answerTo({ octets: { truncate: 8, append: '21' } })).text()).toBe('{"header!');
  });

  it('goes out in chunks, and the connection is closed', async () => {
    const answer = await answerTo({ chunked: true, pieces: 10, pause: 1, close: true });
    expect(answer.headers.get('transfer-encoding')).toBe('chunked');
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.json()).toHaveProperty('header');
  });

  it('is changed on ES2+ too', async () => {
    await provoke({ interface: 'ES2+', function: 'downloadOrder', httpStatus: 503 });
    const answer = await fetch(`${server.operatorUrl}/gsma/rsp2/es2plus/downloadOrder`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        header: { functionRequesterIdentifier: 'op', functionCallIdentifier: '1' },
        profileType: 'generic',
      }),
    });
    expect(answer.status).toBe(503);
  });
});

describe('the list of rules', () => {
  it('is filtered and cleared by the same values', async () => {
    await provoke({ name: 'a', function: 'authenticateClient', httpStatus: 500 });
    await provoke({ name: 'b', function: 'authenticateClient', httpStatus: 500 });
    await provoke({ name: 'c', eid: '8904*', httpStatus: 500 });
    const names = async (query: string) =>
      ((await server.call('GET', `/faults${query}`)).body['items'] as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await names('?function=authenticateClient')).toEqual(['a', 'b']);
    expect((await server.call('DELETE', '/faults?function=authenticateClient&name=a')).body).toEqual({
      removed: 1,
    });
    expect(await names('')).toEqual(['b', 'c']);
    expect((await server.call('DELETE', '/faults')).body).toEqual({ removed: 2 });
    expect(await names('')).toEqual([]);
  });

  it('shows MatchingIDs that stand for a fault', async () => {
    const { items } = (await server.call('GET', '/faults/codes')).body as { items: { form: string }[] };
    expect(items.map(({ form }) => form)).toContain('ERR-[step-]<subject code>-<reason code>');
  });

  it('answers 404 for a rule that is not there', async () => {
    expect((await server.call('GET', '/faults/4711')).status).toBe(404);
    expect((await server.call('DELETE', '/faults/4711')).status).toBe(404);
  });
});

describe('a rule that makes no sense is refused, with the member that is wrong', () => {
  const cases: readonly (readonly [object, string, RegExp])[] = [
    [{ satus: 500 }, 'satus', /is not known/],
    [{ function: 'authenticate', httpStatus: 500 }, 'function', /one of initiateAuthentication/],
    [{ function: 'authenticateClient' }, 'body', /does nothing/],
    [{ httpStatus: 99 }, 'httpStatus', /from 200 to 599/],
    [{ refuse: '8.2.6' }, 'refuse', /8\.2\.6\/3\.8/],
    [{ edit: { serverSigned2: 'AA' } }, 'edit.serverSigned2', /not known/],
    [{ edit: { 'serverSigned1.adress': 'x' } }, 'edit.serverSigned1.adress', /not known/],
    [{ edit: { 'serverSigned1.transactionId': 'xyz' } }, 'edit.serverSigned1.transactionId', /hex/],
    [
      { edit: { 'boundProfilePackage.segments.0': null } },
      'edit.boundProfilePackage.segments.0',
      /is not a segment/,
    ],
    [{ edit: { smdpSigned2: { certificate: 'expired' } } }, 'edit.smdpSigned2', /is not a certificate/],
    [
      { function: 'authenticateClient', edit: { serverCertificate: { flip: 0 } } },
      'edit.serverCertificate',
      /is not part of authenticateClient/,
    ],
    [{ function: 'initiateAuthentication', eid: '*', httpStatus: 500 }, 'eid', /is never known to/],
    [{ function: 'getBoundProfilePackage', tac: '1*', httpStatus: 500 }, 'tac', /is never known to/],
    [{ edit: { 'profileMetadata.XY': '00' } }, 'edit.profileMetadata.XY', /'XY' is not known/],
    [{ edit: { 'serverSignature1.80': '00' } }, 'edit.serverSignature1.80', /'80' is not known/],
    [{ edit: { smdpSigned2: { memory: 5 } } }, 'edit.smdpSigned2', /is not a profile package/],
    [{ function: 'handleNotification', answer: { a: 1 } }, 'answer', /has no body/],
    [{ cutAfter: 5, httpStatus: 500 }, 'cutAfter', /requires cut/],
    [{ message: 'x', httpStatus: 500 }, 'message', /requires refuse/],
    [{ seed: 'x', httpStatus: 500 }, 'seed', /requires probability/],
  ];

  it.each(cases)('%j', async (rule, field, message) => {
    const { status, body } = await server.call('POST', '/faults', rule);
    expect(status).toBe(400);
    const errors = body['errors'] as { field: string; message: string }[];
    expect(errors.map((error) => error.field)).toContain(field);
    expect(errors.find((error) => error.field === field)?.message).toMatch(message);
  });
});
