import Type, { type Static } from 'typebox';

const members = {
  ownership: Type.Enum(['company', 'personal'], {
    description: "company or personal; personal is the user's own device, with a work profile",
  }),
  androidVersion: Type.Integer({
    minimum: 5,
    maximum: 99,
    description: 'a version of Android, 5 to 99; older versions lack some commands',
  }),
  hasEuicc: Type.Boolean({ description: 'true or false: whether the device supports eSIMs' }),
  isSetupInProgress: Type.Boolean({ description: 'true or false: whether the setup wizard still runs' }),
  slots: Type.Integer({
    minimum: 1,
    maximum: 8,
    description: '1 to 8 eSIMs that can be active at the same time',
  }),
  activeElsewhere: Type.Integer({
    minimum: 0,
    maximum: 8,
    description: '0 to 8: the number of other eSIMs that are active already',
  }),
  deviceInfoConsent: Type.Enum(['granted', 'declined', 'pending'], {
    description:
      'granted, declined or pending (no answer yet): the answer of the user of a personal device when the enterprise asks for the EID',
  }),
};

/** Settings of a virtual Android device. */
export const AndroidSettingsView = Type.Object(members, {
  description: 'settings of a virtual Android device',
});
export type AndroidSettingsView = Static<typeof AndroidSettingsView>;

/** Body of `PUT /devices/{device}/android/settings`. Absent members keep their values. */
export const AndroidSettingsChange = Type.Partial(Type.Object(members), { additionalProperties: false });
export type AndroidSettingsChange = Static<typeof AndroidSettingsChange>;
