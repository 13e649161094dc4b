import type { Exchange } from '../../instruments/exchanges/index.js';
import { decideOrder, type DownloadAttempt, type OrderSteps } from '../../orders/index.js';
import type { Es9PlusContext } from './context.js';

/** Calls {@link decideOrder}. The exchange notes the order before the decision, and the order's state after it. */
export const decideDownload = <T>(
  context: Es9PlusContext,
  exchange: Exchange,
  attempt: DownloadAttempt,
  steps: Pick<OrderSteps<T>, 'find' | 'decide'>,
): Promise<T> =>
  decideOrder(context, attempt, {
    ...steps,
    found: (profile) => exchange.noteOrder(profile),
    left: (state) => exchange.noteState(state),
  });
