import type { DeviceView } from '../../../api/index.js';
import { ForeignLine } from '../../parts/foreign-text.js';
import { Badge, type Tone } from '../../parts/state-badge.js';
import { linkTo, place } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';

/** Maximum number of tiles. */
const mostTiles = 120;

interface TilesProps {
  readonly phones: readonly DeviceView[];
  readonly chosen: string | undefined;
}

/** All phones with their states. Each tile leads to its phone. */
export function Tiles({ phones, chosen }: TilesProps) {
  const words = texts.value.devices;
  const code = place.value.query.get('code') ?? undefined;
  return (
    <nav aria-label={words.all}>
      <ul class="tiles">
        {phones.slice(0, mostTiles).map((phone) => (
          <li key={phone.eid}>
            <a
              class="tile"
              href={linkTo(['devices', phone.name], { code })}
              aria-current={phone.name === chosen ? 'page' : undefined}
            >
              <strong>
                <ForeignLine text={phone.name} />
              </strong>
              <span class="small">
                <Badge {...stateOf(phone)} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {phones.length > mostTiles && <p class="small soft">{words.more(number(phones.length - mostTiles))}</p>}
    </nav>
  );
}

/** The state of a phone: its running operation, otherwise its profiles. */
function stateOf({ state, operation, profiles }: DeviceView): { readonly tone: Tone; readonly text: string } {
  const { states, tileStates } = texts.value.devices;
  if (state === 'asking') return { tone: 'careful', text: states.asking };
  if (state === 'running') return { tone: 'busy', text: states.running };
  if (operation?.state === 'failed') return { tone: 'bad', text: operation.error?.status ?? states.failed };
  const outcome = operation?.result?.outcome;
  if (outcome === 'cancelled' || outcome === 'stopped')
    return { tone: 'careful', text: texts.value.devices.outcomes[outcome] };
  if (profiles.some((profile) => profile.state === 'enabled')) return { tone: 'good', text: tileStates.on };
  if (profiles.length > 0) return { tone: 'good', text: tileStates.installed(number(profiles.length)) };
  return { tone: 'none', text: tileStates.empty };
}
