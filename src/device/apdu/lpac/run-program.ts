import { spawn, type ChildProcess } from 'node:child_process';
import type { ApduCard } from '../apdu-card.js';
import { offerOverPcsc } from '../pcsc/service.js';
import { callCard } from './apdu-functions.js';
import type { HttpRelay } from './http-relay.js';
import { linesOf } from './lines.js';
import { apduAnswer, httpAnswer, readLine, type LpacLine } from './messages.js';

/** lpac's name of a driver through which the program reaches the card. */
export type ApduDriver = 'stdio' | 'pcsc';

/** Options of {@link runWithCard}. */
export interface ProgramOptions {
  /** The program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly card: ApduCard;
  readonly http: HttpRelay;
  /**
   * How the program reaches the card. Default: stdio. If the program's stdio driver is broken, as in lpac 2.3.0, the
   * program is started again with pcsc.
   */
  readonly apdu?: ApduDriver | undefined;
  /** Called with each line of the program's output that is not a request: `progress`, `driver`, `lpa`, text. */
  readonly onLine: (line: string) => void;
  /** Called with a readable message when a request fails or is malformed. */
  readonly onTrouble: (message: string) => void;
  /** Asks the user whether to download the profile that the program shows (lpac's `-p`). Default: no. */
  readonly onPreview?: (() => Promise<boolean>) | undefined;
  /**
   * Lines for the program's standard input, for example for `lpac notification replay`. The program gets the first line
   * at once, and each further line after an answer to HTTP. The program must reach the card with `pcsc`. With `stdio`,
   * the program would take these lines for answers of the card.
   */
  readonly input?: AsyncIterable<string> | undefined;
  /** Ends the program if it prints nothing for this many milliseconds. Default: never. */
  readonly silenceMs?: number | undefined;
  /**
   * Environment variables of the program, in addition to `LPAC_APDU`, `LPAC_HTTP` and `PCSCLITE_CSOCK_NAME`. Default:
   * the variables of this process.
   */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** How a program ended. */
export interface ProgramEnd {
  /** The exit code of the program. If a signal ended the program: 128 plus the number of the signal, as in a shell. */
  readonly exitCode: number;
  /** The signal that ended the program. */
  readonly signal: NodeJS.Signals | undefined;
  /** Whether the program used the card at all. */
  readonly usedCard: boolean;
  /** Whether the program was ended because of `silenceMs`. */
  readonly wasSilent: boolean;
}

const noAnswer = { badRequest: 400, badGateway: 502 } as const;
const nothing = Buffer.alloc(0);

/**
 * Runs lpac, or another program, with a card. The program reaches the card through lpac's stdio driver or through
 * libpcsclite. With the stdio driver, the program writes its commands for the card to its standard output, and reads
 * the answers from its standard input, one JSON text per line. HTTP requests and answers always use these two streams.
 *
 * @throws Error of node:child_process if the program cannot be started
 * @throws LineTooLong if the program writes a line that is too long. The program is then ended
 */
export async function runWithCard(options: ProgramOptions): Promise<ProgramEnd> {
  let usedPcsc = false;
  // Windows has PC/SC, but no libpcsclite.
  const pcsc =
    process.platform === 'win32' ? undefined : await offerOverPcsc(options.card, () => (usedPcsc = true));
  try {
    const end = await runOnce(options, options.apdu ?? 'stdio', pcsc?.path);
    const isAgain = end.hasBrokenStdio && options.apdu === undefined;
    const { exitCode, signal, usedCard, wasSilent } = isAgain
      ? await runOnce(options, 'pcsc', pcsc?.path)
      : end;
    return { exitCode, signal, usedCard: usedCard || usedPcsc, wasSilent };
  } finally {
    await pcsc?.close();
  }
}

async function runOnce(
  options: ProgramOptions,
  apdu: ApduDriver,
  pcscSocket: string | undefined,
): Promise<ProgramEnd & { readonly hasBrokenStdio: boolean }> {
  const [program, ...args] = options.command;
  const drivers = {
    ...{ LPAC_APDU: apdu, LPAC_HTTP: 'stdio' },
    ...(pcscSocket !== undefined && { PCSCLITE_CSOCK_NAME: pcscSocket }),
  };
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...(options.env ?? process.env), ...drivers },
  });
  const ended = endOf(child);
  child.stdout.setEncoding('utf8');
  // If the program ends without reading its answer, the pipe breaks. This handler ignores the error, because the exit
  // code says what happened.
  child.stdin.on('error', () => undefined);
  const guard = new SilenceGuard(child, options.silenceMs);
  const stdioCheck = new StdioCheck();
  const input = options.input?.[Symbol.asyncIterator]();
  const passInputOn = async (): Promise<void> => {
    const next = await input?.next();
    if (next?.done) child.stdin.end();
    else if (next) child.stdin.write(`${next.value}\n`);
  };
  try {
    await Promise.race([started(child), ended]);
    await passInputOn();
    for await (const line of linesOf(child.stdout)) {
      guard.pause();
      const request = readLine(line);
      if (!stdioCheck.isBrokenBy(request, line) || options.apdu !== undefined) {
        const answer = await answerTo(request, line, options);
        if (answer !== undefined) child.stdin.write(answer);
        if (request.type === 'http') await passInputOn();
      }
      guard.resume();
    }
    const { usedCard, hasBrokenStdio } = stdioCheck;
    return { ...(await ended), usedCard, wasSilent: guard.hasEnded, hasBrokenStdio };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    guard.pause();
    options.card.reset();
  }
}

