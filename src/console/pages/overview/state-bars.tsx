import type { StatisticsView } from '../../../api/index.js';
import { StateBadge } from '../../parts/state-badge.js';
import { linkTo } from '../../router/router.js';
import { number } from '../../texts/texts.js';

interface StateBarsProps {
  readonly byState: StatisticsView['profiles']['byState'];
  readonly total: number;
}

type State = keyof StatisticsView['profiles']['byState'];

/** One bar for each state. Each bar links to the profiles in that state. */
export const StateBars = ({ byState, total }: StateBarsProps) => (
  <>
    <div class="stacked" aria-hidden="true">
      {(Object.entries(byState) as [State, number][]).map(
        ([state, count]) =>
          count > 0 && (
            <span
              key={state}
              style={{ flexGrow: count, background: `var(--state-${state})` }}
              title={state}
            />
          ),
      )}
    </div>
    <ul class="legend">
      {(Object.entries(byState) as [State, number][]).map(([state, count]) => (
        <li key={state}>
          <a href={linkTo(['profiles'], { state: [state] })}>
            <StateBadge state={state} />
            <span class="number">{number(count)}</span>
            <span class="soft number share">
              {total === 0 ? '' : `${Math.round((count / total) * 100)} %`}
            </span>
          </a>
        </li>
      ))}
    </ul>
  </>
);
