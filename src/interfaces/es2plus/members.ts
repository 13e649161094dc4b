import type { Static, TObject, TProperties } from 'typebox';
import { canonicalIccid, isHexIccid, isIccid, Refusal } from '../../wire/rsp/index.js';
import { flag, text, type RequestBody } from '../json-binding/index.js';
import type { Es2PlusContext } from './context.js';

/** What the parser uses of a member's schema. */
interface Member {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly description?: string;
}

/** Members that each function checks itself, because it refuses a malformed value with its own status code. */
const judgedByFunction: ReadonlySet<string> = new Set(['matchingId']);

/**
 * Reads the members of a request that its schema names. An ICCID loses the F that pads 19 digits to 20, as it is stored without.
 * An empty text counts as absent, unless its pattern allows an empty text.
 *
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 of another type or form
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
  throw malformed('iccid has not 18 to 20 digits');
}

/** Whether the body has the member, and it does not count as absent. */
export function isGiven(body: RequestBody, name: string, { pattern }: Member = {}): boolean {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  const mayBeEmpty = pattern !== undefined && new RegExp(pattern).test('');
  return value !== undefined && value !== null && (value !== '' || mayBeEmpty);
}

function valueOf(body: RequestBody, name: string, { type, enum: values, pattern, description = '' }: Member) {
  if (type === 'boolean') return flag(body, name);
  const value = text(body, name);
  if (values && !values.includes(value)) throw malformed(`${name} is not one of ${values.join(', ')}`);
  if (pattern !== undefined && !judgedByFunction.has(name) && !new RegExp(pattern).test(value))
    throw malformed(`${name} has not ${description.split(';')[0]}`);
  return value;
}

const malformed = (what: string): Refusal => new Refusal('1.3.1/2.1', what);
