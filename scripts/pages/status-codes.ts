import { reasons, subjects, type ReasonCode, type SubjectCode } from '../../src/wire/rsp/index.js';
import { statusCodeUses } from './status-code-uses.js';

/** `docs/status-codes.md`, from the codes that are answered. */
export function statusCodesPage(): string {
  const rows = Object.entries(statusCodeUses).map(([status, { functions, when }]) => {
    const [subject, reason] = status.split('/') as [SubjectCode, ReasonCode];
    return `| ${subject} | ${reason} | ${subjects[subject]}: ${reasons[reason].toLowerCase()} | ${functions} | ${when} |`;
  });
  return `# Status codes

This page is for everyone who meets a status code in an answer of mock-smdp. It says in which function the server
sends the code, and why.

A refusal is an answer with HTTP status 200. Its \`header\` has the status \`Failed\`, a subject code, a reason code
(SGP.22 5.2.6) and a message with details. The answer of handleNotification has no header, only the HTTP status 204 or 400.
In handleDownloadProgressInfo, the server sends the code in its own request to the operator.

| subject | reason | names | function | when |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

To get any of these codes, or a code that is not in the table, use a MatchingID such as \`ERR-8-2-6-3-8\` or a fault rule with
\`refuse\`: [faults.md](faults.md).

This page is made from the code; \`npm run docs\` writes it again.
`;
}
