import Type, { type Static } from 'typebox';
import { cellularStates, type CellularState } from '../../../device/management/apple/index.js';

const states = Object.keys(cellularStates) as CellularState[];

const members = {
  osVersion: Type.String({
    pattern: '^[0-9]{1,3}(\\.[0-9]{1,3}){0,2}$',
    description: 'a version of iOS, such as 17.5; older versions lack some commands and keys',
  }),
  enrollment: Type.Enum(['device', 'user'], {
    description:
      'device or user: the kind of enrolment; user (User Enrollment) allows neither RefreshCellularPlans nor EraseDevice',
  }),
  cellular: Type.Enum(states, {
    description:
      'ready, unreachable (RefreshCellularPlans gets error 36001), unsupported (36002) or busy (36003): the state of the cellular software',
  }),
  isLocked: Type.Boolean({
    description:
      'true or false: whether the device is still locked after a restart; a locked device answers NotNow to all commands except EraseDevice',
  }),
  forcePreserveESIMOnErase: Type.Boolean({
    description:
      'true or false: whether this restriction (iOS 17.2) is set; true: EraseDevice keeps the plans',
  }),
  delaySeconds: Type.Number({
    minimum: 0,
    maximum: 600,
    description:
      '0 to 600 seconds between RefreshCellularPlans and the request to the server; a real device takes up to 180',
  }),
  enablesPlan: Type.Boolean({
    description: 'true or false: whether the device enables a plan that it has downloaded',
  }),
  cellularErrorDomain: Type.String({
    minLength: 1,
    maxLength: 100,
    description:
      '1 to 100 characters: the ErrorDomain of the errors 36001 to 36003; Apple does not document this domain',
  }),
};

/** Settings of a virtual iPhone or iPad. */
export const AppleSettingsView = Type.Object(members, {
  description: 'settings of a virtual iPhone or iPad',
});
export type AppleSettingsView = Static<typeof AppleSettingsView>;

/** Body of `PUT /devices/{device}/apple/settings`. Absent members keep their values. */
export const AppleSettingsChange = Type.Partial(Type.Object(members), { additionalProperties: false });
export type AppleSettingsChange = Static<typeof AppleSettingsChange>;
