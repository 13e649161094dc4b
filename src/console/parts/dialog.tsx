import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useId, useRef } from 'preact/hooks';
import { texts } from '../texts/texts.js';
import { Icon } from './icon.js';

/** A dialog over the page. The browser keeps the focus inside, and gives it back afterwards. */
export function Dialog({ title, onClose, isWide, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    element.current?.showModal();
  }, []);
  return (
    <dialog
      ref={element}
      class={isWide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="button quiet icon"
          aria-label={texts.value.common.close}
          onClick={() => element.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="content">{children}</div>
    </dialog>
  );
}

interface DialogProps {
  readonly title: string;
  /** Called when the user closes the dialog. The caller then removes it from the page. */
  readonly onClose: () => void;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}
