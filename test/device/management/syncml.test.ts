import { describe, expect, it } from 'vitest';
import {
  readSyncMl,
  SyncMlError,
  writeSyncMl,
  xmlLimits,
} from '../../../src/device/management/syncml/index.js';

const inMessage = (body: string): string =>
  `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>7</SessionID>` +
  `<MsgID>3</MsgID><Target><LocURI>pc-1</LocURI></Target><Source><LocURI>mdm</LocURI></Source></SyncHdr>` +
  `<SyncBody>${body}<Final/></SyncBody></SyncML>`;

const get = '<Get><CmdID>2</CmdID><Item><Target><LocURI>./Device</LocURI></Target></Item></Get>';

describe('readSyncMl', () => {
  it('reads header, commands and items', () => {
    const document = readSyncMl(
      inMessage(
        `<Add><CmdID>1</CmdID><Item><Target><LocURI>./a/b</LocURI></Target><Meta><Format xmlns="syncml:metinf">bool</Format></Meta><Data>true</Data></Item></Add>`,
      ),
    );
    expect(document).toMatchObject({ sessionId: '7', msgId: '3', target: 'pc-1', source: 'mdm' });
    expect(document.commands).toMatchObject([
      { name: 'Add', cmdId: '1', items: [{ target: './a/b', format: 'bool', data: 'true' }] },
    ]);
  });

  it('reads commands in an Atomic and a Sequence', () => {
    const [atomic] = readSyncMl(
      inMessage(`<Atomic><CmdID>1</CmdID><Sequence><CmdID>9</CmdID>${get}</Sequence></Atomic>`),
    ).commands;
    expect(atomic).toMatchObject({ name: 'Atomic', commands: [{ commands: [{ name: 'Get', cmdId: '2' }] }] });
  });

  it.each([
    ['a command alone', get],
    ['a body alone', `<SyncBody>${get}</SyncBody>`],
  ])('takes %s as the first message of a session', (_, text) => {
    expect(readSyncMl(text)).toMatchObject({ sessionId: '1', msgId: '1', commands: [{ name: 'Get' }] });
  });

  it('unescapes the five entities of XML, character references and CDATA', () => {
    const text = inMessage(
      '<Add><CmdID>1</CmdID><Item><Data>a&lt;&amp;&#x41;<![CDATA[<b>]]></Data></Item></Add>',
    );
    expect(readSyncMl(text).commands[0]!.items[0]!.data).toBe('a<&A<b>');
  });

  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${inMessage(`<Get><CmdID>&b;</CmdID></Get>`)}`;
  it.each([
    ['no XML', 'hello', 'line 1'],
    ['nothing', '', 'document'],
    ['an open element', '<SyncML xmlns="SYNCML:SYNCML1.2">', 'unclosed tag'],
    ['another root', '<html/>', 'begins with <html>'],
    ['another namespace', '<SyncML xmlns="SYNCML:SYNCML9"/>', 'namespace'],
    ['no header', '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncBody/></SyncML>', 'SyncHdr is missing'],
    ['no body', '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr/></SyncML>', 'SyncBody is missing'],
    ['no MsgID', inMessage('').replace('<MsgID>3</MsgID>', ''), 'MsgID is missing'],
    ['no SessionID', inMessage('').replace('<SessionID>7</SessionID>', ''), 'SessionID is missing'],
    ['a document type', `<!DOCTYPE SyncML>${inMessage('')}`, 'DOCTYPE'],
    ['entities in entities', laughs, 'DOCTYPE'],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>${inMessage('')}`,
      'DOCTYPE',
    ],
    ['an unknown entity', inMessage('<Get><CmdID>&x;</CmdID></Get>'), 'undefined entity'],
    ['a prefix without namespace', inMessage('<a:b/>'), 'unbound namespace prefix'],
    ['more elements than allowed', inMessage('<a/>'.repeat(xmlLimits.elements)), 'more than 5000 elements'],
    ['elements nested too deep', inMessage('<a>'.repeat(100)), 'more than 32 deep'],
    ['a document that is too long', inMessage('x'.repeat(xmlLimits.octets)), 'octets'],
    ['two roots', `${inMessage('')}<a/>`, 'only one root'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readSyncMl(text)).toThrow(SyncMlError);
    expect(() => readSyncMl(text)).toThrow(message);
  });

  it('says where the document is wrong', () => {
    expect(() =>
      readSyncMl('<SyncML xmlns="SYNCML:SYNCML1.2">\n  <SyncHdr>&nope;</SyncHdr></SyncML>'),
    ).toThrow(/^line 2, column \d+:/);
  });
});

describe('writeSyncMl', () => {
  it('writes what readSyncMl reads, and escapes text', () => {
    const item = { target: './a', format: 'chr', type: 'text/plain', data: '<&>\u0000' };
    const header = { sessionId: '1', msgId: '2', target: 'a', source: 'b' };
    const text = writeSyncMl({
      ...header,
      credentials: { type: 'syncml:auth-basic', data: 'YTpi' },
      commands: [
        { name: 'Atomic', commands: [{ name: 'Replace', items: [item] }] },
        { name: 'Alert', data: '1201' },
      ],
    });
    expect(readSyncMl(text)).toMatchObject({
      ...header,
      credentials: { type: 'syncml:auth-basic', data: 'YTpi' },
      commands: [
        { name: 'Atomic', cmdId: '1', commands: [{ cmdId: '2', items: [{ ...item, data: '<&>\ufffd' }] }] },
        { name: 'Alert', cmdId: '3', data: '1201' },
      ],
    });
  });
});
