import { closeSync, fchmodSync, openSync, writeSync } from 'node:fs';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from './config.js';
import { ConfigError, namesOf } from './settings.js';

/**
 * Appends the keys of every TLS connection to the configured file, in the NSS format that Wireshark reads. If a later
 * write fails, the log says so once, and the server goes on.
 *
 * @returns a function that stops the writing
 * @throws ConfigError if the file cannot be written, or TLS is off
 */
export function logTlsKeys(
  app: FastifyInstance,
  { keylog, tls }: Pick<Config, 'keylog' | 'tls'>,
  log: Pick<FastifyBaseLogger, 'warn' | 'info'>,
): () => void {
  if (keylog === undefined) return () => undefined;
  if (tls === 'off')
    throw new ConfigError(
      `${namesOf('keylog')} is set, but ${namesOf('tls')} is off: there are no TLS keys.`,
    );
  const file = openPrivately(keylog);
  let isFailing = false;
  const write = (line: Buffer): void => {
    try {
      writeSync(file, line);
      if (isFailing) log.info({ file: keylog }, 'TLS keys are written again');
      isFailing = false;
    } catch (error) {
      const reason = (error as Error).message;
      if (!isFailing)
        log.warn({ file: keylog, reason }, 'TLS keys cannot be written to the file, and are lost');
      isFailing = true;
    }
  };
  app.server.on('keylog', write);
  return () => {
    app.server.off('keylog', write);
    closeSync(file);
  };
}

function openPrivately(path: string): number {
  try {
    const file = openSync(path, 'a', 0o600);
    fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    throw new ConfigError(`${namesOf('keylog')}: ${path} cannot be written: ${(error as Error).message}`);
  }
}
