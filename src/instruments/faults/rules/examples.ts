import type { FaultRule } from './rule.js';

/** An example rule with its effect. The rule concerns requests that the device sends before the MatchingID. */
export interface RuleExample {
  readonly rule: FaultRule;
  /** What the server does. */
  readonly what: string;
  /** What a device that checks everything notices. */
  readonly notices: string;
}

/** Base64 of a SubjectKeyIdentifier that no eUICC knows. */
const unknownCi = Buffer.concat([Buffer.of(0x04, 20), Buffer.alloc(20)]).toString('base64');

const initiateAuthentication = 'initiateAuthentication';

/** Faults that no MatchingID can select, because they happen before the device sends its MatchingID. */
export const ruleExamples: readonly RuleExample[] = [
  {
    rule: { edit: { serverSignature1: { flip: -1 } } },
    what: 'serverSignature1 does not verify with the key of CERT.DPauth',
    notices: 'eUICC: invalidSignature at AuthenticateServer',
  },
  {
    rule: { edit: { 'serverSigned1.serverAddress': 'elsewhere.example' } },
    what: 'serverSigned1 has another address; its signature is correct',
    notices: 'the LPA: it contacted a different address',
  },
  {
    rule: { edit: { 'serverSigned1.euiccChallenge': { flip: 0 } } },
    what: 'serverSigned1 has a challenge that the eUICC did not send; its signature is correct',
    notices: 'eUICC: euiccChallengeMismatch at AuthenticateServer',
  },
  {
    rule: { edit: { 'serverSigned1.transactionId': '00112233445566778899AABBCCDDEEFF' } },
    what: 'serverSigned1 has a different transactionId from the answer; its signature is correct',
    notices: 'the LPA: the two transactionIds differ',
  },
  {
    rule: { edit: { serverCertificate: { certificate: 'expired' } } },
    what: 'CERT.DPauth has expired',
    notices: 'eUICC: invalidCertificate at AuthenticateServer',
  },
  {
    rule: { edit: { serverCertificate: { certificate: 'foreignCi' } } },
    what: 'an unknown CI issued CERT.DPauth',
    notices: 'eUICC: ciPKUnknown at AuthenticateServer',
  },
  {
    rule: { function: initiateAuthentication, answer: { euiccCiPKIdToBeUsed: unknownCi } },
    what: 'euiccCiPKIdToBeUsed is a key that the eUICC did not offer',
    notices: 'eUICC: ciPKUnknown at AuthenticateServer',
  },
  {
    rule: { function: initiateAuthentication, answer: { euiccCiPKIdToBeUsed: null } },
    what: 'the answer lacks euiccCiPKIdToBeUsed',
    notices: 'a member is missing',
  },
  {
    rule: { function: initiateAuthentication, answer: { serverSigned1: { wrap: 64 } } },
    what: 'serverSigned1 is base64 with line breaks',
    notices: 'serverSigned1 is not valid base64 (RFC 4648); most LPAs accept it',
  },
  {
    rule: { function: initiateAuthentication, refuse: '8.8.1/3.8' },
    what: 'refuses, as if the device had asked for another SM-DP+',
    notices: 'the server refuses with 8.8.1 / 3.8',
  },
  {
    rule: { next: initiateAuthentication, httpStatus: 503 },
    what: 'answers HTTP status 503, once',
    notices: 'HTTP status 503 instead of 200. The next attempt succeeds',
  },
];
