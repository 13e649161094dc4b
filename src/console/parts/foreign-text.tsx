import { useState } from 'preact/hooks';
import { number, texts } from '../texts/texts.js';

/** Number of characters to show before the text is cut. */
const shown = 300;

/**
 * Control characters, and characters that change the direction of writing. Such characters could make a text look like
 * another text.
 */
// eslint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text with its invisible characters as their code points, such as ⟨202E⟩. */
export const visible = (text: string): string =>
  text.replace(
    unseen,
    (character) => `⟨${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

/**
 * Shows a text from a device, an operator or a file. The text is plain, does not change the direction of the text
 * around it, and is cut if it is long.
 */
export function ForeignText({ text, most = shown, mono }: ForeignTextProps) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > most;
  const part = isLong && !isWhole ? `${text.slice(0, most)}…` : text;
  const { showAll, showLess } = texts.value.common;
  return (
    <>
      <bdi class={mono ? 'mono' : undefined}>{visible(part)}</bdi>
      {isLong && (
        <>
          {' '}
          <button type="button" class="button quiet" onClick={() => setWhole(!isWhole)}>
            {isWhole ? showLess : showAll(number(text.length))}
          </button>
        </>
      )}
    </>
  );
}

interface ForeignTextProps {
  readonly text: string;
  /** Number of characters before the cut. */
  readonly most?: number;
  /** For identifiers and code. */
  readonly mono?: boolean;
}

/** Like {@link ForeignText}, but on one line and without a button to show the rest. For table cells, whose link leads to the whole text. */
export const ForeignLine = ({ text, mono }: { readonly text: string; readonly mono?: boolean }) => (
  <bdi class={mono ? 'mono' : undefined} title={text.length > 24 ? visible(text.slice(0, 500)) : undefined}>
    {visible(text.slice(0, 200))}
  </bdi>
);
