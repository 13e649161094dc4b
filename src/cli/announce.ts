import { version } from '../base/version.js';
import { wrap } from '../base/wrap.js';
import { formatActivationCode } from '../wire/rsp/index.js';
import type { Config, RunningServer } from '../server/index.js';
import { commandFor, shellWord } from './invocation.js';
import { number, print, printStatusWrapped, terminalWidth } from './output.js';
import { entriesIn } from './seed/entries.js';
import { qrCode } from './qr-code.js';

/** Prints addresses and the next commands for a new user. Scripts wait for the last line. */
export async function announce(server: RunningServer, config: Config): Promise<void> {
  const { address, smdsAddress, adminToken, demoProfile, preloaded, seeded, warnings, store } = server;
  const { publicUrl, controlUrl } = server;
  const operators = publicUrl === undefined ? server.operatorUrl : (controlUrl ?? publicUrl);
  const [deviceUrl, operatorUrl] = [reachable(server.deviceUrl), reachable(operators)];

  for (const warning of warnings) printStatusWrapped(`Warning: ${warning}`, '  ');
  print(`mock-smdp ${version}: a mock SM-DP+ (GSMA SGP.22)`);
  print();
  tell('SM-DP+ address', `${address}`);
  if (smdsAddress !== undefined) tell('SM-DS address', smdsAddress);
  tell('devices', `${deviceUrl}/gsma/rsp2/es9plus/`);
  if (publicUrl !== undefined) tell('get a code', `${reachable(publicUrl)}/`);
  if (controlUrl !== undefined) {
    tell('console', `${operatorUrl}/`);
    tell('control API', `${operatorUrl}/api/v1/`);
    tell('test CI', `${operatorUrl}/api/v1/pki/ci.pem`);
  }
  tell('database', store.description);
  if (adminToken && config.adminToken === undefined)
    tell('bearer token', `${adminToken.token} (${placeOfToken(config)})`);
  print();
  if (demoProfile) {
    for (const line of await demoLines(demoProfile, server, config, operatorUrl)) print(line);
    print();
  }
  if (seeded) tell('Seed', `${seeded.name}: ${entriesIn(seeded)}`);
  if (preloaded) tell('Preloaded', `${number(preloaded.added)} profiles, found by EID`);
  if (controlUrl !== undefined) {
    tell('More profiles', commandFor('profile', 'create', ...serverFlag(operatorUrl)));
    print();
  }
  const ready = `mock-smdp is ready: devices at ${deviceUrl}, operators at ${publicUrl === undefined ? operatorUrl : reachable(publicUrl)}`;
  print(wrap(ready, terminalWidth(process.stdout), '  '));
}

function placeOfToken({ database }: Config): string {
  if (database === ':memory:') return 'valid until the server stops';
  return database.includes('://') ? 'kept in data/admin.token' : 'kept beside the database';
}

const tell = (name: string, value: string): void => {
  for (const line of fact(name, value)) print(line);
};

/**
 * A name and its value. On a narrow terminal, the value gets its own line without line breaks, so that users can copy
 * it.
 */
export function fact(name: string, value: string, width = terminalWidth(process.stdout)): string[] {
  const line = `  ${name.padEnd(15)}  ${value}`;
  return line.length <= width ? [line] : [`  ${name}`, `    ${value}`];
}

/** The activation code of the demo profile, or the command that makes the profile downloadable again. */
async function demoLines(
  { iccid, state, matchingId }: NonNullable<RunningServer['demoProfile']>,
  server: RunningServer,
  config: Config,
  operatorUrl: string,
): Promise<string[]> {
  if (state !== 'Released') {
    const remedy = state === 'Confirmed' ? 'release' : 'reset';
    const command = commandFor('profile', remedy, iccid, ...serverFlag(operatorUrl));
    return [...fact('Demo profile', `cannot be downloaded: it is ${state}`), ...fact('Get it back', command)];
  }
  const code = `LPA:${formatActivationCode({ smdpAddress: server.address, matchingId: matchingId! })}`;
  return [
    await qrCode(code),
    ...fact('Demo profile', code),
    ...fact('Download it', downloadCommand(code, server, config)),
  ];
}

/** The command that downloads the profile in a second terminal, which does not have this terminal's settings. */
export function downloadCommand(
  activationCode: string,
  { address, deviceUrl }: Pick<RunningServer, 'address' | 'deviceUrl'>,
  { certs, tls }: Pick<Config, 'certs' | 'tls'>,
): string {
  const listensAt = reachable(deviceUrl).replace(/^https?:\/\//, '');
  return commandFor(
    'device',
    'download',
    shellWord(activationCode),
    ...(certs === 'certs' ? [] : ['--certs', shellWord(certs)]),
    ...(tls === 'on' ? [] : ['--no-tls']),
    ...(address.toLowerCase() === listensAt.toLowerCase() ? [] : ['--connect', listensAt]),
  );
}

function serverFlag(operatorUrl: string): string[] {
  return operatorUrl === 'http://localhost:8080' ? [] : ['--server', operatorUrl];
}

/** If a listener is open on all addresses, replaces its host by localhost, which clients on this machine can reach. */
const reachable = (url: string): string => url.replace(/\/\/(0\.0\.0\.0|::|\[::\])(?=:\d+$)/, '//localhost');
