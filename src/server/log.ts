import type { FastifyBaseLogger } from 'fastify';
import { pino, type DestinationStream } from 'pino';

/** Structured log on standard error: JSON lines, or short text on a terminal. */
export function createLog(level: string, output: NodeJS.WriteStream = process.stderr): FastifyBaseLogger {
  const destination: DestinationStream = output.isTTY
    ? { write: (line) => output.write(readable(line)) }
    : output;
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** A line of pino's, as far as it is read here. */
interface LogLine {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string };
}

function readable(line: string): string {
  const { level, time, msg = '', err, ...rest } = JSON.parse(line) as LogLine;
  const details = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const label = (pino.levels.labels[level] ?? '').padEnd(5);
  const stack = err?.stack ? `${err.stack}\n` : '';
  return `${time.slice(11, 19)} ${label} ${msg}${details.join('')}\n${stack}`;
}
