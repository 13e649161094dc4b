import { reasons, subjects } from '../../wire/rsp/index.js';
import { OrderRefused, type OrderCalls } from '../../library/orders.js';
import { CliError } from '../errors.js';
import { print } from '../output.js';
import { describeProfile } from '../profile/describe.js';
import { withServer } from '../server-calls.js';
import type { OrderFlags } from './order-flags.js';

/**
 * Calls a function of ES2+ and prints the result. `--json` prints the answer unchanged. Otherwise the command also gets
 * the profile from the control API, which shows more than the answer.
 */
export const place = <Name extends keyof OrderCalls>(
  flags: OrderFlags,
  name: Name,
  request: Parameters<OrderCalls[Name]>[0],
): Promise<void> =>
  withServer(flags, async ({ server, calls, last }) => {
    try {
      const answer: Answered = await calls.orders[name](request, flags);
      if (flags.json) return print(last().text);
      const matchingId = answer.matchingId || undefined;
      const iccid = answer.iccid ?? (request as { readonly iccid: string }).iccid;
      return describeProfile(await calls.profiles.get(iccid, { matchingId })).forEach((line) => print(line));
    } catch (error) {
      if (error instanceof TypeError)
        throw new CliError(
          `${server} answered ${name}, but not with an ES2+ answer.\nName the operator-facing listener of a mock-smdp with --server.`,
        );
      if (!(error instanceof OrderRefused)) throw error;
      if (flags.json) print(last().text);
      throw new CliError(refusalText(name, error));
    }
  });

/** The members that describe the profile in an ES2+ answer. */
interface Answered {
  readonly iccid?: string;
  readonly matchingId?: string;
}

function refusalText(name: string, { subjectCode, reasonCode, explanation }: OrderRefused): string {
  const [subject, reason] = [
    (subjects as Record<string, string>)[subjectCode],
    (reasons as Record<string, string>)[reasonCode],
  ];
  const names = subject && reason ? `: ${subject}, ${reason}` : '';
  return `${name} was refused: ${explanation ?? 'no reason given'}\n  ${subjectCode} / ${reasonCode}${names}`;
}
