import { escaped } from './html.js';
import { short, ticks } from './scale.js';

/** A row of values, drawn as a line or as a part of stacked bars. */
export interface Series {
  readonly name: string;
  /** CSS class that sets the colour. */
  readonly colour: string;
  /** `null` leaves a gap. */
  readonly values: readonly (number | null)[];
}

/** A chart over time. */
export interface TimeChart {
  readonly title: string;
  /** Unit of the values, in the title. */
  readonly unit: string;
  readonly bars?: readonly Series[];
  readonly lines?: readonly Series[];
  /** Returns the label for the left end of an interval, or for the right end of the last interval. */
  readonly labelAt: (bin: number) => string;
  readonly bins: number;
}

const width = 960;
const height = 260;
const margin = { left: 64, right: 12, top: 12, bottom: 30 };
const plotWidth = width - margin.left - margin.right;
const plotHeight = height - margin.top - margin.bottom;

/** Draws a chart over time as SVG. */
export function timeChart({ title, unit, bars = [], lines = [], labelAt, bins }: TimeChart): string {
  const stacked = Array.from({ length: bins }, (_, bin) =>
    bars.reduce((sum, { values }) => sum + (values[bin] ?? 0), 0),
  );
  const highest = Math.max(
    0,
    ...stacked,
    ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)),
  );
  const grid = ticks(highest);
  const top = grid.at(-1)!;
  const x = (bin: number): number => margin.left + (bin / Math.max(bins, 1)) * plotWidth;
  const y = (value: number): number => margin.top + plotHeight * (1 - value / top);
  return figure(`${title} (${unit})`, legend([...bars, ...lines]), height, [
    ...grid.map((value) => gridLine(y(value), short(value))),
    ...timeLabels(bins, x, labelAt),
    ...stackedBars(bars, bins, x, y),
    ...lines.flatMap((series) => polylines(series, (bin) => x(bin + 0.5), y)),
  ]);
}

const gridLine = (at: number, label: string): string =>
  `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${fixed(at)}" y2="${fixed(at)}"/>` +
  `<text class="label end" x="${margin.left - 6}" y="${fixed(at + 4)}">${label}</text>`;

const mostTimeLabels = 8;

function timeLabels(bins: number, x: (bin: number) => number, labelAt: (bin: number) => string): string[] {
  const step = Math.max(1, Math.ceil(bins / mostTimeLabels));
  const labels: string[] = [];
  for (let bin = 0; bin <= bins; bin += step)
    labels.push(
      `<text class="label middle" x="${fixed(x(bin))}" y="${height - 8}">${escaped(labelAt(bin))}</text>`,
    );
  return labels;
}

function stackedBars(
  series: readonly Series[],
  bins: number,
  x: (bin: number) => number,
  y: (value: number) => number,
): string[] {
  const drawn: string[] = [];
  for (let bin = 0; bin < bins; bin++) {
    let below = 0;
    for (const { name, colour, values } of series) {
      const value = values[bin] ?? 0;
      if (value === 0) continue;
      const [from, to] = [y(below), y(below + value)];
      drawn.push(
        `<rect class="${colour}" x="${fixed(x(bin))}" y="${fixed(to)}" width="${fixed(Math.max(1, x(bin + 1) - x(bin) - 1))}" height="${fixed(from - to)}"><title>${escaped(name)}: ${value}</title></rect>`,
      );
      below += value;
    }
  }
  return drawn;
}

function polylines(
  { colour, values }: Series,
  x: (bin: number) => number,
  y: (value: number) => number,
): string[] {
  const parts: string[][] = [[]];
  values.forEach((value, bin) => {
    if (value === null) parts.push([]);
    else parts.at(-1)!.push(`${fixed(x(bin))},${fixed(y(value))}`);
  });
  return parts
    .filter((points) => points.length > 0)
    .map((points) =>
      points.length === 1
        ? `<circle class="${colour}" cx="${points[0]!.split(',')[0]}" cy="${points[0]!.split(',')[1]}" r="2.5"/>`
        : `<polyline class="line ${colour}" points="${points.join(' ')}"/>`,
    );
}

/** One row of a bar chart. */
export interface BarRow {
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly colour: string; readonly value: number }[];
}

const barHeight = 14;
const labelWidth = 220;

/** Draws horizontal bars as SVG, each followed by its value. */
export function barChart(title: string, unit: string, rows: readonly BarRow[]): string {
  const highest = Math.max(1e-9, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const parts: string[] = [];
  let at = 6;
  for (const { label, bars } of rows) {
    const middle = at + (bars.length * barHeight) / 2 + 4;
    parts.push(`<text class="label end" x="${labelWidth - 8}" y="${fixed(middle)}">${escaped(label)}</text>`);
    for (const { name, colour, value } of bars) {
      const length = (value / highest) * (width - labelWidth - 110);
      const text = `${value.toLocaleString('en')}${unit}`;
      parts.push(
        `<rect class="${colour}" x="${labelWidth}" y="${fixed(at)}" width="${fixed(Math.max(1, length))}" height="${barHeight - 2}"><title>${escaped(name)}: ${escaped(text)}</title></rect>`,
        `<text class="label" x="${fixed(labelWidth + length + 6)}" y="${fixed(at + barHeight - 4)}">${escaped(text)}</text>`,
      );
      at += barHeight;
    }
    at += 8;
  }
  const series = (rows[0]?.bars ?? []).map(({ name, colour }) => ({ name, colour }));
  return figure(title, series.length > 1 ? legend(series) : '', at, parts);
}

const legend = (series: readonly Pick<Series, 'name' | 'colour'>[]): string =>
  `<span class="legend">${series
    .map(({ name, colour }) => `<span><i class="${colour}"></i>${escaped(name)}</span>`)
    .join(' ')}</span>`;

const figure = (title: string, key: string, tall: number, parts: readonly string[]): string =>
  `<figure><figcaption>${escaped(title)} ${key}</figcaption>` +
  `<svg viewBox="0 0 ${width} ${fixed(tall)}" role="img" aria-label="${escaped(title)}">\n${parts.join('\n')}\n</svg></figure>`;

const fixed = (value: number): string => String(Math.round(value * 10) / 10);
