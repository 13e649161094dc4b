const mediaTypes = { csv: 'text/csv', json: 'application/json' } as const;

export type DataFormat = keyof typeof mediaTypes;

/**
 * Chooses CSV or JSON by the format in the query or, if the query has none, by the Accept header (RFC 9110 12.5.1).
 *
 * @param fallback the format if the client has no preference
 */
export function formatWanted(
  asked: DataFormat | undefined,
  accept: string | undefined,
  fallback: DataFormat,
): DataFormat {
  if (asked) return asked;
  const other = fallback === 'csv' ? 'json' : 'csv';
  return quality(accept, mediaTypes[other]) > quality(accept, mediaTypes[fallback]) ? other : fallback;
}

/** The quality value of the media type, from 0 to 1. An exact type takes precedence over a range. */
function quality(accept: string | undefined, wanted: string): number {
  if (accept === undefined) return 0;
  const ranges = [wanted, `${wanted.split('/')[0]}/*`, '*/*'];
  const given = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { rank: ranges.indexOf(type), q: q === undefined ? 1 : Number(q) };
  });
  const [best] = given.filter(({ rank }) => rank >= 0).sort((one, other) => one.rank - other.rank);
  return best && !Number.isNaN(best.q) ? best.q : 0;
}
