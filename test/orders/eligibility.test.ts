import { describe, expect, test } from 'vitest';
import { bits } from '../../src/wire/asn1/index.js';
import { checkEligibility, type Requirements } from '../../src/orders/index.js';
import { PprId, RspCapability, type DeviceInfo, type EuiccInfo2 } from '../../src/wire/rsp/index.js';
import { refusalOf } from './support.js';

/** SVN 2.2.2, 4096 octets free, additional profiles possible, PPR1 forbidden. */
const euicc = {
  svn: Buffer.from([2, 2, 2]),
  extCardResource: Buffer.from('8101008202100083020200', 'hex'),
  uiccCapability: bits(0, 3),
  rspCapability: bits(RspCapability.additionalProfile),
  forbiddenProfilePolicyRules: bits(PprId.ppr1),
} as unknown as EuiccInfo2;

/** LTE of release 9. */
const device = {
  deviceCapabilities: { eutranEpcSupportedRelease: Buffer.from([9, 0, 0]) },
} as unknown as DeviceInfo;
const check = (needs: Requirements, differences: Partial<EuiccInfo2> = {}): void =>
  checkEligibility(needs, { ...euicc, ...differences }, device);

const fitting: readonly [string, Requirements][] = [
  ['nothing', {}],
  ['a policy rule that it does not forbid', { profilePolicyRules: bits(PprId.ppr2) }],
  ['a capability that it has', { rspCapability: ['additionalProfile'], uiccCapability: ['csimSupport'] }],
  ['its own version', { svn: '2.2.2' }],
  ['an older version', { svn: '2.1.9' }],
  ['as much memory as it has', { memory: 4096 }],
  ['a release that the device has', { deviceCapabilities: { eutranEpcSupportedRelease: '9.0.0' } }],
];
const unfit: readonly [string, Requirements, string][] = [
  ['a policy rule that it forbids', { profilePolicyRules: bits(PprId.ppr1) }, '8.2.5/4.3'],
  ['an RSP capability that it lacks', { rspCapability: ['testProfileSupport'] }, '8.2.5/4.3'],
  ['a UICC capability that it lacks', { uiccCapability: ['csimSupport', 'usimSupport'] }, '8.2.5/4.3'],
  ['a newer version', { svn: '2.3.0' }, '8.2.5/4.3'],
  [
    'a newer release than the device has',
    { deviceCapabilities: { eutranEpcSupportedRelease: '9.0.1' } },
    '8.2.5/4.3',
  ],
  [
    'a radio technology that the device lacks',
    { deviceCapabilities: { nr5gcSupportedRelease: '15.0.0' } },
    '8.2.5/4.3',
  ],
  ['more memory than it has', { memory: 4097 }, '8.1/4.8'],
];

describe('an eUICC', () => {
  test.each(fitting)('is eligible for a profile that needs %s', (_name, needs) => {
    expect(() => check(needs)).not.toThrow();
  });
  test.each(unfit)('is refused a profile that needs %s', (_name, needs, status) => {
    expect(refusalOf(() => check(needs))).toBe(status);
  });
  test('that forbids nothing takes every policy rule', () => {
    const needs = { profilePolicyRules: bits(PprId.pprUpdateControl, PprId.ppr1, PprId.ppr2) };
    expect(() => check(needs, { forbiddenProfilePolicyRules: undefined })).not.toThrow();
  });
  test('whose memory cannot be read is given the benefit of the doubt', () => {
    for (const extCardResource of ['', 'ffffffff', '8200', '8101', '820105', '8201058300'])
      expect(() =>
        check({ memory: 1_000_000 }, { extCardResource: Buffer.from(extCardResource, 'hex') }),
      ).not.toThrow();
  });
  test('is told which rules are in the way', () => {
    expect(() => check({ profilePolicyRules: bits(PprId.ppr1, PprId.ppr2) })).toThrow('it forbids PPR1');
  });
});
