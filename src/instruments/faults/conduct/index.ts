import type { Random } from '../../../base/random.js';
import type { Interceptor } from '../../exchanges/index.js';
import { hostile } from './hostile.js';
import { strict } from './strict.js';

/** How the server treats all clients. */
export const conducts = ['polite', 'strict', 'hostile'] as const;
export type Conduct = (typeof conducts)[number];

/** The interceptors of a conduct. `polite` has none. */
export function interceptorsFor(conduct: Conduct, random: Random): readonly Interceptor[] {
  switch (conduct) {
    case 'polite':
      return [];
    case 'strict':
      return [strict()];
    case 'hostile':
      return [hostile(random)];
  }
}
