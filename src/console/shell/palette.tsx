import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { pages } from '../pages/registry.js';
import { Dialog } from '../parts/dialog.js';
import { visible } from '../parts/foreign-text.js';
import { go, linkTo } from '../router/router.js';
import { languages, rememberLanguage, texts, type Language } from '../texts/texts.js';
import { isPaletteOpen } from './palette-state.js';
import { chooseTheme } from './theme.js';

interface Command {
  readonly title: string;
  readonly kind: string;
  readonly run: () => void;
}

function allCommands(): Command[] {
  const { shell } = texts.value;
  const { page, action, lightTheme, darkTheme } = shell.palette;
  return [
    ...pages.map(({ name }) => ({
      title: shell.pages[name],
      kind: page,
      run: () => go(linkTo(name === 'overview' ? [] : [name])),
    })),
    { title: lightTheme, kind: action, run: () => chooseTheme('light') },
    { title: darkTheme, kind: action, run: () => chooseTheme('dark') },
    ...Object.entries(languages).map(([name, { name: own }]) => ({
      title: own,
      kind: shell.language,
      run: () => void rememberLanguage(name as Language),
    })),
  ];
}

/** Commands for the typed text. For text that looks like an identifier, the first command searches the profiles. */
function commandsFor(typed: string): Command[] {
  const wanted = typed.trim();
  const matching = allCommands().filter(({ title }) => title.toLowerCase().includes(wanted.toLowerCase()));
  if (wanted === '') return matching;
  const { search, profile } = texts.value.shell.palette;
  const searching: Command = {
    title: search(visible(wanted.slice(0, 100))),
    kind: profile,
    run: () => go(linkTo(['profiles'], { search: wanted })),
  };
  return /\d{4}/.test(wanted) ? [searching, ...matching] : [...matching, searching];
}

const Palette = () => {
  const id = useId();
  const typed = useSignal('');
  const chosen = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const { palette } = texts.value.shell;
  const commands = commandsFor(typed.value);
  const at = Math.min(chosen.value, commands.length - 1);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at]);
  const close = (): void => void (isPaletteOpen.value = false);
  const run = (command: Command | undefined): void => {
    close();
    command?.run();
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) chosen.value = (at + step + commands.length) % commands.length;
    else if (event.key === 'Enter') run(commands[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={palette.title} onClose={close}>
      <input
        class="input"
        role="combobox"
        autofocus
        aria-label={palette.title}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={`${id}-${at}`}
        placeholder={palette.placeholder}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          chosen.value = 0;
        }}
        onKeyDown={press}
      />
      <ul ref={list} id={`${id}-list`} class="commands" role="listbox" aria-label={palette.title}>
        {commands.map((command, index) => (
          <li
            key={index}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => run(command)}
            onMouseMove={() => (chosen.value = index)}
          >
            <bdi>{command.title}</bdi>
            <span class="soft small">{command.kind}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

/** The command palette. Ctrl K opens it. */
export const CommandPalette = () => (isPaletteOpen.value ? <Palette /> : null);
