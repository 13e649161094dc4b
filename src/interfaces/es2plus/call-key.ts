import { createHash } from 'node:crypto';
import type { OrderCall } from '../../store/index.js';
import type { Es2PlusCall } from './context.js';

/** Digests by which a repeated call is recognised. */
export type CallKey = Pick<OrderCall, 'id' | 'content'>;

/** Computes the digests of a call. The order of the request's members does not matter. */
export function callKey(
  name: string,
  { requester, functionCallIdentifier, namespace }: Es2PlusCall,
  request: object,
): CallKey {
  const members = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const content = sha256(
    JSON.stringify([requester, name, members, ...(namespace === undefined ? [] : [namespace])]),
  );
  return { content, id: sha256(`${content.toString('hex')} ${functionCallIdentifier}`) };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
