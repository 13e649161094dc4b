import { InvalidArgumentError } from 'commander';

/** A number as an option has it. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It has to be a number.');
}
