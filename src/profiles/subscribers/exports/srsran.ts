import type { NetworkSubscriber } from '../network.js';

/** Names of algorithms in srsRAN. */
const algorithms: Readonly<Partial<Record<NetworkSubscriber['algorithm'], string>>> = {
  milenage: 'mil',
  test: 'xor',
};

/** `user_db.csv` of srsEPC: one line per subscriber. Subscribers with TUAK are left out, because srsEPC does not support TUAK. */
export function srsran(subscribers: readonly NetworkSubscriber[]): string {
  const rows = subscribers.flatMap(({ imsi, k, opc, amf, sqn, algorithm }, index) => {
    const name = algorithms[algorithm];
    return name === undefined
      ? []
      : [[`ue${index + 1}`, name, imsi, k, 'opc', opc, amf, sqn, '9', 'dynamic'].join()];
  });
  return ['#Name,Auth,IMSI,Key,OP_Type,OP/OPc,AMF,SQN,QCI,IP_alloc', ...rows, ''].join('\n');
}
