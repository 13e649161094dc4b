import { Command } from 'commander';
import type { ManagedDeviceView } from '../../api/index.js';
import type { ManagementCalls } from '../../library/management.js';
import { print, printable } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

type Act = (management: ManagementCalls, device: string) => Promise<ManagedDeviceView | void>;

const actions: readonly (readonly [name: string, description: string, done: string, act: Act])[] = [
  [
    'retire',
    'Retire devices. The devices delete the profiles that came from activation codes.',
    'retired',
    (management, device) => management.retire(device),
  ],
  [
    'unenrol',
    'End the management of devices on behalf of their users.',
    'unenrolled',
    (management, device) => management.unenrol(device),
  ],
  [
    'wipe',
    'Wipe devices. A wiped device can be enrolled again after its record is deleted (forget).',
    'wiped',
    (management, device) => management.wipe(device),
  ],
  [
    'forget',
    "Delete the management system's record of devices.",
    'forgotten',
    (management, device) => management.forget(device),
  ],
  [
    'reset-euicc',
    'Reset the eUICCs of PCs. The PCs delete all profiles. The policies stay.',
    'without profiles',
    (management, device) => management.resetEuicc(device),
  ],
];

/** `mock-smdp mdm retire`, `unenrol`, `wipe`, `forget` and `reset-euicc`. */
export const lifeCommands = (): readonly Command[] =>
  actions.map(([name, description, done, act]) => {
    const command = new Command(name).description(description).argument('<device...>', 'names of devices');
    return apiFlags(command).action((devices: readonly string[], flags: ApiFlags) =>
      callApi(
        flags,
        async ({ management }) => {
          for (const device of devices) await act(management, device);
        },
        () => devices.forEach((device) => print(`${printable(device)} is ${done}.`)),
      ),
    );
  });
