import { expect, it } from 'vitest';
import { Refusal } from '../../../src/wire/rsp/index.js';

const path =
  'authenticateServerResponse.authenticateResponseOk.euiccSigned1.ctxParams1.ctxParamsForCommonAuthentication.deviceInfo.imei:';

it('keeps a message that is short', () => {
  const refusal = new Refusal('1.3.1/2.1', 'body is not JSON');
  expect(refusal.shortMessage).toBe('body is not JSON');
});

it('shortens the path in a message from the left, so that field and cause stay', () => {
  const refusal = new Refusal('1.3.1/2.1', `${path} has 7 octets instead of 8 (at octet 212)`);
  expect(refusal.shortMessage).toBe(
    '...euiccSigned1.ctxParams1.ctxParamsForCommonAuthentication.deviceInfo.imei: has 7 octets instead of 8 (at octet 212)',
  );
  expect(refusal.message).toContain(path);
});

it('shortens it no more than it has to, and ends what is too long all the same', () => {
  const refusal = new Refusal('1.3.1/2.1', `${path} ${'x'.repeat(200)}`);
  expect(refusal.shortMessage).toHaveLength(120);
  expect(refusal.shortMessage).toMatch(/^\.\.\.imei: x+\.\.\.$/);
});

it('has a short form of its own where the message is long', () => {
  const refusal = new Refusal('8.8.2/3.1', `server has ${'AB'.repeat(100)}`, 'server has ABAB');
  expect(refusal.shortMessage).toBe('server has ABAB');
});