/** The message of lpac's last line if it cannot connect to the card. */
const cannotConnect = /^\{"type":"lpa","payload":\{"code":-1,"message":"euicc_init"/;

/**
 * Recognises the stdio driver of lpac 2.3.0, which mistakes success for failure. It sends `connect`, does not read the
 * answer, and gives up (estkme-group/lpac#436).
 */
class StdioCheck {
  usedCard = false;
  hasBrokenStdio = false;
  #onlyConnected = true;

  isBrokenBy(request: LpacLine, line: string): boolean {
    if (request.type === 'apdu') {
      this.usedCard = true;
      if (request.func !== 'connect') this.#onlyConnected = false;
    }
    this.hasBrokenStdio ||= this.usedCard && this.#onlyConnected && cannotConnect.test(line);
    return this.hasBrokenStdio;
  }
}

/** The answer to a line of the program. `undefined` if the line needs no answer. */
async function answerTo(
  request: LpacLine,
  line: string,
  { card, http, onLine, onTrouble, onPreview }: ProgramOptions,
): Promise<string | undefined> {
  switch (request.type) {
    case 'apdu':
      return `${callCard(card, request.func, request.param)}\n`;
    case 'http':
      return `${await exchange(http, request, onTrouble)}\n`;
    case 'malformed':
      onTrouble(`the program sent a malformed ${request.of} request: ${request.problem}`);
      return `${request.of === 'apdu' ? apduAnswer(-1) : httpAnswer(noAnswer.badRequest, nothing)}\n`;
    case 'other':
      onLine(line);
      if (!request.isPreview) return undefined;
      // The program reads only one character. A line break would become the beginning of the next answer.
      return (await onPreview?.()) ? 'y' : 'n';
  }
}

async function exchange(
  http: HttpRelay,
  { url, headers, body }: { url: string; headers: readonly string[]; body: Buffer },
  onTrouble: (message: string) => void,
): Promise<string> {
  try {
    const answer = await http.post(url, headers, body);
    return httpAnswer(answer.status, answer.body);
  } catch (error) {
    onTrouble(`no answer to ${url}: ${(error as Error).message}; the program gets the HTTP status 502`);
    return httpAnswer(noAnswer.badGateway, nothing);
  }
}

const started = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.on('error', reject);
  });

function endOf(child: ChildProcess): Promise<Pick<ProgramEnd, 'exitCode' | 'signal'>> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ exitCode: code ?? 128 + numberOf(signal), signal: signal ?? undefined });
    });
  });
}

/** Numbers of the signals that end programs (POSIX). */
const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};
const numberOf = (signal: NodeJS.Signals | null): number => (signal && signalNumbers[signal]) ?? 0;

/** Ends a program that has been silent for too long. */
class SilenceGuard {
  hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly child: ChildProcess,
    private readonly silenceMs: number | undefined,
  ) {
    this.resume();
  }

  pause(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    if (this.silenceMs === undefined) return;
    this.pause();
    this.#timer = setTimeout(() => {
      this.hasEnded = true;
      this.child.kill('SIGKILL');
    }, this.silenceMs);
  }
}
