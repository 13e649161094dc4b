import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { ApduCard, HttpRelay, runWithCard, type ApduDriver, type ProgramEnd } from '../../device/index.js';
import { CliError, ExitWith } from '../errors.js';
import { filesToRead } from '../files.js';
import { examples } from '../help.js';
import { wholeNumber } from '../numbers.js';
import { print, printable, printStatus, printStatusWrapped } from '../output.js';
import { askYesNo } from './ask.js';
import { euiccFlags, type DeviceFlags } from './flags.js';
import { identityOf } from './identity.js';
import { changingEuicc } from './open-device.js';
import { printExchange } from './print-exchange.js';
import { caMeaning, readRoots, trustedRoots } from './trust.js';
import { serverUrl } from './url.js';

interface LpacFlags extends DeviceFlags {
  readonly to?: URL;
  readonly ca?: readonly string[];
  readonly insecure?: boolean;
  readonly yes?: boolean;
  readonly timeout?: number;
  readonly apdu?: ApduDriver;
  readonly trace?: boolean;
}

type ProgramLine = readonly [program: string, ...args: string[]];

/** `mock-smdp device lpac`. */
export function lpacCommand(): Command {
  const command = new Command('lpac')
    .description(
      "Run lpac, or another program that has lpac's stdio drivers or uses libpcsclite, with the virtual eUICC. The program gets LPAC_APDU=stdio and LPAC_HTTP=stdio. " +
        'libpcsclite finds the eUICC too, without pcscd. This command passes on the output and the exit code of the program.',
    )
    .argument('<program...>', 'the program and its arguments, after --')
    .option(
      '--to <url>',
      'send every HTTP request to this server, even if the program names another host',
      serverUrl,
    )
    .option('--ca <file>', caMeaning, filesToRead)
    .option('--insecure', 'accept any TLS certificate')
    .option('--yes', 'answer yes when lpac, run with -p, asks whether to download the profile')
    .option('--timeout <seconds>', 'end the program if it prints nothing for this time', wholeNumber)
    .addOption(
      new Option(
        '--apdu <driver>',
        "the program's driver for the card (default: stdio; pcsc if the stdio driver is broken, as in lpac 2.3.0)",
      ).choices(['stdio', 'pcsc']),
    )
    .option('--trace', 'show each APDU on standard error');
  examples(euiccFlags(command), [
    ['the EID and the capabilities of the eUICC', 'device lpac -- lpac chip info'],
    [
      'a download from a server on this machine, although the code has another address',
      "device lpac --to https://localhost:8443 -- lpac profile download -a 'LPA:1$smdp.example.com$…'",
    ],
  ]);
  return command.action((program: ProgramLine, flags: LpacFlags) =>
    changingEuicc(flags, async ({ euicc }) => {
      const card = new ApduCard(euicc, {
        onExchange: flags.trace ? printExchange : undefined,
        onTrouble: (error) => printStatus(`mock-smdp: the card has a problem: ${printable(error.message)}`),
      });
      const end = await runAlone(program, card, flags);
      explain(program[0], end, flags);
      if (end.exitCode !== 0) throw new ExitWith(end.exitCode);
    }),
  );
}

/** Runs the program. Ctrl-C reaches the program, which may then cancel its session before it ends. */
async function runAlone(program: ProgramLine, card: ApduCard, flags: LpacFlags): Promise<ProgramEnd> {
  const { to, ca, insecure, timeout, apdu } = flags;
  const http = new HttpRelay({
    to,
    ca: ca ? readRoots(ca) : trustedRoots(identityOf(flags).certs),
    verifyTls: insecure !== true,
  });
  const input = isReplay(program) ? createInterface({ input: process.stdin }) : undefined;
  const stay = (): void => undefined;
  process.on('SIGINT', stay);
  try {
    return await runWithCard({
      command: program,
      card,
      http,
      apdu: apdu ?? (input && 'pcsc'),
      input,
      onLine: print,
      onTrouble: (message) => printStatusWrapped(`mock-smdp: ${printable(message)}`),
      onPreview: () => (flags.yes ? Promise.resolve(true) : askYesNo('Download this profile?')),
      silenceMs: timeout === undefined ? undefined : timeout * 1000,
    });
  } catch (error) {
    throw cannotRun(program[0], error as NodeJS.ErrnoException);
  } finally {
    process.off('SIGINT', stay);
    input?.close();
    http.close();
  }
}

/** `lpac notification replay` reads its notifications from standard input. */
const isReplay = (program: ProgramLine): boolean =>
  program.some((word, index) => word === 'replay' && program[index - 1] === 'notification');

function cannotRun(program: string, error: NodeJS.ErrnoException): Error {
  const { code, name, message } = error;
  if (code === 'ENOENT')
    return new CliError(
      `there is no program '${program}'. Install it, or give its path, for example: -- ./lpac chip info.`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new CliError(
      `'${program}' cannot be run. Is it a program, and do you have permission to execute it?`,
      {
        cause: error,
      },
    );
  return name === 'LineTooLong'
    ? new CliError(`'${program}' was ended: ${message}.`, { cause: error })
    : error;
}

/** Explains how the program ended if the exit code alone does not show this. */
function explain(
  program: string,
  { exitCode, signal, usedCard, wasSilent }: ProgramEnd,
  flags: LpacFlags,
): void {
  if (wasSilent) {
    printStatusWrapped(
      `mock-smdp: '${program}' was ended because it printed nothing for ${flags.timeout} s (--timeout).`,
    );
  } else if (signal) {
    printStatusWrapped(`mock-smdp: '${program}' was ended by ${signal}.`);
  } else if (exitCode !== 0 && !usedCard) {
    printStatusWrapped(
      `mock-smdp: '${program}' ended with exit code ${exitCode} without using the card. ` +
        'Do its messages say why? If not, check that the program has the APDU driver stdio (lpac 2 or later).',
    );
  }
}
