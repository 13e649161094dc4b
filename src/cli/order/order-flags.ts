import type { Command } from 'commander';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';

/** The operator for which a test PKI has a client certificate. */
const defaultOperator = 'operator.example.com';

/** Options of every `order` command. */
export interface OrderFlags extends ApiFlags {
  readonly operator: string;
  readonly callId?: string;
}

/** Adds the options for the caller and the server. */
export const orderFlags = (command: Command): Command =>
  apiFlags(
    command
      .option('--operator <identifier>', 'functionRequesterIdentifier of the operator', defaultOperator)
      .option(
        '--call-id <identifier>',
        'functionCallIdentifier; with the identifier of an earlier call, the server repeats the earlier answer (default: a new identifier)',
      ),
  );
