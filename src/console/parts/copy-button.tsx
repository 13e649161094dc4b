import { useState } from 'preact/hooks';
import { texts } from '../texts/texts.js';
import { Icon } from './icon.js';
import { toast } from './toast.js';

/** Copies a text to the clipboard. `what` names the text for screen readers. */
export function CopyButton({ text, what, isWide }: CopyButtonProps) {
  const [isDone, setDone] = useState(false);
  const { copy, copied } = texts.value.common;
  const run = async (): Promise<void> => {
    try {
      await putOnClipboard(text);
      setDone(true);
      setTimeout(() => setDone(false), 1_500);
    } catch (error) {
      toast(String(error), 'bad');
    }
  };
  const label = isDone ? copied : copy;
  return (
    <button
      type="button"
      class={isWide ? 'button' : 'button quiet icon'}
      aria-label={`${label}: ${what}`}
      title={`${label}: ${what}`}
      onClick={() => void run()}
    >
      <Icon name={isDone ? 'done' : 'copy'} />
      {isWide && label}
    </button>
  );
}

interface CopyButtonProps {
  readonly text: string;
  readonly what: string;
  readonly isWide?: boolean;
}

/**
 * Browsers offer `navigator.clipboard` only to pages from this machine or over TLS. On other pages, this function
 * selects the text and copies the selection.
 */
async function putOnClipboard(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
