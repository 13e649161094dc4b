import { useSignal } from '@preact/signals';
import type { ReplayReport } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Badge } from '../../parts/state-badge.js';
import { linkTo, place } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';

type Replayed = ReplayReport['exchanges'][number];

const tones = { same: 'good', different: 'bad', notReplayed: 'none' } as const;

interface ReplayProps {
  readonly file: File;
  /** TransactionId of the session to replay; empty: the whole file. */
  readonly session: string;
}

/** Sends the recorded requests to this version of the server, and shows which of its answers differ. */
export function Replay({ file, session }: ReplayProps) {
  const words = texts.value.sessions.replay;
  const report = useSignal<ReplayReport | undefined>(undefined);
  const replay = useAction(async () => {
    report.value = undefined;
    report.value = await call<ReplayReport>('/replay', {
      method: 'POST',
      body: file,
      wholeServer: true,
      ...(session !== '' && { query: { session } }),
    });
  });
  return (
    <section class="card stack" aria-label={words.title}>
      <div class="row">
        <button type="button" class="button main" disabled={replay.isBusy.value} onClick={() => replay.run()}>
          {replay.isBusy.value ? words.busy : words.run}
        </button>
        <span class="soft">{words.help}</span>
      </div>
      {replay.problem.value && <ProblemNote problem={replay.problem.value} />}
      <div role="status">{report.value && <Report report={report.value} />}</div>
    </section>
  );
}

function Report({ report: { counts, exchanges, recordedVersion } }: { readonly report: ReplayReport }) {
  const words = texts.value.sessions.replay;
  return (
    <>
      <p>
        <strong>
          {words.counted(number(counts.same), number(counts.different), number(counts.notReplayed))}
        </strong>{' '}
        <span class="soft">
          {words.recordedBy} <ForeignText text={recordedVersion} most={40} />
        </span>
      </p>
      <ul class="items replayed">
        {exchanges.map((exchange) => (
          <li key={exchange.id}>
            <One exchange={exchange} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** An exchange, with the values that differ between its recorded answer and its new answer. */
function One({ exchange }: { readonly exchange: Replayed }) {
  const words = texts.value.sessions.replay;
  const { id, function: name, outcome, recorded, now, differences, why, remark } = exchange;
  const query = Object.fromEntries(place.value.query);
  return (
    <>
      <div class="row">
        <Badge tone={tones[outcome]} text={words.outcomes[outcome]} />
        <a href={linkTo(place.value.segments, { ...query, exchange: String(id) })}>
          <ForeignText text={name} most={60} />
        </a>
        <span class="soft small">
          <ForeignText text={now === undefined || now === recorded ? recorded : `${recorded} → ${now}`} />
        </span>
      </div>
      {[why, remark].map(
        (text) =>
          text !== undefined && (
            <p class="soft small" key={text}>
              <ForeignText text={text} />
            </p>
          ),
      )}
      {differences.length > 0 && <Differences name={name} differences={differences} />}
    </>
  );
}

function Differences({ name, differences }: { readonly name: string } & Pick<Replayed, 'differences'>) {
  const { field, missing, replay } = texts.value.sessions;
  const value = (text: string | undefined) =>
    text === undefined ? <span class="soft">{missing}</span> : <ForeignText text={text} mono most={120} />;
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={replay.differencesOf(name)}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{field}</th>
            <th scope="col">{replay.recorded}</th>
            <th scope="col">{replay.now}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, recorded, now }) => (
            <tr key={path}>
              <th scope="row">
                <ForeignText text={path} mono most={240} />
              </th>
              <td>{value(recorded)}</td>
              <td>{value(now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
