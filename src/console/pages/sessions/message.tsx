import type { ExchangeDetails } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';
import { DerView } from './der/der-view.js';
import { Value } from './value.js';

type Message = ExchangeDetails['answer'] | NonNullable<ExchangeDetails['request']>;

/** A message: headers, and its members decoded beside their octets. */
export function MessageView({ message, status }: { readonly message: Message; readonly status?: number }) {
  const words = texts.value.sessions;
  const decoded = (message.decoded ?? {}) as Readonly<Record<string, unknown>>;
  const raw = membersOf(message.body);
  return (
    <div class="stack">
      {status !== undefined && <p class="mono">HTTP {status}</p>}
      <details>
        <summary>{words.headers}</summary>
        <dl class="facts">
          {Object.entries(message.headers).map(([name, value]) => (
            <>
              <dt key={name}>
                <ForeignText text={name} />
              </dt>
              <dd key={`${name} value`}>
                <ForeignText text={[value].flat().join(', ')} mono />
              </dd>
            </>
          ))}
        </dl>
      </details>
      {Object.entries(decoded).map(([name, value]) => (
        <Member key={name} name={name} value={value} octets={octetsOf(raw[name], value)} />
      ))}
      {message.body !== undefined && (
        <details>
          <summary>{words.body}</summary>
          <pre class="mono wrap">
            <ForeignText text={message.body} most={2_000} />
          </pre>
        </details>
      )}
      {message.body === undefined && <p class="empty">{words.noBody}</p>}
    </div>
  );
}

interface MemberProps {
  readonly name: string;
  readonly value: unknown;
  readonly octets: Uint8Array | undefined;
}

/** A member of a message. A member in DER also shows its octets. */
function Member({ name, value, octets }: MemberProps) {
  const isShort = octets === undefined && (typeof value !== 'object' || value === null);
  if (isShort)
    return (
      <dl class="facts">
        <dt>
          <ForeignText text={name} />
        </dt>
        <dd>
          <Value value={value} />
        </dd>
      </dl>
    );
  return (
    <details class="member" open>
      <summary>
        <ForeignText text={name} />
        {octets && <span class="soft small"> {texts.value.sessions.octets(octets.length)}</span>}
      </summary>
      <Value value={value} />
      {octets && <DerView octets={octets} decoded={value} name={name} />}
    </details>
  );
}

function membersOf(body: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The octets of a member that was sent as base64 and decoded; `undefined` for texts. */
function octetsOf(raw: unknown, decoded: unknown): Uint8Array | undefined {
  if (typeof raw !== 'string' || raw === decoded) return undefined;
  try {
    return Uint8Array.from(atob(raw.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
