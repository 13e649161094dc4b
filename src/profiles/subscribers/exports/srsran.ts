import type { NetworkSubscriber } from '../network.js';

/** Names of algorithms in srsRAN. */
const algorithms: Readonly<Partial<Record<NetworkSubscriber['algorithm'], string>>> = {
  milenage: 'mil',
  test: 'xor',
};

/** Whether srsEPC supports the algorithm of a subscriber. It does not support TUAK. */
export const isForSrsran = ({ algorithm }: NetworkSubscriber): boolean => algorithms[algorithm] !== undefined;

/** `user_db.csv` of srsEPC: one line per subscriber. */
export function srsran(subscribers: readonly NetworkSubscriber[]): string {
  const rows = subscribers
    .filter(isForSrsran)
    .map(({ imsi, k, opc, amf, sqn, algorithm }, index) =>
      [`ue${index + 1}`, algorithms[algorithm], imsi, k, 'opc', opc, amf, sqn, '9', 'dynamic'].join(),
    );
  return ['#Name,Auth,IMSI,Key,OP_Type,OP/OPc,AMF,SQN,QCI,IP_alloc', ...rows, ''].join('\n');
}
