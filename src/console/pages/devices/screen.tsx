import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface ScreenProps {
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
  /** Buttons at the bottom. */
  readonly actions?: ComponentChildren;
}

/** One screen of the phone. If the keyboard focus was on the phone, it moves to the new screen. */
export function Screen({ title, children, actions }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    const isLost = focused === null || focused === document.body;
    if (isLost || heading.current?.closest('.phone')?.contains(focused))
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="screen">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <div class="screen-content">{children}</div>
      {actions && <div class="screen-actions">{actions}</div>}
    </div>
  );
}
