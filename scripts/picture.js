// Draws docs/images/download.svg, the terminal in README.md, from a run of the built server and its virtual device.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, URL } from 'node:url';

const program = fileURLToPath(new URL('../dist/bundle/main.js', import.meta.url));
const picture = new URL('../docs/images/download.svg', import.meta.url);
const codes = ['LPA:1$localhost:8443$DE301-00000-00000-00001', 'LPA:1$localhost:8443$BPP-MAC-3'];
const seed = 'picture'; // With a fixed seed, every picture has the same TransactionIds.

const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-picture-'));
const options = ['--certs', join(folder, 'certs')];
const server = spawn(process.execPath, [
  ...[program, 'serve', '--port', '0', '--admin-port', '0', '--database', ':memory:', ...options],
  ...['--address', 'localhost:8443', '--random-seed', seed],
]);
try {
  const listener = await deviceListener(server.stdout);
  const lines = codes.flatMap((code) => [prompt(code), ...download(code, listener)]);
  mkdirSync(new URL('.', picture), { recursive: true });
  writeFileSync(picture, drawing(lines.slice(0, -1)));
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

async function deviceListener(output) {
  for await (const line of createInterface(output)) {
    const ready = /is ready: devices at https:\/\/(\S+),/.exec(line);
    if (ready) return ready[1];
  }
  throw new Error('the server did not start');
}

function prompt(code) {
  return `$ npx mock-smdp device download '${code}'`;
}

/** The output of the command: the steps on standard error, then the first lines about the profile on standard output. */
function download(code, listener) {
  const state = ['--state', join(folder, 'device.json')];
  const command = [program, 'device', 'download', code, '--connect', listener, ...options, ...state];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  const profile = stdout === '' ? [] : [...stdout.split('\n').slice(0, 3), '  ...'];
  return [...stderr.trimEnd().split('\n'), ...profile, ''];
}

function drawing(lines) {
  const [charWidth, lineHeight, margin] = [7.3, 18, 20];
  const width = Math.ceil(Math.max(...lines.map(({ length }) => length)) * charWidth) + 2 * margin;
  const height = lines.length * lineHeight + 2 * margin;
  const rows = lines.map((line, index) => {
    const y = margin + 13 + index * lineHeight;
    return `  <text x="${margin}" y="${y}">${coloured(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" xml:space="preserve">
  <title>A download that succeeds, and a download with a wrong MAC</title>
  <style>
    rect { fill: #f6f8fa; stroke: #d0d7de }
    text { fill: #1f2328; font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }
    .command { font-weight: bold }
    .step { fill: #0550ae }
    .good { fill: #116329 }
    .bad { fill: #b3261e }
    @media (prefers-color-scheme: dark) {
      rect { fill: #0d1117; stroke: #30363d }
      text { fill: #e6edf3 }
      .step { fill: #79c0ff }
      .good { fill: #7ee787 }
      .bad { fill: #ffa198 }
    }
  </style>
  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>
${rows.join('\n')}
</svg>
`;
}

function coloured(line) {
  if (line.startsWith('$')) return span('command', line);
  if (line.startsWith('mock-smdp:') || line.includes('is wrong')) return span('bad', line);
  if (line === 'Installed:' || line.endsWith('is installed')) return span('good', line);
  const step = /^ {2}[a-z]+[A-Z]\w+/.exec(line)?.[0] ?? '';
  return span('step', step) + escaped(line.slice(step.length));
}

function span(kind, text) {
  return text === '' ? '' : `<tspan class="${kind}">${escaped(text)}</tspan>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
