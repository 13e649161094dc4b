import { certificateDefects } from '../edits/defects.js';
import type { MagicCode } from './code.js';
import { answeringSteps, stepOf, stepped } from './code.js';

const otherTransaction = '00112233445566778899AABBCCDDEEFF';

/** The word in a MatchingID for each defect of a certificate. */
const defectWords = {
  EXPIRED: 'expired',
  FUTURE: 'notYetValid',
  CI: 'foreignCi',
  FORGED: 'forged',
  ROLE: 'wrongRole',
  OID: 'otherOid',
  CA: 'ca',
  CRITICAL: 'unknownCritical',
  KEY: 'otherKey',
  CURVE: 'otherCurve',
  REVOKED: 'revoked',
} as const satisfies Readonly<Record<string, keyof typeof certificateDefects>>;

const roleDefect = 'CERT.DPpb has the certificate policy of CERT.DPauth';

const certificate = (word: keyof typeof defectWords, notices: string): MagicCode => ({
  name: `CERT-${word}`,
  form: `CERT-${word}`,
  pattern: new RegExp(`^CERT-${word}$`),
  examples: [`CERT-${word}`],
  what: word === 'ROLE' ? roleDefect : `CERT.DPpb: ${certificateDefects[defectWords[word]].what}`,
  notices,
  read: () => ({
    rule: { function: 'authenticateClient', edit: { smdpCertificate: { certificate: defectWords[word] } } },
  }),
});

const spoilt = (
  name: string,
  step: 'authenticateClient' | 'getBoundProfilePackage',
  edit: Readonly<Record<string, string | { flip: number } | { lowerCase: boolean }>>,
  what: string,
  notices: string,
): MagicCode => ({
  name,
  form: name,
  pattern: new RegExp(`^${name}$`),
  examples: [name],
  what,
  notices,
  read: () => ({ rule: { function: step, edit } }),
});

/** MatchingIDs that cause wrong signatures, certificates or TransactionIds. */
export const signatures: readonly MagicCode[] = [
  spoilt(
    'SIG-AC',
    'authenticateClient',
    { smdpSignature2: { flip: -1 } },
    'smdpSignature2 does not verify with the key of CERT.DPpb',
    'eUICC: invalidSignature at PrepareDownload',
  ),
  spoilt(
    'SIG-BPP',
    'getBoundProfilePackage',
    { 'boundProfilePackage.initialiseSecureChannelRequest.smdpSign': { flip: -1 } },
    'smdpSign of the BPP does not verify with the key of CERT.DPpb',
    'eUICC: invalidSignature at initialiseSecureChannel, in the ProfileInstallationResult',
  ),
  spoilt(
    'TID-SIGNED',
    'authenticateClient',
    { 'smdpSigned2.transactionId': otherTransaction },
    'smdpSigned2 has another transactionId; its signature is correct',
    'eUICC: invalidTransactionId at PrepareDownload',
  ),
  spoilt(
    'TID-BPP',
    'getBoundProfilePackage',
    { boundTransactionId: otherTransaction },
    'the BPP has another transactionId; its signature is correct',
    'eUICC: invalidTransactionId at initialiseSecureChannel, in the ProfileInstallationResult',
  ),
  {
    name: 'TID-LOWER',
    form: 'TID-LOWER-[step]',
    pattern: stepped('TID-LOWER', '', ['AC', 'GBPP']),
    examples: ['TID-LOWER'],
    what: 'the transactionId of the answer is in lower-case hex',
    notices: 'transactionId is not in upper case; most LPAs accept it',
    read: (match) => ({ rule: { function: stepOf(match), answer: { transactionId: { lowerCase: true } } } }),
  },
  {
    name: 'TID',
    form: 'TID-[step]',
    pattern: stepped('TID', '', ['AC', 'GBPP']),
    examples: ['TID', 'TID-GBPP'],
    what: 'the answer has another transactionId',
    notices: 'the transactionIds differ; the device cancels the session',
    read: (match) => ({ rule: { function: stepOf(match), answer: { transactionId: otherTransaction } } }),
  },
  {
    name: 'MISSING',
    form: 'MISSING-[step]',
    pattern: stepped(
      'MISSING',
      '',
      answeringSteps.filter((step) => step !== 'CANCEL'),
    ),
    examples: ['MISSING', 'MISSING-GBPP'],
    what: 'the answer lacks smdpSignature2 (at GBPP: boundProfilePackage)',
    notices: 'a member is missing',
    read: (match) => {
      const step = stepOf(match);
      const member = step === 'authenticateClient' ? 'smdpSignature2' : 'boundProfilePackage';
      return { rule: { function: step, answer: { [member]: null } } };
    },
  },
  certificate('EXPIRED', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('FUTURE', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('CI', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('FORGED', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('ROLE', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('OID', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('CA', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('CRITICAL', 'eUICC: invalidCertificate at PrepareDownload'),
  certificate('KEY', 'eUICC: invalidSignature at PrepareDownload'),
  certificate('CURVE', 'eUICC: unsupportedCurve at PrepareDownload'),
  certificate('REVOKED', 'nothing, unless the device has the CRL'),
];
