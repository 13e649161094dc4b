import { ReplayFileError, type Recording } from '../../replay/index.js';
import { print } from '../output.js';
import { describeExchange, fit } from '../session/describe.js';

/**
 * Prints the exchanges of a file, or of one session in the file. @throws ReplayFileError if the file lacks the session
 */
export function showRecording(
  { address, exportedAt, exchanges }: Recording,
  session: string | undefined,
): void {
  const meant = exchanges.filter(
    (exchange) => session === undefined || exchange.session === session.toUpperCase(),
  );
  if (session !== undefined && meant.length === 0)
    throw new ReplayFileError(`The file has no session ${session}.`);
  print(...fit([`${address}, exported ${exportedAt}: ${meant.length} exchanges`]));
  for (const exchange of meant) {
    print();
    const heading = `${exchange.at}  session ${exchange.session ?? 'none'}`;
    fit([heading, ...describeExchange(exchange)]).forEach((line) => print(line));
  }
}
