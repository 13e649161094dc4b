import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const driver = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/pcsc/drivers/serial/libifdvpcd.so`)
  .concat('/usr/lib/pcsc/drivers/serial/libifdvpcd.so')
  .find((path) => existsSync(path));
const python = '/usr/bin/python3';

/** A mount namespace of its own hides the socket of pcscd, whose path is fixed, from the rest of the machine. */
export const namespace = process.getuid?.() === 0 ? ['--mount'] : ['--map-root-user', '--mount'];

const succeeds = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** What is missing to run PC/SC programs on a card of ours; `undefined`: nothing. */
export function missingForPcsc(): string | undefined {
  if (!driver) return 'vsmartcard-vpcd is not installed';
  if (!succeeds('pcscd', '--version')) return 'pcscd is not installed';
  if (!succeeds(python, '-c', 'import smartcard')) return 'python3-pyscard is not installed';
  if (!succeeds('opensc-tool', '--version')) return 'opensc is not installed';
  if (!succeeds('unshare', ...namespace, 'true')) return 'a mount namespace of its own is not allowed here';
  return undefined;
}

/** A folder with the configuration of one reader of vpcd. */
export function readerFolder(port: number): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'mock-smdp-pcsc-'));
  const id = `0x${port.toString(16)}`;
  writeFileSync(
    join(path, 'vpcd'),
    `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${id}\nLIBPATH ${driver}\nCHANNELID ${id}\n`,
  );
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Two free ports that follow each other, for the two slots of vpcd. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = await listening(0);
    const { port } = first.address() as AddressInfo;
    const second = await listening(port + 1).catch(() => undefined);
    first.close();
    second?.close();
    if (second) return port;
  }
}

const listening = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });

/**
 * A shell script for `unshare`: starts pcscd, waits for its socket, then runs a program of Python and one of OpenSC.
 * $1: folder with the reader's configuration. $2: the program of Python.
 */
export const pcscScript = `
mount -t tmpfs tmpfs /run && mkdir /run/pcscd || exit 1
pcscd --foreground --config "$1" >&2 &
daemon=$!
trap 'kill $daemon' EXIT
for attempt in $(seq 100); do [ -S /run/pcscd/pcscd.comm ] && break; sleep 0.1; done
${python} "$2" || exit 1
opensc-tool --reader 0 --atr
opensc-tool --reader 0 --send-apdu 00A4040010A0000005591010FFFFFFFF8900000200 --send-apdu 80CA005A00
`;
