import type { StatisticsView } from '../../../api/index.js';
import { number, texts } from '../../texts/texts.js';

/** Maximum number of codes in the list. */
const most = 8;

/** Refusals by status code, most frequent first. */
export function Refusals({ refusals }: { readonly refusals: StatisticsView['refusals'] }) {
  const words = texts.value.overview;
  const [top] = refusals;
  if (!top) return <p class="empty">{words.noRefusals}</p>;
  return (
    <ul class="bars">
      {refusals.slice(0, most).map(({ result, count }) => (
        <li key={result}>
          <bdi class="mono">{result}</bdi>
          <span class="bar" aria-hidden="true">
            <span style={{ width: `${(count / top.count) * 100}%` }} />
          </span>
          <span class="number">{number(count)}</span>
        </li>
      ))}
      {refusals.length > most && <li class="soft small">{words.moreCodes(refusals.length - most)}</li>}
    </ul>
  );
}
