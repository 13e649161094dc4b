import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('nginx-as-written.sh', import.meta.url));

const runs = (command: string, ...parameters: string[]) => spawnSync(command, parameters).status === 0;
const namespaces = [...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--net', '--mount'];
const canRun =
  runs('nginx', '-v') &&
  runs('openssl', 'version') &&
  runs('unshare', ...namespaces, 'sh', '-c', 'ip link set lo up && mount -t tmpfs tmpfs /etc/nginx');

describe.skipIf(!canRun)('the examples for nginx, as they are written (Linux with nginx)', () => {
  it.each(['http', 'stream'])(
    '%s.conf serves devices on port 443, and operators',
    (example) => {
      const { status, stdout, stderr } = spawnSync('unshare', [...namespaces, script, example], {
        encoding: 'utf8',
      });
      expect(status, stdout + stderr).toBe(0);
      expect(stdout).toMatch(/^LPA:1\$smdp\.example\.com\$/m);
      expect(stdout).toMatch(/^\d{19} +Installed/m);
    },
    120_000,
  );
});
