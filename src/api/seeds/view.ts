import Type, { type Static } from 'typebox';
import { viewFrom } from '../http/view.js';
import type { SeedReport } from './apply.js';
import type { SeedProblem } from './errors.js';
import type { SeedItem } from './planning.js';
import { seedSections } from './schema.js';

const item = viewFrom<SeedItem>()((member) => ({
  section: member(
    Type.Enum([...seedSections], { description: 'the part of the seed' }),
    ({ section }) => section,
  ),
  name: member(Type.String(), ({ name }) => name),
  namespace: member(Type.Optional(Type.String()), ({ namespace }) => namespace),
  outcome: member(
    Type.Enum(['added', 'changed', 'present'], {
      description: 'added, changed, or present (it existed before and stays as it is)',
    }),
    ({ outcome }) => outcome,
  ),
}));

const warning = viewFrom<SeedProblem>()((member) => ({
  line: member(Type.Integer({ description: 'counted from 1' }), ({ line }) => line),
  column: member(Type.Integer({ description: 'counted from 1' }), ({ column }) => column),
  field: member(
    Type.String({ description: 'path of the member, such as profiles.3.eid' }),
    ({ field }) => field,
  ),
  message: member(Type.String(), ({ message }) => message),
  remedy: member(Type.Optional(Type.String()), ({ remedy }) => remedy),
}));

const countOf = (items: readonly SeedItem[], outcome: SeedItem['outcome']): number =>
  items.filter((one) => one.outcome === outcome).length;

/** The result of applying a seed. */
export const seedView = viewFrom<SeedReport>()(
  (member) => ({
    name: member(Type.String({ description: 'the name of the seed, or of its file' }), ({ name }) => name),
    dryRun: member(Type.Boolean({ description: 'true: nothing was changed' }), ({ dryRun }) => dryRun),
    added: member(Type.Integer({ description: 'number of entries that were added' }), ({ items }) =>
      countOf(items, 'added'),
    ),
    changed: member(Type.Integer({ description: 'number of entries that were changed' }), ({ items }) =>
      countOf(items, 'changed'),
    ),
    present: member(Type.Integer({ description: 'number of entries that existed before' }), ({ items }) =>
      countOf(items, 'present'),
    ),
    items: member(Type.Array(item.schema, { description: 'every entry of the seed' }), ({ items }) =>
      items.map(item.of),
    ),
    warnings: member(
      Type.Array(warning.schema, {
        description:
          'what will go wrong because of the seed, for example requests that the server will refuse',
      }),
      ({ warnings }) => warnings.map(warning.of),
    ),
  }),
  { description: 'The result of applying a seed' },
);
export const SeedView = seedView.schema;
export type SeedView = Static<typeof SeedView>;
