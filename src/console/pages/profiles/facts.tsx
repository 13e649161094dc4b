import type { ComponentChildren } from 'preact';
import type { ProfileDetails } from '../../../api/index.js';
import { CopyButton } from '../../parts/copy-button.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { Time } from '../../parts/time.js';
import { linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';

/** The members of a profile and its order. Members without a value are omitted. */
export function Facts({ profile }: { readonly profile: ProfileDetails }) {
  const words = texts.value.profiles;
  const { columns } = words;
  const text = (value: string | null, what: string) =>
    value === null ? null : (
      <span class="row">
        <ForeignText text={value} mono />
        <CopyButton text={value} what={what} />
      </span>
    );
  const link = (name: 'pool' | 'profileType' | 'operator' | 'label', value: string | null) =>
    value === null ? null : (
      <a href={linkTo(['profiles'], { [name]: value })}>
        <ForeignText text={value} />
      </a>
    );
  const rows: readonly (readonly [title: string, value: ComponentChildren])[] = [
    [columns.eid, text(profile.eid, columns.eid)],
    [
      columns.matchingId,
      profile.matchingId === '' ? words.foundByEid : text(profile.matchingId, columns.matchingId),
    ],
    [
      words.confirmationCode,
      profile.confirmationCodeRequired
        ? words.attemptsLeft(profile.confirmationCodeAttemptsLeft)
        : words.notNeeded,
    ],
    [
      words.downloadAttempts,
      profile.downloadAttemptsLeft === null ? words.noLimit : String(profile.downloadAttemptsLeft),
    ],
    [words.validUntil, profile.validUntil === null ? null : <Time at={profile.validUntil} isFull />],
    [words.reuse, words.reuses[profile.reuse]],
    [columns.profileType, link('profileType', profile.profileType)],
    [columns.label, link('label', profile.label)],
    [columns.pool, link('pool', profile.pool)],
    [columns.operator, link('operator', profile.operator)],
    [words.imei, text(profile.imei, words.imei)],
    [words.smds, text(profile.smdsAddress, words.smds)],
    [words.smdsState, profile.smds && smdsText(profile.smds)],
    [words.error, text(profile.errorStatus, words.error)],
    [words.installedState, profile.installedState],
    [words.namespace, text(profile.namespace, words.namespace)],
    [words.createdAt, <Time at={profile.createdAt} />],
    [columns.updatedAt, <Time at={profile.updatedAt} />],
    [
      words.sharedBy,
      profile.sharedBy > 1 ? (
        <a href={linkTo(['profiles'], { iccid: profile.iccid })}>{profile.sharedBy}</a>
      ) : null,
    ],
  ];
  return (
    <>
      <dl class="facts">
        {rows.map(
          ([title, value]) =>
            value !== null &&
            value !== undefined && (
              <>
                <dt>{title}</dt>
                <dd>{value}</dd>
              </>
            ),
        )}
      </dl>
      {profile.metadata && (
        <details>
          <summary>{words.metadata}</summary>
          <pre class="mono wrap">
            <ForeignText text={JSON.stringify(profile.metadata, null, 2)} most={2_000} />
          </pre>
        </details>
      )}
    </>
  );
}

const smdsText = ({ state, lastError }: NonNullable<ProfileDetails['smds']>) => (
  <ForeignText text={lastError === null ? state : `${state}: ${lastError}`} />
);
