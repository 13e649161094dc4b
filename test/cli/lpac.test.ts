import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, type Ran } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';

const program = fileURLToPath(new URL('../device/apdu/support/lpac-like.js', import.meta.url));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Created {
  readonly iccid: string;
  readonly activationCode: string;
}

const create = async (...options: string[]): Promise<Created> =>
  (await cli('profile', 'create', '--json', ...server.api, ...options)).json<Created>();

let count = 0;
const freshCard = (): string[] => [
  ...['--certs', server.folder.path('certs')],
  ...['--state', server.folder.path(`lpac-${++count}.json`)],
];

const runOn = (card: readonly string[], ...args: readonly string[]): Promise<Ran> =>
  cli('device', 'lpac', ...card, '--', process.execPath, program, ...args);

interface Line {
  readonly type: string;
  readonly payload: { readonly code: number; readonly message: string; readonly data: unknown };
}

const linesOf = ({ stdout }: Ran): Line[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Runs the program, and returns the payload of its result. */
async function lpac(card: readonly string[], ...args: readonly string[]): Promise<Line['payload']> {
  const ran = await runOn(card, ...args);
  const result = linesOf(ran).find(({ type }) => type === 'lpa');
  if (!result) throw new Error(`no result: ${ran.stdout}${ran.stderr}`);
  expect(ran.code).toBe(result.payload.code === 0 ? 0 : 255);
  return result.payload;
}
const dataOf = async (card: readonly string[], ...args: readonly string[]): Promise<unknown> => {
  const { code, message, data } = await lpac(card, ...args);
  expect([code, message]).toEqual([0, 'success']);
  return data;
};

const serverState = async (iccid: string): Promise<string> =>
  (await cli('profile', 'show', iccid, '--json', ...server.api)).json<{ state: string }>().state;

describe('lpac chip', () => {
  it('info shows the EID, the servers and EUICCInfo2', async () => {
    expect(await dataOf(freshCard(), 'chip', 'info')).toEqual({
      eidValue: '89049032123451234512345678901235',
      EuiccConfiguredAddresses: { defaultDpAddress: null, rootDsAddress: '' },
      EUICCInfo2: { svn: '2.5.0' },
    });
  });

  it('defaultsmdp and purge change the card, as mock-smdp device sees it too', async () => {
    const card = freshCard();
    await dataOf(card, 'chip', 'defaultsmdp', 'smdp.example.com');
    expect((await cli('device', 'config', '--json', ...card)).json()).toMatchObject({
      defaultSmdpAddress: 'smdp.example.com',
    });
    await dataOf(card, 'chip', 'purge', 'yes');
    expect(await lpac(card, 'chip', 'purge', 'yes')).toMatchObject({
      message: 'es10c_euicc_memory_reset: 1',
    });
  });
});

describe('lpac profile download', () => {
  it('installs with a code, and shows its progress', async () => {
    const { iccid, activationCode } = await create('--profile-name', 'My plan');
    const card = freshCard();
    const ran = await runOn(card, 'profile', 'download', '-a', activationCode);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const progress = linesOf(ran).filter(({ type }) => type === 'progress');
    expect(progress.map(({ payload }) => payload.message)).toContain('es10b_load_bound_profile_package');
    expect(linesOf(ran).map(({ type }) => type)).not.toContain('apdu');
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([
      { iccid, profileName: 'My plan', profileState: 'disabled', profileClass: 'operational' },
    ]);
    expect(await dataOf(card, 'notification', 'process', '-a', '-r')).toBeNull();
    expect(await serverState(iccid)).toBe('Installed');
  });

  it('installs with address and MatchingID, with an IMEI, and in small segments', async () => {
    const { iccid } = await create('--matching-id', 'LPAC-1');
    const card = freshCard();
    process.env['LPAC_CUSTOM_ES10X_MSS'] = '63';
    try {
      const download = ['-s', server.address, '-m', 'LPAC-1', '-i', '356938035643809'];
      await dataOf(card, 'profile', 'download', ...download);
    } finally {
      delete process.env['LPAC_CUSTOM_ES10X_MSS'];
    }
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([{ iccid }]);
  });

  it('installs what the default SM-DP+ has for the EID', async () => {
    const eid = '89049032000000000000000000000163';
    const { iccid } = await create('--matching-id', '', '--eid', eid);
    const card = [...freshCard(), '--eid', eid];
    expect(await lpac(card, 'profile', 'download')).toMatchObject({ message: 'smdp is null' });
    await dataOf(card, 'chip', 'defaultsmdp', server.address);
    await dataOf(card, 'profile', 'download');
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([{ iccid }]);
  });

  it.each([
    ['right', ['-c', '4711'], 'success'],
    ['wrong', ['-c', '1111'], '"subjectCode":"8.2.7","reasonCode":"3.8"'],
    ['missing', [], '"subjectCode":"8.2.7","reasonCode":"2.2"'],
  ])('with a confirmation code that is %s', async (_, code, message) => {
    const { activationCode } = await create('--confirmation-code', '4711');
    const result = await lpac(freshCard(), 'profile', 'download', '-a', activationCode, ...code);
    expect(result.message).toContain(message);
  });

  it('goes on after the preview', async () => {
    const { iccid, activationCode } = await create();
    const card = freshCard();
    const preview = ['--', process.execPath, program, 'profile', 'download', '-p', '-a', activationCode];
    const agreed = await cli('device', 'lpac', ...card, '--yes', ...preview);
    expect(agreed.code).toBe(0);
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([{ iccid }]);
  });

  it('that is interrupted leaves a card that reads, and can be tried again', async () => {
    const { iccid, activationCode } = await create();
    const card = freshCard();
    process.env['DIE_WHILE_LOADING'] = 'yes';
    let ran: Ran;
    try {
      ran = await runOn(card, 'profile', 'download', '-a', activationCode);
    } finally {
      delete process.env['DIE_WHILE_LOADING'];
    }
    expect(ran.code).toBe(9);
    expect(await dataOf(card, 'profile', 'list')).toEqual([]);
    await dataOf(card, 'profile', 'download', '-a', activationCode);
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([{ iccid }]);
  });

  it('reports what the card refuses', async () => {
    const refused = await lpac(freshCard(), 'profile', 'download', '-s', server.address, '-m', 'BPP-MAC-3');
    expect(refused.message).toBe('es10b_load_bound_profile_package: 5,8');
  });
});

describe('lpac profile and notification', () => {
  let card: string[];
  let profile: Created;
  beforeAll(async () => {
    card = freshCard();
    profile = await create();
    await dataOf(card, 'profile', 'download', '-a', profile.activationCode);
  });
  const states = async (): Promise<unknown> =>
    ((await dataOf(card, 'profile', 'list')) as { profileState: string }[]).map((each) => each.profileState);

  it('enable, disable, nickname and delete', async () => {
    const { iccid } = profile;
    const aid = 'A0000005591010FFFFFFFF8900001000';
    await dataOf(card, 'profile', 'enable', iccid);
    expect(await states()).toEqual(['enabled']);
    expect(await lpac(card, 'profile', 'enable', iccid)).toMatchObject({
      message: 'es10c_enable_profile: 2',
    });
    await dataOf(card, 'profile', 'disable', aid, '0');
    await dataOf(card, 'profile', 'nickname', iccid, 'Work');
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([{ profileNickname: 'Work' }]);
    await dataOf(card, 'profile', 'nickname', iccid);
    expect(await dataOf(card, 'profile', 'list')).toMatchObject([{ profileNickname: null }]);
    await dataOf(card, 'profile', 'delete', iccid);
    expect(await states()).toEqual([]);
  });

  it('list, dump, process and remove the notifications', async () => {
    const list = (await dataOf(card, 'notification', 'list')) as { seqNumber: number }[];
    const operations = list.map(
      (each) => (each as unknown as Record<string, string>)['profileManagementOperation'],
    );
    expect(operations).toEqual(['install', 'enable', 'disable', 'delete']);
    const [dumped] = (await dataOf(card, 'notification', 'dump', '0')) as string[];
    expect(Buffer.from(dumped!, 'base64').subarray(0, 2).toString('hex')).toBe('bf37');
    await dataOf(card, 'notification', 'process', '0', '1');
    await dataOf(card, 'notification', 'remove', '1');
    expect(await dataOf(card, 'notification', 'list')).toHaveLength(3);
    await dataOf(card, 'notification', 'process', '-a', '-r');
    expect(await dataOf(card, 'notification', 'list')).toEqual([]);
    expect((await lpac(card, 'notification', 'process', '77')).code).toBe(-1);
  });
});

describe('mock-smdp device lpac', () => {
  it('--to answers for whatever host the program asks', async () => {
    const to = `https://localhost:${server.address.split(':')[1]}`;
    const ran = await cli(
      ...['device', 'lpac', ...freshCard(), '--to', to, '--', process.execPath, program],
      ...['profile', 'download', '-s', 'smdp.example.com', '-m', 'X'],
    );
    expect(linesOf(ran).at(-1)!.payload.message).toContain('"subjectCode":"8.8.1"');
  });

  it('says when a server does not answer, and tells the program', async () => {
    const nobody = await deserted();
    const ran = await runOn(freshCard(), 'profile', 'download', '-s', nobody);
    expect(ran.code).toBe(255);
    expect(ran.stderr).toContain(`no answer to https://${nobody}/gsma/rsp2/es9plus/initiateAuthentication`);
    expect(linesOf(ran).at(-1)!.payload.message).toBe('HTTP status code error');
  });

  it('passes on text and the exit code of a program that does not use the card', async () => {
    const ran = await runOn(freshCard(), 'nonsense');
    expect(ran.code).toBe(255);
    expect(ran.stdout).toContain('Usage: lpac-like');
    expect(ran.stderr).toContain('without using the card');
  });

  it.each([
    ['a program that is not there', ['no-such-program'], 1, "there is no program 'no-such-program'"],
    ['no program', [], 2, "missing required argument 'program'"],
  ])('%s', async (_, program, code, words) => {
    const ran = await cli('device', 'lpac', ...freshCard(), '--', ...program);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(words);
  });

  it('ends a program that is silent, if told to', async () => {
    const silent = ['--', process.execPath, '-e', 'setInterval(() => undefined, 1000)'];
    const ran = await cli('device', 'lpac', ...freshCard(), '--timeout', '1', ...silent);
    expect(ran.code).toBe(137);
    expect(ran.stderr).toContain('printed nothing for 1 s');
  });

  it('answers malformed requests with an error, and says what is malformed', async () => {
    const script = `
      for (const line of ['{"type":"apdu","payload":{"func":"transmit","param":"xyz"}}', '{"type":"apdu"}',
        '{"type":"http","payload":{"tx":"00"}}', '{"type":"apdu","payload":{"func":"fly"}}', 'junk', '[1]'])
        console.log(line);
      let text = '';
      process.stdin.on('data', (data) => {
        text += data;
        if (text.split('\\n').length > 4) { console.log(text.replaceAll('"type"', '"answer"')); process.exit(0); }
      });`;
    const ran = await cli('device', 'lpac', ...freshCard(), '--', process.execPath, '-e', script);
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/malformed/g)).toHaveLength(3);
    expect(ran.stdout).toContain('{"answer":"apdu","payload":{"ecode":-1}}');
    expect(ran.stdout).toContain('{"answer":"http","payload":{"rcode":400,"rx":""}}');
    expect(ran.stdout).toMatch(/^junk$/m);
  });

  it('shows the APDUs with --trace', async () => {
    const card = freshCard();
    const traced = [...card, '--trace'];
    const ran = await runOn(traced, 'chip', 'info');
    expect(ran.stderr).toContain('> 01A4040010A0000005591010FFFFFFFF8900000100\n< 6121');
  });

  it('shows how the power fails on purpose', async () => {
    const { activationCode } = await create();
    const card = freshCard();
    const failing = [...card, '--set', 'powerLossAtUnit=3', '--set', 'failTimes=1'];
    const ran = await runOn(failing, 'profile', 'download', '-a', activationCode);
    expect(linesOf(ran).at(-1)!.payload.message).toBe('transmit');
    expect(await dataOf(card, 'profile', 'list')).toEqual([]);
  });
});
