import { ForeignText } from '../../parts/foreign-text.js';
import { number, texts } from '../../texts/texts.js';

/** Maximum number of items of a list to show at first. */
const most = 50;

/** A decoded value: fields as a list of names and values, lists as lists. */
export function Value({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <span class="soft">{texts.value.common.none}</span>;
  if (Array.isArray(value)) return <Items items={value} />;
  if (typeof value === 'object')
    return (
      <ul class="fields">
        {Object.entries(value as Readonly<Record<string, unknown>>).map(([name, inner]) => (
          <li key={name} data-nested={typeof inner === 'object' && inner !== null}>
            <span class="soft">
              <ForeignText text={name} />
            </span>{' '}
            <Value value={inner} />
          </li>
        ))}
      </ul>
    );
  return <ForeignText text={typeof value === 'string' ? value : JSON.stringify(value)} mono most={160} />;
}

function Items({ items }: { readonly items: readonly unknown[] }) {
  return (
    <ol class="values">
      {items.slice(0, most).map((item, index) => (
        <li key={index}>
          <Value value={item} />
        </li>
      ))}
      {items.length > most && <li class="soft">{texts.value.sessions.more(number(items.length - most))}</li>}
    </ol>
  );
}
