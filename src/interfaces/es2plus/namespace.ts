import type { FastifyRequest } from 'fastify';
import { canonicalNamespace, namespaceForm, namespaceHeader } from '../../base/namespace.js';
import { Refusal } from '../../wire/rsp/index.js';
import { inNamespace } from '../../store/index.js';
import type { Es2PlusContext } from './context.js';

/**
 * The namespace that a caller of ES2+ names in an HTTP header. `undefined` if the request does not have this header. SGP.22 does not
 * define the header.
 *
 * @throws Refusal 1.3.1/2.1 if the header is not the name of a namespace
 */
export function callerNamespace({ headers }: FastifyRequest): string | undefined {
  const given = headers[namespaceHeader.toLowerCase()];
  if (given === undefined) return undefined;
  const name = canonicalNamespace(String(given));
  if (name !== undefined) return name;
  throw new Refusal('1.3.1/2.1', `the HTTP header ${namespaceHeader} is not ${namespaceForm}`);
}

/** A context in which only the profiles of one namespace are visible. Without a namespace, all profiles are visible. */
export const contextIn = (context: Es2PlusContext, namespace: string | undefined): Es2PlusContext =>
  namespace === undefined ? context : { ...context, store: inNamespace(context.store, namespace) };
