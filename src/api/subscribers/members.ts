import Type, { type Static } from 'typebox';
import type { Drawing } from '../../manifests/index.js';
import { Subscriber } from '../../profiles/index.js';

/** Members of a request that say how the server generates keys, PINs and PUKs. */
export const drawingMembers = {
  seed: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'a text from which the server computes the keys of subscribers without a given K; anyone who knows the text can compute the keys, so do not use it in production',
    }),
  ),
  codes: Type.Optional(
    Type.Enum(['type', 'drawn'], {
      description:
        'PINs and PUKs: type (those of the profile type) or drawn (each profile has its own); default: type',
    }),
  ),
};

type DrawingMembers = {
  readonly [Name in keyof typeof drawingMembers]?: Static<(typeof drawingMembers)[Name]> | undefined;
};

/** How the server generates keys, PINs and PUKs for a request. */
export const drawingOf = ({ seed, codes }: DrawingMembers): Drawing => ({
  seed,
  drawn: codes === 'drawn' ? 'keysAndCodes' : 'keys',
});

const { seed, codes } = drawingMembers;

/** The same members for pools. Here `codes` has the name `pins`, because the codes of a pool are activation codes. */
export const poolDrawingMembers = { seed, pins: codes };

/** How the server generates keys, PINs and PUKs for a pool. */
export const poolDrawingOf = ({
  seed: text,
  pins,
}: {
  readonly seed?: string | undefined;
  readonly pins?: DrawingMembers['codes'];
}): Drawing => drawingOf({ seed: text, codes: pins });

/** @param byDefault the end of the description */
export const firstImsi = (byDefault = '') =>
  Type.Optional(
    Type.String({ pattern: '^[0-9]{15}$', description: `the first IMSI: 15 digits${byDefault}` }),
  );

/** Members of a request for several profiles: the first of the consecutive numbers. */
export const rangeMembers = {
  msisdn: Type.Optional(
    Type.String({ pattern: '^[+]?[0-9]{1,15}$', description: 'the first telephone number' }),
  ),
  iccid: Type.Optional(
    Type.String({
      pattern: '^[0-9]{18,20}$',
      description: 'the first ICCID; default: the next free ICCIDs',
    }),
  ),
};

const { imsi: _imsi, msisdn: _msisdn, ...common } = Subscriber.properties;

/** Members of a request for several profiles that apply to all their subscribers. */
export const commonMembers = common;
