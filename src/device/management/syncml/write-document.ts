import { metinf, syncMl12, type SyncCommand, type SyncDocument, type SyncItem } from './document.js';
import { escapeXml } from './xml.js';

/** A command of an outgoing document. It has no CmdID yet. */
export interface OutgoingCommand extends Partial<Omit<SyncCommand, 'cmdId' | 'commands' | 'name'>> {
  readonly name: string;
  /** In a status or in results: the MsgID of the answered message. */
  readonly msgRef?: string | undefined;
  readonly targetRef?: string | undefined;
  /** In a status: the type of credentials that the sender of the status requires. */
  readonly challenge?: string | undefined;
  readonly commands?: readonly OutgoingCommand[] | undefined;
}

/** A document to write. */
export interface OutgoingDocument extends Omit<SyncDocument, 'commands'> {
  readonly commands: readonly OutgoingCommand[];
}

/** Writes a SyncML document of OMA-DM 1.2. Commands are numbered from 1 in the order of the document. */
export function writeSyncMl({ commands, credentials, ...header }: OutgoingDocument): string {
  const count = { value: 0 };
  const lines = [
    `<SyncML xmlns="${syncMl12}">`,
    '  <SyncHdr>',
    ...indented(2, [
      '<VerDTD>1.2</VerDTD>',
      '<VerProto>DM/1.2</VerProto>',
      element('SessionID', header.sessionId),
      element('MsgID', header.msgId),
      ...place('Target', header.target),
      ...place('Source', header.source),
      ...(credentials
        ? [`<Cred>${meta('b64', credentials.type)}${element('Data', credentials.data)}</Cred>`]
        : []),
    ]),
    '  </SyncHdr>',
    '  <SyncBody>',
    ...indented(
      2,
      commands.flatMap((each) => written(each, count)),
    ),
    '    <Final/>',
    '  </SyncBody>',
    '</SyncML>',
  ];
  return `${lines.join('\n')}\n`;
}

function written(command: OutgoingCommand, count: { value: number }): string[] {
  const { name, msgRef, cmdRef, cmd, targetRef, challenge, data, items = [], commands = [] } = command;
  count.value += 1;
  return [
    `<${name}>`,
    ...indented(1, [
      element('CmdID', String(count.value)),
      ...optional('MsgRef', msgRef),
      ...optional('CmdRef', cmdRef),
      ...optional('Cmd', cmd),
      ...optional('TargetRef', targetRef),
      ...(challenge === undefined ? [] : [`<Chal>${meta('b64', challenge)}</Chal>`]),
      ...optional('Data', data),
      ...items.flatMap(itemLines),
      ...commands.flatMap((each) => written(each, count)),
    ]),
    `</${name}>`,
  ];
}

function itemLines({ target, source, format, type, data }: SyncItem): string[] {
  const parts = [
    ...place('Target', target),
    ...place('Source', source),
    ...(format === undefined && type === undefined ? [] : [meta(format, type)]),
    ...optional('Data', data),
  ];
  return ['<Item>', ...indented(1, parts), '</Item>'];
}

const meta = (format: string | undefined, type: string | undefined): string =>
  `<Meta>${inMeta('Format', format)}${inMeta('Type', type)}</Meta>`;

const inMeta = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name} xmlns="${metinf}">${escapeXml(text)}</${name}>`;

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

const optional = (name: string, text: string | undefined): string[] =>
  text === undefined ? [] : [text === '' ? `<${name}/>` : element(name, text)];

const place = (name: string, locUri: string | undefined): string[] =>
  locUri === undefined ? [] : [`<${name}>${element('LocURI', locUri)}</${name}>`];

const indented = (steps: number, lines: readonly string[]): string[] =>
  lines.map((line) => '  '.repeat(steps) + line);
