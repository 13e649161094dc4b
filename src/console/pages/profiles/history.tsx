import type { ProfileDetails } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { StateBadge } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';

type Step = ProfileDetails['history'][number];
type State = ProfileDetails['state'];

/** Every transition with its cause, newest first. Each transition links to its session. */
export function History({ history }: { readonly history: readonly Step[] }) {
  const words = texts.value.profiles;
  const names = texts.value.common.profileStates;
  const state = (name: string) =>
    name in names ? <StateBadge state={name as State} /> : <ForeignText text={name} />;
  if (history.length === 0) return <p class="empty">{words.noHistory}</p>;
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={words.history}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.trigger}</th>
            <th scope="col">{words.change}</th>
            <th scope="col">{words.cause}</th>
            <th scope="col">{words.session}</th>
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map((step, index) => (
            <tr key={history.length - index}>
              <td>
                <Time at={step.at} isFull />
              </td>
              <td>
                <ForeignText text={step.trigger} />
              </td>
              <td>
                {step.from === step.to ? (
                  state(step.to)
                ) : (
                  <span class="row">
                    {state(step.from)} → {state(step.to)}
                  </span>
                )}
              </td>
              <td>
                {step.status !== undefined && <ForeignText text={step.status} mono />}{' '}
                {step.cause !== undefined && <ForeignText text={step.cause} />}
              </td>
              <td>
                {step.transactionId !== undefined && (
                  <a href={linkTo(['sessions', step.transactionId])} class="mono">
                    {step.transactionId.slice(0, 8)}…
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
