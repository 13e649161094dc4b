import type { PoolView } from '../../../api/index.js';
import { PoolBar } from '../../parts/pool-bar.js';
import { linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';

/** Maximum number of pools with a bar. */
const most = 8;

/** Pools by deployment status. */
export function PoolBars({ pools }: { readonly pools: readonly PoolView[] }) {
  const words = texts.value.overview;
  if (pools.length === 0) return <p class="empty">{words.noPools}</p>;
  return (
    <ul class="pool-bars">
      {pools.slice(0, most).map(({ name }) => (
        <li key={name}>
          <PoolBar name={name} />
        </li>
      ))}
      {pools.length > most && (
        <li>
          <a href={linkTo(['preload'], { tab: 'pools' })}>{words.morePools(pools.length - most)}</a>
        </li>
      )}
    </ul>
  );
}
