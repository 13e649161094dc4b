import { describe, expect, it } from 'vitest';
import { invocation, shellWord } from '../../src/cli/invocation.js';
import { facts, printable, table } from '../../src/cli/output.js';
import { qrCode, qrText } from '../../src/cli/qr-code.js';

describe('a table', () => {
  it('has columns as wide as their widest cell, and a dash where there is nothing', () => {
    expect(
      table(
        ['iccid', 'label'],
        [
          ['890001', null],
          ['89', 'demo'],
        ],
      ),
    ).toEqual(['ICCID   LABEL', '890001  -', '89      demo']);
  });

  it('lets nothing through that moves the cursor', () => {
    expect(table(['name'], [['a\x1b[2J\nb']])).toEqual(['NAME', 'a?[2J?b']);
    expect(printable('\u202eevil\u0007')).toBe('?evil?');
  });
});

describe('facts', () => {
  it('make no lines without a fact', () => {
    expect(facts([])).toEqual([]);
    expect(facts([['ICCID', undefined]])).toEqual([]);
  });

  it('omit unknown values, and show empty ones', () => {
    expect(
      facts([
        ['EID', '8904'],
        ['label', undefined],
        ['MatchingID', null],
      ]),
    ).toEqual(['  EID         8904', '  MatchingID  -']);
  });
});

describe('the invocation', () => {
  it.each([
    ['/here/dist/bundle/main.js', '/here', 'node dist/bundle/main.js'],
    ['/my place/dist/cli/main.js', '/', 'node "my place/dist/cli/main.js"'],
    ['/project/node_modules/.bin/mock-smdp', '/project', 'npx mock-smdp'],
    ['/usr/bin/mock-smdp', '/project', 'mock-smdp'],
  ])('of %s in %s is %s', (script, folder, expected) => {
    expect(invocation(script, folder)).toBe(expected);
  });

  it('quotes what a shell would read otherwise', () => {
    expect(shellWord('certs/test')).toBe('certs/test');
    expect(shellWord("it's $HOME")).toBe("'it'\\''s $HOME'");
  });
});

describe('a QR code', () => {
  it('has the address in upper case where that makes it smaller, and never touches the MatchingID', () => {
    expect(qrText('LPA:1$localhost:8443$DE301-1')).toBe('LPA:1$LOCALHOST:8443$DE301-1');
    expect(qrText('LPA:1$localhost:8443$a_b')).toBe('LPA:1$localhost:8443$a_b');
  });

  it('is coloured on a terminal only', async () => {
    expect(await qrCode('LPA:1$a$B', true)).toContain('\x1b[');
    expect(await qrCode('LPA:1$a$B', false)).toMatch(/^[\s█▀▄]+$/);
  });
});
