const paths = {
  good: 'M14 25l7.5 7.5L35 17',
  bad: 'M16 16l16 16M32 16L16 32',
  careful: 'M24 13v14M24 34v.5',
};

/** A large sign beside a word: done, failed, or not finished. */
export const Sign = ({ kind }: { readonly kind: keyof typeof paths }) => (
  <svg class="sign" data-kind={kind} viewBox="0 0 48 48" width="72" height="72" aria-hidden="true">
    <circle cx="24" cy="24" r="21" />
    <path d={paths[kind]} />
  </svg>
);
