import { Asn1Error, tagName } from '../../../wire/asn1/index.js';
import { Es10Tag } from '../../../wire/rsp/index.js';
import { ConditionsOfUseError, InstallationFault, type VirtualEuicc } from '../../euicc/index.js';
import { refused } from '../status-words.js';
import { es10a } from './es10a.js';
import { es10b } from './es10b.js';
import { es10c } from './es10c.js';

const functions = new Map([...es10a, ...es10b, ...es10c].map((each) => [each.tag, each]));

/** The tags with which the units of a bound profile package begin (SGP.22 2.5.5). */
const unitTags: ReadonlySet<number> = new Set([
  Es10Tag.loadBoundProfilePackage,
  0xa0,
  0xa1,
  0xa2,
  0xa3,
  0x86,
  0x87,
  0x88,
]);

/** What an ES10 function answers. */
interface Es10Answer {
  /** DER; empty while a bound profile package is incomplete. */
  readonly response: Buffer;
  /** Why the eUICC refused the server or its package. `undefined` if it refused nothing. */
  readonly refusal?: string | undefined;
}

/**
 * Calls an ES10 function. `data` is the request, joined from the STORE DATA commands.
 *
 * @throws CommandRefused: 6A80 for data that cannot be decoded, 6A88 for an unknown function, 6985 in the wrong state
 */
export function callEs10(euicc: VirtualEuicc, data: Buffer): Es10Answer {
  try {
    const tag = tagOf(data);
    if (unitTags.has(tag)) {
      const installation = euicc.loadBoundProfilePackageUnit(data);
      return {
        response: installation?.profileInstallationResult ?? Buffer.alloc(0),
        refusal: installation?.fault && inWords(installation.fault),
      };
    }
    const called = functions.get(tag);
    if (!called) throw refused('referencedDataNotFound', `the card has no function ${tagName(tag)}`);
    const { lastFault } = euicc;
    const response = called.call(euicc, data);
    const fault = euicc.lastFault;
    return { response, refusal: fault === lastFault ? undefined : inWords(fault!) };
  } catch (error) {
    if (error instanceof Asn1Error) throw refused('incorrectData', `the request ${error.message}`);
    if (error instanceof ConditionsOfUseError) throw refused('conditionsOfUseNotSatisfied', error.message);
    throw error;
  }
}

const inWords = (fault: InstallationFault | NonNullable<VirtualEuicc['lastFault']>): string =>
  fault instanceof InstallationFault
    ? `${fault.reason} at ${fault.command}: ${fault.message}`
    : `${fault.code}: ${fault.message}`;

/**
 * The tag with which `data` begins. Does not check the length, because a unit of a package may be a header without its
 * content.
 */
function tagOf(data: Buffer): number {
  const [first = 0, second] = data;
  if ((first & 0x1f) !== 0x1f) return first;
  if (second === undefined) throw new Asn1Error('ends in the middle of a tag', 0);
  return (first << 8) | second;
}
