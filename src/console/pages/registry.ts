import type { ComponentType } from 'preact';
import type { ConsolePage } from '../../base/console-pages.js';
import type { PageProps } from './page-props.js';

export interface Page {
  /**
   * First segment of the page's path; the overview is at `/`. The page's title is in the texts, under `shell.pages`.
   */
  readonly name: ConsolePage | 'overview';
  /** Loads the page's code when the user opens the page. Absent: the page does not exist yet. */
  readonly load?: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

/** The pages, in the order of the navigation. A new page needs a folder next to this file, a line here, and texts. */
export const pages: readonly Page[] = [
  { name: 'overview', load: () => import('./overview/index.js') },
  { name: 'profiles', load: () => import('./profiles/index.js') },
  { name: 'codes', load: () => import('./codes/index.js') },
  { name: 'sessions', load: () => import('./sessions/index.js') },
  { name: 'preload', load: () => import('./preload/index.js') },
  { name: 'break', load: () => import('./break/index.js') },
  { name: 'devices', load: () => import('./devices/index.js') },
  { name: 'operators', load: () => import('./operators/index.js') },
];
