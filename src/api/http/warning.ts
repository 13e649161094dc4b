import Type, { type Static } from 'typebox';
import type { Remark } from '../../orders/index.js';
import { viewFrom } from './view.js';

const view = viewFrom<Remark>()((member) => ({
  field: member(
    Type.String({ description: 'path of the member, such as metadata.icon' }),
    ({ field }) => field,
  ),
  message: member(Type.String({ description: 'what will go wrong' }), ({ message }) => message),
  remedy: member(Type.Optional(Type.String({ description: 'what to do about it' })), ({ remedy }) => remedy),
}));

/** A warning in the answer of a successful call: part of the result will cause a problem later. */
export const Warning = view.schema;
export type Warning = Static<typeof Warning>;

export const warningsOf = (remarks: readonly Remark[] = []): Warning[] => remarks.map(view.of);
