import { printStatus } from './output.js';

let isService = false;

/** Keeps the process running if the reader of its output has gone. A server needs no reader. */
export function ignoreBrokenOutput(): void {
  isService = true;
}

/**
 * Handles failures of standard output and standard error. If the reader has gone (`mock-smdp profile list | head`), a
 * command ends silently. On any other failure, the command reports the error and ends with exit code 1. A server always
 * keeps running.
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
