import { expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { yamlMistake } from '../../src/base/yaml-problem.js';

it.each([
  ['a: b: c', 'a second colon', 'put a value that contains a colon in quotes'],
  ['a:\n\tb: 1', 'a tab indents this line', 'indent with spaces'],
  ['a: 1\na: 2', 'is in the map already', 'remove or rename'],
  ['a\nb: 1', 'neither a name with a colon', "write 'name: value'"],
  ['a: 1\n---\nb: 2', 'a second document', "remove the line '---'"],
  ['a: "x\n b', 'Missing closing "quote', 'close each quote and bracket'],
  ['a: [1,2', 'end with a ]', 'close each quote and bracket'],
  ['a: @x', 'reserved character @', 'single quotes'],
  ['a: "\\q"', 'Invalid escape sequence \\q', 'single quotes'],
  ['[a]]', 'Unexpected flow-seq-end', 'check indentation, quotes and brackets'],
])('explains what is wrong with %j in one line', (text, message, remedy) => {
  const mistake = yamlMistake(parseDocument(text).errors[0]!);
  expect(mistake.message).toContain(message);
  expect(mistake.remedy).toContain(remedy);
  expect(mistake.message).not.toMatch(/\n|at line/);
});
