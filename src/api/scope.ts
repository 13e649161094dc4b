import type { FastifyRequest } from 'fastify';
import { canonicalNamespace, namespaceForm, namespaceHeader, noNamespace } from '../base/namespace.js';
import { NamespaceJournal, type JournalView } from '../instruments/journal/index.js';
import { faultsIn, type FaultRulesView } from '../instruments/faults/index.js';
import { inNamespace } from '../store/index.js';
import type { ControlContext } from './context.js';
import { fieldProblem, Problem } from './http/problem.js';

/** What a call works with: the server as those see it who work in the namespace that the call names. */
export interface Scope extends Omit<ControlContext, 'journal' | 'faults'> {
  readonly journal: JournalView;
  readonly faults: FaultRulesView;
}

/** The namespace that a call names; `undefined`: the whole server is meant. @throws Problem 400 for what is no name */
export function requestedNamespace({ headers }: FastifyRequest): string | undefined {
  const given = headers[namespaceHeader.toLowerCase()];
  if (given === undefined) return undefined;
  const name = canonicalNamespace(String(given));
  if (name !== undefined) return name;
  throw fieldProblem(
    namespaceHeader,
    `'${String(given).slice(0, 64)}' is no name of a namespace`,
    `give ${namespaceForm}, or leave the header out for the whole server`,
  );
}

/** What the call gets to see, and where it makes what it makes. @throws Problem 400 */
export function scopeOf(context: ControlContext, request: FastifyRequest): Scope {
  const namespace = requestedNamespace(request);
  if (namespace === undefined) return context;
  const { store, journal, faults } = context;
  return {
    ...context,
    store: inNamespace(store, namespace),
    journal: new NamespaceJournal(journal, namespace),
    faults: faultsIn(faults, namespace),
  };
}

/**
 * The same for a call that compares what it is to make with what there is: without a namespace, nothing of any namespace is in its
 * way.
 *
 * @throws Problem 400
 */
export function creationScopeOf(context: ControlContext, request: FastifyRequest): Scope {
  if (requestedNamespace(request) !== undefined) return scopeOf(context, request);
  return { ...context, store: inNamespace(context.store, noNamespace) };
}

/** @param what for instance `the clock` @throws Problem 409 for a call in a namespace, 400 */
export function requireWholeServer(request: FastifyRequest, what: string): void {
  if (requestedNamespace(request) === undefined) return;
  throw new Problem(
    409,
    `${what} the whole server's, shared by all namespaces: leave the header ${namespaceHeader} out, in a suite that has the server for itself`,
  );
}
