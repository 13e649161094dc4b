import { canonicalIccid, isEid, isHexIccid, isIccid, Refusal } from '../../wire/rsp/index.js';
import { text, type RequestBody } from '../json-binding/index.js';
import type { Es2PlusContext } from './context.js';

const malformed = (what: string): Refusal => new Refusal('1.3.1/2.1', what);

/**
 * A member that may be left out; null counts as absent.
 *
 * @throws Refusal 1.3.1/2.1 not a string
 */
export function optionalText(body: RequestBody, member: string): string | undefined {
  const isAbsent = !Object.hasOwn(body, member) || body[member] === undefined || body[member] === null;
  return isAbsent ? undefined : text(body, member);
}

/** As {@link optionalText}, where an empty text counts as absent too. */
export const nonEmptyText = (body: RequestBody, member: string): string | undefined =>
  optionalText(body, member) || undefined;

/**
 * `iccid` as it is stored, without the F that pads 19 digits to 20. It has decimal digits (ITU-T E.118); hex digits pass
 * only where a profile has exactly this ICCID, as some issuers give out.
 *
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 not 18 to 20 digits
 */
export async function iccidOf({ store }: Pick<Es2PlusContext, 'store'>, body: RequestBody): Promise<string> {
  const given = nonEmptyText(body, 'iccid');
  if (given === undefined) throw new Refusal('1.3.1/2.2', 'iccid is missing');
  const iccid = canonicalIccid(given);
  if (isIccid(iccid)) return iccid;
  if (isHexIccid(iccid) && (await store.profilesByIccid(iccid)).length > 0) return iccid;
  throw malformed('iccid has not 18 to 20 digits');
}

/** As {@link iccidOf}, where it may be left out. */
export const optionalIccid = async (
  context: Pick<Es2PlusContext, 'store'>,
  body: RequestBody,
): Promise<string | undefined> =>
  nonEmptyText(body, 'iccid') === undefined ? undefined : iccidOf(context, body);

/**
 * `eid`, which may be left out.
 *
 * @throws Refusal 1.3.1/2.1 not 32 digits
 */
export function optionalEid(body: RequestBody): string | undefined {
  const eid = nonEmptyText(body, 'eid');
  if (eid !== undefined && !isEid(eid)) throw malformed('eid has not 32 digits');
  return eid;
}

/**
 * A member that has to be one of `values`, spelled exactly so.
 *
 * @throws Refusal 1.3.1/2.1 not one of them
 */
export function oneOf<const V extends string>(given: string, member: string, values: readonly V[]): V {
  const value = values.find((candidate) => candidate === given);
  if (value === undefined) throw malformed(`${member} is not one of ${values.join(', ')}`);
  return value;
}
