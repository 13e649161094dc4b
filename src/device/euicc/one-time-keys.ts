import type { Card } from './card.js';
import type { OneTimeKeyPair } from './key-agreement.js';

/** The kept one-time key of this SM-DP+ whose public half it asks for, if there is one (SGP.22 5.7.5). */
export function keptOneTimeKey(
  card: Card,
  smdpOid: string,
  bppEuiccOtpk: Buffer | undefined,
): OneTimeKeyPair | undefined {
  const wanted = bppEuiccOtpk?.toString('base64');
  const kept = card.memory.state.oneTimeKeys.find(
    (each) => each.smdpOid === smdpOid && each.publicKey === wanted,
  );
  return (
    kept && {
      curve: kept.curve,
      privateKey: Buffer.from(kept.privateKey, 'base64'),
      publicKey: Buffer.from(kept.publicKey, 'base64'),
    }
  );
}

/** Keeps a key for a retried download: the newest one of each SM-DP+. */
export function keepOneTimeKey(card: Card, smdpOid: string, key: OneTimeKeyPair): void {
  const { state } = card.memory;
  state.oneTimeKeys = [
    ...state.oneTimeKeys.filter((each) => each.smdpOid !== smdpOid),
    {
      smdpOid,
      curve: key.curve,
      privateKey: key.privateKey.toString('base64'),
      publicKey: key.publicKey.toString('base64'),
    },
  ];
  card.memory.commit();
}

/** Destroys the key of an SM-DP+; the caller commits. */
export function destroyOneTimeKey(card: Card, smdpOid: string): void {
  const { state } = card.memory;
  state.oneTimeKeys = state.oneTimeKeys.filter((each) => each.smdpOid !== smdpOid);
}
