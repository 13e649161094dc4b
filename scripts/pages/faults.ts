import { certificateDefects } from '../../src/instruments/faults/edits/defects.js';
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
${sequenceSection}
${exampleSection()}
${tlsSection()}
${editSection()}
${conductSection}
This page is made from the code; \`npm run docs\` writes it again.
`;
}

const introduction = `# Misbehaviour on purpose

This page is for people who test how a client copes with a faulty server. It lists every fault that mock-smdp can produce, and what a client notices if it checks everything. There are three ways to get a fault:

- A **MatchingID** that stands for a fault needs no preparation.
- A **fault rule** says which requests fail, how, and how often.
- The **conduct** says how the server treats all clients.

The log (\`fault provoked\`) and the journal report every deliberate fault.
`;

const magicSection = (): string => `## MatchingIDs that stand for a fault

When a device shows one of these MatchingIDs, the server makes a profile for this eUICC and delivers it with the fault. Until the profile is
installed, the device can try again. After that, the next download with the same MatchingID gets a new profile with a new ICCID. If you have prepared an order with the same MatchingID, the device gets your order.

    npx mock-smdp device download 'LPA:1$localhost:8443$BPP-MAC-3'

To make the order in a [namespace](testing.md#tests-in-parallel), put the name of the namespace in front, in upper case:
\`WORKER-3--BPP-MAC-3\`. A misspelt MatchingID, such as \`SLOW-601\` or \`ERR-8-2-6\` (without a reason code), is refused with 8.2.6/3.8. The message
says which MatchingID was probably meant. \`smdp.magic()\` in the library throws an error for a misspelt MatchingID.

\`[step-]\` names the request with the fault: ${Object.entries(steps)
  .map(([word, name]) => `\`${word}\` for ${name}`)
  .join(', ')}. Without a step, the fault happens
