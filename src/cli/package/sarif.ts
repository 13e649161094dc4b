import { lintRules, type Finding } from '../../profiles/index.js';
import { version } from '../../base/version.js';

/** The findings of one file. */
export interface LintedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** The findings in SARIF 2.1.0. Code hosts read this format and show the findings next to the files. */
export const sarifOf = (linted: readonly LintedFile[]): object => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'mock-smdp package lint',
          version,
          rules: descriptors(linted),
        },
      },
      results: linted.flatMap(({ file, findings }) => findings.map((finding) => resultOf(file, finding))),
    },
  ],
});

/** The rules about packages, and those rules about eUICCs that have a finding. */
function descriptors(linted: readonly LintedFile[]): object[] {
  const found = new Set(linted.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const rules = new Map(lintRules.map(({ name, clause, holds }) => [name, { clause, holds }]));
  const others = linted
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => !rules.has(rule) && found.has(rule))
    .map(({ rule, clause }) => [rule, { clause, holds: rule }] as const);
  return [...rules, ...new Map(others)].map(([id, { clause, holds }]) => ({
    id,
    shortDescription: { text: `${holds.charAt(0).toUpperCase()}${holds.slice(1)} (${clause}).` },
  }));
}

const resultOf = (
  file: string,
  { rule, severity, message, element, elementName, file: inFile, offset }: Finding,
): object => ({
  ruleId: rule,
  level: severity,
  message: { text: message },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: file === '-' ? 'stdin' : encodeURI(file.replaceAll('\\', '/')) },
        ...(offset !== undefined && { region: { byteOffset: offset, byteLength: 1 } }),
      },
      ...(element !== undefined && {
        logicalLocations: [
          {
            fullyQualifiedName: [`${element} ${elementName ?? ''}`.trim(), inFile].filter(Boolean).join('/'),
          },
        ],
      }),
    },
  ],
});
