import { useEffect } from 'preact/hooks';
import { mustSignIn } from '../api/client.js';
import { connection, followEvents } from '../api/events.js';
import { signIn } from '../api/sign-in.js';
import { Icon } from '../parts/icon.js';
import { Toasts } from '../parts/toast.js';
import { linkTo } from '../router/router.js';
import { texts } from '../texts/texts.js';
import { isMenuOpen, Navigation } from './navigation.js';
import { PageView } from './page-view.js';
import { CommandPalette } from './palette.js';
import { SettingsDialog } from './settings-dialog.js';
import { SignInPage } from './sign-in-page.js';

/** The frame around every page. */
export function Shell() {
  const { shell } = texts.value;
  useEffect(() => {
    let end: (() => void) | undefined;
    // If the check fails, follow the events anyway: `followEvents` then shows that the server cannot be reached, and keeps trying to reach
    // it.
    void signIn
      .check()
      .catch(() => undefined)
      .then(() => (end = followEvents()));
    return () => end?.();
  }, []);
  if (mustSignIn.value) return <SignInPage />;
  return (
    <>
      <a
        class="skip"
        href="#content"
        data-outside
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {shell.skip}
      </a>
      <header class="top">
        <a class="product" href={linkTo([])}>
          <Mark />
          <span>{shell.product}</span>
        </a>
        <button
          type="button"
          class="button quiet menu"
          aria-expanded={isMenuOpen.value}
          onClick={() => (isMenuOpen.value = !isMenuOpen.value)}
        >
          <Icon name="menu" />
          {shell.menu}
        </button>
      </header>
      <Navigation />
      <main id="content" tabIndex={-1}>
        {connection.value === 'gone' && (
          <p class="note careful gone" role="alert">
            {shell.gone}
          </p>
        )}
        <PageView />
      </main>
      <CommandPalette />
      <SettingsDialog />
      <Toasts />
    </>
  );
}

const Mark = () => (
  <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" class="mark">
    <rect width="32" height="32" rx="7" />
    <path d="M10 6h9l4 4v16H10zM13.5 14.5h6v7h-6zM16.5 14.5v7M13.5 18h6" />
  </svg>
);
