import type { ExchangeDetails } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';

/** The checks that a request passed, in order, and the check that it failed. */
export function Checks({
  exchange: { checks, refusal, faults = [] },
}: {
  readonly exchange: ExchangeDetails;
}) {
  const words = texts.value.sessions;
  if (checks.length === 0 && !refusal && faults.length === 0) return <p class="empty">{words.noChecks}</p>;
  return (
    <ol class="checks">
      {checks.map(({ clause, what }, index) => (
        <li key={index} data-passed="true">
          <span class="unseen">{words.passed}</span>
          <span class="clause mono">{clause}</span> <ForeignText text={what} />
        </li>
      ))}
      {faults.map(({ by, what }, index) => (
        <li key={`fault ${index}`} data-passed="fault">
          <span class="unseen">{words.fault}</span>
          <span class="clause mono">{by}</span> <ForeignText text={what} />
        </li>
      ))}
      {refusal && (
        <li data-passed="false">
          <span class="unseen">{words.failed}</span>
          <span class="clause mono">{refusal.clause ?? ''}</span> <ForeignText text={refusal.message} />{' '}
          <strong class="mono">{refusal.status}</strong>
        </li>
      )}
    </ol>
  );
}
