import type { ExchangeFile, RecordedExchange } from '../api/recording/index.js';
import { withheld } from '../api/recording/index.js';
import { hashCcOf } from '../instruments/journal/index.js';
import { bodyOf } from './message.js';

const functions: Readonly<Record<string, readonly string[]>> = {
  'ES9+': [
    'initiateAuthentication',
    'authenticateClient',
    'getBoundProfilePackage',
    'handleNotification',
    'cancelSession',
  ],
  ES11: ['initiateAuthentication', 'authenticateClient'],
};

/** Whether the recorded server refused the request because it did not know the session. */
export const namesUnknownSession = ({ refusal }: RecordedExchange): boolean =>
  refusal?.status === '8.10.1/3.9' && refusal.message === 'TransactionId is not known';

/** Determines which exchanges cannot be replayed. The caller must ask about the exchanges in the order of the file. */
export class Obstacles {
  /** Sessions by TransactionId. The value is the reason why a session cannot be replayed, or `undefined` if it can. */
  readonly #sessions = new Map<string, string | undefined>();
  readonly #packages: ReadonlySet<string>;

  constructor(private readonly file: Pick<ExchangeFile, 'secrets' | 'profileTypes'>) {
    this.#packages = new Set(file.profileTypes.flatMap(({ name, upp }) => (upp === withheld ? [name] : [])));
  }

  /** @returns why the exchange cannot be replayed; `undefined` if it can */
  to(exchange: RecordedExchange): string | undefined {
    const why = this.#ofItself(exchange) ?? this.#ofSession(exchange);
    const { session, function: name, id } = exchange;
    if (session !== undefined && (why !== undefined || name === 'initiateAuthentication'))
      this.#sessions.set(session, why && `it depends on exchange ${id}, which was not replayed`);
    return why;
  }

  #ofItself({
    interface: interfaceName,
    function: name,
    request,
    replay,
    forwardedTo,
  }: RecordedExchange): string | undefined {
    if (forwardedTo !== undefined)
      return `the recorded server passed the request on to ${forwardedTo}, whose keys are not in the file`;
    if (!functions[interfaceName]?.includes(name)) return 'only ES9+ and ES11 are replayed';
    if (!request) return 'the recorded server could not read the request';
    if (this.file.secrets) return undefined;
    const type = [replay.order ?? [], replay.orders ?? []]
      .flat()
      .find((order) => this.#packages.has(order.profileType));
    if (type)
      return `exported without secrets: the package of the profile type '${type.profileType}' is not in the file`;
    return name === 'getBoundProfilePackage' && hashCcOf(bodyOf(request))
      ? 'exported without secrets: the confirmation code is not in the file'
      : undefined;
  }

  #ofSession(exchange: RecordedExchange): string | undefined {
    const { session, function: name } = exchange;
    if (session === undefined || name === 'initiateAuthentication' || namesUnknownSession(exchange))
      return undefined;
    return this.#sessions.has(session)
      ? this.#sessions.get(session)
      : 'the initiateAuthentication of its session is not in the file';
  }
}
