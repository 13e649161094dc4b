import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Member, Membership, Topic } from '../../across-instances.js';
import type { Connection } from '../connection.js';
import { Listener } from './listener.js';
import { register } from './register.js';

/** Maximum time to wait for the other instances, in milliseconds. An instance that hangs does not hold up the others for longer. */
const patience = 2_000;
/** Milliseconds between two checks whether the other instances have caught up: the first and the longest pause. */
const [firstPause, longestPause] = [2, 30];

const isRunning = `
  EXISTS (SELECT FROM pg_stat_activity WHERE pid = backend AND backend_start IS NOT DISTINCT FROM started)`;
const begin = `
  SELECT nextval('catch_ups') AS number, count(*) AS others FROM instances WHERE backend <> $1 AND ${isRunning}`;
const notify = 'SELECT pg_notify($1, $2)';
const lagging = `SELECT count(*) AS others FROM instances WHERE backend <> $1 AND seen < $2 AND ${isRunning}`;
const noteSeen = 'UPDATE instances SET seen = greatest(seen, $2) WHERE backend = $1';

const everyTopic: readonly Topic[] = ['settings', 'contents', 'flush', 'journal'];

/** The name of the channel. It depends on the schema, because each schema of a database may have its own servers. */
const channelOf = (schema: string): string =>
  `mock_smdp_${createHash('sha256').update(schema).digest('hex').slice(0, 16)}`;

/** Joins the instances on the database: registers this instance, and listens to messages of the others. */
export async function joinInstances(connection: Connection, member: Member): Promise<Membership> {
  const instances = new Instances(connection, member);
  await instances.open();
  return instances;
}

class Instances implements Membership {
  readonly #channel: string;
  /** Marks messages of this instance, so that the instance ignores them. */
  readonly #sender = randomUUID();
  readonly #listener: Listener;
  #backend = 0;
  isFirst = false;
  number = 0;

  constructor(
    private readonly connection: Connection,
    private readonly member: Member,
  ) {
    this.#channel = channelOf(connection.place.schema);
    this.#listener = new Listener(connection, this.#channel, {
      opened: (client, isReopened) => this.#register(client, isReopened),
      heard: (message) => this.#heard(message),
    });
  }

  open(): Promise<void> {
    return this.#listener.open();
  }

  async tell(topic: Topic): Promise<void> {
    await this.connection.first(notify, [this.#channel, this.#message(0, topic)]);
  }

  async everyone(topic: Topic): Promise<void> {
    const begun = (await this.connection.first<{ number: number; others: number }>(begin, [this.#backend]))!;
    if (begun.others === 0) return;
    await this.connection.first(notify, [this.#channel, this.#message(begun.number, topic)]);
    const end = performance.now() + patience;
    for (let pause = firstPause; performance.now() < end; pause = Math.min(pause * 2, longestPause)) {
      await setTimeout(pause);
      const left = await this.connection.first<{ others: number }>(lagging, [this.#backend, begun.number]);
      if (left?.others === 0) return;
    }
  }

  leave(): Promise<void> {
    return this.#listener.close();
  }

  #message(number: number, topic: Topic): string {
    return `${this.#sender} ${number} ${topic}`;
  }

  async #register(client: ClientBase, isReopened: boolean): Promise<void> {
    const { backend, number, isFirst } = await register(
      client,
      isRunning,
      isReopened ? this.number : undefined,
    );
    this.#backend = backend;
    if (!isReopened) {
      this.number = number;
      this.isFirst = isFirst;
    }
    await this.#follow(everyTopic, await lastCatchUp(this.connection));
  }

  async #heard(message: string): Promise<void> {
    const [sender, number, topic] = message.split(' ');
    if (sender === this.#sender) return;
    await this.#follow([topic as Topic], Number(number));
  }

  async #follow(topics: readonly Topic[], number: number): Promise<void> {
    for (const topic of topics) await this.member.catchUp(topic);
    if (number > 0) await this.connection.run(noteSeen, [this.#backend, number]);
  }
}

const lastCatchUp = async (connection: Connection): Promise<number> =>
  (await connection.first<{ number: number }>('SELECT last_value AS number FROM catch_ups'))!.number;
