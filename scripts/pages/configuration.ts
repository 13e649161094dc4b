import { flagOf, settings, type Setting, type SettingName } from '../../src/server/settings.js';

/** `docs/configuration.md`, from the settings themselves. */
export function configurationPage(): string {
  const rows = (Object.keys(settings) as SettingName[]).map((name) => {
    const { variable, fallback, meaning, form } = settings[name] as Setting<unknown>;
    return `| \`${variable}\` | \`${flagOf(name)}\` | ${fallback === undefined ? '-' : `\`${fallback}\``} | ${meaning}; ${form} |`;
  });
  return `# Configuration

This page lists every setting of the server. You can give each setting as an environment variable or as a flag of \`mock-smdp serve\`; the flag
wins. An unknown or malformed setting stops the start with a sentence that says what is wrong. \`npx mock-smdp config\` prints the settings in
force and where each value came from.

| variable | flag | default | meaning; form |
| --- | --- | --- | --- |
${rows.join('\n')}

This page is made from the settings; \`npm run docs\` writes it again.
`;
}
