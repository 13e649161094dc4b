/** What a manifest can say of a profile. Only the EID has to be there. */
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

/** Headings under which people deliver a field, without regard to case, blanks and punctuation. */
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

/** A heading, reduced to what is compared. */
export const reduced = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const fieldOfHeading = new Map(
  manifestFields.flatMap((field) => headings[field].map((heading) => [heading, field] as const)),
);

/** The field that a heading names; `undefined` where it is none of them. */
export const fieldNamed = (heading: string): ManifestField | undefined =>
  fieldOfHeading.get(reduced(heading));

/** Headings that the list of rejected rows adds; nothing is meant by them when it is imported again. */
const remarks: ReadonlySet<string> = new Set(['reason', 'line']);

/** Whether a heading is one that the list of rejected rows has added. */
export const isRemark = (heading: string): boolean => remarks.has(reduced(heading));

/**
 * The field that an unknown heading is most likely a slip of the pen for. Numbered ones are not: `IMEI2` is a column of its
 * own right.
 */
export function fieldMeant(heading: string): ManifestField | undefined {
  const wanted = reduced(heading);
  if (/\d$/.test(wanted) || wanted.length < 3 || remarks.has(wanted)) return undefined;
  return manifestFields.find((field) => isSlip(wanted, field.toLowerCase()));
}

/** Whether one of the words becomes the other by a single change: a letter more, less or other, or two exchanged. */
function isSlip(one: string, other: string): boolean {
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
