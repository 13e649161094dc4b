import type { ProfileView } from '../../api/index.js';
import { texts } from '../texts/texts.js';
import { visible } from './foreign-text.js';

/** The state of a profile: a word and a dot. */
export const StateBadge = ({ state }: { readonly state: ProfileView['state'] }) => (
  <span class="badge" data-state={state}>
    {texts.value.common.profileStates[state]}
  </span>
);

export type Tone = 'good' | 'bad' | 'careful' | 'busy' | 'none';

/** A badge for any other state. */
export const Badge = ({ tone, text }: { readonly tone: Tone; readonly text: string }) => (
  <span class="badge" data-tone={tone}>
    {visible(text)}
  </span>
);
