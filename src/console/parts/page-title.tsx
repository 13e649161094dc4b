import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { visible } from './foreign-text.js';

/** The heading of a page, with its actions. A new page sets the document's title and takes the focus, as a newly loaded document does. */
export function PageTitle({ title, name, children }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const plain = visible(name ?? (typeof title === 'string' ? title : ''));
  useLayoutEffect(() => {
    document.title = plain === '' ? 'mock-smdp' : `${plain} · mock-smdp`;
  }, [plain]);
  // A layout effect runs before the user can reach a field. `useEffect` runs later, and could take the focus from a field in use.
  useLayoutEffect(() => {
    if (isFirst) isFirst = false;
    else heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="page-title">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children && <div class="row">{children}</div>}
    </header>
  );
}

let isFirst = true;

interface PageTitleProps {
  readonly title: ComponentChildren;
  /** The title as text, if `title` is not a text. */
  readonly name?: string;
  /** Actions on the right. */
  readonly children?: ComponentChildren;
}
