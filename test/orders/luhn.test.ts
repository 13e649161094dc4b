import { expect, it } from 'vitest';
import { checkRequest } from '../../src/orders/request-checks.js';

it.each(['89860A1B2C3D4E5F607', '8900101000000000010', '890010100000000001'])(
  'the ICCID %s of a single profile is warned of by default, taken with luhn=off, and refused with luhn=strict',
  (iccid) => {
    expect(checkRequest({ iccid }, 0)).toMatchObject({ problems: [], warnings: [{ field: 'iccid' }] });
    expect(checkRequest({ iccid, luhn: 'off' }, 0)).toEqual({ problems: [], warnings: [] });
    expect(checkRequest({ iccid, luhn: 'strict' }, 0).problems).toMatchObject([{ field: 'iccid' }]);
  },
);
