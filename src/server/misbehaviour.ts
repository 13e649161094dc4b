import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import Type from 'typebox';
import { compileValidator } from '../control/index.js';
import type { Interceptor } from '../exchanges/index.js';
import {
  checkRule,
  FaultRule,
  FaultRuleError,
  FaultRules,
  Faults,
  interceptorsFor,
  ordersOnDemand,
  type FaultsContext,
} from '../faults/index.js';
import type { PreparationContext } from '../orders/index.js';
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

export interface MisbehaviourContext extends PreparationContext {
  readonly pki: FaultsContext['pki'];
  readonly log: FastifyBaseLogger;
  /** Rules to begin with, beside those of the file. */
  readonly initialFaults?: readonly FaultRule[] | undefined;
}

/** @throws ConfigError where the fault rules to begin with cannot be used */
export function misbehaviour(
  config: Pick<Config, 'conduct' | 'faults'>,
  { pki, log, initialFaults = [], ...preparation }: MisbehaviourContext,
): Misbehaviour {
  const { clock, random } = preparation;
  const rules = new FaultRules({ clock, random });
  rules.begin([
    ...(config.faults === undefined ? [] : rulesIn(config.faults)),
    ...checked(initialFaults, 'the option faults'),
  ]);
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

/** @throws ConfigError */
function rulesIn(file: string): readonly FaultRule[] {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`SMDP_FAULTS: ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  return checked(given, `SMDP_FAULTS: ${file}`);
}

/** @param source what the rules come from, for the message */
function checked(given: unknown, source: string): readonly FaultRule[] {
  const outcome = validate(given);
  if ('error' in outcome)
    throw new ConfigError(`${source} is no list of fault rules: ${outcome.error.message}`);
  try {
    const rules = outcome.value as FaultRule[];
    rules.forEach(checkRule);
    return rules;
  } catch (error) {
    if (error instanceof FaultRuleError)
      throw new ConfigError(`${source} has a rule that makes no sense: ${error.message}`);
    throw error;
  }
}
