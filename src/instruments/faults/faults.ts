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
import { ArmedAction, type ReportFault } from './deeds/armed.js';
import { changesAnswer, interrupts, refusalOf, replaceAnswer } from './deeds/replace.js';
import { applyEdit, type IssueDefective } from './edits/apply.js';
import { ChangeError } from './edits/error.js';
import { defective, type IssuingContext } from './edits/defects.js';
import { actionOfMatchingId } from './magic/deed.js';
import type { Fault } from './rules/fault.js';
import type { FaultRules } from './rules/rules.js';

export interface FaultsContext {
  readonly rules: FaultRules;
  /** With what certificates that have a defect are issued; or what gives them. */
  readonly pki: IssuingContext['pki'] | { readonly issue: IssueDefective };
  readonly clock: Clock;
  readonly announce: ReportFault;
}

/** What is under way with one exchange. */
interface ExchangeFaults {
  readonly decided: Set<Fault>;
  readonly deeds: ArmedAction[];
  hasMagic: boolean;
}

/** Does to exchanges what fault rules and magic MatchingIDs ask for. */
export class Faults implements Interceptor {
  readonly #progress = new WeakMap<Exchange, ExchangeFaults>();
  readonly #closing = new AbortController();

  constructor(private readonly context: FaultsContext) {}

  /** Ends all waiting, so that the server can stop. */
  close(): void {
    this.#closing.abort();
  }

  received(exchange: Exchange): Promise<void> | void {
    return this.#step(exchange);
  }

  learned(exchange: Exchange): Promise<void> | void {
    return this.#step(exchange);
  }

  /** @throws Refusal 1.6/4.2 where an edit cannot be made: a fault is never passed over in silence */
  edit(exchange: Exchange, point: EditPoint, value: Buffer): Buffer {
    let edited = value;
    for (const armed of this.#deedsOf(exchange)) {
      for (const { text, path, change } of armed.deed.edits) {
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
    for (const armed of this.#deedsOf(exchange)) {
      const { rule, by } = armed.deed;
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

  readonly #issue: IssueDefective = (name, der) => {
    const { pki, clock } = this.context;
    return 'issue' in pki ? pki.issue(name, der) : defective(name, der, { pki, now: clock.now() });
  };

  #deedsOf(exchange: Exchange): readonly ArmedAction[] {
    return this.#progress.get(exchange)?.deeds ?? [];
  }

  /** Nothing at all is to be paid for faults where there are none. */
  #step(exchange: Exchange): Promise<void> | void {
    const { rules } = this.context;
    if (rules.all.length > 0 || exchange.facts.madeOnDemand) return this.#arm(exchange);
  }

  /** Finds the deeds that what is known now calls for, and does what is to be done before the request is handled. */
  async #arm(exchange: Exchange): Promise<void> {
    let progress = this.#progress.get(exchange);
    if (!progress) {
      progress = { decided: new Set(), deeds: [], hasMagic: false };
      this.#progress.set(exchange, progress);
    }
    const known = progress.deeds.length;
    for (const fault of this.context.rules.all) {
      if (progress.decided.has(fault) || !fault.matches(exchange)) continue;
      progress.decided.add(fault);
      if (fault.count()) progress.deeds.push(this.#armed(fault, exchange));
    }
    if (exchange.facts.madeOnDemand && !progress.hasMagic) {
      progress.hasMagic = true;
      const deed = actionOfMatchingId(exchange);
      if (deed) progress.deeds.push(this.#armed(deed, exchange));
    }
    for (const armed of progress.deeds.slice(known)) await this.#before(armed);
  }

  #armed(deed: ArmedAction['deed'], exchange: Exchange): ArmedAction {
    return new ArmedAction(deed, exchange, this.context.announce);
  }

  async #before(armed: ArmedAction): Promise<void> {
    const { rule, by } = armed.deed;
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
      // The server stops: what was held back goes out now.
    }
  }
}

function impossible({ deed }: ArmedAction, error: unknown, where: string): Refusal {
  if (!(error instanceof ChangeError)) throw error;
  return new Refusal('1.6/4.2', `${deed.by} cannot be done: ${where} ${error.message}`);
}
