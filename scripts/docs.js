// Writes the pages of docs/ that are made from the code.
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';
import { rolldown } from 'rolldown';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// The generators are TypeScript and import from src/. Their bundle lies in dist/pages/, as deep as compiled sources do, because sources
// find package.json by a relative path.
const dir = at('dist/pages');
const bundle = await rolldown({
  input: at('scripts/pages/index.ts'),
  platform: 'node',
  external: (id) => !/^(?:[./]|[A-Z]:)/.test(id),
});
await bundle.write({ dir, format: 'esm', entryFileNames: 'index.js' });
const { pages } = await import(new URL('../dist/pages/index.js', import.meta.url));
for (const [name, page] of Object.entries(pages)) writeFileSync(at(`docs/${name}`), page());
rmSync(dir, { recursive: true });
