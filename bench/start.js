// Compares start and reset of a server in a suite with those of the smallest possible mock server (bare-server.js). Both kinds take turns in
// one run. start.js [processes of each kind]
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const processes = Number(process.argv[2] ?? 5);

const measure = (kind) =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('start-process.js', import.meta.url)), [kind]);
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)));
  });

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

const measured = { 'mock-smdp': [], bare: [] };
for (let count = 0; count < processes; count++)
  for (const kind of Object.keys(measured)) measured[kind].push(await measure(kind));

const rows = {
  'first start, modules loaded': ({ cold }) => [cold],
  'further start': ({ warm }) => warm,
  'reset, 5 profiles': ({ reset }) => reset,
};
console.log(`library, ${processes} processes of each kind; medians\n`);
for (const [name, valuesOf] of Object.entries(rows)) {
  const [own, bare] = Object.values(measured).map((each) => median(each.flatMap(valuesOf)));
  console.log(
    `${name.padEnd(28)} ${own.toFixed(1)} ms, bare server ${bare.toFixed(1)} ms: ratio ${(own / bare).toFixed(1)}`,
  );
}
