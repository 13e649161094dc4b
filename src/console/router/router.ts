import { computed, signal } from '@preact/signals';
import { fixRoot, root } from './root.js';

/** A place in the console. */
export interface Place {
  /** Segments of the path below the root, decoded: `['profiles', '8949…']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

const current = signal(window.location.href);

/** The current place. */
export const place = computed((): Place => placeOf(new URL(current.value)));

/** The selected namespace; empty: the whole server. It stays in the address when the user goes to another page. */
export const namespace = computed(() => place.value.query.get('namespace') ?? '');

function placeOf({ pathname, searchParams }: URL): Place {
  const path = pathname.startsWith(root.pathname) ? pathname.slice(root.pathname.length) : '';
  return { segments: path.split('/').filter(Boolean).map(decoded), query: searchParams };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The link to a page: `linkTo(['profiles', iccid], { tab: 'history' })`. The link keeps the selected namespace. */
export function linkTo(segments: readonly string[], query: Query = {}): string {
  const url = new URL(segments.map(encodeURIComponent).join('/'), root);
  const all: Query = { namespace: namespace.value || undefined, ...query };
  for (const [name, value] of Object.entries(all)) {
    for (const one of [value ?? []].flat()) if (one !== '') url.searchParams.append(name, one);
  }
  return url.pathname + url.search;
}

/** Goes to a link of `linkTo`. `replace` leaves no entry in the browser's history. */
export function go(link: string, { replace = false } = {}): void {
  const url = new URL(link, root);
  if (url.href === current.peek()) return;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  const isOtherPage = url.pathname !== new URL(current.peek()).pathname;
  current.value = url.href;
  if (isOtherPage) window.scrollTo(0, 0);
}

/** Changes some members of the current page's query, and keeps the others. Filters are in the query, so a link includes them. */
export function setQuery(changes: Query, options = { replace: true }): void {
  const { segments, query } = place.peek();
  const kept = [...new Set(query.keys())].map((name) => [name, query.getAll(name)] as const);
  go(linkTo(segments, { ...Object.fromEntries(kept), ...changes }), options);
}

/** Makes links and the browser's buttons change the place without reloading the page. */
export function followLinks(): void {
  fixRoot();
  window.addEventListener('popstate', () => (current.value = window.location.href));
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest('a');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target !== '' || link.hasAttribute('download') || link.dataset['outside'] !== undefined) return;
    if (link.origin !== root.origin || !link.pathname.startsWith(root.pathname)) return;
    event.preventDefault();
    go(link.href);
  });
}
