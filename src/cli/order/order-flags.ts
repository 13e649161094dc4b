import type { Command } from 'commander';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';

/** The client that a test PKI has a certificate for: a name as good as any other where nobody checks it. */
const defaultOperator = 'operator.example.com';

/** Options of every `order` command. */
export interface OrderFlags extends ApiFlags {
  readonly operator: string;
  readonly callId?: string;
}

/** Who calls, and which server. */
export const orderFlags = (command: Command): Command =>
  apiFlags(
    command
      .option('--operator <identifier>', 'functionRequesterIdentifier: who orders', defaultOperator)
      .option(
        '--call-id <identifier>',
        'functionCallIdentifier; one that was used before repeats that call (default: a new one)',
      ),
  );
