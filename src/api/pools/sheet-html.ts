import { setImmediate } from 'node:timers/promises';
import { activationCodeOf, qrTextOf } from '../../orders/index.js';
import { profilePages, type Profile, type Store } from '../../store/index.js';

/** Three cards per row on A4 or Letter. No card is split across pages. */
const style = `
  body { font: 9pt/1.35 system-ui, sans-serif; color: #000; background: #fff; margin: 12mm; }
  h1 { font-size: 14pt; margin: 0; }
  header { margin-bottom: 6mm; }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(56mm, 1fr)); gap: 4mm; }
  article { border: 1px dashed #767676; padding: 3mm; text-align: center; break-inside: avoid; overflow-wrap: anywhere; }
  article svg { width: 44mm; height: 44mm; display: block; margin: 0 auto 1mm; }
  code { font-size: 8pt; }
  p { margin: 0.5mm 0; }
  @page { margin: 12mm; }
  @media print { body { margin: 0; } main { grid-template-columns: repeat(3, 1fr); } }
`;

/** Streams the sheet: a page without scripts that loads no other files. */
export async function* sheetOf(store: Store, pool: string, address: string): AsyncGenerator<string> {
  const title = `Activation codes of ${escaped(pool)}`;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}</h1><p>SM-DP+ ${escaped(address)}</p></header>
<main>
`;
  let others = 0;
  for await (const profiles of profilePages(store, { pool })) {
    for (const profile of profiles) {
      const card = profile.state === 'Released' ? await cardOf(profile, address) : undefined;
      if (card === undefined) others++;
      else yield card;
      // Drawing takes time, so the server handles other requests between two codes.
      if (card !== undefined) await setImmediate();
    }
  }
  yield `</main>
${others > 0 ? `<footer><p>${others} profiles are not shown: they cannot be downloaded now.</p></footer>\n` : ''}</body>
</html>
`;
}

async function cardOf(profile: Profile, address: string): Promise<string | undefined> {
  const [text, code] = [qrTextOf(profile, address), activationCodeOf(profile, address)];
  if (text === undefined || code === undefined) return undefined;
  const { iccid, label, eid, confirmationCodeHash } = profile;
  const lines = [
    `<p><code>${escaped(code)}</code></p>`,
    `<p>ICCID ${escaped(iccid)}</p>`,
    ...(label === null ? [] : [`<p>${escaped(label)}</p>`]),
    ...(eid === null ? [] : [`<p>for EID ${escaped(eid)} only</p>`]),
    ...(confirmationCodeHash === null ? [] : ['<p>needs a confirmation code</p>']),
  ];
  const { default: QRCode } = await import('qrcode');
  const picture = await QRCode.toString(text, { type: 'svg', margin: 4 });
  const svg = picture
    .trim()
    .replace('<svg ', `<svg role="img" aria-label="QR code of ICCID ${escaped(iccid)}" `);
  return `<article>${svg}${lines.join('')}</article>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
