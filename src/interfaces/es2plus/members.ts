import type { Static, TObject, TProperties } from 'typebox';
import { canonicalIccid, isHexIccid, isIccid, Refusal } from '../../wire/rsp/index.js';
import { flag, text, type RequestBody } from '../json-binding/index.js';
import type { Es2PlusContext } from './context.js';

/** The part of a member's schema that the parser uses. */
interface Member {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly description?: string;
}

/** Members whose form each function checks itself, because it has its own status code for a malformed value. */
const checkedByFunction: ReadonlySet<string> = new Set(['matchingId']);

/**
 * Reads the members of a request that the schema names. Removes the F that pads an ICCID of 19 digits to 20, because ICCIDs are stored
 * without it. An empty text counts as absent, unless the member's pattern allows an empty text.
 *
 * @throws Refusal 1.3.1/2.2 if a required member is missing; 1.3.1/2.1 if a member has the wrong type or form
 */
export async function membersOf<P extends TProperties>(
  context: Pick<Es2PlusContext, 'store'>,
  body: RequestBody,
  schema: TObject<P>,
): Promise<Static<TObject<P>>> {
  const required = new Set((schema.required ?? []) as readonly string[]);
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(schema.properties as Record<string, Member>)) {
    if (isGiven(body, name, member))
      members[name] = name === 'iccid' ? await iccidOf(context, body) : valueOf(body, name, member);
    else if (required.has(name)) throw new Refusal('1.3.1/2.2', `${name} is missing`);
  }
  return members as Static<TObject<P>>;
}

/** An ICCID has decimal digits (ITU-T E.118). Hex digits are accepted only if a profile has exactly this ICCID. */
async function iccidOf({ store }: Pick<Es2PlusContext, 'store'>, body: RequestBody): Promise<string> {
  const iccid = canonicalIccid(text(body, 'iccid'));
  if (isIccid(iccid)) return iccid;
  if (isHexIccid(iccid) && (await store.profilesByIccid(iccid)).length > 0) return iccid;
  throw malformed('iccid is not 18 to 20 digits');
}

/** Whether the body has a value for the member. Null counts as absent, and so does an empty text that the pattern does not allow. */
export function isGiven(body: RequestBody, name: string, { pattern }: Member = {}): boolean {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  const mayBeEmpty = pattern !== undefined && new RegExp(pattern).test('');
  return value !== undefined && value !== null && (value !== '' || mayBeEmpty);
}

function valueOf(body: RequestBody, name: string, { type, enum: values, pattern, description = '' }: Member) {
  if (type === 'boolean') return flag(body, name);
  const value = text(body, name);
  if (values && !values.includes(value)) throw malformed(`${name} is not one of ${values.join(', ')}`);
  if (pattern !== undefined && !checkedByFunction.has(name) && !new RegExp(pattern).test(value))
    throw malformed(`${name} is not ${description.split(';')[0]}`);
  return value;
}

const malformed = (what: string): Refusal => new Refusal('1.3.1/2.1', what);
