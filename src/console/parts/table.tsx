import { useSignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts/texts.js';

export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  /** Track of a CSS grid, such as `minmax(160px, 1fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  /** Accessible name of the table. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Number of rows that are known. */
  readonly count: number;
  /** The row at an index; `undefined` while it loads. */
  readonly row: (index: number) => Row | undefined;
  readonly keyOf: (row: Row) => string | number;
  /** Called with the indexes of the visible rows, so that the caller can load them. */
  readonly onView?: (first: number, last: number) => void;
  /** Minimum width of a row in pixels. Narrower screens scroll. */
  readonly least?: number;
  /** Shown if there are no rows. */
  readonly empty?: ComponentChildren;
  /** Height of the visible part of the list, such as `60vh`. */
  readonly height?: string;
}

const rowHeight = 36;
/** Number of rows to draw above and below the visible rows. */
const spare = 8;

/** A table of any length. Only the visible rows are in the page. */
export function Table<Row>(props: TableProps<Row>) {
  const {
    label,
    columns,
    count,
    row,
    keyOf,
    onView,
    least = 0,
    empty,
    height = 'calc(100dvh - 260px)',
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const range = useSignal({ first: 0, last: 0 });
  useView(frame, count, (first, last) => {
    const { first: oldFirst, last: oldLast } = range.peek();
    if (first !== oldFirst || last !== oldLast) range.value = { first, last };
  });
  const { first, last } = range.value;
  useEffect(() => onView?.(first, last), [first, last, count, onView]);

  if (count === 0) return <div class="table empty">{empty ?? texts.value.parts.noRows}</div>;
  const indexes = Array.from(
    { length: Math.max(0, Math.min(last, count) - first) },
    (_, offset) => first + offset,
  );
  const style = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--least': `${least}px`,
    maxHeight: height,
  };
  return (
    <div
      ref={frame}
      class="table"
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      style={style}
    >
      <div role="rowgroup">
        <div class="head" role="row" aria-rowindex={1}>
          {columns.map(({ name, title }) => (
            <div key={name} role="columnheader">
              {title}
            </div>
          ))}
        </div>
      </div>
      <div class="lines" role="rowgroup" style={{ height: `${count * rowHeight}px` }}>
        {indexes.map((index) => {
          const value = row(index);
          return (
            <div
              key={value === undefined ? `at-${index}` : keyOf(value)}
              class="line"
              role="row"
              aria-rowindex={index + 2}
              style={{ transform: `translateY(${index * rowHeight}px)` }}
            >
              {columns.map(({ name, cell }) => (
                <div key={name} role="cell">
                  {value === undefined ? '…' : cell(value)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Reports the visible rows after each change. */
function useView(
  frame: RefObject<HTMLDivElement | null>,
  count: number,
  tell: (first: number, last: number) => void,
): void {
  const latest = useRef(tell);
  latest.current = tell;
  const isEmpty = count === 0;
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spare);
      const height = Math.max(element.clientHeight, Math.min(window.innerHeight, 600));
      latest.current(first, Math.ceil((element.scrollTop + height) / rowHeight) + spare);
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [isEmpty]);
}
