import type { ComponentType } from 'preact';
import type { ConsolePage } from '../../base/console-pages.js';

/** What a page is given. */
export interface PageProps {
  /** Segments of the path after the page's own: the ICCID in `/profiles/8949…`. */
  readonly rest: readonly string[];
}

export interface Page {
  /** First segment of its path; the overview is at `/`. Its title is in the texts, under `shell.pages`. */
  readonly name: ConsolePage | 'overview';
  /** Loads its room, when somebody goes there. Absent: the page is not built yet. */
  readonly load?: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

/** The pages, in the order of the navigation. To add one: a room beside this file, its line here, its texts. */
export const pages: readonly Page[] = [
  { name: 'overview' },
  { name: 'profiles' },
  { name: 'codes' },
  { name: 'sessions' },
  { name: 'preload' },
  { name: 'break' },
  { name: 'devices' },
  { name: 'operators' },
];
