import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../base/clock.js';
import {
  Interruption,
  type Answer,
  type EditPoint,
  type Exchange,
  type Interceptor,
} from '../exchanges/index.js';
import { refusalBody } from '../../wire/json/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { ArmedAction, type ReportFault } from './actions/armed-action.js';
import { changesAnswer, interrupts, refusalOf, replaceAnswer } from './actions/change-answer.js';
import { applyEdit, type IssueDefective } from './edits/apply.js';
import { ChangeError } from './edits/error.js';
import { issueDefective, type IssuingContext } from './edits/defects.js';
import { actionOfMatchingId } from './magic/action.js';
import type { FaultRules } from './rules/fault-rules.js';

export interface FaultsContext {
  readonly rules: FaultRules;
  /** The PKI that issues defective certificates, or a function that returns such certificates. */
  readonly pki: IssuingContext['pki'] | { readonly issue: IssueDefective };
  readonly clock: Clock;
  readonly reportFault: ReportFault;
}

/** The faults of one exchange. */
interface ExchangeFaults {
  /**
   * The ids of the rules that have already matched. The objects of the rules cannot be compared, because each read of shared rules makes
   * new objects.
   */
  readonly decided: Set<string>;
  readonly actions: ArmedAction[];
  hasMagic: boolean;
}

/** Applies fault rules and magic MatchingIDs to exchanges. */
export class Faults implements Interceptor {
  readonly #progress = new WeakMap<Exchange, ExchangeFaults>();
  readonly #closing = new AbortController();

  constructor(private readonly context: FaultsContext) {}

  /** Ends all delays so that the server can stop. */
  close(): void {
    this.#closing.abort();
  }

  received(exchange: Exchange): Promise<void> | void {
    return this.#step(exchange);
  }

  learned(exchange: Exchange): Promise<void> | void {
    return this.#step(exchange);
  }

  /** @throws Refusal 1.6/4.2 if an edit cannot be applied, so that no fault fails silently */
  edit(exchange: Exchange, point: EditPoint, value: Buffer): Buffer {
    let edited = value;
    for (const armed of this.#armedActions(exchange)) {
      for (const { text, path, change } of armed.action.edits) {
        if (path.point !== point || !armed.take()) continue;
        try {
          edited = applyEdit(path, change, edited, this.#issue);
        } catch (error) {
          throw impossible(armed, error, text);
        }
      }
    }
    return edited;
  }

  async answering(exchange: Exchange, answer: Answer): Promise<Answer> {
    let changed = answer;
    for (const armed of this.#armedActions(exchange)) {
      const { rule, by } = armed.action;
      changed = refusedEdits(armed, exchange, changed) ?? changed;
      if (!changesAnswer(rule) || !armed.take()) continue;
      if (rule.when === 'after') await this.#wait(rule.delay);
      try {
        changed = replaceAnswer(changed, rule, by);
      } catch (error) {
        const refusal = impossible(armed, error, 'answer');
        changed = { status: 200, headers: changed.headers, body: Buffer.from(refusalBody(refusal)) };
      }
    }
    return changed;
  }

  ended(exchange: Exchange): void {
    for (const { action } of this.#armedActions(exchange)) action.release?.();
  }

  readonly #issue: IssueDefective = (name, der) => {
    const { pki, clock } = this.context;
    return 'issue' in pki ? pki.issue(name, der) : issueDefective(name, der, { pki, now: clock.now() });
  };

  #armedActions(exchange: Exchange): readonly ArmedAction[] {
    return this.#progress.get(exchange)?.actions ?? [];
  }

  /** Synchronous while there are no faults, so that normal requests lose no time. */
  #step(exchange: Exchange): Promise<void> | void {
    const { rules } = this.context;
    if (rules.all.length > 0 || exchange.facts.madeOnDemand) return this.#arm(exchange);
  }

  /** Arms the rules that match the facts so far. Then runs the actions that must happen before the server handles the request. */
  async #arm(exchange: Exchange): Promise<void> {
    let progress = this.#progress.get(exchange);
    if (!progress) {
      progress = { decided: new Set(), actions: [], hasMagic: false };
      this.#progress.set(exchange, progress);
    }
    const known = progress.actions.length;
    for (const fault of this.context.rules.all) {
      if (progress.decided.has(fault.id) || !fault.matches(exchange)) continue;
      progress.decided.add(fault.id);
      const beginning = fault.begin(exchange);
      const action = beginning instanceof Promise ? await beginning : beginning;
      if (action) progress.actions.push(this.#armed(action, exchange));
    }
    if (exchange.facts.madeOnDemand && !progress.hasMagic) {
      progress.hasMagic = true;
      const action = actionOfMatchingId(exchange);
      if (action) progress.actions.push(this.#armed(action, exchange));
    }
    for (const armed of progress.actions.slice(known)) await this.#before(armed);
  }

  #armed(action: ArmedAction['action'], exchange: Exchange): ArmedAction {
    return new ArmedAction(action, exchange, this.context.reportFault);
  }

  async #before(armed: ArmedAction): Promise<void> {
    const { rule, by } = armed.action;
    const acts = rule.delay !== undefined || rule.refuse !== undefined || interrupts(rule);
    if (rule.when === 'after' || !acts || !armed.take()) return;
    await this.#wait(rule.delay);
    if (rule.refuse !== undefined) throw refusalOf(rule, by);
    if (interrupts(rule))
      throw new Interruption((headers) => ({ status: 200, headers, body: Buffer.alloc(0) }));
  }

  async #wait(milliseconds: number | undefined): Promise<void> {
    if (!milliseconds) return;
    try {
      await wait(milliseconds, undefined, { signal: this.#closing.signal });
    } catch {
      // The server is stopping, and sends the delayed answers now.
    }
  }
}

/**
 * An answer that says why a rule cannot edit another server's answer: the other server has already signed and encrypted
 * it. Without this message, the fault would fail silently.
 */
function refusedEdits(
  armed: ArmedAction,
  { forwardedTo }: Exchange,
  { headers }: Answer,
): Answer | undefined {
  const [edit] = armed.action.edits;
  if (forwardedTo === undefined || !edit || !armed.take()) return undefined;
  const why = `${armed.action.by} cannot be applied: editing ${edit.text} needs the private keys of ${forwardedTo}; use answer or octets to change the answer that it sent`;
  const body = Buffer.from(refusalBody(new Refusal('1.6/4.2', why)));
  return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body };
}

function impossible({ action }: ArmedAction, error: unknown, where: string): Refusal {
  if (!(error instanceof ChangeError)) throw error;
  return new Refusal('1.6/4.2', `${action.by} cannot be applied: ${where} ${error.message}`);
}
