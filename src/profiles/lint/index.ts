/** The linter: rules about unprotected profile packages. */
export { severities, type Finding, type Rule, type Severity } from './finding.js';
export { lintPackage, lintRules, rulesFor, type LintOptions } from './lint.js';
