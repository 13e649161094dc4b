import type { Operator, Store } from '../store/index.js';
import { defaultConfirmationCodeAttempts } from './prepare.js';

/** The settings of an unregistered operator, and the default settings of a registered one. */
export const operatorDefaults: Omit<Operator, 'identifier' | 'updatedAt'> = {
  certificates: [],
  expiredCertificates: false,
  callbackUrl: null,
  callbackCa: null,
  callbackClientCertificate: true,
  confirmationCodeAttempts: defaultConfirmationCodeAttempts,
  downloadAttempts: null,
  orderValidity: null,
  afterDeletion: 'staysSpent',
  notificationPointIds: {},
  resultData: 'profileInstallationResultData',
};

/** The operator with this functionRequesterIdentifier. An unregistered operator has the default settings. */
export const operatorOf = async (store: Store, identifier: string): Promise<Operator> =>
  (await store.operator(identifier)) ?? { ...operatorDefaults, identifier, updatedAt: 0 };
