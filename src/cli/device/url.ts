import { InvalidArgumentError } from 'commander';

/** Reads the URL of a server from an option: scheme, host and port. @throws InvalidArgumentError */
export function serverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError('Write http://host:port or https://host:port.');
  if (url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new InvalidArgumentError('Write the URL without a path; the program adds the path.');
  return url;
}
