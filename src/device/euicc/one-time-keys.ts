import type { Card } from './card.js';
import type { OneTimeKeyPair } from './key-agreement.js';

/** Finds the one-time key that is stored for this SM-DP+ and whose public key is `bppEuiccOtpk` (SGP.22 5.7.5). */
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

/** Stores a one-time key in case the download is repeated. The eUICC keeps only the newest key for each SM-DP+. */
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

/** Deletes the stored one-time key for an SM-DP+. The caller must commit. */
export function destroyOneTimeKey(card: Card, smdpOid: string): void {
  const { state } = card.memory;
  state.oneTimeKeys = state.oneTimeKeys.filter((each) => each.smdpOid !== smdpOid);
}
