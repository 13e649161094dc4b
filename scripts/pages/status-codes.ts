import { reasons, subjects, type ReasonCode, type SubjectCode } from '../../src/wire/rsp/index.js';
import { statusCodeUses } from './status-code-uses.js';

/** `docs/status-codes.md`, from the codes that are answered. */
export function statusCodesPage(): string {
  const rows = Object.entries(statusCodeUses).map(([status, { functions, when }]) => {
    const [subject, reason] = status.split('/') as [SubjectCode, ReasonCode];
    return `| ${subject} | ${reason} | ${subjects[subject]}: ${reasons[reason].toLowerCase()} | ${functions} | ${when} |`;
  });
  return `# Status codes

A refusal is an answer with HTTP status 200 whose \`header\` has the status \`Failed\`, a subject code and a reason code
(SGP.22 5.2.6), and a message that says more. handleNotification has no header: it answers 204, or 400.

| subject | reason | names | answered by | when |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

A MatchingID such as \`ERR-8-2-6-3-8\`, or a fault rule with \`refuse\`, has any of them answered, and any other too:
[faults.md](faults.md).

This page is made from the code: \`npm run docs\` writes it anew.
`;
}
