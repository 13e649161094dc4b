import type { PoolView, ProfileList, StatisticsView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { Icon } from '../../parts/icon.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { QrCode } from '../../parts/qr-code.js';
import { linkTo, namespace } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { Downloads } from './downloads.js';
import { PoolBars } from './pool-bars.js';
import { Refusals } from './refusals.js';
import { StateBars } from './state-bars.js';
import { Warnings } from './warnings.js';
import './overview.css';

/** The contents and the activity of the server, as live counts and charts. */
export default function Overview() {
  const words = texts.value.overview;
  const { data, problem, reload } = useLive(
    `statistics ${namespace.value}`,
    (signal) => call<StatisticsView>('/statistics', { signal, query: { minutes: 15 } }),
    { concerns: () => true, pollEvery: 5_000 },
  );
  const pools = useLive(
    `pools ${namespace.value}`,
    (signal) => call<{ items: PoolView[] }>('/pools', { signal }),
    { concerns: ({ kind }) => kind === 'profile', atMostEvery: 5_000 },
  );
  const counts = data.value;
  return (
    <>
      <PageTitle title={words.title}>
        <a class="button main" href={linkTo(['profiles', 'new'])}>
          <Icon name="plus" />
          {words.makeProfile}
        </a>
      </PageTitle>
      {problem.value && !counts && <ProblemNote problem={problem.value} retry={reload} />}
      <Warnings />
      <ul class="figures">
        <Figure title={words.profiles} value={counts?.profiles.total} link={linkTo(['profiles'])} />
        <Figure
          title={words.underWay}
          value={counts && counts.sessions.initiated + counts.sessions.authenticated}
          link={linkTo(['sessions'])}
        />
        <Figure title={words.installed} value={counts && sum(counts.downloads.installed)} />
        <Figure
          title={words.refused}
          value={counts && counts.refusals.reduce((total, { count }) => total + count, 0)}
        />
        <Figure title={words.callbacks} value={counts?.callbacksWaiting} link={linkTo(['operators'])} />
      </ul>
      <div class="overview">
        <section class="card wide">
          <h2>{words.downloads}</h2>
          <Downloads counts={counts?.downloads} />
        </section>
        <Ready />
        <section class="card">
          <h2>{words.byState}</h2>
          {counts && <StateBars byState={counts.profiles.byState} total={counts.profiles.total} />}
        </section>
        <section class="card">
          <h2>{words.refusals}</h2>
          {counts && <Refusals refusals={counts.refusals} />}
        </section>
        <section class="card">
          <h2>{words.pools}</h2>
          {pools.data.value && <PoolBars pools={pools.data.value.items} />}
        </section>
      </div>
    </>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

interface FigureProps {
  readonly title: string;
  readonly value: number | undefined;
  readonly link?: string;
}

const Figure = ({ title, value, link }: FigureProps) => {
  const content = (
    <>
      <span class="soft small">{title}</span>
      <strong class="number">{value === undefined ? '–' : number(value)}</strong>
    </>
  );
  return <li class="card">{link === undefined ? content : <a href={link}>{content}</a>}</li>;
};

/** The newest profile that a device can download now, as the start of a demo. */
function Ready() {
  const words = texts.value.overview;
  const { data } = useLive(
    `ready ${namespace.value}`,
    (signal) =>
      call<ProfileList>('/profiles', { signal, query: { state: ['Released'], order: 'newest', limit: 1 } }),
    { concerns: ({ kind }) => kind === 'profile', atMostEvery: 2_000 },
  );
  const [profile] = data.value?.items ?? [];
  return (
    <section class="card">
      <header class="spread">
        <h2>{words.ready}</h2>
        {profile && <a href={linkTo(['profiles', String(profile.id)])}>{words.showProfile}</a>}
      </header>
      {profile && profile.activationCode !== null && (
        <QrCode id={profile.id} activationCode={profile.activationCode} />
      )}
      {data.value && !profile && <p class="empty">{words.nothingReady}</p>}
    </section>
  );
}
