import type { Texts } from '../en/index.js';

export const codes: Texts['codes'] = {
  title: 'Code holen',
  introduction:
    'Geben Sie die EID Ihres Testgeräts ein und, wenn Sie wollen, einen Bestätigungscode. Sie bekommen eine MatchingID, wie SGP.26 es von einem SM-DP+ für Tests verlangt.',
  eid: 'EID',
  eidHelp: '32 Ziffern, mit oder ohne Leerzeichen. Leer: Jedes Gerät darf den Code benutzen.',
  confirmationCode: 'Bestätigungscode',
  confirmationCodeHelp: 'Der Nutzer muss ihn am Gerät eingeben. Leer: Das Gerät fragt nach keinem Code.',
  submit: 'MatchingID holen',
  result: 'Ihr Code',
  nothingYet: 'Hier erscheinen Ihre MatchingID und ihr QR-Code.',
  matchingId: 'MatchingID',
};
