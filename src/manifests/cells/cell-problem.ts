/** Why a cell's value is invalid. */
export interface CellProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Parses the text of a cell. Returns the value to store, or the reason why it is invalid. */
export type ReadCell = (text: string) => string | CellProblem;
