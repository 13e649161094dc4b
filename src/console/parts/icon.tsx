const paths = {
  overview: 'M3 13h4v4H3zM8 7h4v10H8zM13 3h4v14h-4z',
  profiles: 'M5 2.5h7l3.5 3.5v11.5h-10.5zM7.5 9h5v5h-5z',
  codes: 'M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12h2v2h-2zM16 16h1v1h-1z',
  sessions: 'M4 2v16M16 2v16M4 6h11M12.5 3.5L15 6l-2.5 2.5M16 13H5M7.5 10.5L5 13l2.5 2.5',
  preload: 'M10 13V3M6 6.5L10 2.5l4 4M3 12v5h14v-5',
  break: 'M11 2L4 11.5h5L8 18l8-10h-5.5z',
  devices: 'M6 2h8v16H6zM9 15.5h2',
  operators:
    'M10 8v10M7 18h6M10 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M5.5 10.5a6 6 0 0 1 0-9M14.5 10.5a6 6 0 0 0 0-9',
  api: 'M7 5L2.5 10 7 15M13 5l4.5 5L13 15',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12M13.5 13.5L18 18',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h10v10H7zM13 7V3H3v10h4',
  done: 'M4 10.5l4 4 8-9',
  menu: 'M3 5h14M3 10h14M3 15h14',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  plus: 'M10 4v12M4 10h12',
  full: 'M3 8V3h5M17 8V3h-5M3 12v5h5M17 12v5h-5',
  print: 'M6 7V2.5h8V7M6 14H3V7h14v7h-3M6 11.5h8v6H6z',
  back: 'M12 4l-6 6 6 6',
  out: 'M8 3H3v14h5M8 10h9M14 6.5l3.5 3.5-3.5 3.5',
} as const;

export type IconName = keyof typeof paths;

/** A small drawing beside a word. Screen readers skip it. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    viewBox="0 0 20 20"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linejoin="round"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
);
