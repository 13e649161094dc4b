/** Properties of every page. */
export interface PageProps {
  /** Segments of the path after the name of the page, such as the ICCID in `/profiles/8949…`. */
  readonly rest: readonly string[];
}
