import type { Operator, Store } from '../store/index.js';
import { defaultConfirmationCodeAttempts } from './prepare.js';

/** What an operator has where nothing else was said of it. */
export const operatorDefaults: Omit<Operator, 'identifier' | 'updatedAt'> = {
  certificates: [],
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

/** The operator with this functionRequesterIdentifier; one that nobody registered has the defaults. */
export const operatorOf = async (store: Store, identifier: string): Promise<Operator> =>
  (await store.operator(identifier)) ?? { ...operatorDefaults, identifier, updatedAt: 0 };
