import { defects } from '../../src/instruments/faults/edits/defects.js';
import { segments, structures, type Fields } from '../../src/instruments/faults/edits/fields.js';
import { magicCodes } from '../../src/instruments/faults/magic/codes.js';
import { steps, type MagicCode } from '../../src/instruments/faults/magic/code.js';
import { functionNames, functions } from '../../src/instruments/faults/rules/functions.js';
import { ruleExamples, type RuleExample } from '../../src/instruments/faults/rules/examples.js';
import { FaultRule } from '../../src/instruments/faults/rules/rule.js';
import { tlsDefects } from '../../src/instruments/faults/tls/defects.js';

/** `docs/faults.md`, from the code that provokes the faults. */
export function faultsPage(): string {
  return `${introduction}
${magicSection()}
${ruleSection()}
${exampleSection()}
${tlsSection()}
${editSection()}
${conductSection}
This page is made from the code: \`npm run docs\` writes it anew.
`;
}

const introduction = `# Misbehaviour on purpose

A client is only as good as what it does when the server is wrong. There are three ways to be wrong here: a **MatchingID** that stands
for a fault needs no preparation at all, a **fault rule** says exactly which request fails and how, and the **conduct** is how
the server treats everybody. Whatever is done on purpose is said in the log (\`fault provoked\`).
`;

const magicSection = (): string => `## MatchingIDs that stand for a fault

A device that shows one of these is offered a profile that is made at that moment, for this eUICC alone, and gets it with the fault. When it
is installed, the next download of the same MatchingID gets a new profile with an ICCID of its own; until then a download may be
tried again. An order that you have prepared under the same MatchingID comes first.

    npx mock-smdp device download 'LPA:1$localhost:8443$BPP-MAC-3'

Behind the name of a namespace in upper case, as in \`WORKER-3--BPP-MAC-3\`, the order is made [there](testing.md#tests-in-parallel). One that only
begins like one of these, \`SLOW-601\` or \`ERR-8-2-6\` (of which the reason is missing), stands for nothing: it is refused with 8.2.6/3.8 and a
message that says what was meant, and \`smdp.magic()\` of the library throws.

\`[step-]\` says at which request it happens, ${Object.entries(steps)
  .map(([word, name]) => `\`${word}\` for ${name}`)
  .join(', ')}; without it, at authenticateClient, or
