import type { ExchangeSummary, SessionView } from '../../../api/index.js';
import type { Tone } from '../../parts/state-badge.js';

/** The colour of a session's outcome. */
export const outcomeTone: Readonly<Record<SessionView['outcome'], Tone>> = {
  installed: 'good',
  'events retrieved': 'good',
  delivered: 'busy',
  'under way': 'busy',
  cancelled: 'careful',
  interrupted: 'careful',
  failed: 'bad',
  refused: 'bad',
};

export const success = 'Executed-Success';

/** The colour of the result of one exchange. A deliberate fault is a warning, not an error. */
export function resultTone({ result, faults }: Pick<ExchangeSummary, 'result' | 'faults'>): Tone {
  if (faults !== undefined && faults.length > 0) return 'careful';
  return result === success ? 'good' : 'bad';
}
