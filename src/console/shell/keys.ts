import { isPaletteOpen } from './palette-state.js';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Ctrl K opens the palette. `/` goes to the search of the page. On a page without a search, `/` opens the palette. */
export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    const isPaletteKey = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
    const isSearchKey = event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
    if (!isPaletteKey && !isSearchKey) return;
    event.preventDefault();
    const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
    if (isPaletteKey) isPaletteOpen.value = !isPaletteOpen.peek();
    else if (document.querySelector('dialog[open]')) return;
    else if (search) search.focus();
    else isPaletteOpen.value = true;
  });
}
