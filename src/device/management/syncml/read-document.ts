import {
  answerNames,
  commandNames,
  syncMl11,
  syncMl12,
  type SyncCommand,
  type SyncDocument,
  type SyncItem,
} from './document.js';
import { SyncMlError } from './errors.js';
import { parseXml, type XmlElement } from './xml.js';

const namespaces: readonly string[] = ['', syncMl11, syncMl12];
const known: readonly string[] = [...commandNames, ...answerNames];

/**
 * Reads a SyncML document. The commands are not checked here, because the device answers each wrong command with a
 * status code. A `SyncBody` alone or a command alone counts as the first message of a session.
 *
 * @throws SyncMlError if the document is not XML, or lacks the header that an answer must refer to
 */
export function readSyncMl(text: string): SyncDocument {
  const root = parseXml(text);
  if (!namespaces.includes(root.namespace))
    throw at(root, `the namespace is '${root.namespace}'; OMA-DM has ${syncMl12} or ${syncMl11}`);
  if (root.name === 'SyncBody') return firstMessage(commandsIn(root));
  if (known.includes(root.name)) return firstMessage([commandOf(root)]);
  if (root.name !== 'SyncML')
    throw at(root, `the document begins with <${root.name}>; write <SyncML>, <SyncBody> or a command`);
  const header = child(root, 'SyncHdr');
  const body = child(root, 'SyncBody');
  if (!header) throw at(root, 'SyncHdr is missing');
  if (!body) throw at(root, 'SyncBody is missing');
  const credentials = child(header, 'Cred');
  return {
    sessionId: required(header, 'SessionID'),
    msgId: required(header, 'MsgID'),
    target: locUriIn(header, 'Target'),
    source: locUriIn(header, 'Source'),
    credentials: credentials && {
      type: metaIn(credentials, 'Type') ?? '',
      data: textIn(credentials, 'Data') ?? '',
    },
    commands: commandsIn(body),
  };
}

const firstMessage = (commands: readonly SyncCommand[]): SyncDocument => ({
  ...{ sessionId: '1', msgId: '1', target: undefined, source: undefined, credentials: undefined },
  commands,
});

const at = ({ line, column }: XmlElement, message: string): SyncMlError =>
  new SyncMlError(message, line, column);

const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name);

const textIn = (element: XmlElement | undefined, name: string): string | undefined => {
  const found = child(element, name);
  return found && (found.children.length === 0 ? found.text.trim() : undefined);
};

function required(header: XmlElement, name: string): string {
  const text = textIn(header, name);
  if (text === undefined || text === '') throw at(header, `${name} is missing in SyncHdr`);
  if (text.length > 64) throw at(header, `${name} in SyncHdr is longer than 64 characters`);
  return text;
}

const locUriIn = (element: XmlElement, name: string): string | undefined =>
  textIn(child(element, name), 'LocURI');

const metaIn = (element: XmlElement, name: string): string | undefined =>
  textIn(child(element, 'Meta'), name);

/** The commands in a SyncBody, an Atomic or a Sequence. Unknown elements count as commands. */
const commandsIn = (element: XmlElement): SyncCommand[] =>
  element.children.filter(({ name }) => !partsOfContainers.has(name)).map(commandOf);

const partsOfContainers: ReadonlySet<string> = new Set(['CmdID', 'Final', 'Meta', 'NoResp']);

function commandOf(element: XmlElement): SyncCommand {
  const isContainer = element.name === 'Atomic' || element.name === 'Sequence';
  const cmdId = textIn(element, 'CmdID');
  return {
    name: element.name,
    cmdId: cmdId === '' ? undefined : cmdId,
    items: element.children.filter(({ name }) => name === 'Item').map((item) => itemOf(item, element)),
    commands: isContainer ? commandsIn(element) : [],
    data: textIn(element, 'Data'),
    cmdRef: textIn(element, 'CmdRef'),
    cmd: textIn(element, 'Cmd'),
  };
}

/** The Meta of a command applies to all its items. The Meta of an item takes precedence. */
const itemOf = (item: XmlElement, command: XmlElement): SyncItem => ({
  target: locUriIn(item, 'Target'),
  source: locUriIn(item, 'Source'),
  format: metaIn(item, 'Format') ?? metaIn(command, 'Format'),
  type: metaIn(item, 'Type') ?? metaIn(command, 'Type'),
  data: textIn(item, 'Data'),
});
