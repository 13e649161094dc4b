import { signal } from '@preact/signals';
import { texts } from '../texts/texts.js';
import { ForeignText } from './foreign-text.js';
import { Icon } from './icon.js';

interface Message {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

const messages = signal<readonly Message[]>([]);
let last = 0;

/** How long a message about a success stays, in milliseconds. A message about a failure stays until the user dismisses it. */
const stay = 6_000;

/** Shows the outcome of an action. */
export function toast(text: string, tone: Message['tone'] = 'good'): void {
  const id = ++last;
  messages.value = [...messages.value.slice(-3), { id, text, tone }];
  if (tone === 'good') setTimeout(() => dismiss(id), stay);
}

const dismiss = (id: number): void => {
  messages.value = messages.value.filter((message) => message.id !== id);
};

/** All messages. Screen readers read out each new message. */
export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite" aria-label={texts.value.parts.messages}>
    {messages.value.map(({ id, text, tone }) => (
      <div key={id} class={`toast ${tone}`}>
        <p>
          <ForeignText text={text} />
        </p>
        <button
          type="button"
          class="button quiet icon"
          aria-label={texts.value.parts.dismiss}
          onClick={() => dismiss(id)}
        >
          <Icon name="close" />
        </button>
      </div>
    ))}
  </div>
);
