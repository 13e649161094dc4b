/** How a member of a request is written (SGP.22 6.5.2). */
export type Encoding = 'der' | 'octets' | 'transactionId' | 'text';

/** Members of the requests of ES9+ and ES11. */
export const requestMembers: Readonly<Record<string, Readonly<Record<string, Encoding>>>> = {
  initiateAuthentication: { euiccChallenge: 'octets', euiccInfo1: 'der', smdpAddress: 'text' },
  authenticateClient: { transactionId: 'transactionId', authenticateServerResponse: 'der' },
  getBoundProfilePackage: { transactionId: 'transactionId', prepareDownloadResponse: 'der' },
  cancelSession: { transactionId: 'transactionId', cancelSessionResponse: 'der' },
  handleNotification: { pendingNotification: 'der' },
};
