import { InvalidArgumentError } from 'commander';
import { addressProblem } from '../base/address.js';

/** `host` or `host:port` as an option has it. @throws InvalidArgumentError */
export function serverAddress(text: string): string {
  const problem = addressProblem(text);
  if (!problem) return text;
  throw new InvalidArgumentError(`It ${problem.message}; ${problem.remedy}.`);
}

/** The same, where an empty text means none. @throws InvalidArgumentError */
export const addressOrNone = (text: string): string => (text === '' ? text : serverAddress(text));

/** For an option that is given several times. @throws InvalidArgumentError */
export const addresses =
  (parse: (text: string) => string) =>
  (text: string, others: readonly string[] = []): readonly string[] => [...others, parse(text)];
