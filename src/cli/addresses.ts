import { InvalidArgumentError } from 'commander';
import { addressProblem } from '../base/address.js';

/** Reads an option of the form `host` or `host:port`. @throws InvalidArgumentError */
export function serverAddress(text: string): string {
  const problem = addressProblem(text);
  if (!problem) return text;
  throw new InvalidArgumentError(`It ${problem.message}; ${problem.remedy}.`);
}

/** Reads an address, or an empty text for none. @throws InvalidArgumentError */
export const addressOrNone = (text: string): string => (text === '' ? text : serverAddress(text));

/** Reads an address of an option that may be given several times. @throws InvalidArgumentError */
export const addresses =
  (parse: (text: string) => string) =>
  (text: string, others: readonly string[] = []): readonly string[] => [...others, parse(text)];
