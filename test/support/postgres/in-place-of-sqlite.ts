import { fileURLToPath } from 'node:url';

const opener = fileURLToPath(new URL('open-in-place-of.ts', import.meta.url));

/** A plugin of Vite: has `openStore` open PostgreSQL wherever a test names a file or `:memory:`. */
export const postgresInPlaceOfSqlite = {
  name: 'postgres-in-place-of-sqlite',
  enforce: 'pre' as const,
  transform: (code: string, id: string): string | undefined =>
    id.endsWith('/src/store/open.ts')
      ? `${code.replace('export async function openStore(', 'async function openNamedStore(')}
        export const openStore = async (database: string): Promise<Store> => {
          const { openInPlaceOf } = await import(${JSON.stringify(opener)});
          return openInPlaceOf(database, openNamedStore);
        };`
      : undefined,
};
