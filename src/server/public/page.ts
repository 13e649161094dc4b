import type { MadeCode } from './orders.js';
import { limits } from './limits.js';

/** Facts about the server that the page shows. */
export interface AboutServer {
  /** The SM-DP+ address. */
  readonly address: string;
  /** Number of hours for which the server keeps profiles. */
  readonly hours: number;
}

/** The outcome of a request for a code. */
export type Outcome = { readonly made: MadeCode; readonly qrCode: string } | { readonly problem: string };

const characters: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => characters[character]!);

/** The self-service page. It needs no script. */
export const publicPage = (about: AboutServer, outcome?: Outcome, eid = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Get a code - test SM-DP+ ${escaped(about.address)}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<h1>Get a code</h1>
<p>This is a public test SM-DP+ (GSMA SGP.22), <code>${escaped(about.address)}</code>. Enter the EID of your test device. You get a MatchingID with
which the device downloads a test profile.</p>
${outcome ? outcomeOf(outcome) : ''}
<form method="post" action="codes">
<label for="eid">EID (32 digits)</label>
<input id="eid" name="eid" required inputmode="numeric" autocomplete="off" maxlength="64" value="${escaped(eid)}">
<label for="confirmationCode">Confirmation code (optional)</label>
<input id="confirmationCode" name="confirmationCode" autocomplete="off" maxlength="64">
<button type="submit">Get a MatchingID</button>
</form>
<h2>About this server</h2>
<ul>
<li>It is a mock, mock-smdp. Its certificates are test certificates, and its profiles connect to no network.</li>
<li>Everything that you enter, and every download, is removed after ${about.hours} hours. A code is good for one device.</li>
<li>An address may have ${limits.ordersPerAddress} open orders, and an EID ${limits.ordersPerEid}. An EID may begin ${limits.downloadsPerEid} downloads in an hour.</li>
<li>The people who run the server can see the EIDs and the messages of devices. Do not enter the EID of a device in use.</li>
</ul>
</main>
</body>
</html>
`;

const outcomeOf = (outcome: Outcome): string =>
  'problem' in outcome
    ? `<p class="problem" role="alert">${escaped(outcome.problem)}</p>`
    : `<section aria-label="Your code" class="code">
<dl>
<dt>MatchingID</dt><dd><code>${escaped(outcome.made.matchingId)}</code></dd>
<dt>Activation code</dt><dd><code>${escaped(outcome.made.activationCode)}</code></dd>
<dt>ICCID</dt><dd><code>${escaped(outcome.made.iccid)}</code></dd>
<dt>Valid until</dt><dd>${new Date(outcome.made.validUntil).toISOString()}</dd>
</dl>
<img src="data:image/svg+xml;base64,${Buffer.from(outcome.qrCode).toString('base64')}" alt="QR code of the activation code" width="240" height="240">
</section>`;

export const publicStyle = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
form { display: grid; gap: 0.5rem; max-width: 28rem; }
input, button { font: inherit; padding: 0.5rem; }
code { overflow-wrap: anywhere; }
.code, .problem { border: 1px solid; border-radius: 0.5rem; padding: 1rem; margin: 1rem 0; }
dt { font-weight: 600; } dd { margin: 0 0 0.5rem; }
img { background: #fff; max-width: 100%; }
`;
