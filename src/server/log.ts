import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { printable } from '../base/printable.js';
import { LossyOutput, type Output } from './lossy-output.js';

/** Structured log on standard error: JSON lines, or short text on a terminal. */
export function createLog(
  level: string,
  output: Output & { readonly isTTY?: boolean } = process.stderr,
): FastifyBaseLogger {
  const form = output.isTTY ? readable : (line: string): string => line;
  const lossy = new LossyOutput(output, (msg) =>
    form(`${JSON.stringify({ level: 40, time: now(), msg })}\n`),
  );
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => lossy.write(form(line)) },
  );
}

const now = (): string => new Date().toISOString();

/** The members of a pino line that are read here. */
interface LogLine {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string };
}

/** This member is left out of the short text, because `msg` gives its content in words. */
const told = 'request';

function readable(line: string): string {
  const { level, time, msg = '', err, ...rest } = JSON.parse(line) as LogLine;
  const members = Object.entries(rest).filter(([key]) => key !== told);
  const details = members.map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const label = (pino.levels.labels[level] ?? '').padEnd(5);
  const stack = err?.stack ? `${err.stack}\n` : '';
  return `${time.slice(11, 19)} ${label} ${printable(msg)}${details.join('')}\n${stack}`;
}
