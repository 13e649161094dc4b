import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import Type from 'typebox';
import { compileValidator } from '../control/index.js';
import type { Interceptor } from '../exchanges/index.js';
import {
  FaultRule,
  FaultRuleError,
  FaultRules,
  Faults,
  interceptorsFor,
  ordersOnDemand,
} from '../faults/index.js';
import type { PreparationContext } from '../orders/index.js';
import type { Pki } from '../pki/index.js';
import type { Config } from './config.js';
import { ConfigError } from './settings.js';

/** All that the server does wrong on purpose. */
export interface Misbehaviour {
  readonly rules: FaultRules;
  readonly interceptors: readonly Interceptor[];
  readonly orderOnDemand: ReturnType<typeof ordersOnDemand>;
  /** Ends all waiting, so that the server can stop. */
  close(): void;
}

/** @throws ConfigError where the file of fault rules cannot be used */
export function misbehaviour(
  config: Pick<Config, 'conduct' | 'faults'>,
  { pki, log, ...preparation }: PreparationContext & { readonly pki: Pki; readonly log: FastifyBaseLogger },
): Misbehaviour {
  const { clock, random } = preparation;
  const rules = new FaultRules({ clock, random });
  if (config.faults !== undefined) begin(rules, config.faults);
  const faults = new Faults({
    ...{ rules, pki, clock },
    announce: ({ functionName, facts: { eid, matchingId } }, fault, what) =>
      log.info({ fault, what, function: functionName, eid, matchingId }, 'fault provoked'),
  });
  return {
    rules,
    interceptors: [faults, ...interceptorsFor(config.conduct, random)],
    orderOnDemand: ordersOnDemand(preparation),
    close: () => faults.close(),
  };
}

const validate = compileValidator({
  schema: Type.Array(FaultRule, { description: 'a list of fault rules' }),
  httpPart: 'body',
});

function begin(rules: FaultRules, file: string): void {
  const refuse = (why: string): never => {
    throw new ConfigError(`SMDP_FAULTS: ${file} ${why}`);
  };
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return refuse(`cannot be read as JSON: ${(error as Error).message}`);
  }
  const checked = validate(given);
  if ('error' in checked) return refuse(`is no list of fault rules: ${checked.error.message}`);
  try {
    rules.begin(checked.value as FaultRule[]);
  } catch (error) {
    if (error instanceof FaultRuleError) return refuse(`has a rule that makes no sense: ${error.message}`);
    throw error;
  }
}
