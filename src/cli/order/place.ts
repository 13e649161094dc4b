import { print } from '../output.js';
import type { Profile } from '../profile/api-types.js';
import { connect, serverTarget } from '../profile/connect.js';
import { describeProfile } from '../profile/describe.js';
import { callEs2Plus, OrderRefused, type OrderAnswer, type OrderFunction } from './es2plus-client.js';
import type { OrderFlags } from './order-flags.js';

/**
 * Calls a function of ES2+ and prints the result. `--json` prints the answer unchanged. Otherwise the control API is asked for
 * the profile, because it shows more than the answer.
 */
export async function place(
  flags: OrderFlags,
  name: OrderFunction,
  members: Readonly<Record<string, unknown>> & { readonly iccid?: string },
): Promise<void> {
  let answer: OrderAnswer;
  try {
    answer = await callEs2Plus(serverTarget(flags), name, flags, members);
  } catch (error) {
    if (flags.json && error instanceof OrderRefused) print(error.body);
    throw error;
  }
  if (flags.json) return print(answer.text);
  const iccid = answer.iccid ?? members.iccid!;
  const choice = answer.matchingId ? { matchingId: answer.matchingId } : {};
  const { value } = await connect(flags).get<Profile>(['profiles', iccid], choice);
  describeProfile(value).forEach((line) => print(line));
}
