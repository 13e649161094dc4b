/** Why a value is none. */
export interface CellProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Takes the text of a cell for a value: the value as it is kept, or why it is none. */
export type ReadCell = (text: string) => string | CellProblem;