where the description says. There is no step for initiateAuthentication: the MatchingID comes after it. For that, and for all that the server signs
there (its address, its first certificate), use a [fault rule](#fault-rules). Certificates are issued with the key of the CI; where
the PKI folder has only its certificate, as with published GSMA material, all of \`CERT-…\` but \`CERT-CI\` and \`CERT-FORGED\` is refused with
1.6/4.2, and a message that says so.

| MatchingID | for example | what the server does | what a device that checks everything notices |
| --- | --- | --- | --- |
${magicCodes.map(magicRow).join('\n')}

The same list over the control API: \`GET /api/v1/faults/codes\`.
`;

const magicRow = ({ form, examples, what, notices }: MagicCode): string =>
  `| ${code(form)} | ${examples.map(code).join(' ')} | ${what} | ${notices} |`;

const ruleSection = (): string => `## Fault rules

The next answer to getBoundProfilePackage is 503, once:

    curl -X POST localhost:8080/api/v1/faults -H 'Content-Type: application/json' \\
      -d '{"next": "getBoundProfilePackage", "httpStatus": 503}'

All devices of one test series hear that their profile has expired; a third of the notifications are handled, and their answers are lost:

    {"matchingId": "SERIES7-*", "function": "authenticateClient", "refuse": "8.8.5/4.10"}
    {"function": "handleNotification", "probability": 0.33, "seed": "monday", "when": "after", "cut": "close"}

\`GET /api/v1/faults\` lists the rules with their counters: \`matched\`, requests that a rule was for, and \`hits\`, those that it has acted on.
\`DELETE /api/v1/faults\` removes them all, and with the same query as the list those that it shows
(\`?function=…&name=…\`); \`DELETE /api/v1/faults/{id}\` removes one. Rules are kept in the memory of the process. A file of rules to
begin with, a JSON list, is named by \`SMDP_FAULTS\`.

| member | value |
| --- | --- |
${Object.entries(FaultRule.properties).map(memberRow).join('\n')}

- A rule is for a request as soon as all is known that it asks for, and before anything has changed in the database. What each function learns:
${functionNames.map((name) => `  ${name} ${functions[name].knows.join(', ') || 'nothing'}`).join(';\n')}.
- \`refuse\`, \`httpStatus\`, \`body\` and \`cut\` come in place of handling the request, unless \`when\` is \`after\`: then the request is handled,
  its answer is replaced or lost. \`httpStatus\` alone then leaves the body as it is. The other members change the answer that there is.
- A notification that is refused is answered with HTTP status 400, since handleNotification has no other way to say so.
- The Content-Type of a \`body\` follows from how it begins (\`<\`, \`{\` or else), unless \`headers\` says otherwise.
- \`edit\` finds the function by itself. What is edited is signed and protected as if it were right.

A change of a value, in \`edit\`, \`answer\` and \`octets\`, is another value, \`null\` to leave it out, or an object with one or more of
\`set\` (another value), \`hex\` (octets), \`flip\` (inverts the last bit of the octet there; below 0 from the end), \`truncate\` (keeps so many octets;
below 0 leaves so many out), \`pad\` (fills up to so many), \`append\` (hex), \`memory\` (of \`profilePackage\`: has the eUICC create files of so many octets more), \`lowerCase\`, \`wrap\` (a line break after so many characters) and
\`certificate\`:

| certificate | what is wrong with it |
| --- | --- |
${Object.entries(defects)
  .map(([name, { what }]) => `| ${code(name)} | ${what} |`)
  .join('\n')}
`;

const exampleSection = (): string => `### What comes before the MatchingID

| rule | what the server does | what a device that checks everything notices |
| --- | --- | --- |
${ruleExamples.map(exampleRow).join('\n')}
`;

const exampleRow = ({ rule, what, notices }: RuleExample): string =>
  `| ${code(JSON.stringify(rule))} | ${what} | ${notices} |`;

const tlsSection = (): string => `### TLS

A rule with \`tls\` is for connections, which are made before there is any request:

    {"tls": "expired", "times": 1}

| \`tls\` | what the server does | what a client that verifies notices, in the words of Node |
| --- | --- | --- |
${Object.entries(tlsDefects)
  .map(([name, { what, notices }]) => `| ${code(name)} | ${what} | ${notices} |`)
  .join('\n')}

It goes together with \`name\`, \`nth\`, \`probability\`, \`seed\` and \`times\` only, which count connections. Clients that keep theirs open meet it only when they make the next one. A rule in a namespace cannot have it, since a connection is of no order: leave the header out, in a test that has the server for itself. The certificates are issued with the key of the CI: where
the PKI folder has only its certificate, such rules are refused. The journal has these connections under the interface \`TLS\`.
`;

const memberRow = ([name, schema]: [string, unknown]): string =>
  `| ${code(name)} | ${((schema as { description?: string }).description ?? '').replaceAll('|', '\\|')} |`;

const editSection = (): string => `### Paths of what can be edited

${functionNames
  .filter((name) => functions[name].points.length > 0)
  .map((name) => `**${name}**\n\n${functions[name].points.map(pointLine).join('\n')}`)
  .join('\n\n')}

\`boundProfilePackage.${segments}.3\` is the third protected TLV in the order of transmission: 1 is ConfigureISDP, 2 the first of StoreMetadata.
Members that have no name here are called by their tag, in hex: \`profileMetadata.BF76\`. Octets are hex, ICCIDs digits, texts texts. \`profileMetadata\` is repeated in the BPP as it was offered; \`boundProfileMetadata\` is what the BPP has.
`;

const pointLine = (point: keyof typeof structures): string => {
  const paths = pathsIn(structures[point]);
  return `- \`${point}\`${paths.length > 0 ? `, and in it ${paths.map(code).join(', ')}` : ''}`;
};

const pathsIn = (fields: Fields): string[] =>
  Object.entries(fields).flatMap(([name, { members = {} }]) => [
    name,
    ...pathsIn(members).map((path) => `${name}.${path}`),
  ]);

const conductSection = `## Conduct

\`mock-smdp serve --conduct strict\` (\`SMDP_CONDUCT\`):

- \`polite\`, the default: for demonstrations.
- \`strict\` refuses nothing more, but names every clause of SGP.22 that a client bends and the server lets pass, in the header
  \`X-Mock-Deviations\` of the answer and in the journal. It looks at devices (ES9+, ES11), operators (ES2+) and SM-DP+s (ES12):
  - User-Agent, X-Admin-Protocol, Content-Type, a query behind the path;
  - members that are not known, with the name that was probably meant: \`member comfirmationCode is not known: did you mean confirmationCode?\`;
  - members that are empty or null, ICCIDs and MatchingIDs in another form, lower-case TransactionIds, white space in base64;
  - a functionCallIdentifier that was used for another call;
  - lengths that are not in their shortest form, hashCc of no octets or of the digits as octets, reasons of cancelSession that are not known;
  - notifications that are kept but not believed, an SM-DS address with an empty MatchingID, a forwardingIndicator at a root SM-DS.
- \`hostile\` does all that a server may do and that sloppy clients do not survive: TransactionIds of 1 to 16 octets, members in reverse order,
  indented JSON with \`\\/\` and \`\\u0068\`, messages of more than 128 octets that are not ASCII, chunked bodies, and the connection closed after each answer. A correct
  client notices nothing.
`;

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
