import { iccidToOctets } from '../../../wire/rsp/index.js';
import { changeOctets, operationsOf, type ValueChange } from './change.js';
import { ChangeError } from './error.js';
import type { DefectName } from './defects.js';
import { editDer } from './der.js';
import type { Field } from './fields.js';
import type { EditPath } from './path.js';

/** The kind of value at a path. */
export const kindOf = ({ steps }: EditPath): Field['kind'] => steps.at(-1)?.field.kind ?? 'octets';

/** Issues a defective copy of one of this SM-DP+'s certificates. @throws ChangeError */
export type IssueDefective = (name: DefectName, der: Buffer) => Buffer;

/**
 * Applies `change` to the value at `path`.
 *
 * @throws ChangeError if the change cannot be applied
 */
export function applyEdit(
  path: EditPath,
  change: ValueChange,
  octets: Buffer,
  issue: IssueDefective,
): Buffer {
  const edit = (value: Buffer | undefined): Buffer | undefined => changed(value, change, kindOf(path), issue);
  const isInside = path.steps.length > 0 || path.segment !== undefined;
  return isInside ? editDer(octets, path, edit) : (edit(octets) ?? Buffer.alloc(0));
}

function changed(
  value: Buffer | undefined,
  change: ValueChange,
  kind: Field['kind'],
  issue: IssueDefective,
): Buffer | undefined {
  const operations = operationsOf(change);
  if (!operations) return undefined;
  const { set, certificate } = operations;
  if (certificate !== undefined) return issue(certificate as DefectName, value ?? Buffer.alloc(0));
  const start = set === undefined ? value : octetsOf(kind, set);
  if (start === undefined && operations.hex === undefined) throw new ChangeError('is not there');
  return changeOctets(start ?? Buffer.alloc(0), operations);
}

/** Encodes a JSON value as octets. @throws ChangeError if the value is not of this kind */
export function octetsOf(kind: Field['kind'], value: unknown): Buffer {
  switch (kind) {
    case 'text':
      if (typeof value === 'string') return Buffer.from(value, 'utf8');
      throw new ChangeError('must be a text');
    case 'boolean':
      if (typeof value === 'boolean') return Buffer.of(value ? 0xff : 0x00);
      throw new ChangeError('must be true or false');
    case 'integer':
      if (Number.isInteger(value) && Number(value) >= 0 && Number(value) < 128)
        return Buffer.of(Number(value));
      throw new ChangeError('must be a number from 0 to 127');
    case 'iccid':
      if (typeof value === 'string' && /^[0-9A-F]{1,20}$/i.test(value)) return iccidToOctets(value);
      throw new ChangeError('must be up to 20 digits');
    case 'octets':
      if (typeof value === 'string' && /^([0-9A-Fa-f]{2})*$/.test(value)) return Buffer.from(value, 'hex');
      throw new ChangeError('must be hex');
  }
}
