import type { Texts } from '../en/index.js';

export const fromServer: Texts['fromServer'] = {
  // GET /faults/examples: what the server does
  'serverSignature1 does not verify with the key of CERT.DPauth':
    'serverSignature1 passt nicht zum Schlüssel von CERT.DPauth',
  'serverSigned1 has another address; its signature is correct':
    'serverSigned1 nennt eine andere Adresse; die Signatur stimmt',
  'serverSigned1 has a challenge that the eUICC did not send; its signature is correct':
    'serverSigned1 hat nicht die Challenge der eUICC; die Signatur stimmt',
  'serverSigned1 has a different transactionId from the answer; its signature is correct':
    'serverSigned1 hat eine andere transactionId als die Antwort; die Signatur stimmt',
  'CERT.DPauth has expired': 'CERT.DPauth ist abgelaufen',
  'an unknown CI issued CERT.DPauth': 'eine unbekannte CI hat CERT.DPauth ausgestellt',
  'euiccCiPKIdToBeUsed is a key that the eUICC did not offer':
    'euiccCiPKIdToBeUsed ist ein Schlüssel, den die eUICC nicht angeboten hat',
  'the answer lacks euiccCiPKIdToBeUsed': 'in der Antwort fehlt euiccCiPKIdToBeUsed',
  'serverSigned1 is base64 with line breaks': 'serverSigned1 ist Base64 mit Zeilenumbrüchen',
  'refuses, as if the device had asked for another SM-DP+':
    'lehnt ab, als hätte das Gerät einen anderen SM-DP+ gemeint',
  'answers HTTP status 503, once': 'antwortet einmal mit HTTP-Status 503',
  // GET /faults/examples: what a device notices
  'eUICC: invalidSignature at AuthenticateServer': 'eUICC: invalidSignature bei AuthenticateServer',
  'the LPA: it contacted a different address': 'die LPA: sie hat eine andere Adresse aufgerufen',
  'eUICC: euiccChallengeMismatch at AuthenticateServer':
    'eUICC: euiccChallengeMismatch bei AuthenticateServer',
  'the LPA: the two transactionIds differ': 'die LPA: die beiden transactionIds sind verschieden',
  'eUICC: invalidCertificate at AuthenticateServer': 'eUICC: invalidCertificate bei AuthenticateServer',
  'eUICC: ciPKUnknown at AuthenticateServer': 'eUICC: ciPKUnknown bei AuthenticateServer',
  'a member is missing': 'ein Element fehlt',
  'serverSigned1 is not valid base64 (RFC 4648); most LPAs accept it':
    'serverSigned1 ist kein gültiges Base64 (RFC 4648); die meisten LPAs nehmen es an',
  'the server refuses with 8.8.1 / 3.8': 'der Server lehnt mit 8.8.1 / 3.8 ab',
  'HTTP status 503 instead of 200. The next attempt succeeds':
    'HTTP-Status 503 statt 200. Der nächste Versuch gelingt',
  // GET /pools/{name}/status, policies: status of a device, as the admin centre writes it
  'Device not synced': 'Gerät nicht synchronisiert',
  'Activation pending': 'Aktivierung ausstehend',
  Active: 'Aktiv',
  'Activation fail': 'Aktivierung fehlgeschlagen',
};
