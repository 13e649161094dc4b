/** The virtual eUICC: the ES10 functions of SGP.22 5.7, as strict as a card. */
export type { CardSession, EuiccCredential, EuiccMaterial, Installation } from './card.js';
export type { CancelReason } from './cancel-session.js';
export type { AuthenticateServerRequest } from './authenticate-server.js';
export { confirmationCodeHash, type PrepareDownloadRequest } from './prepare-download.js';
export {
  withMember,
  type EditableOctets,
  type EditableValues,
  type EuiccEdits,
  type SignedStructure,
} from './edits.js';
export {
  AuthenticationFault,
  ConditionsOfUseError,
  DownloadFault,
  InstallationFault,
  PowerLossError,
} from './faults.js';
export {
  strictBehaviour,
  takeFailure,
  type CardBehaviour,
  type ElementFailure,
  type FailureName,
} from './behaviour.js';
export type { MemoryResetOptions, MemoryResetResult } from './memory-reset.js';
export type { ProfileInfo } from './profile-info.js';
export type { NicknameResult, ProfileResult } from './profile-management.js';
export {
  factoryState,
  memoryOf,
  type ConfiguredAddresses,
  type EuiccState,
  type NonVolatileMemory,
  type Operation,
  type StoredNotification,
} from './state.js';
export { openStateFile, StateFileError } from './state-file.js';
export { lockStateFile, type StateLockOptions } from './state-lock.js';
export { defaultTraits, type EuiccTraits } from './traits.js';
export { readCertificate, type CardCertificate } from './certificate.js';
export { CertificateError, serverRoles, type TrustedCi } from './server-certificate.js';
export { VirtualEuicc, type VirtualEuiccOptions } from './virtual-euicc.js';
