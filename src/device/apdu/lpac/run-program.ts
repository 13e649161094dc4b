import { spawn, type ChildProcess } from 'node:child_process';
import type { ApduCard } from '../apdu-card.js';
import { callCard } from './apdu-functions.js';
import type { HttpRelay } from './http-relay.js';
import { linesOf } from './lines.js';
import { apduAnswer, httpAnswer, readLine } from './messages.js';

/** Options of {@link runWithCard}. */
export interface ProgramOptions {
  /** The program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly card: ApduCard;
  readonly http: HttpRelay;
  /** Called with each line of the program's output that is not a request: `progress`, `driver`, `lpa`, text. */
  readonly onLine: (line: string) => void;
  /** Called with a readable message when a request fails or is malformed. */
  readonly onTrouble: (message: string) => void;
  /** Asks the user whether to download the profile that the program shows (lpac's `-p`). Default: no. */
  readonly onPreview?: (() => Promise<boolean>) | undefined;
  /** Ends the program if it prints nothing for this many milliseconds. Default: never. */
  readonly silenceMs?: number | undefined;
  /**
   * Environment variables of the program, in addition to `LPAC_APDU` and `LPAC_HTTP`. Default: the variables of this
   * process.
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
 * Runs lpac, or a program with the same drivers, with a card. The program's requests for APDUs and HTTP arrive on its
 * standard output, and the answers go to its standard input, one JSON text per line.
 *
 * @throws Error of node:child_process if the program cannot be started
 * @throws LineTooLong if the program writes a line that is too long. The program is then ended
 */
export async function runWithCard(options: ProgramOptions): Promise<ProgramEnd> {
  const [program, ...args] = options.command;
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...(options.env ?? process.env), LPAC_APDU: 'stdio', LPAC_HTTP: 'stdio' },
  });
  const ended = endOf(child);
  child.stdout.setEncoding('utf8');
  // If the program ends without reading its answer, the pipe breaks. That is no error here, because the exit code says
  // what happened.
  child.stdin.on('error', () => undefined);
  const guard = new SilenceGuard(child, options.silenceMs);
  let usedCard = false;
  try {
    await Promise.race([started(child), ended]);
    for await (const line of linesOf(child.stdout)) {
      guard.pause();
      const answer = await answerTo(line, options);
      usedCard ||= answer.isForCard;
      if (answer.text !== undefined) child.stdin.write(answer.text);
      guard.resume();
    }
    return { ...(await ended), usedCard, wasSilent: guard.hasEnded };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    guard.pause();
    options.card.reset();
  }
}

async function answerTo(
  line: string,
  { card, http, onLine, onTrouble, onPreview }: ProgramOptions,
): Promise<{ text?: string; isForCard: boolean }> {
  const request = readLine(line);
  switch (request.type) {
    case 'apdu':
      return { text: `${callCard(card, request.func, request.param)}\n`, isForCard: true };
    case 'http':
      return { text: `${await exchange(http, request, onTrouble)}\n`, isForCard: false };
    case 'malformed': {
      onTrouble(`the program sent a malformed ${request.of} request: ${request.problem}`);
      const text = request.of === 'apdu' ? apduAnswer(-1) : httpAnswer(noAnswer.badRequest, nothing);
      return { text: `${text}\n`, isForCard: false };
    }
    case 'other':
      onLine(line);
      // The program reads only one character. A line break would become the beginning of the next answer.
      if (request.isPreview) return { text: (await onPreview?.()) ? 'y' : 'n', isForCard: false };
      return { isForCard: false };
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
