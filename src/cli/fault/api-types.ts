/** A fault rule as the control API shows it; what it is for and what it does, under the names of the API. */
export interface Fault extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly name?: string;
  readonly function?: string;
  readonly namespace: string | null;
  readonly matched: number;
  readonly hits: number;
  readonly spent: boolean;
  readonly createdAt: string;
}

export interface FaultList {
  readonly items: readonly Fault[];
}

export interface MagicCodes {
  readonly items: readonly { readonly form: string; readonly what: string; readonly notices: string }[];
}
