import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { StatisticsView } from '../../../api/index.js';
import { locale } from '../../texts/texts.js';

type Counts = StatisticsView['downloads'];

const height = 260;
/** Minutes that the chart always shows, so that its scale does not jump in the first minutes. */
const minutes = 15;

/** A bar chart of two series over time. */
export class Chart {
  readonly #plot: UPlot;
  readonly #observer: ResizeObserver;

  constructor(
    private readonly frame: HTMLElement,
    [installed, failed]: readonly [string, string],
  ) {
    const colour = (name: string): string => resolved(frame, name);
    const bars = UPlot.paths.bars!({ size: [0.8, 24], align: 1 });
    const axis = {
      stroke: colour('--ink-soft'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
      font: '12px system-ui, sans-serif',
    };
    const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' });
    this.#plot = new UPlot(
      {
        width: frame.clientWidth || 600,
        height,
        padding: [8, 8, 0, 0],
        cursor: { show: false },
        legend: { show: false },
        scales: {
          x: { time: true, range: () => this.#range },
          y: { range: (_plot, _least, most) => [0, Math.max(4, Math.ceil((most || 0) * 1.1))] },
        },
        axes: [
          {
            ...axis,
            size: 28,
            space: 70,
            values: (_plot, splits) => splits.map((seconds) => time.format(seconds * 1000)),
          },
          { ...axis, size: 38, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] },
        ],
        series: [
          {},
          {
            label: installed,
            fill: colour('--state-Installed'),
            width: 0,
            paths: bars,
            points: { show: false },
          },
          { label: failed, fill: colour('--state-Error'), width: 0, paths: bars, points: { show: false } },
        ],
      },
      [[], [], []],
      frame,
    );
    this.#observer = new ResizeObserver(() => this.#plot.setSize({ width: frame.clientWidth, height }));
    this.#observer.observe(frame);
  }

  #range: [number, number] = [0, 1];

  /**
   * Shows the installed downloads stacked on the failed downloads: draws the sum of both, and the failed downloads in
   * front of the sum.
   */
  show({ from, step, installed, failed }: Counts): void {
    const start = new Date(from).getTime() / 1000;
    const times = installed.map((_, index) => start + index * step);
    const end = start + installed.length * step;
    this.#range = [end - minutes * 60, end];
    this.#plot.setData([times, installed.map((count, index) => count + (failed[index] ?? 0)), [...failed]]);
  }

  end(): void {
    this.#observer.disconnect();
    this.#plot.destroy();
    this.frame.replaceChildren();
  }
}

/** The value of a design colour in the current theme. A canvas cannot use CSS custom properties. */
function resolved(frame: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  frame.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
