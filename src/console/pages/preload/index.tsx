import { PageTitle } from '../../parts/page-title.js';
import { Tabs } from '../../parts/tabs.js';
import { place, setQuery } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { CodeList } from './code-list.js';
import { Manifest } from './manifest.js';
import { Policies } from './policies.js';
import { Pools } from './pools.js';
import './preload.css';

const tabs = ['manifest', 'codes', 'pools', 'policies'] as const;

/** Preloading: EID manifests, lists of activation codes, pools, and the policies that give codes to devices. */
export default function Preload() {
  const words = texts.value.preload;
  const wanted = place.value.query.get('tab');
  const chosen = tabs.find((name) => name === wanted) ?? 'manifest';
  return (
    <>
      <PageTitle title={words.title} />
      <Tabs
        label={words.title}
        tabs={tabs.map((name) => ({ name, title: words.tabs[name] }))}
        chosen={chosen}
        choose={(name) => setQuery({ tab: name }, { replace: false })}
      >
        {chosen === 'manifest' && <Manifest />}
        {chosen === 'codes' && <CodeList />}
        {chosen === 'pools' && <Pools />}
        {chosen === 'policies' && <Policies />}
      </Tabs>
    </>
  );
}
