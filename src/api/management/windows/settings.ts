import Type, { type Static } from 'typebox';
import { defaultWindowsSettings, type WindowsSettings } from '../../../device/management/index.js';

const yesOrNo = (description: string) => Type.Boolean({ description: `true or false: ${description}` });
const whole = (maximum: number, description: string) => Type.Integer({ minimum: 0, maximum, description });
const errorDetail = Type.Integer({ minimum: 0, maximum: 14, description: 'an ErrorDetail from 0 to 14' });

/** Settings of a virtual Windows PC. */
export const WindowsSettingsView = Type.Object(
  {
    hasEuicc: yesOrNo('whether the PC has an eUICC'),
    build: whole(99_999, 'a build number of Windows, such as 22631'),
    previewNodes: yesOrNo('whether the PC has the nodes of preview builds'),
    euiccName: Type.Enum(['eid', 'hash'], {
      description: 'eid or hash: whether the node of the eUICC is named by the EID or by a hash',
    }),
    addStatus: Type.Enum([200, 202], { description: '200 or 202: status of an Add that starts work' }),
    execStatus: Type.Enum([200, 202], { description: '200 or 202: status of an Exec' }),
    wrongValueStatus: Type.Enum([400, 500], { description: '400 or 500: status for a wrong value' }),
    windowsMatchingIds: yesOrNo('whether a MatchingID must be four groups of five hex digits'),
    profilesPerDiscovery: Type.Enum(['one', 'all'], {
      description: 'one or all: how many of the offered profiles a discovery downloads',
    }),
    retryAfter: Type.Array(errorDetail, {
      maxItems: 15,
      description: 'ErrorDetail values after which the PC tries again',
    }),
    maximumAttempts: whole(1000, 'a number of attempts up to 1000; 0: no limit'),
    retrySeconds: Type.Number({
      minimum: 0,
      maximum: 86_400,
      description: 'seconds between attempts, up to 86400; at least 1 if maximumAttempts is 0',
    }),
    confirmationCode: Type.Enum(['cancel', 'send-none'], {
      description: 'cancel or send-none: what the PC does if the server requires a confirmation code',
    }),
    otherIccid: Type.Enum(['install', 'refuse'], {
      description:
        'install or refuse: what the PC does if the offered profile has another ICCID than the node',
    }),
    listsDiscovered: yesOrNo('whether discovered profiles appear below Profiles'),
    discoversAfterReset: yesOrNo('whether the PC asks its download servers again after an eUICC reset'),
    replaceRestarts: yesOrNo(
      'whether a Replace of a download server or a profile starts the discovery or download again',
    ),
    alerts: yesOrNo('whether the PC reports the end of a download or discovery with alert 1226'),
    alertType: Type.String({ maxLength: 200, description: 'type of alert 1226' }),
    alertSource: Type.Enum(['root', 'node'], { description: 'root or node: source of alert 1226' }),
    removesDiscovered: yesOrNo('whether a wiped or unenrolled PC deletes discovered profiles'),
    readOnly: Type.Array(Type.String({ maxLength: 300 }), {
      maxItems: 50,
      description: 'LocURIs that the management server may only read',
    }),
    credentials: Type.String({
      maxLength: 200,
      description: 'user:password that documents must carry; empty: none. The API does not show the value',
    }),
    failNextWith: Type.Integer({
      minimum: 0,
      maximum: 14,
      description: 'ErrorDetail with which the next download fails; 0: the next download does not fail',
    }),
  },
  { additionalProperties: false, description: 'settings of a virtual Windows PC' },
);

/** Settings to change. Absent members keep their values. */
export const WindowsSettingsChange = Type.Partial(WindowsSettingsView, {
  additionalProperties: false,
  description: 'settings of a virtual Windows PC to change',
});

export type WindowsSettingsChange = Static<typeof WindowsSettingsChange>;

/** The names of the settings. Compiles only if every member of the schema is a setting. */
type SettingsInSchema = Static<typeof WindowsSettingsView>;
export const settingNames = Object.keys(
  defaultWindowsSettings satisfies { readonly [N in keyof SettingsInSchema]: unknown },
) as readonly (keyof SettingsInSchema & keyof WindowsSettings)[];
