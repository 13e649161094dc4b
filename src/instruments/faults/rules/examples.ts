import type { FaultRule } from './rule.js';

/** A rule for what comes before a MatchingID, and what it leads to. */
export interface RuleExample {
  readonly rule: FaultRule;
  /** What the server does. */
  readonly what: string;
  /** What a device that checks everything makes of it. */
  readonly notices: string;
}

/** Base64 of a SubjectKeyIdentifier that no eUICC has. */
const unknownCi = Buffer.concat([Buffer.of(0x04, 20), Buffer.alloc(20)]).toString('base64');

const initiateAuthentication = 'initiateAuthentication';

/** Faults that no MatchingID can stand for, since they come before it. */
export const ruleExamples: readonly RuleExample[] = [
  {
    rule: { edit: { serverSignature1: { flip: -1 } } },
    what: 'serverSignature1 is not that of CERT.DPauth',
    notices: 'eUICC: invalidSignature at AuthenticateServer',
  },
  {
    rule: { edit: { 'serverSigned1.serverAddress': 'elsewhere.example' } },
    what: 'serverSigned1, properly signed, has another address',
    notices: 'the LPA: it has asked another address',
  },
  {
    rule: { edit: { 'serverSigned1.euiccChallenge': { flip: 0 } } },
    what: 'serverSigned1, properly signed, has another challenge than that of the eUICC',
    notices: 'eUICC: euiccChallengeMismatch at AuthenticateServer',
  },
  {
    rule: { edit: { 'serverSigned1.transactionId': '00112233445566778899AABBCCDDEEFF' } },
    what: 'serverSigned1, properly signed, is of another transaction than the answer',
    notices: 'the LPA: transactionId is another one in serverSigned1',
  },
  {
    rule: { edit: { serverCertificate: { certificate: 'expired' } } },
    what: 'CERT.DPauth has a defect of the table above',
    notices: 'eUICC: invalidCertificate at AuthenticateServer',
  },
  {
    rule: { edit: { serverCertificate: { certificate: 'foreignCi' } } },
    what: 'CERT.DPauth is of a CI that nobody knows',
    notices: 'eUICC: ciPKUnknown at AuthenticateServer',
  },
  {
    rule: { function: initiateAuthentication, answer: { euiccCiPKIdToBeUsed: unknownCi } },
    what: 'euiccCiPKIdToBeUsed is none of those that the eUICC has offered',
    notices: 'eUICC: ciPKUnknown at AuthenticateServer',
  },
  {
    rule: { function: initiateAuthentication, answer: { euiccCiPKIdToBeUsed: null } },
    what: 'euiccCiPKIdToBeUsed is left out',
    notices: 'a member is missing',
  },
  {
    rule: { function: initiateAuthentication, answer: { serverSigned1: { wrap: 64 } } },
    what: 'base64 with line breaks',
    notices: 'serverSigned1 is no base64 of RFC 4648; most LPAs take it',
  },
  {
    rule: { function: initiateAuthentication, refuse: '8.8.1/3.8' },
    what: 'refuses: it is not the SM-DP+ that is asked for',
    notices: 'the server refuses with 8.8.1 / 3.8',
  },
  {
    rule: { next: initiateAuthentication, httpStatus: 503 },
    what: 'answers HTTP status 503, once',
    notices: 'HTTP status 503 instead of 200; the next time all is well',
  },
];
