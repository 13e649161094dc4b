import Type, { type Static } from 'typebox';
import { ProfileDataError } from '../errors.js';
import { plmnOctets } from '../plmn.js';

/** Access technologies: their bits in EF.PLMNwAcT (3GPP TS 31.102, 4.2.5). */
const technologies = { '2g': 0x0080, '3g': 0x8000, '4g': 0x4000, '5g': 0x0800 } as const;
type Technology = keyof typeof technologies;

/** A network with its access technologies: `99970`, or `99970:4g+5g`. */
export const plmnForm = '^[0-9]{5,6}(:[2345]g([+][2345]g){0,3})?$';

/** A public key of the home network. */
export const SuciKey = Type.Object(
  {
    profile: Type.Enum(['A', 'B'], { description: 'protection scheme: A (X25519) or B (P-256)' }),
    id: Type.Integer({ minimum: 0, maximum: 255, description: 'identifier of the key: 0 to 255' }),
    key: Type.String({
      pattern: '^([0-9A-Fa-f]{64}|0[23][0-9A-Fa-f]{64}|04[0-9A-Fa-f]{128})$',
      description: 'the public key in hex: 32 octets for profile A, 33 or 65 (a point) for profile B',
    }),
  },
  { additionalProperties: false, description: 'an object with profile, id and key' },
);
export type SuciKey = Static<typeof SuciKey>;

const noNetwork = Buffer.from('ffffff0000', 'hex');

/** Networks with access technologies, 5 octets each. @param places minimum number of networks for which the file has space */
export function networksWithTechnologies(networks: readonly string[], places: number): Buffer {
  const records = networks.map((network) => {
    const [plmn = '', names = '2g+3g+4g+5g'] = network.split(':');
    const bits = names.split('+').reduce((sum, name) => sum | technologies[name as Technology], 0);
    return Buffer.concat([networkOctets(plmn), Buffer.of(bits >> 8, bits & 0xff)]);
  });
  const free = Math.max(places - records.length, 0);
  return Buffer.concat([...records, ...Array.from({ length: free }, () => noNetwork)]);
}

/** Content of EF.FPLMN (3GPP TS 31.102, 4.2.16): 3 octets for each network, and room for at least four. */
export const forbiddenNetworks = (networks: readonly string[]): Buffer =>
  Buffer.concat([...networks.map(networkOctets), Buffer.alloc(3 * Math.max(4 - networks.length, 0), 0xff)]);

const networkOctets = (plmn: string): Buffer => plmnOctets(plmn.slice(0, 3), plmn.slice(3));

/** @throws ProfileDataError for a key whose length does not fit its protection scheme */
export function checkSuciKeys(keys: readonly SuciKey[] = []): void {
  keys.forEach(({ profile, key }, index) => {
    const isA = key.length === 64;
    if (isA === (profile === 'A')) return;
    throw new ProfileDataError(
      `parameters.suciKeys.${index}.key`,
      profile === 'A' ? 'must have 32 octets for profile A' : 'must have 33 or 65 octets for profile B',
    );
  });
}
