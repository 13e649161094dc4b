import { brokenText, isBroken } from '../../base/characters.js';
import { repeatedKey, yamlMistake, type YamlMistake } from '../../base/yaml-problem.js';
import { isScalar, Lexer, LineCounter, parseDocument, visit, type Document, type Scalar } from 'yaml';

/**
 * Maximum number of YAML tokens in a seed: keys, values, marks, spaces and ends of lines. Parsing one million tokens takes a few seconds,
 * during which the server does not answer.
 */
const mostTokens = 1_000_000;

/** What is wrong with a text that is not YAML, and where. */
export interface YamlProblem {
  /** Position in the text, counted from 0. */
  readonly offset: number;
  readonly message: string;
  readonly remedy?: string;
}

export interface ParsedYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  /** Absent: the text is YAML. */
  readonly problem?: YamlProblem | undefined;
}

/**
 * Parses YAML or JSON from an untrusted source. The time grows in proportion to the length of the text. Deeply nested
 * text is refused before it is parsed, because parsing it can overflow the stack. A stack overflow while Node compiles a
 * regular expression ends the process.
 */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const excess = excessOf(text);
  if (excess) return { document: parseDocument(''), lines, problem: { offset: 0, ...excess } };
  // `uniqueKeys` would compare every key with every other key of its map, and `prettyErrors` would cut out a piece of the text for every error.
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const [error] = document.errors;
  const problem = error ? { offset: error.pos[0], ...notYaml(yamlMistake(error)) } : problemIn(document);
  return { document, lines, problem };
}

const notYaml = ({ message, remedy }: YamlMistake): YamlMistake => ({
  message: `this is not YAML: ${message}`,
  remedy,
});

const tooLong = {
  message: `has more than ${mostTokens} YAML tokens`,
  remedy: 'split it into several seeds; put long lists of EIDs into a manifest',
};
const tooDeep = { message: 'is nested too deeply' };

/** Maximum number of brackets that are open at the same time. Also the maximum number of marks `-`, `?` and `:` in a line, outside brackets. */
const mostLevels = 50;
/** Maximum number of spaces at the beginning of a line that has such a mark. Every level takes at least one space. */
const widestIndent = 100;

/** Why the text is too costly to parse. `undefined` if it is not. */
function excessOf(text: string): Omit<YamlProblem, 'offset'> | undefined {
  let tokens = 0;
  let open = 0;
  let marks = 0;
  let indent = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    if (++tokens > mostTokens) return tooLong;
    if (token === '[' || token === '{') open++;
    else if (token === ']' || token === '}') open = Math.max(open - 1, 0);
    else if (token === '\n' || token === '\r\n') marks = indent = 0;
    else if (isLineStart && token.startsWith(' ')) indent = token.length;
    else if (open === 0 && (token === '-' || token === '?' || token === ':')) {
      if (++marks > mostLevels || indent > widestIndent) return tooDeep;
    }
    if (open > mostLevels) return tooDeep;
    isLineStart = token.endsWith('\n');
  }
  return undefined;
}

/** A repeated key, or a text that is not Unicode. */
function problemIn(document: Document): YamlProblem | undefined {
  let problem: YamlProblem | undefined;
  const stopAt = ({ range }: Scalar, what: Omit<YamlProblem, 'offset'>): symbol => {
    problem = { offset: range?.[0] ?? 0, ...what };
    return visit.BREAK;
  };
  visit(document, {
    Scalar: (_key, node) =>
      typeof node.value === 'string' && isBroken(node.value)
        ? stopAt(node, { message: brokenText })
        : undefined,
    Map: (_key, { items }) => {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) return stopAt(key, repeatedKey);
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return problem;
}
