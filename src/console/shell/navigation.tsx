import { signal } from '@preact/signals';
import { connection } from '../api/events.js';
import { signIn } from '../api/sign-in.js';
import { pages } from '../pages/registry.js';
import { Icon } from '../parts/icon.js';
import { linkTo, namespace, place } from '../router/router.js';
import { below } from '../router/root.js';
import { texts } from '../texts/texts.js';
import { isPaletteOpen } from './palette-state.js';
import { isSettingsOpen } from './settings-dialog.js';
import { visible } from '../parts/foreign-text.js';

/** Whether the navigation is unfolded on a narrow screen. */
export const isMenuOpen = signal(false);

/** The pages, the search, and the state of the connection. */
export function Navigation() {
  const { shell } = texts.value;
  const current = place.value.segments[0] ?? 'overview';
  return (
    <nav class="navigation" aria-label={shell.navigation} data-open={isMenuOpen.value}>
      <button type="button" class="find" onClick={() => (isPaletteOpen.value = true)}>
        <Icon name="search" />
        <span>{shell.palette.open}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <ul class="pages">
        {pages.map(({ name }) => (
          <li key={name}>
            <a
              href={linkTo(name === 'overview' ? [] : [name])}
              aria-current={name === current ? 'page' : undefined}
              onClick={() => (isMenuOpen.value = false)}
            >
              <Icon name={name} size={18} />
              {shell.pages[name]}
            </a>
          </li>
        ))}
      </ul>
      <ul class="pages below">
        <li>
          <a href={below('docs')} data-outside>
            <Icon name="api" size={18} />
            {shell.apiDocs}
          </a>
        </li>
        <li>
          <button type="button" onClick={() => (isSettingsOpen.value = true)}>
            <Icon name="settings" size={18} />
            {shell.settings}
          </button>
        </li>
        {signIn.tokenNeeded.value && (
          <li>
            <button type="button" onClick={() => void signIn.out()}>
              <Icon name="out" size={18} />
              {shell.signOut}
            </button>
          </li>
        )}
      </ul>
      <p class="connection" data-state={connection.value} role="status">
        {shell.connection[connection.value]}
        {namespace.value !== '' && (
          <>
            {' · '}
            <bdi>{visible(namespace.value)}</bdi>
          </>
        )}
      </p>
    </nav>
  );
}
