import { PageTitle } from '../../parts/page-title.js';
import { Tabs } from '../../parts/tabs.js';
import { place, setQuery } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { Catalogue } from './catalogue.js';
import { ClockTab } from './clock.js';
import { CodesTab } from './codes.js';
import { Rules } from './rules.js';
import { StateTab } from './state.js';
import './break.css';

const tabs = ['faults', 'codes', 'rules', 'clock', 'state'] as const;

/** Faults, codes, clock, snapshots and reset: everything that makes the server misbehave, or makes it normal again. */
export default function Break() {
  const words = texts.value.breakIt;
  const wanted = place.value.query.get('tab');
  const chosen = tabs.find((name) => name === wanted) ?? 'faults';
  return (
    <>
      <PageTitle title={words.title} />
      <Tabs
        label={words.title}
        tabs={tabs.map((name) => ({ name, title: words.tabs[name] }))}
        chosen={chosen}
        choose={(name) => setQuery({ tab: name }, { replace: false })}
      >
        {chosen === 'faults' && <Catalogue />}
        {chosen === 'codes' && <CodesTab />}
        {chosen === 'rules' && <Rules />}
        {chosen === 'clock' && <ClockTab />}
        {chosen === 'state' && <StateTab />}
      </Tabs>
    </>
  );
}
