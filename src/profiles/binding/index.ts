/** ES8+ (SM-DP+ → eUICC): profile binding. */
export {
  assemble,
  bindProfilePackage,
  randomProtectionKeys,
  type BindingInput,
  type BoundProfilePackageParts,
} from './bind-profile-package.js';
export { InvalidPointError, OneTimeKeyPair, type CurveName } from './one-time-key.js';
export { deriveSessionKeys, type ProtectionKeys } from './session-keys.js';