at authenticateClient, unless the description says otherwise. There is no step for initiateAuthentication, because the device sends its
MatchingID later. For faults in initiateAuthentication (the server's address, its first certificate), use a [fault rule](#fault-rules).

The server issues the certificates of \`CERT-…\` with the key of the CI. If the PKI folder lacks that key, for example because it holds the published material of the GSMA, only
\`CERT-CI\` and \`CERT-FORGED\` work. The server then refuses the other MatchingIDs of this kind with 1.6/4.2 and a message with the reason.

| MatchingID | examples | what the server does | what a device notices if it checks everything |
| --- | --- | --- | --- |
${magicCodes.map(magicRow).join('\n')}

\`GET /api/v1/faults/codes\` returns the same list.
`;

const magicRow = ({ form, examples, what, notices }: MagicCode): string =>
  `| ${code(form)} | ${examples.map(code).join(' ')} | ${what} | ${notices} |`;

const ruleSection = (): string => `## Fault rules

This rule answers the next getBoundProfilePackage with HTTP status 503, once:

    curl -X POST localhost:8080/api/v1/faults -H 'Content-Type: application/json' \\
      -d '{"next": "getBoundProfilePackage", "httpStatus": 503}'

The first of the next two rules tells all devices of one test series that their order has expired. The second acts on a third of the
notifications: the server handles the notification, then closes the connection without an answer.

    {"matchingId": "SERIES7-*", "function": "authenticateClient", "refuse": "8.8.5/4.10"}
    {"function": "handleNotification", "probability": 0.33, "seed": "monday", "when": "after", "cut": "close"}

\`GET /api/v1/faults\` lists the rules with two counters: \`matched\` counts the requests that matched the rule, \`hits\` counts those on which the rule acted.
\`DELETE /api/v1/faults\` removes all rules. With filters (\`?function=…&name=…\`), it removes only the rules that \`GET\` with the same filters lists.
\`DELETE /api/v1/faults/{id}\` removes one rule. Rules are lost when the server stops. On PostgreSQL, [all instances share the rules](scale-out.md#what-instances-share). \`SMDP_FAULTS\` names a JSON file with a list of initial rules.

| member | value |
| --- | --- |
${Object.entries(FaultRule.properties).map(memberRow).join('\n')}

- A rule acts as soon as the server knows every value that the rule's conditions need, and before the request changes the database. Of \`eid\`, \`matchingId\`, \`iccid\` and \`tac\`, a rule for a function can name only these:
${functionNames.map((name) => `  - ${name}: ${functions[name].knows.join(', ') || 'none'}`).join('\n')}
- With \`refuse\`, \`httpStatus\`, \`body\` or \`cut\`, the server does not handle the request. But with \`"when": "after"\`, the server handles the request first, then
  replaces or drops the answer. In this case, \`httpStatus\` without \`body\` changes only the status, and the normal body stays.
- Each of the other effects changes the normal answer.
- A refused notification gets HTTP status 400, because handleNotification has no status codes.
- The Content-Type of \`body\` follows from its first character (\`<\`, \`{\` or another), unless \`headers\` sets it.
- \`edit\` needs no \`function\`: each path belongs to one function. The server signs and protects the edited value like any other value.

A change in \`edit\`, \`answer\` or \`octets\` is a new value, or \`null\` to remove the value, or an object with one or more of these members:

| member | what it does |
| --- | --- |
| \`set\` | sets another value |
| \`hex\` | sets these octets |
| \`flip\` | inverts the last bit of the octet at this position; a negative position counts from the end |
| \`truncate\` | keeps this many octets; a negative number removes this many from the end |
| \`pad\` | fills the value up to this many octets |
| \`append\` | appends these octets (hex) |
| \`memory\` | in \`profilePackage\`: makes the eUICC create files of this many additional octets |
| \`lowerCase\` | \`true\`: changes the text to lower case |
| \`wrap\` | inserts a line break each time after this many characters |
| \`certificate\` | sets a certificate with a defect from the table below |

| \`certificate\` | what is wrong with it |
| --- | --- |
${Object.entries(certificateDefects)
  .map(([name, { what }]) => `| ${code(name)} | ${what} |`)
  .join('\n')}
`;

const sequenceSection = `### Sequences

A rule can have a list of outcomes. Each request on which the rule acts gets the next outcome of the list. With the following rule, the server refuses the first request, answers 503 to the second and the third, and then answers every request normally:

    {"name": "flaky", "function": "authenticateClient",
     "outcomes": [{"refuse": "8.1/4.8"}, {"httpStatus": 503, "repeat": 2}, {"real": true}]}

On the command line, each outcome is an option of its own:

    npx mock-smdp fault add --name flaky --function authenticateClient --counted-by eid \\
      --outcomes '{"refuse": "8.1/4.8"}' --outcomes '{"httpStatus": 503, "repeat": 2}' --outcomes '{"real": true}'

- An outcome has members of a rule (those from \`when\` to \`close\` in the table above), or \`"real": true\` for the normal answer. \`repeat\` says how many requests in a row
  get it.
- \`countedBy\` is \`rule\` by default: all requests share one sequence. With \`eid\`, \`matchingId\` or \`transactionId\`, each device, MatchingID or
  session has its own sequence, and the rule acts as soon as the server knows that value. A rule remembers 100,000 sequences. If there are more, the rule forgets the oldest. The next request of the forgotten device, MatchingID or session begins its sequence again.
- \`atEnd\` says what happens after the last outcome: \`stay\` (the default) repeats it, \`restart\` begins again, and \`off\` stops the rule from acting. A rule with \`off\` and without \`countedBy\` is spent after its last outcome.
- A request uses up its outcome when it matches the rule, even if the request later fails for another reason.
- \`outcomesGiven\` of the rule counts the requests that got each outcome. The journal shows the outcome of each request under \`ruleOutcomes\`, and
  \`POST /api/v1/verify\` can ask for it:

      {"expect": {"fault": "flaky", "outcome": 2}, "count": {"exactly": 2}}

### Scenarios

Rules with the same \`scenario\` share a state. A rule acts only in its \`requiredState\`. When it acts, the state becomes its \`newState\`. The first state is \`Started\`. These
two rules refuse all downloads after one device has installed its profile:

    {"function": "handleNotification", "scenario": "shop", "newState": "sold out"}
    {"function": "authenticateClient", "scenario": "shop", "requiredState": "sold out", "refuse": "8.2.6/3.8"}

- A rule may have no other effect than to set a state.
- During one request, all rules see the same state of a scenario. If two requests arrive at the same time, only one of them can change a state.
- \`GET /api/v1/faults/scenarios\` lists the states. \`PUT /api/v1/faults/scenarios/{name}\` with \`{"state": "sold out"}\` sets the state of one scenario, even before a
  rule names the scenario. \`DELETE\` on the same path, or on \`/api/v1/faults/scenarios\` for all, returns to \`Started\`. On the command line:
  \`mock-smdp fault scenario list|set|reset\`. In the library: \`smdp.faults.scenarios()\`, \`setScenario()\`, \`resetScenario()\` and \`resetScenarios()\`.
- A [seed](seeds.md) can set the states of scenarios. \`export-seed\` writes them.
- Each namespace has its own scenarios. At a reset, and when the last rule that names the scenario is removed, the state returns to \`Started\`.
`;

const exampleSection = (): string => `### Faults before the MatchingID

These rules act on initiateAuthentication, before the server knows the MatchingID:

| rule | what the server does | what a device notices if it checks everything |
| --- | --- | --- |
${ruleExamples.map(exampleRow).join('\n')}
`;

const exampleRow = ({ rule, what, notices }: RuleExample): string =>
  `| ${code(JSON.stringify(rule))} | ${what} | ${notices} |`;

const tlsSection = (): string => `### TLS

A rule with \`tls\` acts on connections, before the client sends a request:

    {"tls": "expired", "times": 1}

| \`tls\` | what the server does | the error in a client that verifies certificates, by its name in Node |
| --- | --- | --- |
${Object.entries(tlsDefects)
  .map(([name, { what, notices }]) => `| ${code(name)} | ${what} | ${notices} |`)
  .join('\n')}

- Only \`name\`, \`nth\`, \`probability\`, \`seed\` and \`times\` can be combined with \`tls\`. With \`tls\`, they apply to connections instead of requests.
- If a client has an open connection, the fault affects the client only when it connects again.
- A rule in a namespace cannot have \`tls\`, because a connection belongs to no order. Create the rule without the namespace header, in a test that runs alone on the server.
- The server issues the certificates with the key of the CI. If the PKI folder lacks that key, the server refuses rules that need it.
- The journal records these connections under the interface \`TLS\`.
`;

const memberRow = ([name, schema]: [string, unknown]): string =>
  `| ${code(name)} | ${((schema as { description?: string }).description ?? '').replaceAll('|', '\\|')} |`;

const editSection = (): string => `### Paths that a rule can edit

${functionNames
  .filter((name) => functions[name].points.length > 0)
  .map((name) => `**${name}**\n\n${functions[name].points.map(pointLine).join('\n')}`)
  .join('\n\n')}

- \`boundProfilePackage.${segments}.3\` is the third protected TLV in the order of transmission: 1 is ConfigureISDP, 2 is the first StoreMetadata.
- For a member that this list does not name, write its tag in hex: \`profileMetadata.BF76\`.
- Write octets in hex, ICCIDs in digits, and texts as they are.
- An edit of \`profileMetadata\` changes the offered metadata and the metadata in the BPP. An edit of \`boundProfileMetadata\` changes the BPP only.
`;

const pointLine = (point: keyof typeof structures): string => {
  const paths = pathsIn(structures[point]);
  return `- \`${point}\`${paths.length > 0 ? ` with ${paths.map(code).join(', ')}` : ''}`;
};

const pathsIn = (fields: Fields): string[] =>
  Object.entries(fields).flatMap(([name, { members = {} }]) => [
    name,
    ...pathsIn(members).map((path) => `${name}.${path}`),
  ]);

const conductSection = `## Conduct

The conduct says how the server treats all clients: \`mock-smdp serve --conduct strict\`, or \`SMDP_CONDUCT=strict\`.

- \`polite\` is the default, for demonstrations.
- \`strict\` accepts the same requests as \`polite\`, and reports each deviation from SGP.22 with its clause, in the header
  \`X-Mock-Deviations\` of the answer and in the journal. It covers devices (ES9+, ES11), operators (ES2+) and SM-DP+s (ES12), and reports:
  - wrong or missing User-Agent, X-Admin-Protocol and Content-Type, and a query after the path;
  - unknown members, with the name that was probably meant: \`member comfirmationCode is not known: did you mean confirmationCode?\`;
  - members that are empty or null, unusual forms of ICCIDs and MatchingIDs, lower-case TransactionIds, white space in base64;
  - a functionCallIdentifier that was already used for a different call;
  - length fields that are not in their shortest form, unknown reasons in cancelSession, F before the check digit of an IMEI;
  - an empty hashCc, and a hashCc over the packed digits of the confirmation code instead of over its text;
  - notifications that the server keeps although they do not verify, an SM-DS address with an empty MatchingID, a forwardingIndicator at a root SM-DS.
- \`hostile\` uses every freedom that SGP.22 gives a server, to find sloppy clients. A correct client notices nothing. Expect TransactionIds of
  1 to 16 octets, members in reverse order, indented JSON with \`\\/\` and \`\\u0068\`, messages of more than 128 octets with characters outside ASCII,
  chunked bodies, and a closed connection after each answer.
`;

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
