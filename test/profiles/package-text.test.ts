import { describe, expect, it } from 'vitest';
import { packageOctets } from '../../src/profiles/index.js';
import { compiled } from './support.js';

const package_ = compiled().package({ iccid: '8900101000000000016' });

describe('a package that is uploaded', () => {
  it.each([
    ['octets', package_],
    ['hex', Buffer.from(package_.toString('hex'))],
    [
      'hex in capitals, in lines',
      Buffer.from(
        package_
          .toString('hex')
          .toUpperCase()
          .replace(/(.{64})/g, '$1\r\n'),
      ),
    ],
    ['base64', Buffer.from(`${package_.toString('base64')}\n`)],
    ['base64url', Buffer.from(package_.toString('base64url'))],
  ])('may be %s', (_, content) => {
    expect(packageOctets(content)).toEqual(package_);
  });

  it.each(['no package', 'a0f', 'QUJD', ''])('stays as it is where it is %j', (text) => {
    expect(packageOctets(Buffer.from(text))).toEqual(Buffer.from(text));
  });
});
