import { namespaceHeader } from '../../../base/namespace.js';
import { FaultRuleError, type CheckedRule } from './check.js';
import type { FunctionName } from './functions.js';

/** Functions that concern no order, or the order of another server. */
const withoutOrder: readonly FunctionName[] = ['initiateAuthentication', 'registerEvent', 'deleteEvent'];

const interfacesWithoutOrder = ['ES11', 'ES12'];

/** @throws FaultRuleError if the rule's requests belong to no namespace. Such a rule could never act in a namespace */
export function requireKnownNamespace({ rule }: CheckedRule): void {
  const nameless = namelessMember(rule);
  if (nameless === undefined) return;
  const what = nameless === 'tls' ? 'a TLS connection is opened' : `${rule[nameless]} is handled`;
  throw new FaultRuleError([
    {
      field: nameless,
      message: `when ${what}, the order is not known yet: a rule in a namespace would never act`,
      remedy: `leave out the header ${namespaceHeader}: the rule then applies to the whole server`,
    },
  ]);
}

function namelessMember({ function: name, interface: spoken, tls }: CheckedRule['rule']) {
  if (tls !== undefined) return 'tls';
  if (name !== undefined && withoutOrder.includes(name)) return 'function';
  if (spoken !== undefined && interfacesWithoutOrder.includes(spoken)) return 'interface';
  return undefined;
}
