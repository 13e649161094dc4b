import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, type Ran } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/mdm.md', root), 'utf8');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
  copyFileSync(new URL('data/pcs.example.csv', root), server.folder.path('pcs.example.csv'));
  const policy = readFileSync(new URL('data/policy.example.yaml', root), 'utf8');
  writeFileSync(server.folder.path('policy.example.yaml'), policy.replace('localhost:8443', server.address));
});
afterAll(() => server.close());

const mdm = (...args: readonly string[]): Promise<Ran> => cli('mdm', ...args, ...server.api);
const file = (name: string, text: string): string => {
  const path = server.folder.path(name);
  writeFileSync(path, text);
  return path;
};

/** The commands of the walk-through, without the one that starts the server. */
function commandsOfPage(): readonly (readonly string[])[] {
  const section = page.split('\n## A rollout of 25 PCs\n')[1]!.split('\n## ')[0]!;
  const lines = section.split('\n').filter((line) => line.startsWith('    npx mock-smdp '));
  return lines.slice(1).map((line) =>
    line
      .trim()
      .split(' ')
      .slice(2)
      .map((word) => (word.startsWith('data/') ? server.folder.path(word.slice('data/'.length)) : word)),
  );
}

it('does the rollout of docs/mdm.md: 25 PCs, one of which fails at first', async () => {
  const outputs: string[] = [];
  for (const command of commandsOfPage()) {
    const { code, stdout, stderr } = await cli(...command, ...server.api);
    const fails = command.join(' ') === 'mdm sync --policy esim';
    expect([command.join(' '), code]).toEqual([command.join(' '), fails ? 1 : 0]);
    expect(stderr).toContain(fails ? 'pc-07, policy esim: the discovery has failed; ErrorDetail 13: ' : '');
    outputs.push(stdout);
  }
  const [imported, enrolled, , applied, before, synced, shown, , repaired] = outputs;
  expect(imported).toContain('25 rows imported: 25 new');
  expect(enrolled).toContain('Enrolled 25 devices; 25 of them are new.');
  expect(applied).toContain('Groups: 1. Policies: 1.');
  expect(before).toMatch(/Pending +25[^]*Device not synced +25/);
  expect(synced).toMatch(/Succeeded +25[^]*Active +24\n +Activation fail +1\n +Why pc-07/);
  expect(shown).toMatch(/DiscoveryState 4, attempts 1, ErrorDetail 13: .* 8\.8\.5 \/ 4\.10 .*pc-07/);
  expect(repaired).toMatch(/Succeeded +25[^]*Active +25/);
  const { stdout } = await mdm('policy', 'status', 'esim', '--csv');
  expect(stdout.split('\n').filter((line) => line.includes(',Active,Enabled,'))).toHaveLength(25);
}, 60_000);

let fails = 1;

