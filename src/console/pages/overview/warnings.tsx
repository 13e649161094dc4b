import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';

/** Shows unsafe settings, and settings that a tester has changed, such as a frozen clock. */
export function Warnings() {
  const { data } = useLive(
    'warnings',
    (signal) => call<{ items: string[] }>('/warnings', { signal, wholeServer: true }),
    { pollEvery: 15_000 },
  );
  const items = data.value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details class="note careful">
      <summary>{texts.value.overview.warnings(items.length)}</summary>
      <ul>
        {items.map((text) => (
          <li key={text}>
            <ForeignText text={text} />
          </li>
        ))}
      </ul>
    </details>
  );
}
