import { commandNames, type SyncCommand, type SyncDocument, type SyncItem } from './document.js';
import { parseLocUri } from './loc-uri.js';
import { SyncRefusal, SyncStatus } from './status.js';
import type { Change, ManagementTree } from './tree.js';
import type { OutgoingCommand } from './write-document.js';

/** The result of carrying out a document. */
export interface Execution {
  /** Status of each command, and the results of each Get. */
  readonly answers: readonly OutgoingCommand[];
  /** Work that the commands requested. The device starts it after its answer. */
  readonly afterwards: readonly (() => void)[];
}

/**
 * Alerts that Windows knows: about sessions (1200, 1201, 1222, 1225) and about events (1224, 1226). Windows also knows
 * 1223, which aborts the session.
 */
const knownAlerts: readonly string[] = ['1200', '1201', '1222', '1224', '1225', '1226'];
const abortsSession = '1223';

const known: readonly string[] = commandNames;

/** Carries out the commands of a document in their order, as Windows does. Each command gets a status. */
export function executeDocument({ msgId, commands }: SyncDocument, tree: ManagementTree): Execution {
  const run = new Run(msgId, tree);
  for (const command of commands) run.command(command);
  return { answers: run.answers, afterwards: run.afterwards };
}

/** An Atomic that is being carried out. */
interface Atomicity {
  readonly changes: { readonly change: Change; readonly answer: Answer }[];
  readonly afterwards: (() => void)[];
  readonly added: Set<string>;
}

/** The status of one item. The status changes if the Atomic that contains the item fails later. */
interface Answer {
  status: SyncStatus;
  readonly targetRef: string | undefined;
}

class Run {
  readonly answers: OutgoingCommand[] = [];
  readonly afterwards: (() => void)[] = [];
  readonly #cmdIds = new Set<string>();
  #isOver = false;

  constructor(
    private readonly msgRef: string,
    private readonly tree: ManagementTree,
  ) {}

  /** @returns whether the whole command succeeded */
  command(command: SyncCommand, atomic?: Atomicity): boolean {
    if (command.name === 'Status' || command.name === 'Results') return true;
    if (this.#isOver) return this.#answer(command, SyncStatus.notExecuted);
    if (!known.includes(command.name) || command.cmdId === undefined || this.#cmdIds.has(command.cmdId))
      return this.#answer(command, SyncStatus.badRequest);
    this.#cmdIds.add(command.cmdId);
    if (command.name === 'Alert') return this.#alert(command);
    if (command.name === 'Sequence') return this.#sequence(command, atomic);
    if (command.name === 'Atomic') return this.#atomic(command, atomic);
    return this.#items(command, atomic);
  }

  /**
   * A Sequence carries out all its commands, even if some fail. Inside an Atomic, the first failure ends both the Sequence
   * and the Atomic.
   */
  #sequence(command: SyncCommand, atomic: Atomicity | undefined): boolean {
    this.#answer(command, SyncStatus.ok);
    return this.#inOrder(command.commands, atomic);
  }

  #inOrder(commands: readonly SyncCommand[], atomic: Atomicity | undefined): boolean {
    let isGood = true;
    for (const each of commands) {
      if (atomic && !isGood) this.#notExecuted(each);
      else isGood = this.command(each, atomic) && isGood;
    }
    return isGood;
  }

  #notExecuted(command: SyncCommand): void {
    if (command.cmdId !== undefined) this.#cmdIds.add(command.cmdId);
    this.#answer(command, SyncStatus.notExecuted);
    command.commands.forEach((each) => this.#notExecuted(each));
  }

  /**
   * Carries out all commands of an Atomic or none. The status of the Atomic comes before the statuses of its commands.
   */
  #atomic(command: SyncCommand, outer: Atomicity | undefined): boolean {
    if (outer) {
      this.#answer(command, SyncStatus.failed);
      command.commands.forEach((each) => this.#notExecuted(each));
      return false;
    }
    const place = this.answers.length;
    const atomic: Atomicity = { changes: [], afterwards: [], added: new Set() };
    const isGood = this.#inOrder(command.commands, atomic);
    if (isGood) this.afterwards.push(...atomic.afterwards);
    else atomic.changes.reverse().forEach(rollBack);
    const before = this.answers.splice(place);
    this.#answer(command, isGood ? SyncStatus.ok : SyncStatus.atomicFailed);
    this.answers.push(...before);
    return isGood;
  }

