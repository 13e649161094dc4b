import { printStatus } from './output.js';

let isService = false;

/** From now on the command lives on when nobody reads what it prints: it is a server. */
export function ignoreBrokenOutput(): void {
  isService = true;
}

/**
 * Handles standard output and standard error that cannot be written. A command whose reader has gone ends in silence
 * (`mock-smdp profile list | head`); any other failure is told and ends with exit code 1. A server goes on.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isService) return;
    if (error.code === 'EPIPE') process.exit();
    printStatus(`mock-smdp: standard output cannot be written: ${error.message}`);
    process.exit(1);
  });
  process.stderr.on('error', () => undefined);
}
