import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ProfileList as Answer, ProfileView, StatisticsView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { usePages } from '../../api/use-pages.js';
import { Chips } from '../../parts/chips.js';
import { ForeignLine, visible } from '../../parts/foreign-text.js';
import { Icon } from '../../parts/icon.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { StateBadge } from '../../parts/state-badge.js';
import { Table, type Column } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { linkTo, namespace, place, setQuery } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';

type State = ProfileView['state'];

/** Filters that links from other pages set. The page shows them as removable chips. */
const linkedFilters = ['pool', 'profileType', 'operator', 'eid', 'matchingId', 'iccid', 'label'] as const;

/**
 * A complete EID, with or without spaces. The server finds it through an index. To find a part of an EID, the server
 * reads all profiles.
 */
const wholeEid = /^(?:\d *){32}$/;

const searchFor = (text: string): { search: string } | { eid: string } =>
  wholeEid.test(text) ? { eid: text.replaceAll(' ', '') } : { search: text };

/** All profiles, newest first. Search and filters are in the address. */
export function ProfileList() {
  const words = texts.value.profiles;
  const { query } = place.value;
  const states = query.getAll('state') as State[];
  const search = query.get('search') ?? '';
  const linked = linkedFilters.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const filter = {
    ...(states.length > 0 && { state: states }),
    ...(search !== '' && searchFor(search)),
    ...Object.fromEntries(linked),
  };
  const pages = usePages<ProfileView>(
    JSON.stringify([namespace.value, filter]),
    (cursor, limit, signal) =>
      call<Answer>('/profiles', { query: { ...filter, order: 'newest', limit, cursor }, signal }),
    { concerns: ({ kind }) => kind === 'profile' },
  );
  const counts = useLive(
    `counts ${namespace.value}`,
    (signal) => call<StatisticsView>('/statistics', { signal, query: { minutes: 1 } }),
    { concerns: ({ kind }) => kind === 'profile', pollEvery: 5_000 },
  ).data.value?.profiles;
  const isFiltered = Object.keys(filter).length > 0;
  const known = pages.count.value;
  return (
    <>
      <PageTitle title={words.title}>
        <a class="button main" href={linkTo(['profiles', 'new'])}>
          <Icon name="plus" />
          {words.make}
        </a>
      </PageTitle>
      <Search search={search} />
      <Chips
        label={words.states}
        chips={(Object.keys(texts.value.common.profileStates) as State[]).map((name) => ({
          name,
          title: <StateBadge state={name} />,
          ...(counts && { count: number(counts.byState[name]) }),
        }))}
        chosen={states}
        choose={(chosen) => setQuery({ state: chosen })}
      />
      {linked.length > 0 && (
        <div class="chips" role="group" aria-label={words.filters}>
          {linked.map(([name, value]) => (
            <button
              key={name}
              type="button"
              class="chip"
              aria-label={texts.value.parts.removeFilter(`${words.columns[name]} ${visible(value)}`)}
              onClick={() => setQuery({ [name]: undefined })}
            >
              {words.columns[name]}: <ForeignLine text={value} /> <Icon name="close" size={12} />
            </button>
          ))}
        </div>
      )}
      {pages.problem.value && <ProblemNote problem={pages.problem.value} retry={pages.reload} />}
      <Table
        label={words.title}
        columns={columns()}
        least={1020}
        count={known}
        row={pages.row}
        keyOf={({ id }) => id}
        onView={pages.onView}
        empty={pages.isLoading.value ? texts.value.common.loading : isFiltered ? words.noneFound : words.none}
      />
      <p class="soft small number" role="status">
        {pages.isComplete.value
          ? texts.value.parts.rows(number(known))
          : !isFiltered && counts
            ? texts.value.parts.rowsOf(number(known), number(counts.total))
            : known > 0 && words.more(number(known))}
      </p>
    </>
  );
}

function columns(): Column<ProfileView>[] {
  const { columns: titles } = texts.value.profiles;
  const text = (value: string | null) => value !== null && <ForeignLine text={value} mono />;
  return [
    {
      name: 'iccid',
      title: titles.iccid,
      width: '180px',
      cell: ({ id, iccid }) => (
        <a class="whole" href={linkTo(['profiles', String(id)])}>
          <ForeignLine text={iccid} mono />
        </a>
      ),
    },
    { name: 'state', title: titles.state, width: '128px', cell: ({ state }) => <StateBadge state={state} /> },
    {
      name: 'matchingId',
      title: titles.matchingId,
      width: 'minmax(216px, 1fr)',
      cell: ({ matchingId }) => (matchingId === '' ? titles.byEid : text(matchingId)),
    },
    { name: 'eid', title: titles.eid, width: 'minmax(150px, 1.3fr)', cell: ({ eid }) => text(eid) },
    {
      name: 'label',
      title: titles.label,
      width: 'minmax(110px, 1fr)',
      cell: ({ label, pool }) => <ForeignLine text={label ?? pool ?? ''} />,
    },
    {
      name: 'profileType',
      title: titles.profileType,
      width: '90px',
      cell: ({ profileType }) => <ForeignLine text={profileType} />,
    },
    {
      name: 'updatedAt',
      title: titles.updatedAt,
      width: '110px',
      cell: ({ updatedAt }) => <Time at={updatedAt} />,
    },
  ];
}

/** Milliseconds after the last key before the search begins. */
const pause = 250;

/** The search field. Its text is kept in the page's address. */
function Search({ search }: { readonly search: string }) {
  const { searchLabel, searchPlaceholder } = texts.value.profiles;
  const typed = useSignal(search);
  const timer = useRef<number | undefined>(undefined);
  /** The text that this field last put into the address. The field must not take it back, because the user may have typed on. */
  const ours = useRef(search);
  useLayoutEffect(() => {
    if (search === ours.current) return;
    ours.current = search;
    typed.value = search;
  }, [search]);
  const put = (text: string): void => {
    window.clearTimeout(timer.current);
    ours.current = text.trim();
    setQuery({ search: ours.current || undefined });
  };
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        put(typed.peek());
      }}
    >
      <input
        type="search"
        class="input"
        aria-label={searchLabel}
        placeholder={searchPlaceholder}
        maxLength={200}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          window.clearTimeout(timer.current);
          timer.current = window.setTimeout(() => put(typed.peek()), pause);
        }}
      />
    </form>
  );
}
