import { expect, it } from 'vitest';
import { typeRemarks } from '../../src/orders/type-remarks.js';
import { readUpp, type Personalisation } from '../../src/profiles/index.js';
import { compiled } from '../profiles/support.js';

const minimal = compiled({ kind: 'generated', parameters: { files: 'minimal' } }).package({
  iccid: '8900101000000000420',
});

it('a package is warned of when the ICCIDs of its header and of EF.ICCID differ', () => {
  const upp = Buffer.from(minimal);
  upp[readUpp(minimal).fields.headerIccid.offset + 8] = 0x99;
  const remarks = (personalise: Personalisation) =>
    typeRemarks(compiled({ kind: 'uploaded', upp, personalise }));
  expect(remarks('none')).toMatchObject([
    { field: 'personalise', remedy: expect.stringContaining('personalise=iccid') as string },
  ]);
  expect(remarks('iccid')).toEqual([]);
});

it('each notification address that devices cannot reach is warned of', () => {
  const addresses = ['https://smdp.example.com', 'smdp example.com', 'smdp.example.com/', 'smdp.example.com'];
  const type = compiled(undefined, {
    notificationConfigurationInfo: addresses.map((notificationAddress) => ({
      profileManagementOperation: ['install'],
      notificationAddress,
    })),
  });
  expect(typeRemarks(type).map(({ field }) => field.split('.')[2])).toEqual(['0', '1', '2']);
});
