import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import Type from 'typebox';
import { compileValidator, Problem, problemsInWords } from '../api/index.js';
import { Exchange, type Interceptor } from '../instruments/exchanges/index.js';
import {
  ConductSwitch,
  FaultRule,
  FaultRuleError,
  FaultRules,
  Faults,
  ordersOnDemand,
  TlsFaults,
  tlsProblem,
  type ReportFault,
} from '../instruments/faults/index.js';
import type { PreparationContext } from '../orders/index.js';
import type { Pki } from '../pki/index.js';
import type { Config } from './config.js';
import { ConfigError, namesOf } from './settings.js';

/** Everything that the server does wrong on purpose. */
export interface Misbehaviour {
  readonly rules: FaultRules;
  readonly conduct: ConductSwitch;
  readonly interceptors: readonly Interceptor[];
  readonly tlsFaults: TlsFaults;
  readonly orderOnDemand: ReturnType<typeof ordersOnDemand>;
  /** Sends all delayed answers at once, so that the server can stop. */
  close(): void;
}

export interface MisbehaviourContext extends PreparationContext {
  readonly pki: Pki;
  readonly log: FastifyBaseLogger;
  /** Records faults of TLS connections. */
  readonly journal: Interceptor;
  /** Initial rules, in addition to the rules in the file. */
  readonly initialFaults?: readonly FaultRule[] | undefined;
  /** Called for every fault that acts, after the fault is logged. */
  readonly faultHit?: ReportFault | undefined;
}

/** @throws ConfigError if an initial fault rule is invalid, or if the file with the rules cannot be read */
export function misbehaviour(
  config: Pick<Config, 'conduct' | 'faults' | 'tls'>,
  { pki, log, journal, initialFaults = [], faultHit, ...preparation }: MisbehaviourContext,
): Misbehaviour {
  const { clock, random } = preparation;
  const isOn = config.tls === 'on';
  const rules = new FaultRules({
    ...{ clock, random },
    problemOf: (rule) => tlsProblem(rule, pki, { isOn, now: clock.now() }),
  });
  rules.begin([
    ...(config.faults === undefined ? [] : rulesIn(config.faults, rules)),
    ...checked(initialFaults, 'the option faults', rules),
  ]);
  const reportFault: ReportFault = (exchange, fault, what) => {
    const { functionName, facts } = exchange;
    const { eid, matchingId } = facts;
    log.info({ fault, what, function: functionName, eid, matchingId }, 'fault provoked');
    faultHit?.(exchange, fault, what);
  };
  const faults = new Faults({ rules, pki, clock, reportFault });
  const tlsFaults = new TlsFaults({
    ...{ rules, pki, clock },
    reportFault: (by, what) => {
      const handshake = new Exchange('TLS', 'handshake', [journal]);
      handshake.noteFault(by, what);
      reportFault(handshake, by, what);
      handshake.end({ status: 0, headers: {}, body: Buffer.alloc(0), delivery: { cut: 'close' } });
    },
  });
  const conduct = new ConductSwitch(config.conduct, random);
  return {
    ...{ rules, tlsFaults, conduct },
    interceptors: [faults, conduct],
    orderOnDemand: ordersOnDemand(preparation),
    close: () => faults.close(),
  };
}

const validate = compileValidator({
  schema: Type.Array(FaultRule, { description: 'a list of fault rules' }),
  httpPart: 'body',
});

/** @throws ConfigError */
function rulesIn(file: string, rules: FaultRules): readonly FaultRule[] {
  const source = `${namesOf('faults')}: ${file}`;
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${source} cannot be read as JSON: ${(error as Error).message}`);
  }
  return checked(given, source, rules);
}

/** @param source the file or option with the rules, for the error message */
function checked(given: unknown, source: string, rules: FaultRules): readonly FaultRule[] {
  const outcome = validate(given);
  if ('error' in outcome)
    throw new ConfigError(`${source} is not a list of fault rules: ${explained(outcome.error)}`);
  const listed = outcome.value as FaultRule[];
  for (const [index, rule] of listed.entries()) {
    try {
      rules.check(rule);
    } catch (error) {
      if (!(error instanceof FaultRuleError)) throw error;
      const problems = error.problems.map(({ field, ...rest }) => ({ ...rest, field: `${index}.${field}` }));
      throw new ConfigError(`${source} has an invalid fault rule: ${problemsInWords(problems)}`);
    }
  }
  return listed;
}

const explained = (error: Error): string =>
  error instanceof Problem ? problemsInWords(error.errors) : error.message;
