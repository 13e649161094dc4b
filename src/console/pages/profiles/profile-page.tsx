import { useRef } from 'preact/hooks';
import type { ProfileDetails } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { CopyButton } from '../../parts/copy-button.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { QrCode } from '../../parts/qr-code.js';
import { StateBadge } from '../../parts/state-badge.js';
import { linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { Actions } from './actions.js';
import { Facts } from './facts.js';
import { History } from './history.js';
import { nameInApi } from './named.js';
import { Devices, Notifications } from './reports.js';
import { StateDiagram } from './state-diagram.js';

/** One profile: its code, its states, its history. */
export function ProfilePage({ named }: { readonly named: string }) {
  const words = texts.value.profiles;
  const shown = useRef<ProfileDetails | undefined>(undefined);
  const { data, problem, reload } = useLive(
    `profile ${named}`,
    (signal) => call<ProfileDetails>(`/profiles/${nameInApi(named)}`, { signal }),
    {
      concerns: (event) =>
        event.kind === 'profile'
          ? event.transition.profileId === shown.current?.id
          : event.kind === 'exchange' && event.exchange.iccid === shown.current?.iccid,
      atMostEvery: 300,
    },
  );
  const profile = data.value;
  shown.current = profile;
  return (
    <>
      <nav class="small" aria-label={words.trail}>
        <a href={linkTo(['profiles'])}>{words.title}</a>
      </nav>
      <PageTitle
        name={`${words.profile} ${profile?.iccid ?? named}`}
        title={
          <>
            {words.profile} <ForeignText text={profile?.iccid ?? named} mono />
            {profile && <CopyButton text={profile.iccid} what="ICCID" />}
          </>
        }
      >
        {profile && <Actions profile={profile} reload={reload} />}
      </PageTitle>
      {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
      {!profile && !problem.value && <p class="waiting">{texts.value.common.loading}</p>}
      {profile && (
        <>
          <section class="card" aria-label={words.states}>
            <div class="spread">
              <StateBadge state={profile.state} />
              <span class="soft small">{words.stateMeanings[profile.state]}</span>
            </div>
            <StateDiagram profile={profile} />
          </section>
          <div class="profile">
            <section class="card">
              <h2>{words.code}</h2>
              {profile.activationCode === null ? (
                <p class="empty">{words.noCode}</p>
              ) : (
                <>
                  <QrCode id={profile.id} activationCode={profile.activationCode} />
                  {profile.state === 'Released' && (
                    <p>
                      <a class="button" href={linkTo(['devices'], { code: profile.activationCode })}>
                        {words.withPhone}
                      </a>
                    </p>
                  )}
                </>
              )}
            </section>
            <section class="card">
              <h2>{words.facts}</h2>
              <Facts profile={profile} />
            </section>
            <section class="card wide">
              <h2>{words.history}</h2>
              <History history={profile.history} />
            </section>
            <Notifications notifications={profile.notifications} />
            <Devices devices={profile.devices} />
          </div>
        </>
      )}
    </>
  );
}
