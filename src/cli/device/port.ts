import { InvalidArgumentError } from 'commander';

/** Reads a TCP port from an option; 0 stands for a free port. @throws InvalidArgumentError */
export function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a port, 0 to 65535.');
}
