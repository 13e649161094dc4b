import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cli } from './support/run.js';

const eid = '89049032123451234512345678901235';
const code = (address: string): string => `LPA:1$${address}$ABC`;

beforeEach(() => {
  // Nothing listens here: a command that tried its argument out would exit with 1.
  vi.stubEnv('SMDP_ADMIN_PORT', '1024');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a wrong argument ends the command with exit code 2, before anything is tried', () => {
  it.each<[command: string, reason: RegExp]>([
    ['manifest import no-such-file.csv', /There is no such file/],
    ['manifest import src', /It is a folder/],
    ['manifest validate no-such-file.csv', /There is no such file/],
    ['pool import no-such-file.csv', /There is no such file/],
    ['pool import src', /It is a folder/],
    ['replay no-such-file.json', /There is no such file/],
    ['replay src', /It is a folder/],
    ['profile create --icon no-such-file.png', /--icon no-such-file.png cannot be read/],
    ['profile create --metadata no-such-file.json', /--metadata no-such-file.json cannot be read/],
    ['ready --server http://localhost:9', /web clients never connect to port 9 /],
    ['profile list --server http://localhost:6000', /web clients never connect to port 6000 /],
    ['ready --server http://localhost:99999', /has the invalid port '99999'/],
    ['ready --server localhost:8080', /for instance http:\/\/localhost:8080/],
    ['ready --server ftp://localhost', /must be a URL, for instance http:/],
    ['ready --timeout soon', /must be a whole number/],
    ['order download --iccid 123', /must be an ICCID: 18 to 20 digits/],
    ['order download --iccid 8.9001E+18', /a spreadsheet has shortened/],
    ['order download --iccid 8900101000000000000', /a spreadsheet has rounded/],
    ['order download --iccid 8900101000000000027 --eid 8904', /must be 32 digits/],
    ['order confirm 123', /must be an ICCID: 18 to 20 digits/],
    ['order confirm 8900101000000000027 --eid 8904', /must be 32 digits/],
    ['order confirm 8900101000000000027 --smds-address https://ds.example.com', /It has a scheme/],
    ['order release 89x', /must be an ICCID: 18 to 20 digits/],
    ['order cancel 89x --final-profile-status-indicator Available', /must be an ICCID: 18 to 20 digits/],
    [
      'order cancel 8900101000000000027 --final-profile-status-indicator Available --eid 1',
      /must be 32 digits/,
    ],
    ['device download --smdp https://localhost:8443', /It has a scheme/],
    ['device download --smdp localhost:99999', /It has the invalid port '99999'/],
    ['device discover --smdp localhost:0', /It has the invalid port '0'/],
    ['device config --default-smdp smdp.example.com/', /It has a path/],
    [`device download ${code('https://localhost:8443')}`, /has a scheme/],
    [`device download ${code('localhost:99999')}`, /has the invalid port '99999'/],
    [`device download ${code('localhost')} --connect https://localhost`, /It has a scheme/],
    [`device download ${code('localhost')} --ca no-such-file.pem`, /There is no such file/],
    [`device download ${code('localhost')} --eid 8904`, /must be 32 digits/],
    [`device download ${code('localhost')} --imei 12`, /must be 15 or 16 digits/],
    ['device download https://esimsetup.apple.com/esim_qrcode_provisioning', /is not an activation code/],
    ['session watch --since yesterday', /must be a whole number/],
    ['pool create fleet --count many', /must be a whole number/],
    ['fault add --nth first', /must be a whole number/],
    ['fault add --probability often', /must be a number such as 5 or 0.25/],
    ['fleet --devices 1 --to localhost --out none/x.html', /There is no folder none; make it first/],
    ['fleet --devices 1 --to localhost --out src', /It is a folder; name a file/],
    ['export-seed --out none/deep/x.yaml', /There is no folder none\/deep; make it first/],
    ['export-seed --out package.json/x.yaml', /There is no folder package.json; make it first/],
    ['subscribers export --for open5gs --out none/x.json', /There is no folder none/],
    ['pool export sales --output none/x.csv', /There is no folder none/],
    ['pool sheet sales --output none/x.html', /There is no folder none/],
    ['profile package id:1 --output none/x.der', /There is no folder none/],
    ['session export --output none/x.json', /There is no folder none/],
    ['certs euicc --eid 89049032123451234512345678901235 --out README.md', /It is a file; name a folder/],
    ['certs operator bss --out README.md/clients', /README.md is a file; name another folder/],
    ['webhook add http://localhost:9000 --ca none.pem', /There is no such file/],
    ['device list --certs none', /PKI folder none does not exist/],
    ['fleet --devices 1 --to localhost --certs none', /PKI folder none does not exist. Name the PKI folder/],
    ['manifest import README.md --rejected none/x.csv', /There is no folder none/],
  ])('%s', async (command, reason) => {
    const { code, stdout, stderr } = await cli(...command.split(' '));
    expect(stderr).toMatch(reason);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('an argument as people have it', () => {
  it.each([
    `order download --iccid 8900101000000000027F --eid EID:${eid}`,
    'order release ICCID:8900-1010-0000-0000-027',
    'order confirm 89001010000000ABCDE',
  ])('is understood, and the server is asked: %s', async (command) => {
    const { code, stderr } = await cli(...command.split(' '));
    expect(stderr).toContain('No server answers');
    expect(code).toBe(1);
  });
});
