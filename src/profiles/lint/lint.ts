import type { EuiccInfo2 } from '../../wire/rsp/index.js';
import { inspectPackage, type InspectedPackage } from '../inspect/index.js';
import type { Finding, Rule } from './finding.js';
import { accessRules } from './rules/access.js';
import { applicationRules } from './rules/applications.js';
import { codeRules } from './rules/codes.js';
import { euiccRules } from './rules/euicc.js';
import { fileRules } from './rules/files.js';
import { headerRules } from './rules/header.js';
import { structureRules } from './rules/structure.js';
import { subscriberRules } from './rules/subscriber.js';

/** All rules about a package alone. */
export const lintRules: readonly Rule[] = [
  ...structureRules,
  ...headerRules,
  ...fileRules,
  ...codeRules,
  ...accessRules,
  ...subscriberRules,
  ...applicationRules,
];

/** Options of {@link lintPackage}. */
export interface LintOptions {
  /** EUICCInfo2 of an eUICC. The linter then also checks whether this eUICC can take the package. */
  readonly euiccInfo2?: EuiccInfo2 | undefined;
}

/**
 * Checks an unprotected profile package against the interoperable format and the files' own specifications. Never throws:
 * octets that are not a package are a finding.
 *
 * @returns the findings in the order of the package
 */
export function lintPackage(octets: Buffer, { euiccInfo2 }: LintOptions = {}): readonly Finding[] {
  return findings(inspectPackage(octets), rulesFor(euiccInfo2));
}

/** The rules about a package, and about an eUICC if one is given. */
export const rulesFor = (euiccInfo2: EuiccInfo2 | undefined): readonly Rule[] => [
  ...lintRules,
  ...(euiccInfo2 ? euiccRules(euiccInfo2) : []),
];

const findings = (package_: InspectedPackage, rules: readonly Rule[]): readonly Finding[] =>
  rules
    .flatMap((rule) =>
      [...rule.check(package_)].map((remark) => ({
        rule: rule.name,
        clause: rule.clause,
        ...remark,
        severity: remark.severity ?? rule.severity,
      })),
    )
    .sort((one, other) => (one.element ?? 0) - (other.element ?? 0));
