import type { ProfileDetails, ProfileView } from '../../../api/index.js';
import { texts } from '../../texts/texts.js';

type State = ProfileView['state'];

/** The centre of the box of each state. An order moves from left to right. */
const positions: Readonly<Record<State, readonly [x: number, y: number]>> = {
  Available: [70, 60],
  Allocated: [215, 25],
  Linked: [215, 95],
  Confirmed: [360, 60],
  Released: [505, 60],
  Downloaded: [650, 60],
  Installed: [795, 60],
  Error: [650, 140],
  Unavailable: [215, 165],
};

/** The usual transitions of SGP.22 3.1.6. Other transitions, such as a reset, are drawn only if they happened. */
const ways: readonly (readonly [from: State, to: State])[] = [
  ['Available', 'Allocated'],
  ['Available', 'Linked'],
  ['Allocated', 'Confirmed'],
  ['Linked', 'Confirmed'],
  ['Confirmed', 'Released'],
  ['Released', 'Downloaded'],
  ['Downloaded', 'Installed'],
  ['Released', 'Error'],
  ['Downloaded', 'Error'],
];

const [width, height] = [116, 34];

/** The states of a profile, with its past transitions and its current state. */
export function StateDiagram({ profile }: { readonly profile: ProfileDetails }) {
  const names = texts.value.common.profileStates;
  const words = texts.value.profiles;
  const taken = profile.history.filter(({ from, to }) => from !== to);
  const isTaken = (from: string, to: string): boolean =>
    taken.some((step) => step.from === from && step.to === to);
  const unusual = taken.filter(
    ({ from, to }, index) =>
      isState(from) &&
      isState(to) &&
      !ways.some(([one, other]) => one === from && other === to) &&
      taken.findIndex((step) => step.from === from && step.to === to) === index,
  );
  const visited = new Set<string>([profile.state, ...profile.history.flatMap(({ from, to }) => [from, to])]);
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={words.diagram}>
      <svg
        class="states"
        viewBox="0 0 866 190"
        role="img"
        aria-label={words.diagramNow(
          names[profile.state],
          [...visited].filter(isState).map((name) => names[name]),
        )}
      >
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L8 4L0 8z" />
          </marker>
        </defs>
        {ways.map(([from, to]) => (
          <path key={`${from}-${to}`} class={isTaken(from, to) ? 'way taken' : 'way'} d={line(from, to)} />
        ))}
        {unusual.map(({ from, to }) => (
          <path key={`${from}~${to}`} class="way taken unusual" d={arc(from as State, to as State)} />
        ))}
        {(Object.entries(positions) as [State, readonly [number, number]][]).map(([state, [x, y]]) => (
          <g
            key={state}
            class="state"
            data-now={state === profile.state}
            data-visited={visited.has(state)}
            style={{ '--dot': `var(--state-${state})` }}
          >
            <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx="8" />
            <text x={x} y={y + 4.5}>
              {names[state]}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

const isState = (name: string): name is State => name in positions;

/** A line from the edge of one box to the edge of the other. */
function line(from: State, to: State): string {
  const [[x1, y1], [x2, y2]] = [positions[from], positions[to]];
  if (x1 === x2) return `M${x1} ${y1 + height / 2}L${x2} ${y2 - height / 2 - 3}`;
  return `M${x1 + width / 2} ${y1}L${x2 - width / 2 - 3} ${y2}`;
}

/** A curve below or above the boxes, for unusual transitions. */
function arc(from: State, to: State): string {
  const [[x1, y1], [x2, y2]] = [positions[from], positions[to]];
  const isBack = x2 < x1;
  const [startY, endY] = [y1 - height / 2, y2 - height / 2 - 3];
  const top = isBack ? Math.min(startY, endY) - 34 : Math.min(startY, endY) - 26;
  return `M${x1} ${startY}C${x1} ${top} ${x2} ${top} ${x2} ${endY}`;
}
