import { nearest } from '../../../base/did-you-mean.js';
import type { Magic, MagicCode } from './code.js';
import { connections } from './connections.js';
import { http } from './http.js';
import { packages } from './packages.js';
import { refusals } from './refusals.js';
import { signatures } from './signatures.js';

/** All kinds of magic MatchingIDs. */
export const magicCodes: readonly MagicCode[] = [
  ...refusals,
  ...connections,
  ...http,
  ...signatures,
  ...packages,
];

const firstWord = (text: string): string => text.split('-', 1)[0]!;

const byFirstWord = new Map<string, MagicCode[]>();
for (const code of magicCodes) {
  const word = firstWord(code.name);
  byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), code]);
}

/**
 * The meaning of a magic MatchingID. For a malformed magic MatchingID, a text that says what is wrong.
 *
 * @returns `undefined` for all other MatchingIDs
 */
export function magicOf(matchingId: string): Magic | string | undefined {
  const codes = byFirstWord.get(firstWord(matchingId));
  if (!codes) return undefined;
  for (const { pattern, read } of codes) {
    const match = pattern.exec(matchingId);
    if (match) return read(match);
  }
  return /-INIT\b/.test(matchingId)
    ? 'MatchingID is sent after initiateAuthentication: use a fault rule'
    : `MatchingID is not known${slipIn(matchingId, codes)}; was ${formMeant(matchingId, codes)} meant?`;
}

/**
 * Explains why a MatchingID stands for no fault, and suggests the closest MatchingID that stands for a fault.
 *
 * @returns `undefined` if the MatchingID stands for a fault
 */
export function magicProblem(matchingId: string): string | undefined {
  const magic = magicOf(matchingId);
  if (magic !== undefined) return typeof magic === 'string' ? magic : undefined;
  const meant = nearest(matchingId, namesOf(magicCodes));
  return `MatchingID is not known${meant === undefined ? '' : `; was ${meant} meant?`}`;
}

const slipIn = (matchingId: string, codes: readonly MagicCode[]): string => {
  const slip = codes.flatMap(({ slips = [] }) => slips).find(([pattern]) => pattern.test(matchingId));
  return slip ? `: ${slip[1]}` : '';
};

const namesOf = (codes: readonly MagicCode[]): string[] =>
  codes.flatMap(({ name, examples }) => [name, ...examples]);

function formMeant(matchingId: string, codes: readonly MagicCode[]): string {
  const near = nearest(matchingId, namesOf(codes));
  const meant = codes.find((code) => near !== undefined && namesOf([code]).includes(near));
  if (meant) return meant.form;
  return codes.length > 2 ? `${firstWord(codes[0]!.name)}-...` : codes.map(({ form }) => form).join(' or ');
}
