import { cardFields } from '../../src/device/card/index.js';
import { defaultTraits } from '../../src/device/index.js';

/** Defaults that are not in `defaultTraits`. */
const defaults: Readonly<Record<string, string>> = {
  eid: 'the first eUICC of the PKI folder',
  curve: 'both',
  verificationCis: 'all CIs of the PKI folder, P-256 first',
  signingCis: 'all CIs under which the eUICC has a certificate, P-256 first',
  firstSeqNumber: '0',
  segmentOctets: '1020',
  failReason: '`installFailedDueToPEProcessingError`',
  failStatus: '3 (badValues)',
  failTimes: 'always',
  wrongConfirmationCodes: '0',
};

/** `docs/card-properties.md`, from the properties themselves. */
export function cardPropertiesPage(): string {
  const rows = Object.entries(cardFields).map(
    ([property, { title, allowed }]) =>
      `| \`${property}\` | ${title} | ${allowed} | ${defaultOf(property, allowed)} |`,
  );
  return `# Card properties

This page lists what you can set on a [virtual eUICC and its device](device.md): its identity, what it states, what it tolerates, and how it fails on
purpose.

| where | how |
| --- | --- |
| command line, one property | \`npx mock-smdp device download … --set svn=2.2.0 --set signingCis=brainpoolP256r1,P-256\` |
| command line, a file | \`npx mock-smdp device download … --card card.yaml\`; \`--set\` and \`--eid\` override the file |
| a program | \`createVirtualDevice({ material: 'certs', card: { svn: '2.2.0' } })\`; \`readCardFile('card.yaml')\` reads a file |
| a [fleet](fleet.md) | \`npx mock-smdp fleet … --card card.yaml\`: all devices |

A file is YAML or JSON:

\`\`\`yaml
eid: "89033023000000000000000000000073" # the CI certifies a manufacturer for it
svn: 2.2.0
curve: brainpoolP256r1
rspCapability: [additionalProfile, 3]
failAtElement: 3
failTimes: 1 # the second download succeeds
\`\`\`

A wrong property stops the command with exit code 2. The message names the file, the line, the property and what is allowed.

| property | meaning | allowed | default |
| --- | --- | --- | --- |
${rows.join('\n')}

- **An EID of another manufacturer.** If no manufacturer's certificate in the PKI folder permits the EID, the CI
  certifies a new manufacturer for EIDs with the same first 8 digits. This needs the CI's key (\`SK_CI_*\`) in the folder. Without the key, servers refuse the EID with 8.1.3/6.1.
- **CI lists.** A list may name CIs that the eUICC does not have: EUICCInfo shows them, but the eUICC has no key for them. The eUICC does not trust a CI that
  is missing from the list.
- **Loss of power.** After \`powerLossAtUnit\` the eUICC has neither the profile nor a notification. It keeps its one-time key, so that the server can deliver
  the same package again. If the package has fewer units, the power fails after the installation: the eUICC keeps the profile and the
  ProfileInstallationResult, and the server has not received the result. \`download\` returns \`stopped\` in both cases.
- **Counts.** The eUICC counts its failures in its state file, so that \`failTimes\` and \`wrongConfirmationCodes\` work over several commands. The four
  failures that \`failTimes\` limits are \`failAtElement\`, \`memoryFull\`, \`powerLossAtUnit\` and \`userRefuses\`. Each has its own count.
- **Notifications.** With \`holdNotifications\`, \`mock-smdp device notifications --send\` or \`sendNotifications()\` delivers them.
- **Another server.** osmo-smdpp sends segments of up to 1,036 octets; with \`segmentOctets: 1036\` the eUICC accepts them.

This page is made from the properties; \`npm run docs\` writes it again.
`;
}

function defaultOf(property: string, allowed: string): string {
  const trait = (defaultTraits as unknown as Readonly<Record<string, string | number | readonly number[]>>)[
    property
  ];
  if (trait !== undefined) return [trait].flat().join(', ') || 'none';
  return defaults[property] ?? (allowed === 'true or false' ? 'false' : 'none');
}
