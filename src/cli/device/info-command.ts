import { Command } from 'commander';
import { facts, print, printJson } from '../output.js';
import { deviceFlags, type DeviceFlags } from './flags.js';
import { identityOf } from './identity.js';
import { withEuicc } from './open-device.js';

/** `mock-smdp device info`. */
export function infoCommand(): Command {
  const command = new Command('info').description(
    "Show the eUICC's EID, the CIs that it trusts, and the files in which it is stored.",
  );
  return deviceFlags(command).action((flags: DeviceFlags) =>
    withEuicc(flags, (device) => {
      const { material, certs, stateFile } = identityOf(flags);
      const info = {
        eid: device.eid,
        certificates: material.credentials.map(({ ciKeyId }) => ciKeyId.toString('hex')),
        trustedCis: material.trustedCis.map(({ x509, subjectKeyIdentifier }) => ({
          subject: x509.subject.replaceAll('\n', ', '),
          keyId: subjectKeyIdentifier.toString('hex'),
        })),
        profiles: device.profiles().length,
        notifications: device.notifications().length,
        certs,
        stateFile,
      };
      if (flags.json) return printJson(info);
      const lines = facts([
        ['EID', info.eid],
        ['profiles', info.profiles],
        ['undelivered notifications', info.notifications],
        ['PKI folder', certs],
        ['state file', stateFile],
        ...info.certificates.map((keyId) => ['has a certificate under CI', keyId] as const),
        ...info.trustedCis.map(({ subject, keyId }) => ['trusts CI', `${keyId} ${subject}`] as const),
      ]);
      lines.forEach((line) => print(line));
    }),
  );
}
