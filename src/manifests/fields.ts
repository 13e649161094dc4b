/** The fields of a manifest. Only the EID is required. */
export const manifestFields = [
  'eid',
  'iccid',
  'matchingId',
  'profileType',
  'confirmationCode',
  'label',
  'pool',
  'imei',
] as const;
export type ManifestField = (typeof manifestFields)[number];

/** The accepted headings of each field, in lower case and without blanks and punctuation. */
const headings: Readonly<Record<ManifestField, readonly string[]>> = {
  eid: ['eid', 'eids', 'eidnumber', 'eidno', 'eidvalue', 'euiccid', 'euiccidentifier', 'esimeid'],
  iccid: ['iccid', 'iccids', 'iccidnumber', 'iccidno', 'iccnumber', 'simnumber', 'simserialnumber'],
  matchingId: ['matchingid', 'matchingidentifier', 'matchid', 'actoken', 'activationtoken'],
  profileType: ['profiletype', 'profile', 'typeofprofile'],
  confirmationCode: ['confirmationcode', 'confirmcode', 'ccode', 'confirmation'],
  label: ['label', 'labels', 'devicename', 'assettag'],
  pool: ['pool', 'poolname', 'group'],
  imei: ['imei', 'imei1', 'imeinumber', 'imeino'],
};

/** Reduces a heading to the characters that count when headings are compared. */
export const reduced = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const fieldOfHeading = new Map(
  manifestFields.flatMap((field) => headings[field].map((heading) => [heading, field] as const)),
);

/** The field of a heading. `undefined` for an unknown heading. */
export const fieldNamed = (heading: string): ManifestField | undefined =>
  fieldOfHeading.get(reduced(heading));

/** The headings that the list of rejected rows adds. An import ignores these columns. */
const addedHeadings: ReadonlySet<string> = new Set(['reason', 'line']);

/** Whether this is a heading that the list of rejected rows adds. */
export const isAddedHeading = (heading: string): boolean => addedHeadings.has(reduced(heading));

/**
 * The name that the heading probably misspells. A heading that ends with a digit is not a misspelling: `IMEI2` is a different
 * column from `IMEI`.
 */
export function misspelt<Name extends string>(heading: string, names: readonly Name[]): Name | undefined {
  const wanted = reduced(heading);
  if (/\d$/.test(wanted) || wanted.length < 3 || addedHeadings.has(wanted)) return undefined;
  return names.find((name) => isOneEditApart(wanted, name.toLowerCase()));
}

/** Whether a single edit turns one word into the other: adding, removing or replacing a letter, or swapping two neighbouring letters. */
function isOneEditApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const rest = one.slice(start);
  const otherRest = other.slice(start);
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  );
}
