import { useSignal } from '@preact/signals';
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageProps } from '../pages/page-props.js';
import { pages, type Page } from '../pages/registry.js';
import { PageTitle } from '../parts/page-title.js';
import { ForeignText } from '../parts/foreign-text.js';
import { place } from '../router/router.js';
import { texts } from '../texts/texts.js';

const loaded = new Map<string, ComponentType<PageProps>>();

/** The page in view. */
export function PageView() {
  const { segments } = place.value;
  const [name = 'overview', ...rest] = segments;
  const page = pages.find((one) => one.name === name);
  if (!page || (name === 'overview' && segments.length > 0)) return <NotFound />;
  return (
    <Guarded key={segments.join('/')}>
      <Loaded key={page.name} page={page} rest={rest} />
    </Guarded>
  );
}

function Loaded({ page, rest }: { readonly page: Page; readonly rest: readonly string[] }) {
  const { shell, common } = texts.value;
  const hasFailed = useSignal(false);
  const ready = useSignal(loaded.has(page.name));
  useEffect(() => {
    if (ready.value || !page.load) return;
    page.load().then(
      (room) => {
        loaded.set(page.name, room.default);
        ready.value = true;
      },
      () => (hasFailed.value = true),
    );
  }, [page.name]);
  const Room = loaded.get(page.name);
  if (ready.value && Room) return <Room rest={rest} />;
  return (
    <>
      <PageTitle title={shell.pages[page.name]} />
      <p class="waiting">
        {page.load ? (hasFailed.value ? shell.loadFailed : common.loading) : shell.notBuilt}
      </p>
      {hasFailed.value && (
        <button type="button" class="button" onClick={() => window.location.reload()}>
          {common.again}
        </button>
      )}
    </>
  );
}

const NotFound = () => (
  <>
    <PageTitle title={texts.value.shell.notFound} />
    <p class="soft">{texts.value.shell.notFoundHint}</p>
  </>
);

/** Shows a page's error in place of the page. The rest of the console stays usable. */
class Guarded extends Component<{ readonly children: ComponentChildren }, { readonly error?: Error }> {
  static override getDerivedStateFromError = (error: Error) => ({ error });

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <>
        <PageTitle title={texts.value.shell.loadFailed} />
        <p class="note bad">
          <ForeignText text={String(this.state.error)} />
        </p>
      </>
    );
  }
}
