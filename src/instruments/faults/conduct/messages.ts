/** How a request member is encoded (SGP.22 6.5.2). */
export type Encoding =
  'der' | 'octets' | 'transactionId' | 'text' | 'iccid' | 'matchingId' | 'flag' | 'header';

/** The members of a request, with their encodings. */
export type Members = Readonly<Record<string, Encoding>>;

/** Requests of ES9+ and ES11. */
const ofDevices: Readonly<Record<string, Members>> = {
  initiateAuthentication: { euiccChallenge: 'octets', euiccInfo1: 'der', smdpAddress: 'text' },
  authenticateClient: { transactionId: 'transactionId', authenticateServerResponse: 'der' },
  getBoundProfilePackage: { transactionId: 'transactionId', prepareDownloadResponse: 'der' },
  cancelSession: { transactionId: 'transactionId', cancelSessionResponse: 'der' },
  handleNotification: { pendingNotification: 'der' },
};

const ofOperators: Readonly<Record<string, Members>> = {
  downloadOrder: { header: 'header', eid: 'text', iccid: 'iccid', profileType: 'text' },
  confirmOrder: {
    ...{ header: 'header', iccid: 'iccid', eid: 'text', matchingId: 'matchingId' },
    ...{ confirmationCode: 'text', smdsAddress: 'text', releaseFlag: 'flag' },
  },
  cancelOrder: {
    ...{ header: 'header', iccid: 'iccid', eid: 'text', matchingId: 'matchingId' },
    finalProfileStatusIndicator: 'text',
  },
  releaseProfile: { header: 'header', iccid: 'iccid' },
};

const ofSmdps: Readonly<Record<string, Members>> = {
  registerEvent: {
    ...{ header: 'header', eid: 'text', rspServerAddress: 'text', eventId: 'matchingId' },
    forwardingIndicator: 'flag',
  },
  deleteEvent: { header: 'header', eid: 'text', eventId: 'matchingId' },
};

const byInterface: Readonly<Record<string, Readonly<Record<string, Members>>>> = {
  ...{ 'ES9+': ofDevices, ES11: ofDevices, 'ES2+': ofOperators, ES12: ofSmdps },
};

/** Members of the header of a request between servers (SGP.22 6.5.1.3). */
export const headerMembers = ['functionRequesterIdentifier', 'functionCallIdentifier'] as const;

/** The request members of a function. `undefined` for an unknown function. */
export const membersOf = (interfaceName: string, functionName: string): Members | undefined =>
  byInterface[interfaceName]?.[functionName];
