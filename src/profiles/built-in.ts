import { simIcon, simIconOfSize } from './metadata/sim-icon.js';
import type { ProfileTypeDefinition } from './profile-type.js';

/** The profile type of an order that names none. */
export const DEFAULT_PROFILE_TYPE = 'generic';

/** Makes the metadata longer than one segment (tag 88) of a bound profile package. */
const longIcon = simIconOfSize(1000);

/** Profile types that exist from the start. */
export const builtInProfileTypes: readonly ProfileTypeDefinition[] = [
  {
    name: DEFAULT_PROFILE_TYPE,
    description: 'USIM with Milenage and the public keys of 3GPP TS 35.208, in the test network 001/01',
    source: { kind: 'generated', parameters: {} },
    metadata: { icon: simIcon.toString('base64') },
    protection: 'session',
  },
  {
    name: 'Test',
    description: 'As generic, with metadata that needs two segments',
    source: { kind: 'generated', parameters: {} },
    metadata: { icon: longIcon.toString('base64') },
    protection: 'session',
  },
  {
    name: 'generic-ppr1',
    description: 'As generic, with the policy rule that forbids disabling (PPR1)',
    source: { kind: 'generated', parameters: {} },
    metadata: { icon: simIcon.toString('base64'), profilePolicyRules: ['ppr1'] },
    protection: 'session',
  },
];
