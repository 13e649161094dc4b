import type { Operator } from './records.js';

/** The stored form of an operator. */
export interface OperatorRow {
  readonly identifier: string;
  /** Everything else, as JSON. */
  readonly settings: string;
  readonly updatedAt: number;
}

/** Defaults for settings that older versions did not save. */
const addedLater: Pick<Operator, 'resultData' | 'expiredCertificates'> = {
  resultData: 'profileInstallationResultData',
  expiredCertificates: false,
};

export const toOperator = ({ identifier, settings, updatedAt }: OperatorRow): Operator => ({
  ...addedLater,
  ...(JSON.parse(settings) as Omit<Operator, 'identifier' | 'updatedAt'>),
  identifier,
  updatedAt,
});
