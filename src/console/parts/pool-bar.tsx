import type { PoolStatus } from '../../api/index.js';
import { call } from '../api/client.js';
import { useLive } from '../api/use-live.js';
import { linkTo, namespace } from '../router/router.js';
import { number, translated } from '../texts/texts.js';
import { ForeignLine } from './foreign-text.js';

/** The colour of each status: the colour of the matching profile state. */
const colours: Readonly<Record<keyof PoolStatus['counts'], string>> = {
  'Device not synced': 'var(--state-Released)',
  'Activation pending': 'var(--state-Downloaded)',
  Active: 'var(--state-Installed)',
  'Activation fail': 'var(--state-Error)',
};

/** One pool: its name, a bar, and the number of devices in each status. The statuses have the names of MDM systems. */
export function PoolBar({ name }: { readonly name: string }) {
  const { data } = useLive(
    `pool ${namespace.value} ${name}`,
    (signal) =>
      call<PoolStatus>(`/pools/${encodeURIComponent(name)}/status`, { signal, query: { devices: false } }),
    { concerns: ({ kind }) => kind === 'profile', atMostEvery: 5_000 },
  );
  const counts = Object.entries(data.value?.counts ?? {}) as [keyof PoolStatus['counts'], number][];
  return (
    <>
      <div class="spread">
        <a href={linkTo(['profiles'], { pool: name })}>
          <ForeignLine text={name} />
        </a>
        <span class="number soft">{data.value && number(data.value.total)}</span>
      </div>
      <div class="stacked" aria-hidden="true">
        {counts.map(
          ([status, count]) =>
            count > 0 && <span key={status} style={{ flexGrow: count, background: colours[status] }} />,
        )}
      </div>
      <p class="small soft status-words">
        {counts.map(([status, count]) => (
          <span key={status} class="badge" style={{ '--dot': colours[status] }}>
            {translated(status)} <span class="number">{number(count)}</span>
          </span>
        ))}
      </p>
    </>
  );
}
