/** The console's root. Behind a proxy it may be below a path. The server writes it into the page's base element. */
export const root: URL = new URL('./', document.baseURI);

/** Makes relative links start at the root, whatever the path of the current page. */
export const fixRoot = (): void => document.querySelector('base')?.setAttribute('href', root.href);

/** The address of a path below the root, such as `api/v1/profiles`. */
export const below = (path: string): string => new URL(path.replace(/^\//, ''), root).href;
