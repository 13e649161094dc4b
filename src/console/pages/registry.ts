import type { ComponentType } from 'preact';
import type { ConsolePage } from '../../base/console-pages.js';
import type { PageProps } from './page-props.js';

export interface Page {
  /** First segment of its path; the overview is at `/`. Its title is in the texts, under `shell.pages`. */
  readonly name: ConsolePage | 'overview';
  /** Loads its room, when somebody goes there. Absent: the page is not built yet. */
  readonly load?: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

/** The pages, in the order of the navigation. To add one: a room beside this file, its line here, its texts. */
export const pages: readonly Page[] = [
  { name: 'overview', load: () => import('./overview/index.js') },
  { name: 'profiles', load: () => import('./profiles/index.js') },
  { name: 'codes', load: () => import('./codes/index.js') },
  { name: 'sessions' },
  { name: 'preload', load: () => import('./preload/index.js') },
  { name: 'break', load: () => import('./break/index.js') },
  { name: 'devices', load: () => import('./devices/index.js') },
  { name: 'operators', load: () => import('./operators/index.js') },
];
