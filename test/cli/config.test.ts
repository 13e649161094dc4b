import { afterEach, describe, expect, it, vi } from 'vitest';
import { settings } from '../../src/server/index.js';
import { cli } from './support/run.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('mock-smdp config', () => {
  it('lists every setting with its value and where that comes from', async () => {
    vi.stubEnv('SMDP_PORT', '9443');
    const { code, stdout } = await cli('config');
    expect(code).toBe(0);
    for (const { variable } of Object.values(settings)) expect(stdout).toContain(variable);
    expect(stdout).toMatch(/^SMDP_PORT +9443 +environment /m);
    expect(stdout).toMatch(/^SMDP_ADMIN_PORT +8080 +default /m);
  });

  it('does not give the token away', async () => {
    vi.stubEnv('SMDP_ADMIN_TOKEN', 'a-secret-of-sufficient-length');
    const { stdout } = await cli('config', '--json');
    expect(stdout).not.toContain('a-secret');
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ variable: 'SMDP_ADMIN_TOKEN', value: '(set)', source: 'environment' }),
    );
  });

  it('names the setting that an unknown variable was probably meant to be', async () => {
    vi.stubEnv('SMDP_PROT', '9443');
    const { code, stdout, stderr } = await cli('config');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('mock-smdp: SMDP_PROT is not a setting; did you mean SMDP_PORT?\n');
  });

  it.each([['config'], ['serve'], ['profile', 'list'], ['device', 'list'], ['certs', 'list']])(
    'refuses a malformed variable, as %s %s does',
    async (...args) => {
      vi.stubEnv('SMDP_PORT', 'many');
      const { code, stderr } = await cli(...args);
      expect(code).toBe(2);
      expect(stderr).toBe("mock-smdp: SMDP_PORT is 'many', but must be a number from 0 to 65535.\n");
    },
  );

  it.each(['10.0.0.0/33', '10.0.0.0/0', '::1/129', 'fe80::1%eth0', ' , ', '10.0.0.0/'])(
    'refuses %j as addresses of proxies',
    async (value) => {
      vi.stubEnv('SMDP_PUBLIC_PROXIES', value);
      expect((await cli('config')).code).toBe(2);
    },
  );

  it('takes addresses and networks of proxies', async () => {
    vi.stubEnv('SMDP_PUBLIC_PROXIES', '127.0.0.1, 10.0.0.0/8,::1,2001:db8::/32,::ffff:10.0.0.1');
    expect((await cli('config')).code).toBe(0);
  });

  it.each([
    [
      'SMDP_ADDRESS',
      'smdp.example.com:99999',
      /which has the invalid port '99999'; write a port from 1 to 65535/,
    ],
    ['SMDP_ADDRESS', 'https://smdp.example.com', /which has a scheme; write it without https:\/\//],
    ['SMDP_DS_ADDRESS', 'ds.example.com:0', /which has the invalid port '0'/],
    ['SMDP_DS_ADDRESS', '127.0.0.1:8443', /must be a host name/],
    ['SMDP_DS_ADDRESS', '[::1]:8443', /must be a host name/],
    ['SMDP_DS_ROOT', 'root.example.com/', /which has a path/],
  ])('says why %s cannot be %s', async (variable, value, reason) => {
    vi.stubEnv(variable, value);
    const { code, stderr } = await cli('config');
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });

  it('takes the brackets off an IPv6 address to bind to', async () => {
    vi.stubEnv('SMDP_HOST', '[::1]');
    expect((await cli('config')).stdout).toMatch(/^SMDP_HOST +::1 /m);
  });
});
