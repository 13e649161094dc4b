import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/instruments/journal/index.js';

const shown = (text: string): string => withoutSecrets(Buffer.from(text)).toString();

describe('a confirmation code is not shown', () => {
  it.each([
    ['as usual', '{"confirmationCode":"8642","a":1}', '{"confirmationCode":"***","a":1}'],
    ['with blanks', '{ "confirmationCode" :\n "8642" }', '{ "confirmationCode" :\n "***" }'],
    [
      'where its name is escaped',
      '{"\\u0063onfirmationCod\\u0065":"8642"}',
      '{"\\u0063onfirmationCod\\u0065":"***"}',
    ],
    ['where its name is misspelt', '{"comfirmationCode":"8642"}', '{"comfirmationCode":"***"}'],
    ['in other letters', '{"ConfirmationCode":"8642"}', '{"ConfirmationCode":"***"}'],
    ['as a number', '{"confirmationCode":8642}', '{"confirmationCode":"***"}'],
    ['with quotes in it', '{"confirmationCode":"86\\"42","a":"b"}', '{"confirmationCode":"***","a":"b"}'],
    ['deep down', '[{"a":{"confirmationCode":"8642"}}]', '[{"a":{"confirmationCode":"***"}}]'],
    ['in a list', '{"confirmationCode":["8642",{"a":["]"]}],"b":1}', '{"confirmationCode":"***","b":1}'],
    ['in an object', '{"confirmationCode":{"value":"8642"},"b":1}', '{"confirmationCode":"***","b":1}'],
    [
      'twice',
      '{"confirmationCode":"8642","confirmationCode":"9753"}',
      '{"confirmationCode":"***","confirmationCode":"***"}',
    ],
    ['in a body that was cut off', '{"a":1,"confirmationCode":"864', '{"a":1,"confirmationCode":"***"'],
  ])('%s', (_, sent, expected) => {
    expect(shown(sent)).toBe(expected);
  });

  it.each([
    '{"a":"confirmationCode"}',
    '{"a":"\\"b\\":1"}',
    '"',
    '{"a":',
    '',
    '\\"":',
    '{"confirmationCode":',
  ])('and %j stays as it is', (text) => expect(shown(text)).toBe(text));
});
