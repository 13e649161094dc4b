const header = { functionRequesterIdentifier: 'bss.example.com', functionCallIdentifier: '1' };
const iccid = '8900101000000000019';

/** An example body for each call that takes JSON. */
export const examples: Readonly<Record<string, object>> = {
  'POST /api/v1/profiles': { profileType: 'generic', confirmationCode: '1234', label: 'mine' },
  'POST /api/v1/profiles/{iccid}/release': {},
  'POST /api/v1/profiles/{iccid}/cancel': { finalProfileStatusIndicator: 'Unavailable' },
  'POST /api/v1/profiles/{iccid}/reset': { downloadAttempts: 3 },
  'POST /api/v1/profiles/{iccid}/simulate': { until: 'enabled' },
  'POST /api/v1/pools': { name: 'summer', count: 100 },
  'POST /api/v1/snapshots': { name: 'before-the-test' },
  'POST /api/v1/reset': { keep: ['journal'] },
  'POST /api/v1/devices': { name: 'anna', platform: 'phone', user: { consent: 'ask' } },
  'PUT /api/v1/devices/{device}': { defaultSmdpAddress: 'smdp.example.com' },
  'POST /api/v1/devices/{device}/download': {
    activationCode: 'LPA:1$localhost:8443$0A1B2-3C4D5-6E7F8-90ABC',
  },
  'POST /api/v1/devices/{device}/consent': { answer: 'yes', confirmationCode: '1234' },
  'POST /api/v1/devices/{device}/discover': { smdpAddress: 'localhost:8443' },
  'POST /api/v1/devices/{device}/profiles/{iccid}/enable': {},
  'POST /api/v1/devices/{device}/profiles/{iccid}/disable': {},
  'POST /api/v1/devices/{device}/profiles/{iccid}/delete': {},
  'POST /api/v1/devices/{device}/notifications': {},
  'POST /api/v1/devices/{device}/reset': {},
  'PUT /api/v1/devices/{device}/apple/settings': { cellular: 'busy' },
  'POST /api/v1/devices/{device}/android': {
    type: 'ADD_ESIM',
    addEsimParams: {
      activationCode: 'LPA:1$localhost:8443$0A1B2-3C4D5-6E7F8-90ABC',
      activationState: 'ACTIVATED',
    },
  },
  'PUT /api/v1/devices/{device}/android/settings': { ownership: 'personal', deviceInfoConsent: 'pending' },
  'PUT /api/v1/address': { address: 'localhost:49153' },
  'POST /api/v1/pki/euicc': { eid: '89049032000000000000000000000163' },
  'PUT /api/v1/clock': { advance: { days: 1 } },
  'POST /api/v1/verify': {
    expect: { function: 'authenticateClient', result: '8.1.1/3.8' },
    count: { exactly: 1 },
  },
  'POST /api/v1/faults': { next: 'getBoundProfilePackage', httpStatus: 503 },
  'POST /api/v1/callbacks/retry': { operator: 'bss.example.com' },
  'PUT /api/v1/operators/{identifier}': { callbackUrl: 'https://bss.example.com:8444', downloadAttempts: 3 },
  'PUT /api/v1/profile-types/{name}': { requirements: { svn: '2.2.0', memory: 100000 } },
  'POST /gsma/rsp2/es2plus/downloadOrder': { header, profileType: 'generic' },
  'POST /gsma/rsp2/es2plus/confirmOrder': { header, iccid, releaseFlag: true },
  'POST /gsma/rsp2/es2plus/cancelOrder': {
    header,
    iccid,
    matchingId: '0A1B2-3C4D5-6E7F8-90ABC',
    finalProfileStatusIndicator: 'Available',
  },
  'POST /gsma/rsp2/es2plus/releaseProfile': { header, iccid },
};
