import type { CallbackList, ExchangeDetails } from '../../../api/index.js';
import { visible } from '../../parts/foreign-text.js';
import { timeText } from '../../parts/time.js';
import { linkTo, place, go } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { resultTone } from './outcome.js';

type Role = 'device' | 'smdp' | 'smds' | 'operator';
const order: readonly Role[] = ['device', 'smdp', 'smds', 'operator'];

/** Who calls whom on each interface (SGP.22 2.1). */
const callers: Readonly<Record<string, readonly [from: Role, to: Role]>> = {
  'ES9+': ['device', 'smdp'],
  'ES2+': ['operator', 'smdp'],
  ES11: ['device', 'smds'],
  ES12: ['smdp', 'smds'],
};

/** One step downwards in the diagram. */
interface Row {
  readonly key: string;
  readonly from: Role;
  readonly to: Role;
  readonly label: string;
  /** The result of the answer. `tone` is its colour. */
  readonly answer: string;
  readonly tone: string;
  readonly at: string;
  readonly duration?: number;
  readonly exchange?: number;
}

const top = 44;
const step = 54;
const column = 190;
const margin = 70;

interface DiagramProps {
  readonly exchanges: readonly ExchangeDetails[];
  readonly messages: CallbackList['items'];
  readonly chosen: number | undefined;
  /** The page that shows the messages; default: the page in view. */
  readonly linksTo?: readonly string[];
}

/** The exchanges as a sequence diagram: one column for each party, time downwards. Each arrow leads to its message. */
export function Diagram({ exchanges, messages, chosen, linksTo }: DiagramProps) {
  const words = texts.value.sessions;
  const rows = [...exchanges.map(rowOf), ...messages.map(messageRow)].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
  const roles = order.filter((role) => rows.some(({ from, to }) => from === role || to === role));
  const x = (role: Role): number => margin + roles.indexOf(role) * column;
  const width = margin * 2 + Math.max(0, roles.length - 1) * column;
  const height = top + rows.length * step + 16;
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={words.diagram}>
      <svg class="diagram" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M0 0L8 4L0 8z" class="head" />
          </marker>
        </defs>
        {roles.map((role) => (
          <g key={role}>
            <line class="life" x1={x(role)} x2={x(role)} y1={30} y2={height - 8} />
            <rect class="party" x={x(role) - 60} y={4} width={120} height={26} rx={6} />
            <text class="party-name" x={x(role)} y={21} text-anchor="middle">
              {words.roles[role]}
            </text>
          </g>
        ))}
        {rows.map((row, index) => (
          <Arrow
            key={row.key}
            row={row}
            y={top + index * step}
            from={x(row.from)}
            to={x(row.to)}
            isChosen={row.exchange !== undefined && row.exchange === chosen}
            width={width}
            linksTo={linksTo}
          />
        ))}
      </svg>
    </div>
  );
}

interface ArrowProps {
  readonly row: Row;
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly isChosen: boolean;
  readonly linksTo: readonly string[] | undefined;
}

/** A request and its answer. */
function Arrow({ row, y, from, to, width, isChosen, linksTo }: ArrowProps) {
  const { label, answer, tone, at, duration, exchange } = row;
  const middle = (from + to) / 2;
  const inset = from < to ? 4 : -4;
  const time = duration === undefined ? '' : ` ${number(Math.round(duration * 10) / 10)} ms`;
  const content = (
    <>
      <rect class="hit" aria-hidden="true" x={2} y={y} width={width - 4} height={step - 4} rx={6}>
        <title>{timeText(at)}</title>
      </rect>
      <text class="label" x={middle} y={y + 13} text-anchor="middle">
        {cut(label)}
      </text>
      <line
        class="request"
        x1={from + inset}
        x2={to - inset}
        y1={y + 20}
        y2={y + 20}
        marker-end="url(#arrow)"
      />
      <line
        class="answer"
        data-tone={tone}
        x1={to - inset}
        x2={from + inset}
        y1={y + 32}
        y2={y + 32}
        marker-end="url(#arrow)"
      />
      <text class="result" data-tone={tone} x={middle} y={y + 45} text-anchor="middle">
        {cut(answer)}
        {time !== '' && <tspan class="time">{time}</tspan>}
      </text>
    </>
  );
  if (exchange === undefined) return <g class="arrow">{content}</g>;
  const link = linkTo(linksTo ?? place.value.segments, { exchange: String(exchange) });
  return (
    <a
      class="arrow"
      href={link}
      aria-current={isChosen ? 'true' : undefined}
      onClick={(event) => {
        if (linksTo || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(link, { replace: true });
      }}
    >
      {content}
    </a>
  );
}

const longest = 26;
const cut = (text: string): string => {
  const clean = visible(text.slice(0, 200));
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
};

function rowOf(exchange: ExchangeDetails): Row {
  const { id, interface: name, function: called, result, at, duration, path } = exchange;
  const [from, to] = callers[name] ?? ['device', 'smdp'];
  return {
    key: `exchange ${id}`,
    from,
    to,
    label: path ?? called,
    answer: result === 'Executed-Success' ? texts.value.sessions.success : result,
    tone: resultTone(exchange),
    at,
    duration,
    exchange: id,
  };
}

/** A message to an operator, at the time at which it was queued. It may still be waiting. */
function messageRow({ id, queuedAt, state, attempts, lastError }: CallbackList['items'][number]): Row {
  const words = texts.value.sessions;
  const isDelivered = state === 'delivered';
  return {
    key: `message ${id}`,
    from: 'smdp',
    to: 'operator',
    label: 'handleDownloadProgressInfo',
    answer: isDelivered ? words.delivered : words.waits(number(attempts)),
    tone: isDelivered ? 'good' : lastError === null ? 'busy' : 'careful',
    at: queuedAt,
  };
}
