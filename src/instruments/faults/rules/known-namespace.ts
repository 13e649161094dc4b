import { namespaceHeader } from '../../../base/namespace.js';
import { FaultRuleError, type CheckedRule } from './check.js';
import type { FunctionName } from './functions.js';

/** Functions that are about no order yet, or not about one of ours. */
const withoutOrder: readonly FunctionName[] = ['initiateAuthentication', 'registerEvent', 'deleteEvent'];

const interfacesWithoutOrder = ['ES11', 'ES12'];

/** @throws FaultRuleError for a rule that can never act in a namespace, since its requests belong to none */
export function requireKnownNamespace({ rule }: CheckedRule): void {
  const nameless = namelessMember(rule);
  if (nameless === undefined) return;
  const what = nameless === 'tls' ? 'a TLS connection is opened' : `${rule[nameless]} is handled`;
  throw new FaultRuleError([
    {
      field: nameless,
      message: `when ${what}, it is not known which order it is about: a rule in a namespace would never act`,
      remedy: `leave the header ${namespaceHeader} out: a rule for the whole server acts`,
    },
  ]);
}

function namelessMember({ function: name, interface: spoken, tls }: CheckedRule['rule']) {
  if (tls !== undefined) return 'tls';
  if (name !== undefined && withoutOrder.includes(name)) return 'function';
  if (spoken !== undefined && interfacesWithoutOrder.includes(spoken)) return 'interface';
  return undefined;
}
