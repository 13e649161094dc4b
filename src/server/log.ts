import type { FastifyBaseLogger } from 'fastify';
import { pino, type DestinationStream } from 'pino';

/** Structured log on standard error: JSON lines, or short text on a terminal. */
export function createLog(level: string, output: NodeJS.WriteStream = process.stderr): FastifyBaseLogger {
  const destination: DestinationStream = output.isTTY
    ? { write: (line) => output.write(readable(line)) }
    : output;
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function readable(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown> & {
    err?: { stack?: string };
  };
  const details = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const label = pino.levels.labels[Number(level)] ?? '';
  return `${String(time).slice(11, 19)} ${label.padEnd(5)} ${msg ?? ''}${details.join('')}\n${err?.stack ? `${err.stack}\n` : ''}`;
}
