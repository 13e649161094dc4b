import type { StatusCode } from '../../src/wire/rsp/index.js';

/** The functions that answer a status code, and the reason. */
export interface StatusCodeUse {
  /** Functions as SGP.22 spells them. */
  readonly functions: string;
  readonly when: string;
}

const use = (functions: string, when: string): StatusCodeUse => ({ functions, when });

const every = 'every function';
const ordering = 'downloadOrder, confirmOrder, cancelOrder, releaseProfile';
const told = 'handleDownloadProgressInfo (the SM-DP+ sends it to the operator)';

/** When the server answers each of its status codes, in the order of SGP.22 5.2.6. */
export const statusCodeUses: Readonly<Record<StatusCode, StatusCodeUse>> = {
  '1.1/1.2': use(
    `${ordering}; deleteEvent`,
    'the request names a caller that differs from the client certificate, or another caller registered the event',
  ),
  '1.3.1/2.1': use(every, 'the body is not a JSON object, or a member is malformed'),
  '1.3.1/2.2': use(every, 'the body or a mandatory member is missing'),
  '1.3.1/2.3': use('downloadOrder', 'both ICCID and profile type are missing'),
  '1.6/4.2': use(every, 'the server cannot carry out the requested fault'),

  '8/4.2': use(told, 'the device ended the session with undefinedReason or an unknown reason'),
  '8.1/4.8': use('authenticateClient', 'the eUICC has less free memory than the profile needs'),
  '8.1/6.1': use(
    'authenticateClient, getBoundProfilePackage, cancelSession',
    'a signature of the eUICC does not verify; challenge or address differ from those of the session; euiccOtpk is not a point on the curve; or the eUICC itself answered with an error',
  ),
  '8.1.1/2.2': use('confirmOrder, cancelOrder', 'the EID is missing, and this order needs it'),
  '8.1.1/3.8': use(
    'authenticateClient',
    'the profile is linked to another EID, or no profile waits for this EID (the setting SMDP_NO_ORDER_STATUS can change the second case to 8.2.6/3.8)',
  ),
  '8.1.1/3.10': use('confirmOrder', 'the ICCID is linked to another EID'),
  '8.1.2/6.1': use('authenticateClient', 'CERT.EUM does not verify, or is not a valid EUM certificate'),
  '8.1.2/6.3': use('authenticateClient', 'CERT.EUM has expired, or is not valid yet'),
  '8.1.3/6.1': use('authenticateClient', 'CERT.EUICC does not verify, or its EUM may not issue it'),
  '8.1.3/6.3': use('authenticateClient', 'CERT.EUICC has expired, or is not valid yet'),

  '8.2/1.2': use('authenticateClient', 'the profile is not released yet'),
  '8.2/3.7': use(
    'getBoundProfilePackage',
    'another eUICC got the profile first, or the profile can no longer be downloaded',
  ),
  '8.2.1/1.2': use(ordering, 'the profile belongs to another operator'),
  '8.2.1/2.2': use('cancelOrder', 'the ICCID or finalProfileStatusIndicator is missing'),
  '8.2.1/3.3': use(
    'downloadOrder, confirmOrder, cancelOrder',
    'the state of the profile does not allow the function',
  ),
  '8.2.1/3.5': use('releaseProfile', 'the profile is not confirmed'),
  '8.2.1/3.9': use(ordering, 'the ICCID is unknown'),
  '8.2.1/3.10': use('cancelOrder', 'the ICCID is linked to another EID'),
  '8.2.5/1.2': use('downloadOrder', 'the profile type is reserved for other operators'),
  '8.2.5/3.7': use('downloadOrder', 'no profile of the type is left, or the type cannot be used'),
  '8.2.5/3.8': use('downloadOrder', 'the profile has another type'),
  '8.2.5/3.9': use('downloadOrder', 'the profile type is unknown'),
  '8.2.5/4.3': use('authenticateClient', 'the device or the eUICC lacks something that the profile needs'),
  '8.2.6/2.1': use('confirmOrder', 'the MatchingID is malformed'),
  '8.2.6/2.2': use('cancelOrder', 'the MatchingID is missing, and the order has one'),
  '8.2.6/3.3': use('confirmOrder', 'another order uses the MatchingID'),
  '8.2.6/3.8': use('authenticateClient', 'the MatchingID is unknown or spent'),
  '8.2.6/3.10': use('cancelOrder', 'the order has another MatchingID'),
  '8.2.7/2.2': use('getBoundProfilePackage', 'the confirmation code is missing'),
  '8.2.7/3.8': use('getBoundProfilePackage', 'the confirmation code is wrong'),
  '8.2.7/6.4': use('getBoundProfilePackage', 'no attempts are left for the confirmation code'),
  '8.2.8/1.2': use(told, 'the device ended the session with pprNotAllowed'),
  '8.2.9/3.11': use(told, 'the device ended the session with metadataMismatch'),
  '8.2.10/4.2': use(told, 'the eUICC could not load the package or install the profile'),

  '8.8/3.10': use('cancelSession', 'the smdpOid belongs to another SM-DP+'),
  '8.8/5.1': use(
    'initiateAuthentication, authenticateClient, getBoundProfilePackage, cancelSession',
    'the proxy gets no answer from the other SM-DP+. In authenticateClient also: this request shows that the session began with the wrong server, so the device must start the download again',
  ),
  '8.8.1/3.8': use('initiateAuthentication', 'the smdpAddress belongs to another SM-DP+'),
  '8.8.2/3.1': use('initiateAuthentication', 'the server trusts no CI under which the eUICC signs'),
  '8.8.3/3.1': use('initiateAuthentication', 'the server does not support the SVN of the eUICC'),
  '8.8.4/3.7': use('initiateAuthentication', 'the SM-DP+ has no certificate that the eUICC can verify'),
  '8.8.5/3.8': use(told, 'the user rejected the profile'),
  '8.8.5/4.10': use('authenticateClient, getBoundProfilePackage', 'the order has expired'),
  '8.8.5/6.4': use('authenticateClient', 'no attempts are left for the download'),

  '8.9/4.2': use(
    'confirmOrder, releaseProfile; registerEvent, deleteEvent',
    'the SM-DS of the order, or the root SM-DS, answered with an error',
  ),
  '8.9/5.1': use(
    'confirmOrder, releaseProfile; registerEvent, deleteEvent',
    'the server cannot reach the SM-DS of the order, or the root SM-DS',
  ),
  '8.9.1/3.8': use('initiateAuthentication', 'the address belongs to another SM-DS'),
  '8.9.2/3.1': use('initiateAuthentication', 'the server trusts no CI under which the eUICC signs'),
  '8.9.3/3.1': use('initiateAuthentication', 'the server does not support the SVN of the eUICC'),
  '8.9.4/3.7': use('initiateAuthentication', 'the SM-DS has no certificate that the eUICC can verify'),
  '8.9.5/3.3': use('registerEvent', 'the EventID is already registered'),
  '8.9.5/3.9': use('authenticateClient, deleteEvent', 'there is no such event for this EID'),
  '8.10.1/3.9': use(
    'authenticateClient, getBoundProfilePackage, cancelSession',
    'the TransactionID is unknown, its session has expired, or its session is at another step',
  ),
  '8.11.1/3.9': use(
    'authenticateClient',
    'CERT.EUM was issued under another CI than the one chosen for the session',
  ),
};
