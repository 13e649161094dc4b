export const codes = {
  title: 'Get a code',
  introduction:
    'Enter the EID of your test device and, if you like, a confirmation code. You get a MatchingID, as SGP.26 requires of a test SM-DP+.',
  eid: 'EID',
  eidHelp: '32 digits, with or without blanks. Empty: any device may use the code.',
  confirmationCode: 'Confirmation code',
  confirmationCodeHelp: 'The user must enter it on the device. Empty: the device asks for no code.',
  submit: 'Get a MatchingID',
  result: 'Your code',
  nothingYet: 'Your MatchingID and its QR code appear here.',
  matchingId: 'MatchingID',
};
