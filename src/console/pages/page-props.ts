/** Properties of every page. */
export interface PageProps {
  /** Segments of the path after the page's own: the ICCID in `/profiles/8949…`. */
  readonly rest: readonly string[];
}
