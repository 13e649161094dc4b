import { useEffect, useRef } from 'preact/hooks';
import type { StatisticsView } from '../../../api/index.js';
import { language, number, texts } from '../../texts/texts.js';
import { theme } from '../../shell/theme.js';
import type { Chart } from './chart.js';

/** Downloads over time. The chart's code is loaded only here. */
export function Downloads({ counts }: { readonly counts: StatisticsView['downloads'] | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | undefined>(undefined);
  const words = texts.value.overview;
  const latest = useRef(counts);
  latest.current = counts;

  useEffect(() => {
    let isGone = false;
    void import('./chart.js').then(({ Chart }) => {
      if (isGone || !frame.current) return;
      chart.current = new Chart(frame.current, [words.installedLine, words.failedLine]);
      if (latest.current) chart.current.show(latest.current);
    });
    return () => {
      isGone = true;
      chart.current?.end();
      chart.current = undefined;
    };
  }, [language.value, theme.value]);
  useEffect(() => {
    if (counts) chart.current?.show(counts);
  }, [counts]);

  const total = (values: readonly number[] = []): string =>
    number(values.reduce((sum, value) => sum + value, 0));
  return (
    <figure class="chart">
      <div ref={frame} aria-hidden="true" />
      <figcaption class="small soft row">
        <span class="badge" data-tone="good">
          {words.installedLine} <span class="number">{total(counts?.installed)}</span>
        </span>
        <span class="badge" data-tone="bad">
          {words.failedLine} <span class="number">{total(counts?.failed)}</span>
        </span>
        <span>{words.chartTime}</span>
      </figcaption>
    </figure>
  );
}
