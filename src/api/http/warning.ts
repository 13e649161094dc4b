import Type, { type Static } from 'typebox';
import type { Remark } from '../../orders/index.js';

/** A remark on a call that succeeded: part of the result will cause trouble later. */
export const Warning = Type.Object({
  field: Type.String({ description: 'path of the member, such as metadata.icon' }),
  message: Type.String({ description: 'what will go wrong' }),
  remedy: Type.Optional(Type.String({ description: 'what to do about it' })),
});
export type Warning = Static<typeof Warning>;

export const warningsOf = (remarks: readonly Remark[] = []): Warning[] =>
  remarks.map(({ field, message, remedy }) => ({ field, message, ...(remedy !== undefined && { remedy }) }));
