import type { ExchangeFile, TypeRecord } from '../api/recording/index.js';
import { withheld } from '../api/recording/index.js';
import { checkRule } from '../instruments/faults/index.js';
import { operatorDefaults } from '../orders/index.js';
import { fromStoredType } from '../orders/stored-type.js';
import { compileProfileType } from '../profiles/index.js';
import type { StoredProfileType } from '../store/index.js';
import { wrongAt } from './errors.js';
import { checkOrder } from './recorded-order.js';
import { RecordedState } from './recorded-state.js';
import type { ReplayServer } from './replay-server.js';

/** Loads the operators, profile types and orders of a file into a replay server. @throws ReplayFileError if they are invalid */
export async function prepareReplayServer(
  { store }: ReplayServer,
  file: ExchangeFile,
): Promise<RecordedState> {
  for (const operator of file.operators)
    await store.saveOperator({ ...operatorDefaults, ...operator, updatedAt: 0 });
  for (const [index, type] of file.profileTypes.entries())
    if (type.upp !== withheld) await store.saveProfileType(storedType(type, `profileTypes.${index}`));
  for (const [index, { replay }] of file.exchanges.entries()) {
    const place = `exchanges.${index}.replay`;
    if (replay.order) checkOrder(replay.order, `${place}.order`);
    replay.orders?.forEach((order, at) => checkOrder(order, `${place}.orders.${at}`));
    checkRules(replay.faults ?? [], `${place}.faults`);
  }
  const recordedState = new RecordedState(store);
  await recordedState.build(file.exchanges).catch((error: unknown) => {
    throw wrongAt('exchanges', error);
  });
  return recordedState;
}

function storedType({ name, definition, upp }: TypeRecord, place: string): StoredProfileType {
  const type = {
    name,
    definition: JSON.stringify(definition),
    upp: upp === null ? null : Buffer.from(upp, 'base64'),
    updatedAt: 0,
  };
  try {
    compileProfileType(fromStoredType(type));
    return type;
  } catch (error) {
    throw wrongAt(place, error);
  }
}

type Rules = NonNullable<ExchangeFile['exchanges'][number]['replay']['faults']>;

function checkRules(rules: Rules, place: string): void {
  rules.forEach((rule, index) => {
    try {
      checkRule(rule);
    } catch (error) {
      throw wrongAt(`${place}.${index}`, error);
    }
  });
}
