import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/pki/index.js';
import { type Config, createLog, resolveConfig, startServer } from '../../src/server/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { names, startTestSmds } from './support/smds.js';

const dpTls = '2.23.146.1.2.1.3';
const dsTls = '2.23.146.1.2.1.6';

describe('two servers on one listener', () => {
  it('show each its own certificate, by the name that the client asks for', async () => {
    const smds = await startTestSmds({ address: 'localhost', dsAddress: 'smds.example.com' });
    const shown = async (name: string): Promise<readonly string[]> => {
      const { certificate } = await smds.call('es11/initiateAuthentication', {}, { name });
      return parseCertificate(certificate.raw).policies;
    };
    expect(await shown('smds.example.com')).toEqual([dsTls]);
    expect(await shown('SMDS.Example.com')).toEqual([dsTls]);
    expect(await shown('localhost')).toEqual([dpTls]);
    expect(await shown('elsewhere.example.com')).toEqual([dpTls]);
    expect(await shown('')).toEqual([dpTls]);
  });

  it('are one while the SM-DS has no address', async () => {
    const smds = await startTestSmds({ dsAddress: undefined });
    const call = (path: string) => smds.call(path, {}, { name: names.address });
    expect(smds.server.smdsAddress).toBeUndefined();
    expect((await call('es11/initiateAuthentication')).status).toBe(404);
    expect((await call('es12/registerEvent')).status).toBe(404);
    expect((await call('es9plus/initiateAuthentication')).status).toBe(200);
  });
});

describe('the address of the SM-DS', () => {
  const start = async (options: Partial<Config>) =>
    startServer(
      {
        ...resolveConfig({}).config,
        ...{ port: 0, adminPort: 0, database: ':memory:', certs: await testPkiFolder(), ...options },
      },
      createLog('silent'),
    );

  it.each<[string, Partial<Config>, RegExp]>([
    ['that of the SM-DP+', { dsAddress: 'localhost:9443' }, /a different host name from the SM-DP\+/],
    [
      'its own root',
      { dsAddress: 'a.example.com', dsRoot: 'A.example.com:443' },
      /the address of this SM-DS/,
    ],
    ['missing, although there is a root', { dsRoot: 'a.example.com' }, /SMDP_DS_ADDRESS\) is not/],
  ])('stops the start where it is %s', async (_, options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });

  it.each([
    ['127.0.0.1', /must be a host name/],
    ['[::1]:8443', /must be a host name/],
    ['https://smds.example.com', /has a scheme; write it without https:/],
  ])('is a name: not %j', (SMDP_DS_ADDRESS, reason) => {
    expect(() => resolveConfig({ SMDP_DS_ADDRESS })).toThrow(reason);
  });

  it('is none where the variable is empty', () => {
    expect(resolveConfig({ SMDP_DS_ADDRESS: '' }).config.dsAddress).toBeUndefined();
  });
});
