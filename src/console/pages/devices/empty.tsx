import { useAction } from '../../api/use-action.js';
import { asProblem } from '../../api/problem.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { problemText, ProblemNote } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { go, linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { makePhone, playDemo } from './demo.js';

/** Shown while there is no phone. One button makes a phone and plays a whole download. */
export function Empty({ code }: { readonly code: string | undefined }) {
  const words = texts.value.devices;
  const begin = useAction(async () => {
    const { name } = await makePhone();
    go(linkTo(['devices', name], { code }));
    // The demo continues while the console shows the new phone's own page.
    if (code === undefined)
      playDemo(name).catch((error: unknown) => toast(problemText(asProblem(error)), 'bad'));
  });
  return (
    <section class="card empty-devices">
      <svg viewBox="0 0 90 120" width="90" height="120" aria-hidden="true">
        <rect x="16" y="4" width="58" height="112" rx="12" />
        <path d="M38 12h14M32 46h26M32 58h26M32 70h14" />
      </svg>
      <h2>{words.emptyTitle}</h2>
      <p class="soft">{words.emptyText}</p>
      {code !== undefined && (
        <p>
          <ForeignText text={code} mono />
        </p>
      )}
      {begin.problem.value && <ProblemNote problem={begin.problem.value} />}
      <button type="button" class="button main" disabled={begin.isBusy.value} onClick={() => begin.run()}>
        {code === undefined ? words.playDemo : words.makeForCode}
      </button>
    </section>
  );
}
