import type { ErrorCode, YAMLParseError } from 'yaml';

/** A mistake in the syntax of a YAML text. */
export interface YamlMistake {
  readonly message: string;
  /** What to do. */
  readonly remedy: string;
}

/** A key that a map has twice. The parser of seeds finds these keys itself. */
export const repeatedKey: YamlMistake = {
  message: 'this name is in the map already',
  remedy: 'remove or rename one of the two',
};

const inQuotes = 'put the value in single quotes';
const closed = 'close each quote and bracket, and indent the lines between brackets';

/** The frequent mistakes whose message would otherwise speak of the parser instead of the file. */
const mistakes: { readonly [Code in ErrorCode]?: YamlMistake } = {
  TAB_AS_INDENT: { message: 'a tab indents this line', remedy: 'indent with spaces' },
  DUPLICATE_KEY: repeatedKey,
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a value continues with a second colon, or on a line with another indentation',
    remedy: 'give all members of a map the same indentation, and put a value that contains a colon in quotes',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'this line is neither a name with a colon nor part of a value',
    remedy: "write 'name: value', with the same indentation as the other members of the map",
  },
  MULTIPLE_DOCS: {
    message: 'a second document begins here',
    remedy: "remove the line '---', and put the second document into its own file",
  },
};

/** What to do about the mistakes that the parser describes well. */
const remedies: { readonly [Code in ErrorCode]?: string } = {
  MISSING_CHAR: closed,
  BAD_INDENT: closed,
  BAD_SCALAR_START: inQuotes,
  BAD_DQ_ESCAPE: inQuotes,
  UNEXPECTED_TOKEN: 'check indentation, quotes and brackets here and in the line before',
};

/** A mistake that the YAML parser has found, in words for the author of the text. The parser's own message repeats a part of the text. */
export function yamlMistake({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): YamlMistake {
  const [said = ''] = message.split('\n');
  return (
    mistakes[code] ?? {
      message: said.replace(/ at line \d+, column \d+:?$/, ''),
      remedy: remedies[code] ?? 'correct this place, or write the file as JSON',
    }
  );
}
