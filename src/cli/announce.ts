import qrcode from 'qrcode';
import { formatActivationCode } from '../rsp/index.js';
import type { RunningServer } from '../server/index.js';

/** Says what a newcomer needs next; the last line is the one that a script waits for. */
export async function announce(server: RunningServer): Promise<void> {
  const { address, deviceUrl, operatorUrl, adminToken, demoProfile, warnings, store } = server;
  const say = (line = ''): void => console.log(line);

  for (const warning of warnings) console.error(`Warning: ${warning}`);
  say('mock-smdp: a mock SM-DP+ for tests. Its keys are test keys and protect nothing.');
  say();
  say(`  SM-DP+ address   ${address}`);
  say(`  devices          ${deviceUrl}/gsma/rsp2/es9plus/`);
  say(`  control API      ${operatorUrl}/api/v1/`);
  say(`  test CI          ${operatorUrl}/api/v1/pki/ci.pem`);
  say(`  database         ${store.description}`);
  if (adminToken?.isNew) say(`  bearer token     ${adminToken.token} (shown once; kept beside the database)`);
  say();
  if (demoProfile) {
    const code = `LPA:${formatActivationCode({ smdpAddress: address, matchingId: demoProfile.matchingId! })}`;
    say(await qrcode.toString(code.toUpperCase(), { type: 'terminal', small: true }));
    say(`  Demo profile     ${code}`);
    say(`  Download it      npx mock-smdp device download '${code}'`);
    say();
  }
  say(`mock-smdp is ready: devices at ${deviceUrl}, operators at ${operatorUrl}`);
}
