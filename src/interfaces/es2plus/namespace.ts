import type { FastifyRequest } from 'fastify';
import { canonicalNamespace, namespaceForm, namespaceHeader } from '../../base/namespace.js';
import { Refusal } from '../../wire/rsp/index.js';
import { inNamespace } from '../../store/index.js';
import type { Es2PlusContext } from './context.js';

/**
 * The namespace that a caller works in, which SGP.22 does not know: testers say it in a header of HTTP.
 *
 * @throws Refusal 1.3.1/2.1 for what is no name
 */
export function callerNamespace({ headers }: FastifyRequest): string | undefined {
  const given = headers[namespaceHeader.toLowerCase()];
  if (given === undefined) return undefined;
  const name = canonicalNamespace(String(given));
  if (name !== undefined) return name;
  throw new Refusal('1.3.1/2.1', `the HTTP header ${namespaceHeader} is not ${namespaceForm}`);
}

/** The profiles of one namespace only; without one: all of them. */
export const contextIn = (context: Es2PlusContext, namespace: string | undefined): Es2PlusContext =>
  namespace === undefined ? context : { ...context, store: inNamespace(context.store, namespace) };
