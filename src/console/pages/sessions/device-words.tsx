import type { SessionDetails } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';

type Words = NonNullable<SessionDetails['whatDevicesSay']>;

/** The messages that a Windows PC, an Android phone, an iPhone and lpac show for this failure. */
export function DeviceWords({ words }: { readonly words: Words }) {
  const own = texts.value.sessions.devices;
  const { windows, android, iphone, lpac } = words;
  const rows: readonly (readonly [string, string, boolean])[] = [
    [
      'Windows',
      `ErrorDetail ${windows.errorDetail ?? '-'} ${windows.errorDetailName ?? ''}, ESimOperationStatus ${windows.operationStatus} ${String(windows.operationStatusName)}`,
      windows.confirmed,
    ],
    [
      'Android',
      `${android.detailedCode} ${android.operationName} ${String(android.errorName ?? '')}`,
      android.confirmed,
    ],
    [
      'iPhone (MDM)',
      iphone.errorCode === null ? own.silent : `${iphone.status} ${iphone.errorCode}`,
      iphone.confirmed,
    ],
    [
      'lpac',
      [lpac.message, lpac.data].filter((part) => part !== null).join(': ') || own.silent,
      lpac.confirmed,
    ],
  ];
  return (
    <details class="card">
      <summary>{own.title}</summary>
      <dl class="facts">
        {rows.map(([system, says, isConfirmed]) => (
          <>
            <dt key={system}>{system}</dt>
            <dd key={`${system} says`}>
              <ForeignText text={says} mono /> {!isConfirmed && <span class="soft small">{own.guessed}</span>}
            </dd>
          </>
        ))}
      </dl>
    </details>
  );
}