  #alert(command: SyncCommand): boolean {
    if (command.data === abortsSession) {
      this.#isOver = true;
      this.#answer(command, SyncStatus.sessionEnds);
      return true;
    }
    if (command.data === undefined || !/^\d+$/.test(command.data))
      return this.#answer(command, SyncStatus.badRequest);
    if (!knownAlerts.includes(command.data)) return this.#answer(command, SyncStatus.notSupported);
    this.#answer(command, SyncStatus.ok);
    return true;
  }

  #items(command: SyncCommand, atomic: Atomicity | undefined): boolean {
    if (command.items.length === 0) return this.#answer(command, SyncStatus.badRequest);
    const results: OutgoingCommand[] = [];
    const answers: Answer[] = [];
    let isGood = true;
    for (const item of command.items) {
      const answer: Answer = { status: SyncStatus.notExecuted, targetRef: item.target };
      answers.push(answer);
      if (atomic && !isGood) continue;
      isGood = this.#item(command, item, answer, results, atomic) && isGood;
    }
    this.#statusesOf(command, answers);
    this.answers.push(...results);
    return isGood;
  }

  #item(
    command: SyncCommand,
    item: SyncItem,
    answer: Answer,
    results: OutgoingCommand[],
    atomic: Atomicity | undefined,
  ): boolean {
    try {
      if (command.name === 'Get') results.push(this.#get(command, item, atomic));
      else this.#change(command, item, answer, atomic);
      if (command.name === 'Get') answer.status = SyncStatus.ok;
      return true;
    } catch (error) {
      if (!(error instanceof SyncRefusal)) throw error;
      answer.status = error.status;
      return false;
    }
  }

  #get(command: SyncCommand, item: SyncItem, atomic: Atomicity | undefined): OutgoingCommand {
    if (atomic) throw new SyncRefusal(SyncStatus.failed, 'an Atomic may not contain a Get');
    const { format, data } = this.tree.get(parseLocUri(item.target));
    return {
      ...{ name: 'Results', msgRef: this.msgRef, cmdRef: command.cmdId, cmd: 'Get' },
      items: [{ source: item.target, format, data }],
    };
  }

  #change(command: SyncCommand, item: SyncItem, answer: Answer, atomic: Atomicity | undefined): void {
    const node = parseLocUri(item.target);
    const key = node.names.join('/');
    if (command.name === 'Replace' && atomic?.added.has(key))
      throw new SyncRefusal(
        SyncStatus.failed,
        'an Atomic may not contain an Add and a Replace of the same node',
      );
    const change = this.#made(command.name, item);
    if (command.name === 'Add') atomic?.added.add(key);
    answer.status = change.status ?? SyncStatus.ok;
    atomic?.changes.push({ change, answer });
    if (change.afterwards) (atomic ?? this).afterwards.push(change.afterwards);
  }

  #made(name: string, { target, format, data }: SyncItem): Change {
    const node = parseLocUri(target);
    if (name === 'Add') return this.tree.add(node, { format, data });
    if (name === 'Replace') return this.tree.replace(node, { format, data });
    if (name === 'Delete') return this.tree.delete(node);
    return this.tree.exec(node, { format, data });
  }

  /** Adds the statuses of a command: one status for each item. */
  #statusesOf(command: SyncCommand, answers: readonly Answer[]): void {
    for (const answer of answers) {
      this.answers.push({
        ...{ name: 'Status', msgRef: this.msgRef, cmdRef: command.cmdId, cmd: command.name },
        ...(answers.length > 1 && { targetRef: answer.targetRef }),
        get data() {
          return String(answer.status);
        },
      });
    }
  }

  /** Adds a status. @returns `false`, so that a failing command can return the result of this call */
  #answer(command: SyncCommand, status: SyncStatus): false {
    this.answers.push({
      ...{ name: 'Status', msgRef: this.msgRef, cmdRef: command.cmdId ?? '', cmd: command.name },
      data: String(status),
    });
    return false;
  }
}

function rollBack({ change, answer }: Atomicity['changes'][number]): void {
  try {
    change.undo();
    answer.status = SyncStatus.rolledBack;
  } catch {
    answer.status = SyncStatus.rollbackFailed;
  }
}