describe('mock-smdp mdm', () => {
  it('reads nodes of a PC, and sends documents', async () => {
    expect((await mdm('enrol', 'windows', 'pc-99')).stdout).toMatch(/^pc-99: EID \d{32}\n$/);
    expect((await mdm('get', 'pc-99', 'Policies/LocalUIEnabled')).stdout).toBe('true\n');
    const missing = await mdm('get', 'pc-99', 'Nothing');
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('answers 404')]);
    const document = file(
      'get.xml',
      '<Get><CmdID>1</CmdID><Item><Target><LocURI>./x</LocURI></Target></Item></Get>',
    );
    expect((await mdm('send', 'pc-99', document)).stdout).toContain('<Data>404</Data>');
  });

  it('shows and changes settings', async () => {
    await mdm('enrol', 'windows', 'pc-98');
    const changed = await mdm(
      'set',
      'pc-98',
      'hasEuicc=false',
      'retryAfter=10,14',
      'build=22621',
      'euiccName=hash',
    );
    expect(changed.stdout).toMatch(/hasEuicc +false[^]*build +22621[^]*euiccName +hash[^]*retryAfter +10 14/);
    for (const [wrong, message] of [
      ['hasEuic=false', "did you mean 'hasEuicc'?"],
      ['hasEuicc', 'Write a value'],
      ['build=x', 'must be'],
    ] as const) {
      const { code, stderr } = await mdm('set', 'pc-98', wrong);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('wipes, forgets and enrols a PC', async () => {
    await mdm('enrol', 'windows', 'pc-97', '--user', 'anna@example.com');
    expect((await mdm('show', 'pc-97')).stdout).toContain('anna@example.com');
    expect((await mdm('wipe', 'pc-97')).stdout).toBe('pc-97 is wiped.\n');
    const refused = await mdm('enrol', 'windows', 'pc-97');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('mdm forget pc-97')]);
    await mdm('forget', 'pc-97');
    expect((await mdm('enrol', 'windows', 'pc-97')).code).toBe(0);
  });

  it('tells an iPhone its server', async () => {
    await mdm('enrol', 'apple', 'anna');
    const policy = `groups: {phones: [anna]}\npolicies: {url: {serverUrl: 'https://${server.address}', include: [phones]}}`;
    const { stdout } = await mdm('policy', 'apply', file('apple.yaml', policy), '--sync');
    expect(stdout).toMatch(/Succeeded +1/);
  });

  it('takes the codes of a file', async () => {
    const csv = `${server.address.split(':')[0]}\n8900102000000000018,EA3B1-C0DE5-F0A77-00001\n`;
    file('codes.csv', csv);
    const policy = file('codes.yaml', 'policies: {codes: {activationCodes: {file: codes.csv}}}');
    expect((await mdm('policy', 'apply', policy)).stdout).toContain(
      `codes: ${server.address}, for nobody yet`,
    );
  });

  it.each([
    ['a misspelt member', 'polices: {}', "did you mean 'policies'?"],
    [
      'what is not YAML',
      'a: b: c',
      'line 1, column 4: this is not YAML: a value continues with a second colon',
    ],
    [
      'a tab',
      'policies:\n\tx: 1',
      'line 2, column 1: this is not YAML: a tab indents this line; indent with spaces',
    ],
    ['a list', '- a', 'must have members'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      'cannot be used',
    ],
    [
      'a file of codes that is missing',
      'policies: {x: {activationCodes: {file: nowhere.csv}}}',
      'cannot be read',
    ],
    [
      'a manifest that is missing',
      'groups: {x: {manifest: nowhere.csv}}',
      'groups.x.manifest: there is no file',
    ],
    [
      'https:// before a server name',
      'policies: {x: {downloadServer: {serverName: "https://a.b"}}}',
      'has a scheme',
    ],
    [
      'a policy, and names it',
      'policies: {x: {include: []}}',
      'wrong.yaml: line 1: policies.x: must have exactly one of',
    ],
    [
      'a group, and names it',
      'groups: {x: {devices: [a], members: [b]}}',
      'wrong.yaml: line 1: groups.x.members:',
    ],
    ['groups that are none', 'groups: 3', "groups must have members, such as 'laptops:'"],
    [
      'a policy that is a text',
      'policies: {x: y}',
      "policies.x must have members, such as 'downloadServer:'",
    ],
  ])('refuses %s', async (_, text, message) => {
    const { code, stderr } = await mdm('policy', 'apply', file('wrong.yaml', text));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('applies all parts of a policy file, or none', async () => {
    const wrong = `groups:
  half: [pc-half]
policies:
  fine.url:
    serverUrl: https://${server.address}
    include: [half]
  wrong:
    downloadServer:
      serverName: ${server.address}
      displayLocalUi: false
      autoEnable: false
    include: [half]
`;
    const refused = await mdm('policy', 'apply', file('half.yaml', wrong));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /half\.yaml: line 11: policies\.wrong\.downloadServer\.autoEnable: must be true/,
    );
    expect((await mdm('policy', 'list', '--json')).stdout).not.toContain('fine.url');
    const group = await fetch(`${server.operatorUrl}/api/v1/device-groups/half`);
    expect(group.status).toBe(404);
    const fixed = await mdm(
      'policy',
      'apply',
      file('half.yaml', wrong.replace('Enable: false', 'Enable: true')),
    );
    expect([fixed.code, fixed.stdout]).toEqual([0, expect.stringContaining('Groups: 1. Policies: 2.')]);
  });

  it('names file and line of a wrong row in a list of codes', async () => {
    file('broken.csv', `${server.address.split(':')[0]}\n8900102000000000018;EA3B1\n`);
    const policy = file('broken.yaml', 'policies:\n  pool:\n    activationCodes: {file: broken.csv}\n');
    const { code, stderr } = await mdm('policy', 'apply', policy);
    expect(code).toBe(2);
    expect(stderr).toMatch(/broken\.csv: line 2/);
  });

  it.each([
    ['mdm sync of a device', (name: string) => ['sync', name]],
    ['mdm sync of a policy', (_: string, policy: string) => ['sync', '--policy', policy]],
    ['mdm sync as JSON', (_: string, policy: string) => ['sync', '--policy', policy, '--json']],
    [
      'mdm policy assign --sync',
      (_: string, policy: string) => ['policy', 'assign', policy, '--redeploy', 'all', '--sync'],
    ],
  ])('%s exits with 1 if an activation fails', async (_, command) => {
    const name = `pc-fails-${fails++}`;
    await mdm('enrol', 'windows', name);
    await mdm('set', name, 'failNextWith=7', 'maximumAttempts=1');
    const set = `groups: {${name}: [${name}]}\npolicies: {${name}: {downloadServer: {serverName: '${server.address}'}, include: [${name}]}}`;
    expect((await mdm('policy', 'apply', file('fails.yaml', set))).code).toBe(0);
    const { code, stderr } = await mdm(...command(name, name));
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${name}, policy ${name}: `)]);
    expect(stderr).toContain('1 activation has failed');
  });
});
