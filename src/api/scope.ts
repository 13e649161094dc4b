import type { FastifyRequest } from 'fastify';
import { canonicalNamespace, namespaceForm, namespaceHeader, noNamespace } from '../base/namespace.js';
import { NamespaceJournal, type JournalView } from '../instruments/journal/index.js';
import { faultsIn, type FaultRulesView } from '../instruments/faults/index.js';
import { inNamespace } from '../store/index.js';
import type { ControlContext } from './context.js';
import { fieldProblem, Problem } from './http/problem.js';

/** The part of the server that a call sees: the namespace that the call names, or the whole server. */
export interface Scope extends Omit<ControlContext, 'journal' | 'faults'> {
  readonly journal: JournalView;
  readonly faults: FaultRulesView;
}

/** The namespace that a call names; `undefined` for the whole server. @throws Problem 400 for an invalid name */
export function requestedNamespace({ headers }: FastifyRequest): string | undefined {
  const given = headers[namespaceHeader.toLowerCase()];
  if (given === undefined) return undefined;
  const name = canonicalNamespace(String(given));
  if (name !== undefined) return name;
  throw fieldProblem(
    namespaceHeader,
    `'${String(given).slice(0, 64)}' is not a valid namespace name`,
    `give ${namespaceForm}, or leave the header out for the whole server`,
  );
}

/**
 * The scope of a call: the part of the server that the call reads and changes. @throws Problem 400 for an invalid
 * namespace
 */
export function scopeOf(context: ControlContext, request: FastifyRequest): Scope {
  const namespace = requestedNamespace(request);
  const { store, journal, faults } = context;
  if (namespace === undefined) return { ...context, faults: faultsIn(faults) };
  return {
    ...context,
    store: inNamespace(store, namespace),
    journal: new NamespaceJournal(journal, namespace),
    faults: faultsIn(faults, namespace),
  };
}

/**
 * The scope of a call that compares new items with existing ones. If the call names no namespace, the scope holds only items outside
 * namespaces, so that items in namespaces cannot conflict with the new items.
 *
 * @throws Problem 400 for an invalid namespace
 */
export function creationScopeOf(context: ControlContext, request: FastifyRequest): Scope {
  if (requestedNamespace(request) !== undefined) return scopeOf(context, request);
  return { ...scopeOf(context, request), store: inNamespace(context.store, noNamespace) };
}

/**
 * Refuses a call that names a namespace.
 *
 * @param what subject and verb of the error message, such as `snapshots are`
 * @throws Problem 409 for a call in a namespace, 400 for an invalid namespace
 */
export function requireWholeServer(request: FastifyRequest, what: string): void {
  if (requestedNamespace(request) === undefined) return;
  throw new Problem(
    409,
    `${what} shared by all namespaces: call this without the header ${namespaceHeader}, and only if no other test suite uses the server`,
  );
}
